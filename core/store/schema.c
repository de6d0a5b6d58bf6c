#include "core/store/schema.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/base/resource.h"
#include "core/store/statement.h"

static bool has_line(struct str text, struct str head)
{
    for (struct str rest = text; rest.n > head.n;) {
        const char *at = memmem(rest.p, rest.n, head.p, head.n);
        if (!at)
            return false;
        rest = str_skip(rest, (size_t)(at - rest.p) + head.n);
        if (rest.n > 0 && (rest.p[0] == ' ' || rest.p[0] == '('))
            return true;
    }
    return false;
}

bool schema_is_ours(struct str kind, struct str name)
{
    static const struct { const char *kind, *create[2], *path; } places[] = {
        {"table", {"\nCREATE TABLE "}, "schema.sql"},
        {"index", {"\nCREATE INDEX ", "\nCREATE UNIQUE INDEX "}, "schema.sql"},
        {"view", {"\nCREATE VIEW "}, "views.sql"},
    };
    size_t i = 0;
    bool ours = false;
    while (i < sizeof places / sizeof *places && !str_eq(kind, str_from(places[i].kind)))
        i++;
    if (i == sizeof places / sizeof *places)
        return false;
    struct str text = str_from(resource_text(places[i].path));
    for (size_t k = 0; k < 2 && places[i].create[k] && !ours; k++) {
        struct buf head = buf_new(1 << 10);
        buf_text(&head, places[i].create[k]);
        buf_add(&head, name);
        ours = !head.failed && has_line(text, buf_str(&head));
        buf_free(&head);
    }
    return ours;
}

/* Whether an earlier build has sealed this view as its own: 1, 0, or -1. */
static int is_sealed(struct warehouse *warehouse, struct str name, struct err *err)
{
    if (sqlite3_table_column_metadata(warehouse->db, "main", "seal", NULL, NULL, NULL, NULL, NULL, NULL) !=
        SQLITE_OK)
        return 0; /* version 1 or 2 */
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "seal.has_view", err);
    if (!stmt)
        return -1;
    bind_text(stmt, 1, name);
    int got = statement_next(warehouse, stmt, err);
    sqlite3_reset(stmt);
    return got;
}

int schema_drop_views(struct warehouse *warehouse, struct err *err)
{
    struct buf sql = buf_new(1 << 16);
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "builtin.views", err);
    int got = stmt ? 0 : -1;
    while (stmt && (got = statement_next(warehouse, stmt, err)) > 0) {
        struct str name = column_str(stmt, 0);
        int ours = schema_is_ours(STR("view"), name) ? 1 : is_sealed(warehouse, name, err);
        if (ours < 0) {
            sqlite3_reset(stmt);
            got = -1;
            break;
        }
        if (!ours)
            continue;
        buf_text(&sql, "DROP VIEW ");
        statement_name(&sql, name);
        buf_char(&sql, ';');
    }
    struct str all = buf_str(&sql);
    if (got == 0)
        got = sql.failed ? err_memory(err) : warehouse_run_script(warehouse, all.p, err);
    buf_free(&sql);
    return got;
}

int schema_lay_views(struct warehouse *warehouse, struct err *err)
{
    if (schema_drop_views(warehouse, err) < 0)
        return -1;
    return warehouse_run_script(warehouse, resource_text("views.sql"), err);
}
