/* verify.h - whether the warehouse is whole: the file, its references, the kept originals, and
 * the figures of every report. */
#ifndef GONGKAI_STORE_VERIFY_H
#define GONGKAI_STORE_VERIFY_H

#include "core/store/warehouse.h"

/* Takes what is found to be wrong, in words. */
struct verify_sink {
    void (*wrong)(void *self, const struct err *what);
    void *self;
};

struct verify_counts {
    int64_t originals, not_kept, reports, wrong;
};

/* Looks at everything. Returns -1 only when it could not go on. */
int warehouse_verify(struct warehouse *warehouse, const struct verify_sink *sink,
                     struct verify_counts *counts, struct err *err);

#endif
