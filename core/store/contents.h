/* contents.h - the rows below a report: facts, exceptions, presence, sections, prose, remarks. */
#ifndef GONGKAI_STORE_CONTENTS_H
#define GONGKAI_STORE_CONTENTS_H

#include "core/model/report.h"
#include "core/store/warehouse.h"

/* Half a SHA-256 in hex: what is compared inside the warehouse. */
enum { CONTENTS_HEX = 33 };

/* The digest of a report's figures: code, state and value (the words of a text cell) of every
 * stated cell. Notes and lines do not count: they differ between formats. */
int contents_digest(const struct report *report, char hex[CONTENTS_HEX], struct err *err);

/* A fingerprint of all that was recognised: figures, notes, lines, dates, prose, remarks. What has
 * the same one need not be written again. */
int contents_fingerprint(const struct report *report, int64_t *out, struct err *err);

/* The id of the set of cells that the report states, made when it is new. */
int contents_presence(struct warehouse *warehouse, const struct report *report,
                      int64_t *presence_id, struct err *err);

/* Writes all rows below the report, or takes them away. */
int contents_write(struct warehouse *warehouse, int64_t report_id, const struct report *report,
                   bool keep_prose, struct err *err);
int contents_remove(struct warehouse *warehouse, int64_t report_id, struct err *err);

#endif
