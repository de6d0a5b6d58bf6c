/* Opening the SQLite file and refusing what is not ours; errors in plain words. */
#include "core/store/warehouse.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/resource.h"
#include "core/store/builtin.h"
#include "core/store/lack.h"
#include "core/store/migrate_2.h"
#include "core/store/pack.h"
#include "core/store/seal.h"
#include "core/store/shared.h"
#include "core/store/statement.h"

enum { PATIENCE_MS = 10000 };

const char *const warehouse_tails[WAREHOUSE_FILES] = {"", "-wal", "-shm", "-journal", ".lock"};

/* Foreign keys are enforced; schema objects may call no unsafe function; freed pages are not
 * overwritten (secure_delete slows bulk loads, and the originals are public documents). */
static const char settings[] = "PRAGMA foreign_keys = ON;"
                               "PRAGMA trusted_schema = OFF;"
                               "PRAGMA secure_delete = OFF;"
                               "PRAGMA synchronous = FULL;";

/* By what is done: who writes needs many pages and sorts little; who asks may have to sort anything, which
 * goes to a temporary file once it outgrows the cache. */
static const char to_write[] = "PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;";
static const char to_ask[] = "PRAGMA cache_size = -8192; PRAGMA temp_store = FILE;";

void warehouse_now_ask(struct warehouse *warehouse)
{
    if (!warehouse->in_transaction)
        sqlite3_exec(warehouse->db, to_ask, NULL, NULL, NULL);
}

int warehouse_error(struct warehouse *warehouse, struct err *err)
{
    sqlite3 *db = warehouse->db;
    int code = sqlite3_errcode(db) & 0xff, system = sqlite3_system_errno(db);
    if (lack_met())
        return err_memory(err);
    /* a full disk under the file that readers and writers share is told by its number alone */
    if (code == SQLITE_IOERR && (system == ENOSPC || system == EDQUOT ||
                                 sqlite3_extended_errcode(db) == SQLITE_IOERR_SHMSIZE))
        code = SQLITE_FULL;
    switch (code) {
    case SQLITE_NOMEM:
        return err_memory(err);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return err_set(err, ERR_BUSY, "another program holds the warehouse; run the command again "
                                      "when it has finished");
    case SQLITE_FULL:
        return err_set(err, ERR_SYSTEM, "the disk is full; nothing of this run was kept, free some "
                                        "space and run the command again");
    case SQLITE_IOERR:
        return err_set(err, ERR_SYSTEM, "the disk failed (%s, database error %d); nothing of this run "
                                        "was kept, look at the disk and run the command again",
                       system ? strerror(system) : "no more is known", sqlite3_extended_errcode(db));
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return err_set(err, ERR_SYSTEM, "the warehouse cannot be written; check the rights of the "
                                        "file and its folder");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return err_set(err, ERR_SYSTEM, "the warehouse is damaged or no warehouse (%s); restore it "
                                        "from a backup", sqlite3_errmsg(db));
    default:
        return err_set(err, ERR_SYSTEM, "database error %d: %s", sqlite3_extended_errcode(db),
                       sqlite3_errmsg(db));
    }
}

int warehouse_run_script(struct warehouse *warehouse, const char *sql, struct err *err)
{
    if (sqlite3_exec(warehouse->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return warehouse_error(warehouse, err);
    return 0;
}

/* A pragma's or a query's single integer. */
static int number_of(struct warehouse *warehouse, const char *sql, int64_t *out, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int status = -1;
    if (sqlite3_prepare_v2(warehouse->db, sql, -1, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW) {
        *out = sqlite3_column_int64(stmt, 0);
        status = 0;
    } else {
        warehouse_error(warehouse, err);
    }
    sqlite3_finalize(stmt);
    return status;
}

/* What stands in the file: its version, 0 for an empty one; refuses what is not ours. */
static int look(struct warehouse *warehouse, const char *path, int64_t *version, struct err *err)
{
    int64_t id, tables;
    if (number_of(warehouse, "PRAGMA application_id", &id, err) < 0 ||
        number_of(warehouse, "PRAGMA user_version", version, err) < 0 ||
        number_of(warehouse, "SELECT count(*) FROM sqlite_schema", &tables, err) < 0)
        return -1;
    if (id == 0 && *version == 0 && tables == 0)
        return 0;
    if (id != WAREHOUSE_APPLICATION_ID)
        return err_set(err, ERR_SYSTEM, "%s is a database of another program; name another file "
                                        "with --warehouse", path);
    if (*version > WAREHOUSE_VERSION)
        return err_set(err, ERR_SYSTEM, "%s is of version %d, made by a newer gongkai; this one "
                                        "knows up to version %d: update it", path, (int)*version,
                       WAREHOUSE_VERSION);
    return 0;
}

/* Rows that refer to none, after tables were made anew with foreign keys off. */
static int check_references(struct warehouse *warehouse, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "status.foreign_keys", err);
    int got = stmt ? statement_next(warehouse, stmt, err) : -1;
    if (got <= 0)
        return got;
    err_set(err, ERR_SYSTEM, "row %lld of table %.*s refers to a row that is not there",
            (long long)sqlite3_column_int64(stmt, 1), STR_ARG(column_str(stmt, 0)));
    sqlite3_reset(stmt);
    return -1;
}

/* One version on: by sql/migrations alone, but for the one that takes more than SQL. */
static int migrate_to(struct warehouse *warehouse, int64_t version, struct err *err)
{
    char script[32];
    if (version == 2)
        return migrate_2(warehouse, err);
    snprintf(script, sizeof script, "migrations/%04d.sql", (int)version);
    return warehouse_run_script(warehouse, resource_text(script), err);
}

/* Brings the schema from `version` to today's; inside a transaction. */
static int migrate(struct warehouse *warehouse, int64_t version, struct err *err)
{
    char text[96];
    if (version == 0 && warehouse_run_script(warehouse, resource_text("schema.sql"), err) < 0)
        return -1;
    for (int64_t v = version; v > 0 && v < WAREHOUSE_VERSION; v++)
        if (migrate_to(warehouse, v + 1, err) < 0)
            return -1;
    if (version > 0 && check_references(warehouse, err) < 0)
        return -1;
    snprintf(text, sizeof text, "PRAGMA application_id = %d; PRAGMA user_version = %d",
             WAREHOUSE_APPLICATION_ID, WAREHOUSE_VERSION);
    return warehouse_run_script(warehouse, text, err);
}

/* Tables are made anew under their names while others refer to them: to be said before the
 * transaction begins. */
static int loosen(struct warehouse *warehouse, int64_t version, struct err *err)
{
    if (version == 0 || version == WAREHOUSE_VERSION)
        return 0;
    return warehouse_run_script(
        warehouse, "PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON", err);
}

static int tighten(struct warehouse *warehouse, struct err *err)
{
    return warehouse_run_script(
        warehouse, "PRAGMA foreign_keys = ON; PRAGMA legacy_alter_table = OFF", err);
}

/* Creates, migrates and refreshes what the program brings along, all or nothing. */
static int bring_up_to_date(struct warehouse *warehouse, const char *path, struct err *err)
{
    int64_t version;
    if (look(warehouse, path, &version, err) < 0)
        return -1;
    if (version == WAREHOUSE_VERSION && builtin_is_fresh(warehouse))
        return 0;
    if (loosen(warehouse, version, err) < 0 || warehouse_begin(warehouse, err) < 0)
        return -1;
    /* Again inside the transaction: another run may have just done it. */
    int status = look(warehouse, path, &version, err);
    bool old = status == 0 && version < WAREHOUSE_VERSION;
    if (old)
        seals_rest(warehouse);
    if (status < 0 || (old && migrate(warehouse, version, err) < 0) ||
        (!builtin_is_fresh(warehouse) && builtin_load(warehouse, err) < 0) ||
        (old ? seals_renew(warehouse, err) : seals_renew_views(warehouse, err)) < 0 ||
        warehouse_commit(warehouse, err) < 0) {
        warehouse_rollback(warehouse);
        return -1;
    }
    return tighten(warehouse, err);
}

/* The path as a file: URI, for the parameters that only a URI can carry. */
static void uri_of(const char *path, const char *parameters, struct buf *out)
{
    buf_text(out, "file:");
    for (const char *p = path; *p; p++) {
        if (strchr("%?#", *p))
            buf_printf(out, "%%%02x", (unsigned)*p);
        else
            buf_char(out, *p);
    }
    buf_text(out, parameters);
    buf_str(out);
}

static int connect_to(struct warehouse *warehouse, const char *name, int flags, const char *path,
                      struct err *err)
{
    seals_free(warehouse);
    sqlite3_close(warehouse->db);
    warehouse->db = NULL;
    int status = sqlite3_open_v2(name, &warehouse->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (!warehouse->db)
        return err_memory(err);
    if (status != SQLITE_OK)
        return err_set(err, ERR_SYSTEM, "%s cannot be opened (%s); check the path and its rights",
                       path, strerror(sqlite3_system_errno(warehouse->db)));
    sqlite3_extended_result_codes(warehouse->db, 1);
    if (seals_watch(warehouse, err) < 0)
        return -1;
    sqlite3_busy_timeout(warehouse->db, PATIENCE_MS);
    if (warehouse_run_script(warehouse, settings, err) < 0)
        return -1;
    return warehouse_run_script(warehouse, warehouse->mode == WAREHOUSE_READ ? to_ask : to_write, err);
}

/* For reading. A program that finds its own views missing lays them down first where it may
 * write; a file in a folder that cannot be written is read as it stands. */
static int open_to_read(struct warehouse *warehouse, const char *path, struct err *err)
{
    if (access(path, F_OK) != 0)
        return err_set(err, ERR_USAGE, "there is no warehouse %s; import something first, or name "
                                        "it with --warehouse", path);
    int64_t version;
    struct err why = {0};
    if (connect_to(warehouse, path, SQLITE_OPEN_READWRITE, path, &why) < 0 ||
        look(warehouse, path, &version, &why) < 0) {
        struct buf uri = buf_new(1 << 16);
        int first = warehouse->db ? sqlite3_errcode(warehouse->db) & 0xff : 0;
        if (first == SQLITE_CANTOPEN || first == SQLITE_READONLY)
            uri_of(path, "?immutable=1", &uri);
        int status = -1;
        if (uri.n == 0 || uri.failed) {
            if (err)
                *err = why;
        } else if (connect_to(warehouse, uri.p, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, path,
                              err) == 0) {
            status = look(warehouse, path, &version, err);
        }
        buf_free(&uri);
        if (status < 0)
            return -1;
    }
    bool writable = sqlite3_db_readonly(warehouse->db, "main") == 0;
    if (writable && (version < WAREHOUSE_VERSION || !builtin_is_fresh(warehouse)) &&
        bring_up_to_date(warehouse, path, err) < 0)
        return -1;
    if (!writable && version < WAREHOUSE_VERSION)
        return err_set(err, ERR_SYSTEM, "%s is of an older version and cannot be written to bring "
                                        "it up to date; run the command as its owner", path);
    return warehouse_run_script(warehouse, "PRAGMA query_only = ON", err);
}

static int open_to_write(struct warehouse *warehouse, const char *path, struct err *err)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int64_t version;
    if (connect_to(warehouse, path, flags, path, err) < 0 ||
        look(warehouse, path, &version, err) < 0 ||
        warehouse_run_script(warehouse, "PRAGMA journal_mode = WAL", err) < 0)
        return -1;
    return bring_up_to_date(warehouse, path, err);
}

static int open_to_try(struct warehouse *warehouse, const char *path, struct err *err)
{
    bool there = access(path, F_OK) == 0;
    int64_t version;
    if (connect_to(warehouse, there ? path : ":memory:", SQLITE_OPEN_READWRITE, path, err) < 0 ||
        look(warehouse, path, &version, err) < 0 || loosen(warehouse, version, err) < 0 ||
        warehouse_run_script(warehouse, "BEGIN IMMEDIATE", err) < 0)
        return -1;
    return bring_up_to_date(warehouse, path, err);
}

int warehouse_open(struct warehouse **out, const char *path, enum warehouse_mode mode,
                   const struct catalog *catalog, struct err *err)
{
    struct warehouse *warehouse = calloc(1, sizeof *warehouse);
    if (!warehouse)
        return err_memory(err);
    warehouse->catalog = catalog;
    warehouse->mode = mode;
    /* No figures of SQLite's memory: they cost a lock for every piece of it. Where SQLite is at work
     * already this is refused, and changes nothing. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    lack_watch();
    int status = mode == WAREHOUSE_READ    ? open_to_read(warehouse, path, err)
                 : mode == WAREHOUSE_WRITE ? open_to_write(warehouse, path, err)
                                           : open_to_try(warehouse, path, err);
    if (status < 0) {
        warehouse_close(warehouse);
        return -1;
    }
    *out = warehouse;
    return 0;
}

void warehouse_close(struct warehouse *warehouse)
{
    if (!warehouse)
        return;
    warehouse_rollback(warehouse);
    if (warehouse->mode == WAREHOUSE_TRY && warehouse->db) {
        statements_reset(warehouse);
        sqlite3_exec(warehouse->db, "ROLLBACK", NULL, NULL, NULL);
    }
    statements_free(warehouse);
    packer_free(warehouse->packer);
    shared_forget(warehouse);
    seals_free(warehouse);
    sqlite3_close(warehouse->db);
    free(warehouse);
}

int warehouse_is_empty(struct warehouse *warehouse, bool *empty, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.holds_anything", err);
    int got = stmt ? statement_next(warehouse, stmt, err) : -1;
    if (got < 0)
        return -1;
    *empty = got == 0 || sqlite3_column_int(stmt, 0) == 0;
    sqlite3_reset(stmt);
    return 0;
}

struct packer *warehouse_packer(struct warehouse *warehouse, struct err *err)
{
    if (!warehouse->packer && packer_new(&warehouse->packer, err) < 0)
        return NULL;
    return warehouse->packer;
}

static char now[32];
static pthread_once_t now_once = PTHREAD_ONCE_INIT;

static void read_clock(void)
{
    const char *given = getenv("GONGKAI_NOW");
    if (given && *given && strlen(given) < sizeof now) {
        strncpy(now, given, sizeof now - 1);
        return;
    }
    time_t t = time(NULL);
    struct tm tm;
    if (gmtime_r(&t, &tm))
        strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

const char *warehouse_now(void)
{
    pthread_once(&now_once, read_clock);
    return now;
}
