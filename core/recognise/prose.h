/* prose.h - the sections of a report and the figures in their sentences. Private to this folder. */
#ifndef GONGKAI_RECOGNISE_PROSE_H
#define GONGKAI_RECOGNISE_PROSE_H

#include "core/recognise/measure.h"
#include "core/recognise/outline.h"

/* Adds the figures of one paragraph (flat text; `clean` is its printed form) to the report. */
int prose_figures(const struct measures *measures, const struct flat *paragraph, int section,
                  uint32_t line, struct report *report);

#endif
