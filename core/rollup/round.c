#include "core/rollup/round.h"

#include <stdlib.h>

struct rollup_year *round_add(struct round *round, struct warehouse *warehouse, int year, bool today,
                              struct err *err)
{
    struct rollup_year *to = &round->year[round->year_count];
    if ((!round->periods.count && periods_load(&round->periods, warehouse, err) < 0) ||
        rollup_year_load(to, warehouse, &round->periods, year, today, err) < 0)
        return NULL;
    round->year_count++;
    return to;
}

static const struct tree_node *node_of(const struct round_step *step)
{
    return &step->year->tree.node[step->node];
}

static int by_depth_and_code(const void *a, const void *b)
{
    const struct round_step *x = a, *y = b;
    uint32_t deep = node_of(x)->depth, deeper = node_of(y)->depth;
    if (deep != deeper)
        return deep > deeper ? -1 : 1;
    int order = str_cmp(node_of(x)->code, node_of(y)->code);
    return order ? order : x->year->year - y->year->year;
}

int round_order(struct round *round, struct err *err)
{
    uint32_t n = 0;
    for (uint32_t y = 0; y < round->year_count; y++)
        for (uint32_t i = 0; i < round->year[y].tree.count; i++)
            n += round->year[y].tree.node[i].marked;
    round->step = calloc((size_t)n + 1, sizeof *round->step);
    if (!round->step)
        return err_memory(err);
    for (uint32_t y = 0; y < round->year_count; y++)
        for (uint32_t i = 0; i < round->year[y].tree.count; i++)
            if (round->year[y].tree.node[i].marked)
                round->step[round->step_count++] = (struct round_step){&round->year[y], i};
    qsort(round->step, n, sizeof *round->step, by_depth_and_code);
    return 0;
}

void round_clear(struct round *round)
{
    for (uint32_t y = 0; y < round->year_count; y++)
        rollup_year_free(&round->year[y]);
    free(round->step);
    periods_free(&round->periods);
    *round = (struct round){0};
}
