/* area.h - the totals of one region, year and part, as they are kept in the warehouse. */
#ifndef GONGKAI_ROLLUP_AREA_H
#define GONGKAI_ROLLUP_AREA_H

#include "core/base/buf.h"
#include "core/rollup/sums.h"

/* The counts of an area, in the order of the columns of table area from n_expected on. */
enum area_count {
    AREA_EXPECTED,
    AREA_REPORTED,
    AREA_MISSING,
    AREA_LATE,
    AREA_UNREGISTERED,
    AREA_OTHER_FORM,
    AREA_DISPLACED,
    AREA_STANDING_IN,
    AREA_COMPOSITE_EXPECTED,
    AREA_COMPOSITE,
    AREA_COMPOSITE_LATE,
    AREA_MISSING_NAMED,
    AREA_COUNTS,
};

/* What totals stand on, as column basis of table area names it. own: agencies' own reports alone.
 * best: a composite stands in for a region that has no other. today: own reports, by the divisions
 * of today. "as-of MOMENT": own reports that were the current ones then. */
#define BASIS_OWN "own"
#define BASIS_BEST "best"
#define BASIS_TODAY "today"
#define BASIS_AS_OF "as-of "

/* Names of missing units kept with an area; more are only counted (AREA_MISSING_NAMED). */
enum { AREA_NAMES = 20 };

/* Strings are views, of the tree or, once read back, of `text`. */
struct area {
    const char *basis;
    struct str code, name, level, parent; /* parent.p is NULL for the nation */
    int year;
    bool region;             /* 本行政区域, else 本级 */
    const struct form *form; /* of the year; NULL before the first form */
    int64_t count[AREA_COUNTS];
    struct buf missing;      /* the first AREA_NAMES names, joined by 、 */
    struct sums sums;
};

/* Memory for one area. Free with area_free. */
struct area *area_new(void);
void area_free(struct area *area);

/* Forgets counts, names and sums. */
void area_clear(struct area *area);

/* The id by which it is kept: made of basis, year, division and part alone. */
int64_t area_id(const struct area *area);

/* Adds a name to the missing ones. */
void area_name_missing(struct area *area, struct str name);

/* Adds counts, missing names and sums of a part of it. */
int area_add(struct area *area, const struct area *part, const struct catalog *catalog,
             struct err *err);

/* Writes it in place of what is kept under its id; removes what is kept. */
int area_write(const struct area *area, struct warehouse *warehouse, struct err *err);
int area_remove(const struct area *area, struct warehouse *warehouse, struct err *err);

/* Reads counts, names and sums of what is kept under its id (its key fields and form are set).
 * 1 when there is one, 0 when not (then it is left clear), -1 with `err`. */
int area_read(struct area *area, struct warehouse *warehouse, struct err *err);

/* Whether two hold the same counts, names and sums. */
bool area_same(const struct area *a, const struct area *b);

#endif
