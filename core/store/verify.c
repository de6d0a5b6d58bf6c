#include "core/store/verify.h"

#include "core/store/contents.h"
#include "core/store/lack.h"
#include "core/store/original.h"
#include "core/store/report_read.h"
#include "core/store/seal.h"
#include "core/store/source_store.h"
#include "core/store/statement.h"
#include "core/text/hash.h"

struct verifying {
    struct warehouse *warehouse;
    const struct verify_sink *sink;
    struct verify_counts *counts;
};

static void wrong(struct verifying *v, const struct err *what)
{
    v->counts->wrong++;
    v->sink->wrong(v->sink->self, what);
}

/* What SQLite itself says of pages, indexes and references. */
static int check_file(struct verifying *v, struct err *err)
{
    struct err what = {0};
    int got;
    sqlite3_stmt *stmt = warehouse_statement(v->warehouse, "status.integrity", err);
    if (!stmt)
        return -1;
    while ((got = statement_next(v->warehouse, stmt, err)) > 0) {
        struct str words = column_str(stmt, 0);
        if (str_eq(words, STR("ok")))
            continue;
        err_set(&what, ERR_SYSTEM, "the file is damaged: %.*s", STR_ARG(words));
        wrong(v, &what);
    }
    return got;
}

static void no_such_row(struct verifying *v, struct str table, int64_t row)
{
    struct err what = {0};
    err_set(&what, ERR_SYSTEM, "row %lld of table %.*s refers to a row that is not there",
            (long long)row, STR_ARG(table));
    wrong(v, &what);
}

/* Rows that refer to others: a table and the number of a row. */
static int check_references(struct verifying *v, struct err *err)
{
    static const char *const names[] = {"status.foreign_keys", "status.strays"};
    for (int i = 0; i < 2; i++) {
        int got;
        sqlite3_stmt *stmt = warehouse_statement(v->warehouse, names[i], err);
        if (!stmt)
            return -1;
        while ((got = statement_next(v->warehouse, stmt, err)) > 0)
            no_such_row(v, column_str(stmt, 0), sqlite3_column_int64(stmt, 1));
        if (got < 0)
            return -1;
    }
    return 0;
}

/* The hashes by which names of files are found, and those by which lines are. */
static int check_hashes(struct verifying *v, struct err *err)
{
    int got;
    sqlite3_stmt *stmt = warehouse_statement(v->warehouse, "status.names", err);
    if (!stmt)
        return -1;
    while ((got = statement_next(v->warehouse, stmt, err)) > 0)
        if (sqlite3_column_type(stmt, 2) == SQLITE_NULL ||
            sqlite3_column_int(stmt, 2) != source_name_hash(column_str(stmt, 1)))
            no_such_row(v, STR("input"), sqlite3_column_int64(stmt, 0));
    stmt = got < 0 ? NULL : warehouse_statement(v->warehouse, "status.origins", err);
    if (!stmt)
        return -1;
    while ((got = statement_next(v->warehouse, stmt, err)) > 0) {
        struct str lines = {sqlite3_column_blob(stmt, 2), (size_t)sqlite3_column_bytes(stmt, 2)};
        if ((int64_t)hash_text(lines, 0) != sqlite3_column_int64(stmt, 1))
            no_such_row(v, STR("origin"), sqlite3_column_int64(stmt, 0));
    }
    return got;
}

static int check_originals(struct verifying *v, struct err *err)
{
    int got;
    sqlite3_stmt *stmt = warehouse_statement(v->warehouse, "status.originals", err);
    if (!stmt)
        return -1;
    while ((got = statement_next(v->warehouse, stmt, err)) > 0) {
        struct err what = {0};
        int64_t id = sqlite3_column_int64(stmt, 0);
        v->counts->originals++;
        v->counts->not_kept += id == 0;
        if (id && original_verify(v->warehouse, id, &what) < 0)
            wrong(v, &what);
        else if (!sqlite3_column_int(stmt, 2))
            no_such_row(v, STR("original"), id);
    }
    return got;
}

/* The digest made of the stored cells must be the one that was made when they came in. */
static int check_reports(struct verifying *v, struct err *err)
{
    struct arena arena = arena_new((size_t)16 << 20);
    int got;
    sqlite3_stmt *stmt = warehouse_statement(v->warehouse, "status.reports_all", err);
    if (!stmt)
        return -1;
    while ((got = statement_next(v->warehouse, stmt, err)) > 0) {
        int64_t figures;
        struct err what = {0};
        int64_t id = sqlite3_column_int64(stmt, 0);
        arena_reset(&arena);
        struct report *report = report_new(&arena);
        v->counts->reports++;
        if (!report) {
            got = err_memory(err);
            break;
        }
        if (report_read(v->warehouse, id, report, &what) < 0 ||
            contents_digest(report, &figures, &what) < 0) {
            wrong(v, &what);
        } else if (sqlite3_column_int64(stmt, 1) != figures) {
            err_set(&what, ERR_SYSTEM, "the figures of report %lld are not those that were stored",
                    (long long)id);
            wrong(v, &what);
        }
    }
    sqlite3_reset(stmt);
    arena_free(&arena);
    return got;
}

static void seal_broken(void *self, const struct seal_broken *what)
{
    struct err err = {0};
    if (what->unread)
        err_set(&err, ERR_SYSTEM, "the rows of table %.*s cannot be read; the disk has changed them",
                STR_ARG(what->name));
    else if (what->schema)
        err_set(&err, ERR_SYSTEM, "the definition of %.*s is not the one that was written",
                STR_ARG(what->name));
    else
        err_set(&err, ERR_SYSTEM, "the %lld rows of table %.*s are not the %lld that were written: the "
                "disk has changed them, or another program", (long long)what->rows,
                STR_ARG(what->name), (long long)what->sealed);
    wrong(self, &err);
}

/* What cannot be looked at to its end is wrong, and no reason not to look at the rest. */
static int go_on(struct verifying *v, int (*look)(struct verifying *, struct err *), struct err *err)
{
    struct err why = {0};
    if (look(v, &why) == 0)
        return 0;
    if (lack_met() || why.kind != ERR_SYSTEM) {
        if (err)
            *err = why;
        return -1;
    }
    statements_reset(v->warehouse);
    wrong(v, &why);
    return 0;
}

static int check_seals(struct verifying *v, struct err *err)
{
    return seals_verify(v->warehouse, seal_broken, v, err);
}

int warehouse_verify(struct warehouse *warehouse, const struct verify_sink *sink,
                     struct verify_counts *counts, struct err *err)
{
    static int (*const looks[])(struct verifying *, struct err *) = {
        check_file, check_seals, check_references, check_hashes, check_originals, check_reports};
    struct verifying v = {warehouse, sink, counts};
    *counts = (struct verify_counts){0};
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        if (go_on(&v, looks[i], err) < 0)
            return -1;
    return 0;
}
