/* stream.h - bytes of a file, of memory, of gzip or of an archive member, read once in order. */
#ifndef GONGKAI_BASE_STREAM_H
#define GONGKAI_BASE_STREAM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "core/base/arena.h"
#include "core/base/err.h"

struct stream;

/* Opens a regular file without following what is no regular file (devices, FIFOs). */
int stream_open(struct stream **out, const char *path, struct err *err);
/* Reads from a descriptor that stays the caller's: standard input. */
int stream_descriptor(struct stream **out, int fd, struct err *err);
/* Reads bytes that outlive the stream. */
int stream_memory(struct stream **out, struct str bytes, struct err *err);
/* Reads what `pull` hands out (an archive member): bytes read, 0 at the end, -1 with `err`. */
int stream_pull(struct stream **out, ssize_t (*pull)(void *self, void *to, size_t size,
                struct err *err), void *self, struct err *err);
/* Unpacks gzip (several members too) from `inner`, which it owns from then on. Fails with a
 * reject when more than `most` bytes come out, or more than 1000 for each one that went in. */
int stream_gunzip(struct stream **out, struct stream *inner, uint64_t most, struct err *err);

void stream_close(struct stream *stream);

/* Up to `size` bytes; 0 at the end, -1 with `err`. */
ssize_t stream_read(struct stream *stream, void *to, size_t size, struct err *err);

/* The next bytes without taking them, up to `size` (at most 64 KiB); fewer only at the end. */
int stream_peek(struct stream *stream, size_t size, struct str *out, struct err *err);

/* All the rest, in the arena, NUL-terminated; a reject when it is more than `most`. */
int stream_all(struct stream *stream, struct arena *arena, size_t most, struct str *out,
               struct err *err);

#endif
