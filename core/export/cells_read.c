#include "core/export/cells_read.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"

enum { MEMORY = 64 << 20, SLOTS_USED = CATALOG_SLOTS - 1 };

/* The cells that a presence states, in the order of their ids. */
struct presence {
    int64_t id;
    uint16_t *cells;
    uint32_t count;
};

/* A table read by report: on its next row in one pass, or asked anew for each report. */
struct scan {
    sqlite3_stmt *stmt;
    int64_t report; /* of the row it is on; INT64_MAX behind the last one */
};

struct cells_read {
    struct warehouse *warehouse;
    bool in_order;
    struct arena kept, arena; /* presences; one report's texts */
    struct presence *presences;
    uint32_t count;
    size_t capacity;
    struct scan fact, exception;
    struct cell_exception exceptions[CATALOG_CELLS];
    struct report_cells found;
};

static int step(struct cells_read *r, struct scan *scan, struct err *err)
{
    int step = sqlite3_step(scan->stmt);
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        return warehouse_error(r->warehouse, err);
    scan->report = step == SQLITE_ROW ? sqlite3_column_int64(scan->stmt, 0) : INT64_MAX;
    return 0;
}

/* Brings a scan to the report's first row, or behind where it would be. */
static int seek(struct cells_read *r, struct scan *scan, int64_t report, struct err *err)
{
    if (!r->in_order) {
        sqlite3_reset(scan->stmt);
        sqlite3_bind_int64(scan->stmt, 1, report);
        return step(r, scan, err);
    }
    while (scan->report < report)
        if (step(r, scan, err) < 0)
            return -1;
    return 0;
}

static int presence_of(struct cells_read *r, int64_t id, const struct presence **out,
                       struct err *err)
{
    for (uint32_t i = r->count; i-- > 0;)
        if (r->presences[i].id == id) {
            *out = &r->presences[i];
            return 0;
        }
    sqlite3_stmt *stmt = warehouse_statement(r->warehouse, "export.presence", err);
    if (!stmt)
        return -1;
    if (arena_grow(&r->kept, &r->presences, r->count, &r->capacity, sizeof *r->presences) < 0)
        return err_memory(err);
    struct presence *p = &r->presences[r->count];
    size_t capacity = 0;
    *p = (struct presence){.id = id};
    sqlite3_bind_int64(stmt, 1, id);
    int step;
    while ((step = sqlite3_step(stmt)) == SQLITE_ROW) {
        int cell = sqlite3_column_int(stmt, 0);
        if (cell < 0 || cell >= CATALOG_CELLS || !r->warehouse->catalog->cells[cell].code)
            continue;
        if (arena_grow(&r->kept, &p->cells, p->count, &capacity, sizeof *p->cells) < 0)
            return err_memory(err);
        p->cells[p->count++] = (uint16_t)cell;
    }
    sqlite3_reset(stmt);
    if (step != SQLITE_DONE)
        return warehouse_error(r->warehouse, err);
    r->count++;
    *out = p;
    return 0;
}

/* The report's figures: what no row of facts holds is 0. */
static int read_figures(struct cells_read *r, int64_t report, struct err *err)
{
    memset(r->found.value, 0, sizeof r->found.value);
    if (seek(r, &r->fact, report, err) < 0)
        return -1;
    while (r->fact.report == report) {
        int line = sqlite3_column_int(r->fact.stmt, 1);
        int64_t *value = r->found.value + line * CATALOG_SLOTS;
        for (int slot = 0; line >= 0 && line < CATALOG_LINES && slot < SLOTS_USED; slot++)
            value[slot] = sqlite3_column_int64(r->fact.stmt, slot + 2);
        if (step(r, &r->fact, err) < 0)
            return -1;
    }
    return 0;
}

/* A text of the row that outlives it. */
static int take(struct cells_read *r, int column, struct str *out, struct err *err)
{
    struct str text = column_str(r->exception.stmt, column);
    *out = text.p ? arena_copy(&r->arena, text) : text;
    return text.p && !out->p ? err_memory(err) : 0;
}

static int read_exceptions(struct cells_read *r, int64_t report, struct err *err)
{
    arena_reset(&r->arena);
    r->found.exception_count = 0;
    if (seek(r, &r->exception, report, err) < 0)
        return -1;
    while (r->exception.report == report && r->found.exception_count < CATALOG_CELLS) {
        struct cell_exception *e = &r->exceptions[r->found.exception_count++];
        e->cell = (uint16_t)sqlite3_column_int(r->exception.stmt, 1);
        if (take(r, 2, &e->state, err) < 0 || take(r, 3, &e->text, err) < 0 ||
            take(r, 4, &e->note, err) < 0 || step(r, &r->exception, err) < 0)
            return -1;
    }
    return 0;
}

const struct report_cells *cells_read(struct cells_read *r, int64_t report, int64_t presence,
                                      struct err *err)
{
    const struct presence *p = NULL;
    if (presence_of(r, presence, &p, err) < 0 || read_figures(r, report, err) < 0 ||
        read_exceptions(r, report, err) < 0)
        return NULL;
    r->found.cells = p->cells;
    r->found.count = p->count;
    return &r->found;
}

int cells_read_open(struct cells_read **out, struct warehouse *warehouse, bool in_order,
                    struct err *err)
{
    struct cells_read *r = calloc(1, sizeof *r);
    if (!r)
        return err_memory(err);
    r->warehouse = warehouse;
    r->in_order = in_order;
    r->kept = arena_new(MEMORY);
    r->arena = arena_new(MEMORY);
    r->found.exceptions = r->exceptions;
    r->fact.report = r->exception.report = INT64_MIN;
    r->fact.stmt = warehouse_statement(
        warehouse, in_order ? "export.cell_facts" : "export.facts_of", err);
    r->exception.stmt = !r->fact.stmt ? NULL
                                      : warehouse_statement(warehouse,
                                                            in_order ? "export.cell_exceptions"
                                                                     : "export.exceptions_of",
                                                            err);
    if (!r->exception.stmt) {
        cells_read_close(r);
        return -1;
    }
    *out = r;
    return 0;
}

void cells_read_close(struct cells_read *r)
{
    if (!r)
        return;
    sqlite3_reset(r->fact.stmt);
    sqlite3_reset(r->exception.stmt);
    arena_free(&r->kept);
    arena_free(&r->arena);
    free(r);
}
