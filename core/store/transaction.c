/* Transactions, their parts, and what writing remembers while they last. */
#include "core/store/lack.h"
#include "core/store/seal.h"
#include "core/store/shared.h"
#include "core/store/statement.h"

void warehouse_forget(struct warehouse *warehouse)
{
    shared_forget(warehouse);
    warehouse->next_number = warehouse->numbered = 0;
    warehouse->new_source = warehouse->named_source = 0;
    warehouse->no_withdrawals = false;
    warehouse->ordinals = 0;
}

static int run_named(struct warehouse *warehouse, const char *name, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, name, err);
    return stmt ? statement_run(warehouse, stmt, err) : -1;
}

int warehouse_part(struct warehouse *warehouse, struct err *err)
{
    seals_part(warehouse);
    return run_named(warehouse, "store.part", err);
}

int warehouse_part_keep(struct warehouse *warehouse, struct err *err)
{
    return run_named(warehouse, "store.part_keep", err);
}

int warehouse_part_undo(struct warehouse *warehouse, struct err *err)
{
    warehouse_forget(warehouse);
    seals_part_undo(warehouse);
    return run_named(warehouse, "store.part_undo", err);
}

int warehouse_number(struct warehouse *warehouse, int64_t *number, struct err *err)
{
    if (!warehouse->next_number) {
        sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.next_number", err);
        if (!stmt || statement_next(warehouse, stmt, err) < 0)
            return -1;
        warehouse->next_number = sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
    }
    *number = warehouse->next_number++;
    if (!warehouse->first_new)
        warehouse->first_new = *number;
    return 0;
}

int warehouse_flush(struct warehouse *warehouse, struct err *err)
{
    int status = 0;
    if (warehouse->last_loaded) {
        sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.change_loads", err);
        if (!stmt)
            return -1;
        sqlite3_bind_int64(stmt, 1, warehouse->loading_run);
        sqlite3_bind_int64(stmt, 2, warehouse->first_new);
        sqlite3_bind_int64(stmt, 3, warehouse->last_loaded);
        status = statement_run(warehouse, stmt, err);
    }
    warehouse->first_new = warehouse->last_loaded = 0;
    return status;
}

/* A trial runs inside one transaction from opening to closing; its own are savepoints. */
int warehouse_begin(struct warehouse *warehouse, struct err *err)
{
    bool trial = warehouse->mode == WAREHOUSE_TRY;
    if (warehouse_run_script(warehouse, trial ? "SAVEPOINT trial" : "BEGIN IMMEDIATE", err) < 0)
        return -1;
    warehouse->in_transaction = true;
    if (seals_learn(warehouse, err) == 0)
        return 0;
    warehouse_rollback(warehouse);
    return -1;
}

int warehouse_commit(struct warehouse *warehouse, struct err *err)
{
    bool trial = warehouse->mode == WAREHOUSE_TRY;
    if (lack_met())
        return err_memory(err);
    if (warehouse_flush(warehouse, err) < 0 || seals_write(warehouse, err) < 0 ||
        warehouse_run_script(warehouse, trial ? "RELEASE trial" : "COMMIT", err) < 0)
        return -1;
    warehouse->in_transaction = false;
    return 0;
}

void warehouse_rollback(struct warehouse *warehouse)
{
    if (!warehouse->in_transaction)
        return;
    bool trial = warehouse->mode == WAREHOUSE_TRY;
    warehouse_forget(warehouse);
    warehouse->first_new = warehouse->last_loaded = 0;
    seals_forget(warehouse);
    statements_reset(warehouse);
    sqlite3_exec(warehouse->db, trial ? "ROLLBACK TO trial; RELEASE trial" : "ROLLBACK", NULL, NULL,
                 NULL);
    warehouse->in_transaction = false;
    lack_forget();
}

int warehouse_enter(struct warehouse *warehouse, bool *own, struct err *err)
{
    *own = !warehouse->in_transaction;
    return *own ? warehouse_begin(warehouse, err) : 0;
}

int warehouse_leave(struct warehouse *warehouse, bool own, int status, struct err *err)
{
    if (own && status == 0)
        status = warehouse_commit(warehouse, err);
    if (own && status < 0)
        warehouse_rollback(warehouse);
    return status;
}
