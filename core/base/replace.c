#include "core/base/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER = 1 << 16 };

struct replace {
    int folder, file, old; /* descriptors; `old` is -1 when there is no old file */
    mode_t mode;           /* of the old file */
    bool same;             /* all bytes so far are the old ones */
    off_t written;
    size_t used;
    char *shown; /* the path for messages */
    char name[NAME_MAX + 1], fresh[NAME_MAX + 8];
    char buffer[BUFFER], other[BUFFER];
};

static int failed(const struct replace *r, struct err *err)
{
    int code = errno;
    return err_set(err, ERR_SYSTEM, "writing %s failed: %s; the file that was there is untouched",
                   r->shown, strerror(code));
}

static void release(struct replace *r)
{
    if (r->file >= 0)
        close(r->file);
    if (r->old >= 0)
        close(r->old);
    if (r->folder >= 0)
        close(r->folder);
    free(r->shown);
    free(r);
}

/* Descends from descriptor `at` (which it closes) along the folders of `name`, making them when
 * `make`, never through a link. Returns the descriptor of the last one and the name left over. */
static int descend(int at, const char *name, bool make, const char **last)
{
    char part[NAME_MAX + 1];
    for (const char *slash; at >= 0 && (slash = strchr(name, '/')) != NULL; name = slash + 1) {
        size_t n = (size_t)(slash - name);
        if (n == 0)
            continue;
        if (n > NAME_MAX || (n == 2 && memcmp(name, "..", 2) == 0)) {
            close(at);
            errno = EINVAL;
            return -1;
        }
        memcpy(part, name, n);
        part[n] = 0;
        bool made = make && mkdirat(at, part, 0777) == 0;
        if (make && !made && errno != EEXIST) {
            int code = errno;
            close(at);
            errno = code;
            return -1;
        }
        if (made)
            fsync(at); /* as after a rename */
        int next = openat(at, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        int code = errno;
        close(at);
        errno = code;
        at = next;
    }
    *last = name;
    return at;
}

/* Opens the old file to compare with. A link or a device there is refused. */
static int open_old(struct replace *r, struct err *err)
{
    struct stat st;
    r->mode = 0;
    if (fstatat(r->folder, r->name, &st, AT_SYMLINK_NOFOLLOW) < 0)
        return errno == ENOENT ? 0 : failed(r, err);
    if (!S_ISREG(st.st_mode))
        return err_set(err, ERR_SYSTEM,
                       "%s is a link or no regular file; remove it or name another output",
                       r->shown);
    r->old = openat(r->folder, r->name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    r->mode = st.st_mode & 0777;
    return 0; /* one that cannot be read is replaced all the same */
}

/* Takes the new file's name: makes it, or takes over what a killed run left, under a lock. A lock
 * won on a file that was renamed meanwhile is worth nothing: try again. */
static int open_fresh(struct replace *r, struct err *err)
{
    for (int tries = 0; tries < 100; tries++) {
        r->file = openat(r->folder, r->fresh, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
        if (r->file < 0)
            return failed(r, err);
        struct stat mine, named;
        if (flock(r->file, LOCK_EX | LOCK_NB) < 0) {
            if (errno != EWOULDBLOCK)
                return failed(r, err);
            return err_set(err, ERR_BUSY, "another run is writing %s; try again when it has ended",
                           r->shown);
        }
        if (fstat(r->file, &mine) < 0)
            return failed(r, err);
        if (fstatat(r->folder, r->fresh, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
            mine.st_ino == named.st_ino && mine.st_dev == named.st_dev) {
            if (!S_ISREG(mine.st_mode) || mine.st_nlink != 1)
                return err_set(err, ERR_SYSTEM, "%s: its temporary file %s is not ours; remove it",
                               r->shown, r->fresh);
            return ftruncate(r->file, 0) < 0 ? failed(r, err) : 0;
        }
        close(r->file);
        r->file = -1;
    }
    return err_set(err, ERR_BUSY, "another run is writing %s; try again when it has ended",
                   r->shown);
}

static int begin(struct replace **out, const char *folder, const char *name, bool make,
                 struct err *err)
{
    struct replace *r = calloc(1, sizeof *r);
    if (!r)
        return err_refused(err);
    r->file = r->old = r->folder = -1;
    r->same = true;
    if (asprintf(&r->shown, "%s%s%s", folder, *folder ? "/" : "", name) < 0) {
        r->shown = NULL;
        release(r);
        return err_refused(err);
    }
    const char *last = name;
    int at = open(*folder ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    r->folder = at < 0 ? -1 : descend(at, name, make, &last);
    if (r->folder < 0) {
        failed(r, err);
        goto fail;
    }
    if (!*last || strlen(last) + sizeof "..new" > sizeof r->name) {
        errno = *last ? ENAMETOOLONG : EISDIR;
        failed(r, err);
        goto fail;
    }
    snprintf(r->name, sizeof r->name, "%s", last);
    snprintf(r->fresh, sizeof r->fresh, ".%s.new", r->name);
    if (open_old(r, err) < 0 || open_fresh(r, err) < 0)
        goto fail;
    *out = r;
    return 0;
fail:
    release(r);
    return -1;
}

int replace_open(struct replace **out, const char *folder, const char *name, struct err *err)
{
    return begin(out, folder, name, true, err);
}

int replace_open_path(struct replace **out, const char *path, struct err *err)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return begin(out, "", path, false, err);
    char *folder = slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
    if (!folder)
        return err_refused(err);
    int rc = begin(out, folder, slash + 1, false, err);
    free(folder);
    return rc;
}

/* Whether the old file holds the buffered bytes at the place where they are about to go. */
static bool stands_already(struct replace *r)
{
    for (size_t got = 0; got < r->used;) {
        ssize_t n = pread(r->old, r->other + got, r->used - got, r->written + (off_t)got);
        if (n <= 0)
            return false;
        got += (size_t)n;
    }
    return memcmp(r->buffer, r->other, r->used) == 0;
}

static int flush(struct replace *r, struct err *err)
{
    r->same = r->same && r->old >= 0 && stands_already(r);
    for (size_t done = 0; done < r->used;) {
        ssize_t n = write(r->file, r->buffer + done, r->used - done);
        if (n < 0 && errno != EINTR)
            return failed(r, err);
        done += n > 0 ? (size_t)n : 0;
    }
    r->written += (off_t)r->used;
    r->used = 0;
    return 0;
}

int replace_write(struct replace *r, const void *bytes, size_t size, struct err *err)
{
    for (const char *p = bytes; size > 0;) {
        size_t n = BUFFER - r->used < size ? BUFFER - r->used : size;
        memcpy(r->buffer + r->used, p, n);
        r->used += n;
        p += n;
        size -= n;
        if (r->used == BUFFER && flush(r, err) < 0)
            return -1;
    }
    return 0;
}

static int write_sink(void *self, const void *bytes, size_t size, struct err *err)
{
    return replace_write(self, bytes, size, err);
}

struct sink replace_sink(struct replace *replace)
{
    return (struct sink){write_sink, replace};
}

int replace_seal(struct replace **replace, bool *changed, struct err *err)
{
    struct replace *r = *replace;
    struct stat st;
    *replace = NULL;
    if (flush(r, err) < 0) {
        replace_abandon(r);
        return -1;
    }
    bool same = r->same && r->old >= 0 && fstat(r->old, &st) == 0 && st.st_size == r->written;
    if (changed)
        *changed = !same;
    if (same)
        replace_abandon(r);
    else
        *replace = r;
    return 0;
}

/* Whether two files lie in one folder. */
static bool together(const struct replace *a, const struct replace *b)
{
    struct stat x, y;
    return fstat(a->folder, &x) == 0 && fstat(b->folder, &y) == 0 && x.st_ino == y.st_ino &&
           x.st_dev == y.st_dev;
}

int replace_commit_all(struct replace **sealed, size_t count, struct err *err)
{
    size_t done = 0;
    int status = 0;
    for (size_t i = 0; status == 0 && i < count; i++)
        if ((sealed[i]->mode && fchmod(sealed[i]->file, sealed[i]->mode) < 0) ||
            fsync(sealed[i]->file) < 0)
            status = failed(sealed[i], err);
    for (; status == 0 && done < count; done++) {
        const struct replace *r = sealed[done];
        if (renameat(r->folder, r->fresh, r->folder, r->name) < 0)
            status = failed(r, err);
        else if (done + 1 == count || !together(r, sealed[done + 1]))
            fsync(r->folder); /* some file systems cannot; the rename itself stands */
        if (status < 0)
            break;
    }
    for (size_t i = 0; i < count; i++) {
        if (i < done)
            release(sealed[i]);
        else
            replace_abandon(sealed[i]);
    }
    return status;
}

int replace_commit(struct replace *r, bool *changed, struct err *err)
{
    if (replace_seal(&r, changed, err) < 0)
        return -1;
    return r ? replace_commit_all(&r, 1, err) : 0;
}

void replace_abandon(struct replace *r)
{
    if (!r)
        return;
    unlinkat(r->folder, r->fresh, 0);
    release(r);
}

int replace_file(const char *folder, const char *name, struct str content, bool *changed,
                 struct err *err)
{
    struct replace *r = NULL;
    if (replace_open(&r, folder, name, err) < 0)
        return -1;
    if (replace_write(r, content.p, content.n, err) < 0) {
        replace_abandon(r);
        return -1;
    }
    return replace_commit(r, changed, err);
}

/* The folder that holds a new one: flushed, so that a power cut leaves the new one's files. */
static void flush_above(char *path, char *end)
{
    char *slash = end;
    while (slash > path && *slash != '/')
        slash--;
    char was = *slash;
    *slash = 0;
    int fd = open(slash > path ? path : was == '/' ? "/" : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    *slash = was;
    if (fd < 0)
        return;
    fsync(fd);
    close(fd);
}

int replace_make_folder(const char *folder, struct err *err)
{
    char *path = strdup(folder);
    if (!path)
        return err_refused(err);
    int status = 0;
    for (char *p = path + 1; status == 0; p++) {
        if (*p != '/' && *p != 0)
            continue;
        char was = *p;
        *p = 0;
        if (mkdir(path, 0777) == 0)
            flush_above(path, p - 1);
        else if (errno != EEXIST)
            status = err_set(err, ERR_SYSTEM, "the folder %s cannot be made: %s", path,
                             strerror(errno));
        *p = was;
        if (!was)
            break;
    }
    free(path);
    return status;
}

bool replace_remove(const char *folder, const char *name)
{
    const char *last = name;
    int at = open(*folder ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    at = at < 0 ? -1 : descend(at, name, false, &last);
    if (at < 0)
        return false;
    bool gone = unlinkat(at, last, 0) == 0;
    close(at);
    return gone;
}
