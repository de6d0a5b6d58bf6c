#include "core/base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/err.h"

enum { FIRST_BLOCK = 16 * 1024, ALIGN = 16 };

struct arena_block {
    struct arena_block *next;
    size_t size, used;
    max_align_t data[];
};

struct arena arena_new(size_t limit)
{
    return (struct arena){.limit = limit};
}

void arena_free(struct arena *arena)
{
    for (struct arena_block *b = arena->head, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    arena->head = NULL;
    arena->held = 0;
    arena->full = arena->starved = false;
}

void arena_reset(struct arena *arena)
{
    struct arena_block *keep = arena->head; /* blocks double: the newest is the largest */
    arena->full = arena->starved = false;
    if (!keep)
        return;
    arena->head = keep->next;
    arena_free(arena);
    keep->next = NULL;
    keep->used = 0;
    arena->head = keep;
    arena->held = keep->size;
}

static int add_block(struct arena *arena, size_t size)
{
    size_t want = arena->head ? arena->head->size * 2 : FIRST_BLOCK;
    while (want < size)
        want *= 2;
    if (want > arena->limit - arena->held)
        want = size;
    if (want > arena->limit - arena->held) {
        arena->full = true;
        return -1;
    }
    struct arena_block *b = malloc(sizeof *b + want);
    if (!b) {
        arena->starved = true;
        return err_refused(NULL);
    }
    *b = (struct arena_block){arena->head, want, 0};
    arena->head = b;
    arena->held += want;
    return 0;
}

char *arena_bytes(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 4) {
        arena->full = true;
        return NULL;
    }
    size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (!arena->head || arena->head->size - arena->head->used < size)
        if (add_block(arena, size) < 0)
            return NULL;
    char *p = (char *)arena->head->data + arena->head->used;
    arena->head->used += size;
    return p;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    char *p = arena_bytes(arena, size);
    return p ? memset(p, 0, size) : NULL;
}

int arena_failed(const struct arena *arena, struct err *err)
{
    if (arena->starved)
        return err_memory(err);
    return err_reject(err, "too-large", 0,
                      "takes more than %zu bytes of memory; split it, or raise the limit",
                      arena->limit);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 4 / size) {
        arena->full = true;
        return NULL;
    }
    return arena_alloc(arena, count * size);
}

struct str arena_copy(struct arena *arena, struct str s)
{
    char *p = arena_bytes(arena, s.n + 1);
    if (!p)
        return (struct str){0};
    if (s.n)
        memcpy(p, s.p, s.n);
    p[s.n] = 0;
    return (struct str){p, s.n};
}

int arena_grow_slow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size)
{
    size_t wider = *capacity ? *capacity * 2 : 8;
    if (wider > SIZE_MAX / 4 / size)
        return -1;
    void *old;
    char *grown = arena_bytes(arena, wider * size);
    if (!grown)
        return -1;
    memcpy(&old, items, sizeof old);
    size_t kept = old ? count * size : 0;
    if (kept)
        memcpy(grown, old, kept);
    memset(grown + kept, 0, wider * size - kept);
    memcpy(items, &grown, sizeof grown);
    *capacity = wider;
    return 0;
}
