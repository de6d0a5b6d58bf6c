#include "importers/archive_names.h"

#include <stdlib.h>

#include "core/base/buf.h"
#include "core/text/hash.h"

enum { FIRST = 1024, SMALL = 8 }; /* numbers up to SMALL are tried, then such as nobody bears */

void archive_names_free(struct archive_names *names)
{
    free(names->hash);
    *names = (struct archive_names){0};
}

static void put(struct archive_names *names, uint64_t hash)
{
    size_t at = hash & (names->capacity - 1);
    while (names->hash[at])
        at = (at + 1) & (names->capacity - 1);
    names->hash[at] = hash;
}

static bool has(const struct archive_names *names, uint64_t hash)
{
    size_t at = hash & (names->capacity - 1);
    while (names->hash[at] && names->hash[at] != hash)
        at = (at + 1) & (names->capacity - 1);
    return names->hash[at] == hash;
}

static int make_room(struct archive_names *names, struct err *err)
{
    if (names->count < names->capacity / 4 * 3)
        return 0;
    struct archive_names wider = {.capacity = names->capacity ? names->capacity * 2 : FIRST,
                                  .count = names->count};
    wider.hash = calloc(wider.capacity, sizeof *wider.hash);
    if (!wider.hash)
        return err_refused(err);
    for (size_t i = 0; i < names->capacity; i++)
        if (names->hash[i])
            put(&wider, names->hash[i]);
    free(names->hash);
    *names = wider;
    return 0;
}

/* The path with a number before the ending of its name. */
static struct str numbered(struct arena *arena, struct str path, unsigned n)
{
    size_t at = path.n;
    while (at > 0 && path.p[at - 1] != '.' && path.p[at - 1] != '/')
        at--;
    bool ends = at > 1 && path.p[at - 1] == '.' && path.p[at - 2] != '/';
    struct str ending = ends ? str_skip(path, at - 1) : STR("");
    struct buf text = buf_new(path.n + 32);
    buf_add(&text, str_slice(path, 0, path.n - ending.n));
    buf_printf(&text, "#%u", n);
    buf_add(&text, ending);
    struct str copy = text.failed ? (struct str){0} : arena_copy(arena, buf_str(&text));
    buf_free(&text);
    return copy;
}

int archive_names_add(struct archive_names *names, struct arena *arena, struct str *path,
                      struct err *err)
{
    struct str base = *path;
    uint64_t hash = hash_text(base, 0) | 1;
    if (make_room(names, err) < 0)
        return -1;
    for (unsigned n = 2; has(names, hash); n++) {
        *path = numbered(arena, base, n <= SMALL ? n : (unsigned)names->count + n);
        if (!path->p)
            return err_memory(err);
        hash = hash_text(*path, 0) | 1;
    }
    put(names, hash);
    names->count++;
    return 0;
}
