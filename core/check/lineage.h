/* lineage.h - which agencies went into which: reform renames, merges and splits them. */
#ifndef GONGKAI_CHECK_LINEAGE_H
#define GONGKAI_CHECK_LINEAGE_H

#include "core/store/warehouse.h"

enum { PREDECESSORS = 64 };

struct lineage;
int lineage_new(struct lineage **out, struct warehouse *warehouse, struct err *err);
void lineage_free(struct lineage *lineage);

/* The agencies that went into this one, and those that went into them; itself is not among them.
 * -1: too many, or one of them was split, so that nobody can say what part of its figures came
 * here. */
int lineage_of(const struct lineage *lineage, int64_t agency_id, int64_t out[PREDECESSORS]);

#endif
