/* stream.h - bytes of a file, of memory, of gzip or of an archive member, read once in order. */
#ifndef GONGKAI_BASE_STREAM_H
#define GONGKAI_BASE_STREAM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "core/base/arena.h"
#include "core/base/err.h"

enum { STREAM_PEEK = 64 * 1024 };

struct stream;

/* Opens a regular file; a folder, device, FIFO or socket is a reject, and opening one never
 * waits. A file that is cut short or written to while it is read is a reject at its end. */
int stream_open(struct stream **out, const char *path, struct err *err);
/* Reads from a descriptor that stays the caller's: standard input. */
int stream_descriptor(struct stream **out, int fd, struct err *err);
/* Reads bytes that outlive the stream. */
int stream_memory(struct stream **out, struct str bytes, struct err *err);
/* Reads what `pull` hands out (an archive member): bytes read, 0 at the end, -1 with `err`. */
int stream_pull(struct stream **out, ssize_t (*pull)(void *self, void *to, size_t size,
                struct err *err), void *self, struct err *err);
/* Unpacks gzip (several members too) from `inner`, which it owns from then on, also on failure.
 * Fails with a reject when more than `most` bytes come out, or more than 1000 for each one that
 * went in. */
int stream_gunzip(struct stream **out, struct stream *inner, uint64_t most, struct err *err);

/* NULL is allowed. */
void stream_close(struct stream *stream);

/* Up to `size` bytes; 0 at the end, -1 with `err`. Once it has failed it goes on failing. */
ssize_t stream_read(struct stream *stream, void *to, size_t size, struct err *err)
    __attribute__((warn_unused_result));

/* The next bytes without taking them, up to `size` (at most STREAM_PEEK); fewer only at the
 * end. The view is good until the next call. */
int stream_peek(struct stream *stream, size_t size, struct str *out, struct err *err)
    __attribute__((warn_unused_result));

/* The same, all that are at hand: at least `least` (at most STREAM_PEEK), fewer only at the end. */
int stream_ahead(struct stream *stream, size_t least, struct str *out, struct err *err)
    __attribute__((warn_unused_result));

/* Takes `size` of the bytes that were looked at last. */
void stream_skip(struct stream *stream, size_t size);

/* All the rest, in the arena, NUL-terminated; a reject when it is more than `most`, or more than
 * the arena may hold. */
int stream_all(struct stream *stream, struct arena *arena, size_t most, struct str *out,
               struct err *err) __attribute__((warn_unused_result));

/* The size of a stream that can be read at any place (a file, memory), -1 of any other. */
int64_t stream_size(const struct stream *stream);

/* Goes on reading at byte `at`. Only where stream_size is not -1. */
int stream_seek(struct stream *stream, uint64_t at, struct err *err)
    __attribute__((warn_unused_result));

#endif
