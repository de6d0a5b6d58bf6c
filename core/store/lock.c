#include "core/store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/base/buf.h"

int lock_take(int *fd, const char *warehouse_path, bool create, struct err *err)
{
    struct buf path = buf_new(1 << 16);
    buf_printf(&path, "%s.lock", warehouse_path);
    if (!buf_str(&path).p || path.failed) {
        buf_free(&path);
        return err_memory(err);
    }
    int flags = O_CLOEXEC | O_NOCTTY | O_NONBLOCK | (create ? O_RDWR | O_CREAT : O_RDONLY);
    int got = open(path.p, flags, 0666);
    int status = 0;
    if (got < 0 && errno == ENOENT && !create)
        *fd = -1;
    else if (got < 0)
        status = err_set(err, ERR_SYSTEM, "the lock %s cannot be opened (%s); check the folder and "
                                          "its rights", path.p, strerror(errno));
    else if (flock(got, LOCK_EX | LOCK_NB) < 0)
        status = errno == EWOULDBLOCK
                     ? err_set(err, ERR_BUSY, "another run holds the lock %s; wait until it has "
                                              "finished", path.p)
                     : err_set(err, ERR_SYSTEM, "the lock %s cannot be taken (%s)", path.p,
                               strerror(errno));
    else
        *fd = got;
    if (status < 0 && got >= 0)
        close(got);
    buf_free(&path);
    return status;
}

void lock_release(int fd)
{
    if (fd >= 0)
        close(fd);
}
