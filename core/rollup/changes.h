/* changes.h - what has changed since the totals were last made: years and divisions to do again. */
#ifndef GONGKAI_ROLLUP_CHANGES_H
#define GONGKAI_ROLLUP_CHANGES_H

#include "core/rollup/boundaries.h"

enum { CHANGES_YEARS = 256 };

/* Changes after `seen` up to `last` (ids of table change), and the years they may touch. `all`:
 * every total is to be made from scratch, since none was made yet, the divisions changed, or the
 * caller says so; then the years are all those of which there is a report or a total. */
struct changes {
    bool all;
    int64_t seen, last;
    int year[CHANGES_YEARS];
    uint32_t year_count;
};

int changes_read(struct changes *out, struct warehouse *warehouse, bool all, struct err *err);

/* Whether a current report of the year stands (only then the year counts), and whether totals of
 * it are kept. */
int changes_year(struct warehouse *warehouse, int year, bool *stands, bool *kept, struct err *err);

/* Marks the divisions of the year's tree that the changes touch; with `whole` all that have
 * agencies or a stored total. What lies above is marked with them. */
int changes_mark(const struct changes *changes, struct warehouse *warehouse, struct tree *tree,
                 int year, bool whole, struct err *err);

/* The same for all that have agencies; with boundaries, where they are found today. */
int changes_mark_all(struct warehouse *warehouse, struct tree *tree,
                     const struct boundaries *boundaries, int year, struct err *err);

/* Whether a report of the year was current at a moment; whether totals of a basis are kept. */
int changes_year_as_of(struct warehouse *warehouse, int year, const char *moment, bool *stands,
                       struct err *err);
int changes_basis_kept(struct warehouse *warehouse, const char *basis, bool *kept, struct err *err);

/* Drops the totals of own and best, of a year or all; or all of another basis. */
int changes_forget_year(struct warehouse *warehouse, int year, struct err *err);
int changes_forget_all(struct warehouse *warehouse, struct err *err);
int changes_forget_basis(struct warehouse *warehouse, const char *basis, struct err *err);

/* Whether any agency is in the register. */
int changes_register(struct warehouse *warehouse, bool *registered, struct err *err);

/* How many figures are kept that belong to no area. */
int changes_orphans(struct warehouse *warehouse, int64_t *count, struct err *err);

/* Remembers that the changes have been dealt with. */
int changes_seen(const struct changes *changes, struct warehouse *warehouse, struct err *err);

#endif
