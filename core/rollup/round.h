/* round.h - the divisions of several years whose totals are made together: the lowest first, and of
 * each division all years one after another, since an agency's reports of all years are kept side by
 * side. */
#ifndef GONGKAI_ROLLUP_ROUND_H
#define GONGKAI_ROLLUP_ROUND_H

#include "core/rollup/year.h"

enum { ROUND_YEARS = 16 }; /* each of them takes a tree of divisions */

/* A division in a year; `node` is an index of that year's tree. */
struct round_step {
    const struct rollup_year *year;
    uint32_t node;
};

struct round {
    struct periods periods; /* read with the first year */
    struct rollup_year year[ROUND_YEARS];
    uint32_t year_count;
    struct round_step *step;
    uint32_t step_count;
};

/* Adds a year to a round that is not full, for its divisions to be marked; NULL with `err`. `today`:
 * with the divisions of today. */
struct rollup_year *round_add(struct round *round, struct warehouse *warehouse, int year, bool today,
                              struct err *err);

/* Makes the steps, of all divisions that are marked. */
int round_order(struct round *round, struct err *err);

/* Empties it, for other years. */
void round_clear(struct round *round);

#endif
