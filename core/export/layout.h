/* layout.h - a form as it looks on paper: its tables with merged heads, made from the catalogue of
 * cells and sql/forms/layout.tsv. CSV, HTML and XLSX all draw what stands here. */
#ifndef GONGKAI_EXPORT_LAYOUT_H
#define GONGKAI_EXPORT_LAYOUT_H

#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/err.h"
#include "core/model/catalog.h"

enum place_kind {
    PLACE_CORNER,  /* above the row labels, left of the column labels */
    PLACE_COLUMN,  /* a label of the columns below it */
    PLACE_ROW,     /* a label of the rows right of it */
    PLACE_SECTION, /* a line across the table that begins a group of rows */
    PLACE_FIGURE,  /* where a figure goes: `cell` says which */
};

/* A place of a table and what it covers; rows and columns count from 0. */
struct place {
    enum place_kind kind;
    uint16_t row, column, rowspan, colspan;
    uint16_t cell; /* CELL_NONE unless a figure */
    struct str text;
};

/* The width of a page, in the unit of the columns' widths. */
enum { FACE_ACROSS = 15 };

/* A table, its places ordered by row, then column; no two cover the same. */
struct face_table {
    struct str table, title; /* t2; 二、主动公开政府信息情况 */
    uint16_t rows, columns;
    uint16_t head_rows, head_columns; /* lines of column labels at the top, columns of row labels */
    uint8_t width[FACE_ACROSS];       /* of each column, they add up to FACE_ACROSS */
    struct place *places;
    uint32_t count;
    size_t capacity;
};

enum { FACE_TABLES = 4 };

struct face {
    const struct form *form;
    struct face_table tables[FACE_TABLES];
    uint32_t count;
};

/* Lays a form out. Punctuation in labels becomes full-width as in print. Everything is allocated
 * in `arena`. */
int face_of(struct arena *arena, const struct form *form, struct face *out, struct err *err);

/* A label with ASCII brackets, colons and commas as they are printed: （一）. p NULL: no memory. */
struct str label_in_print(struct arena *arena, struct str label);

#endif
