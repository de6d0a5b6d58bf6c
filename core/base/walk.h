/* walk.h - what lies below a folder, in the byte order of the paths, with what the file system says.
 *
 * Two threads work ahead of the caller, one reads folders, the other looks at the files in them;
 * a bounded number of entries waits, however large the tree. */
#ifndef GONGKAI_BASE_WALK_H
#define GONGKAI_BASE_WALK_H

#include <sys/stat.h>

#include "core/base/err.h"
#include "core/base/str.h"

enum walk_kind {
    WALK_FILE,
    WALK_LINK,  /* not followed */
    WALK_OTHER, /* a device, a FIFO, a socket */
    WALK_GONE,  /* it vanished, or cannot be looked at */
    WALK_SHUT,  /* a folder that cannot be opened */
    WALK_DEEP,  /* a folder below too many others: not entered */
    WALK_LONG,  /* its path is too long to be opened by */
};

/* The path is the one below the folder, NUL-terminated, and holds until the next one is asked for;
 * that of a folder ends in a slash. `st` is that of a file. */
struct walk_entry {
    enum walk_kind kind;
    struct str path;
    struct stat st;
};

struct walk;

/* Begins at a folder. `wanted` tells by its name whether a file, or a folder with all in it, is to
 * be met at all; it runs on another thread. Free with walk_free, at any time. */
int walk_new(struct walk **out, const char *folder, bool (*wanted)(const char *name),
             struct err *err);
void walk_free(struct walk *walk);

/* The next entry. 1, 0 at the end, -1 with `err` when memory ran out. */
int walk_next(struct walk *walk, struct walk_entry *out, struct err *err);

#endif
