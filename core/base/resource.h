/* resource.h - the files of sql/ that are compiled in. */
#ifndef GONGKAI_BASE_RESOURCE_H
#define GONGKAI_BASE_RESOURCE_H

#include <stddef.h>

/* One file of sql/, its path below sql/ and its text (NUL-terminated, `size` without it). */
struct resource {
    const char *path;
    const char *text;
    size_t size;
};

/* All of them, ordered by path; the last has a NULL path. */
extern const struct resource resources[];

/* The text of one; NULL when there is no such file. */
const char *resource_text(const char *path);

#endif
