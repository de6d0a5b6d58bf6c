#include "core/store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/store/lack.h"

enum { PAGES = 4096 };

static int failed(sqlite3 *to, const char *path, struct err *err)
{
    return err_set(err, ERR_SYSTEM, "the backup %s cannot be written: %s", path,
                   to ? sqlite3_errmsg(to) : "out of memory");
}

static int cannot_write(const char *path, struct err *err)
{
    return err_set(err, ERR_SYSTEM, "the backup %s cannot be written: %s", path, strerror(errno));
}

static int busy(const char *path, struct err *err)
{
    return err_set(err, ERR_BUSY, "another run is writing %s; try again when it has ended", path);
}

/* One read transaction covers all pages: what is written meanwhile does not enter. */
static int copy(struct warehouse *warehouse, sqlite3 *to, const char *path, struct err *err)
{
    if (warehouse_run_script(warehouse, "BEGIN; SELECT count(*) FROM sqlite_schema", err) < 0)
        return -1;
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", warehouse->db, "main");
    int got = SQLITE_ERROR;
    while (backup && (got = sqlite3_backup_step(backup, PAGES)) == SQLITE_OK)
        continue;
    sqlite3_backup_finish(backup);
    sqlite3_exec(warehouse->db, "COMMIT", NULL, NULL, NULL);
    return got == SQLITE_DONE ? 0 : failed(to, path, err);
}

/* The copy has one file, and is what it should be. */
static int settle(sqlite3 *to, const char *path, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool whole = false;
    if (sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) != SQLITE_OK)
        return failed(to, path, err);
    if (sqlite3_prepare_v2(to, "SELECT (SELECT group_concat(integrity_check) FROM"
                               " pragma_integrity_check) = 'ok' AND"
                               " (SELECT count(*) FROM pragma_foreign_key_check) = 0", -1, &stmt,
                           NULL) == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW)
        whole = sqlite3_column_int(stmt, 0);
    sqlite3_finalize(stmt);
    if (!whole && lack_met())
        return err_memory(err);
    return whole ? 0 : err_set(err, ERR_SYSTEM, "the copy %s is damaged; check the disk, and the "
                                                "warehouse with gongkai verify", path);
}

static int flush(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    int status = fsync(fd);
    close(fd);
    return status;
}

/* The folder holds the name: it is flushed too. */
static void flush_folder(char *path)
{
    char *slash = strrchr(path, '/');
    if (slash)
        *slash = 0;
    flush(slash == path ? "/" : slash ? path : ".");
}

/* The file's name until it is whole: in the same folder, `.NAME.new`. NULL: out of memory. */
static char *name_beside(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    char *beside = NULL;
    return asprintf(&beside, "%.*s.%s.new", (int)(name - path), path, name) < 0 ? NULL : beside;
}

static void remove_beside(const char *beside)
{
    static const char *const endings[] = {"", "-journal", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char *name = NULL;
        if (asprintf(&name, "%s%s", beside, endings[i]) >= 0)
            unlink(name);
        free(name);
    }
}

/* Makes the new file, under a lock, in the place of what a killed run may have left there; as open
 * to others as the warehouse itself. Returns its descriptor, or -1. */
static int open_beside(struct warehouse *warehouse, const char *beside, const char *path,
                       struct err *err)
{
    struct stat st, named;
    int old = open(beside, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (old >= 0 && flock(old, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK) {
        close(old);
        return busy(path, err);
    }
    remove_beside(beside);
    int fd = open(beside, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (old >= 0)
        close(old);
    bool mine = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &st) == 0 &&
                stat(beside, &named) == 0 && st.st_ino == named.st_ino;
    if (mine && stat(sqlite3_db_filename(warehouse->db, "main"), &st) == 0 &&
        fchmod(fd, st.st_mode & 0777) == 0)
        return fd;
    if (fd >= 0 && !mine)
        busy(path, err);
    else
        cannot_write(path, err);
    if (fd >= 0) {
        if (mine)
            unlink(beside);
        close(fd);
    }
    return -1;
}

int warehouse_backup(struct warehouse *warehouse, const char *path, struct err *err)
{
    sqlite3 *to = NULL;
    struct stat st;
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
        return err_set(err, ERR_USAGE, "%s is no file; name the file to write the backup to", path);
    char *beside = name_beside(path);
    if (!beside)
        return err_memory(err);
    int fd = open_beside(warehouse, beside, path, err);
    if (fd < 0) {
        free(beside);
        return -1;
    }
    int status = 0;
    if (sqlite3_open_v2(beside, &to, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        status = failed(to, path, err);
    if (status == 0)
        status = copy(warehouse, to, path, err);
    if (status == 0)
        status = settle(to, path, err);
    sqlite3_close(to);
    if (status == 0 && (flush(beside) < 0 || rename(beside, path) < 0))
        status = cannot_write(path, err);
    if (status < 0)
        remove_beside(beside);
    else
        flush_folder(beside);
    close(fd);
    free(beside);
    return status;
}
