/* The tree of a year, from the divisions' periods. */
#include "core/rollup/tree.h"

#include <stdlib.h>

enum { DEEPEST = 16 };

static int by_code(const void *key, const void *node)
{
    return str_cmp(*(const struct str *)key, ((const struct tree_node *)node)->code);
}

uint32_t tree_find(const struct tree *tree, struct str code)
{
    if (!code.p || tree->count == 0)
        return TREE_NONE;
    const struct tree_node *found =
        bsearch(&code, tree->node, tree->count, sizeof *tree->node, by_code);
    return found ? (uint32_t)(found - tree->node) : TREE_NONE;
}

/* A later period of a division takes the place of the one before as long as it has begun by the year. */
static void choose(struct tree *tree, const struct periods *periods, int year)
{
    for (uint32_t i = 0; i < periods->count; i++) {
        const struct period *p = &periods->list[i];
        if (p->division < tree->count && p->first > year)
            continue;
        tree->node[p->division] = (struct tree_node){
            .code = p->code,
            .name = p->name,
            .level = p->level,
            .parent = p->parent,
            .first_child = TREE_NONE,
            .next_sibling = TREE_NONE,
            .displaced = p->first > year || (p->last != 0 && p->last < year),
        };
        tree->count = p->division + 1;
    }
}

static int set_depths(struct tree *tree, struct err *err)
{
    for (uint32_t i = 0; i < tree->count; i++) {
        uint32_t depth = 0;
        for (uint32_t up = tree->node[i].parent; up != TREE_NONE; up = tree->node[up].parent)
            if (++depth > DEEPEST)
                return err_set(err, ERR_USAGE, "division %s lies below itself; correct its parent "
                                               "and load the register of divisions again",
                               tree->node[i].code.p);
        tree->node[i].depth = depth;
    }
    return 0;
}

int tree_make(struct tree *out, const struct periods *periods, int year, struct err *err)
{
    struct tree tree = {.arena = arena_new((size_t)16 << 20)};
    tree.node = arena_array(&tree.arena, periods->divisions + 1, sizeof *tree.node);
    if (!tree.node) {
        tree_free(&tree);
        return err_memory(err);
    }
    choose(&tree, periods, year);
    uint32_t nation = tree_find(&tree, STR("000000"));
    for (uint32_t i = tree.count; i-- > 0;) { /* backwards, so that children hang in order */
        uint32_t parent = tree.node[i].parent;
        if (i == nation)
            parent = TREE_NONE;
        else if (parent == TREE_NONE)
            parent = nation;
        tree.node[i].parent = parent;
        if (parent != TREE_NONE) {
            tree.node[i].next_sibling = tree.node[parent].first_child;
            tree.node[parent].first_child = i;
        }
    }
    if (set_depths(&tree, err) < 0) {
        tree_free(&tree);
        return -1;
    }
    *out = tree;
    return 0;
}

void tree_free(struct tree *tree)
{
    arena_free(&tree->arena);
    *tree = (struct tree){0};
}

void tree_mark(struct tree *tree, uint32_t node)
{
    while (node != TREE_NONE && !tree->node[node].marked) {
        tree->node[node].marked = true;
        node = tree->node[node].parent;
    }
}
