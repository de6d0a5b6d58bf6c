/* cells_read.h - the cells of one report after another, read straight from the tables beneath
 * v_cell. */
#ifndef GONGKAI_EXPORT_CELLS_READ_H
#define GONGKAI_EXPORT_CELLS_READ_H

#include "core/store/warehouse.h"

/* A cell that holds no plain figure, or a note beside it. */
struct cell_exception {
    uint16_t cell;
    struct str state, text, note; /* p NULL where there is none */
};

/* What a report states, in the order of the cells' ids. */
struct report_cells {
    const uint16_t *cells;
    uint32_t count;
    const struct cell_exception *exceptions;
    uint32_t exception_count;
    int64_t value[CATALOG_CELLS]; /* of stated cells; money in parts */
};

struct cells_read;

/* Opens a reader. `in_order`: the reports will be asked for by rising report_id, and nearly all of
 * them, so that one pass over each table serves; else each is looked up. Free with
 * cells_read_close. */
int cells_read_open(struct cells_read **out, struct warehouse *warehouse, bool in_order,
                    struct err *err);
void cells_read_close(struct cells_read *reader);

/* The cells of a report with this presence; valid until the next call. NULL with `err` on failure. */
const struct report_cells *cells_read(struct cells_read *reader, int64_t report, int64_t presence,
                                      struct err *err);

#endif
