#include "core/store/warehouse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/resource.h"
#include "core/store/builtin.h"
#include "core/store/statement.h"
#include "tests/tap.h"

static char folder[64], path[96];

static int64_t number(struct warehouse *w, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    int64_t n = -1;
    if (sqlite3_prepare_v2(w->db, sql, -1, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW)
        n = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return n;
}

static void shell(const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_open(path, &db);
    sqlite3_exec(db, sql, NULL, NULL, NULL);
    sqlite3_close(db);
}

static void every_statement_prepares(struct warehouse *w)
{
    for (const struct resource *r = resources; r->path; r++) {
        struct str file = str_from(r->path), rest = {r->text, r->size}, line;
        if (!str_starts(file, STR("queries/")))
            continue;
        struct str stem = str_slice(file, 8, file.n - 4);
        while (str_line(&rest, &line)) {
            if (!str_starts(line, STR("-- @")))
                continue;
            char name[96];
            struct err err = {0};
            struct str at = str_trim(str_skip(line, 4));
            snprintf(name, sizeof name, "%.*s.%.*s", STR_ARG(stem), STR_ARG(at));
            if (!ok(warehouse_statement(w, name, &err) != NULL, "statement %s prepares", name))
                diag("%s", err.english);
        }
    }
}

static void every_view_can_be_read(struct warehouse *w)
{
    sqlite3_stmt *views = warehouse_statement(w, "builtin.views", NULL);
    while (views && sqlite3_step(views) == SQLITE_ROW) {
        char sql[128];
        const char *name = (const char *)sqlite3_column_text(views, 0);
        snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", name);
        ok(number(w, sql) >= 0, "view %s can be read", name);
    }
}

int main(void)
{
    snprintf(folder, sizeof folder, "/tmp/gongkai-test-XXXXXX");
    if (!mkdtemp(folder))
        return 1;
    snprintf(path, sizeof path, "%s/w.db", folder);
    struct catalog *catalog = NULL;
    struct warehouse *w = NULL;
    struct err err = {0};
    catalog_load(&catalog, &err);

    ok(warehouse_open(&w, path, WAREHOUSE_READ, catalog, &err) < 0 && access(path, F_OK) != 0,
       "reading does not create a warehouse");
    ok(warehouse_open(&w, path, WAREHOUSE_TRY, catalog, &err) == 0 && access(path, F_OK) != 0,
       "trying does not create a warehouse");
    warehouse_close(w);
    if (!ok(warehouse_open(&w, path, WAREHOUSE_WRITE, catalog, &err) == 0,
            "writing creates a warehouse")) {
        diag("%s", err.english);
        return done();
    }
    ok(number(w, "SELECT count(*) FROM form_cell") == 58 + 198 + 200, "it holds every form's cells");
    ok(number(w, "SELECT count(*) FROM division WHERE code <> '000000'") == 3608,
       "it holds every built-in division");
    ok(number(w, "SELECT count(*) FROM division_period WHERE code = '130502'") == 2,
       "a division that was renamed has two periods");
    ok(number(w, "SELECT count(*) FROM division_period WHERE last_year = 2024") == 0,
       "the last year of the list means valid today");
    ok(number(w, "PRAGMA foreign_keys") == 1, "foreign keys are on");
    ok(number(w, "SELECT count(*) FROM pragma_foreign_key_check") == 0, "and none is broken");
    every_statement_prepares(w);
    every_view_can_be_read(w);
    warehouse_close(w);
    char wal[112];
    snprintf(wal, sizeof wal, "%s-wal", path);
    ok(access(wal, F_OK) != 0, "at rest the warehouse is one file");

    w = NULL;
    ok(warehouse_open(&w, path, WAREHOUSE_READ, catalog, &err) == 0, "it can be opened to read");
    ok(warehouse_run_script(w, "DELETE FROM form_cell", NULL) < 0, "a reader cannot write");
    warehouse_close(w);

    shell("DROP VIEW v_cell; CREATE VIEW v_old AS SELECT 1; INSERT INTO seal VALUES ('view v_old', 1, 0);"
          "CREATE VIEW v_mine AS SELECT 1; UPDATE builtin SET digest = '';"
          "UPDATE division SET origin = 'register' WHERE code = '110101';"
          "UPDATE division_period SET name = '新名' WHERE code = '110101';"
          "UPDATE division_period SET name = '错名' WHERE code = '110102';");
    w = NULL;
    ok(warehouse_open(&w, path, WAREHOUSE_READ, catalog, &err) == 0 &&
           number(w, "SELECT count(*) FROM v_cell") == 0 &&
           number(w, "SELECT count(*) FROM sqlite_schema WHERE name = 'v_old'") == 0 &&
           number(w, "SELECT count(*) FROM sqlite_schema WHERE name = 'v_mine'") == 1,
       "views of another version are made anew on opening, those of analysts left alone");
    ok(number(w, "SELECT count(*) FROM division_period WHERE name = '新名'") == 1,
       "a division loaded from a register outlives the refresh");
    ok(number(w, "SELECT count(*) FROM division_period WHERE name = '错名'") == 0,
       "a built-in division is refreshed");
    warehouse_close(w);

    w = NULL;
    warehouse_open(&w, path, WAREHOUSE_TRY, catalog, &err);
    ok(warehouse_begin(w, &err) == 0 && warehouse_run_script(w, "DELETE FROM form_cell", &err) == 0 &&
           warehouse_commit(w, &err) == 0 && number(w, "SELECT count(*) FROM form_cell") == 0,
       "a trial sees what it wrote");
    warehouse_close(w);
    warehouse_open(&w, path, WAREHOUSE_READ, catalog, &err);
    ok(number(w, "SELECT count(*) FROM form_cell") == 456, "and leaves nothing behind");
    warehouse_close(w);

    shell("PRAGMA user_version = 99");
    w = NULL;
    ok(warehouse_open(&w, path, WAREHOUSE_WRITE, catalog, &err) < 0 && err.kind == ERR_SYSTEM &&
           strstr(err.english, "newer"),
       "a newer warehouse is refused");
    shell("PRAGMA user_version = 1; PRAGMA application_id = 7");
    ok(warehouse_open(&w, path, WAREHOUSE_WRITE, catalog, &err) < 0 &&
           strstr(err.english, "another program"),
       "another program's database is refused");
    FILE *f = fopen(path, "w");
    for (int i = 0; i < 500; i++)
        fputs("no database at all\n", f);
    fclose(f);
    ok(warehouse_open(&w, path, WAREHOUSE_WRITE, catalog, &err) < 0 && err.kind == ERR_SYSTEM,
       "a file that is no database is refused");
    unlink(path);
    rmdir(folder);
    catalog_free(catalog);
    return done();
}
