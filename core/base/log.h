/* log.h - what a run has to say while it works: one line an event on standard error, for people
 * (text) or for machines (json). */
#ifndef GONGKAI_BASE_LOG_H
#define GONGKAI_BASE_LOG_H

#include <stdint.h>
#include <stdio.h>

#include "core/base/buf.h"
#include "core/base/err.h"

enum log_level { LOG_INFO, LOG_WARNING, LOG_ERROR };
enum log_format { LOG_TEXT, LOG_JSON };

/* A log. `held`: lines are kept in memory (the first LOG_HELD bytes of them) until log_release
 * or log_drop; that is how -q prints nothing unless the run ends badly. */
enum { LOG_HELD = 1 << 20 };
struct log {
    FILE *to;
    enum log_format format;
    bool held, cut; /* cut: more lines came than could be held */
    struct buf memory, line;
    const char *(*now)(void); /* the time of an event, for json; NULL: none is given */
};

struct log log_new(FILE *to, enum log_format format, bool held);
void log_free(struct log *log);

/* One event: begin it, add fields, end it. `event` is a short stable name (reject, note, run).
 * Control characters in values never reach the output raw. */
void log_begin(struct log *log, enum log_level level, const char *event);
void log_str(struct log *log, const char *key, struct str value);
void log_int(struct log *log, const char *key, int64_t value);
void log_end(struct log *log, const char *words); /* NULL or "": no words */

/* An event that is a failure or a note: its line, its reason and its words in this run's
 * language, about `source` (may be empty). */
void log_err(struct log *log, enum log_level level, const char *event, struct str source,
             const struct err *err);

/* Prints what was held, and goes on without holding; or forgets it. */
void log_release(struct log *log);
void log_drop(struct log *log);

#endif
