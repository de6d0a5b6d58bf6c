/* From what a division's agencies bring in and from the divisions below to its totals. */
#include "core/rollup/gather.h"

#include <stdlib.h>
#include <string.h>

int gather_new(struct gather **out, struct warehouse *warehouse, struct err *err)
{
    struct gather *g = calloc(1, sizeof *g);
    if (!g)
        return err_memory(err);
    g->basis = BASIS_OWN;
    g->region = area_new();
    g->best = area_new();
    g->part = area_new();
    g->stand_in = area_new();
    int status = !g->region || !g->best || !g->part || !g->stand_in
                     ? err_memory(err)
                     : members_open(&g->members, warehouse, err);
    if (status < 0) {
        gather_free(g);
        return -1;
    }
    *out = g;
    return 0;
}

void gather_free(struct gather *g)
{
    if (!g)
        return;
    members_close(&g->members);
    area_free(g->region);
    area_free(g->best);
    area_free(g->part);
    area_free(g->stand_in);
    free(g);
}

/* Which total an area is; what it holds stays. */
static void set_key(const struct gather *g, struct area *area, uint32_t node, const char *basis,
                    bool region)
{
    const struct tree_node *at = &g->year->tree.node[node];
    area->basis = basis;
    area->code = at->code;
    area->name = at->name;
    area->level = at->level;
    area->parent = at->parent == TREE_NONE ? (struct str){0} : g->year->tree.node[at->parent].code;
    area->year = g->year->year;
    area->region = region;
    area->form = g->year->form;
}

/* Composites are for the basis best alone, which is made along with own. */
static bool may_stand_in(const struct gather *g)
{
    return strcmp(g->basis, BASIS_OWN) == 0;
}

/* From the first division below on that rests on a composite, `best` goes a way of its own. */
static int part_ways(struct gather *g, struct err *err)
{
    if (g->has_best)
        return 0;
    g->has_best = true;
    return area_add(g->best, g->region, g->members.warehouse->catalog, err);
}

/* Adds one division below to the region, and to `best` where that goes its own way. One without
 * report and without agencies that owe one is named as missing, if it existed that year. */
static int add_child(struct gather *g, uint32_t child, struct err *err)
{
    struct warehouse *warehouse = g->members.warehouse;
    int stands = 0;
    set_key(g, g->part, child, g->basis, true);
    if (may_stand_in(g)) {
        set_key(g, g->stand_in, child, BASIS_BEST, true);
        stands = area_read(g->stand_in, warehouse, err);
    }
    if (stands < 0 || area_read(g->part, warehouse, err) < 0 ||
        (stands > 0 && part_ways(g, err) < 0))
        return -1;
    if (!g->year->tree.node[child].displaced && g->part->count[AREA_EXPECTED] == 0 &&
        g->part->count[AREA_REPORTED] == 0)
        area_name_missing(g->part, g->year->tree.node[child].name);
    if (g->has_best &&
        area_add(g->best, stands > 0 ? g->stand_in : g->part, warehouse->catalog, err) < 0)
        return -1;
    return area_add(g->region, g->part, warehouse->catalog, err);
}

/* Where no own report has come from anywhere in the region, its composite stands in for it. */
static int stand_in(struct gather *g, const struct local *local, struct err *err)
{
    area_clear(g->best);
    g->has_best = true;
    if (area_add(g->best, g->region, g->members.warehouse->catalog, err) < 0)
        return -1;
    g->best->count[AREA_STANDING_IN] = 1;
    return sums_add_report(&g->best->sums, g->members.figures, local->composite,
                           local->composite_presence, err);
}

int gather_division(struct gather *g, const struct rollup_year *year, uint32_t node,
                    struct local *local, bool *there, struct err *err)
{
    const struct catalog *catalog = g->members.warehouse->catalog;
    g->year = year;
    g->self = local->self;
    g->has_best = false;
    area_clear(g->region);
    area_clear(g->best);
    set_key(g, g->self, node, g->basis, false);
    set_key(g, g->region, node, g->basis, true);
    set_key(g, g->best, node, BASIS_BEST, true);
    if (area_add(g->region, local->self, catalog, err) < 0 ||
        area_add(g->region, local->below, catalog, err) < 0)
        return -1;
    uint32_t child = year->tree.node[node].first_child;
    for (; child != TREE_NONE; child = year->tree.node[child].next_sibling)
        if (add_child(g, child, err) < 0)
            return -1;
    const int64_t *n = g->region->count;
    if (may_stand_in(g) && n[AREA_REPORTED] == 0 && local->composite && stand_in(g, local, err) < 0)
        return -1;
    *there = n[AREA_REPORTED] > 0 || n[AREA_EXPECTED] > 0 || n[AREA_COMPOSITE] > 0 ||
             n[AREA_COMPOSITE_EXPECTED] > 0;
    return 0;
}
