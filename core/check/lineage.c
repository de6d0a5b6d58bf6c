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

static int read_links(struct lineage *lineage, struct warehouse *warehouse, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "check.links", err);
    int got;
    if (!stmt)
        return -1;
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        if (arena_grow(&lineage->arena, &lineage->links, lineage->count, &lineage->capacity,
                       sizeof *lineage->links) < 0)
            return err_memory(err);
        lineage->links[lineage->count++] =
            (struct link){sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1)};
    }
    return got;
}

int lineage_new(struct lineage **out, struct warehouse *warehouse, struct err *err)
{
    struct lineage *lineage = calloc(1, sizeof *lineage);
    if (!lineage)
        return err_memory(err);
    lineage->arena = arena_new((size_t)64 << 20);
    if (read_links(lineage, warehouse, err) < 0) {
        lineage_free(lineage);
        return -1;
    }
    *out = lineage;
    return 0;
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
