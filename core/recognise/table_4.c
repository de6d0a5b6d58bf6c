/* table_4.c - table 四 in all its shapes: one row of fifteen, three of five, a row a block, a
 * column a block, or one figure a line. */
#include "core/recognise/columns.h"

#include <string.h>

enum { LEAVES = 5, BLOCKS = 3, NAMES_MAX = 48 };

/* What is printed before the figures, in order. */
struct names {
    int16_t leaf[NAMES_MAX], block[NAMES_MAX]; /* -1: no leaf, no block */
    bool suit[NAMES_MAX];                     /* 行政诉讼 */
    uint32_t count;
};

static void read_names(const struct columns *c, const struct run *run, struct names *names)
{
    struct run_text text;
    names->count = 0;
    runs_text(c->runs->atoms, run->text, run->first, false, &text);
    struct names back = {.count = 0};
    for (size_t end = text.n; end > 0 && back.count < NAMES_MAX;) {
        size_t length = 0;
        const struct label *label = runs_suffix(c->labels, &text, end, &length);
        const struct meaning *leaf = label_as(label, TABLE_4, PLACE_COLUMN);
        const struct meaning *block = label_as(label, TABLE_4, PLACE_ROW);
        bool suit = label_as(label, TABLE_4, PLACE_GROUP) != NULL;
        if (leaf || block || suit) {
            back.leaf[back.count] = leaf ? leaf->index : -1;
            back.block[back.count] = block ? block->index : -1;
            back.suit[back.count++] = suit;
        }
        end -= length ? length : 1;
    }
    for (uint32_t i = back.count; i-- > 0; names->count++) {
        names->leaf[names->count] = back.leaf[i];
        names->block[names->count] = back.block[i];
        names->suit[names->count] = back.suit[i];
    }
}

static void remember(struct blocks *blocks, const struct names *names)
{
    for (uint32_t i = 0; i < names->count; i++) {
        if (names->block[i] < 0)
            continue;
        blocks->last = names->block[i];
        bool known = false;
        for (uint32_t k = 0; k < blocks->count; k++)
            known |= blocks->order[k] == names->block[i];
        if (!known && blocks->count < BLOCKS)
            blocks->order[blocks->count++] = (uint8_t)names->block[i];
    }
}

static uint16_t cell_of(const struct columns *c, int block, int leaf)
{
    return c->labels->table[TABLE_4].cell[block][leaf];
}

/* The order of five leaves as printed from `from` on, the usual one when they are not five
 * different ones. */
static void leaf_order(const struct names *names, uint32_t group, int out[LEAVES])
{
    uint32_t seen = 0, at = 0, found = 0;
    for (uint32_t i = 0; i < names->count; i++) {
        if (names->leaf[i] < 0)
            continue;
        if (at++ / LEAVES == group && found < LEAVES) {
            out[found++] = names->leaf[i];
            seen |= 1u << names->leaf[i];
        }
    }
    for (int k = 0; k < LEAVES && seen != (1u << LEAVES) - 1; k++)
        out[k] = k;
}

static uint32_t leaf_count(const struct names *names)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < names->count; i++)
        n += names->leaf[i] >= 0;
    return n;
}

/* Whether the blocks are named in another order than the form's. */
static bool unusual(const struct blocks *blocks, const struct names *names)
{
    bool suit = false;
    for (uint32_t i = 0; i < names->count; i++) {
        suit |= names->suit[i];
        if (names->block[i] == 0 && suit)
            return true;
    }
    for (uint32_t k = 1; k < blocks->count; k++)
        if (blocks->order[k] < blocks->order[k - 1])
            return true;
    return false;
}

static void put(struct placed out[PLACES_MAX], uint32_t *places, uint16_t cell, uint32_t atom)
{
    out[(*places)++] = (struct placed){cell, atom};
}

/* Fifteen figures from atom `first` on, or fifteen blanks. */
static enum placing whole(const struct columns *c, const struct blocks *blocks,
                          const struct names *names, uint32_t first,
                          struct placed out[PLACES_MAX], uint32_t *places)
{
    if (unusual(blocks, names))
        return PLACING_FAILED;
    for (int b = 0; b < BLOCKS; b++) {
        int order[LEAVES];
        leaf_order(names, leaf_count(names) == BLOCKS * LEAVES ? (uint32_t)b : 0, order);
        for (int k = 0; k < LEAVES; k++)
            put(out, places, cell_of(c, b, order[k]),
                first == PLACE_BLANK ? PLACE_BLANK : first + (uint32_t)(b * LEAVES + k));
    }
    return PLACING_CERTAIN;
}

/* The block that five figures belong to: the one named last before them, else the next one that
 * has none yet. */
static int block_for(struct blocks *blocks, const struct names *names, enum placing *how)
{
    for (uint32_t i = names->count; i-- > 0;)
        if (names->block[i] >= 0)
            return names->block[i];
    *how = PLACING_BY_PATTERN;
    for (int b = 0; b < BLOCKS; b++)
        if (!(blocks->done >> b & 1))
            return b;
    return -1;
}

enum placing table_4_place(const struct columns *c, struct blocks *blocks, const struct run *run,
                           struct placed out[PLACES_MAX], uint32_t *places)
{
    struct names names;
    const struct atom *atom = c->runs->atoms->atom;
    uint32_t first = run->first, count = run->count;
    enum placing how = PLACING_CERTAIN;
    read_names(c, run, &names);
    *places = 0;
    remember(blocks, &names);
    uint32_t most = count >= BLOCKS * LEAVES ? BLOCKS * LEAVES : count >= LEAVES ? LEAVES : count;
    if (count > BLOCKS * LEAVES && run->filled == BLOCKS * LEAVES) {
        while (atom[first].kind == ATOM_EMPTY)
            first++, count--;
    }
    while (count > most && atom[first + count - 1].kind == ATOM_EMPTY)
        count--;
    /* an empty cell between the name of a block and its five figures: the names take two columns */
    while (run->filled == LEAVES && count > LEAVES && count < 2 * LEAVES &&
           atom[first].kind == ATOM_EMPTY)
        first++, count--;
    if (run->filled == 0 && leaf_count(&names) >= 2 * LEAVES)
        how = whole(c, blocks, &names, PLACE_BLANK, out, places);
    else if (count == BLOCKS * LEAVES)
        how = whole(c, blocks, &names, first, out, places);
    else if (count == 2 * LEAVES && blocks->count >= 2 && !unusual(blocks, &names))
        for (uint32_t i = 0; i < 2 * LEAVES; i++)
            put(out, places, cell_of(c, 1 + (int)(i / LEAVES), (int)(i % LEAVES)), first + i);
    else if (count == LEAVES) {
        int order[LEAVES], block = block_for(blocks, &names, &how);
        leaf_order(&names, 0, order);
        for (int k = 0; k < LEAVES && block >= 0; k++)
            put(out, places, cell_of(c, block, order[k]), first + (uint32_t)k);
        blocks->done |= block >= 0 ? 1u << block : 0;
    } else if (names.count && names.leaf[names.count - 1] >= 0 && count == BLOCKS &&
               blocks->count == BLOCKS) {
        for (int b = 0; b < BLOCKS; b++)
            put(out, places, cell_of(c, blocks->order[b], names.leaf[names.count - 1]),
                first + (uint32_t)b);
    } else if (names.count && names.leaf[names.count - 1] >= 0 && run->filled <= 1 &&
               blocks->last >= 0 && leaf_count(&names) == 1) {
        put(out, places, cell_of(c, blocks->last, names.leaf[names.count - 1]), first);
    }
    return *places ? how : PLACING_FAILED;
}
