#include "core/export/cells_out.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/model/report.h"

enum { MEMORY = 64 << 20, SLOTS_USED = CATALOG_SLOTS - 1, PREFIX = 1 << 16 };

/* The cells that a presence states, in the order of their ids. */
struct presence {
    int64_t id;
    uint16_t *cells;
    uint32_t count;
};

struct reading {
    struct warehouse *warehouse;
    struct csv_out *csv;
    struct arena arena;
    struct presence *presences;
    uint32_t count;
    size_t capacity;
    sqlite3_stmt *fact, *exception;   /* each on its next row, by report */
    int64_t fact_report, exception_report; /* INT64_MAX behind the last one */
    char code[CATALOG_CELLS][96];     /* "t3.new.total,value," */
    struct buf prefix;                /* of the report's rows */
    int64_t value[CATALOG_CELLS];
};

/* Moves a scan on to its next row and says whose it is. */
static int advance(struct reading *r, sqlite3_stmt *stmt, int64_t *report, struct err *err)
{
    int step = sqlite3_step(stmt);
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        return warehouse_error(r->warehouse, err);
    *report = step == SQLITE_ROW ? sqlite3_column_int64(stmt, 0) : INT64_MAX;
    return 0;
}

static int presence_of(struct reading *r, int64_t id, const struct presence **out, struct err *err)
{
    for (uint32_t i = r->count; i-- > 0;)
        if (r->presences[i].id == id) {
            *out = &r->presences[i];
            return 0;
        }
    sqlite3_stmt *stmt = warehouse_statement(r->warehouse, "export.presence", err);
    if (!stmt)
        return -1;
    if (arena_grow(&r->arena, &r->presences, r->count, &r->capacity, sizeof *r->presences) < 0)
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
        if (arena_grow(&r->arena, &p->cells, p->count, &capacity, sizeof *p->cells) < 0)
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
static int read_figures(struct reading *r, int64_t report, struct err *err)
{
    memset(r->value, 0, sizeof r->value);
    while (r->fact_report < report)
        if (advance(r, r->fact, &r->fact_report, err) < 0)
            return -1;
    while (r->fact_report == report) {
        int line = sqlite3_column_int(r->fact, 1);
        for (int slot = 0; line >= 0 && line < CATALOG_LINES && slot < SLOTS_USED; slot++)
            r->value[line * CATALOG_SLOTS + slot] = sqlite3_column_int64(r->fact, slot + 2);
        if (advance(r, r->fact, &r->fact_report, err) < 0)
            return -1;
    }
    while (r->exception_report < report)
        if (advance(r, r->exception, &r->exception_report, err) < 0)
            return -1;
    return 0;
}

static void put_figure(struct reading *r, uint16_t cell)
{
    int64_t value = r->value[cell];
    if (r->warehouse->catalog->cells[cell].kind != CELL_MONEY) {
        csv_out_integer(r->csv, value);
        return;
    }
    char digits[40];
    uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    int n = snprintf(digits, sizeof digits, "%s%llu.%08llu", value < 0 ? "-" : "",
                     (unsigned long long)(size / MONEY_SCALE),
                     (unsigned long long)(size % MONEY_SCALE));
    while (digits[n - 1] == '0')
        n--;
    n -= digits[n - 1] == '.';
    csv_out_decimal(r->csv, (struct str){digits, (size_t)n});
}

/* A cell with a row of its own among the exceptions: no figure, or a note beside it. */
static void put_exception(struct reading *r, uint16_t cell)
{
    struct str state = column_str(r->exception, 2), text = column_str(r->exception, 3);
    csv_out_text(r->csv, str_from(r->warehouse->catalog->cells[cell].code));
    csv_out_text(r->csv, state);
    if (str_eq(state, STR("value")))
        put_figure(r, cell);
    else
        csv_out_decimal(r->csv, str_eq(state, STR("text")) ? text : (struct str){0});
    csv_out_text(r->csv, column_str(r->exception, 4));
}

static int put_report(struct reading *r, int64_t report, const struct presence *presence,
                      struct err *err)
{
    for (uint32_t i = 0; i < presence->count; i++) {
        uint16_t cell = presence->cells[i];
        csv_out_raw(r->csv, buf_str(&r->prefix));
        while (r->exception_report == report && sqlite3_column_int(r->exception, 1) < cell)
            if (advance(r, r->exception, &r->exception_report, err) < 0)
                return -1;
        if (r->exception_report == report && sqlite3_column_int(r->exception, 1) == cell) {
            put_exception(r, cell);
        } else {
            csv_out_raw(r->csv, str_from(r->code[cell]));
            put_figure(r, cell);
            csv_out_null(r->csv);
        }
        csv_out_row(r->csv);
    }
    return 0;
}

static int into_prefix(void *self, const void *bytes, size_t size, struct err *err)
{
    struct buf *buf = self;
    buf_add(buf, (struct str){bytes, size});
    return buf->failed ? err_memory(err) : 0;
}

/* What all rows of a report begin with, written once. */
static int make_prefix(struct reading *r, sqlite3_stmt *report, struct csv_out *scratch,
                       struct err *err)
{
    buf_reset(&r->prefix);
    csv_out_open(scratch, (struct sink){into_prefix, &r->prefix}, false);
    csv_out_text(scratch, column_str(report, 2));
    csv_out_text(scratch, column_str(report, 3));
    csv_out_integer(scratch, sqlite3_column_int64(report, 4));
    csv_out_text(scratch, column_str(report, 5));
    return csv_out_close(scratch, err);
}

static int put_all(struct reading *r, struct csv_out *scratch, struct err *err)
{
    int step;
    sqlite3_stmt *stmt = warehouse_statement(r->warehouse, "export.cell_reports", err);
    r->fact = warehouse_statement(r->warehouse, "export.cell_facts", err);
    r->exception = warehouse_statement(r->warehouse, "export.cell_exceptions", err);
    if (!stmt || !r->fact || !r->exception ||
        advance(r, r->fact, &r->fact_report, err) < 0 ||
        advance(r, r->exception, &r->exception_report, err) < 0)
        return -1;
    while ((step = sqlite3_step(stmt)) == SQLITE_ROW && !r->csv->failed) {
        const struct presence *presence = NULL;
        int64_t report = sqlite3_column_int64(stmt, 0);
        if (presence_of(r, sqlite3_column_int64(stmt, 1), &presence, err) < 0 ||
            read_figures(r, report, err) < 0 || make_prefix(r, stmt, scratch, err) < 0 ||
            put_report(r, report, presence, err) < 0)
            return -1;
    }
    if (step != SQLITE_DONE && step != SQLITE_ROW)
        return warehouse_error(r->warehouse, err);
    sqlite3_reset(stmt);
    sqlite3_reset(r->fact);
    sqlite3_reset(r->exception);
    return 0;
}

int cells_out(struct warehouse *warehouse, struct csv_out *csv, struct err *err)
{
    struct reading *r = calloc(1, sizeof *r);
    struct csv_out *scratch = malloc(sizeof *scratch);
    int status = r && scratch ? 0 : err_memory(err);
    if (status == 0) {
        r->warehouse = warehouse;
        r->csv = csv;
        r->arena = arena_new(MEMORY);
        r->prefix = buf_new(PREFIX);
        for (int i = 0; i < CATALOG_CELLS; i++)
            if (warehouse->catalog->cells[i].code)
                snprintf(r->code[i], sizeof r->code[i], "%s,value", warehouse->catalog->cells[i].code);
        status = put_all(r, scratch, err);
        buf_free(&r->prefix);
        arena_free(&r->arena);
    }
    free(scratch);
    free(r);
    return status;
}
