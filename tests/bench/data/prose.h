/* prose.h - what a made-up report says around its tables: some two thousand characters, its figures
 * those of the tables, its sentences chosen and ordered by the site and the office. */
#ifndef GONGKAI_BENCH_PROSE_H
#define GONGKAI_BENCH_PROSE_H

#include "tests/bench/data/world.h"

/* The prose of a report. Text lies in `arena`; false when memory ran out. */
bool prose_make(struct prose *out, const struct figures *figures, const struct office *office,
                int year, struct arena *arena);

#endif
