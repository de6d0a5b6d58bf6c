/* The walk: files of a folder in the order of their names, links and devices left alone. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/intake.h"
#include "core/base/lang.h"
#include "core/base/visible.h"

enum { PATH_MOST = 16 * 1024, DEPTH_MOST = 64, NAMES_MOST = 1 << 20 };

struct walk {
    struct intake *intake;
    struct buf path; /* of the file at hand, to open it by */
    struct arena names;
    size_t root;     /* length of the folder given, with its slash */
    int64_t folder_id;
};

static struct file_stamp stamp_of(const struct stat *st)
{
    return (struct file_stamp){
        .size = st->st_size,
        .time = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec,
        .inode = (int64_t)st->st_ino,
    };
}

static bool is_same(const char *path, const struct stat *st)
{
    struct stat own;
    return lstat(path, &own) == 0 && own.st_dev == st->st_dev && own.st_ino == st->st_ino;
}

/* The warehouse, what lies beside it, or the manifest: told by the name first, which costs
 * nothing, then by the file itself. */
static bool is_ours(const struct walk *walk, const char *name, const struct stat *st)
{
    static const char *const tails[] = {"", "-wal", "-shm", "-journal", ".lock"};
    const char *warehouse = walk->intake->session->warehouse_path;
    const char *manifest = walk->intake->options.manifest;
    const char *slash = strrchr(warehouse, '/'), *base = slash ? slash + 1 : warehouse;
    size_t n = strlen(base);
    char path[PATH_MAX];
    if (strncmp(name, base, n) == 0)
        for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
            if (strcmp(name + n, tails[i]) == 0 &&
                snprintf(path, sizeof path, "%s%s", warehouse, tails[i]) < (int)sizeof path)
                return is_same(path, st);
    return manifest && is_same(manifest, st);
}

/* Droppings of systems and programs. */
static bool is_left_out(const struct walk *walk, const char *name, const struct stat *st)
{
    return name[0] == '.' || strncmp(name, "~$", 2) == 0 || strcasecmp(name, "Thumbs.db") == 0 ||
           strcasecmp(name, "desktop.ini") == 0 || strcmp(name, "__MACOSX") == 0 ||
           is_ours(walk, name, st);
}

static void left_alone(struct walk *walk, const char *why)
{
    struct log *log = &walk->intake->session->log;
    log_begin(log, LOG_INFO, "skipped");
    log_str(log, "path", str_skip(buf_str(&walk->path), walk->root));
    log_end(log, tr(why));
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names of a folder, sorted; freed by the caller with the array. */
static int names_of(DIR *dir, char ***out, size_t *count, struct err *err)
{
    char **names = NULL;
    size_t n = 0, capacity = 0;
    errno = 0;
    for (struct dirent *d; (d = readdir(dir)) != NULL; errno = 0) {
        if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
            continue;
        if (n == capacity) {
            size_t wider = capacity ? capacity * 2 : 64;
            char **more = realloc(names, wider * sizeof *more);
            if (!more)
                goto fail;
            names = more;
            capacity = wider;
        }
        names[n] = strdup(d->d_name);
        if (!names[n])
            goto fail;
        n++;
    }
    if (errno)
        goto fail;
    if (n)
        qsort(names, n, sizeof *names, by_name);
    *out = names;
    *count = n;
    return 0;
fail:
    for (size_t i = 0; i < n; i++)
        free(names[i]);
    free(names);
    return err_memory(err);
}

/* A path as it is shown and stored: names that are not UTF-8 are GB18030, as Chinese Windows
 * writes them, or else have their odd bytes escaped. */
static int shown_path(struct walk *walk, struct str path, struct str *out, struct err *err)
{
    if (encoding_utf8(path) == path.n) {
        *out = path;
        return 0;
    }
    arena_reset(&walk->names);
    if (encoding_decode(out, &walk->names, path, ENCODING_GB18030, NULL) == 0 && out->n > 0)
        return 0;
    struct buf escaped = buf_new(4 * PATH_MOST);
    visible_add(&escaped, path);
    *out = arena_copy(&walk->names, buf_str(&escaped));
    buf_free(&escaped);
    return out->p ? 0 : err_memory(err);
}

static int take_file(struct walk *walk, const struct stat *st, struct err *err)
{
    struct intake_file file = {
        .real = buf_str(&walk->path).p,
        .place = {.folder_id = walk->folder_id, .stamp = stamp_of(st)},
    };
    if (shown_path(walk, str_skip(buf_str(&walk->path), walk->root), &file.place.path, err) < 0 ||
        intake_file(walk->intake, &file, err) < 0)
        return -1;
    return intake_too_many(walk->intake, err);
}

static int walk_folder(struct walk *walk, int depth, struct err *err);

static int walk_entry(struct walk *walk, int folder, const char *name, int depth, struct err *err)
{
    size_t before = walk->path.n;
    struct stat st;
    int status = 0;
    if (session_stopped())
        return err_set(err, ERR_SYSTEM, "the run was asked to stop: nothing of it was kept");
    buf_text(&walk->path, name);
    if (!buf_str(&walk->path).p || walk->path.failed) {
        walk->path.failed = false;
        left_alone(walk, "its path is too long");
    } else if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) < 0) {
        left_alone(walk, "it vanished, or cannot be looked at");
    } else if (is_left_out(walk, name, &st)) {
        status = 0;
    } else if (S_ISDIR(st.st_mode)) {
        buf_char(&walk->path, '/');
        if (depth == DEPTH_MOST)
            left_alone(walk, "it lies too deep");
        else
            status = walk_folder(walk, depth + 1, err);
    } else if (S_ISREG(st.st_mode)) {
        status = take_file(walk, &st, err);
    } else {
        left_alone(walk, S_ISLNK(st.st_mode) ? "links are not followed" : "it is no regular file");
    }
    walk->path.n = before;
    return status;
}

static int walk_folder(struct walk *walk, int depth, struct err *err)
{
    char **names = NULL;
    size_t count = 0;
    DIR *dir = opendir(buf_str(&walk->path).p);
    if (!dir) {
        left_alone(walk, "the folder cannot be opened");
        return 0;
    }
    int status = names_of(dir, &names, &count, err);
    for (size_t i = 0; i < count; i++) {
        if (status == 0)
            status = walk_entry(walk, dirfd(dir), names[i], depth, err);
        free(names[i]);
    }
    free(names);
    closedir(dir);
    return status;
}

/* The absolute path of the folder itself, or of the one that the file lies in. */
static int folder_of(struct intake *intake, const char *path, bool is_folder, int64_t *folder_id,
                     struct err *err)
{
    char *real = realpath(path, NULL);
    if (!real)
        return err_set(err, ERR_USAGE, "%s cannot be found (%s)", path, strerror(errno));
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

int intake_path(struct intake *intake, const char *path, struct err *err)
{
    struct stat st;
    struct walk walk = {.intake = intake, .path = buf_new(PATH_MOST),
                        .names = arena_new(NAMES_MOST)};
    if (strcmp(path, "-") == 0) {
        struct intake_file file = {.real = "-", .place = {.path = STR("-")},
                                   .standard_input = true};
        buf_reset(&intake->folder);
        if (folder_put(intake->warehouse, STR(""), &file.place.folder_id, err) < 0 ||
            intake_file(intake, &file, err) < 0)
            return -1;
        return intake_too_many(intake, err);
    }
    if (stat(path, &st) < 0)
        return err_set(err, ERR_USAGE, "%s cannot be found (%s)", path, strerror(errno));
    bool is_folder = S_ISDIR(st.st_mode);
    if (!is_folder && !S_ISREG(st.st_mode))
        return err_set(err, ERR_USAGE, "%s is neither a file nor a folder", path);
    if (folder_of(intake, path, is_folder, &walk.folder_id, err) < 0)
        return -1;
    buf_text(&walk.path, path);
    if (is_folder && path[strlen(path) - 1] != '/')
        buf_char(&walk.path, '/');
    int status;
    if (!buf_str(&walk.path).p || walk.path.failed) {
        status = err_set(err, ERR_USAGE, "%.200s: the path is too long", path);
    } else if (is_folder) {
        walk.root = walk.path.n;
        status = walk_folder(&walk, 0, err);
    } else {
        status = take_file(&walk, &st, err);
    }
    buf_free(&walk.path);
    arena_free(&walk.names);
    return status;
}
