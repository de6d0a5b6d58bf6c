/* lock.h - one writing run at a time: flock on <warehouse>.lock. The kernel lets go of it when
 * the process ends, however it ends, so there is no stale lock to clear. */
#ifndef GONGKAI_STORE_LOCK_H
#define GONGKAI_STORE_LOCK_H

#include <stdbool.h>

#include "core/base/err.h"

/* Takes the lock without waiting: ERR_BUSY when another run holds it. With `create` false a lock
 * file that is not there is not made (nobody holds it), and *fd is -1. */
int lock_take(int *fd, const char *warehouse_path, bool create, struct err *err);

/* Lets go. The file stays: removing it would let two runs hold two locks. -1 does nothing. */
void lock_release(int fd);

#endif
