#include "core/rollup/periods.h"

#include "core/store/statement.h"

/* The parents' codes are kept aside. */
static int add_period(struct periods *periods, struct str *parents, sqlite3_stmt *stmt)
{
    const struct period *before = periods->count ? &periods->list[periods->count - 1] : NULL;
    struct str code = column_str(stmt, 0), level = column_str(stmt, 4), parent = column_str(stmt, 5);
    bool again = before && str_eq(before->code, code);
    bool beside = before && str_eq(before->level, level);
    bool sibling = before && str_eq(parents[periods->count - 1], parent);
    struct arena *arena = &periods->arena;
    struct period *period = &periods->list[periods->count];
    *period = (struct period){
        .code = again ? before->code : arena_copy(arena, code),
        .name = arena_copy(arena, column_str(stmt, 3)),
        .level = beside ? before->level : arena_copy(arena, level),
        .division = again ? before->division : periods->divisions,
        .first = sqlite3_column_int(stmt, 1),
        .last = sqlite3_column_int(stmt, 2),
    };
    parents[periods->count] = sibling ? parents[periods->count - 1] : arena_copy(arena, parent);
    if (!period->code.p || !period->name.p || !period->level.p || !parents[periods->count].p)
        return -1;
    periods->count++;
    periods->divisions += !again;
    return 0;
}

static int read_periods(struct periods *periods, struct str **parents, struct warehouse *warehouse,
                        const char *name, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, name, err);
    if (!stmt)
        return -1;
    size_t room = 0, codes = 0;
    int status;
    while ((status = sqlite3_step(stmt)) == SQLITE_ROW)
        if (arena_grow(&periods->arena, &periods->list, periods->count, &room, sizeof *periods->list) < 0 ||
            arena_grow(&periods->arena, parents, periods->count, &codes, sizeof **parents) < 0 ||
            add_period(periods, *parents, stmt) < 0)
            return err_memory(err);
    if (status != SQLITE_DONE)
        return warehouse_error(warehouse, err);
    sqlite3_reset(stmt);
    return 0;
}

/* Joining the divisions costs three times as much as their periods alone, and finds no more unless some
 * have none. */
static int read_all(struct periods *periods, struct str **parents, struct warehouse *warehouse,
                    struct err *err)
{
    if (read_periods(periods, parents, warehouse, "rollup.periods", err) < 0)
        return -1;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "rollup.division_count", err);
    if (!stmt || statement_next(warehouse, stmt, err) < 0)
        return -1;
    bool whole = sqlite3_column_int64(stmt, 0) == periods->divisions;
    sqlite3_reset(stmt);
    if (whole)
        return 0;
    arena_reset(&periods->arena);
    *periods = (struct periods){.arena = periods->arena};
    *parents = NULL;
    return read_periods(periods, parents, warehouse, "rollup.periods_with_lost", err);
}

/* The first period of a code. */
static uint32_t division_of(const struct periods *periods, struct str code)
{
    uint32_t from = 0, to = periods->count;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (str_cmp(periods->list[middle].code, code) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    bool found = from < periods->count && str_eq(periods->list[from].code, code);
    return found ? periods->list[from].division : UINT32_MAX;
}

int periods_load(struct periods *out, struct warehouse *warehouse, struct err *err)
{
    struct periods periods = {.arena = arena_new((size_t)16 << 20)};
    struct str *parents = NULL;
    if (read_all(&periods, &parents, warehouse, err) < 0) {
        periods_free(&periods);
        return -1;
    }
    for (uint32_t i = 0; i < periods.count; i++)
        periods.list[i].parent = i > 0 && str_eq(parents[i], parents[i - 1])
                                     ? periods.list[i - 1].parent
                                     : division_of(&periods, parents[i]);
    *out = periods;
    return 0;
}

void periods_free(struct periods *periods)
{
    arena_free(&periods->arena);
    *periods = (struct periods){0};
}
