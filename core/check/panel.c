#include "core/check/panel.h"

void panel_add(struct panel *sum, const struct panel *more)
{
    for (unsigned i = 0; i < CATALOG_CELLS; i++) {
        if (__builtin_add_overflow(sum->value[i], more->value[i], &sum->value[i])) {
            sum->value[i] = 0;
            sum->state[i] = PANEL_BLANK;
        }
        if (sum->state[i] != more->state[i])
            sum->state[i] = PANEL_BLANK;
    }
}
