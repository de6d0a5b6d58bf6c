/* From a path of the command line to its files: those of a folder in the order of their paths, links
 * and devices left alone. What has not changed, by size, time and inode, is passed over here. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "cmd/intake.h"
#include "core/base/lang.h"
#include "core/base/visible.h"
#include "core/base/walk.h"
#include "core/store/known_files.h"
#include "core/store/statement.h"
#include "core/text/hash.h"

/* A file can be written again in the tick of the clock that its time shows. The coarsest file
 * systems count two seconds: a file as young as that is known by its hash alone. */
enum { PATH_MOST = 16 * 1024, NAMES_MOST = 1 << 20, SHUT_MOST = 8 << 20, TICK_SECONDS = 2 };

/* A path of the command line. */
struct visit {
    struct intake *intake;
    struct buf path; /* of the file at hand, to open it by */
    size_t root;     /* length of the folder given, with its slash */
    int64_t folder_id;
    struct known_files *known; /* of a folder */
    struct arena names;
    struct stat manifest; /* with no inode: none */
    time_t began;
    struct buf shut;     /* folders that cannot be opened, a NUL behind each */
    struct str left_out; /* a folder below it whose files are not met; empty: none */
};

/* Of a file that lies at this path. */
static struct file_stamp stamp_of(const struct visit *visit, struct str path, const struct stat *st)
{
    if (st->st_mtim.tv_sec >= visit->began - TICK_SECONDS)
        return (struct file_stamp){0};
    return (struct file_stamp){
        .size = st->st_size,
        .time = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec,
        .inode = (int64_t)st->st_ino,
        .name = hash_text(str_skip(path, source_path_before(path).n), 0),
    };
}

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* The warehouse, what lies beside it, or the manifest: the first are told by the name, which costs
 * nothing, then by the file itself. */
static bool is_ours(const struct visit *visit, const char *name, const struct stat *st)
{
    const char *warehouse = visit->intake->session->warehouse_path;
    const char *slash = strrchr(warehouse, '/'), *base = slash ? slash + 1 : warehouse;
    size_t n = strlen(base);
    char path[PATH_MAX];
    struct stat own;
    if (strncmp(name, base, n) == 0)
        for (size_t i = 0; i < WAREHOUSE_FILES; i++)
            if (strcmp(name + n, warehouse_tails[i]) == 0 &&
                snprintf(path, sizeof path, "%s%s", warehouse, warehouse_tails[i]) < (int)sizeof path)
                return lstat(path, &own) == 0 && is_same(&own, st);
    return visit->manifest.st_ino && is_same(&visit->manifest, st);
}

/* Not the droppings of systems and programs. */
static bool is_wanted(const char *name)
{
    return name[0] != '.' && strncmp(name, "~$", 2) != 0 && strcasecmp(name, "Thumbs.db") != 0 &&
           strcasecmp(name, "desktop.ini") != 0 && strcmp(name, "__MACOSX") != 0;
}

static void left_alone(struct visit *visit, struct str path, const char *why)
{
    struct log *log = &visit->intake->session->log;
    log_begin(log, LOG_INFO, "skipped");
    log_str(log, "path", path);
    log_end(log, tr(why));
}

/* Whether another file of the folder bears a name that this one, which is no UTF-8, would be shown by. */
static bool is_taken(const struct visit *visit, struct str shown)
{
    char path[PATH_MAX];
    struct stat st;
    return snprintf(path, sizeof path, "%.*s%.*s", (int)visit->root, visit->path.p, STR_ARG(shown)) <
               (int)sizeof path &&
           lstat(path, &st) == 0;
}

/* A path as it is shown and stored: names that are not UTF-8 are GB18030, as Chinese Windows
 * writes them, or else, and where a file of that name lies beside it, have their odd bytes escaped. */
static int shown_path(struct visit *visit, struct str path, struct str *out, struct err *err)
{
    if (encoding_utf8(path) == path.n) {
        *out = path;
        return 0;
    }
    arena_reset(&visit->names);
    if (encoding_decode(out, &visit->names, path, ENCODING_GB18030, NULL) == 0 && out->n > 0 &&
        !is_taken(visit, *out))
        return 0;
    struct buf escaped = buf_new(4 * PATH_MOST);
    visible_add(&escaped, path);
    while (!escaped.failed && is_taken(visit, buf_str(&escaped)))
        buf_text(&escaped, "#2");
    *out = arena_copy(&visit->names, buf_str(&escaped));
    buf_free(&escaped);
    return out->p ? 0 : err_memory(err);
}

/* Whether the file is one of a folder that has not changed; only asked where nothing is said of any
 * file. (intake_file looks closer.) */
static int passed_over(struct visit *visit, const struct source_place *place, bool *passed,
                       struct err *err)
{
    *passed = false;
    if (!visit->known)
        return 0;
    return known_files_unchanged(visit->known, place->path, &place->stamp, passed, err);
}

/* Takes the file at hand. */
static int take_file(struct visit *visit, const struct stat *st, struct err *err)
{
    struct intake_file file = {
        .real = buf_str(&visit->path).p,
        .place = {.folder_id = visit->folder_id, .stamp = stamp_of(visit, buf_str(&visit->path), st)},
    };
    bool passed;
    if (shown_path(visit, str_skip(buf_str(&visit->path), visit->root), &file.place.path, err) < 0 ||
        passed_over(visit, &file.place, &passed, err) < 0)
        return -1;
    if (passed) {
        intake_unchanged(visit->intake, 1);
        return 0;
    }
    if (intake_file(visit->intake, &file, err) < 0)
        return -1;
    return intake_too_many(visit->intake, err);
}

/* A folder that cannot be opened: nobody knows what lies in it. It is rejected as a file would be; the folder
 * given itself ends the run. */
static int take_shut(struct visit *visit, struct str path, struct err *err)
{
    struct stat none = {.st_mtim.tv_sec = visit->began}; /* in doubt: to be tried again */
    if (path.n == 0)
        return err_set(err, ERR_SYSTEM, "the folder %s cannot be opened; see to its rights, and to how "
                                        "many files may be open at once (ulimit -n)",
                       buf_str(&visit->path).p);
    visit->path.n = visit->root;
    buf_add(&visit->path, path);
    if (!buf_str(&visit->path).p || visit->path.failed)
        return err_memory(err);
    buf_add(&visit->shut, path);
    buf_char(&visit->shut, 0);
    return take_file(visit, &none, err);
}

/* Settles the rejects of folders that could not be opened once and were opened now, or are gone. */
static int settle_opened(struct visit *visit, struct err *err)
{
    struct warehouse *warehouse = visit->intake->warehouse;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.folders_rejected", err);
    int got;
    if (!stmt || visit->shut.failed)
        return stmt ? err_memory(err) : -1;
    sqlite3_bind_int64(stmt, 1, visit->folder_id);
    sqlite3_bind_int(stmt, 2, source_name_hash(STR("")));
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        struct str rest = buf_str(&visit->shut), path, still = column_str(stmt, 1);
        bool shut = false;
        while (!shut && str_split(&rest, 0, &path))
            shut = str_eq(path, still);
        if (shut)
            continue;
        sqlite3_stmt *settle = warehouse_statement(warehouse, "store.rejects_of_settle", err);
        if (!settle)
            return -1;
        sqlite3_bind_int64(settle, 1, sqlite3_column_int64(stmt, 0));
        sqlite3_bind_int64(settle, 2, visit->intake->session->run_id);
        if (statement_run(warehouse, settle, err) < 0)
            return -1;
    }
    return got;
}

/* What the job itself writes inside the folder is no input. */
static bool left_out(const struct visit *visit, struct str path)
{
    struct str folder = visit->left_out;
    return folder.n > 0 && str_starts(path, folder) && path.n > folder.n && path.p[folder.n] == '/';
}

static int take_entry(struct visit *visit, const struct walk_entry *entry, struct err *err)
{
    static const char *const why[] = {
        [WALK_LINK] = "links are not followed",
        [WALK_OTHER] = "it is no regular file",
        [WALK_GONE] = "it vanished, or cannot be looked at",
        [WALK_DEEP] = "it lies too deep",
        [WALK_LONG] = "its path is too long",
    };
    if (session_stopped())
        return err_set(err, ERR_SYSTEM, "the run was asked to stop: nothing of it was kept");
    if (left_out(visit, entry->path))
        return 0;
    if (entry->kind == WALK_SHUT)
        return take_shut(visit, entry->path, err);
    if (entry->kind != WALK_FILE) {
        left_alone(visit, entry->path, why[entry->kind]);
        return 0;
    }
    const char *slash = strrchr(entry->path.p, '/');
    if (is_ours(visit, slash ? slash + 1 : entry->path.p, &entry->st))
        return 0;
    visit->path.n = visit->root;
    buf_add(&visit->path, entry->path);
    if (!buf_str(&visit->path).p || visit->path.failed)
        return err_memory(err);
    return take_file(visit, &entry->st, err);
}

/* Options or a manifest may say something else of a file that has not changed. */
static bool nothing_is_said(const struct intake_options *o)
{
    return !o->manifest && !o->agency.n && !o->division.n && !o->year && !o->scope && !o->encoding;
}

static int take_folder(struct visit *visit, const char *path, struct err *err)
{
    const struct intake_options *options = &visit->intake->options;
    struct walk *walk = NULL;
    struct walk_entry entry;
    int got = -1;
    visit->root = visit->path.n;
    if (nothing_is_said(options) && !options->rehash &&
        known_files_new(&visit->known, visit->intake->warehouse, visit->folder_id, err) < 0)
        return -1;
    if (walk_new(&walk, path, is_wanted, err) == 0)
        while ((got = walk_next(walk, &entry, err)) > 0)
            if (take_entry(visit, &entry, err) < 0) {
                got = -1;
                break;
            }
    walk_free(walk);
    known_files_free(visit->known);
    return got < 0 ? -1 : settle_opened(visit, err);
}

/* The absolute path of the folder itself, or of the one that the file lies in. */
static int folder_of(struct intake *intake, const char *path, bool is_folder, int64_t *folder_id,
                     struct err *err)
{
    char *real = realpath(path, NULL);
    if (!real)
        return errno == ENOMEM ? err_refused(err)
                               : err_set(err, ERR_USAGE, "%s cannot be found (%s)", path, strerror(errno));
    char *slash = strrchr(real, '/');
    if (!is_folder && slash)
        *(slash == real ? slash + 1 : slash) = 0;
    int status = folder_put(intake->warehouse, str_from(real), folder_id, err);
    buf_reset(&intake->folder);
    buf_text(&intake->folder, real);
    free(real);
    if (status == 0 && !buf_str(&intake->folder).p)
        status = err_memory(err);
    return status;
}

/* The part of a path below a folder, both as realpath gives them; empty when it does not lie there. */
static struct str below(struct str folder, struct str path)
{
    bool top = folder.n == 1; /* the root alone ends in a slash */
    if (!str_starts(path, folder) || path.n <= folder.n || (!top && path.p[folder.n] != '/'))
        return (struct str){0};
    return str_skip(path, folder.n + !top);
}

static int take_standard_input(struct intake *intake, struct err *err)
{
    struct intake_file file = {.real = "-", .place = {.path = STR("-")}, .standard_input = true};
    buf_reset(&intake->folder);
    if (folder_put(intake->warehouse, STR(""), &file.place.folder_id, err) < 0 ||
        intake_file(intake, &file, err) < 0)
        return -1;
    return intake_too_many(intake, err);
}

int intake_path(struct intake *intake, const char *path, struct err *err)
{
    struct stat st;
    struct visit visit = {.intake = intake, .path = buf_new(PATH_MOST),
                          .names = arena_new(NAMES_MOST), .began = time(NULL),
                          .shut = buf_new(SHUT_MOST)};
    if (strcmp(path, "-") == 0)
        return take_standard_input(intake, err);
    if (stat(path, &st) < 0)
        return err_set(err, ERR_USAGE, "%s cannot be found (%s)", path, strerror(errno));
    bool is_folder = S_ISDIR(st.st_mode);
    if (!is_folder && !S_ISREG(st.st_mode))
        return err_set(err, ERR_USAGE, "%s is neither a file nor a folder", path);
    if (folder_of(intake, path, is_folder, &visit.folder_id, err) < 0)
        return -1;
    char *outside = intake->options.leave_out ? realpath(intake->options.leave_out, NULL) : NULL;
    if (outside && is_folder)
        visit.left_out = below(buf_str(&intake->folder), str_from(outside));
    if (!intake->options.manifest || lstat(intake->options.manifest, &visit.manifest) < 0)
        visit.manifest = (struct stat){0};
    buf_text(&visit.path, path);
    if (is_folder && path[strlen(path) - 1] != '/')
        buf_char(&visit.path, '/');
    int status;
    if (err_refused_met())
        status = err_memory(err);
    else if (!buf_str(&visit.path).p || visit.path.failed)
        status = err_set(err, ERR_USAGE, "%.200s: the path is too long", path);
    else
        status = is_folder ? take_folder(&visit, path, err) : take_file(&visit, &st, err);
    free(outside);
    buf_free(&visit.path);
    buf_free(&visit.shut);
    arena_free(&visit.names);
    return status;
}
