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

/* One row a period, ordered by code and first year: a later period takes the place of the one
 * before as long as it has begun by the year. The parents' codes are kept aside. */
static int read_period(struct tree *tree, struct str *parents, sqlite3_stmt *stmt, int year)
{
    struct str code = column_str(stmt, 0);
    int first = sqlite3_column_int(stmt, 1), last = sqlite3_column_int(stmt, 2);
    bool again = tree->count > 0 && str_eq(tree->node[tree->count - 1].code, code);
    if (again && first > year)
        return 0;
    struct tree_node *node = &tree->node[again ? tree->count - 1 : tree->count];
    *node = (struct tree_node){
        .code = again ? node->code : arena_copy(&tree->arena, code),
        .name = arena_copy(&tree->arena, column_str(stmt, 3)),
        .level = arena_copy(&tree->arena, column_str(stmt, 4)),
        .parent = TREE_NONE,
        .first_child = TREE_NONE,
        .next_sibling = TREE_NONE,
        .displaced = first > year || (last != 0 && last < year),
    };
    struct str *parent = &parents[node - tree->node];
    *parent = arena_copy(&tree->arena, column_str(stmt, 5));
    tree->count += !again;
    return node->code.p && node->name.p && node->level.p && parent->p ? 0 : -1;
}

static int read_nodes(struct tree *tree, struct str **parents, struct warehouse *warehouse,
                      int year, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "rollup.tree", err);
    if (!stmt)
        return -1;
    size_t nodes = 0, codes = 0;
    int status;
    while ((status = sqlite3_step(stmt)) == SQLITE_ROW)
        if (arena_grow(&tree->arena, &tree->node, tree->count, &nodes, sizeof *tree->node) < 0 ||
            arena_grow(&tree->arena, parents, tree->count, &codes, sizeof **parents) < 0 ||
            read_period(tree, *parents, stmt, year) < 0)
            return err_memory(err);
    if (status != SQLITE_DONE)
        return warehouse_error(warehouse, err);
    sqlite3_reset(stmt);
    return 0;
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

int tree_load(struct tree *out, struct warehouse *warehouse, int year, struct err *err)
{
    struct tree tree = {.arena = arena_new((size_t)16 << 20)};
    struct str *parents = NULL;
    if (read_nodes(&tree, &parents, warehouse, year, err) < 0) {
        tree_free(&tree);
        return -1;
    }
    uint32_t nation = tree_find(&tree, STR("000000"));
    for (uint32_t i = tree.count; i-- > 0;) { /* backwards, so that children hang in order */
        uint32_t parent = tree_find(&tree, parents[i]);
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
