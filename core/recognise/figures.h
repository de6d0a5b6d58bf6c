/* figures.h - collects the cells of a document as they are read, and settles what is printed more
 * than once. Private to this folder. */
#ifndef GONGKAI_RECOGNISE_FIGURES_H
#define GONGKAI_RECOGNISE_FIGURES_H

#include "core/recognise/columns.h"

/* A cell as it stands in one printing of its table. */
struct stated {
    struct fact fact;
    enum table_id table;
    uint32_t printing;
};

/* One printing of a table: a row that comes again begins another. */
struct figures {
    struct report *report;
    const struct labels *labels;
    struct stated *stated;
    uint32_t count;
    size_t capacity;
    uint32_t printing[TABLE_COUNT];
    uint64_t rows[TABLE_COUNT]; /* bits of the rows of the current printing */
};

/* Adds a cell from the atom placed in it. `unit` is the header's, for money. */
int figures_add(struct figures *figures, const struct atoms *atoms, enum table_id table,
                struct placed placed, uint32_t line, struct str unit);

/* Begins another printing of a table when it has the row already. */
void figures_row(struct figures *figures, enum table_id table, int row);

/* Gives each cell to the report once, from the fuller printing of its table, the first of equal
 * ones; says so when printings differ. Tables whose bit is not set in `tables` are left out. */
int figures_settle(struct figures *figures, unsigned tables);

#endif
