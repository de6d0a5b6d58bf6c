#include "core/store/source_store.h"

#include <endian.h>
#include <string.h>

#include "core/store/shared.h"
#include "core/store/statement.h"
#include "core/store/titled.h"
#include "core/text/hash.h"

int64_t stamp_digest(const struct file_stamp *stamp)
{
    const uint64_t parts[] = {htole64((uint64_t)stamp->size), htole64((uint64_t)stamp->time),
                              htole64((uint64_t)stamp->inode)};
    if (!stamp->inode)
        return 0;
    uint64_t hash = hash_text((struct str){(const char *)parts, sizeof parts}, stamp->name);
    return (int64_t)(hash << 16) >> 16; /* SQLite keeps these in six bytes */
}

bool stamp_same(int64_t a, int64_t b)
{
    return a && a == b;
}

/* What stands before the name of a path, with its slash, and the name. */
static void take_apart(struct str path, struct str *before, struct str *name)
{
    const char *slash = path.n ? memrchr(path.p, '/', path.n) : NULL;
    size_t at = slash ? (size_t)(slash - path.p) + 1 : 0;
    *before = str_slice(path, 0, at);
    *name = str_skip(path, at);
}

struct str source_path_before(struct str path)
{
    struct str before, name;
    take_apart(path, &before, &name);
    return before;
}

int source_name_hash(struct str path)
{
    struct str before, name;
    take_apart(path, &before, &name);
    return (int16_t)hash_text(name, 0);
}

int folder_put(struct warehouse *warehouse, struct str path, int64_t *folder_id, struct err *err)
{
    return shared_text(warehouse, SHARED_FOLDER, path, folder_id, err);
}

/* A statement that looks for a path by its first four parameters. */
static sqlite3_stmt *at_path(struct warehouse *warehouse, const char *statement,
                             const struct source_place *place, struct err *err)
{
    struct str before, name;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, statement, err);
    if (!stmt)
        return NULL;
    take_apart(place->path, &before, &name);
    sqlite3_bind_int64(stmt, 1, place->folder_id);
    bind_text(stmt, 2, before);
    sqlite3_bind_int(stmt, 3, source_name_hash(place->path));
    bind_text(stmt, 4, place->path);
    return stmt;
}

int source_find(struct warehouse *warehouse, const struct source_place *place, struct str hints,
                struct source_latest *out, struct err *err)
{
    *out = (struct source_latest){0};
    sqlite3_stmt *stmt = at_path(warehouse, "store.source_latest", place, err);
    if (!stmt)
        return -1;
    int got = statement_next(warehouse, stmt, err);
    if (got <= 0)
        return got;
    struct str sha = column_str(stmt, 1);
    out->source_id = sqlite3_column_int64(stmt, 0);
    if (sha.n == DIGEST_HEX - 1)
        memcpy(out->sha256, sha.p, DIGEST_HEX);
    out->stamp = sqlite3_column_int64(stmt, 2);
    out->same_hints = hints.n == 0 || str_eq(hints, column_str(stmt, 3));
    out->is_input = sqlite3_column_bytes(stmt, 4) > 0;
    sqlite3_reset(stmt);
    return 0;
}

/* The path's version with these bytes, 0: there is none. */
static int find_version(struct warehouse *warehouse, const struct source_place *place,
                        const char *sha256, int64_t *source_id, bool *known, struct err *err)
{
    sqlite3_stmt *stmt = at_path(warehouse, "store.source_versions", place, err);
    if (!stmt)
        return -1;
    bind_hex(stmt, 5, sha256);
    int got;
    *source_id = 0;
    *known = false;
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        *known = true;
        if (sqlite3_column_int(stmt, 1))
            *source_id = sqlite3_column_int64(stmt, 0);
    }
    return got;
}

/* The name of a new source. */
static int bind_name(struct warehouse *warehouse, sqlite3_stmt *stmt, int64_t source_id,
                     struct str name, struct err *err)
{
    struct titled titled = titled_split(name);
    int64_t head, tail;
    if (!titled.year) {
        bind_text(stmt, 3, name);
        return 0;
    }
    if (shared_text(warehouse, SHARED_PHRASE, titled.head, &head, err) < 0 ||
        shared_text(warehouse, SHARED_PHRASE, titled.tail, &tail, err) < 0)
        return -1;
    warehouse->named_source = source_id;
    warehouse->named_head = head;
    sqlite3_bind_int64(stmt, 4, head);
    sqlite3_bind_int(stmt, 5, titled.year);
    sqlite3_bind_int64(stmt, 6, tail);
    return 0;
}

static int add_version(struct warehouse *warehouse, const struct source_place *place,
                       const char *sha256, int64_t size, int64_t format, struct str hints,
                       int64_t run_id, int64_t *source_id, struct err *err)
{
    struct str before, name;
    int64_t subfolder;
    take_apart(place->path, &before, &name);
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.source_new", err);
    if (!stmt || shared_subfolder(warehouse, place->folder_id, before, &subfolder, err) < 0 ||
        warehouse_number(warehouse, source_id, err) < 0 ||
        bind_name(warehouse, stmt, *source_id, name, err) < 0)
        return -1;
    sqlite3_bind_int64(stmt, 1, *source_id);
    sqlite3_bind_int64(stmt, 2, subfolder);
    bind_hex(stmt, 7, sha256);
    sqlite3_bind_int64(stmt, 8, size);
    sqlite3_bind_int64(stmt, 9, stamp_digest(&place->stamp));
    sqlite3_bind_int64(stmt, 10, format);
    bind_text(stmt, 11, hints);
    sqlite3_bind_int64(stmt, 12, run_id);
    if (statement_run(warehouse, stmt, err) < 0)
        return -1;
    warehouse->new_source = *source_id;
    stmt = warehouse_statement(warehouse, "store.source_name", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, subfolder);
    sqlite3_bind_int(stmt, 2, source_name_hash(name));
    sqlite3_bind_int64(stmt, 3, *source_id);
    return statement_run(warehouse, stmt, err);
}

int source_put(struct warehouse *warehouse, const struct source_place *place, const char *sha256,
               int64_t size, const char *format, struct str hints, int64_t run_id,
               int64_t *source_id, bool *known, struct err *err)
{
    int64_t format_id;
    if (shared_text(warehouse, SHARED_FORMAT, str_from(format), &format_id, err) < 0 ||
        find_version(warehouse, place, sha256, source_id, known, err) < 0)
        return -1;
    if (!*source_id)
        return add_version(warehouse, place, sha256, size, format_id, hints, run_id, source_id, err);
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.source_again", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, *source_id);
    sqlite3_bind_int64(stmt, 2, stamp_digest(&place->stamp));
    sqlite3_bind_int64(stmt, 3, format_id);
    bind_text(stmt, 4, hints);
    sqlite3_bind_int64(stmt, 5, run_id);
    return statement_run(warehouse, stmt, err);
}

int source_say(struct warehouse *warehouse, int64_t source_id, const char *format, struct str hints,
               struct err *err)
{
    int64_t format_id;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.source_hints", err);
    if (!stmt || shared_text(warehouse, SHARED_FORMAT, str_from(format), &format_id, err) < 0)
        return -1;
    sqlite3_bind_int64(stmt, 1, source_id);
    bind_text(stmt, 2, hints);
    sqlite3_bind_int64(stmt, 3, format_id);
    return statement_run(warehouse, stmt, err);
}

int source_touch(struct warehouse *warehouse, int64_t source_id, const struct file_stamp *stamp,
                 struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.source_touch", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, source_id);
    sqlite3_bind_int64(stmt, 2, stamp_digest(stamp));
    return statement_run(warehouse, stmt, err);
}

sqlite3_stmt *source_left_behind(struct warehouse *warehouse, const struct source_place *place,
                                 int64_t source_id, struct err *err)
{
    sqlite3_stmt *stmt = at_path(warehouse, "store.left_behind", place, err);
    if (stmt)
        sqlite3_bind_int64(stmt, 5, source_id);
    return stmt;
}

int source_members(struct warehouse *warehouse, const struct source_place *archive, int64_t *count,
                   struct err *err)
{
    *count = 0;
    if (archive->stamp.inode == 0)
        return 0;
    *count = 0;
    if (!stamp_digest(&archive->stamp))
        return 0;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.members_unchanged", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, archive->folder_id);
    bind_text(stmt, 2, archive->path);
    sqlite3_bind_int64(stmt, 3, stamp_digest(&archive->stamp));
    int got = statement_next(warehouse, stmt, err);
    if (got < 0)
        return -1;
    *count = got ? sqlite3_column_int64(stmt, 0) : 0;
    sqlite3_reset(stmt);
    return 0;
}

static struct str reason_of(const struct err *why)
{
    return str_from(why->reason && *why->reason ? why->reason : "unreadable");
}

int reject_is_known(struct warehouse *warehouse, int64_t run_id, int64_t source_id,
                    struct str whose, const struct err *why, bool *known, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.reject_known", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, source_id);
    sqlite3_bind_int64(stmt, 2, run_id);
    sqlite3_bind_int64(stmt, 3, why->line);
    bind_text(stmt, 4, reason_of(why));
    bind_text(stmt, 5, whose);
    int got = statement_next(warehouse, stmt, err);
    if (got < 0)
        return -1;
    *known = got > 0 && sqlite3_column_int(stmt, 0);
    sqlite3_reset(stmt);
    return 0;
}

int reject_put(struct warehouse *warehouse, int64_t run_id, int64_t source_id, struct str whose,
               const struct err *why, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.reject_new", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, run_id);
    sqlite3_bind_int64(stmt, 2, source_id);
    sqlite3_bind_int64(stmt, 3, why->line);
    bind_text(stmt, 4, reason_of(why));
    bind_text(stmt, 5, str_from(why->english));
    bind_text(stmt, 6, str_from(why->chinese));
    bind_text(stmt, 7, whose);
    return statement_run(warehouse, stmt, err);
}

int reject_settle(struct warehouse *warehouse, int64_t run_id, const struct source_place *place,
                  struct err *err)
{
    sqlite3_stmt *stmt = at_path(warehouse, "store.rejects_settle", place, err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 5, run_id);
    return statement_run(warehouse, stmt, err);
}
