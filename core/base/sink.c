#include "core/base/sink.h"

#include <errno.h>
#include <string.h>

static int write_stream(void *self, const void *bytes, size_t size, struct err *err)
{
    if (fwrite(bytes, 1, size, self) < size)
        return err_set(err, ERR_SYSTEM, "writing the output failed: %s", strerror(errno));
    return 0;
}

struct sink sink_stream(FILE *stream)
{
    return (struct sink){write_stream, stream};
}

static int write_buf(void *self, const void *bytes, size_t size, struct err *err)
{
    struct buf *buf = self;
    buf_add(buf, (struct str){bytes, size});
    return buf->failed ? err_memory(err) : 0;
}

struct sink sink_buf(struct buf *buf)
{
    return (struct sink){write_buf, buf};
}
