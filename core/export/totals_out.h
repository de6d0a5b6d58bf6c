/* totals_out.h - totals as CSV rows: what the statements of sql/exports/ with "by: totals" say, read
 * straight from the tables beneath v_total. A test holds the two equal. */
#ifndef GONGKAI_EXPORT_TOTALS_OUT_H
#define GONGKAI_EXPORT_TOTALS_OUT_H

#include "core/store/warehouse.h"
#include "core/text/csv_out.h"

/* Writes the rows behind the heads. `level`: nation, province, county (zones too), or city: what
 * lies directly below a province. With a `form`, one row an area of its years, a column a cell of
 * it: division_code, division, level, year, part, n_expected, n_reported, n_missing,
 * n_unregistered, cells. Else one row an area and cell: division_code, division, level, year, part,
 * code, label, unit, value, n_expected, n_reported, n_missing, n_stated, n_blank, n_unregistered,
 * n_late, largest, largest_share. */
int totals_out(struct warehouse *warehouse, struct str level, const struct form *form,
               struct csv_out *csv, struct err *err);

#endif
