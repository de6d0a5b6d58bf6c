/* docx_table.h - a table of a Word document as it comes by: rows, cells, merges; then the grid. */
#ifndef GONGKAI_IMPORTERS_DOCX_TABLE_H
#define GONGKAI_IMPORTERS_DOCX_TABLE_H

#include "importers/text.h"

enum docx_merge { DOCX_ALONE, DOCX_FIRST, DOCX_GOES_ON };

struct docx_cell {
    struct str text;
    uint32_t line, column, colspan;
    enum docx_merge down, across;
    bool nested; /* a table stands in it */
};

/* What a cell of a grid says for the table in it: [表格], which is no figure. */
#define DOCX_NESTED "[\xE8\xA1\xA8\xE6\xA0\xBC]"

struct docx_table {
    struct docx_cell *cells;
    uint32_t *first; /* of each row, and the end */
    size_t count, capacity, rows, row_capacity;
    uint32_t column, widest; /* the next column of the row; the most cells of a row */
    uint32_t line;
};

/* Begins a row; adds a cell to it. -1 when memory ran out. */
int docx_row(struct docx_table *table, struct arena *arena);
int docx_cell(struct docx_table *table, struct arena *arena, struct docx_cell cell);

/* Appends the table: a grid, or its texts as lines of the flow when it has one column only. */
int docx_table_write(struct docx_table *table, struct text_flow *flow);

/* The same for what has come of a table of one column, which goes on behind a table inside it. */
int docx_table_flush(struct docx_table *table, struct text_flow *flow);

#endif
