/* series.h - the harmonised series (sql/series.tsv) as the roll-up applies them to a report. */
#ifndef GONGKAI_ROLLUP_SERIES_H
#define GONGKAI_ROLLUP_SERIES_H

#include <stdbool.h>
#include <stdint.h>

#include "core/model/catalog.h"

enum { SERIES_MAX = 96, SERIES_NO_CHOICE = UINT8_MAX };

/* A set of cells. */
struct cell_set {
    uint64_t word[CATALOG_CELLS / 64];
};

static inline bool cell_set_has(const struct cell_set *set, unsigned cell)
{
    return set->word[cell >> 6] >> (cell & 63) & 1;
}

static inline void cell_set_add(struct cell_set *set, unsigned cell)
{
    set->word[cell >> 6] |= UINT64_C(1) << (cell & 63);
}

static inline void cell_set_remove(struct cell_set *set, unsigned cell)
{
    set->word[cell >> 6] &= ~(UINT64_C(1) << (cell & 63));
}

/* One cell of a series: its figure times `coefficient` counts where the report is counted by the
 * terms of form `choice` (0: the newest form). */
struct series_term {
    uint16_t cell;
    uint8_t series, choice;
    int coefficient;
};

/* All terms, ordered by cell: those of cell c are term[first[c]] up to term[first[c + 1]]. */
struct series_table {
    struct series_term *term;
    uint32_t first[CATALOG_CELLS + 1];
    uint32_t count; /* of terms */
};

/* Reads sql/series.tsv; free with series_free. Fails when it names an unknown form or cell. */
int series_load(struct series_table *out, const struct catalog *catalog, struct err *err);
void series_free(struct series_table *table);

/* By which form's terms a report that states these cells with a figure counts in each series:
 * the newest form of which it states any, SERIES_NO_CHOICE when none. So a report that prints
 * both the one row 其他处理 and its three parts is counted once. */
void series_choose(const struct series_table *table, const struct cell_set *stated,
                   uint8_t choice[SERIES_MAX]);

#endif
