/* register.h - loads the registers: divisions (and their successors), agencies, waivers, calendar.
 *
 * Loading is an upsert: rows that are there are brought up to what the file says, others are
 * added, none is removed. A file is taken as a whole or not at all: while one of its lines is bad
 * nothing of it is kept, and every bad line is told. An agency is known by its name and division.
 * Provisional agencies (known from reports alone) that a loaded one turns out to be become it,
 * with their reports. What changes is noted for the totals (table change). */
#ifndef GONGKAI_STORE_REGISTER_H
#define GONGKAI_STORE_REGISTER_H

#include "core/base/arena.h"
#include "core/store/warehouse.h"

enum register_kind { REGISTER_DIVISIONS, REGISTER_AGENCIES, REGISTER_WAIVERS, REGISTER_CALENDAR };

/* A file as rows of trimmed text; a short row lacks its last fields. */
struct register_row {
    const struct str *fields;
    size_t count;
    uint32_t line;
};

struct register_file {
    struct register_row head;
    struct register_row *rows;
    size_t count, capacity;
};

/* Told of bad lines (with their line), and of what was set aside (columns not known). */
struct register_sink {
    void (*bad)(void *self, const struct err *why);
    void (*note)(void *self, const struct err *what);
    void *self;
};

struct register_result {
    uint32_t rows, added, changed, unchanged;
    uint32_t adopted; /* provisional agencies that became registered ones */
    uint32_t moved;   /* reports given over to a registered agency */
};

/* Loads a file inside the caller's transaction, which is to be rolled back on failure. ERR_INPUT
 * when a line is bad. */
int register_load(struct warehouse *warehouse, int64_t run_id, enum register_kind kind,
                  const struct register_file *file, const struct register_sink *sink,
                  struct register_result *result, struct err *err);

#endif
