/* archive_names.h - the paths that members of an archive bear already: two of one path are two inputs. */
#ifndef GONGKAI_IMPORTERS_ARCHIVE_NAMES_H
#define GONGKAI_IMPORTERS_ARCHIVE_NAMES_H

#include <stdint.h>

#include "core/base/arena.h"

/* The hashes of the paths met so far, eight bytes each; all zero at first. */
struct archive_names {
    uint64_t *hash; /* 0: free */
    size_t count, capacity;
};
void archive_names_free(struct archive_names *names);

/* Adds a path. One that is met again gets a number before its ending: a.txt, a#2.txt, a#3.txt, in the
 * order in which they lie in the archive; the new path is in `arena`. */
int archive_names_add(struct archive_names *names, struct arena *arena, struct str *path,
                      struct err *err);

#endif
