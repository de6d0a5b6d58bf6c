#include "core/export/export.h"

#include <csv.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <zlib.h>

#include "core/base/buf.h"
#include "core/export/spec.h"
#include "core/text/digest.h"
#include "tests/unit/province_kit.h"

static struct package_counts counts;

static int export_to(const char *folder, bool gzip, const char *also)
{
    struct export_options options = {.folder = folder, .bom = true, .gzip = gzip, .also = also};
    counts = (struct package_counts){0};
    err = (struct err){0};
    return export_all(warehouse, &options, &counts, &err);
}

/* Every statement of sql/exports/ prepares, and its head says what it is. */
static void the_exports_describe_themselves(void)
{
    struct export_spec spec;
    char files[4096] = "\n";
    uint32_t n = 0;
    for (uint32_t cursor = 0; spec_next(&cursor, &spec); n++) {
        sqlite3_stmt *stmt = NULL;
        bool prepared = sqlite3_prepare_v2(warehouse->db, spec.sql, -1, &stmt, NULL) == SQLITE_OK;
        bool described = prepared;
        int columns = sqlite3_column_count(stmt) - (spec.pivot.n ? 2 : 0);
        for (int i = 0; described && i < columns; i++) {
            struct export_column column;
            described = spec_column(&spec, str_from(sqlite3_column_name(stmt, i)), &column,
                                    &err) == 0 &&
                        column.type.n > 0 && column.about.n > 0 && column.about_zh.n > 0;
            if (!described)
                diag("%s", sqlite3_column_name(stmt, i));
        }
        ok(described && spec.title.n && spec.title_zh.n && spec.about.n && spec.about_zh.n &&
               str_ends(spec.file, STR(".csv")),
           "the export %.*s prepares, and its head and columns are described", STR_ARG(spec.name));
        char line[256];
        snprintf(line, sizeof line, "\n%.*s\n", STR_ARG(spec.file));
        ok(!strstr(files, line), "no other export writes %.*s", STR_ARG(spec.file));
        strncat(files, line + 1, sizeof files - strlen(files) - 1);
        sqlite3_finalize(stmt);
    }
    ok(n >= 15, "there are exports");
}

/* Files that grow with regions, years and cells come in the order of an index: nothing is sorted
 * but, at most, the rows of one region. */
static void what_grows_is_not_sorted(void)
{
    struct export_spec spec;
    for (uint32_t cursor = 0; spec_next(&cursor, &spec);) {
        if (!str_has(str_from(spec.sql), STR("v_total")) &&
            !str_has(str_from(spec.sql), STR("v_cell")) &&
            !str_has(str_from(spec.sql), STR("v_series")) &&
            !str_has(str_from(spec.sql), STR("v_rate")))
            continue;
        struct buf sql = buf_new(1 << 16);
        sqlite3_stmt *stmt = NULL;
        bool sorts = false;
        buf_printf(&sql, "EXPLAIN QUERY PLAN %s", spec.sql);
        sqlite3_prepare_v2(warehouse->db, buf_str(&sql).p, -1, &stmt, NULL);
        while (sqlite3_step(stmt) == SQLITE_ROW)
            sorts = sorts || strstr((const char *)sqlite3_column_text(stmt, 3),
                                    "USE TEMP B-TREE FOR ORDER BY");
        ok(!sorts && stmt, "the rows of %.*s come in order", STR_ARG(spec.name));
        sqlite3_finalize(stmt);
        buf_free(&sql);
    }
}

/* Cells of a CSV as they come, a row ended by a line feed; NULL and empty text kept apart. */
static void on_cell(void *bytes, size_t size, void *self)
{
    struct str s = {bytes, size};
    if (s.n > 1 && s.p[0] == '\'') /* none of these data begins with one itself */
        s = str_skip(s, 1);
    buf_text(self, s.p ? "<" : "(");
    if (s.n > 0)
        buf_add(self, s);
    buf_char(self, '|');
}

static void on_row(int c, void *self)
{
    (void)c;
    buf_char(self, '\n');
}

/* What a CSV holds, its apostrophes against formulas taken away. */
static struct buf cells_of(const char *path)
{
    size_t size;
    char *bytes = kit_read(path, &size);
    struct buf cells = buf_new(1 << 26);
    struct csv_parser parser;
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL);
    bool bom = size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0;
    if (!bom || csv_parse(&parser, bytes + 3, size - 3, on_cell, on_row, &cells) != size - 3 ||
        csv_fini(&parser, on_cell, on_row, &cells) != 0)
        buf_text(&cells, "not read");
    csv_free(&parser);
    free(bytes);
    return cells;
}

/* The same of the statement's own rows. */
static struct buf rows_of(const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    struct buf rows = buf_new(1 << 26);
    sqlite3_prepare_v2(warehouse->db, sql, -1, &stmt, NULL);
    for (int i = 0; i < sqlite3_column_count(stmt); i++)
        buf_printf(&rows, "<%s|", sqlite3_column_name(stmt, i));
    buf_char(&rows, '\n');
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(stmt); i++) {
            const char *text = (const char *)sqlite3_column_text(stmt, i);
            buf_printf(&rows, "%s%s|", text ? "<" : "(", text ? text : "");
        }
        buf_char(&rows, '\n');
    }
    sqlite3_finalize(stmt);
    return rows;
}

static void what_was_written_reads_back(void)
{
    struct export_spec spec;
    ok(export_to("out", false, "cells") == 0, "everything is exported (%s)", err.english);
    for (uint32_t cursor = 0; spec_next(&cursor, &spec);) {
        if (spec.pivot.n || spec.split.n || str_eq(spec.when, STR(EXPORT_PARTITIONED)))
            continue;
        char path[256];
        snprintf(path, sizeof path, "out/%.*s", STR_ARG(spec.file));
        struct buf cells = cells_of(path), rows = rows_of(spec.sql);
        ok(str_eq(buf_str(&cells), buf_str(&rows)), "%.*s read back is what its statement gives",
           STR_ARG(spec.file));
        buf_free(&cells);
        buf_free(&rows);
    }
}

static void wide_files_hold_what_long_ones_do(void)
{
    struct buf wide = cells_of("out/city-wide-2021.csv");
    struct str rest = buf_str(&wide), head = {0}, line;
    char sql[1024];
    unsigned cells = 0, wrong = 0;
    str_line(&rest, &head);
    while (str_line(&rest, &line)) {
        struct str names = head, values = line, name, value, key[9];
        for (unsigned i = 0; names.n > 0 && str_split(&names, '|', &name) &&
                             str_split(&values, '|', &value); i++) {
            if (i < 9) {
                key[i] = str_skip(value, 1);
                continue;
            }
            snprintf(sql, sizeof sql,
                     "SELECT '<' || value FROM v_total WHERE division_code = '%.*s' AND year = %.*s "
                     "AND part = '%.*s' AND code = '%.*s'",
                     STR_ARG(key[0]), STR_ARG(key[3]), STR_ARG(key[4]), STR_ARG(str_skip(name, 1)));
            const char *long_one = kit_ask(sql);
            bool none = strcmp(long_one, "(no row)") == 0;
            wrong += none ? !str_eq(value, STR("(")) : !str_eq(value, str_from(long_one));
            cells++;
        }
    }
    ok(cells == 3 * 2 * 200 && wrong == 0, "every cell of the wide file is the long one's");
    buf_free(&wide);
}

static void formulas_are_harmless(void)
{
    char *bytes = kit_read("out/agencies.csv", NULL);
    ok(strstr(bytes, "\"'=HYPERLINK(\"\"http://x\"\",\"\"局\"\")\"") != NULL,
       "a name that is a formula to Excel is written as text");
    ok(strstr(bytes, ",\"430702\","), "a division's code is written as text");
    free(bytes);
}

static void nothing_changes_twice(void)
{
    struct timespec old[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
    struct stat st;
    utimensat(AT_FDCWD, "out/city-year.csv", old, 0);
    ok(export_to("out", false, "cells") == 0 && counts.changed == 0 && counts.removed == 0,
       "a second export of the same data changes nothing");
    stat("out/city-year.csv", &st);
    ok(st.st_mtime == 1000, "an unchanged file keeps its time");
    kit_report(2, 2022, 77, false);
    kit_rollup();
    ok(export_to("out", false, "cells") == 0 && counts.changed > 0, "new data changes files");
    stat("out/city-year.csv", &st);
    ok(st.st_mtime != 1000, "a changed file is replaced");
}

static void packed_files_hold_the_same(void)
{
    ok(export_to("packed", true, "") == 0, "everything is exported packed");
    size_t size;
    char *plain = kit_read("out/series.csv", &size);
    char *back = malloc(size + 1);
    gzFile gz = gzopen("packed/series.csv.gz", "rb");
    int n = gz && back ? gzread(gz, back, (unsigned)size + 1) : -1;
    ok(n == (int)size && memcmp(back, plain, size) == 0, "unpacked it is the plain file");
    gzclose(gz);
    free(back);
    free(plain);
    ok(export_to("packed", true, "") == 0 && counts.changed == 0, "packing gives the same bytes");
}

static void the_partitioned_set_stands_alone(void)
{
    ok(export_to("beyond", true, EXPORT_PARTITIONED) == 0 &&
           access("beyond/fact/year=2021/part-430000.csv.gz", F_OK) == 0 &&
           access("beyond/dimension/tree.csv.gz", F_OK) == 0 &&
           access("beyond/postgresql.sql", F_OK) == 0 && access("beyond/series.csv.gz", F_OK) < 0,
       "the partitioned set holds cells by year and province, dimensions and DDL, and nothing else");
    ok(export_to("beyond", true, EXPORT_PARTITIONED) == 0 && counts.changed == 0,
       "written again nothing changes");
}

static void what_is_named_stands_alone(void)
{
    struct export_options options = {.folder = "alone", .bom = true, .also = "", .only = "cells,rates"};
    err = (struct err){0};
    ok(export_all(warehouse, &options, &counts, &err) == 0 && counts.files == 2 &&
           access("alone/cells.csv", F_OK) == 0 && access("alone/rates.csv", F_OK) == 0,
       "exports that are named are written, and no others");
    char *all = kit_read("out/rates.csv", NULL), *alone = kit_read("alone/rates.csv", NULL);
    ok(strcmp(all, alone) == 0, "one that is named is the same as among all");
    free(all);
    free(alone);
    static const char *const wrong[] = {"", "cells,", "rate", "partitioned-cell"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        options.only = wrong[i];
        err = (struct err){0};
        bool refused = export_all(warehouse, &options, &counts, &err) < 0 && err.kind == ERR_USAGE &&
                       access("alone/cells.csv", F_OK) == 0;
        ok(refused, "\"%s\" names no export: refused, and nothing is removed", wrong[i]);
    }
}

/* The statement of an export by its name. */
static const char *sql_of(const char *name)
{
    struct export_spec spec;
    for (uint32_t cursor = 0; spec_next(&cursor, &spec);)
        if (str_eq(spec.name, str_from(name)))
            return spec.sql;
    return "";
}

static void facts_are_what_their_statement_gives(void)
{
    sqlite3_stmt *stmt = NULL;
    char line[512];
    unsigned rows = 0, wrong = 0;
    gzFile gz = gzopen("beyond/fact/year=2021/part-430000.csv.gz", "rb");
    bool more = gz && gzgets(gz, line, sizeof line);
    sqlite3_prepare_v2(warehouse->db, sql_of("partitioned-fact"), -1, &stmt, NULL);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        if (sqlite3_column_int(stmt, 0) != 2021)
            continue;
        struct buf wanted = buf_new(512);
        for (int i = 0; i < sqlite3_column_count(stmt); i++) {
            bool code = i == 1 || i == 4; /* digits that are text */
            const char *text = (const char *)sqlite3_column_text(stmt, i);
            buf_printf(&wanted, "%s%s%s%s", i ? "," : "", code ? "\"" : "", text ? text : "",
                       code ? "\"" : "");
        }
        buf_char(&wanted, '\n');
        more = more && gzgets(gz, line, sizeof line);
        wrong += !more || !str_eq(buf_str(&wanted), str_from(line));
        rows++;
        buf_free(&wanted);
    }
    ok(rows > 200 && wrong == 0 && !gzgets(gz, line, sizeof line),
       "the facts of a year are what their statement gives (%u rows)", rows);
    sqlite3_finalize(stmt);
    gzclose(gz);
}

static void put_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    if (f) {
        fputs(text, f);
        fclose(f);
    }
}

static void leftovers_go_and_nothing_else(void)
{
    put_file("out/mine.csv", "not of the program\n");
    put_file("out/findings/000001.csv", "not of the program\n");
    ok(export_to("out", false, "") == 0 && counts.removed == 1 && access("out/cells.csv", F_OK) < 0,
       "a file that is no longer exported is removed");
    ok(access("out/mine.csv", F_OK) == 0 && access("out/findings/000001.csv", F_OK) == 0,
       "a file that the program did not write stays");
    export_to("out", false, "cells");
    put_file("out/cells.csv", "changed by hand\n");
    export_to("out", false, "");
    ok(access("out/cells.csv", F_OK) == 0, "a leftover that somebody changed stays");
}

static void the_datapackage_is_sound(void)
{
    char *json = kit_read("out/datapackage.json", NULL);
    sqlite3_stmt *stmt = NULL;
    unsigned files = 0, wrong = 0, keyless = 0;
    sqlite3_prepare_v2(
        warehouse->db,
        "SELECT json_extract(value, '$.path'), json_extract(value, '$.bytes'),"
        " json_extract(value, '$.hash'), json_extract(value, '$.name'),"
        " json_array_length(value, '$.schema.fields'), value FROM json_each(?1, '$.resources')",
        -1, &stmt, NULL);
    sqlite3_bind_text(stmt, 1, json, -1, SQLITE_STATIC);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        char path[300], hash[DIGEST_HEX + 7] = "sha256:";
        snprintf(path, sizeof path, "out/%s", (const char *)sqlite3_column_text(stmt, 0));
        size_t size;
        char *bytes = kit_read(path, &size);
        wrong += digest_of((struct str){bytes, size}, hash + 7, &err) < 0 ||
                 strcmp(hash, (const char *)sqlite3_column_text(stmt, 2)) != 0 ||
                 (size_t)sqlite3_column_int64(stmt, 1) != size;
        const char *name = (const char *)sqlite3_column_text(stmt, 3);
        wrong += name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-._/")] != 0;
        /* as many fields as the file has columns */
        struct buf cells = cells_of(path);
        struct str rest = buf_str(&cells), line, cell;
        str_line(&rest, &line);
        int columns = 0;
        while (line.n > 0 && str_split(&line, '|', &cell))
            columns++;
        keyless += columns != sqlite3_column_int(stmt, 4);
        buf_free(&cells);
        free(bytes);
        files++;
    }
    sqlite3_finalize(stmt);
    ok(files == counts.files && files > 20, "datapackage.json is JSON and names every file");
    ok(wrong == 0, "its sizes, hashes and names are true");
    ok(keyless == 0, "it describes every column");
    free(json);
    ok(system("cd out && sha256sum -c --quiet SHA256SUMS") == 0, "sha256sum agrees");
}

/* The key that an export names is one: no row has it twice, none lacks it. */
static void keys_are_keys(void)
{
    struct export_spec spec;
    for (uint32_t cursor = 0; spec_next(&cursor, &spec);) {
        if (spec.key.n == 0 || spec.pivot.n)
            continue;
        struct buf sql = buf_new(1 << 16);
        struct str rest = spec.key, word;
        struct str body = str_trim(str_from(spec.sql));
        body.n -= str_ends(body, STR(";"));
        buf_text(&sql, "SELECT count(*) - count(DISTINCT ''");
        while (str_split(&rest, ' ', &word))
            buf_printf(&sql, " || '|' || %.*s", STR_ARG(word));
        buf_printf(&sql, ") FROM (%.*s)", STR_ARG(body));
        ok(strcmp(kit_ask(buf_str(&sql).p), "0") == 0, "the key of %.*s names one row",
           STR_ARG(spec.name));
        buf_free(&sql);
    }
}

static void a_full_disk_leaves_the_old_files(void)
{
    struct rlimit was, small;
    getrlimit(RLIMIT_FSIZE, &was);
    small = was;
    small.rlim_cur = 100000;
    signal(SIGXFSZ, SIG_IGN);
    kit_report(2, 2023, 991, false);
    kit_rollup();
    setrlimit(RLIMIT_FSIZE, &small);
    int status = export_to("out", false, "");
    setrlimit(RLIMIT_FSIZE, &was);
    ok(status < 0 && err.kind == ERR_SYSTEM && strstr(err.english, "untouched"),
       "a disk that is full is said to be");
    char *bytes = kit_read("out/city-year.csv", NULL);
    ok(strstr(bytes, "\n\"430700\",") && bytes[strlen(bytes) - 1] == '\n' &&
           system("ls out/.*.new >/dev/null 2>&1") != 0,
       "the old file is whole and nothing is left beside it");
    free(bytes);
    ok(export_to("out", false, "") == 0 && export_to("out", false, "") == 0 && counts.changed == 0,
       "with room again the export ends as if nothing had been");
}

static void dry_runs_write_nothing(void)
{
    struct export_options options = {.folder = "nowhere/at/all", .bom = true, .dry = true,
                                     .also = ""};
    ok(export_all(warehouse, &options, &counts, &err) == 0 && counts.changed == counts.files &&
           access("nowhere", F_OK) < 0,
       "a dry run counts what would be written and writes nothing");
    options.folder = "out";
    ok(export_all(warehouse, &options, &counts, &err) == 0 && counts.changed == 0,
       "over an export that is up to date it counts no change");
}

static int lazily(const char *folder)
{
    struct export_options options = {.folder = folder, .bom = true, .lazy = true, .also = ""};
    counts = (struct package_counts){0};
    return export_all(warehouse, &options, &counts, &err);
}

static bool holds_marker(void)
{
    char *bytes = kit_read("idle/rates.csv", NULL);
    bool marked = strcmp(bytes, "marked\n") == 0;
    free(bytes);
    return marked;
}

static void an_idle_night_writes_nothing(void)
{
    lazily("idle");
    uint32_t files = counts.files;
    struct timespec old[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
    put_file("idle/rates.csv", "marked\n");
    utimensat(AT_FDCWD, "idle/rates.csv", old, 0);
    ok(lazily("idle") == 0 && counts.files == files && counts.changed == 0 && holds_marker(),
       "with the same data a lazy export looks at nothing but times");
    put_file("idle/rates.csv", "marked\n");
    ok(lazily("idle") == 0 && !holds_marker(), "a file that somebody touched is written again");
    unlink("idle/series.csv");
    ok(lazily("idle") == 0 && access("idle/series.csv", F_OK) == 0, "one that is gone too");
    static const char *const changes[] = {
        "UPDATE finding SET finding_id = finding_id + 1000",
        "INSERT INTO waiver VALUES ('汉寿县<b>财政局</b>', 2023, 'balance', '', 'known', '2024')",
        "INSERT INTO change (run_id, what) VALUES (1, 'register')",
        "INSERT INTO reject (run_id, source_id, line, reason, message, message_zh, bytes) VALUES (1, 1, 0,"
        " 'damaged', 'x', 'x', x'00')",
        "UPDATE reject SET resolved_run = 1",
        "INSERT INTO deadline VALUES (2023, 'own', '2024-02-10')",
        "INSERT INTO agency_alias VALUES ('市教育局', 2)",
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        put_file("idle/rates.csv", "marked\n");
        utimensat(AT_FDCWD, "idle/rates.csv", old, 0);
        kit_sql(changes[i]);
        ok(lazily("idle") == 0 && !holds_marker(), "it works after: %s", changes[i]);
    }
}

int main(void)
{
    kit_open();
    the_exports_describe_themselves();
    keys_are_keys();
    what_grows_is_not_sorted();
    what_was_written_reads_back();
    wide_files_hold_what_long_ones_do();
    formulas_are_harmless();
    nothing_changes_twice();
    packed_files_hold_the_same();
    the_partitioned_set_stands_alone();
    what_is_named_stands_alone();
    facts_are_what_their_statement_gives();
    leftovers_go_and_nothing_else();
    the_datapackage_is_sound();
    a_full_disk_leaves_the_old_files();
    dry_runs_write_nothing();
    an_idle_night_writes_nothing();
    kit_close();
    return done();
}
