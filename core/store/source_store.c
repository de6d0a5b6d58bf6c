#include "core/store/source_store.h"

#include <string.h>

#include "core/store/statement.h"

bool stamp_same(const struct file_stamp *a, const struct file_stamp *b)
{
    return a->inode != 0 && a->size == b->size && a->time == b->time && a->inode == b->inode;
}

int folder_put(struct warehouse *warehouse, struct str path, int64_t *folder_id, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.folder", err);
    if (!stmt)
        return -1;
    bind_text(stmt, 1, path);
    int got = statement_next(warehouse, stmt, err);
    if (got < 0)
        return -1;
    if (got > 0) {
        *folder_id = sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
        return 0;
    }
    stmt = warehouse_statement(warehouse, "store.folder_new", err);
    if (!stmt)
        return -1;
    bind_text(stmt, 1, path);
    if (statement_run(warehouse, stmt, err) < 0)
        return -1;
    *folder_id = sqlite3_last_insert_rowid(warehouse->db);
    return 0;
}

int source_find(struct warehouse *warehouse, const struct source_place *place, struct str hints,
                struct source_latest *out, struct err *err)
{
    *out = (struct source_latest){0};
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.source_latest", err);
    if (!stmt)
        return -1;
    bind_text(stmt, 1, place->path);
    sqlite3_bind_int64(stmt, 2, place->folder_id);
    int got = statement_next(warehouse, stmt, err);
    if (got <= 0)
        return got;
    struct str sha = column_str(stmt, 1);
    out->source_id = sqlite3_column_int64(stmt, 0);
    if (sha.n == DIGEST_HEX - 1)
        memcpy(out->sha256, sha.p, DIGEST_HEX);
    out->stamp = (struct file_stamp){sqlite3_column_int64(stmt, 2), sqlite3_column_int64(stmt, 3),
                                     sqlite3_column_int64(stmt, 4)};
    out->same_hints = hints.n == 0 || str_eq(hints, column_str(stmt, 5));
    out->is_input = sqlite3_column_bytes(stmt, 6) > 0;
    sqlite3_reset(stmt);
    return 0;
}

static void bind_stamp(sqlite3_stmt *stmt, int at, const struct file_stamp *stamp)
{
    sqlite3_bind_int64(stmt, at, stamp->size);
    sqlite3_bind_int64(stmt, at + 1, stamp->time);
    sqlite3_bind_int64(stmt, at + 2, stamp->inode);
}

int source_put(struct warehouse *warehouse, const struct source_place *place, int64_t original_id,
               const char *format, struct str hints, int64_t run_id, int64_t *source_id,
               struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.source_put", err);
    if (!stmt)
        return -1;
    bind_text(stmt, 1, place->path);
    sqlite3_bind_int64(stmt, 2, place->folder_id);
    sqlite3_bind_int64(stmt, 3, original_id);
    bind_text(stmt, 4, str_from(format));
    bind_text(stmt, 5, hints);
    bind_stamp(stmt, 6, &place->stamp);
    sqlite3_bind_int64(stmt, 9, run_id);
    int got = statement_next(warehouse, stmt, err);
    if (got < 0)
        return -1;
    *source_id = got ? sqlite3_column_int64(stmt, 0) : 0;
    sqlite3_reset(stmt);
    return 0;
}

int source_touch(struct warehouse *warehouse, int64_t source_id, const struct file_stamp *stamp,
                 struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.source_touch", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, source_id);
    bind_stamp(stmt, 2, stamp);
    return statement_run(warehouse, stmt, err);
}

int source_members(struct warehouse *warehouse, const struct source_place *archive, int64_t *count,
                   struct err *err)
{
    *count = 0;
    if (archive->stamp.inode == 0)
        return 0;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.members_unchanged", err);
    if (!stmt)
        return -1;
    bind_text(stmt, 1, archive->path);
    sqlite3_bind_int64(stmt, 2, archive->folder_id);
    bind_stamp(stmt, 3, &archive->stamp);
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
                    int64_t original_id, struct str whose, const struct err *why, bool *known,
                    struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.reject_known", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, original_id);
    sqlite3_bind_int64(stmt, 2, source_id);
    sqlite3_bind_int64(stmt, 3, run_id);
    sqlite3_bind_int64(stmt, 4, why->line);
    bind_text(stmt, 5, reason_of(why));
    bind_text(stmt, 6, whose);
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
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.rejects_settle", err);
    if (!stmt)
        return -1;
    bind_text(stmt, 1, place->path);
    sqlite3_bind_int64(stmt, 2, place->folder_id);
    sqlite3_bind_int64(stmt, 3, run_id);
    return statement_run(warehouse, stmt, err);
}
