/* csv_spelled.h - the ways in which the lines of a file write whose report they are of, and the
 * number of that report: kept as hashes of 96 bits, so that millions of reports fit into memory. */
#ifndef GONGKAI_IMPORTERS_CSV_SPELLED_H
#define GONGKAI_IMPORTERS_CSV_SPELLED_H

#include <stdint.h>

#include "core/base/err.h"
#include "core/base/str.h"

/* What is hashed. Two ways of one kind never mean the same report unless they are put so. */
enum csv_spelling {
    CSV_COLUMNS,   /* the four columns as one text */
    CSV_TEXT_HEAD, /* the head of a line, decoded */
    CSV_RAW_HEAD,  /* the head of a line, as it stands in the file */
};

struct csv_slot {
    uint64_t low;
    uint32_t high;
    uint32_t report; /* + 1; 0: free */
};

/* Empty when zeroed. */
struct csv_spelled {
    struct csv_slot *slots; /* a power of two of them, a third free at least */
    size_t count, used;
};

void csv_spelled_free(struct csv_spelled *spelled);

/* Whether it is known; then *report is whose it is. */
bool csv_spelled_find(const struct csv_spelled *spelled, enum csv_spelling kind, struct str text,
                      uint32_t *report);

/* Remembers one that is not known. */
int csv_spelled_put(struct csv_spelled *spelled, enum csv_spelling kind, struct str text,
                    uint32_t report, struct err *err);

#endif
