/* jump.h - changes from year to year that move the total of a region most. */
#ifndef GONGKAI_CHECK_JUMP_H
#define GONGKAI_CHECK_JUMP_H

#include "core/check/judge.h"

/* A figure jumps when it is three times that of the year before or more, a third or less, or a
 * sudden 0, and the change is at least the rule's limit in thousandths of the total of the
 * agency's region, the greater of the two years'. Of each region, year and cell the three that
 * move it most are findings. */
struct jumps;
int jumps_new(struct jumps **out, struct judge *judge, struct err *err);
void jumps_free(struct jumps *jumps);

/* Looks at a report; totals must be up to date. */
int jumps_note(struct jumps *jumps, const struct trial *trial, struct err *err);

/* Ranks what was noted and writes the findings. */
int jumps_settle(struct jumps *jumps, struct err *err);

#endif
