#include "core/store/known_files.h"

#include <stdlib.h>

#include "core/base/arena.h"
#include "core/store/statement.h"

enum { CHUNK = 4096, CHUNK_BYTES = 64 << 20 };

struct known_file {
    struct str path, hints;
    struct source_latest latest;
    int64_t last_run;
};

/* A chunk of paths at a time, so that no query stands open while others write. */
struct known_files {
    struct warehouse *warehouse;
    int64_t folder_id;
    struct known_file *file;
    size_t count, at, capacity;
    struct arena arena; /* of the chunk */
    bool more;          /* there are paths behind the chunk */
};

int known_files_new(struct known_files **out, struct warehouse *warehouse, int64_t folder_id,
                    struct err *err)
{
    struct known_files *known = calloc(1, sizeof *known);
    if (!known)
        return err_memory(err);
    *known = (struct known_files){
        .warehouse = warehouse,
        .folder_id = folder_id,
        .arena = arena_new(CHUNK_BYTES),
        .more = true,
    };
    *out = known;
    return 0;
}

void known_files_free(struct known_files *known)
{
    if (!known)
        return;
    arena_free(&known->arena);
    free(known);
}

/* Adds a row; of several versions of a path the one met last stays. */
static int add_version(struct known_files *known, sqlite3_stmt *stmt, struct str path)
{
    struct known_file version = {
        .last_run = sqlite3_column_int64(stmt, 6),
        .latest = {.source_id = sqlite3_column_int64(stmt, 7),
                   .stamp = {sqlite3_column_int64(stmt, 1), sqlite3_column_int64(stmt, 2),
                             sqlite3_column_int64(stmt, 3)},
                   .is_input = sqlite3_column_bytes(stmt, 5) > 0},
    };
    struct known_file *last = known->count ? &known->file[known->count - 1] : NULL;
    bool other = !last || !str_eq(last->path, path);
    if (!other && (version.last_run < last->last_run ||
                   (version.last_run == last->last_run &&
                    version.latest.source_id < last->latest.source_id)))
        return 0;
    version.path = other ? arena_copy(&known->arena, path) : last->path;
    version.hints = arena_copy(&known->arena, column_str(stmt, 4));
    if (!version.path.p || !version.hints.p ||
        (other && arena_grow(&known->arena, &known->file, known->count, &known->capacity,
                             sizeof *known->file) < 0))
        return -1;
    known->count += other;
    known->file[known->count - 1] = version;
    return 0;
}

/* Reads the chunk behind `after`, to the end of a path's versions. */
static int read_chunk(struct known_files *known, struct str after, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(known->warehouse, "store.known_files", err);
    if (!stmt)
        return -1;
    int got, status = 0;
    bind_text(stmt, 1, after);
    sqlite3_bind_int64(stmt, 2, known->folder_id);
    arena_reset(&known->arena);
    known->file = NULL;
    known->count = known->at = known->capacity = 0;
    known->more = false;
    while (status == 0 && (got = statement_next(known->warehouse, stmt, err)) != 0) {
        struct str path = column_str(stmt, 0);
        known->more = got > 0 && known->count >= CHUNK &&
                      !str_eq(path, known->file[known->count - 1].path);
        if (known->more)
            break;
        if (got < 0 || add_version(known, stmt, path) < 0)
            status = got < 0 ? -1 : err_memory(err);
    }
    sqlite3_reset(stmt);
    return status;
}

int known_files_find(struct known_files *known, struct str path, struct str hints,
                     struct source_latest *out, struct err *err)
{
    *out = (struct source_latest){0};
    while (known->at < known->count || known->more) {
        if (known->at == known->count) {
            struct str last = known->count ? known->file[known->count - 1].path : STR("");
            if (read_chunk(known, last, err) < 0)
                return -1;
            continue;
        }
        const struct known_file *file = &known->file[known->at];
        int order = str_cmp(file->path, path);
        if (order == 0) {
            *out = file->latest;
            out->same_hints = hints.n == 0 || str_eq(hints, file->hints);
        }
        if (order >= 0)
            return 0;
        known->at++;
    }
    return 0;
}
