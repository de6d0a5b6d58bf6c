/* report_read.h - reads a report's cells back, as they were recognised. */
#ifndef GONGKAI_STORE_REPORT_READ_H
#define GONGKAI_STORE_REPORT_READ_H

#include "core/model/report.h"
#include "core/store/warehouse.h"

/* The facts of a report, ordered by cell, with the lines they stand on (report->arena holds
 * texts). Identity and prose are not filled in. Fails with ERR_SYSTEM when rows contradict one
 * another: a figure of a cell that is not stated, lines that do not belong to the cells. */
int report_read(struct warehouse *warehouse, int64_t report_id, struct report *report,
                struct err *err);

/* Whether the report has just the figures of `report`, whose facts are ordered by cell: codes, states,
 * values and words; notes and lines do not count. */
int report_figures_same(struct warehouse *warehouse, int64_t report_id, const struct report *report,
                        bool *same, struct err *err);

/* The line of its source on which a cell stands, 0 when the report does not state it. */
int report_line_of(struct warehouse *warehouse, int64_t report_id, uint16_t cell, uint32_t *line,
                   struct err *err);

#endif
