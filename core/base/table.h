/* table.h - reads the tab-separated tables of sql/: a header line, then one row a line. */
#ifndef GONGKAI_BASE_TABLE_H
#define GONGKAI_BASE_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/err.h"
#include "core/base/str.h"

enum { TABLE_COLUMNS = 24 };

/* A cursor over a table. Lines that begin with # and blank lines are passed over. */
struct table {
    const char *name;
    struct str rest;
    struct str header[TABLE_COLUMNS], field[TABLE_COLUMNS];
    uint32_t columns, line;
};

/* Opens a compiled-in table and reads its header. Fails (ERR_SYSTEM) when it is not there. */
int table_open(struct table *table, const char *resource, struct err *err);

/* The next row; false at the end. Fields that a short row lacks are empty. */
bool table_next(struct table *table);

/* The field of the current row below this header; empty when there is no such column. */
struct str table_get(const struct table *table, const char *header);

/* A field as a whole number, `otherwise` when it is empty or none. */
long table_number(const struct table *table, const char *header, long otherwise);

#endif
