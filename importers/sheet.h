/* sheet.h - cells placed by row and column, from a spreadsheet or a CSV file laid out like one,
 * and the document they make: lines of one cell at the head and the foot are paragraphs, all
 * between them is one grid. */
#ifndef GONGKAI_IMPORTERS_SHEET_H
#define GONGKAI_IMPORTERS_SHEET_H

#include "core/base/err.h"
#include "core/model/document.h"

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

/* Appends the sheet to the document. -1 when memory ran out. */
int sheet_write(struct sheet *sheet, struct document *doc);

/* What to say when one of these fails. Returns -1. */
int sheet_too_large(const struct arena *arena, struct err *err);

#endif
