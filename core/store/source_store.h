/* source_store.h - the inputs as they were met, and those that could not be taken. */
#ifndef GONGKAI_STORE_SOURCE_STORE_H
#define GONGKAI_STORE_SOURCE_STORE_H

#include "core/store/warehouse.h"
#include "core/text/digest.h"

/* A file as the file system tells it: what has not changed need not be read. All 0 where that is
 * in doubt. `name` is the hash of its name: a file that bears another name is another one, for of one folder
 * known files are told apart by few bits of it. */
struct file_stamp {
    int64_t size, time, inode; /* time: nanoseconds since 1970 */
    uint64_t name;
};

/* What is kept of a stamp, 0 of one in doubt (without inode); and whether two are of the same file with
 * the same content, as far as stamps can tell: those in doubt never are. */
int64_t stamp_digest(const struct file_stamp *stamp);
bool stamp_same(int64_t a, int64_t b);

/* Where an input was met. */
struct source_place {
    struct str path;   /* as given, or below the folder; archive/member */
    int64_t folder_id;
    struct file_stamp stamp;
};

/* The latest version of a path. */
struct source_latest {
    int64_t source_id; /* 0: the path has not been met */
    char sha256[DIGEST_HEX];
    int64_t stamp;     /* digest */
    bool same_hints;
    bool is_input; /* an importer read it: it is no archive */
};

/* The id of a folder, an absolute path; made when new. */
int folder_put(struct warehouse *warehouse, struct str path, int64_t *folder_id, struct err *err);

/* What is known of the path. `hints`: what options and manifest say of it now; saying nothing now
 * counts as the same. */
int source_find(struct warehouse *warehouse, const struct source_place *place, struct str hints,
                struct source_latest *out, struct err *err);

/* Records a version of the path as the latest: bytes of that hash and size. *known: the path has been
 * met before. */
int source_put(struct warehouse *warehouse, const struct source_place *place, const char *sha256,
               int64_t size, const char *format, struct str hints, int64_t run_id,
               int64_t *source_id, bool *known, struct err *err);

/* Records by which importer a source was read, and what was said of it. */
int source_say(struct warehouse *warehouse, int64_t source_id, const char *format, struct str hints,
               struct err *err);

/* Current reports that only earlier versions of the path of a source stated, one a step: report_id,
 * agency, year. NULL with `err` on failure. */
sqlite3_stmt *source_left_behind(struct warehouse *warehouse, const struct source_place *place,
                                 int64_t source_id, struct err *err);

/* Records that the same bytes have another stamp now. */
int source_touch(struct warehouse *warehouse, int64_t source_id, const struct file_stamp *stamp,
                 struct err *err);

/* 16 bits of the hash of a path's name (input_name.hash), and what stands before the name. */
int source_name_hash(struct str path);
struct str source_path_before(struct str path);

/* How many members are known of an archive whose stamp has not changed; 0: read it. */
int source_members(struct warehouse *warehouse, const struct source_place *archive, int64_t *count,
                   struct err *err);

/* Records that the source, or the report `whose` in it (else empty), was rejected. */
int reject_put(struct warehouse *warehouse, int64_t run_id, int64_t source_id, struct str whose,
               const struct err *why, struct err *err);

/* Whether the very same is known of the same bytes under another path, from an earlier run. */
int reject_is_known(struct warehouse *warehouse, int64_t run_id, int64_t source_id,
                    struct str whose, const struct err *why, bool *known, struct err *err);

/* Settles the standing rejects of a path: another version of it has come. */
int reject_settle(struct warehouse *warehouse, int64_t run_id, const struct source_place *place,
                  struct err *err);

#endif
