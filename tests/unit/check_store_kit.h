/* check_store_kit.h - a warehouse for the tests of the rules, filled from panels. */
#ifndef GONGKAI_TESTS_CHECK_STORE_KIT_H
#define GONGKAI_TESTS_CHECK_STORE_KIT_H

#include <stdio.h>
#include <unistd.h>

#include "core/check/check.h"
#include "core/store/report_store.h"
#include "tests/unit/source_kit.h"
#include "tests/unit/check_kit.h"

static struct warehouse *w;
static char kit_path[64];
static int kit_sources;

/* All rows of a query, columns between |, rows ended by a line break. */
__attribute__((unused)) static const char *ask(const char *sql)
{
    static char answer[1 << 20];
    sqlite3_stmt *stmt = NULL;
    size_t n = 0;
    answer[0] = 0;
    if (sqlite3_prepare_v2(w->db, sql, -1, &stmt, NULL) != SQLITE_OK)
        snprintf(answer, sizeof answer, "(%s)", sqlite3_errmsg(w->db));
    else
        while (n < sizeof answer - 65536 && sqlite3_step(stmt) == SQLITE_ROW)
            for (int i = 0, last = sqlite3_column_count(stmt) - 1; i <= last; i++) {
                const char *text = (const char *)sqlite3_column_text(stmt, i);
                n += (size_t)snprintf(answer + n, 4000, "%s%s", text ? text : "",
                                      i < last ? "|" : "\n");
            }
    sqlite3_finalize(stmt);
    return answer;
}

__attribute__((unused)) static bool answers(const char *sql, const char *want, const char *name)
{
    const char *got = ask(sql);
    bool holds = ok(strcmp(got, want) == 0, "%s", name);
    if (!holds)
        diag("found [%s] wanted [%s]", got, want);
    return holds;
}

__attribute__((unused)) static void sql(const char *script)
{
    struct err err = {0};
    if (warehouse_run_script(w, script, &err) < 0)
        ok(false, "%s", err.english);
}

/* Opens a fresh warehouse with one run. */
__attribute__((unused)) static bool warehouse_fresh(void)
{
    struct err err = {0};
    snprintf(kit_path, sizeof kit_path, "/tmp/gongkai-check-%ld.db", (long)getpid());
    unlink(kit_path);
    if (warehouse_open(&w, kit_path, WAREHOUSE_WRITE, catalog, &err) < 0)
        return ok(false, "a warehouse opens: %s", err.english);
    sql("PRAGMA synchronous = OFF;"
        "INSERT INTO run (run_id, command, started_at) VALUES (1, 'import', '2024-01-01T00:00:00Z');"
        "INSERT INTO folder (folder_id, path) VALUES (1, '')");
    return true;
}

__attribute__((unused)) static void warehouse_gone(void)
{
    char path[80];
    warehouse_close(w);
    w = NULL;
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (int i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s%s", kit_path, ends[i]);
        unlink(path);
    }
}

__attribute__((unused)) static void agency(int id, const char *name, const char *division,
                                           const char *kind, bool registered)
{
    char script[512];
    snprintf(script, sizeof script, "INSERT INTO agency (agency_id, name, division_code, kind,"
             " registered) VALUES (%d, '%s', '%s', '%s', %d)", id, name, division, kind, registered);
    sql(script);
}

/* What a report says beside its cells. */
struct told_of {
    const char *measure;
    int64_t value;
};

static int64_t store_with(int agency_id, int year, enum scope scope, int form,
                          const struct panel *panel, const struct told_of *told, int count,
                          const char *period_from)
{
    struct arena arena = arena_new(8 << 20);
    struct err err = {0};
    struct report *r = report_new(&arena);
    char path[32];
    r->form = form;
    r->year = year;
    r->title = STR("年度报告");
    r->period_from = str_from(period_from);
    for (uint16_t cell = 0; cell < CATALOG_CELLS; cell++) {
        if (panel->state[cell] == PANEL_ABSENT)
            continue;
        static const uint8_t states[] = {0, STATE_VALUE, STATE_BLANK, STATE_NA, STATE_TEXT};
        struct fact fact = {.cell = cell, .state = states[panel->state[cell]],
                            .value = panel->value[cell], .line = 100u + cell};
        if (fact.state == STATE_TEXT)
            fact.text = STR("3.5");
        if (report_fact(r, fact) < 0)
            abort();
    }
    report_sort(r);
    for (int i = 0; i < count; i++) {
        struct prose_figure figure = {.section = 1, .line = 7, .value = told[i].value,
                                      .unit = STR("件"), .sentence = STR("全年收到申请若干件"),
                                      .measure = str_from(told[i].measure)};
        if (report_figure(r, figure) < 0)
            abort();
    }
    snprintf(path, sizeof path, "f%d", ++kit_sources);
    struct report_key key = {agency_id, year, scope};
    struct report_origin origin = {1, 0, true, NULL};
    struct stored_report out = {0};
    if (warehouse_begin(w, &err) < 0 || (origin.source_id = source_kit(w, path, 1)) < 0 || report_store(w, &key, &origin, r, &out, &err) < 0 ||
        warehouse_commit(w, &err) < 0)
        ok(false, "a report is stored: %s", err.english);
    arena_free(&arena);
    return out.report_id;
}

__attribute__((unused)) static int64_t store(int agency_id, int year, enum scope scope, int form,
                                             const struct panel *panel)
{
    return store_with(agency_id, year, scope, form, panel, NULL, 0, "");
}

/* Runs the rules; returns how many reports were looked at. */
__attribute__((unused)) static int64_t check(bool all)
{
    struct check_result result;
    struct err err = {0};
    if (check_update(w, all, NULL, &result, &err) < 0) {
        ok(false, "the rules run: %s", err.english);
        return -1;
    }
    int64_t reports = result.reports;
    check_result_free(&result);
    return reports;
}

#endif
