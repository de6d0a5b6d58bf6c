/* lack.h - whether memory was refused, to SQLite or in this thread (err_refused).
 *
 * SQLite says so at each call, but no more at the next one: a text that could not be bound would be stored
 * as NULL, one that could not be read would be missing in a file. So its memory is watched in one place, and
 * what was refused once dooms all that is done until the transaction is rolled back: statement_run,
 * statement_next, warehouse_commit and package_end then fail. */
#ifndef GONGKAI_STORE_LACK_H
#define GONGKAI_STORE_LACK_H

#include <stdbool.h>

/* Watches SQLite's memory from now on; before its first use. */
void lack_watch(void);

/* Whether a piece was refused since the last lack_forget. */
bool lack_met(void);

/* What was done without that piece is undone. */
void lack_forget(void);

#endif
