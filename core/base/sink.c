#include "core/base/sink.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static int write_descriptor(void *self, const void *bytes, size_t size, struct err *err)
{
    const int *fd = self;
    for (const char *p = bytes; size > 0;) {
        ssize_t n = write(*fd, p, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_set(err, ERR_SYSTEM, "writing the output failed: %s", strerror(errno));
        p += n;
        size -= (size_t)n;
    }
    return 0;
}

struct sink sink_descriptor(const int *fd)
{
    return (struct sink){write_descriptor, (void *)(uintptr_t)fd};
}
