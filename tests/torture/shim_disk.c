/* The disk: counts the calls that change one, and kills, fails or writes down the N-th. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/torture/shim.h"

bool shim_armed(void)
{
    return strcmp(program_invocation_short_name, "gongkai") == 0;
}

long shim_number(const char *variable)
{
    const char *text = getenv(variable);
    return text ? atol(text) : 0;
}

static struct {
    long calls, kill, fail;
    bool armed, half, stay;
    int code, journal;
    pthread_mutex_t mutex;
} shim = {.journal = -1, .mutex = PTHREAD_MUTEX_INITIALIZER};

enum fate { PASS, HALF, FAIL };
enum kind { GROWS, OTHER }; /* a full disk refuses only what needs room */

__attribute__((constructor)) static void begin(void)
{
    const char *code = getenv("SHIM_ERRNO"), *journal = getenv("SHIM_JOURNAL");
    shim.kill = shim_number("SHIM_KILL");
    shim.fail = shim_number("SHIM_FAIL");
    shim.half = shim_number("SHIM_HALF") != 0;
    shim.stay = shim_number("SHIM_STAY") != 0;
    shim.code = code && strcmp(code, "ENOSPC") == 0 ? ENOSPC : EIO;
    shim.armed = shim_armed();
    if (shim.armed && journal)
        shim.journal = (int)syscall(SYS_openat, AT_FDCWD, journal,
                                    O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
}

static void put(int fd, const void *bytes, size_t size)
{
    for (const char *p = bytes; size > 0;) {
        long n = syscall(SYS_write, fd, p, size);
        if (n <= 0)
            abort();
        p += n;
        size -= (size_t)n;
    }
}

__attribute__((destructor)) static void end(void)
{
    const char *path = shim.armed ? getenv("SHIM_COUNT") : NULL;
    if (!path)
        return;
    char text[128];
    long asked, kept;
    shim_memory_counts(&asked, &kept);
    int n = snprintf(text, sizeof text, "%ld %ld %ld\n", shim.calls, asked, kept);
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd >= 0 && n > 0)
        put(fd, text, (size_t)n);
}

/* What becomes of this call. Holds the lock until leave(): calls are written down in their order. */
static enum fate enter(enum kind kind)
{
    if (!shim.armed)
        return PASS;
    pthread_mutex_lock(&shim.mutex);
    long n = ++shim.calls;
    if (n == shim.kill) {
        if (shim.half)
            return HALF;
        kill(getpid(), SIGKILL);
    }
    if (shim.fail == 0 || n < shim.fail || (n > shim.fail && !shim.stay && !shim.half))
        return PASS;
    if (shim.half && n == shim.fail)
        return HALF;
    if (shim.half && !shim.stay && n > shim.fail + 1)
        return PASS;
    return shim.code == ENOSPC && kind == OTHER ? PASS : FAIL;
}

static void leave(void)
{
    if (!shim.armed)
        return;
    if (shim.kill && shim.calls == shim.kill)
        kill(getpid(), SIGKILL);
    pthread_mutex_unlock(&shim.mutex);
}

static int failed(void)
{
    leave();
    errno = shim.code;
    return -1;
}

__attribute__((format(printf, 1, 2))) static void note(const char *format, ...)
{
    if (shim.journal < 0)
        return;
    char line[2 * PATH_MAX + 128];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    put(shim.journal, line, (size_t)n);
}

/* A path as the journal has it: from the root, with what `at` stands for. */
static const char *full(int at, const char *path, char out[PATH_MAX])
{
    char folder[PATH_MAX] = "", link[64];
    if (path[0] == '/')
        return path;
    if (at == AT_FDCWD) {
        if (!getcwd(folder, sizeof folder))
            abort();
    } else {
        snprintf(link, sizeof link, "/proc/self/fd/%d", at);
        ssize_t n = readlink(link, folder, sizeof folder - 1);
        folder[n > 0 ? n : 0] = 0;
    }
    if (snprintf(out, PATH_MAX, "%s/%s", folder, path) >= PATH_MAX)
        abort();
    return out;
}

/* The number of an open regular file; 0 where it is none: pipes and terminals do not count. */
static unsigned long file_number(int fd, off_t *size)
{
    struct stat st;
    if (!shim.armed || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
        return 0;
    if (size)
        *size = st.st_size;
    return (unsigned long)st.st_ino;
}

static ssize_t write_at(int fd, const void *bytes, size_t size, off_t offset)
{
    return offset < 0 ? syscall(SYS_write, fd, bytes, size)
                      : syscall(SYS_pwrite64, fd, bytes, size, offset);
}

static ssize_t any_write(int fd, const void *bytes, size_t size, off_t offset)
{
    unsigned long number = file_number(fd, NULL);
    if (!number)
        return write_at(fd, bytes, size, offset);
    enum fate fate = enter(GROWS);
    if (fate == FAIL)
        return failed();
    if (fate == HALF && size > 1)
        size /= 2;
    off_t at = offset < 0 ? lseek(fd, 0, SEEK_CUR) : offset;
    ssize_t n = write_at(fd, bytes, size, offset);
    int code = errno;
    if (n > 0 && shim.journal >= 0) {
        note("write\t%lu\t%lld\t%zd\n", number, (long long)at, n);
        put(shim.journal, bytes, (size_t)n);
    }
    leave();
    errno = code;
    return n;
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    return any_write(fd, bytes, size, -1);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset)
{
    return any_write(fd, bytes, size, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off_t offset)
{
    return any_write(fd, bytes, size, offset);
}

static int any_open(int at, const char *path, int flags, mode_t mode)
{
    struct stat st;
    bool changes = shim.armed && ((flags & O_TRUNC) ||
                                  ((flags & O_CREAT) && syscall(SYS_newfstatat, at, path, &st, 0) < 0));
    if (!changes)
        return (int)syscall(SYS_openat, at, path, flags, mode);
    if (enter(GROWS) == FAIL)
        return failed();
    int fd = (int)syscall(SYS_openat, at, path, flags, mode);
    int code = errno;
    char place[PATH_MAX];
    if (fd >= 0 && shim.journal >= 0)
        note("create\t%lu\t%s\n", file_number(fd, NULL), full(at, path, place));
    leave();
    errno = code;
    return fd;
}

#define MODE_ARGUMENT(flags, mode)                                                                 \
    mode_t mode = 0;                                                                               \
    if ((flags) & (O_CREAT | O_TMPFILE)) {                                                         \
        va_list args;                                                                              \
        va_start(args, flags);                                                                     \
        mode = va_arg(args, mode_t);                                                               \
        va_end(args);                                                                              \
    }

int open(const char *path, int flags, ...)
{
    MODE_ARGUMENT(flags, mode)
    return any_open(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    MODE_ARGUMENT(flags, mode)
    return any_open(AT_FDCWD, path, flags | O_LARGEFILE, mode);
}

int openat(int at, const char *path, int flags, ...)
{
    MODE_ARGUMENT(flags, mode)
    return any_open(at, path, flags, mode);
}

int openat64(int at, const char *path, int flags, ...)
{
    MODE_ARGUMENT(flags, mode)
    return any_open(at, path, flags | O_LARGEFILE, mode);
}

int mkstemp(char *path)
{
    static long serial;
    size_t n = strlen(path);
    for (int tries = 0; tries < 1000 && n >= 6; tries++) {
        snprintf(path + n - 6, 7, "%06lx", ((unsigned long)getpid() + (unsigned long)serial++) & 0xffffff);
        int fd = any_open(AT_FDCWD, path, O_RDWR | O_CREAT | O_EXCL, 0600);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

static int any_sync(int fd)
{
    struct stat st;
    if (!shim.armed)
        return (int)syscall(SYS_fsync, fd);
    if (enter(OTHER) == FAIL)
        return failed();
    if (fstat(fd, &st) == 0) {
        char place[PATH_MAX];
        if (S_ISDIR(st.st_mode))
            note("folder\t%s\n", full(fd, "", place));
        else
            note("sync\t%lu\n", (unsigned long)st.st_ino);
    }
    leave();
    return 0;
}

int fsync(int fd)
{
    return any_sync(fd);
}

int fdatasync(int fd)
{
    return any_sync(fd);
}

static int any_truncate(int fd, off_t size)
{
    off_t before = 0;
    unsigned long number = file_number(fd, &before);
    if (!number)
        return (int)syscall(SYS_ftruncate, fd, size);
    if (enter(size > before ? GROWS : OTHER) == FAIL)
        return failed();
    int status = (int)syscall(SYS_ftruncate, fd, size), code = errno;
    if (status == 0)
        note("truncate\t%lu\t%lld\n", number, (long long)size);
    leave();
    errno = code;
    return status;
}

int ftruncate(int fd, off_t size)
{
    return any_truncate(fd, size);
}

int ftruncate64(int fd, off_t size)
{
    return any_truncate(fd, size);
}

int renameat(int from_at, const char *from, int to_at, const char *to)
{
    if (!shim.armed)
        return (int)syscall(SYS_renameat2, from_at, from, to_at, to, 0);
    if (enter(OTHER) == FAIL)
        return failed();
    int status = (int)syscall(SYS_renameat2, from_at, from, to_at, to, 0), code = errno;
    char one[PATH_MAX], other[PATH_MAX];
    if (status == 0)
        note("rename\t%s\t%s\n", full(from_at, from, one), full(to_at, to, other));
    leave();
    errno = code;
    return status;
}

int rename(const char *from, const char *to)
{
    return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

int unlinkat(int at, const char *path, int flags)
{
    struct stat st;
    if (!shim.armed || syscall(SYS_newfstatat, at, path, &st, AT_SYMLINK_NOFOLLOW) < 0)
        return (int)syscall(SYS_unlinkat, at, path, flags);
    if (enter(OTHER) == FAIL)
        return failed();
    int status = (int)syscall(SYS_unlinkat, at, path, flags), code = errno;
    char place[PATH_MAX];
    if (status == 0)
        note("remove\t%s\n", full(at, path, place));
    leave();
    errno = code;
    return status;
}

int unlink(const char *path)
{
    return unlinkat(AT_FDCWD, path, 0);
}

int rmdir(const char *path)
{
    return unlinkat(AT_FDCWD, path, AT_REMOVEDIR);
}

int mkdirat(int at, const char *path, mode_t mode)
{
    struct stat st;
    if (!shim.armed || syscall(SYS_newfstatat, at, path, &st, AT_SYMLINK_NOFOLLOW) == 0)
        return (int)syscall(SYS_mkdirat, at, path, mode);
    if (enter(GROWS) == FAIL)
        return failed();
    int status = (int)syscall(SYS_mkdirat, at, path, mode), code = errno;
    char place[PATH_MAX];
    if (status == 0)
        note("folder-made\t%s\n", full(at, path, place));
    leave();
    errno = code;
    return status;
}

int mkdir(const char *path, mode_t mode)
{
    return mkdirat(AT_FDCWD, path, mode);
}
