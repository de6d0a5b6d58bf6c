#include "core/export/cells_out.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/base/buf.h"
#include "core/export/cells_read.h"
#include "core/model/money.h"

enum { PREFIX = 1 << 16 };

struct writing {
    const struct catalog *catalog;
    struct csv_out *csv;
    struct cells_read *reader;
    struct buf prefix; /* of the report's rows */
    struct csv_out scratch;
    struct str code[CATALOG_CELLS]; /* "t3.new.total,value" */
    char codes[CATALOG_CELLS][96];
};

static void put_figure(struct writing *w, const struct report_cells *r, uint16_t cell)
{
    char digits[MONEY_TEXT];
    if (w->catalog->cells[cell].kind != CELL_MONEY) {
        csv_out_integer(w->csv, r->value[cell]);
        return;
    }
    money_text(r->value[cell], digits);
    csv_out_decimal(w->csv, str_from(digits));
}

/* A cell with a row of its own among the exceptions: no figure, or a note beside it. */
static void put_exception(struct writing *w, const struct report_cells *r,
                          const struct cell_exception *e)
{
    csv_out_text(w->csv, str_from(w->catalog->cells[e->cell].code));
    csv_out_text(w->csv, e->state);
    if (str_eq(e->state, STR("value")))
        put_figure(w, r, e->cell);
    else
        csv_out_decimal(w->csv, str_eq(e->state, STR("text")) ? e->text : (struct str){0});
    csv_out_text(w->csv, e->note);
}

static void put_report(struct writing *w, const struct report_cells *r)
{
    const struct str prefix = buf_str(&w->prefix);
    uint32_t exception = 0;
    for (uint32_t i = 0; i < r->count; i++) {
        uint16_t cell = r->cells[i];
        while (exception < r->exception_count && r->exceptions[exception].cell < cell)
            exception++;
        csv_out_raw(w->csv, prefix);
        if (exception < r->exception_count && r->exceptions[exception].cell == cell) {
            put_exception(w, r, &r->exceptions[exception]);
        } else {
            csv_out_raw(w->csv, w->code[cell]);
            put_figure(w, r, cell);
            csv_out_null(w->csv);
        }
        csv_out_row(w->csv);
    }
}

/* What all rows of a report begin with, written once. */
static int make_prefix(struct writing *w, sqlite3_stmt *report, struct err *err)
{
    buf_reset(&w->prefix);
    csv_out_open(&w->scratch, sink_buf(&w->prefix), false);
    csv_out_text(&w->scratch, column_str(report, 2));
    csv_out_text(&w->scratch, column_str(report, 3));
    csv_out_integer(&w->scratch, sqlite3_column_int64(report, 4));
    csv_out_text(&w->scratch, column_str(report, 5));
    return csv_out_close(&w->scratch, err);
}

static int put_all(struct writing *w, struct warehouse *warehouse, struct err *err)
{
    int step;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "export.cell_reports", err);
    if (!stmt)
        return -1;
    while ((step = sqlite3_step(stmt)) == SQLITE_ROW && !w->csv->failed) {
        const struct report_cells *r = cells_read(w->reader, sqlite3_column_int64(stmt, 0),
                                                  sqlite3_column_int64(stmt, 1), err);
        if (!r || make_prefix(w, stmt, err) < 0)
            return -1;
        put_report(w, r);
    }
    if (step != SQLITE_DONE && step != SQLITE_ROW)
        return warehouse_error(warehouse, err);
    sqlite3_reset(stmt);
    return 0;
}

int cells_out(struct warehouse *warehouse, struct csv_out *csv, struct err *err)
{
    struct writing *w = calloc(1, sizeof *w);
    if (!w)
        return err_memory(err);
    w->catalog = warehouse->catalog;
    w->csv = csv;
    w->prefix = buf_new(PREFIX);
    for (int i = 0; i < CATALOG_CELLS; i++)
        if (w->catalog->cells[i].code) {
            snprintf(w->codes[i], sizeof w->codes[i], "%s,value", w->catalog->cells[i].code);
            w->code[i] = str_from(w->codes[i]);
        }
    int status = cells_read_open(&w->reader, warehouse, true, err);
    if (status == 0)
        status = put_all(w, warehouse, err);
    cells_read_close(w->reader);
    buf_free(&w->prefix);
    free(w);
    return status;
}
