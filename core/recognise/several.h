/* several.h - several reports in one file, one below the other. Private to this folder. */
#ifndef GONGKAI_RECOGNISE_SEVERAL_H
#define GONGKAI_RECOGNISE_SEVERAL_H

#include "core/model/document.h"
#include "core/recognise/parts.h"

/* The part of a document that holds one report, where the title of another agency's or year's
 * stands between tables: the first, or the one of the year that is asked for. `one` shares the
 * blocks of `doc`; `left` is the title printed before another, empty when there is none, on `line`.
 * -1 when memory ran out. */
int several_part(const struct recogniser *recogniser, const struct document *doc,
                 const struct context *context, struct arena *arena, struct document *one,
                 struct str *left, uint32_t *line);

#endif
