/* rollup.h - the totals: each agency's current own report counted once, added up to county, city,
 * province and nation, for 本级 (self) and 本行政区域 (region).
 *
 * A division's total is made of its agencies' own reports and of the stored totals of the
 * divisions right below it. From scratch or after a change, the same steps are taken, for all
 * divisions or for those that a change touches and all above them: so both give the same bytes,
 * and memory holds one division at a time. Composites never enter a total of v_total; beside it,
 * on the basis `best`, one stands in for a region from which no own report has come. */
#ifndef GONGKAI_ROLLUP_ROLLUP_H
#define GONGKAI_ROLLUP_ROLLUP_H

#include "core/store/warehouse.h"

/* What an update did. */
struct rollup_result {
    bool all;           /* from scratch */
    uint32_t years;     /* years touched */
    uint32_t divisions; /* divisions recomputed, each year counted */
    bool registered;    /* an agency is in the register: else nothing is expected or missing */
};

/* Brings the totals up to date with the log of changes; `all` makes them from scratch. Runs in
 * the open transaction, or else in one of its own. */
int rollup_update(struct warehouse *warehouse, bool all, struct rollup_result *result,
                  struct err *err);

/* Totals by the divisions of today (basis `today`): each report counts where its division is found
 * now, by the register of successors. Made from scratch; from then on every update that changes
 * anything makes them again, until rollup_drop. */
int rollup_today(struct warehouse *warehouse, struct rollup_result *result, struct err *err);

/* Totals as they stood at a moment (basis `as-of DATE`): of the reports that were current then, in
 * today's register. `date` is YYYY-MM-DD and means its end (UTC). */
int rollup_as_of(struct warehouse *warehouse, const char *date, struct rollup_result *result,
                 struct err *err);

/* Forgets the totals of a basis other than own and best; fails (ERR_USAGE) when there are none. */
int rollup_drop(struct warehouse *warehouse, const char *basis, struct err *err);

/* A stored total that its parts do not make up. */
struct rollup_difference {
    char division_code[32];
    int year;
    const char *basis, *part; /* own or best; self or region */
};

/* Computes every total again and compares it with what is stored, without writing. Fills up to
 * `most` differences, `*count` says how many there are. `*behind`: changes have come that the
 * totals do not know of yet, so differences are to be expected. Figures that belong to no total
 * at all are one difference, of division "-". */
int rollup_verify(struct warehouse *warehouse, struct rollup_difference *list, size_t most,
                  size_t *count, bool *behind, struct err *err);

#endif
