#include "core/store/run.h"

#include "core/store/statement.h"

/* Alone, or as a part of the transaction that is open. */
static int run_alone(struct warehouse *warehouse, sqlite3_stmt *stmt, struct err *err)
{
    bool own;
    if (warehouse_enter(warehouse, &own, err) < 0)
        return -1;
    return warehouse_leave(warehouse, own, statement_run(warehouse, stmt, err), err);
}

int run_begin(struct warehouse *warehouse, const char *command, int64_t *run_id, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.run_begin", err);
    if (!stmt)
        return -1;
    bind_str(stmt, 1, str_from(command));
    bind_str(stmt, 2, str_from(warehouse_now()));
    if (run_alone(warehouse, stmt, err) < 0)
        return -1;
    *run_id = sqlite3_last_insert_rowid(warehouse->db);
    return 0;
}

int run_end(struct warehouse *warehouse, int64_t run_id, const struct run_counts *counts,
            int exit_code, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.run_end", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, run_id);
    bind_str(stmt, 2, str_from(warehouse_now()));
    sqlite3_bind_int64(stmt, 3, counts->read);
    sqlite3_bind_int64(stmt, 4, counts->loaded);
    sqlite3_bind_int64(stmt, 5, counts->unchanged);
    sqlite3_bind_int64(stmt, 6, counts->rejected);
    sqlite3_bind_int(stmt, 7, exit_code);
    return run_alone(warehouse, stmt, err);
}
