/* cells_out.h - all cells of all current reports as CSV rows: what sql/exports/cells.sql says, read
 * straight from the tables in one pass over each. A test holds the two equal. */
#ifndef GONGKAI_EXPORT_CELLS_OUT_H
#define GONGKAI_EXPORT_CELLS_OUT_H

#include "core/store/warehouse.h"
#include "core/text/csv_out.h"

/* Writes the rows behind the heads: division_code, agency, year, scope, code, state, value, note. */
int cells_out(struct warehouse *warehouse, struct csv_out *csv, struct err *err);

#endif
