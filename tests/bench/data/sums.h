/* sums.h - the totals of one county after another, as every engine has to find them. */
#ifndef GONGKAI_BENCH_SUMS_H
#define GONGKAI_BENCH_SUMS_H

#include "tests/bench/data/world.h"

struct sum {
    int64_t value;
    bool stated;
};

struct sums {
    struct sum cell[YEARS_MAX][CATALOG_CELLS];
};

void sums_add(struct sums *sums, int year, const struct figures *figures);

/* Writes "division,year,code,value" for what was stated since, and begins anew. */
void sums_write(struct sums *sums, const struct catalog *catalog, struct str division, FILE *file);

#endif
