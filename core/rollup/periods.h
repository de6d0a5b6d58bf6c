/* periods.h - the periods in which divisions bore a name, a level and a parent: what the tree of each
 * year is made of, read once for all of them. */
#ifndef GONGKAI_ROLLUP_PERIODS_H
#define GONGKAI_ROLLUP_PERIODS_H

#include "core/base/arena.h"
#include "core/store/warehouse.h"

struct period {
    struct str code, name, level; /* level as in division_period */
    uint32_t division, parent;    /* counted in the order of the codes; UINT32_MAX: not known */
    int first, last;              /* last is 0 for what is valid today */
};

/* Ordered by code and first year; text is in the arena. */
struct periods {
    struct arena arena;
    struct period *list;
    uint32_t count, divisions;
};

/* Reads them; free with periods_free. A division that has lost its periods has one that is over. */
int periods_load(struct periods *out, struct warehouse *warehouse, struct err *err);
void periods_free(struct periods *periods);

#endif
