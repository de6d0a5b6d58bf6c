/* seal.h - a sum over the rows of every table, kept beside them: what changes a row by another way
 * than through this program - a bit that flips, another program - leaves a sum that does not hold. */
#ifndef GONGKAI_STORE_SEAL_H
#define GONGKAI_STORE_SEAL_H

#include "core/store/warehouse.h"

/* Watches all rows that this connection writes. To be called before its first statement is prepared;
 * freed by seals_free, after which nothing is watched. */
int seals_watch(struct warehouse *warehouse, struct err *err);
void seals_free(struct warehouse *warehouse);

/* Adds up nothing more until the transaction ends: seals_renew does it all. */
void seals_rest(struct warehouse *warehouse);

/* Asks which tables there are, and with how many columns, where that is not known: at the beginning of
 * a transaction. */
int seals_learn(struct warehouse *warehouse, struct err *err);

/* The parts of a transaction (warehouse_part): what is undone is no longer in the sums. */
void seals_part(struct warehouse *warehouse);
void seals_part_undo(struct warehouse *warehouse);

/* Brings the table seal up to what this transaction wrote, before it is committed. */
int seals_write(struct warehouse *warehouse, struct err *err);

/* Forgets what was written: the transaction is rolled back. */
void seals_forget(struct warehouse *warehouse);

/* Adds up all tables as they stand, and notes what the schema says: after a migration, before the
 * commit. */
int seals_renew(struct warehouse *warehouse, struct err *err);

/* Notes what the views say alone, when they were made anew. */
int seals_renew_views(struct warehouse *warehouse, struct err *err);

/* A table that has been emptied is whole, whatever its rows were: what is made anew stands on that. One
 * with rows is left as it is. */
int seals_of_empty(struct warehouse *warehouse, const char *name, struct err *err);

/* What stands in a table is what counts from now on, whatever its rows were: for one of which every row has
 * just been made anew, or held against what it has to be. */
int seals_again(struct warehouse *warehouse, const char *name, struct err *err);

/* A table or a part of the schema that is not what was written: `name` is its name, `rows` and
 * `sealed` are how many rows there are and were; `schema`: it is a table's, index's or view's
 * definition; `unread`: its rows could not be read. */
struct seal_broken {
    struct str name;
    int64_t rows, sealed;
    bool schema, unread;
};

/* Adds all of it up again. Returns -1 when it could not be read. */
int seals_verify(struct warehouse *warehouse,
                 void (*broken)(void *self, const struct seal_broken *what), void *self,
                 struct err *err);

#endif
