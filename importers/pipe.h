/* pipe.h - another program as a filter: a stream goes in, its output comes out. No shell, no
 * temporary files, no descriptors of ours, bounded in time, memory and output. */
#ifndef GONGKAI_IMPORTERS_PIPE_H
#define GONGKAI_IMPORTERS_PIPE_H

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/stream.h"

struct pipe_limits {
    int seconds;         /* of wall time, also of processor time */
    size_t memory_bytes; /* of its address space */
};

/* Runs `arguments` (the program's name first, looked up in PATH; NULL last) with `in` as its
 * standard input and adds what it writes to `out`. `name` is what it converts, for the message.
 * ERR_INPUT: the program is not installed ("no-converter"), failed, took too long or wrote more
 * than `out` may hold ("converter"). */
int pipe_through(const char *const arguments[], const char *name, struct stream *in,
                 const struct pipe_limits *limits, struct buf *out, struct err *err);

#endif
