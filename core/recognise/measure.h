/* measure.h - what figures in the prose are about: the table sql/prose.tsv. Private to this
 * folder. */
#ifndef GONGKAI_RECOGNISE_MEASURE_H
#define GONGKAI_RECOGNISE_MEASURE_H

#include "core/base/arena.h"
#include "core/base/err.h"

struct measures;
int measures_new(struct measures **out, struct err *err);
void measures_free(struct measures *measures);

/* The measure of a figure that counts `unit` in this clause of this sentence (flat text); empty
 * when none fits. */
struct str measure_of(const struct measures *measures, struct str unit, struct str clause,
                      struct str sentence);

#endif
