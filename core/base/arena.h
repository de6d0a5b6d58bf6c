/* arena.h - memory of one lifetime, given back all at once. */
#ifndef GONGKAI_BASE_ARENA_H
#define GONGKAI_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/err.h"
#include "core/base/str.h"

struct arena_block;

/* All memory of one document or one job. `limit` bounds what it may hold; `full`: more was wanted;
 * `starved`: there was no memory to be had. */
struct arena {
    struct arena_block *head;
    size_t held, limit;
    bool full, starved;
};

/* An empty arena that may grow to `limit` bytes. Holds nothing until first used. */
struct arena arena_new(size_t limit);

/* Gives back all its memory; it can be used again. */
void arena_free(struct arena *arena);

/* Forgets its contents but keeps its largest block, for the next document. */
void arena_reset(struct arena *arena);

/* `size` zeroed bytes, aligned for any type. NULL when memory or the limit is used up. */
void *arena_alloc(struct arena *arena, size_t size) __attribute__((warn_unused_result));

/* `size` bytes that hold anything, for what is written in full. */
char *arena_bytes(struct arena *arena, size_t size) __attribute__((warn_unused_result));

/* Why what is made in it could not be: there was no memory (err_memory), else the input wants more
 * than one may have (ERR_INPUT, too-large). Returns -1. */
int arena_failed(const struct arena *arena, struct err *err);

/* `count` zeroed items; NULL also when count * size overflows. */
void *arena_array(struct arena *arena, size_t count, size_t size)
    __attribute__((warn_unused_result));

/* A copy, NUL-terminated behind its length. p is NULL when memory ran out. */
struct str arena_copy(struct arena *arena, struct str s);

/* Makes room for one more item in a growing array: doubles `*items` when `count` has reached
 * `*capacity`. Returns 0, or -1 when memory ran out (the old array stands). */
int arena_grow_slow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size)
    __attribute__((warn_unused_result));
static inline int arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity,
                             size_t size)
{
    return count < *capacity ? 0 : arena_grow_slow(arena, items, count, capacity, size);
}

#endif
