/* sentences.h - draft sentences for section 一 of a composite, from sql/exports/sentences.tsv. They
 * restate figures of its tables and say nothing else. */
#ifndef GONGKAI_EXPORT_SENTENCES_H
#define GONGKAI_EXPORT_SENTENCES_H

#include "core/base/buf.h"
#include "core/export/composite.h"

/* Fills composite->sentences with those whose figures are all stated. */
int sentences_draft(struct composite *composite, struct err *err);

/* How a figure moved: 增加12件，增长3.4% … Empty when either sum is no whole number. */
void sentences_change(struct buf *buf, int64_t before, int64_t now);

/* The change in tenths of a percent, rounded half away from zero; false when it cannot be told. */
bool change_per_mille(int64_t before, int64_t now, int64_t *out);

#endif
