#include "core/store/agency_index.h"

#include <stdlib.h>

#include "core/store/statement.h"

static uint32_t hash(struct str s)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 16777619u;
    return (h ^ h >> 15) % INDEX_HEADS;
}

struct known *agency_index_name(const struct agencies *agencies, struct str name)
{
    return agencies->by_name[hash(name)];
}

struct known *agency_index_key(const struct agencies *agencies, struct str key)
{
    return agencies->by_key[hash(key)];
}

int agency_index_add(struct agencies *agencies, struct known row)
{
    struct agency_name name;
    struct known *known = arena_alloc(&agencies->arena, sizeof *known);
    arena_reset(&agencies->scratch);
    if (!known || agency_name_read(agencies->gazetteer, agencies->kinds, &agencies->scratch,
                                   row.name, row.last_year, &name) < 0)
        return -1;
    *known = row;
    known->name = arena_copy(&agencies->arena, name.clean);
    known->key = arena_copy(&agencies->arena, name.key);
    known->division = arena_copy(&agencies->arena, row.division);
    if (!known->name.p || !known->key.p || !known->division.p)
        return -1;
    struct known **head = &agencies->by_name[hash(known->name)];
    known->next_name = *head;
    *head = known;
    head = &agencies->by_key[hash(known->key)];
    known->next_key = *head;
    *head = known;
    return 0;
}

static int read_divisions(struct agencies *agencies, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(agencies->warehouse, "agency.divisions", err);
    struct arena arena = arena_new((size_t)256 << 20);
    struct place *places = NULL;
    size_t count = 0, capacity = 0;
    int got = stmt ? 0 : -1;
    while (stmt && (got = statement_next(agencies->warehouse, stmt, err)) > 0) {
        int level = division_level_from(column_str(stmt, 2));
        if (arena_grow(&arena, &places, count, &capacity, sizeof *places) < 0) {
            got = err_memory(err);
            break;
        }
        struct place *p = &places[count++];
        p->code = arena_copy(&arena, column_str(stmt, 0));
        p->name = arena_copy(&arena, column_str(stmt, 1));
        p->level = level < 0 ? LEVEL_COUNTY : (enum division_level)level;
        p->parent = arena_copy(&arena, column_str(stmt, 3));
        p->first_year = sqlite3_column_int(stmt, 4);
        p->last_year = sqlite3_column_int(stmt, 5);
        if (!p->code.p || !p->name.p || !p->parent.p) {
            got = err_memory(err);
            break;
        }
    }
    if (stmt)
        sqlite3_reset(stmt);
    if (got == 0)
        got = gazetteer_new(&agencies->gazetteer, places, (uint32_t)count, err);
    arena_free(&arena);
    return got;
}

static int read_agencies(struct agencies *agencies, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(agencies->warehouse, "agency.names", err);
    int got = stmt ? 0 : -1;
    while (stmt && (got = statement_next(agencies->warehouse, stmt, err)) > 0) {
        int kind = agency_kind_from(column_str(stmt, 3));
        struct known row = {
            .agency_id = sqlite3_column_int64(stmt, 0),
            .name = column_str(stmt, 1),
            .division = column_str(stmt, 2),
            .kind = kind < 0 ? KIND_OTHER : (enum agency_kind)kind,
            .first_year = sqlite3_column_int(stmt, 4),
            .last_year = sqlite3_column_int(stmt, 5),
            .registered = sqlite3_column_int(stmt, 6),
            .alias = sqlite3_column_int(stmt, 7),
        };
        if (agency_index_add(agencies, row) < 0) {
            got = err_memory(err);
            sqlite3_reset(stmt);
            break;
        }
    }
    return got;
}

int agencies_open(struct agencies **out, struct warehouse *warehouse, struct err *err)
{
    struct agencies *agencies = calloc(1, sizeof *agencies);
    if (!agencies)
        return err_memory(err);
    agencies->warehouse = warehouse;
    agencies->arena = arena_new((size_t)1 << 30);
    agencies->scratch = arena_new((size_t)16 << 20);
    if (agency_kinds_new(&agencies->kinds, err) < 0 || read_divisions(agencies, err) < 0 ||
        read_agencies(agencies, err) < 0) {
        agencies_close(agencies);
        return -1;
    }
    *out = agencies;
    return 0;
}

void agencies_close(struct agencies *agencies)
{
    if (!agencies)
        return;
    gazetteer_free(agencies->gazetteer);
    agency_kinds_free(agencies->kinds);
    arena_free(&agencies->arena);
    arena_free(&agencies->scratch);
    free(agencies);
}

const struct gazetteer *agencies_gazetteer(const struct agencies *agencies)
{
    return agencies->gazetteer;
}
