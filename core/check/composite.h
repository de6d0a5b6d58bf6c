/* composite.h - a region's published composite against the sum of its parts. */
#ifndef GONGKAI_CHECK_COMPOSITE_H
#define GONGKAI_CHECK_COMPOSITE_H

#include "core/check/judge.h"

/* Compares one composite, cell by cell; totals must be up to date. Parts that have not come can
 * only add to their sum: so long as some are missing, a cell is a finding where the sum exceeds
 * the composite, and all the cells in which it falls short are one finding that names who is
 * missing. With no part received nothing can be said. */
int composite_judge(struct judge *judge, const struct subject *subject, struct err *err);

#endif
