/* province_kit.h - a warehouse with a few reports in it, for the tests of what comes out. */
#ifndef GONGKAI_TESTS_PROVINCE_KIT_H
#define GONGKAI_TESTS_PROVINCE_KIT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/rollup/rollup.h"
#include "core/store/report_store.h"
#include "tests/tap.h"
#include "tests/unit/source_kit.h"

static struct catalog *catalog;
static struct warehouse *warehouse;
static struct err err;
static char kit_folder[] = "/tmp/gongkai-export-XXXXXX";

/* Agencies of 常德市 (430700) and of two of its counties; one name is a formula to Excel, and one
 * registered agency never reports. */
static const char kit_register[] =
    "INSERT INTO run (run_id, command, started_at) VALUES (1, 'import', '2024-01-01T00:00:00Z');"
    "INSERT INTO agency (agency_id, name, division_code, kind, registered) VALUES"
    " (1, '常德市人民政府办公室', '430700', 'office', 1),"
    " (2, '常德市教育局', '430700', 'department', 1),"
    " (3, '=HYPERLINK(\"http://x\",\"局\")', '430702', 'department', 1),"
    " (4, '汉寿县<b>财政局</b>', '430722', 'department', 1),"
    " (5, '汉寿县审计局', '430722', 'department', 1),"
    " (6, '汉寿县水利局', '430722', 'department', 0);"
    "INSERT INTO folder (folder_id, path) VALUES (1, '');";

__attribute__((unused)) static void kit_sql(const char *sql)
{
    if (warehouse_run_script(warehouse, sql, &err) < 0) {
        printf("# %s\n", err.english);
        exit(1);
    }
}

/* One value of a query. */
__attribute__((unused)) static const char *kit_ask(const char *sql)
{
    static char answer[512];
    sqlite3_stmt *stmt = NULL;
    snprintf(answer, sizeof answer, "(no row)");
    if (sqlite3_prepare_v2(warehouse->db, sql, -1, &stmt, NULL) != SQLITE_OK)
        snprintf(answer, sizeof answer, "(%s)", sqlite3_errmsg(warehouse->db));
    else if (sqlite3_step(stmt) == SQLITE_ROW && sqlite3_column_text(stmt, 0))
        snprintf(answer, sizeof answer, "%s", (const char *)sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    return answer;
}

/* A report of every cell of the year's form: figures that differ from cell to cell, table 三 in
 * balance; `blank` leaves the fee blank. */
__attribute__((unused)) static void kit_report(int64_t agency, int year, int64_t factor, bool blank)
{
    char path[400];
    struct arena arena = arena_new(1 << 24);
    struct report *report = report_new(&arena);
    const struct form *form = catalog_form_for(catalog, year);
    report->form = form->year;
    report->title = STR("年度报告 <script>alert(1)</script>");
    report->dated = STR("2024-01-15");
    report->year = year;
    for (uint32_t i = 0; i < form->count; i++) {
        if (form->cells[i].id == CELL_NONE)
            continue;
        const struct cell *cell = &catalog->cells[form->cells[i].id];
        struct fact fact = {.cell = cell->id, .line = i + 1, .value = factor * (i % 13)};
        if (cell->kind == CELL_MONEY)
            fact.value = factor * INT64_C(123456789);
        if (cell->kind == CELL_MONEY && blank)
            fact.state = STATE_BLANK;
        if (report_fact(report, fact) < 0)
            exit(1);
    }
    report_sort(report);
    snprintf(path, sizeof path, "%d/%lld-%lld.txt", year, (long long)agency, (long long)factor);
    struct report_key key = {agency, year, SCOPE_OWN};
    struct report_origin origin = {1, 0, true, NULL};
    struct stored_report stored;
    if (warehouse_begin(warehouse, &err) < 0 ||
        (origin.source_id = source_kit(warehouse, path, 1)) < 0 ||
        report_store(warehouse, &key, &origin, report, &stored, &err) < 0 ||
        warehouse_commit(warehouse, &err) < 0) {
        printf("# %s\n", err.english);
        exit(1);
    }
    arena_free(&arena);
}

__attribute__((unused)) static void kit_rollup(void)
{
    struct rollup_result result;
    if (rollup_update(warehouse, false, &result, &err) < 0) {
        printf("# %s\n", err.english);
        exit(1);
    }
}

/* Opens it in a folder of its own, which becomes the current one. */
__attribute__((unused)) static void kit_open(void)
{
    setenv("GONGKAI_NOW", "2024-04-01T00:00:00Z", 1);
    if (!mkdtemp(kit_folder) || chdir(kit_folder) < 0 || catalog_load(&catalog, &err) < 0 ||
        warehouse_open(&warehouse, "test.db", WAREHOUSE_WRITE, catalog, &err) < 0) {
        printf("# %s\n", err.english);
        exit(1);
    }
    kit_sql(kit_register);
    for (int year = 2020; year <= 2023; year++)
        for (int64_t agency = 1; agency <= 6; agency++)
            if (agency != 5 && !(agency == 2 && year == 2022))
                kit_report(agency, year, agency + year - 2019, agency == 3);
    kit_sql("INSERT INTO exception (report_id, cell_id, kind, text, note)"
            " SELECT r.report_id, c.cell_id, x.column2, x.column3, x.column4 FROM (VALUES"
            " ('t3.new.person', 3, '=见附件', NULL), ('t3.new.other', 2, NULL, NULL),"
            " ('t3.new.total', 0, NULL, '其中修订16件'), ('t4.review.other', 3, '-5', 'a'))"
            " x JOIN cell c ON c.code = x.column1"
            " JOIN report r ON r.agency_id = 4 AND r.year IN (2021, 2023)");
    kit_sql("UPDATE fact SET v3 = -v3 - 1 WHERE report_id IN (SELECT report_id FROM report WHERE"
            " agency_id = 1 AND year = 2022)");
    kit_sql("INSERT INTO finding (rule, severity, report_id, year, cell_id, reported, computed,"
            " difference, line, message, message_zh, first_seen)"
            " SELECT 'balance', 'error', r.report_id, r.year, c.cell_id, 3, 4, -1, 7, '<b>3</b> is "
            "not 4', '3 不等于 4', '2024-01-01' FROM report r JOIN cell c ON c.code = 't3.new.total'"
            " WHERE r.agency_id IN (3, 4) AND r.year = 2023");
    kit_rollup();
}

__attribute__((unused)) static void kit_close(void)
{
    char command[64];
    warehouse_close(warehouse);
    catalog_free(catalog);
    snprintf(command, sizeof command, "rm -rf %s", kit_folder);
    if (chdir("/") < 0 || system(command) != 0)
        exit(1);
}

/* The bytes of a file, NUL behind them; *size may be NULL. Exits when it is not there. */
__attribute__((unused)) static char *kit_read(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    char *bytes = NULL;
    size_t n = 0;
    for (size_t got = 1; f && got > 0; n += got) {
        bytes = realloc(bytes, n + 65537);
        got = fread(bytes + n, 1, 65536, f);
    }
    if (!f || !bytes) {
        printf("# %s is not there\n", path);
        exit(1);
    }
    fclose(f);
    bytes[n] = 0;
    if (size)
        *size = n;
    return bytes;
}

#endif
