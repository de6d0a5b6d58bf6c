/* facts_out.h - the cells of current reports for other databases: what sql/exports/partitioned-fact.sql
 * says, read straight from the tables. A test holds the two equal. */
#ifndef GONGKAI_EXPORT_FACTS_OUT_H
#define GONGKAI_EXPORT_FACTS_OUT_H

#include "core/store/warehouse.h"
#include "core/text/csv_out.h"

struct facts_out;

/* Opens the reports, by year, province and agency. Free with facts_out_close. */
int facts_out_open(struct facts_out **out, struct warehouse *warehouse, struct err *err);
void facts_out_close(struct facts_out *facts);

/* Reads the next report: 1 when there is one, 0 at the end, -1 with `err`. */
int facts_out_next(struct facts_out *facts, struct err *err);

/* The row of the report in hand; it has the columns year and province. */
sqlite3_stmt *facts_out_row(struct facts_out *facts);

/* Writes the rows of the report in hand: year, province, report_id, agency_id, division_code, scope,
 * below, cell_id, state, value. */
void facts_out_put(struct facts_out *facts, struct csv_out *csv);

#endif
