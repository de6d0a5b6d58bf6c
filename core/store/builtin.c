#include "core/store/builtin.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/resource.h"
#include "core/base/table.h"
#include "core/store/schema.h"
#include "core/store/statement.h"
#include "core/text/hash.h"

enum { DIGEST = 17 }; /* 16 digits */

/* The files whose contents are copied into the warehouse. */
static const char *const copied[] = {"forms/", "series.tsv", "rates.tsv", "divisions.csv",
                                     "views.sql"};

/* Of all that is copied: it is asked for whenever a warehouse is opened, and nobody is to be deceived. */
static void digest_of_all(char hex[DIGEST])
{
    uint64_t hash = 0;
    for (const struct resource *r = resources; r->path; r++)
        for (size_t i = 0; i < sizeof copied / sizeof *copied; i++)
            if (str_starts(str_from(r->path), str_from(copied[i])))
                hash = hash_text((struct str){r->text, r->size + 1}, hash);
    snprintf(hex, DIGEST, "%016" PRIx64, hash);
}

bool builtin_is_fresh(struct warehouse *warehouse)
{
    char hex[DIGEST];
    sqlite3_stmt *stmt = NULL;
    bool fresh = false;
    digest_of_all(hex);
    if (sqlite3_prepare_v2(warehouse->db, "SELECT digest FROM builtin", -1, &stmt, NULL) ==
            SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW)
        fresh = str_eq(column_str(stmt, 0), str_from(hex));
    sqlite3_finalize(stmt);
    return fresh;
}

static int run(struct warehouse *warehouse, const char *name, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, name, err);
    return stmt ? statement_run(warehouse, stmt, err) : -1;
}

static int load_cells(struct warehouse *warehouse, struct err *err)
{
    static const char *const kinds[] = {"count", "signed", "money"};
    static const char *const adding[] = {"sum", "first", "last", "none"};
    for (size_t i = 0; i < CATALOG_CELLS; i++) {
        const struct cell *cell = &warehouse->catalog->cells[i];
        if (!cell->code)
            continue;
        sqlite3_stmt *stmt = warehouse_statement(warehouse, "builtin.cell", err);
        if (!stmt)
            return -1;
        sqlite3_bind_int(stmt, 1, cell->id);
        bind_str(stmt, 2, str_from(cell->code));
        bind_str(stmt, 3, str_from(kinds[cell->kind]));
        bind_str(stmt, 4, str_from(adding[cell->over_regions]));
        bind_str(stmt, 5, str_from(adding[cell->over_years]));
        if (statement_run(warehouse, stmt, err) < 0)
            return -1;
    }
    return 0;
}

static int load_form_cells(struct warehouse *warehouse, const struct form *form, struct err *err)
{
    for (uint32_t i = 0; i < form->count; i++) {
        const struct form_cell *cell = &form->cells[i];
        if (cell->id == CELL_NONE)
            continue;
        sqlite3_stmt *stmt = warehouse_statement(warehouse, "builtin.form_cell", err);
        if (!stmt)
            return -1;
        sqlite3_bind_int(stmt, 1, form->year);
        sqlite3_bind_int(stmt, 2, cell->id);
        sqlite3_bind_int64(stmt, 3, i + 1);
        bind_text(stmt, 4, cell->table);
        bind_text(stmt, 5, cell->row);
        bind_text(stmt, 6, cell->column);
        bind_text(stmt, 7, cell->unit);
        if (statement_run(warehouse, stmt, err) < 0)
            return -1;
    }
    return 0;
}

static int load_forms(struct warehouse *warehouse, struct err *err)
{
    if (load_cells(warehouse, err) < 0 || run(warehouse, "builtin.forget_form_cells", err) < 0)
        return -1;
    for (uint32_t i = 0; i < warehouse->catalog->form_count; i++) {
        const struct form *form = &warehouse->catalog->forms[i];
        sqlite3_stmt *stmt = warehouse_statement(warehouse, "builtin.form", err);
        if (!stmt)
            return -1;
        sqlite3_bind_int(stmt, 1, form->year);
        sqlite3_bind_int(stmt, 2, form->first_year);
        if (form->last_year)
            sqlite3_bind_int(stmt, 3, form->last_year);
        bind_text(stmt, 4, form->basis);
        bind_text(stmt, 5, form->title);
        if (statement_run(warehouse, stmt, err) < 0 || load_form_cells(warehouse, form, err) < 0)
            return -1;
    }
    return 0;
}

/* A row of sql/series.tsv is a term. The series' own words stand on its first row alone, what a form
 * changed on the first row of that form. */
static int load_term(struct warehouse *warehouse, const struct table *t, struct err *err)
{
    const struct cell *cell = catalog_find(warehouse->catalog, table_get(t, "code"));
    bool less = str_starts(table_get(t, "coefficient"), STR("-"));
    if (!cell)
        return err_set(err, ERR_SYSTEM, "sql/%s:%u contradicts itself; correct the table", t->name,
                       t->line);
    sqlite3_stmt *series = warehouse_statement(warehouse, "builtin.series", err);
    sqlite3_stmt *term = warehouse_statement(warehouse, "builtin.series_term", err);
    sqlite3_stmt *note = warehouse_statement(warehouse, "builtin.series_break", err);
    if (!series || !term || !note)
        return -1;
    struct str name = table_get(t, "series");
    bind_text(series, 1, name);
    sqlite3_bind_int64(series, 2, table_number(t, "number", 0));
    bind_text(series, 3, table_get(t, "label"));
    bind_text(series, 4, table_get(t, "label_zh"));
    bind_text(series, 5, table_get(t, "unit"));
    bind_text(series, 6, table_get(t, "over_years"));
    bind_text(term, 1, name);
    sqlite3_bind_int64(term, 2, table_number(t, "form", 0));
    sqlite3_bind_int(term, 3, cell->id);
    sqlite3_bind_int(term, 4, less ? -1 : 1);
    bind_text(note, 1, name);
    sqlite3_bind_int64(note, 2, table_number(t, "form", 0));
    bind_text(note, 3, table_get(t, "break"));
    bind_text(note, 4, table_get(t, "break_zh"));
    if ((table_get(t, "label").n > 0 && statement_run(warehouse, series, err) < 0) ||
        (table_get(t, "break").n > 0 && statement_run(warehouse, note, err) < 0))
        return -1;
    return statement_run(warehouse, term, err);
}

/* The series and the rates; totals rest on them, so the roll-up has to begin anew. */
static int load_series(struct warehouse *warehouse, struct err *err)
{
    static const char *const forget[] = {"builtin.forget_rates", "builtin.forget_series_breaks",
                                         "builtin.forget_series_terms", "builtin.forget_series",
                                         "builtin.forget_rollup"};
    struct table t;
    for (size_t i = 0; i < sizeof forget / sizeof *forget; i++)
        if (run(warehouse, forget[i], err) < 0)
            return -1;
    if (table_open(&t, "series.tsv", err) < 0)
        return -1;
    while (table_next(&t))
        if (load_term(warehouse, &t, err) < 0)
            return -1;
    if (table_open(&t, "rates.tsv", err) < 0)
        return -1;
    while (table_next(&t)) {
        sqlite3_stmt *rate = warehouse_statement(warehouse, "builtin.rate", err);
        if (!rate)
            return -1;
        bind_text(rate, 1, table_get(&t, "rate"));
        bind_text(rate, 2, table_get(&t, "label"));
        bind_text(rate, 3, table_get(&t, "label_zh"));
        bind_text(rate, 4, table_get(&t, "numerator"));
        bind_text(rate, 5, table_get(&t, "denominator"));
        if (statement_run(warehouse, rate, err) < 0)
            return -1;
    }
    return 0;
}

/* In the built-in file the last year is 2024 for what is valid today. */
static void bind_years(sqlite3_stmt *stmt, struct str first, struct str last)
{
    bind_str(stmt, 2, first);
    bind_str(stmt, 3, str_eq(last, STR("2024")) ? (struct str){0} : last);
}

/* 1: the division is as this program brought it; 0: a register says what it is. */
static int is_built_in(struct warehouse *warehouse, struct str code, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "builtin.is_built_in", err);
    if (!stmt)
        return -1;
    bind_str(stmt, 1, code);
    int got = statement_next(warehouse, stmt, err);
    sqlite3_reset(stmt);
    return got;
}

/* Two passes: a period's parent must be there before it. */
static int load_divisions(struct warehouse *warehouse, struct err *err)
{
    if (run(warehouse, "builtin.nation", err) < 0 ||
        run(warehouse, "builtin.forget_periods", err) < 0 ||
        run(warehouse, "builtin.nation_period", err) < 0)
        return -1;
    for (int pass = 0; pass < 2; pass++) {
        struct str rest = str_from(resource_text("divisions.csv")), line;
        str_line(&rest, &line); /* the header */
        while (str_line(&rest, &line)) {
            struct str f[6] = {{0}};
            for (int i = 0; i < 6; i++)
                str_split(&line, ',', &f[i]);
            int own = pass ? is_built_in(warehouse, f[0], err) : 1;
            if (own < 0)
                return -1;
            if (own == 0)
                continue;
            const char *name = pass ? "builtin.division_period" : "builtin.division";
            sqlite3_stmt *stmt = warehouse_statement(warehouse, name, err);
            if (!stmt)
                return -1;
            bind_str(stmt, 1, f[0]);
            if (pass) {
                bind_years(stmt, f[4], f[5]);
                bind_str(stmt, 4, f[1]);
                bind_str(stmt, 5, f[2]);
                bind_str(stmt, 6, f[3].n ? f[3] : STR("000000"));
            }
            if (statement_run(warehouse, stmt, err) < 0)
                return -1;
        }
    }
    return 0;
}

int builtin_load(struct warehouse *warehouse, struct err *err)
{
    char hex[DIGEST];
    digest_of_all(hex);
    if (load_forms(warehouse, err) < 0 ||
        load_series(warehouse, err) < 0 || load_divisions(warehouse, err) < 0 ||
        schema_lay_views(warehouse, err) < 0)
        return -1;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "builtin.digest", err);
    if (!stmt)
        return -1;
    bind_str(stmt, 1, str_from(hex));
    return statement_run(warehouse, stmt, err);
}
