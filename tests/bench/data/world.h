/* world.h - who reports: counties as they are, each with its government, bureaus and townships, and
 * the site that they all publish on. The same number is the same office in any world. */
#ifndef GONGKAI_BENCH_WORLD_H
#define GONGKAI_BENCH_WORLD_H

#include "core/base/arena.h"
#include "core/base/err.h"
#include "tests/generate/layout.h"

/* The first office of a county is its government, whose report is the composite of the others. */
enum { OFFICES_A_COUNTY = 50, FIRST_YEAR = 2019, YEARS_MAX = 16 };

/* What the reports of one site have in common. */
struct site {
    const struct layout *text, *html;
    uint32_t quirks;
    uint64_t style; /* decides which sentences are written there, and in which order */
};

struct county {
    struct str code, name; /* with the prefecture's before it where the name alone could be another's */
    struct site site;
};

struct office {
    struct str name, kind; /* as in the register */
    const struct county *county;
    struct site site;      /* one in five keeps a page of its own */
    int size;              /* of its figures, as in struct figures_kind */
    uint64_t seed;
};

struct world {
    struct arena arena;
    struct county *counties;
    long county_count, offices;
    uint64_t seed;
};

/* A world of that many offices, in whole counties but for the last. */
int world_make(struct world *world, long offices, uint64_t seed, struct err *err);
void world_free(struct world *world);

/* Office `number`, from 0; its name lies in `arena`. */
struct office world_office(const struct world *world, long number, struct arena *arena);

#endif
