#include "core/store/known_files.h"

#include <stdlib.h>

#include "core/base/arena.h"
#include "core/store/statement.h"

enum { LEVELS = 32, LEVEL_BYTES = 128 << 20 };

/* A source by its name's hash alone: where a folder has several of one hash it is looked up. */
struct known_file {
    int64_t stamp;
    int16_t hash;
    bool is_input;
};

/* The sources of one folder. */
struct level {
    struct arena arena;
    struct str before; /* what stands before their names */
    struct known_file *file;
    size_t count;
};

/* The folder at hand, and those that it lies in. */
struct known_files {
    struct warehouse *warehouse;
    int64_t folder_id;
    struct level level[LEVELS];
    int depth;
};

int known_files_new(struct known_files **out, struct warehouse *warehouse, int64_t folder_id,
                    struct err *err)
{
    struct known_files *known = calloc(1, sizeof *known);
    if (!known)
        return err_memory(err);
    known->warehouse = warehouse;
    known->folder_id = folder_id;
    for (int i = 0; i < LEVELS; i++)
        known->level[i].arena = arena_new(LEVEL_BYTES);
    *out = known;
    return 0;
}

void known_files_free(struct known_files *known)
{
    for (int i = 0; known && i < LEVELS; i++)
        arena_free(&known->level[i].arena);
    free(known);
}

static int read_folder(struct known_files *known, struct level *level, struct str before,
                       struct err *err)
{
    size_t capacity = 0;
    int got = 0;
    arena_reset(&level->arena);
    level->file = NULL;
    level->count = 0;
    level->before = arena_copy(&level->arena, before);
    sqlite3_stmt *stmt = warehouse_statement(known->warehouse, "store.known_files", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, known->folder_id);
    bind_text(stmt, 2, before);
    while (level->before.p && (got = statement_next(known->warehouse, stmt, err)) > 0) {
        if (arena_grow(&level->arena, &level->file, level->count, &capacity, sizeof *level->file) < 0) {
            level->before.p = NULL;
            break;
        }
        level->file[level->count++] = (struct known_file){.hash = (int16_t)sqlite3_column_int(stmt, 0),
                                                          .stamp = sqlite3_column_int64(stmt, 1),
                                                          .is_input = sqlite3_column_int(stmt, 2)};
    }
    if (got > 0)
        sqlite3_reset(stmt);
    return level->before.p ? got : err_memory(err);
}

/* The sources of the folder that a path lies in. Those that it does not lie in are done with. */
static struct level *enter(struct known_files *known, struct str before, struct err *err)
{
    while (known->depth > 0) {
        struct level *top = &known->level[known->depth - 1];
        if (str_eq(top->before, before))
            return top;
        if (str_starts(before, top->before) && known->depth < LEVELS)
            break;
        known->depth--;
    }
    struct level *level = &known->level[known->depth];
    if (read_folder(known, level, before, err) < 0)
        return NULL;
    known->depth++;
    return level;
}

/* The first of the sources whose hash is no less. */
static size_t find(const struct level *level, int hash)
{
    size_t from = 0, to = level->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (level->file[middle].hash < hash)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

int known_files_unchanged(struct known_files *known, struct str path, const struct file_stamp *stamp,
                          bool *unchanged, struct err *err)
{
    struct level *level = enter(known, source_path_before(path), err);
    if (!level)
        return -1;
    int64_t wanted = stamp_digest(stamp);
    int hash = source_name_hash(path);
    size_t same = 0, agree = 0;
    for (size_t i = find(level, hash); i < level->count && level->file[i].hash == hash; i++) {
        same++;
        agree += level->file[i].is_input && stamp_same(level->file[i].stamp, wanted);
    }
    *unchanged = agree > 0;
    if (same < 2 || agree == 0)
        return 0;
    struct source_place place = {path, known->folder_id, *stamp};
    struct source_latest latest;
    if (source_find(known->warehouse, &place, STR(""), &latest, err) < 0)
        return -1;
    *unchanged = latest.is_input && stamp_same(latest.stamp, wanted);
    return 0;
}
