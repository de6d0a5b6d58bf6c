/* A table's sum is that of the hashes of its rows, modulo 2^64, so that it does not depend on their
 * order and follows from the rows that come and go. SQLite tells of each before it is written. */
#define SQLITE_ENABLE_PREUPDATE_HOOK /* asked of the header; the library has to have it */
#include "core/store/seal.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/store/lack.h"
#include "core/store/schema.h"
#include "core/store/statement.h"
#include "core/text/hash.h"

enum { TABLES_MAX = 96, NAME_BYTES = 64, ROW_LIMIT = 1 << 30 };

struct sealed {
    char name[NAME_BYTES];
    int columns;  /* that are stored: they stand before those that are worked out */
    uint64_t sum; /* since the transaction began, and so are rows */
    int64_t rows;
};

struct part {
    uint64_t sum;
    int64_t rows;
};

struct seals {
    sqlite3 *db;
    struct sealed table[TABLES_MAX];
    struct part part[TABLES_MAX]; /* as they were when the part began */
    unsigned count;
    struct sealed *last; /* the table that was written last */
    struct buf row;
    bool failed;  /* a row could not be added, or is of a table that is not known: nothing more may be
                   * committed */
    bool resting; /* the sums are made anew in the end */
};

/* Rows --------------------------------------------------------------------------------------- */

/* The type, then eight bytes of number or length, then the bytes of a text. */
static void add_value(struct buf *row, sqlite3_value *value)
{
    int type = value ? sqlite3_value_type(value) : SQLITE_NULL;
    char head[1 + sizeof(uint64_t)] = {(char)type};
    struct str bytes = {0};
    uint64_t n = 0;
    if (type == SQLITE_INTEGER) {
        n = htole64((uint64_t)sqlite3_value_int64(value));
    } else if (type != SQLITE_NULL) {
        bytes.p = type == SQLITE_BLOB ? sqlite3_value_blob(value)
                                      : (const char *)sqlite3_value_text(value);
        bytes.n = (size_t)sqlite3_value_bytes(value);
        row->failed = row->failed || (bytes.n && !bytes.p);
        n = htole64(bytes.n);
    }
    memcpy(head + 1, &n, sizeof n);
    buf_add(row, (struct str){head, sizeof head});
    if (bytes.n && bytes.p)
        buf_add(row, bytes);
}

static uint64_t hash_row(const struct buf *row, const char *table)
{
    return hash_text((struct str){row->p, row->n}, hash_text(str_from(table), 0));
}

/* All but what SQLite keeps, the seals, and which build was here last: that is put right when it is
 * another one. As the query seal.tables. */
static bool is_sealed(const char *name)
{
    return strncmp(name, "sqlite_", 7) != 0 && strcmp(name, "seal") != 0 && strcmp(name, "builtin") != 0;
}

static struct sealed *find(struct seals *seals, const char *name)
{
    if (seals->last && strcmp(seals->last->name, name) == 0)
        return seals->last;
    for (unsigned i = 0; i < seals->count; i++)
        if (strcmp(seals->table[i].name, name) == 0)
            return seals->last = &seals->table[i];
    return NULL;
}

/* Adds the row before or after a change, or takes it away. */
static void change(struct seals *seals, struct sealed *table,
                   int (*value_at)(sqlite3 *, int, sqlite3_value **), int sign)
{
    buf_reset(&seals->row);
    for (int i = 0; i < table->columns; i++) {
        sqlite3_value *value = NULL;
        if (value_at(seals->db, i, &value) != SQLITE_OK)
            seals->failed = true;
        add_value(&seals->row, value);
    }
    seals->failed = seals->failed || seals->row.failed;
    uint64_t hash = hash_row(&seals->row, table->name);
    table->sum += sign > 0 ? hash : -hash;
    table->rows += sign;
}

static void before_change(void *self, sqlite3 *db, int what, const char *database, const char *name,
                          sqlite3_int64 old_row, sqlite3_int64 new_row)
{
    struct seals *seals = self;
    (void)db, (void)old_row, (void)new_row;
    if (seals->resting || strcmp(database, "main") != 0)
        return;
    struct sealed *table = find(seals, name);
    if (!table) {
        seals->failed = seals->failed || is_sealed(name);
        return;
    }
    if (what != SQLITE_INSERT)
        change(seals, table, sqlite3_preupdate_old, -1);
    if (what != SQLITE_DELETE)
        change(seals, table, sqlite3_preupdate_new, 1);
}

int seals_watch(struct warehouse *warehouse, struct err *err)
{
    struct seals *seals = calloc(1, sizeof *seals);
    if (!seals)
        return err_memory(err);
    seals->db = warehouse->db;
    seals->row = buf_new(ROW_LIMIT);
    warehouse->seals = seals;
    sqlite3_preupdate_hook(warehouse->db, before_change, seals);
    return 0;
}

void seals_rest(struct warehouse *warehouse)
{
    warehouse->seals->resting = true;
}

void seals_free(struct warehouse *warehouse)
{
    struct seals *seals = warehouse->seals;
    if (!seals)
        return;
    sqlite3_preupdate_hook(warehouse->db, NULL, NULL);
    buf_free(&seals->row);
    free(seals);
    warehouse->seals = NULL;
}

/* Transactions ------------------------------------------------------------------------------- */

static int learn(struct warehouse *warehouse, struct seals *seals, struct err *err)
{
    int got;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "seal.tables", err);
    if (!stmt)
        return -1;
    seals->count = 0;
    seals->last = NULL;
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        struct str name = column_str(stmt, 0);
        if (seals->count == TABLES_MAX || name.n >= NAME_BYTES || !schema_is_ours(STR("table"), name))
            continue; /* an analyst's; writing to one of ours that had no room here would fail */
        struct sealed *table = &seals->table[seals->count++];
        *table = (struct sealed){.columns = sqlite3_column_int(stmt, 1)};
        memcpy(table->name, name.p, name.n);
    }
    return got;
}

int seals_learn(struct warehouse *warehouse, struct err *err)
{
    return warehouse->seals->count ? 0 : learn(warehouse, warehouse->seals, err);
}

void seals_part(struct warehouse *warehouse)
{
    struct seals *seals = warehouse->seals;
    for (unsigned i = 0; i < seals->count; i++)
        seals->part[i] = (struct part){seals->table[i].sum, seals->table[i].rows};
}

void seals_part_undo(struct warehouse *warehouse)
{
    struct seals *seals = warehouse->seals;
    for (unsigned i = 0; i < seals->count; i++) {
        seals->table[i].sum = seals->part[i].sum;
        seals->table[i].rows = seals->part[i].rows;
    }
}

void seals_forget(struct warehouse *warehouse)
{
    struct seals *seals = warehouse->seals;
    for (unsigned i = 0; seals && i < seals->count; i++)
        seals->table[i].sum = 0, seals->table[i].rows = 0;
    if (seals)
        seals->resting = false;
}

static int put(struct warehouse *warehouse, const char *name, int64_t rows, uint64_t sum,
               struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "seal.put", err);
    if (!stmt)
        return -1;
    bind_text(stmt, 1, str_from(name));
    sqlite3_bind_int64(stmt, 2, rows);
    sqlite3_bind_int64(stmt, 3, (int64_t)sum);
    return statement_run(warehouse, stmt, err);
}

/* Adds what was written to what is noted of a table. */
static int add_to(struct warehouse *warehouse, const struct sealed *table, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "seal.get", err);
    if (!stmt)
        return -1;
    bind_text(stmt, 1, str_from(table->name));
    int got = statement_next(warehouse, stmt, err);
    if (got < 0)
        return -1;
    int64_t rows = got ? sqlite3_column_int64(stmt, 0) : 0;
    uint64_t sum = got ? (uint64_t)sqlite3_column_int64(stmt, 1) : 0;
    sqlite3_reset(stmt);
    return put(warehouse, table->name, rows + table->rows, sum + table->sum, err);
}

int seals_write(struct warehouse *warehouse, struct err *err)
{
    struct seals *seals = warehouse->seals;
    if (seals->failed)
        return err_set(err, ERR_SYSTEM, "a row was written that could not be added to its table's sum; "
                                        "nothing of this run was kept, run the command again");
    for (unsigned i = 0; i < seals->count; i++) {
        struct sealed *table = &seals->table[i];
        if ((table->rows || table->sum) && add_to(warehouse, table, err) < 0)
            return -1;
    }
    seals_forget(warehouse);
    return 0;
}

/* The whole ---------------------------------------------------------------------------------- */

/* The rows of a table as they stand: how many, and their sum. */
static int add_up(struct warehouse *warehouse, const struct sealed *table, int64_t *rows,
                  uint64_t *sum, struct err *err)
{
    struct buf sql = buf_new(1 << 16), row = buf_new(ROW_LIMIT);
    sqlite3_stmt *stmt = NULL, *names = warehouse_statement(warehouse, "seal.columns", err);
    int got = names ? 0 : -1;
    *rows = 0;
    *sum = 0;
    buf_text(&sql, "SELECT ");
    if (names)
        bind_text(names, 1, str_from(table->name));
    for (int i = 0; names && (got = statement_next(warehouse, names, err)) > 0; i++) {
        if (i > 0)
            buf_char(&sql, ',');
        statement_name(&sql, column_str(names, 0));
    }
    buf_text(&sql, " FROM main.");
    statement_name(&sql, str_from(table->name));
    if (got == 0 && sql.failed)
        got = err_memory(err);
    if (got == 0 && sqlite3_prepare_v2(warehouse->db, buf_str(&sql).p, -1, &stmt, NULL) != SQLITE_OK)
        got = warehouse_error(warehouse, err);
    while (got >= 0 && (got = statement_next(warehouse, stmt, err)) > 0) {
        buf_reset(&row);
        for (int i = 0; i < sqlite3_column_count(stmt); i++)
            add_value(&row, sqlite3_column_value(stmt, i));
        *sum += hash_row(&row, table->name);
        ++*rows;
        if (row.failed)
            got = err_memory(err);
    }
    sqlite3_finalize(stmt);
    buf_free(&sql);
    buf_free(&row);
    return got;
}

/* Definitions are noted as "view v_cell", with the hash of their text for a sum. Of one kind, or all. */
static int renew_schema(struct warehouse *warehouse, const char *kind, struct err *err)
{
    static const char *const names[] = {"seal.forget_schema", "seal.schema"};
    sqlite3_stmt *stmt = NULL;
    int got = 0;
    for (int i = 0; i < 2; i++) {
        if (!(stmt = warehouse_statement(warehouse, names[i], err)))
            return -1;
        bind_text(stmt, 1, str_from(kind));
        if (i == 0 && statement_run(warehouse, stmt, err) < 0)
            return -1;
    }
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        struct str name = column_str(stmt, 0), bare = name, type;
        str_split(&bare, ' ', &type);
        if (!schema_is_ours(type, bare))
            continue; /* an analyst's */
        if (put(warehouse, name.p, 1, hash_text(column_str(stmt, 1), 0), err) < 0) {
            sqlite3_reset(stmt);
            return -1;
        }
    }
    return got;
}

int seals_renew_views(struct warehouse *warehouse, struct err *err)
{
    return renew_schema(warehouse, "view", err);
}

/* As seals_again; `empty`: only where there are no rows. */
static int seal_anew(struct warehouse *warehouse, const char *name, bool empty, struct err *err)
{
    struct sealed *table = find(warehouse->seals, name);
    int64_t rows;
    uint64_t sum;
    if (!table || add_up(warehouse, table, &rows, &sum, err) < 0)
        return table ? -1 : 0;
    if (empty && rows > 0)
        return 0;
    table->rows = 0;
    table->sum = 0;
    return put(warehouse, name, rows, sum, err);
}

int seals_of_empty(struct warehouse *warehouse, const char *name, struct err *err)
{
    return seal_anew(warehouse, name, true, err);
}

int seals_again(struct warehouse *warehouse, const char *name, struct err *err)
{
    return seal_anew(warehouse, name, false, err);
}

int seals_renew(struct warehouse *warehouse, struct err *err)
{
    struct seals *seals = warehouse->seals;
    if (learn(warehouse, seals, err) < 0)
        return -1;
    for (unsigned i = 0; i < seals->count; i++) {
        int64_t rows;
        uint64_t sum;
        if (add_up(warehouse, &seals->table[i], &rows, &sum, err) < 0 ||
            put(warehouse, seals->table[i].name, rows, sum, err) < 0)
            return -1;
    }
    seals_forget(warehouse);
    return renew_schema(warehouse, "*", err);
}

/* What a seal says, and whether it holds. */
static int verify_one(struct warehouse *warehouse, const struct seals *seals, sqlite3_stmt *stmt,
                      struct seal_broken *what, bool *holds, struct err *err)
{
    int64_t rows = 0;
    uint64_t sum = 0;
    what->name = column_str(stmt, 0);
    what->sealed = sqlite3_column_int64(stmt, 1);
    what->schema = str_has(what->name, STR(" "));
    if (what->schema) {
        *holds = sqlite3_column_type(stmt, 3) != SQLITE_NULL &&
                 (int64_t)hash_text(column_str(stmt, 3), 0) == sqlite3_column_int64(stmt, 2);
        return 0;
    }
    for (unsigned i = 0; i < seals->count; i++)
        if (str_eq(str_from(seals->table[i].name), what->name) &&
            add_up(warehouse, &seals->table[i], &rows, &sum, err) < 0)
            return -1;
    what->rows = rows;
    *holds = rows == what->sealed && (int64_t)sum == sqlite3_column_int64(stmt, 2);
    return 0;
}

int seals_verify(struct warehouse *warehouse,
                 void (*broken)(void *self, const struct seal_broken *what), void *self,
                 struct err *err)
{
    struct seals *seals = calloc(1, sizeof *seals);
    if (!seals)
        return err_memory(err);
    sqlite3_stmt *stmt = NULL;
    int got = learn(warehouse, seals, err);
    if (got == 0 && !(stmt = warehouse_statement(warehouse, "seal.all", err)))
        got = -1;
    while (got >= 0 && (got = statement_next(warehouse, stmt, err)) > 0) {
        struct seal_broken what = {0};
        struct err why = {0};
        bool holds = true;
        what.unread = verify_one(warehouse, seals, stmt, &what, &holds, &why) < 0;
        if (what.unread && lack_met())
            got = err_memory(err);
        else if (what.unread || !holds)
            broken(self, &what);
    }
    if (stmt)
        sqlite3_reset(stmt);
    free(seals);
    return got;
}
