/* world.h - a warehouse for tests of totals: agencies and reports made one by one, the totals
 * computed a second way in plain SQL, and the tables written out to be compared. */
#ifndef GONGKAI_TESTS_WORLD_H
#define GONGKAI_TESTS_WORLD_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/rollup/rollup.h"
#include "core/store/report_store.h"
#include "tests/tap.h"
#include "tests/unit/source_kit.h"

struct world {
    struct warehouse *w;
    struct catalog *catalog;
    struct arena arena;
    char path[64];
    int64_t sources;
};

__attribute__((unused)) static void world_must(int status, const struct err *err)
{
    if (status < 0) {
        printf("not ok - the world stands\n# %s\n", err->english);
        exit(1);
    }
}

__attribute__((unused)) static void world_run(struct world *world, const char *sql)
{
    struct err err = {0};
    world_must(warehouse_run_script(world->w, sql, &err), &err);
}

__attribute__((unused)) static void world_open(struct world *world)
{
    struct err err = {0};
    *world = (struct world){.arena = arena_new((size_t)64 << 20)};
    snprintf(world->path, sizeof world->path, "/tmp/gongkai-world-%d.db", (int)getpid());
    unlink(world->path);
    world_must(catalog_load(&world->catalog, &err), &err);
    world_must(warehouse_open(&world->w, world->path, WAREHOUSE_WRITE, world->catalog, &err), &err);
    world_run(world, "INSERT INTO run (run_id, command, started_at) VALUES (1, 'test', '2026');"
                     "INSERT INTO folder (folder_id, path) VALUES (1, '');"
                     "PRAGMA synchronous = OFF");
}

__attribute__((unused)) static void world_close(struct world *world)
{
    warehouse_close(world->w);
    catalog_free(world->catalog);
    arena_free(&world->arena);
    unlink(world->path);
}

/* A value of a query as text, in one of eight places used in turn. */
__attribute__((unused)) static const char *world_ask(struct world *world, const char *sql)
{
    static char answers[8][2048];
    static int next;
    char *answer = answers[next++ % 8];
    sqlite3_stmt *stmt = NULL;
    snprintf(answer, sizeof answers[0], "(no row)");
    if (sqlite3_prepare_v2(world->w->db, sql, -1, &stmt, NULL) != SQLITE_OK)
        snprintf(answer, sizeof answers[0], "(%s)", sqlite3_errmsg(world->w->db));
    else if (sqlite3_step(stmt) == SQLITE_ROW)
        snprintf(answer, sizeof answers[0], "%s",
                 sqlite3_column_text(stmt, 0) ? (const char *)sqlite3_column_text(stmt, 0) : "NULL");
    sqlite3_finalize(stmt);
    return answer;
}

__attribute__((unused)) static void world_answers(struct world *world, const char *sql,
                                                  const char *want, const char *name)
{
    const char *got = world_ask(world, sql);
    if (!ok(strcmp(got, want) == 0, "%s", name))
        diag("got %s, want %s", got, want);
}

/* An agency; last_year 0: still there; division NULL: not known. */
__attribute__((unused)) static int64_t world_agency(struct world *world, const char *name,
                                                    const char *division, const char *kind,
                                                    int first_year, int last_year, int registered)
{
    sqlite3_stmt *stmt = NULL;
    sqlite3_prepare_v2(world->w->db,
                       "INSERT INTO agency (name, division_code, kind, first_year, last_year, "
                       "registered) VALUES (?1, ?2, ?3, nullif(?4, 0), nullif(?5, 0), ?6)",
                       -1, &stmt, NULL);
    sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 2, division, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 3, kind, -1, SQLITE_STATIC);
    sqlite3_bind_int(stmt, 4, first_year);
    sqlite3_bind_int(stmt, 5, last_year);
    sqlite3_bind_int(stmt, 6, registered);
    if (sqlite3_step(stmt) != SQLITE_DONE)
        printf("not ok - %s: %s\n", name, sqlite3_errmsg(world->w->db));
    sqlite3_finalize(stmt);
    return sqlite3_last_insert_rowid(world->w->db);
}

/* A report with every cell of the form printed as 0; figures are set with world_set. */
__attribute__((unused)) static struct report *world_report(struct world *world, int form)
{
    struct report *report = report_new(&world->arena);
    const struct form *f = catalog_form(world->catalog, form);
    report->form = form;
    report->title = STR("年度报告");
    for (uint32_t i = 0; i < f->count; i++)
        if (f->cells[i].id != CELL_NONE &&
            report_fact(report, (struct fact){.cell = f->cells[i].id, .line = i + 10}) < 0)
            abort();
    report_sort(report);
    return report;
}

/* Sets a cell, adding it when the form has no such one. */
__attribute__((unused)) static struct fact *world_set(struct world *world, struct report *report,
                                                      const char *code, int64_t value)
{
    const struct cell *cell = catalog_find(world->catalog, str_from(code));
    struct fact *fact = (struct fact *)report_find(report, cell->id);
    if (!fact) {
        if (report_fact(report, (struct fact){.cell = cell->id, .line = 9}) < 0)
            abort();
        report_sort(report);
        fact = (struct fact *)report_find(report, cell->id);
    }
    fact->state = STATE_VALUE;
    fact->value = value;
    return fact;
}

/* Stores it, from a source of its own. */
__attribute__((unused)) static int64_t world_store(struct world *world, int64_t agency, int year,
                                                   enum scope scope, struct report *report)
{
    char path[64];
    int64_t n = ++world->sources;
    snprintf(path, sizeof path, "file-%lld.txt", (long long)n);
    struct err err = {0};
    struct stored_report stored = {0};
    const struct report_key key = {.agency_id = agency, .year = year, .scope = scope};
    const struct report_origin origin = {.run_id = 1,
                                         .source_id = source_kit(world->w, path, n)};
    world_must(report_store(world->w, &key, &origin, report, &stored, &err), &err);
    return stored.report_id;
}

/* An own report that states one figure, all else 0. */
__attribute__((unused)) static int64_t world_own(struct world *world, int64_t agency, int year,
                                                 int form, const char *code, int64_t value)
{
    struct report *report = world_report(world, form);
    world_set(world, report, code, value);
    return world_store(world, agency, year, SCOPE_OWN, report);
}

/* Takes a report out. */
__attribute__((unused)) static void world_withdraw(struct world *world, int64_t report_id)
{
    char sql[256];
    struct err err = {0};
    snprintf(sql, sizeof sql,
             "INSERT INTO withdrawal (report_id, run_id, reason, made_at) "
             "VALUES (%lld, 1, 'test', '2026')", (long long)report_id);
    world_run(world, sql);
    snprintf(sql, sizeof sql, "SELECT agency_id FROM report WHERE report_id = %lld",
             (long long)report_id);
    struct report_key key = {.agency_id = atoll(world_ask(world, sql))};
    snprintf(sql, sizeof sql, "SELECT year FROM report WHERE report_id = %lld",
             (long long)report_id);
    key.year = atoi(world_ask(world, sql));
    snprintf(sql, sizeof sql, "SELECT scope FROM report WHERE report_id = %lld",
             (long long)report_id);
    key.scope = strcmp(world_ask(world, sql), "own") == 0 ? SCOPE_OWN : SCOPE_COMPOSITE;
    world_must(report_elect(world->w, 1, &key, "withdraw", &err), &err);
}

__attribute__((unused)) static struct rollup_result world_rollup(struct world *world, bool all)
{
    struct err err = {0};
    struct rollup_result result = {0};
    world_must(rollup_update(world->w, all, &result, &err), &err);
    return result;
}

/* All rows of the tables of totals as text. */
__attribute__((unused)) static struct buf world_dump(struct world *world)
{
    static const char *const queries[] = {
        "SELECT * FROM area ORDER BY area_id", "SELECT * FROM total ORDER BY area_id, line",
        "SELECT * FROM total_gap ORDER BY area_id, cell_id",
        "SELECT * FROM total_series ORDER BY area_id, number"};
    struct buf dump = buf_new((size_t)512 << 20);
    for (int q = 0; q < 4; q++) {
        sqlite3_stmt *stmt = NULL;
        sqlite3_prepare_v2(world->w->db, queries[q], -1, &stmt, NULL);
        while (sqlite3_step(stmt) == SQLITE_ROW) {
            for (int i = 0; i < sqlite3_column_count(stmt); i++) {
                const char *text = (const char *)sqlite3_column_text(stmt, i);
                buf_printf(&dump, "%s|", text ? text : "NULL");
            }
            buf_char(&dump, '\n');
        }
        sqlite3_finalize(stmt);
    }
    return dump;
}

/* Every total a second way: plain SQL over v_cell, joined with the agencies and the division tree
 * of each year, which is climbed for each report. Money is taken apart as decimal text. */
static const char world_independent[] =
    "CREATE TEMP TABLE place (code, year, parent, PRIMARY KEY (code, year)) WITHOUT ROWID;"
    "INSERT INTO place "
    "  SELECT d.code, y.year, CASE WHEN d.code = '000000' THEN NULL ELSE"
    "         (SELECT p.parent_code FROM division_period p WHERE p.code = d.code AND p.first_year ="
    "           ifnull((SELECT max(first_year) FROM division_period q"
    "                    WHERE q.code = d.code AND q.first_year <= y.year),"
    "                  (SELECT min(first_year) FROM division_period q WHERE q.code = d.code)))"
    "         END FROM division d, (SELECT DISTINCT year FROM report WHERE current = 1) y;"
    "CREATE TEMP TABLE second AS "
    "WITH RECURSIVE "
    "up(leaf, code, year) AS ("
    "  SELECT a.division_code, a.division_code, y.year"
    "    FROM (SELECT DISTINCT division_code FROM agency WHERE division_code IS NOT NULL) a,"
    "         (SELECT DISTINCT year FROM report WHERE current = 1) y"
    "  UNION ALL"
    "  SELECT up.leaf, p.parent, up.year FROM up"
    "    JOIN place p ON p.code = up.code AND p.year = up.year WHERE p.parent IS NOT NULL), "
    "summand AS ("
    "  SELECT c.report_id, a.division_code AS leaf, a.kind, c.year, c.code, c.state,"
    "         CASE WHEN c.state <> 'value' THEN NULL WHEN d.kind <> 'money' THEN c.value"
    "              ELSE CASE WHEN c.value LIKE '-%' THEN -1 ELSE 1 END * ("
    "                   CAST(replace(CASE WHEN instr(c.value, '.') THEN"
    "                        substr(c.value, 1, instr(c.value, '.') - 1) ELSE c.value END,"
    "                        '-', '') AS INTEGER) * 100000000 +"
    "                   CASE WHEN instr(c.value, '.') THEN"
    "                        CAST(substr(substr(c.value, instr(c.value, '.') + 1) || '00000000',"
    "                                    1, 8) AS INTEGER) ELSE 0 END) END AS v"
    "    FROM v_cell c JOIN report r ON r.report_id = c.report_id"
    "    JOIN agency a ON a.agency_id = r.agency_id JOIN cell d ON d.code = c.code"
    "   WHERE c.scope = 'own' AND r.current = 1 AND a.division_code IS NOT NULL) "
    "SELECT up.code AS division_code, s.year, 'region' AS part, s.code, sum(s.v) AS v,"
    "       sum(s.state = 'value') AS n_stated, sum(s.state <> 'value') AS n_blank"
    "  FROM summand s JOIN up ON up.leaf = s.leaf AND up.year = s.year GROUP BY 1, 2, 4"
    " UNION ALL "
    "SELECT leaf, year, 'self', code, sum(v), sum(state = 'value'), sum(state <> 'value')"
    "  FROM summand WHERE kind NOT IN ('township', 'subdistrict', 'zone') GROUP BY 1, 2, 4";

/* Compares v_total with the second way, row by row: values, stated, blank. */
__attribute__((unused)) static bool world_agrees(struct world *world)
{
    world_run(world, "DROP TABLE IF EXISTS temp.second; DROP TABLE IF EXISTS temp.ours;"
                     "DROP TABLE IF EXISTS temp.place");
    world_run(world, world_independent);
    world_run(world,
              "CREATE TEMP TABLE ours AS SELECT division_code, year, part, code,"
              " CASE WHEN n_stated = 0 THEN NULL ELSE v END AS v, n_stated, n_blank"
              " FROM total_dense WHERE basis = 'own'");
    const char *lost = world_ask(world, "SELECT count(*) FROM (SELECT * FROM temp.second"
                                        " EXCEPT SELECT * FROM temp.ours)");
    const char *more = world_ask(world, "SELECT count(*) FROM (SELECT * FROM temp.ours"
                                        " WHERE n_stated + n_blank > 0"
                                        " EXCEPT SELECT * FROM temp.second)");
    const char *text = world_ask(world, "SELECT count(*) FROM (SELECT division_code, year, part, code,"
                                        " v FROM temp.ours JOIN cell USING (code)"
                                        " WHERE kind <> 'money' EXCEPT"
                                        " SELECT division_code, year, part, code, value FROM v_total)");
    bool same = strcmp(lost, "0") == 0 && strcmp(more, "0") == 0 && strcmp(text, "0") == 0;
    if (!same) {
        diag("%s totals lost or wrong, %s too many, %s differ in v_total", lost, more, text);
        diag("one of them: %s",
             world_ask(world, "SELECT division_code || ' ' || year || ' ' || part || ' ' || code ||"
                              " ' ' || ifnull(v, 'NULL') || ' of ' || n_stated || ', blank ' ||"
                              " n_blank FROM (SELECT * FROM temp.second EXCEPT"
                              " SELECT * FROM temp.ours)"));
    }
    return same;
}

#endif
