/* form.h - which of the statutory forms a report fills in. Private to this folder. */
#ifndef GONGKAI_RECOGNISE_FORM_H
#define GONGKAI_RECOGNISE_FORM_H

#include "core/model/document.h"
#include "core/recognise/labels.h"

/* How many of a set of rows or cells there are. */
static inline uint32_t bits(uint64_t set)
{
    return (uint32_t)__builtin_popcountll(set);
}

/* Settles the report's form by the cells that it states, and returns its index in the catalog, -1
 * where there are no cells; `mixed`: cells of several forms are stated that no other has. */
int form_settle(const struct labels *labels, const struct document *doc, struct report *report,
                bool *mixed);

#endif
