#include "core/check/hint.h"

#include "core/check/solve.h"

/* The columns of table 三: six and their total. */
enum { COLUMNS = 7, TOTAL = COLUMNS - 1 };

static bool is_total(const struct catalog *catalog, uint16_t cell)
{
    struct str code = str_from(catalog->cells[cell].code);
    return str_ends(code, STR(".total")) || str_has(code, STR(".handled."));
}

/* A figure of two digits or more that stands in a cell beside it too: smaller ones do by chance. */
static bool is_neighbours(const struct system *system, uint16_t cell, int64_t printed)
{
    if (printed < 10)
        return false;
    const int beside[] = {-CATALOG_SLOTS, CATALOG_SLOTS, -1, 1};
    for (int i = 0; i < 4; i++) {
        int other = cell + beside[i];
        if (other >= 0 && other < CATALOG_CELLS && system->now->state[other] == PANEL_VALUE &&
            system->degree[other] && system->now->value[other] == printed)
            return true;
    }
    return false;
}

static void guess_change(const struct system *system, struct change *change)
{
    change->guess = guess_of(change->printed, change->right,
                             is_total(system->catalog, change->cell));
    if (change->guess < GUESS_NEIGHBOUR && is_neighbours(system, change->cell, change->printed))
        change->guess = GUESS_NEIGHBOUR;
}

static int telling(const struct solution *solution)
{
    if (solution->count == 2 && solution->changes[0].printed == solution->changes[1].right &&
        solution->changes[1].printed == solution->changes[0].right)
        return GUESS_EXCHANGED * 2;
    int sum = 0;
    for (uint32_t i = 0; i < solution->count; i++) {
        if (solution->changes[i].guess == GUESS_NONE)
            return GUESS_NONE;
        sum += (int)solution->changes[i].guess;
    }
    return sum;
}

static void take(struct cause *cause, const struct solution *solution)
{
    cause->kind = CAUSE_CELLS;
    cause->count = solution->count;
    for (uint32_t i = 0; i < solution->count; i++)
        cause->changes[i] = solution->changes[i];
    cause->guess = solution->count == 1 ? solution->changes[0].guess : GUESS_NONE;
    if (solution->count == 2 && telling(solution) == GUESS_EXCHANGED * 2)
        cause->guess = GUESS_EXCHANGED;
}

/* One solution is the cause. Of several the most telling is, when it alone is; single cells are
 * else named as rivals. */
static void choose(struct cause *cause, const struct solution *solutions, uint32_t count)
{
    uint32_t best = 0, equals = 0;
    for (uint32_t i = 0; i < count; i++)
        if (telling(&solutions[i]) > telling(&solutions[best]))
            best = i;
    for (uint32_t i = 0; i < count; i++)
        equals += telling(&solutions[i]) == telling(&solutions[best]);
    if (count == 1 || (equals == 1 && telling(&solutions[best]) > GUESS_DIGIT)) {
        take(cause, &solutions[best]);
    } else if (solutions[0].count == 1 && count <= HINT_CHANGES) {
        cause->kind = CAUSE_RIVALS;
        cause->count = count;
        for (uint32_t i = 0; i < count; i++)
            cause->changes[i] = solutions[i].changes[0];
    }
}

/* Tries what a row would be if it had been read or typed out of place. */
static bool try_row(const struct system *system, const uint32_t *group, uint32_t size,
                    uint16_t first, const wide row[COLUMNS], enum guess guess, struct cause *cause)
{
    struct cause tried = {.kind = CAUSE_ROW, .guess = guess};
    uint32_t changed = 0;
    for (uint16_t i = 0; i < COLUMNS; i++) {
        uint16_t cell = (uint16_t)(first + i);
        if (!cell_may_hold(system->catalog, cell, row[i]))
            return false;
        int64_t printed = system->now->value[cell];
        changed += row[i] != printed;
        if (changed)
            tried.changes[tried.count++] =
                (struct change){.cell = cell, .printed = printed, .right = (int64_t)row[i]};
    }
    if (changed < 2 || !system_mended(system, group, size, tried.changes, tried.count))
        return false;
    *cause = tried;
    return true;
}

static wide sum_of(const wide *row, int count)
{
    wide sum = 0;
    for (int i = 0; i < count; i++)
        sum += row[i];
    return sum;
}

static bool try_shifts(const struct system *system, const uint32_t *group, uint32_t size,
                       uint16_t first, struct cause *cause)
{
    const int64_t *printed = &system->now->value[first];
    for (int last = TOTAL - 1; last <= TOTAL; last++) { /* without the total, and with it */
        wide left[COLUMNS], right[COLUMNS];
        for (int i = 0; i < COLUMNS; i++)
            left[i] = right[i] = printed[i];
        for (int i = 0; i < last; i++) {
            left[i] = printed[i + 1];
            right[i + 1] = printed[i];
        }
        if (last == TOTAL) {
            left[TOTAL] = sum_of(left, TOTAL);
        } else {
            left[last] = 0;
            left[last] = left[TOTAL] - sum_of(left, TOTAL);
        }
        right[0] = 0;
        right[0] = right[TOTAL] - sum_of(right, TOTAL);
        if (try_row(system, group, size, first, left, GUESS_SHIFTED, cause) ||
            try_row(system, group, size, first, right, GUESS_SHIFTED, cause))
            return true;
    }
    return false;
}

/* 10 read as 1 and 0: what follows moved on by one column, and the total fell off. */
static bool try_split(const struct system *system, const uint32_t *group, uint32_t size,
                      uint16_t first, struct cause *cause)
{
    const int64_t *printed = &system->now->value[first];
    for (int at = 0; at < TOTAL; at++) {
        wide row[COLUMNS];
        wide scale = 10;
        while (scale <= printed[at + 1])
            scale *= 10;
        for (int i = 0; i < COLUMNS; i++)
            row[i] = i < at ? printed[i] : i == at ? printed[at] * scale + printed[at + 1]
                     : i < TOTAL ? printed[i + 1] : 0;
        row[TOTAL] = sum_of(row, TOTAL);
        if (printed[at] > 0 && try_row(system, group, size, first, row, GUESS_SPLIT, cause))
            return true;
    }
    return false;
}

/* 1 and 0 read as 10: what follows moved back by one column. */
static bool try_join(const struct system *system, const uint32_t *group, uint32_t size,
                     uint16_t first, struct cause *cause)
{
    const int64_t *printed = &system->now->value[first];
    for (int at = 0; at < TOTAL; at++)
        for (int64_t scale = 10; scale <= printed[at] && scale < INT64_MAX / 10; scale *= 10) {
            wide row[COLUMNS];
            for (int i = 0; i < COLUMNS; i++)
                row[i] = i < at ? printed[i] : i == at ? printed[at] / scale
                         : i == at + 1 ? printed[at] % scale : printed[i - 1];
            if (try_row(system, group, size, first, row, GUESS_JOINED, cause))
                return true;
        }
    return false;
}

static bool try_rows(const struct system *system, const uint32_t *group, uint32_t size,
                     struct cause *cause)
{
    for (uint16_t first = 0; first < CATALOG_CELLS; first += CATALOG_SLOTS) {
        const char *code = system->catalog->cells[first].code;
        if (!code || !str_starts(str_from(code), STR("t3.")))
            continue;
        bool figures = true;
        for (int i = 0; i < COLUMNS; i++)
            figures &= system->now->state[first + i] == PANEL_VALUE &&
                       system->now->value[first + i] >= 0 && system->degree[first + i] > 0;
        if (figures && (try_split(system, group, size, first, cause) ||
                        try_join(system, group, size, first, cause) ||
                        try_shifts(system, group, size, first, cause)))
            return true;
    }
    return false;
}

/* Whether what such an equation says of this year is in agreement with the rest of the report:
 * each of its cells stands in another that holds, and in none that does not. */
static bool agrees(const struct system *system, const struct equation *equation)
{
    for (uint32_t i = 0; i < equation->count; i++) {
        uint16_t cell = equation->cells[i];
        bool held = false;
        for (uint32_t k = 0; k < system->degree[cell]; k++) {
            const struct equation *other = &system->equations[system->equation[cell][k]];
            if (other->crosses)
                continue;
            if (other->residual != 0)
                return false;
            held = true;
        }
        if (!held)
            return false;
    }
    return true;
}

/* By a single cell, or by the year before. */
static void explain_simply(const struct system *system, const uint32_t *group, uint32_t size,
                           struct cause *cause)
{
    struct solution solutions[SOLUTIONS_MOST];
    uint32_t found = system_solve(system, group, size, 1, solutions);
    bool crosses = true;
    for (uint32_t i = 0; i < size; i++)
        crosses &= system->equations[group[i]].crosses && agrees(system, &system->equations[group[i]]);
    for (uint32_t i = 0; i < found; i++)
        guess_change(system, &solutions[i].changes[0]);
    if (found)
        choose(cause, solutions, found);
    else if (crosses)
        cause->kind = CAUSE_BEFORE;
}

/* By a row out of place, or by several cells. */
static void explain_hard(const struct system *system, const uint32_t *group, uint32_t size,
                         struct cause *cause)
{
    struct solution solutions[SOLUTIONS_MOST];
    if (try_rows(system, group, size, cause))
        return;
    uint32_t found = system_solve(system, group, size, SOLVE_DEPTH, solutions);
    for (uint32_t i = 0; i < found; i++)
        for (uint32_t k = 0; k < solutions[i].count; k++)
            guess_change(system, &solutions[i].changes[k]);
    if (found)
        choose(cause, solutions, found);
}

/* Takes the next group of broken equations that hang together by common cells, out of those not
 * yet `done`. */
static uint32_t next_group(const struct system *system, bool *done, uint32_t *group)
{
    uint32_t size = 0;
    for (uint32_t i = 0; i < system->count && !size; i++)
        if (!done[i] && system->equations[i].active && system->equations[i].residual != 0) {
            done[i] = true;
            group[size++] = i;
        }
    for (uint32_t at = 0; at < size; at++) {
        const struct equation *equation = &system->equations[group[at]];
        for (uint32_t k = 0; k < equation->count; k++) {
            uint16_t cell = equation->cells[k];
            for (uint32_t d = 0; d < system->degree[cell]; d++) {
                uint32_t other = system->equation[cell][d];
                if (done[other] || !system->equations[other].active ||
                    system->equations[other].residual == 0)
                    continue;
                done[other] = true;
                group[size++] = other;
            }
        }
    }
    return size;
}

typedef void explanation(const struct system *, const uint32_t *, uint32_t, struct cause *);

static int explain(struct system *system, struct judged *judged, const uint32_t *group,
                   uint32_t size, explanation *how, struct arena *arena, bool *explained,
                   struct err *err)
{
    struct cause *cause = arena_alloc(arena, sizeof *cause);
    if (!cause)
        return err_memory(err);
    how(system, group, size, cause);
    *explained = cause->kind != CAUSE_NONE;
    for (uint32_t i = 0; i < size && *explained; i++)
        judged[system->equations[group[i]].judged].cause = cause;
    return 0;
}

/* Explains each group by itself; leaves those that it cannot explain in `rest`. */
static int explain_groups(struct system *system, struct judged *judged, explanation *how,
                          struct arena *arena, uint32_t *rest, uint32_t *left, struct err *err)
{
    bool *done = arena_array(arena, system->count + 1, sizeof *done);
    uint32_t *group = arena_array(arena, system->count + 1, sizeof *group);
    if (!done || !group)
        return err_memory(err);
    for (uint32_t i = 0; i < system->count; i++)
        done[i] = judged[system->equations[i].judged].cause != NULL;
    *left = 0;
    for (uint32_t size; (size = next_group(system, done, group)) > 0;) {
        bool explained = false;
        if (explain(system, judged, group, size, how, arena, &explained, err) < 0)
            return -1;
        for (uint32_t i = 0; i < size && !explained; i++)
            rest[(*left)++] = group[i];
    }
    return 0;
}

/* The simple causes first. What they leave may have one cause together (errors that cancel in a
 * total part the groups), or may be the year before's, or have several. */
static int explain_all(struct system *system, struct judged *judged, struct arena *arena,
                       struct err *err)
{
    uint32_t *rest = arena_array(arena, system->count + 1, sizeof *rest);
    uint32_t left = 0;
    if (!rest)
        return err_memory(err);
    for (int crossing = 1; crossing >= 0; crossing--) {
        bool explained = false;
        if (explain_groups(system, judged, explain_simply, arena, rest, &left, err) < 0)
            return -1;
        if (!left)
            return 0;
        if (explain(system, judged, rest, left, explain_hard, arena, &explained, err) < 0)
            return -1;
        if (explained)
            return 0;
        for (uint32_t i = 0; i < system->count; i++)
            system->equations[i].active &= !system->equations[i].crosses;
    }
    return explain_groups(system, judged, explain_hard, arena, rest, &left, err);
}

int hint_find(const struct catalog *catalog, struct judged *judged, uint32_t count,
              const struct panel *now, const struct panel *before, struct arena *arena,
              struct err *err)
{
    struct system *system;
    if (system_new(&system, catalog, judged, count, now, before, arena, err) < 0)
        return -1;
    return explain_all(system, judged, arena, err);
}
