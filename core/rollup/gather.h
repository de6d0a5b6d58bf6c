/* gather.h - adds up one division in one year: its agencies' reports, and the divisions below. */
#ifndef GONGKAI_ROLLUP_GATHER_H
#define GONGKAI_ROLLUP_GATHER_H

#include "core/rollup/area.h"
#include "core/rollup/boundaries.h"
#include "core/rollup/tree.h"

/* The three areas of one division and year: self, region, and `best`, which counts only where a
 * composite stands in somewhere in the region (has_best). `part` and `stand_in` are for the
 * gatherer's own use. */
struct gather {
    struct warehouse *warehouse;
    const char *basis;             /* of self and region; own unless set otherwise */
    const char *moment;            /* as-of: when reports had to be current; else NULL */
    struct boundaries *boundaries; /* today: what became of each division; else NULL */
    struct figures *figures;
    struct tree tree;
    int year;
    const struct form *form;
    char due[2][32]; /* last day in time of own reports and of composites */
    struct area *self, *region, *best, *part, *stand_in;
    bool has_best;
    struct arena scratch;
};

int gather_new(struct gather **out, struct warehouse *warehouse, struct err *err);
void gather_free(struct gather *gather);

/* Turns to a year: loads its divisions (on the basis today those of today) and due dates. */
int gather_year(struct gather *gather, int year, struct err *err);

/* Adds up the division at this index of the tree from its agencies' reports and from the stored
 * totals of the divisions right below it, which have to be true already. `*there` tells whether
 * there is anything: a report, or an agency that owes one. */
int gather_division(struct gather *gather, uint32_t node, bool *there, struct err *err);

#endif
