/* warehouse.h - the SQLite file: opening, its version, transactions, statements. */
#ifndef GONGKAI_STORE_WAREHOUSE_H
#define GONGKAI_STORE_WAREHOUSE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/base/err.h"
#include "core/base/str.h"
#include "core/model/catalog.h"

enum {
    WAREHOUSE_VERSION = 3,                   /* PRAGMA user_version */
    WAREHOUSE_APPLICATION_ID = 0x676f6e67,   /* "gong" */
};

/* What belongs to a warehouse, by what its name has behind the warehouse's own: itself, the files of SQLite,
 * the lock of a run. */
enum { WAREHOUSE_FILES = 5 };
extern const char *const warehouse_tails[WAREHOUSE_FILES];

/* WAREHOUSE_TRY is for --dry-run: everything can be written, and closing undoes it all. A file
 * that is not there is not made (the warehouse is in memory then). */
enum warehouse_mode { WAREHOUSE_READ, WAREHOUSE_WRITE, WAREHOUSE_TRY };

/* An open warehouse. `db` is for statements of modules above the store; nobody else closes it. */
struct warehouse {
    sqlite3 *db;
    const struct catalog *catalog;
    struct warehouse_statement *statements; /* prepared once each, see warehouse_statement */
    struct packer *packer;                  /* see warehouse_packer */
    enum warehouse_mode mode;
    bool in_transaction;
    struct seals *seals;                    /* core/store/seal.h; NULL when reading */
    /* What writing remembers, for the store alone; warehouse_forget. */
    struct shared *shared;   /* core/store/shared.h */
    int64_t next_number;     /* 0: to be asked for */
    int64_t first_new;       /* the first number given in this transaction */
    int64_t last_loaded;     /* the last report that is to be noted in change, by loading_run */
    int64_t loading_run;
    int64_t numbered;        /* a source whose number a report bears */
    int64_t new_source;      /* the last one that was made: its number is no report's yet */
    int64_t named_source;    /* the last new source whose name has a head, and that */
    int64_t named_head;
    bool no_withdrawals;     /* there are none, as was asked */
    uint32_t ordinals;       /* how many rows the table ordinal has at the least */
};

/* Opens the file. For writing it is created when absent (with forms and built-in divisions) and
 * migrated when older, in one transaction; for reading it must be there. A file of a newer
 * version, or of another program, is refused. Foreign keys are on.
 *
 * The journal is a write-ahead log: analysts read the last finished state for as long as they
 * like while a nightly run writes, and neither waits for the other. Every commit is flushed to
 * disk (synchronous=FULL). The last one to close the file folds the log back into it, so that at
 * rest the warehouse is one file. */
int warehouse_open(struct warehouse **out, const char *path, enum warehouse_mode mode,
                   const struct catalog *catalog, struct err *err);
void warehouse_close(struct warehouse *warehouse);

/* Whether nothing was ever taken into it: no input, no report, no agency. What is made from such a
 * one must not take the place of what stands already. */
int warehouse_is_empty(struct warehouse *warehouse, bool *empty, struct err *err);

/* BEGIN IMMEDIATE, COMMIT; roll back what is open (never fails). */
int warehouse_begin(struct warehouse *warehouse, struct err *err);
int warehouse_commit(struct warehouse *warehouse, struct err *err);
void warehouse_rollback(struct warehouse *warehouse);

/* The same where a transaction may be open already: then it is a part of that one, and `own` is false.
 * What was done between them ended with `status`: 0 is kept, -1 undone. */
int warehouse_enter(struct warehouse *warehouse, bool *own, struct err *err);
int warehouse_leave(struct warehouse *warehouse, bool own, int status, struct err *err);

/* The prepared statement of that name: "file.statement" is the text below the line
 * "-- @statement" of sql/queries/file.sql. Prepared on first use, reset and unbound on each.
 * NULL with `err` on failure. Owned by the warehouse. */
sqlite3_stmt *warehouse_statement(struct warehouse *warehouse, const char *name, struct err *err);

/* The next number of a source or report; they are numbered in one sequence. */
int warehouse_number(struct warehouse *warehouse, int64_t *number, struct err *err);

/* Notes the reports that have come in since the last time in `change`. Done by warehouse_commit; who
 * reads changes in the same transaction calls it before. */
int warehouse_flush(struct warehouse *warehouse, struct err *err);

/* A part of a transaction, a savepoint: begun; kept; or undone, which leaves it begun. With what is
 * undone goes what writing remembers. */
int warehouse_part(struct warehouse *warehouse, struct err *err);
int warehouse_part_keep(struct warehouse *warehouse, struct err *err);
int warehouse_part_undo(struct warehouse *warehouse, struct err *err);

/* Forgets what writing remembers: the rows may be others now. */
void warehouse_forget(struct warehouse *warehouse);

/* A packer for this thread's use, made on first use and owned by the warehouse; NULL with `err`. */
struct packer *warehouse_packer(struct warehouse *warehouse, struct err *err);

/* Runs several statements without parameters. */
int warehouse_run_script(struct warehouse *warehouse, const char *sql, struct err *err);

/* What is written is written, and questions follow whose answers may be of any size: as for a warehouse
 * opened to be read, what has to be sorted goes to a file when it grows. Nothing within a transaction. */
void warehouse_now_ask(struct warehouse *warehouse);

/* Turns the last failure of the database into words that say what to do; ERR_BUSY when another
 * holds the lock. Returns -1. */
int warehouse_error(struct warehouse *warehouse, struct err *err);

/* Binds text as it stands (empty is '', not NULL); binds NULL when `p` is NULL. */
int bind_str(sqlite3_stmt *stmt, int index, struct str s);

/* Text of a column: valid until the statement is stepped or reset. */
struct str column_str(sqlite3_stmt *stmt, int index);

/* The time of this run, UTC, ISO 8601; GONGKAI_NOW in the environment overrides the clock so
 * that a test can repeat a run to the same bytes. */
const char *warehouse_now(void);

#endif
