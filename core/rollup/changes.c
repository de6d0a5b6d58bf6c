/* Reading the log of changes, as the consumer "rollup". */
#include "core/rollup/changes.h"

#include "core/store/seal.h"
#include "core/store/statement.h"

/* The first column of a statement's only row; `bound` is its parameter, if it takes one. */
static int number_of(struct warehouse *warehouse, const char *name, int64_t bound, int64_t *out,
                     struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, name, err);
    if (!stmt)
        return -1;
    if (sqlite3_bind_parameter_count(stmt) > 0)
        sqlite3_bind_int64(stmt, 1, bound);
    int got = statement_next(warehouse, stmt, err);
    if (got > 0) {
        *out = sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
    }
    return got < 0 ? -1 : 0;
}

static int read_years(struct changes *out, struct warehouse *warehouse, const char *name,
                      struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, name, err);
    if (!stmt)
        return -1;
    if (sqlite3_bind_parameter_count(stmt) > 0)
        sqlite3_bind_int64(stmt, 1, out->seen);
    int got;
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        if (out->year_count == CHANGES_YEARS)
            return err_set(err, ERR_SYSTEM, "reports of more than %d years are in the warehouse; "
                                            "withdraw those of impossible years", CHANGES_YEARS);
        out->year[out->year_count++] = sqlite3_column_int(stmt, 0);
    }
    return got;
}

int changes_read(struct changes *out, struct warehouse *warehouse, bool all, struct err *err)
{
    struct changes changes = {.seen = -1};
    int64_t wide = 0;
    if (warehouse_flush(warehouse, err) < 0 ||
        number_of(warehouse, "rollup.last_change", 0, &changes.last, err) < 0 ||
        number_of(warehouse, "rollup.seen", 0, &changes.seen, err) < 0 ||
        number_of(warehouse, "rollup.wide_change", changes.seen, &wide, err) < 0)
        return -1;
    changes.all = all || changes.seen < 0 || changes.seen > changes.last || wide != 0;
    const char *years = "rollup.changed_years";
    if (changes.all)
        years = "rollup.all_years";
    if (read_years(&changes, warehouse, years, err) < 0)
        return -1;
    *out = changes;
    return 0;
}

int changes_year(struct warehouse *warehouse, int year, bool *stands, bool *kept, struct err *err)
{
    int64_t a = 0, b = 0;
    if (number_of(warehouse, "rollup.year_stands", year, &a, err) < 0 ||
        number_of(warehouse, "rollup.year_kept", year, &b, err) < 0)
        return -1;
    *stands = a != 0;
    *kept = b != 0;
    return 0;
}

int changes_mark(const struct changes *changes, struct warehouse *warehouse, struct tree *tree,
                 int year, bool whole, struct err *err)
{
    sqlite3_stmt *stmt =
        warehouse_statement(warehouse, whole ? "rollup.divisions" : "rollup.touched", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int(stmt, 1, year);
    if (!whole)
        sqlite3_bind_int64(stmt, 2, changes->seen);
    int got;
    while ((got = statement_next(warehouse, stmt, err)) > 0)
        tree_mark(tree, tree_find(tree, column_str(stmt, 0)));
    return got;
}

/* Drops a basis, or one year of it (0: all). */
static int forget(struct warehouse *warehouse, const char *basis, int year, struct err *err)
{
    static const char *const names[] = {"rollup.forget_series_totals", "rollup.forget_gaps",
                                        "rollup.forget_totals", "rollup.forget_areas"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        sqlite3_stmt *stmt = warehouse_statement(warehouse, names[i], err);
        if (!stmt)
            return -1;
        sqlite3_bind_text(stmt, 1, basis, -1, SQLITE_STATIC);
        if (year)
            sqlite3_bind_int(stmt, 2, year);
        if (statement_run(warehouse, stmt, err) < 0)
            return -1;
    }
    return 0;
}

int changes_forget_year(struct warehouse *warehouse, int year, struct err *err)
{
    return forget(warehouse, "own", year, err) < 0 ? -1 : forget(warehouse, "best", year, err);
}

int changes_forget_basis(struct warehouse *warehouse, const char *basis, struct err *err)
{
    return forget(warehouse, basis, 0, err);
}

/* Whole tables are emptied at a stroke, unless totals of another basis are kept in them. */
int changes_forget_all(struct warehouse *warehouse, struct err *err)
{
    static const char *const names[] = {"rollup.forget_all_series", "rollup.forget_all_gaps",
                                        "rollup.forget_all_totals", "rollup.forget_all_areas"};
    static const char *const tables[] = {"total_series", "total_gap", "total", "area"};
    int64_t others = 0;
    if (number_of(warehouse, "rollup.other_bases", 0, &others, err) < 0)
        return -1;
    if (others)
        return changes_forget_basis(warehouse, "own", err) < 0 ||
                       changes_forget_basis(warehouse, "best", err) < 0
                   ? -1
                   : 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        sqlite3_stmt *stmt = warehouse_statement(warehouse, names[i], err);
        if (!stmt || statement_run(warehouse, stmt, err) < 0 ||
            seals_of_empty(warehouse, tables[i], err) < 0)
            return -1;
    }
    return 0;
}

int changes_mark_all(struct warehouse *warehouse, struct tree *tree,
                     const struct boundaries *boundaries, int year, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "rollup.divisions", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int(stmt, 1, year);
    int got;
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        struct str code = column_str(stmt, 0);
        const struct boundary *now = boundaries ? boundaries_find(boundaries, code) : NULL;
        tree_mark(tree, tree_find(tree, now ? now->into : code));
    }
    return got;
}

int changes_year_as_of(struct warehouse *warehouse, int year, const char *moment, bool *stands,
                       struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "rollup.year_stands_as_of", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int(stmt, 1, year);
    sqlite3_bind_text(stmt, 2, moment, -1, SQLITE_STATIC);
    int got = statement_next(warehouse, stmt, err);
    *stands = got > 0 && sqlite3_column_int(stmt, 0) != 0;
    sqlite3_reset(stmt);
    return got < 0 ? -1 : 0;
}

int changes_basis_kept(struct warehouse *warehouse, const char *basis, bool *kept, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "rollup.basis_kept", err);
    if (!stmt)
        return -1;
    sqlite3_bind_text(stmt, 1, basis, -1, SQLITE_STATIC);
    int got = statement_next(warehouse, stmt, err);
    *kept = got > 0 && sqlite3_column_int(stmt, 0) != 0;
    sqlite3_reset(stmt);
    return got < 0 ? -1 : 0;
}

int changes_register(struct warehouse *warehouse, bool *registered, struct err *err)
{
    int64_t any = 0;
    if (number_of(warehouse, "rollup.registered", 0, &any, err) < 0)
        return -1;
    *registered = any != 0;
    return 0;
}

int changes_orphans(struct warehouse *warehouse, int64_t *count, struct err *err)
{
    *count = 0;
    return number_of(warehouse, "rollup.orphans", 0, count, err);
}

int changes_seen(const struct changes *changes, struct warehouse *warehouse, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "rollup.set_seen", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, changes->last);
    return statement_run(warehouse, stmt, err);
}
