#include "core/store/withdrawal.h"

#include <stdlib.h>

#include "core/store/statement.h"

/* A report with its place, and its standing withdrawal where it has one. */
struct chosen {
    int64_t report_id, withdrawal_id;
    struct report_key key;
    int64_t old_agency_id;
    int old_year;
};

/* The reports that a choice means: a list, since changing them changes what a query would find. */
static int choose(struct warehouse *warehouse, const char *name,
                  const struct withdrawal_choice *choice, struct chosen **out, size_t *count,
                  struct err *err)
{
    struct chosen *list = NULL;
    size_t n = 0;
    int got;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, name, err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, choice->report_id);
    sqlite3_bind_int64(stmt, 2, choice->agency_id);
    sqlite3_bind_int(stmt, 3, choice->year);
    bind_str(stmt, 4, choice->scope ? scope_name(choice->scope) : STR(""));
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        struct chosen *more = realloc(list, (n + 1) * sizeof *more);
        if (!more) {
            free(list);
            sqlite3_reset(stmt);
            return err_memory(err);
        }
        list = more;
        list[n++] = (struct chosen){
            .report_id = sqlite3_column_int64(stmt, 0),
            .key = {sqlite3_column_int64(stmt, 1), sqlite3_column_int(stmt, 2),
                    str_eq(column_str(stmt, 3), STR("own")) ? SCOPE_OWN : SCOPE_COMPOSITE},
            .withdrawal_id = sqlite3_column_int64(stmt, 4),
            .old_agency_id = sqlite3_column_int64(stmt, 5),
            .old_year = sqlite3_column_int(stmt, 6),
        };
    }
    if (got < 0) {
        free(list);
        return -1;
    }
    *out = list;
    *count = n;
    return 0;
}

static int record(struct warehouse *warehouse, int64_t run_id, const struct chosen *chosen,
                  bool moved, struct str reason, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.withdrawal_new", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, chosen->report_id);
    sqlite3_bind_int64(stmt, 2, run_id);
    bind_text(stmt, 3, reason);
    if (moved) {
        sqlite3_bind_int64(stmt, 4, chosen->key.agency_id);
        sqlite3_bind_int(stmt, 5, chosen->key.year);
    }
    bind_str(stmt, 6, str_from(warehouse_now()));
    warehouse->no_withdrawals = false;
    return statement_run(warehouse, stmt, err);
}

int withdrawal_make(struct warehouse *warehouse, int64_t run_id,
                    const struct withdrawal_choice *choice, const struct withdrawal_target *to,
                    struct str reason, int64_t *count, struct err *err)
{
    struct chosen *list = NULL;
    size_t n = 0;
    bool moved = to->agency_id || to->year;
    if (choose(warehouse, "store.withdrawal_choose", choice, &list, &n, err) < 0)
        return -1;
    int status = 0;
    for (size_t i = 0; i < n && status == 0; i++) {
        struct report_key key = list[i].key;
        key.agency_id = to->agency_id ? to->agency_id : key.agency_id;
        key.year = to->year ? to->year : key.year;
        status = record(warehouse, run_id, &list[i], moved, reason, err);
        if (status == 0)
            status = moved ? report_move(warehouse, run_id, list[i].report_id, &key, err) : 0;
    }
    /* Elections come last: no revision that is on its way out takes over from another. */
    for (size_t i = 0; i < n && status == 0 && !moved; i++)
        status = report_retire(warehouse, run_id, list[i].report_id, err);
    for (size_t i = 0; i < n && status == 0 && !moved; i++)
        status = report_elect(warehouse, run_id, &list[i].key, "restore", err);
    free(list);
    *count = (int64_t)n;
    return status;
}

int withdrawal_undo(struct warehouse *warehouse, int64_t run_id,
                    const struct withdrawal_choice *choice, int64_t *count, struct err *err)
{
    struct chosen *list = NULL;
    size_t n = 0;
    if (choose(warehouse, "store.withdrawal_standing", choice, &list, &n, err) < 0)
        return -1;
    int status = 0;
    for (size_t i = 0; i < n && status == 0; i++) {
        sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.withdrawal_undone", err);
        if (!stmt) {
            status = -1;
            break;
        }
        sqlite3_bind_int64(stmt, 1, list[i].withdrawal_id);
        bind_str(stmt, 2, str_from(warehouse_now()));
        status = statement_run(warehouse, stmt, err);
        struct report_key old = list[i].key;
        if (list[i].old_agency_id)
            old.agency_id = list[i].old_agency_id;
        if (list[i].old_year)
            old.year = list[i].old_year;
        if (status == 0)
            status = list[i].old_agency_id
                         ? report_move(warehouse, run_id, list[i].report_id, &old, err)
                         : report_restore(warehouse, run_id, list[i].report_id, err);
    }
    free(list);
    *count = (int64_t)n;
    return status;
}
