#include "core/check/lineage.h"

#include <stdlib.h>

#include "core/base/arena.h"
#include "core/store/statement.h"

/* One agency that went into another. */
struct link {
    int64_t successor, predecessor;
};

struct lineage {
    struct arena arena;
    struct link *links; /* ordered by successor */
    size_t count, capacity;
};

int lineage_new(struct lineage **out, struct warehouse *warehouse, struct err *err)
{
    struct lineage *lineage = calloc(1, sizeof *lineage);
    sqlite3_stmt *stmt = lineage ? warehouse_statement(warehouse, "check.links", err) : NULL;
    int got = stmt ? 1 : lineage ? -1 : err_memory(err);
    if (lineage)
        lineage->arena = arena_new((size_t)64 << 20);
    while (got > 0 && (got = statement_next(warehouse, stmt, err)) > 0) {
        if (arena_grow(&lineage->arena, &lineage->links, lineage->count, &lineage->capacity,
                       sizeof *lineage->links) < 0)
            got = err_memory(err);
        else
            lineage->links[lineage->count++] =
                (struct link){sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1)};
    }
    if (got < 0)
        lineage_free(lineage);
    else
        *out = lineage;
    return got;
}

void lineage_free(struct lineage *lineage)
{
    if (!lineage)
        return;
    arena_free(&lineage->arena);
    free(lineage);
}

/* The first link to a successor, or where it would stand. */
static size_t first_of(const struct lineage *lineage, int64_t agency_id)
{
    size_t low = 0, high = lineage->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (lineage->links[middle].successor < agency_id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int heirs_of(const struct lineage *lineage, int64_t agency_id)
{
    int heirs = 0;
    for (size_t i = 0; i < lineage->count; i++)
        heirs += lineage->links[i].predecessor == agency_id;
    return heirs;
}

int lineage_of(const struct lineage *lineage, int64_t agency_id, int64_t out[PREDECESSORS])
{
    int count = 0;
    for (int at = -1; at < count; at++) {
        int64_t heir = at < 0 ? agency_id : out[at];
        for (size_t i = first_of(lineage, heir);
             i < lineage->count && lineage->links[i].successor == heir; i++) {
            int64_t found = lineage->links[i].predecessor;
            bool known = found == agency_id;
            for (int k = 0; k < count; k++)
                known |= out[k] == found;
            if (known)
                continue;
            if (count == PREDECESSORS || heirs_of(lineage, found) > 1)
                return -1;
            out[count++] = found;
        }
    }
    return count;
}
