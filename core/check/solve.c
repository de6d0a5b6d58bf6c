#include "core/check/solve.h"

#include <string.h>

enum { STEPS_MOST = 60000 };

bool cell_may_hold(const struct catalog *catalog, uint16_t cell, wide figure)
{
    return (figure >= 0 || catalog->cells[cell].kind == CELL_SIGNED) && figure <= INT64_MAX &&
           figure >= INT64_MIN;
}

int32_t equation_coefficient(const struct equation *equation, uint16_t cell)
{
    for (uint32_t i = 0; i < equation->count; i++)
        if (equation->cells[i] == cell)
            return equation->coefficients[i];
    return 0;
}

static void add_side(struct equation *equation, const struct side *side, int sign)
{
    for (uint32_t i = 0; i < side->count; i++) {
        const struct term *term = &side->terms[i];
        if (term->before)
            continue;
        uint32_t at = 0;
        while (at < equation->count && equation->cells[at] != term->cell)
            at++;
        equation->count += at == equation->count;
        equation->cells[at] = term->cell;
        equation->coefficients[at] += sign * term->coefficient;
    }
}

static void enter(struct system *system, uint16_t index)
{
    const struct equation *equation = &system->equations[index];
    for (uint32_t i = 0; i < equation->count; i++) {
        uint16_t cell = equation->cells[i];
        if (system->degree[cell] == CELL_EQUATIONS)
            continue;
        system->equation[cell][system->degree[cell]++] = index;
        if (system->degree[cell] > system->degree_most)
            system->degree_most = system->degree[cell];
    }
}

int system_new(struct system **out, const struct catalog *catalog, const struct judged *judged,
               uint32_t count, const struct panel *now, const struct panel *before,
               struct arena *arena, struct err *err)
{
    struct system *system = arena_alloc(arena, sizeof *system);
    if (!system || !(system->equations = arena_array(arena, count, sizeof *system->equations)))
        return err_memory(err);
    system->catalog = catalog;
    system->now = now;
    for (uint32_t i = 0; i < count && system->count < UINT16_MAX; i++) {
        const struct relation *relation = judged[i].relation;
        const struct verdict *verdict = &judged[i].verdict;
        if (relation->rule->kind != RULE_EQUAL || verdict->outcome == OUTCOME_UNVERIFIABLE ||
            verdict->partial || (relation->crosses && !before))
            continue;
        const struct side *right = &relation->right[verdict->way];
        uint32_t room = relation->left.count + right->count;
        struct equation *equation = &system->equations[system->count];
        equation->cells = arena_array(arena, room, sizeof *equation->cells);
        equation->coefficients = arena_array(arena, room, sizeof *equation->coefficients);
        if (!equation->cells || !equation->coefficients)
            return err_memory(err);
        equation->judged = i;
        equation->active = true;
        equation->crosses = relation->crosses;
        if (verdict->outcome == OUTCOME_FAIL)
            equation->residual = verdict->left - verdict->right;
        add_side(equation, &relation->left, 1);
        add_side(equation, right, -1);
        enter(system, (uint16_t)system->count++);
    }
    *out = system;
    return 0;
}

/* A search in the making: residuals as they stand after the changes made so far. `broken` lists
 * the equations that are not satisfied then, in no order that matters. */
struct search {
    const struct system *system;
    wide residual[UINT8_MAX + 1];
    uint32_t broken[UINT8_MAX + 1], broken_count;
    struct change changes[SOLVE_DEPTH];
    uint32_t depth, most, steps, found;
    struct solution *out;
};

static void put_in_order(struct solution *solution)
{
    for (uint32_t i = 1; i < solution->count; i++)
        for (uint32_t k = i; k > 0; k--) {
            struct change *a = &solution->changes[k - 1], *b = &solution->changes[k];
            if (a->cell > b->cell) {
                struct change other = *a;
                *a = *b;
                *b = other;
            }
        }
}

static void keep(struct search *search)
{
    struct solution solution = {.count = search->depth};
    memcpy(solution.changes, search->changes, sizeof solution.changes);
    put_in_order(&solution);
    for (uint32_t i = 0; i < search->found; i++) {
        bool same = true;
        for (uint32_t k = 0; k < solution.count; k++)
            same &= search->out[i].changes[k].cell == solution.changes[k].cell &&
                    search->out[i].changes[k].right == solution.changes[k].right;
        if (same)
            return;
    }
    if (search->found < SOLUTIONS_MOST)
        search->out[search->found++] = solution;
}

static void set_residual(struct search *search, uint32_t equation, wide residual)
{
    bool was = search->residual[equation] != 0;
    search->residual[equation] = residual;
    if (!was && residual != 0) {
        search->broken[search->broken_count++] = equation;
    } else if (was && residual == 0) {
        uint32_t at = 0;
        while (search->broken[at] != equation)
            at++;
        search->broken[at] = search->broken[--search->broken_count];
    }
}

static void shift_cell(struct search *search, uint16_t cell, wide by)
{
    const struct system *system = search->system;
    for (uint32_t i = 0; i < system->degree[cell]; i++) {
        uint32_t index = system->equation[cell][i];
        const struct equation *equation = &system->equations[index];
        if (equation->active)
            set_residual(search, index,
                         search->residual[index] + by * equation_coefficient(equation, cell));
    }
}

static void descend(struct search *search);

static void try_cell(struct search *search, uint32_t index, uint32_t k)
{
    const struct system *system = search->system;
    const struct equation *equation = &system->equations[index];
    uint16_t cell = equation->cells[k];
    int32_t coefficient = equation->coefficients[k];
    for (uint32_t i = 0; i < search->depth; i++)
        if (search->changes[i].cell == cell)
            return;
    if (coefficient == 0 || search->residual[index] % coefficient != 0)
        return;
    wide by = -(search->residual[index] / coefficient);
    wide right = system->now->value[cell] + by;
    if (!cell_may_hold(system->catalog, cell, right))
        return;
    search->changes[search->depth++] =
        (struct change){.cell = cell, .printed = system->now->value[cell], .right = (int64_t)right};
    shift_cell(search, cell, by);
    descend(search);
    shift_cell(search, cell, -by);
    search->depth--;
}

/* Satisfies each broken equation by each of its cells in turn. Some order of a set of changes
 * has always one equation that its next cell alone can mend, so no set is missed that cells
 * determine one after the other. */
static void descend(struct search *search)
{
    if (search->broken_count == 0) {
        keep(search);
        return;
    }
    if (search->depth == search->most || ++search->steps > STEPS_MOST ||
        search->broken_count > search->system->degree_most * (search->most - search->depth))
        return;
    uint32_t broken[UINT8_MAX + 1], count = search->broken_count;
    memcpy(broken, search->broken, count * sizeof *broken);
    for (uint32_t i = 0; i < count; i++) {
        const struct equation *equation = &search->system->equations[broken[i]];
        for (uint32_t k = 0; k < equation->count; k++)
            try_cell(search, broken[i], k);
    }
}

uint32_t system_solve(const struct system *system, const uint32_t *group, uint32_t size,
                      uint32_t most, struct solution out[SOLUTIONS_MOST])
{
    if (system->count > UINT8_MAX)
        return 0;
    struct search search = {.system = system, .out = out};
    for (uint32_t i = 0; i < size; i++)
        set_residual(&search, group[i], system->equations[group[i]].residual);
    for (search.most = 1; search.most <= most && search.most <= SOLVE_DEPTH; search.most++) {
        descend(&search);
        if (search.steps > STEPS_MOST)
            return 0;
        if (search.found)
            break;
    }
    return search.found;
}

bool system_mended(const struct system *system, const uint32_t *group, uint32_t size,
                   const struct change *changes, uint32_t count)
{
    if (system->count > UINT8_MAX)
        return false;
    struct search search = {.system = system};
    for (uint32_t i = 0; i < size; i++)
        set_residual(&search, group[i], system->equations[group[i]].residual);
    for (uint32_t i = 0; i < count; i++)
        shift_cell(&search, changes[i].cell, (wide)changes[i].right - changes[i].printed);
    return search.broken_count == 0;
}
