/* contents.h - what a report's row stands for: the rows below it, and those it shares with others. */
#ifndef GONGKAI_STORE_CONTENTS_H
#define GONGKAI_STORE_CONTENTS_H

#include "core/model/report.h"
#include "core/store/titled.h"
#include "core/store/warehouse.h"

/* The digest of a report's figures: code, state and value (the words of a text cell) of every
 * stated cell. Notes and lines do not count: they differ between formats. */
int contents_digest(const struct report *report, int64_t *out, struct err *err);

/* What storing a report goes by: worked out beforehand on whatever thread, since no warehouse is
 * needed for it. Lives as long as the report's arena. */
struct prepared {
    int64_t figures;        /* as contents_digest gives it */
    int64_t presence;       /* digest of the set of cells */
    int64_t outline;        /* digest of the sections' numbers and headings */
    int64_t origin;         /* digest of `lines` */
    uint64_t words;         /* of all that was recognised but remarks */
    struct str lines;       /* of the cells, from the first one's (core/store/origins.h) */
    struct titled title;
    struct section *sections; /* ordered by number, each once: their texts joined */
    uint32_t section_count;
};
int contents_prepare(const struct report *report, struct prepared *out, struct err *err);

/* A fingerprint of all that was recognised: figures, notes, lines, dates, prose, remarks. What has
 * the same one need not be written again. */
int64_t contents_fingerprint(const struct report *report, const struct prepared *prepared);

/* Writes all rows below the report, or takes them away. */
int contents_write(struct warehouse *warehouse, int64_t report_id, const struct report *report,
                   const struct prepared *prepared, bool keep_prose, struct err *err);
int contents_remove(struct warehouse *warehouse, int64_t report_id, struct err *err);

#endif
