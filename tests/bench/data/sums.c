#include "tests/bench/data/sums.h"

#include <inttypes.h>
#include <string.h>

void sums_add(struct sums *sums, int year, const struct figures *figures)
{
    for (uint32_t i = 0; i < figures->count; i++) {
        uint16_t id = figures->cells[i].id;
        if (id == CELL_NONE || figures->figure[id].state != STATE_VALUE)
            continue;
        sums->cell[year - FIRST_YEAR][id].value += figures->figure[id].value;
        sums->cell[year - FIRST_YEAR][id].stated = true;
    }
}

void sums_write(struct sums *sums, const struct catalog *catalog, struct str division, FILE *file)
{
    for (int year = 0; year < YEARS_MAX; year++)
        for (int id = 0; id < CATALOG_CELLS; id++) {
            struct sum sum = sums->cell[year][id];
            if (!sum.stated)
                continue;
            const struct cell *cell = &catalog->cells[id];
            fprintf(file, "%.*s,%d,%s,", STR_ARG(division), FIRST_YEAR + year, cell->code);
            if (cell->kind == CELL_MONEY)
                fprintf(file, "%" PRId64 ".%08" PRId64 "\n", sum.value / MONEY_SCALE,
                        sum.value % MONEY_SCALE);
            else
                fprintf(file, "%" PRId64 "\n", sum.value);
        }
    memset(sums, 0, sizeof *sums);
}
