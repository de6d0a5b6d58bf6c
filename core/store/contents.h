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

/* What storing a report goes by beside its rows: worked out beforehand on whatever thread, since no
 * warehouse is needed for it. Lives as long as the report's arena. */
struct prepared {
    char figures[CONTENTS_HEX];  /* as contents_digest gives it */
    char presence[CONTENTS_HEX]; /* of the set of cells */
    uint64_t words;              /* of all that was recognised but remarks */
    struct str origins;          /* the lines of the cells (core/store/origins.h) */
};
int contents_prepare(const struct report *report, struct prepared *out, struct err *err);

/* A fingerprint of all that was recognised: figures, notes, lines, dates, prose, remarks. What has
 * the same one need not be written again. */
int64_t contents_fingerprint(const struct report *report, const struct prepared *prepared);

/* The id of the set of cells that the report states, made when it is new. */
int contents_presence(struct warehouse *warehouse, const struct report *report,
                      const struct prepared *prepared, int64_t *presence_id, struct err *err);

/* Writes all rows below the report, or takes them away. */
int contents_write(struct warehouse *warehouse, int64_t report_id, const struct report *report,
                   bool keep_prose, struct err *err);
int contents_remove(struct warehouse *warehouse, int64_t report_id, struct err *err);

#endif
