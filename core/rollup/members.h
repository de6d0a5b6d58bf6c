/* members.h - what the agencies of one division bring into its totals of one year: who sent what, who
 * is late or missing, and their own reports added up. */
#ifndef GONGKAI_ROLLUP_MEMBERS_H
#define GONGKAI_ROLLUP_MEMBERS_H

#include "core/rollup/area.h"
#include "core/rollup/boundaries.h"
#include "core/rollup/year.h"

/* The agencies' part of a division's totals; the keys of the areas are not set. `composite` is the
 * report that may stand in for the region: the government's, in a zone the 管委会's; 0: none. */
struct local {
    struct area *self, *below; /* 本级; its townships, subdistricts and zones */
    int64_t composite, composite_presence;
};
int local_new(struct local *out, struct err *err);
void local_free(struct local *local);

/* Reads them, from one connection; more than one thread may, each with its own. */
struct members {
    struct warehouse *warehouse;
    const char *moment;                  /* as-of: when reports had to be current; else NULL */
    const struct boundaries *boundaries; /* today: what became of each division; else NULL */
    struct figures *figures;
    struct arena scratch;
    struct buf name; /* of the agency that is being read */
};
int members_open(struct members *out, struct warehouse *warehouse, struct err *err);
void members_close(struct members *members);

/* Adds up the agencies of the division at this index of the year's tree. */
int members_add_up(struct members *members, const struct rollup_year *year, uint32_t node,
                   struct local *out, struct err *err);

#endif
