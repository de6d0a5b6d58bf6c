/* Following successors to the divisions of today. */
#include "core/rollup/boundaries.h"

#include <stdlib.h>
#include <string.h>

#include "core/store/statement.h"

enum { LONGEST = 8 }; /* successions followed one after another */

/* One division took (part of) the place of another; indexes of the tree. */
struct succession {
    uint32_t from, to;
};

struct search {
    struct tree tree; /* of today */
    struct succession *list;
    size_t capacity;
    uint32_t count;
};

struct place_found {
    uint32_t node;
    bool exact;
};

static int read_successions(struct search *s, struct warehouse *warehouse, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "rollup.successors", err);
    if (!stmt)
        return -1;
    int got;
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        struct succession next = {tree_find(&s->tree, column_str(stmt, 0)),
                                  tree_find(&s->tree, column_str(stmt, 1))};
        if (next.from == TREE_NONE || next.to == TREE_NONE)
            continue;
        if (arena_grow(&s->tree.arena, &s->list, s->count, &s->capacity, sizeof *s->list) < 0)
            return err_memory(err);
        s->list[s->count++] = next;
    }
    return got;
}

/* The lowest division that holds both. */
static uint32_t common(const struct tree *tree, uint32_t a, uint32_t b)
{
    while (a != b) {
        if (tree->node[a].depth < tree->node[b].depth)
            b = tree->node[b].parent;
        else
            a = tree->node[a].parent;
        if (a == TREE_NONE || b == TREE_NONE)
            return TREE_NONE;
    }
    return a;
}

/* Where a division is found today. Successors are ordered by the code they follow. */
static struct place_found resolve(const struct search *s, uint32_t node, int steps)
{
    struct place_found found = {node, true};
    if (node == TREE_NONE || !s->tree.node[node].displaced)
        return found;
    bool any = false;
    for (uint32_t i = 0; i < s->count && steps < LONGEST; i++) {
        if (s->list[i].from != node)
            continue;
        struct place_found next = resolve(s, s->list[i].to, steps + 1);
        bool same = next.node == found.node;
        found.exact = any ? found.exact && next.exact && same : next.exact;
        found.node = any && !same ? common(&s->tree, found.node, next.node) : next.node;
        any = true;
    }
    if (!any) /* what held it, as it is today */
        found = (struct place_found){resolve(s, s->tree.node[node].parent, steps + 1).node, false};
    return found;
}

static int by_place(const void *a, const void *b)
{
    const struct boundary *x = a, *y = b;
    int order = str_cmp(x->into, y->into);
    return order ? order : str_cmp(x->code, y->code);
}

int boundaries_load(struct boundaries *out, struct warehouse *warehouse, struct err *err)
{
    struct search s = {0};
    struct boundaries found = {.arena = arena_new((size_t)16 << 20)};
    struct periods periods = {0};
    if (periods_load(&periods, warehouse, err) < 0 || tree_make(&s.tree, &periods, TREE_TODAY, err) < 0) {
        periods_free(&periods);
        return -1;
    }
    if (read_successions(&s, warehouse, err) < 0)
        goto fail;
    found.list = arena_array(&found.arena, s.tree.count + 1, sizeof *found.list);
    found.by_code = arena_array(&found.arena, s.tree.count + 1, sizeof *found.list);
    if (!found.list || !found.by_code) {
        err_memory(err);
        goto fail;
    }
    for (uint32_t i = 0; i < s.tree.count; i++) {
        struct place_found at = resolve(&s, i, 0);
        if (at.node == TREE_NONE)
            continue;
        struct boundary *b = &found.list[found.count++];
        *b = (struct boundary){arena_copy(&found.arena, s.tree.node[i].code),
                               arena_copy(&found.arena, s.tree.node[at.node].code), at.exact};
        if (!b->code.p || !b->into.p) {
            err_memory(err);
            goto fail;
        }
    }
    memcpy(found.by_code, found.list, found.count * sizeof *found.list); /* as the tree's nodes */
    qsort(found.list, found.count, sizeof *found.list, by_place);
    tree_free(&s.tree);
    periods_free(&periods);
    *out = found;
    return 0;
fail:
    tree_free(&s.tree);
    periods_free(&periods);
    boundaries_free(&found);
    return -1;
}

void boundaries_free(struct boundaries *boundaries)
{
    arena_free(&boundaries->arena);
    *boundaries = (struct boundaries){0};
}

uint32_t boundaries_into(const struct boundaries *boundaries, struct str code,
                         const struct boundary **first)
{
    uint32_t low = 0, high = boundaries->count, n = 0;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (str_cmp(boundaries->list[middle].into, code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *first = &boundaries->list[low];
    while (low + n < boundaries->count && str_eq(boundaries->list[low + n].into, code))
        n++;
    return n;
}

static int by_code(const void *key, const void *boundary)
{
    return str_cmp(*(const struct str *)key, ((const struct boundary *)boundary)->code);
}

const struct boundary *boundaries_find(const struct boundaries *boundaries, struct str code)
{
    return bsearch(&code, boundaries->by_code, boundaries->count, sizeof *boundaries->by_code,
                   by_code);
}
