/* twin.h - tables that are the same, figure for figure, as last year's or as another agency's. */
#ifndef GONGKAI_CHECK_TWIN_H
#define GONGKAI_CHECK_TWIN_H

#include "core/check/judge.h"

struct twins;
int twins_new(struct twins **out, struct judge *judge, struct err *err);
void twins_free(struct twins *twins);

/* Forgets the tables of all reports, or of an agency's reports of a year. */
int twins_forget_all(struct twins *twins, struct err *err);
int twins_forget(struct twins *twins, int64_t agency_id, int year, struct err *err);

/* How many digits the different figures of a table must have together before it tells anything,
 * by the number of reports of its year: in a crowd small tables are alike by chance. One line a
 * year, to be compared with that of the last run. */
int twins_measure(struct twins *twins, struct buf *out, struct err *err);

/* Notes the tables of a report, and compares them with the year before's. Tables of zeros, and
 * tables that state nothing of the year itself but stocks, are passed over. */
int twins_note(struct twins *twins, struct trial *trial, struct err *err);

/* Compares what was noted or forgotten with all other agencies' tables of that year and scope. */
int twins_settle(struct twins *twins, struct err *err);

#endif
