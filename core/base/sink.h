/* sink.h - where written bytes go: a file being replaced, a stream, a filter before another. */
#ifndef GONGKAI_BASE_SINK_H
#define GONGKAI_BASE_SINK_H

#include <stddef.h>
#include <stdio.h>

#include "core/base/buf.h"
#include "core/base/err.h"

/* `write` takes all of `size` bytes and returns 0, or -1 with `err`. */
struct sink {
    int (*write)(void *self, const void *bytes, size_t size, struct err *err);
    void *self;
};

/* Passes bytes on. */
static inline int sink_write(struct sink sink, const void *bytes, size_t size, struct err *err)
{
    return sink.write(sink.self, bytes, size, err);
}

/* Writes to a stream that stays the caller's. */
struct sink sink_stream(FILE *stream);

/* Adds to a buffer that stays the caller's. */
struct sink sink_buf(struct buf *buf);

#endif
