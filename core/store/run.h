/* run.h - the record of each run of a command that writes. */
#ifndef GONGKAI_STORE_RUN_H
#define GONGKAI_STORE_RUN_H

#include "core/store/warehouse.h"

/* The inputs a run has met: read = loaded + unchanged + rejected, always. `new_rejects` counts
 * those inputs and reports rejected that were not known rejects; `reports` and `revisions` what
 * was stored of the inputs loaded. */
struct run_counts {
    int64_t read, loaded, unchanged, rejected;
    int64_t new_rejects, reports, revisions, duplicates;
};

/* Records that a run begins; outside a transaction it commits at once, so that a run which is
 * killed is known to have been there. */
int run_begin(struct warehouse *warehouse, const char *command, int64_t *run_id, struct err *err);

/* Records how it ended: counts and exit code. */
int run_end(struct warehouse *warehouse, int64_t run_id, const struct run_counts *counts,
            int exit_code, struct err *err);

#endif
