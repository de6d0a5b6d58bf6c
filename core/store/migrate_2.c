/* Reports are read from the tables of version 1 and written as they are today. */
#include "core/store/migrate_2.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/resource.h"
#include "core/store/origins.h"
#include "core/store/report_store.h"
#include "core/store/schema.h"
#include "core/store/source_store.h"
#include "core/store/statement.h"

enum part { BEFORE, SOURCES, FIRST_RUN, REPORTS, CELLS, FACTS, EXCEPTIONS, SECTIONS, FIGURES, AFTER, PARTS };

static const char *const titles[PARTS] = {"before",     "sources",  "source_first_run", "reports",
                                          "cells",      "facts",    "exceptions",       "sections",
                                          "figures",    "after"};

struct migration {
    struct warehouse *warehouse;
    struct arena arena; /* of the report at hand */
    sqlite3_stmt *stmt[PARTS];
};

/* The text of a part, to be freed. */
static char *text_of(enum part part)
{
    struct str text = statement_block(resource_text("migrations/0002.sql"), str_from(titles[part]));
    return strndup(text.p ? text.p : "", text.n);
}

static int run_part(struct migration *m, enum part part, struct err *err)
{
    char *sql = text_of(part);
    int status = sql ? warehouse_run_script(m->warehouse, sql, err) : err_memory(err);
    free(sql);
    return status;
}

static int prepare(struct migration *m, struct err *err)
{
    for (enum part part = SOURCES; part < AFTER; part++) {
        char *sql = text_of(part);
        int status = sql ? sqlite3_prepare_v2(m->warehouse->db, sql, -1, &m->stmt[part], NULL)
                         : SQLITE_NOMEM;
        free(sql);
        if (status != SQLITE_OK)
            return warehouse_error(m->warehouse, err);
    }
    return 0;
}

/* A query about one row, to be stepped. */
static sqlite3_stmt *ask(struct migration *m, enum part part, int64_t id)
{
    sqlite3_reset(m->stmt[part]);
    sqlite3_bind_int64(m->stmt[part], 1, id);
    return m->stmt[part];
}

/* A column's text, copied for the report at hand; p is NULL when memory ran out. */
static struct str copy(struct migration *m, sqlite3_stmt *stmt, int column)
{
    return arena_copy(&m->arena, column_str(stmt, column));
}

static int take_source(struct migration *m, sqlite3_stmt *row, struct err *err)
{
    struct warehouse *w = m->warehouse;
    struct str path = copy(m, row, 1), format = copy(m, row, 3), hints = copy(m, row, 4),
               sha256 = copy(m, row, 10);
    if (!path.p || !format.p || !hints.p || !sha256.p)
        return err_memory(err);
    struct source_place place = {path, sqlite3_column_int64(row, 2),
                                 {sqlite3_column_int64(row, 5), sqlite3_column_int64(row, 6),
                                  sqlite3_column_int64(row, 7), 0}}; /* to be read once more */
    int64_t id;
    bool known;
    w->next_number = sqlite3_column_int64(row, 0);
    if (source_put(w, &place, sha256.p, sqlite3_column_int64(row, 11), format.p, hints,
                   sqlite3_column_int64(row, 9), &id, &known, err) < 0)
        return -1;
    sqlite3_stmt *stmt = ask(m, FIRST_RUN, id);
    sqlite3_bind_int64(stmt, 2, sqlite3_column_int64(row, 8));
    return statement_run(w, stmt, err);
}

static int read_cells(struct migration *m, sqlite3_stmt *row, struct report *r, struct err *err)
{
    uint16_t cells[CATALOG_CELLS];
    uint32_t lines[CATALOG_CELLS], n = 0;
    sqlite3_stmt *stmt = ask(m, CELLS, sqlite3_column_int64(row, 7));
    int got;
    while ((got = statement_next(m->warehouse, stmt, err)) > 0 && n < CATALOG_CELLS)
        cells[n++] = (uint16_t)sqlite3_column_int(stmt, 0);
    sqlite3_reset(stmt);
    struct str blob = {sqlite3_column_blob(row, 14), (size_t)sqlite3_column_bytes(row, 14)};
    if (got < 0)
        return -1;
    if (origins_decode(blob, 0, cells, n, lines) < 0)
        return err_set(err, ERR_SYSTEM, "the rows of report %lld contradict one another; restore the "
                                        "warehouse from a backup", (long long)sqlite3_column_int64(row, 0));
    for (uint32_t i = 0; i < n; i++)
        if (report_fact(r, (struct fact){.cell = cells[i], .line = lines[i]}) < 0)
            return err_memory(err);
    return 0;
}

static struct fact *fact_of(struct report *r, int cell)
{
    for (uint32_t i = 0; i < r->fact_count; i++)
        if (r->facts[i].cell == cell)
            return &r->facts[i];
    return NULL;
}

static int read_figures(struct migration *m, int64_t id, struct report *r, struct err *err)
{
    sqlite3_stmt *stmt = ask(m, FACTS, id);
    int got;
    while ((got = statement_next(m->warehouse, stmt, err)) > 0)
        for (int slot = 0; slot < 7; slot++) {
            struct fact *f = fact_of(r, sqlite3_column_int(stmt, 0) * CATALOG_SLOTS + slot);
            if (f && sqlite3_column_type(stmt, 1 + slot) != SQLITE_NULL)
                f->value = sqlite3_column_int64(stmt, 1 + slot);
        }
    if (got < 0)
        return -1;
    stmt = ask(m, EXCEPTIONS, id);
    while ((got = statement_next(m->warehouse, stmt, err)) > 0) {
        struct fact *f = fact_of(r, sqlite3_column_int(stmt, 0));
        if (!f)
            continue;
        f->state = (uint8_t)sqlite3_column_int(stmt, 1);
        f->text = copy(m, stmt, 2);
        f->note = copy(m, stmt, 3);
    }
    return got;
}

static int read_prose(struct migration *m, int64_t id, struct report *r, struct err *err)
{
    int got, status = 0;
    sqlite3_stmt *stmt = ask(m, SECTIONS, id);
    while ((got = statement_next(m->warehouse, stmt, err)) > 0)
        status |= report_section(r, (struct section){
                                        .number = sqlite3_column_int(stmt, 0),
                                        .line = (uint32_t)sqlite3_column_int64(stmt, 1),
                                        .heading = copy(m, stmt, 2),
                                        .text = copy(m, stmt, 3),
                                    });
    if (got < 0)
        return -1;
    stmt = ask(m, FIGURES, id);
    while ((got = statement_next(m->warehouse, stmt, err)) > 0)
        status |= report_figure(r, (struct prose_figure){
                                       .section = sqlite3_column_int(stmt, 0),
                                       .line = (uint32_t)sqlite3_column_int64(stmt, 1),
                                       .value = sqlite3_column_int64(stmt, 2),
                                       .decimals = (uint8_t)sqlite3_column_int(stmt, 3),
                                       .unit = copy(m, stmt, 4),
                                       .measure = copy(m, stmt, 5),
                                       .sentence = copy(m, stmt, 6),
                                   });
    if (got < 0)
        return -1;
    return status ? err_memory(err) : 0;
}

static int take_report(struct migration *m, sqlite3_stmt *row, struct err *err)
{
    int64_t id = sqlite3_column_int64(row, 0);
    struct report *r = report_new(&m->arena);
    struct prepared prepared;
    if (!r)
        return err_memory(err);
    bool own = str_eq(column_str(row, 3), STR("own"));
    struct report_place place = {
        .report_id = id,
        .key = {sqlite3_column_int64(row, 1), sqlite3_column_int(row, 2),
                own ? SCOPE_OWN : SCOPE_COMPOSITE},
        .revision = sqlite3_column_int(row, 4),
        .current = sqlite3_column_int(row, 5),
        .source_id = sqlite3_column_int64(row, 12),
        .run_id = sqlite3_column_int64(row, 15),
        .keep_prose = sqlite3_column_int(row, 16),
    };
    r->year = place.key.year;
    r->form = sqlite3_column_int(row, 6);
    r->title = copy(m, row, 8);
    r->dated = copy(m, row, 9);
    r->period_from = copy(m, row, 10);
    r->period_to = copy(m, row, 11);
    r->line = (uint32_t)sqlite3_column_int64(row, 13);
    if (read_cells(m, row, r, err) < 0 || read_figures(m, id, r, err) < 0 ||
        read_prose(m, id, r, err) < 0 || contents_prepare(r, &prepared, err) < 0)
        return -1;
    return report_write(m->warehouse, &place, r, &prepared, err);
}

static int each_row(struct migration *m, enum part part,
                    int (*take)(struct migration *, sqlite3_stmt *, struct err *), struct err *err)
{
    int got;
    while ((got = statement_next(m->warehouse, m->stmt[part], err)) > 0) {
        arena_reset(&m->arena);
        if (take(m, m->stmt[part], err) < 0)
            return -1;
    }
    return got;
}

int migrate_2(struct warehouse *warehouse, struct err *err)
{
    struct migration m = {.warehouse = warehouse, .arena = arena_new((size_t)256 << 20)};
    int status = -1;
    if (schema_drop_views(warehouse, err) == 0 && run_part(&m, BEFORE, err) == 0 &&
        prepare(&m, err) == 0 && each_row(&m, SOURCES, take_source, err) == 0 &&
        each_row(&m, REPORTS, take_report, err) == 0)
        status = 0;
    for (enum part part = 0; part < PARTS; part++)
        sqlite3_finalize(m.stmt[part]);
    arena_free(&m.arena);
    if (status == 0)
        status = run_part(&m, AFTER, err);
    warehouse_forget(warehouse);
    return status;
}
