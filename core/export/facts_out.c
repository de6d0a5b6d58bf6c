#include "core/export/facts_out.h"

#include <stdlib.h>

#include "core/base/buf.h"
#include "core/export/cells_read.h"
#include "core/store/statement.h"

enum { PREFIX = 1 << 12 };

/* Columns of export.fact_reports. */
enum { REPORT_ID, PRESENCE_ID, FIRST };

struct facts_out {
    struct warehouse *warehouse;
    sqlite3_stmt *row;
    struct cells_read *reader;
    const struct report_cells *cells;
    struct buf prefix; /* of the report's rows */
    struct csv_out scratch;
};

int facts_out_open(struct facts_out **out, struct warehouse *warehouse, struct err *err)
{
    struct facts_out *f = calloc(1, sizeof *f);
    if (!f)
        return err_memory(err);
    f->warehouse = warehouse;
    f->prefix = buf_new(PREFIX);
    f->row = warehouse_statement(warehouse, "export.fact_reports", err);
    if (!f->row || cells_read_open(&f->reader, warehouse, false, err) < 0) {
        facts_out_close(f);
        return -1;
    }
    *out = f;
    return 0;
}

void facts_out_close(struct facts_out *f)
{
    if (!f)
        return;
    sqlite3_reset(f->row);
    cells_read_close(f->reader);
    buf_free(&f->prefix);
    free(f);
}

sqlite3_stmt *facts_out_row(struct facts_out *f)
{
    return f->row;
}

/* What all rows of the report begin with. */
static int make_prefix(struct facts_out *f, struct err *err)
{
    buf_reset(&f->prefix);
    csv_out_open(&f->scratch, sink_buf(&f->prefix), false);
    for (int i = FIRST; i < sqlite3_column_count(f->row); i++) {
        if (sqlite3_column_type(f->row, i) == SQLITE_INTEGER)
            csv_out_integer(&f->scratch, sqlite3_column_int64(f->row, i));
        else
            csv_out_text(&f->scratch, column_str(f->row, i));
    }
    return csv_out_close(&f->scratch, err);
}

int facts_out_next(struct facts_out *f, struct err *err)
{
    int got = statement_next(f->warehouse, f->row, err);
    if (got <= 0)
        return got;
    f->cells = cells_read(f->reader, sqlite3_column_int64(f->row, REPORT_ID),
                          sqlite3_column_int64(f->row, PRESENCE_ID), err);
    return f->cells && make_prefix(f, err) == 0 ? 1 : -1;
}

void facts_out_put(struct facts_out *f, struct csv_out *csv)
{
    const struct report_cells *r = f->cells;
    const struct str prefix = buf_str(&f->prefix);
    uint32_t e = 0;
    for (uint32_t i = 0; i < r->count; i++) {
        uint16_t cell = r->cells[i];
        while (e < r->exception_count && r->exceptions[e].cell < cell)
            e++;
        struct str state = STR("value");
        if (e < r->exception_count && r->exceptions[e].cell == cell)
            state = r->exceptions[e].state;
        csv_out_raw(csv, prefix);
        csv_out_integer(csv, cell);
        csv_out_text(csv, state);
        if (str_eq(state, STR("value")))
            csv_out_integer(csv, r->value[cell]);
        else
            csv_out_null(csv);
        csv_out_row(csv);
    }
}
