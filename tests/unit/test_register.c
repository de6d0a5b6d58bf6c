#include "core/store/register.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/store/agency.h"
#include "core/store/report_store.h"
#include "core/store/run.h"
#include "tests/tap.h"
#include "tests/unit/source_kit.h"

static struct warehouse *w;
static struct arena arena;
static int64_t run_id;
static char told[4000]; /* what was told of bad lines */

static void bad(void *self, const struct err *why)
{
    (void)self;
    size_t n = strlen(told);
    snprintf(told + n, sizeof told - n, "%u: %s\n", why->line, why->english);
}

/* Loads a register given as text with commas and no quotes. */
static int load(enum register_kind kind, const char *text, struct register_result *result)
{
    struct register_file file = {0};
    struct register_sink sink = {bad, NULL, NULL};
    struct str rest = str_from(text), line, field;
    told[0] = 0;
    for (uint32_t n = 1; str_line(&rest, &line); n++) {
        struct str *fields = arena_array(&arena, 12, sizeof *fields);
        size_t count = 0;
        while (count < 12 && str_split(&line, ',', &field))
            fields[count++] = field;
        struct register_row row = {fields, count, n};
        if (n == 1)
            file.head = row;
        else if (arena_grow(&arena, &file.rows, file.count, &file.capacity, sizeof row) == 0)
            file.rows[file.count++] = row;
    }
    struct err err = {0};
    warehouse_begin(w, &err);
    int status = register_load(w, run_id, kind, &file, &sink, result, &err);
    if (status == 0)
        warehouse_commit(w, &err);
    else
        warehouse_rollback(w);
    if (status < 0 || err.kind)
        diag("%s", err.english);
    return status;
}

static int64_t number(const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    int64_t n = -1;
    if (sqlite3_prepare_v2(w->db, sql, -1, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW)
        n = sqlite3_column_int64(stmt, 0);
    else
        diag("%s: %s", sql, sqlite3_errmsg(w->db));
    sqlite3_finalize(stmt);
    return n;
}

/* Stores a report of an agency with one figure, found in source 1 or 2. */
static int64_t report_of(const char *name, const char *place, int year, int64_t figure,
                         int64_t source)
{
    struct agencies *agencies;
    struct agency_match match;
    struct err err = {0};
    struct report *report = report_new(&arena);
    report->agency = str_from(name);
    report->place = str_from(place);
    report->year = year;
    report->form = 2021;
    report_fact(report, (struct fact){.cell = catalog_find(w->catalog, STR("t3.new.total"))->id,
                                      .value = figure});
    struct stored_report stored = {0};
    struct report_origin origin = {run_id, source, true, NULL};
    warehouse_begin(w, &err);
    if (agencies_open(&agencies, w, &err) < 0 ||
        agencies_match(agencies, report, &match, &err) < 0 ||
        report_store(w, &(struct report_key){match.agency_id, year, match.scope}, &origin, report,
                     &stored, &err) < 0)
        diag("%s", err.english);
    agencies_close(agencies);
    warehouse_commit(w, &err);
    return match.agency_id;
}

static void agencies_are_loaded(void)
{
    struct register_result r;
    ok(load(REGISTER_AGENCIES,
            "单位,区划,类别,起始年份,截止年份,继任单位,别名,电话\n"
            "常德市扶贫开发办公室,430700,部门,2014,2020,常德市乡村振兴局,常德市扶贫办；市扶贫办,0736\n"
            "常德市乡村振兴局,湖南省常德市,department,2021,,,\n",
            &r) == 0 && r.added == 2,
       "agencies are loaded by Chinese heads, in any order, extra columns left out");
    ok(number("SELECT count(*) FROM agency_alias") == 2, "aliases may be joined by ；");
    ok(number("SELECT count(*) FROM agency_successor s JOIN agency a ON a.agency_id = s.agency_id "
              "WHERE a.name = '常德市扶贫开发办公室'") == 1,
       "a successor may stand below its predecessor");
    int64_t changes = number("SELECT count(*) FROM change");
    ok(load(REGISTER_AGENCIES,
            "agency,division,kind,first_year,last_year,successor,aliases\n"
            "常德市扶贫开发办公室,430700,department,2014,2020,常德市乡村振兴局,常德市扶贫办;市扶贫办\n",
            &r) == 0 && r.unchanged == 1 && number("SELECT count(*) FROM change") == changes,
       "the same line again changes nothing");
    ok(load(REGISTER_AGENCIES,
            "agency,division,kind,first_year,last_year\n常德市扶贫开发办公室,430700,office,2014,2021\n",
            &r) == 0 && r.changed == 1 && number("SELECT count(*) FROM agency_alias") == 2,
       "a line brings up to date what its columns say, and leaves the rest");
    ok(load(REGISTER_AGENCIES, "agency,division\n常德市教育局,\n国家税务总局常德市税务局,\n", &r) == 0 &&
           number("SELECT count(*) FROM agency WHERE division_code = '430700' AND kind = 'vertical'") ==
               1,
       "division and kind may be told by the name");
}

static void bad_lines_are_told(void)
{
    struct register_result r;
    int64_t before = number("SELECT count(*) FROM agency");
    ok(load(REGISTER_AGENCIES,
            "agency,division,kind,first_year,last_year,successor,aliases\n"
            "常德市民政局,430700,,,,,\n"
            "常德市财政局,999999,,,,,\n"
            "鼓楼区教育局,,,,,,\n"
            "常德市水利局,430700,机构,,,,\n"
            "常德市林业局,430700,,2021,2019,,\n"
            ",430700,,,,,\n"
            "常德市民政局,430700,,,,,\n",
            &r) < 0 && number("SELECT count(*) FROM agency") == before,
       "while a line is bad nothing of the file is kept");
    ok(strstr(told, "3: ") && strstr(told, "999999"), "an unknown division is told with its line");
    ok(strstr(told, "4: ") && strstr(told, "cannot be told"), "so is an ambiguous one");
    ok(strstr(told, "5: ") && strstr(told, "机构"), "so is an unknown kind");
    ok(strstr(told, "6: "), "so are years that go backwards");
    ok(strstr(told, "7: "), "so is a line without a name");
    ok(strstr(told, "8: ") && strstr(told, "twice"), "so is an agency that stands twice");
    ok(load(REGISTER_AGENCIES, "agency,division,successor\n常德市民政局,430700,常德市没有局\n", &r) < 0 &&
           strstr(told, "常德市没有局") && number("SELECT count(*) FROM agency") == before,
       "so is a successor that is not in the register");
    ok(load(REGISTER_AGENCIES, "name2,division\nx,430700\n", &r) < 0,
       "a file without the column of names is refused");
}

static void divisions_are_loaded(void)
{
    struct register_result r;
    int64_t id = report_of("宿迁市洋河新区管委会", "江苏省/宿迁市", 2023, 16, 1);
    ok(number("SELECT division_code = '321300' FROM agency WHERE registered = 0") == 1,
       "an agency of a zone that is not registered lies in its city");
    ok(load(REGISTER_DIVISIONS,
            "code,name,level,parent_code,first_year,last_year\n"
            "3213Z4,洋河新区,zone,321300,2011,2024\n",
            &r) == 0 && r.added == 1,
       "a zone is registered under a code of one's own");
    ok(number("SELECT last_year IS NULL FROM division_period WHERE code = '3213Z4'") == 1,
       "2024 means valid today");
    ok(number("SELECT count(*) FROM agency WHERE division_code = '3213Z4'") == 1 &&
           number("SELECT agency_id FROM agency WHERE division_code = '3213Z4'") == id,
       "its agencies move there");
    ok(load(REGISTER_DIVISIONS,
            "code,name,level,parent_code,first_year,last_year\n"
            "3213Z4,洋河新区,zone,321300,2011,\n",
            &r) == 0 && r.unchanged == 1 && r.changed == 0,
       "the same division again changes nothing");
    ok(load(REGISTER_DIVISIONS,
            "code,name,level,parent_code,first_year,last_year\n"
            "A1,甲区,county,A2,2011,\nA2,乙市,prefecture,A1,2011,\n",
            &r) < 0 && number("SELECT count(*) FROM division WHERE code IN ('A1', 'A2')") == 0,
       "divisions below themselves are refused");
    ok(load(REGISTER_DIVISIONS,
            "code,name,level,parent_code,first_year,last_year\n"
            "A1,甲区,county,777777,2011,\nA2,乙市,镇,430000,2011,\nA3,丙市,zone,430000,2011,\n"
            "A3,丙市,zone,430000,2015,2016\n",
            &r) < 0 && strstr(told, "2: ") && strstr(told, "3: ") && strstr(told, "5: "),
       "unknown parents, unknown levels and overlapping years are told");
    ok(load(REGISTER_DIVISIONS, "code,year,new_code\n430381,2030,430382\n", &r) == 0 && r.added == 1 &&
           number("SELECT count(*) FROM division_successor") == 1,
       "successors of divisions are told by their head line");
    ok(load(REGISTER_DIVISIONS, "code,year,new_code\n430381,2030,1\n", &r) < 0,
       "a successor that nobody knows is refused");
}

static void provisional_ones_become_registered(void)
{
    struct register_result r;
    int64_t id = report_of("大五里镇", "河北省/唐山市/迁安市", 2020, 1, 1);
    ok(load(REGISTER_AGENCIES, "agency,division\n迁安市大五里镇人民政府,130283\n", &r) == 0 &&
           r.adopted == 1 &&
           number("SELECT agency_id FROM agency WHERE name = '迁安市大五里镇人民政府'") == id &&
           number("SELECT count(*) FROM agency WHERE name = '大五里镇'") == 0,
       "a provisional agency becomes the registered one, with its reports");
    report_of("汉寿县县志办", "湖南省/常德市/汉寿县", 2021, 5, 1);
    report_of("汉寿县地方志编纂室", "湖南省/常德市/汉寿县", 2021, 5, 2);
    report_of("汉寿县地方志编纂室", "湖南省/常德市/汉寿县", 2022, 6, 2);
    ok(load(REGISTER_AGENCIES, "agency,division,aliases\n汉寿县地方志编纂室,430722,\n", &r) == 0 &&
           r.adopted == 1,
       "one is registered under its own name");
    ok(load(REGISTER_AGENCIES, "agency,division,aliases\n汉寿县地方志编纂室,430722,汉寿县县志办\n", &r) ==
               0 && r.moved == 1 && r.adopted == 1 && r.changed == 1,
       "and another by an alias, which gives its reports over");
    ok(number("SELECT count(*) FROM agency WHERE name LIKE '汉寿县%'") == 1,
       "no provisional double is left");
    ok(number("SELECT count(*) FROM v_report WHERE agency = '汉寿县地方志编纂室' AND year = 2021") == 1 &&
           number("SELECT count(*) FROM v_source v JOIN v_report r USING (report_id) "
                  "WHERE r.agency = '汉寿县地方志编纂室' AND r.year = 2021") == 2,
       "the same figures are one report with two sources");
    report_of("审计局", "", 2021, 7, 1);
    ok(load(REGISTER_AGENCIES, "agency,division,aliases\n威海市文登区审计局,371003,\n", &r) == 0 &&
           r.adopted == 0 && number("SELECT count(*) FROM agency WHERE division_code IS NULL") == 1,
       "审计局 without a place is nobody's, whoever is registered");
}

static void waivers_are_loaded(void)
{
    struct register_result r;
    ok(load(REGISTER_WAIVERS,
            "单位,年份,规则,指标,理由\n常德市教育局,2021年,balance,t3.new.total,已核实\n"
            "常德市教育局,2021,twin,,空表\n",
            &r) == 0 && r.added == 2,
       "waivers are loaded");
    ok(load(REGISTER_WAIVERS, "agency,year,rule,code,reason\n常德市教育局,2021,balance,t3.new.total,再核实\n",
            &r) == 0 && r.changed == 1 && number("SELECT count(*) FROM waiver") == 2,
       "another reason takes the place of the old one");
    ok(load(REGISTER_WAIVERS,
            "agency,year,rule,code,reason\nA,2021,nosuch,,x\nA,2021,balance,t9.x,x\nA,21,balance,,x\n"
            "A,2021,balance,,\n",
            &r) < 0 && strstr(told, "2: ") && strstr(told, "3: ") && strstr(told, "4: ") &&
           strstr(told, "5: "),
       "unknown rules and cells, bad years and missing reasons are told");
}

int main(void)
{
    char folder[] = "/tmp/gongkai-register-XXXXXX", path[64];
    struct catalog *catalog = NULL;
    struct err err = {0};
    arena = arena_new((size_t)64 << 20);
    snprintf(path, sizeof path, "%s/w.db", mkdtemp(folder));
    if (!ok(catalog_load(&catalog, &err) == 0 &&
                warehouse_open(&w, path, WAREHOUSE_WRITE, catalog, &err) == 0 &&
                run_begin(w, "register", &run_id, &err) == 0,
            "a warehouse is opened")) {
        diag("%s", err.english);
        return done();
    }
    if (warehouse_run_script(
            w,
            "INSERT INTO folder (folder_id, path) VALUES (1, '/x')", &err) < 0 ||
        source_kit(w, "a", 1) != 1 || source_kit(w, "b", 2) != 2)
        diag("%s", err.english);
    agencies_are_loaded();
    bad_lines_are_told();
    divisions_are_loaded();
    provisional_ones_become_registered();
    waivers_are_loaded();
    ok(number("SELECT count(*) FROM pragma_foreign_key_check") == 0, "every reference holds");
    warehouse_close(w);
    catalog_free(catalog);
    arena_free(&arena);
    unlink(path);
    rmdir(folder);
    return done();
}
