#include "core/rollup/year.h"

#include <stdio.h>

#include "core/store/statement.h"

/* The calendar's day, else the statutory one: 31 January for own reports, 31 March for composites. */
static int read_due(struct rollup_year *to, struct warehouse *warehouse, int which, struct err *err)
{
    static const char *const scopes[DUES] = {"own", "composite"}, *const days[DUES] = {"01-31", "03-31"};
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "rollup.due", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int(stmt, 1, to->year);
    sqlite3_bind_text(stmt, 2, scopes[which], -1, SQLITE_STATIC);
    int got = statement_next(warehouse, stmt, err);
    if (got < 0)
        return -1;
    char *due = to->due[which];
    if (got > 0)
        snprintf(due, sizeof *to->due, "%s", (const char *)sqlite3_column_text(stmt, 0));
    else
        snprintf(due, sizeof *to->due, "%04d-%s", to->year + 1, days[which]);
    sqlite3_reset(stmt);
    return 0;
}

int rollup_year_load(struct rollup_year *out, struct warehouse *warehouse,
                     const struct periods *periods, int year, bool today, struct err *err)
{
    struct rollup_year to = {.year = year, .form = catalog_form_for(warehouse->catalog, year)};
    if (read_due(&to, warehouse, DUE_OWN, err) < 0 ||
        read_due(&to, warehouse, DUE_COMPOSITE, err) < 0 ||
        tree_make(&to.tree, periods, today ? TREE_TODAY : year, err) < 0)
        return -1;
    *out = to;
    return 0;
}

void rollup_year_free(struct rollup_year *year)
{
    tree_free(&year->tree);
}
