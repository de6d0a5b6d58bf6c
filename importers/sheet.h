/* sheet.h - cells placed by row and column, from a spreadsheet or a CSV file laid out like one,
 * and the document they make: lines of one cell at the head and the foot are paragraphs, all
 * between them is one grid. */
#ifndef GONGKAI_IMPORTERS_SHEET_H
#define GONGKAI_IMPORTERS_SHEET_H

#include "core/base/err.h"
#include "core/model/document.h"
#include "importers/csv_record.h"

struct sheet_cell {
    struct str text;
    uint32_t row, column; /* from 1; rows come in order, columns in order within a row */
    uint32_t line;
};

struct sheet;

/* NULL when memory ran out. Everything is in the arena. */
struct sheet *sheet_new(struct arena *arena);
int sheet_add(struct sheet *sheet, struct sheet_cell cell);

/* Merges the cells from one corner to the other; the text of the first is the text of all. */
int sheet_merge(struct sheet *sheet, uint32_t row, uint32_t column, uint32_t last_row,
                uint32_t last_column);

/* What is not shown of a sheet: rows in their order, and for each column up to `columns`. */
struct sheet_range {
    uint32_t first, last;
};
struct sheet_hidden {
    struct sheet_range *rows;
    size_t row_count, row_capacity;
    bool *column;
    uint32_t columns;
};

/* Leaves out what is hidden; columns behind move up, and rows keep their numbers. A merge that
 * begins in it begins where it is first seen, with its text. -1 when memory ran out. */
int sheet_hide(struct sheet *sheet, const struct sheet_hidden *hidden);

/* How many rows have cells, and one of them as a record: its cells by column, gaps empty; what
 * lies past `most` columns is left out. Returns the number of the row. */
size_t sheet_rows(const struct sheet *sheet);
uint32_t sheet_row(const struct sheet *sheet, size_t row, struct csv_field *fields, size_t most,
                   size_t *count);

/* Whether two sheets hold the same form: nearly all words of the smaller stand at the same place
 * in the other. */
bool sheet_alike(const struct sheet *a, const struct sheet *b);

/* Appends the sheet to the document. -1 when memory ran out (arena_failed says why). */
int sheet_write(struct sheet *sheet, struct document *doc);

#endif
