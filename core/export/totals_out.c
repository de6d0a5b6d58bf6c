#include "core/export/totals_out.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/model/money.h"
#include "core/store/statement.h"

enum { TEXT = 1 << 16, SLOTS_USED = CATALOG_SLOTS - 1 };

/* Columns of export.total_areas. */
enum {
    AREA_ID, FORM, DIVISION_CODE, DIVISION, LEVEL, YEAR, PART, EXPECTED, REPORTED, MISSING,
    UNREGISTERED, LATE, STATING
};

/* A cell of the area in hand. */
struct sum {
    bool stands; /* it is on the form of the year, or some report states it */
    int64_t stated, blank;
    int64_t value, largest; /* money in parts */
};

struct totals {
    struct warehouse *warehouse;
    const struct catalog *catalog;
    struct csv_out *csv;
    sqlite3_stmt *area, *line, *gap;
    struct buf label[CATALOG_CELLS]; /* code,label,unit */
    struct buf head, middle, tail;   /* what the rows of an area share */
    struct csv_out scratch;
    struct sum sum[CATALOG_CELLS];
};

/* Cells of the area's row as CSV, made once. */
static int share(struct totals *t, struct buf *buf, const int *columns, int n, struct err *err)
{
    buf_reset(buf);
    csv_out_open(&t->scratch, sink_buf(buf), false);
    for (int i = 0; i < n; i++) {
        if (sqlite3_column_type(t->area, columns[i]) == SQLITE_INTEGER)
            csv_out_integer(&t->scratch, sqlite3_column_int64(t->area, columns[i]));
        else
            csv_out_text(&t->scratch, column_str(t->area, columns[i]));
    }
    return csv_out_close(&t->scratch, err);
}

/* An asked-for area without a row among the gaps of a cell of its form: each report states it. */
static int read_sums(struct totals *t, struct err *err)
{
    int got;
    int64_t area = sqlite3_column_int64(t->area, AREA_ID);
    int64_t stating = sqlite3_column_int64(t->area, STATING);
    const struct form *form = catalog_form(t->catalog, sqlite3_column_int(t->area, FORM));
    memset(t->sum, 0, sizeof t->sum);
    for (uint32_t i = 0; form && i < form->count; i++)
        if (form->cells[i].id != CELL_NONE)
            t->sum[form->cells[i].id] = (struct sum){.stands = true, .stated = stating};
    sqlite3_bind_int64(t->gap, 1, area);
    while ((got = statement_next(t->warehouse, t->gap, err)) > 0) {
        int cell = sqlite3_column_int(t->gap, 0);
        if (cell >= 0 && cell < CATALOG_CELLS && t->catalog->cells[cell].code)
            t->sum[cell] = (struct sum){.stands = true,
                                        .stated = sqlite3_column_int64(t->gap, 1),
                                        .blank = sqlite3_column_int64(t->gap, 2)};
    }
    sqlite3_bind_int64(t->line, 1, area);
    while (got == 0 && (got = statement_next(t->warehouse, t->line, err)) > 0) {
        int line = sqlite3_column_int(t->line, 0);
        for (int slot = 0; line >= 0 && line < CATALOG_LINES && slot < SLOTS_USED; slot++) {
            struct sum *sum = &t->sum[line * CATALOG_SLOTS + slot];
            sum->value = sqlite3_column_int64(t->line, 1 + slot);
            sum->largest = sqlite3_column_int64(t->line, 1 + SLOTS_USED + slot);
        }
        got = 0;
    }
    return got;
}

static void put_figure(struct totals *t, uint16_t cell, int64_t value)
{
    char digits[MONEY_TEXT];
    if (t->sum[cell].stated == 0) {
        csv_out_null(t->csv);
    } else if (t->catalog->cells[cell].kind == CELL_MONEY) {
        money_text(value, digits);
        csv_out_decimal(t->csv, str_from(digits));
    } else {
        csv_out_integer(t->csv, value);
    }
}

/* The largest report's part of the sum in 1/10,000, as v_total has it. */
static void put_share(struct csv_out *csv, const struct sum *sum)
{
    const int64_t much = INT64_C(900000000000000); /* times 10,000 would not fit */
    int64_t v = sum->value, m = sum->largest;
    if (sum->stated == 0 || v <= 0 || m < 0)
        csv_out_null(csv);
    else if (v > much || m > much)
        csv_out_integer(csv, (m + v / 20000) / (v / 10000));
    else
        csv_out_integer(csv, (m * 10000 + v / 2) / v);
}

static int put_rows(struct totals *t, struct err *err)
{
    static const int head[] = {DIVISION_CODE, DIVISION, LEVEL, YEAR, PART},
                     middle[] = {EXPECTED, REPORTED, MISSING}, tail[] = {UNREGISTERED, LATE};
    if (share(t, &t->head, head, 5, err) < 0 || share(t, &t->middle, middle, 3, err) < 0 ||
        share(t, &t->tail, tail, 2, err) < 0)
        return -1;
    for (uint16_t cell = 0; cell < CATALOG_CELLS; cell++) {
        const struct sum *sum = &t->sum[cell];
        if (!sum->stands)
            continue;
        csv_out_raw(t->csv, buf_str(&t->head));
        csv_out_raw(t->csv, buf_str(&t->label[cell]));
        put_figure(t, cell, sum->value);
        csv_out_raw(t->csv, buf_str(&t->middle));
        csv_out_integer(t->csv, sum->stated);
        csv_out_integer(t->csv, sum->blank);
        csv_out_raw(t->csv, buf_str(&t->tail));
        put_figure(t, cell, sum->largest);
        put_share(t->csv, sum);
        csv_out_row(t->csv);
    }
    return 0;
}

static int put_wide(struct totals *t, const struct form *form, struct err *err)
{
    static const int columns[] = {DIVISION_CODE, DIVISION, LEVEL, YEAR, PART,
                                  EXPECTED, REPORTED, MISSING, UNREGISTERED};
    if (share(t, &t->head, columns, 9, err) < 0)
        return -1;
    csv_out_raw(t->csv, buf_str(&t->head));
    for (uint32_t i = 0; i < form->count; i++)
        if (form->cells[i].id != CELL_NONE)
            put_figure(t, form->cells[i].id, t->sum[form->cells[i].id].value);
    csv_out_row(t->csv);
    return 0;
}

static int put_all(struct totals *t, struct str level, const struct form *form, struct err *err)
{
    int got = 0;
    bind_str(t->area, 1, level);
    while (!t->csv->failed && (got = statement_next(t->warehouse, t->area, err)) > 0) {
        if (form && sqlite3_column_int(t->area, FORM) != form->year)
            continue;
        if (read_sums(t, err) < 0 ||
            (form ? put_wide(t, form, err) : put_rows(t, err)) < 0)
            return -1;
    }
    sqlite3_reset(t->area);
    return t->csv->failed ? 0 : got;
}

static int read_labels(struct totals *t, struct err *err)
{
    int got;
    sqlite3_stmt *stmt = warehouse_statement(t->warehouse, "export.labels", err);
    if (!stmt)
        return -1;
    while ((got = statement_next(t->warehouse, stmt, err)) > 0) {
        int cell = sqlite3_column_int(stmt, 0);
        if (cell < 0 || cell >= CATALOG_CELLS || !t->catalog->cells[cell].code)
            continue;
        csv_out_open(&t->scratch, sink_buf(&t->label[cell]), false);
        csv_out_text(&t->scratch, str_from(t->catalog->cells[cell].code));
        csv_out_text(&t->scratch, column_str(stmt, 1));
        csv_out_text(&t->scratch, column_str(stmt, 2));
        if (csv_out_close(&t->scratch, err) < 0)
            return -1;
    }
    return got;
}

int totals_out(struct warehouse *warehouse, struct str level, const struct form *form,
               struct csv_out *csv, struct err *err)
{
    struct totals *t = calloc(1, sizeof *t);
    if (!t)
        return err_memory(err);
    t->warehouse = warehouse;
    t->catalog = warehouse->catalog;
    t->csv = csv;
    t->head = buf_new(TEXT);
    t->middle = buf_new(TEXT);
    t->tail = buf_new(TEXT);
    for (int i = 0; i < CATALOG_CELLS; i++)
        t->label[i] = buf_new(TEXT);
    int status = -1;
    if ((t->area = warehouse_statement(warehouse, "export.total_areas", err)) != NULL &&
        (t->line = warehouse_statement(warehouse, "export.total_lines", err)) != NULL &&
        (t->gap = warehouse_statement(warehouse, "export.total_gaps", err)) != NULL &&
        read_labels(t, err) == 0)
        status = put_all(t, level, form, err);
    for (int i = 0; i < CATALOG_CELLS; i++)
        buf_free(&t->label[i]);
    buf_free(&t->head);
    buf_free(&t->middle);
    buf_free(&t->tail);
    free(t);
    return status;
}
