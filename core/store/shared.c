#include "core/store/shared.h"

#include <stdlib.h>
#include <sys/random.h>

#include "core/store/statement.h"
#include "core/text/hash.h"

/* A place for each id by the hash of its key; a newer one takes the place of an older one. The hash
 * is not known outside this process, so that no input can be made to be taken for another. */
enum { PLACES = 1 << 15 };

struct shared {
    uint64_t seed;
    struct {
        uint64_t hash;
        int64_t id; /* 0: none */
    } place[PLACES];
};

/* What ids are of; those of enum shared_text come first. */
enum { OF_SUBFOLDER = SHARED_FOLDER + 1, OF_PRESENCE, OF_OUTLINE, OF_ORIGIN, OF_KIND };

void shared_forget(struct warehouse *warehouse)
{
    free(warehouse->shared);
    warehouse->shared = NULL;
}

static struct shared *memory(struct warehouse *warehouse)
{
    struct shared *s = warehouse->shared;
    if (s)
        return s;
    s = calloc(1, sizeof *s);
    if (s && getrandom(&s->seed, sizeof s->seed, GRND_NONBLOCK) != (ssize_t)sizeof s->seed)
        s->seed = (uint64_t)(uintptr_t)s;
    warehouse->shared = s;
    return s;
}

/* The key of something, 0 when there is no memory: then nothing is remembered. */
static uint64_t key_of(struct warehouse *warehouse, int what, int64_t number, struct str text)
{
    struct shared *s = memory(warehouse);
    return s ? hash_text(text, s->seed + (uint64_t)number * 16 + (uint64_t)what) : 0;
}

static bool recall(struct warehouse *warehouse, uint64_t key, int64_t *id)
{
    struct shared *s = warehouse->shared;
    if (!s || s->place[key % PLACES].hash != key || s->place[key % PLACES].id == 0)
        return false;
    *id = s->place[key % PLACES].id;
    return true;
}

static void remember(struct warehouse *warehouse, uint64_t key, int64_t id)
{
    struct shared *s = warehouse->shared;
    if (!s)
        return;
    s->place[key % PLACES].hash = key;
    s->place[key % PLACES].id = id;
}

/* Runs a query of one id: 1 with it, 0 when there is none. */
static int ask(struct warehouse *warehouse, sqlite3_stmt *stmt, int64_t *id, struct err *err)
{
    int got = statement_next(warehouse, stmt, err);
    if (got > 0) {
        *id = sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
    }
    return got;
}

static int made(struct warehouse *warehouse, sqlite3_stmt *stmt, int64_t *id, struct err *err)
{
    if (statement_run(warehouse, stmt, err) < 0)
        return -1;
    *id = sqlite3_last_insert_rowid(warehouse->db);
    return 0;
}

/* Phrases are many and found by a digest, the others by themselves. */
static void bind_key(sqlite3_stmt *stmt, enum shared_text table, struct str text)
{
    bind_text(stmt, 1, text);
    if (table == SHARED_PHRASE)
        sqlite3_bind_int(stmt, 2, (int32_t)hash_text(text, 0));
}

int shared_text(struct warehouse *warehouse, enum shared_text table, struct str text, int64_t *id,
                struct err *err)
{
    static const char *const find[] = {"store.phrase", "store.format", "store.heading",
                                       "store.folder"};
    static const char *const make[] = {"store.phrase_new", "store.format_new", "store.heading_new",
                                       "store.folder_new"};
    uint64_t key = key_of(warehouse, table, 0, text);
    if (recall(warehouse, key, id))
        return 0;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, find[table], err);
    if (!stmt)
        return -1;
    bind_key(stmt, table, text);
    int got = ask(warehouse, stmt, id, err);
    if (got == 0) {
        stmt = warehouse_statement(warehouse, make[table], err);
        if (!stmt)
            return -1;
        bind_key(stmt, table, text);
        got = made(warehouse, stmt, id, err);
    }
    if (got >= 0)
        remember(warehouse, key, *id);
    return got < 0 ? -1 : 0;
}

int shared_subfolder(struct warehouse *warehouse, int64_t folder_id, struct str path, int64_t *id,
                     struct err *err)
{
    static const char *const names[] = {"store.subfolder", "store.subfolder_new"};
    uint64_t key = key_of(warehouse, OF_SUBFOLDER, folder_id, path);
    if (recall(warehouse, key, id))
        return 0;
    int got = 0;
    for (int i = 0; i < 2 && got == 0; i++) {
        sqlite3_stmt *stmt = warehouse_statement(warehouse, names[i], err);
        if (!stmt)
            return -1;
        sqlite3_bind_int64(stmt, 1, folder_id);
        bind_text(stmt, 2, path);
        got = i == 0 ? ask(warehouse, stmt, id, err) : made(warehouse, stmt, id, err);
    }
    if (got >= 0)
        remember(warehouse, key, *id);
    return got < 0 ? -1 : 0;
}

/* The id behind a digest: 1 when it is there, 0 when it has been made just now. */
static int by_digest(struct warehouse *warehouse, int what, int64_t digest, struct str data,
                     int64_t *id, struct err *err)
{
    static const char *const find[] = {"store.presence", "store.outline", "store.origin"};
    static const char *const make[] = {"store.presence_new", "store.outline_new",
                                       "store.origin_new"};
    struct str bytes = {(const char *)&digest, sizeof digest};
    uint64_t key = key_of(warehouse, what, 0, bytes);
    if (recall(warehouse, key, id))
        return 1;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, find[what - OF_PRESENCE], err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, digest);
    int got = ask(warehouse, stmt, id, err);
    if (got == 0) {
        stmt = warehouse_statement(warehouse, make[what - OF_PRESENCE], err);
        if (!stmt)
            return -1;
        sqlite3_bind_int64(stmt, 1, digest);
        if (data.p)
            sqlite3_bind_blob64(stmt, 2, data.p, data.n, SQLITE_STATIC);
        if (made(warehouse, stmt, id, err) < 0)
            return -1;
    }
    if (got >= 0)
        remember(warehouse, key, *id);
    return got;
}

int shared_presence(struct warehouse *warehouse, const struct report *report,
                    const struct prepared *prepared, int64_t *id, struct err *err)
{
    int got = by_digest(warehouse, OF_PRESENCE, prepared->presence, (struct str){0}, id, err);
    for (uint32_t i = 0; got == 0 && i < report->fact_count; i++) {
        sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.presence_cell", err);
        if (!stmt)
            return -1;
        sqlite3_bind_int64(stmt, 1, *id);
        sqlite3_bind_int(stmt, 2, report->facts[i].cell);
        if (statement_run(warehouse, stmt, err) < 0)
            return -1;
    }
    return got < 0 ? -1 : 0;
}

int shared_outline(struct warehouse *warehouse, const struct prepared *prepared, int64_t *id,
                   struct err *err)
{
    int got = by_digest(warehouse, OF_OUTLINE, prepared->outline, (struct str){0}, id, err);
    for (uint32_t i = 0; got == 0 && i < prepared->section_count; i++) {
        int64_t heading;
        if (shared_text(warehouse, SHARED_HEADING, prepared->sections[i].heading, &heading, err) < 0)
            return -1;
        sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.outline_section", err);
        if (!stmt)
            return -1;
        sqlite3_bind_int64(stmt, 1, *id);
        sqlite3_bind_int64(stmt, 2, i + 1);
        sqlite3_bind_int(stmt, 3, prepared->sections[i].number);
        sqlite3_bind_int64(stmt, 4, heading);
        if (statement_run(warehouse, stmt, err) < 0)
            return -1;
    }
    return got < 0 ? -1 : 0;
}

int shared_origin(struct warehouse *warehouse, const struct prepared *prepared, int64_t *id,
                  struct err *err)
{
    return by_digest(warehouse, OF_ORIGIN, prepared->origin, prepared->lines, id, err) < 0 ? -1 : 0;
}

int shared_prose_kind(struct warehouse *warehouse, const struct prose_figure *figure, int64_t *id,
                      struct err *err)
{
    static const char *const names[] = {"store.prose_kind", "store.prose_kind_new"};
    uint64_t unit = hash_text(figure->unit, (uint64_t)figure->section << 8 | figure->decimals);
    uint64_t key = key_of(warehouse, OF_KIND, (int64_t)unit, figure->measure);
    if (recall(warehouse, key, id))
        return 0;
    int got = 0;
    for (int i = 0; i < 2 && got == 0; i++) {
        sqlite3_stmt *stmt = warehouse_statement(warehouse, names[i], err);
        if (!stmt)
            return -1;
        sqlite3_bind_int(stmt, 1, figure->section);
        bind_text(stmt, 2, figure->unit);
        bind_text(stmt, 3, figure->measure);
        sqlite3_bind_int(stmt, 4, figure->decimals);
        got = i == 0 ? ask(warehouse, stmt, id, err) : made(warehouse, stmt, id, err);
    }
    if (got >= 0)
        remember(warehouse, key, *id);
    return got < 0 ? -1 : 0;
}
