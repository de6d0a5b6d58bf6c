/* boundaries.h - what became of each division: where its reports belong by today's boundaries. */
#ifndef GONGKAI_ROLLUP_BOUNDARIES_H
#define GONGKAI_ROLLUP_BOUNDARIES_H

#include "core/rollup/tree.h"

/* A division of any time. `exact`: it is valid today, or one division of today took its place.
 * Else it was split among several, or no successor is known: then `into` is the lowest division
 * of today that holds all of what it became, and no county is guessed. */
struct boundary {
    struct str code, into;
    bool exact;
};

/* All of them, ordered by `into` and code, and by code; text is in the arena. */
struct boundaries {
    struct arena arena;
    struct boundary *list, *by_code;
    uint32_t count;
};

/* Works them out from the periods and successors; free with boundaries_free. */
int boundaries_load(struct boundaries *out, struct warehouse *warehouse, struct err *err);
void boundaries_free(struct boundaries *boundaries);

/* The divisions that count in this one of today, itself among them: how many, and the first. */
uint32_t boundaries_into(const struct boundaries *boundaries, struct str code,
                         const struct boundary **first);

/* What became of a division; NULL for an unknown one. */
const struct boundary *boundaries_find(const struct boundaries *boundaries, struct str code);

#endif
