/* reread.h - reads one kept original again and reconciles what is recognised with what is stored.
 * Private to reread*.c. */
#ifndef GONGKAI_CMD_REREAD_H
#define GONGKAI_CMD_REREAD_H

#include "cmd/intake.h"
#include "core/store/report_store.h"

/* What has become of the reports. */
struct reread_counts {
    int64_t figures, words, moved, added, gone, not_kept;
};

/* A report that the source at hand has given before. */
struct prior {
    int64_t report_id;
    struct report_key key, old; /* old: whose it was before a person gave it away */
    int64_t line;      /* where it begins; 0: it is kept as read from another source */
    bool given, found; /* given away by a person; met again */
};

/* A source in the works. */
struct rereading {
    struct intake *intake;
    struct reread_counts *counts;
    int64_t source_id, original_id;
    struct buf path, hints, folder;
    struct arena arena; /* of what is said of it */
    struct source_place place;
    bool latest;
    struct intake_said said;
    const char *format;
    struct prior *priors;
    size_t prior_count;
    int64_t reports, changes, rejects;
    struct err why; /* of the first reject */
};

/* Reads the source `rereading->source_id` again, within a savepoint, and counts it in the session.
 * Fails only when the run must stop. */
int reread_source(struct rereading *rereading, struct err *err);

/* For sources of that run; ends it. */
struct rereading rereading_new(struct intake *intake, struct reread_counts *counts);
void rereading_free(struct rereading *rereading);

#endif
