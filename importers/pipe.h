/* pipe.h - another program as a filter: a stream goes in, its output comes out. No shell, no
 * descriptors of ours, bounded in time, memory and output. */
#ifndef GONGKAI_IMPORTERS_PIPE_H
#define GONGKAI_IMPORTERS_PIPE_H

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/stream.h"

/* What is run, and its bounds. */
struct pipe_program {
    const char *const *arguments; /* the program's name first, looked up in PATH; NULL last */
    const char *converter;        /* what has to be installed */
    int seconds;                  /* of wall time, also of processor time */
    size_t memory_bytes;          /* of its address space */
    size_t file_bytes;            /* of each file it writes, 0: it may write none */
    unsigned files;               /* that it may have open */
};

/* Runs it with `in` as its standard input, NULL for none, and adds what it writes to `out`.
 * ERR_INPUT: the program is not installed ("no-converter"), failed, took too long or wrote more
 * than `out` may hold ("converter"). */
int pipe_through(const struct pipe_program *program, struct stream *in, struct buf *out,
                 struct err *err);

#endif
