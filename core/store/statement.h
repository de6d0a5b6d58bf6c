/* statement.h - running the named statements of sql/queries/. */
#ifndef GONGKAI_STORE_STATEMENT_H
#define GONGKAI_STORE_STATEMENT_H

#include "core/base/buf.h"
#include "core/store/warehouse.h"

/* The text of a named statement ("file.statement"); p is NULL when there is none. */
struct str statement_text(const char *name);

/* What stands below the line "-- @title" in a text, up to the next such line. */
struct str statement_block(const char *text, struct str title);

/* Whether nothing but comments follows a statement: `tail` as sqlite3_prepare gives it. */
bool statement_is_alone(const char *tail);

/* Writes the name of a table, column or view as SQL has it: between quotes, those in it doubled. */
void statement_name(struct buf *sql, struct str name);

/* Runs a statement that returns nothing of interest, and resets it. */
int statement_run(struct warehouse *warehouse, sqlite3_stmt *stmt, struct err *err);

/* The next row: 1 when there is one, 0 at the end, -1 with `err`. Resets it unless 1. */
int statement_next(struct warehouse *warehouse, sqlite3_stmt *stmt, struct err *err);

/* As bind_str (warehouse.h), but binds '' when `p` is NULL: for NOT NULL columns. */
int bind_text(sqlite3_stmt *stmt, int index, struct str s);

/* As bind_str, but binds NULL when the text is empty. */
int bind_filled(sqlite3_stmt *stmt, int index, struct str s);

/* Digits of a digest (two a byte, small letters) as the bytes that they stand for. */
int bind_hex(sqlite3_stmt *stmt, int index, const char *hex);

/* Ends the use of all statements: before a rollback. */
void statements_reset(struct warehouse *warehouse);

/* Finalises all statements: before the database is closed. */
void statements_free(struct warehouse *warehouse);

#endif
