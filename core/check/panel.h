/* panel.h - the cells of one report as dense arrays indexed by cell id: what rules look at. */
#ifndef GONGKAI_CHECK_PANEL_H
#define GONGKAI_CHECK_PANEL_H

#include <stdint.h>

#include "core/model/catalog.h"

/* What a cell of a panel holds. Only PANEL_VALUE is a figure; of the others `value` is 0, or for
 * a sum of reports what those that state the cell add up to. */
enum panel_state { PANEL_ABSENT, PANEL_VALUE, PANEL_BLANK, PANEL_NA, PANEL_TEXT };

struct panel {
    int64_t value[CATALOG_CELLS];
    uint8_t state[CATALOG_CELLS];
};

/* Adds `more` to `sum`, as the reports of merged agencies are: a cell is a figure only where
 * both state one. */
void panel_add(struct panel *sum, const struct panel *more);

#endif
