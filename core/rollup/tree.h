/* tree.h - the divisions as they were in one year: who lies below whom. */
#ifndef GONGKAI_ROLLUP_TREE_H
#define GONGKAI_ROLLUP_TREE_H

#include "core/rollup/periods.h"

#define TREE_NONE UINT32_MAX

/* For tree_make: the divisions of today. */
#define TREE_TODAY 9999

/* A division as it was in the year: in the last period that began by then, else in its first one
 * (`displaced`: it did not exist that year, so its reports count where it was nearest to it). */
struct tree_node {
    struct str code, name, level; /* level as in division_period */
    uint32_t parent;              /* index, TREE_NONE for the nation alone */
    uint32_t first_child, next_sibling;
    uint32_t depth;               /* 0 for the nation */
    bool displaced;
    bool marked;                  /* for whoever walks the tree */
};

/* All divisions, ordered by code; text is in the arena of the periods. */
struct tree {
    struct arena arena;
    struct tree_node *node;
    uint32_t count;
};

/* The tree of a year; free with tree_free, before the periods. A division below an unknown one lies below
 * the nation. Fails when divisions lie below each other in a circle. */
int tree_make(struct tree *out, const struct periods *periods, int year, struct err *err);
void tree_free(struct tree *tree);

/* The index of a code, TREE_NONE when there is none. */
uint32_t tree_find(const struct tree *tree, struct str code);

/* Marks a division and all above it. */
void tree_mark(struct tree *tree, uint32_t node);

#endif
