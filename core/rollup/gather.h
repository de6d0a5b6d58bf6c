/* gather.h - the totals of one division in one year: of what its agencies bring in, and of the
 * divisions right below it. */
#ifndef GONGKAI_ROLLUP_GATHER_H
#define GONGKAI_ROLLUP_GATHER_H

#include "core/rollup/members.h"

/* The three areas of a division and year: self, region, and `best`, which counts only where a
 * composite stands in somewhere in the region (has_best). `part` and `stand_in` are for the
 * gatherer's own use. */
struct gather {
    const char *basis;      /* of self and region; own unless set otherwise */
    struct members members; /* reads from the gatherer's own connection */
    bool threads;           /* others may read ahead from connections of their own: see ahead.h */
    const struct rollup_year *year;
    struct area *self, *region, *best, *part, *stand_in;
    bool has_best;
};

int gather_new(struct gather **out, struct warehouse *warehouse, struct err *err);
void gather_free(struct gather *gather);

/* Makes the totals of the division at this index of the year's tree of what its agencies bring in
 * (it takes part in `self`) and of the stored totals of the divisions right below it, which have to
 * be true already. `*there` tells whether there is anything: a report, or an agency that owes
 * one. */
int gather_division(struct gather *gather, const struct rollup_year *year, uint32_t node,
                    struct local *local, bool *there, struct err *err);

#endif
