/* err.h - what went wrong, fit to print, in both languages. */
#ifndef GONGKAI_BASE_ERR_H
#define GONGKAI_BASE_ERR_H

#include <stdbool.h>
#include <stdint.h>

enum err_kind {
    ERR_NONE,
    ERR_USAGE,  /* wrong options or configuration: exit 2 */
    ERR_INPUT,  /* this input is bad; the others go on: a reject */
    ERR_BUSY,   /* another run holds the lock: exit 5 */
    ERR_LIMIT,  /* more rejects than allowed: exit 6 */
    ERR_SYSTEM, /* disk, database, memory: exit 7 */
};

/* A failure. A function that fails returns -1 and fills one; on success it leaves it alone.
 * `reason` is the stable id of a reject (a row of sql/reasons.tsv), else "". `line` is the
 * line of the input the failure is about, 0 when it is about no line. */
struct err {
    enum err_kind kind;
    const char *reason;
    uint32_t line;
    char english[400];
    char chinese[400];
};

/* Fills `err` (may be NULL) and returns -1. `format` is English; its Chinese stands in
 * sql/messages.tsv. */
int err_set(struct err *err, enum err_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Fills `err` with a reject of the input: reason id, line (0: none), words. Returns -1. */
int err_reject(struct err *err, const char *reason, uint32_t line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Memory ran out: one fixed text, since formatting might need memory too. Returns -1. */
int err_memory(struct err *err);

/* The same for a piece that the system has refused: it is kept in mind for this thread, also where
 * `err` is NULL. A reader may take that for its input's fault, and what it then says of the input
 * is not to be believed. */
int err_refused(struct err *err);

/* Whether the system has refused a piece in this thread since the last err_refused_forget. */
bool err_refused_met(void);
void err_refused_forget(void);

/* The text in the language of this run. */
const char *err_text(const struct err *err);

#endif
