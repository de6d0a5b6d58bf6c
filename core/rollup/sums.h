/* sums.h - what is added up for one region and year: every cell and series, exactly. */
#ifndef GONGKAI_ROLLUP_SUMS_H
#define GONGKAI_ROLLUP_SUMS_H

#include "core/rollup/series.h"
#include "core/store/warehouse.h"

/* Sums by cell id and by series number. Money stays in its small parts. `largest` is the largest
 * single report's figure, by size, its sign kept. Beside each sum stands how many reports state
 * it with a figure, and how many print it without one. */
struct sums {
    int64_t value[CATALOG_CELLS], largest[CATALOG_CELLS];
    uint32_t stated[CATALOG_CELLS], blank[CATALOG_CELLS];
    int64_t series[SERIES_MAX];
    uint32_t series_stated[SERIES_MAX];
};

/* Reads reports' figures from the warehouse, remembering which cells each presence states. */
struct figures;
int figures_new(struct figures **out, struct warehouse *warehouse, struct err *err);
void figures_free(struct figures *figures);

/* Adds one report. Fails (ERR_SYSTEM) rather than wrap when a sum no longer fits 64 bits; `sums`
 * is then of no use. */
int sums_add_report(struct sums *sums, struct figures *figures, int64_t report_id,
                    int64_t presence_id, struct err *err);

/* Adds other sums to these; fails as sums_add_report does. */
int sums_add(struct sums *sums, const struct sums *more, const struct catalog *catalog,
             struct err *err);

#endif
