#include "core/store/agency.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/tap.h"

static struct warehouse *w;
static struct agencies *agencies;

/* The agency that a report of this name, found around this place, is given to, as
 * "name|division|kind|registered". */
static const char *given_to(const char *name, const char *place, const char *division, int year)
{
    static char shown[512];
    struct report report = {.agency = str_from(name), .place = str_from(place),
                            .division = str_from(division), .year = year};
    struct agency_match match = {0};
    struct err err = {0};
    if (agencies_match(agencies, &report, &match, &err) < 0)
        return "an error";
    sqlite3_stmt *stmt = NULL;
    sqlite3_prepare_v2(w->db,
                       "SELECT name || '|' || ifnull(division_code, '-') || '|' || kind || '|' ||"
                       " registered FROM agency WHERE agency_id = ?1",
                       -1, &stmt, NULL);
    sqlite3_bind_int64(stmt, 1, match.agency_id);
    if (sqlite3_step(stmt) == SQLITE_ROW)
        snprintf(shown, sizeof shown, "%s", (const char *)sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    return shown;
}

static void given(const char *name, const char *place, const char *division, int year,
                  const char *expected, const char *sentence)
{
    const char *got = given_to(name, place, division, year);
    if (!ok(strcmp(got, expected) == 0, "%s", sentence))
        diag("%s: expected %s, got %s", name, expected, got);
}

static const char registered[] =
    "INSERT INTO agency (agency_id, name, division_code, kind, registered, last_year) VALUES"
    " (1, '常德市扶贫开发办公室', '430700', 'department', 1, 2020),"
    " (2, '鼓楼区教育局', '320106', 'department', 1, NULL),"
    " (3, '鼓楼区教育局', '350102', 'department', 1, NULL),"
    " (4, '迁安市大五里镇人民政府', '130283', 'township', 1, NULL),"
    " (5, '宿迁经济技术开发区管理委员会', '3213Z1', 'zone', 1, NULL),"
    " (6, '宿迁经济技术开发区党政办公室', '3213Z1', 'office', 1, NULL),"
    " (7, '常德市人民政府办公室', '430700', 'office', 1, NULL),"
    " (8, '常德市人民政府', '430700', 'government', 1, NULL),"
    " (9, '常德市乡村振兴局', '430700', 'department', 1, NULL);"
    "INSERT INTO agency_alias VALUES ('市扶贫办', 1), ('常德扶贫办', 1);";

int main(void)
{
    char folder[] = "/tmp/gongkai-agency-XXXXXX", path[64];
    struct catalog *catalog = NULL;
    struct err err = {0};
    snprintf(path, sizeof path, "%s/w.db", mkdtemp(folder));
    if (!ok(catalog_load(&catalog, &err) == 0 &&
                warehouse_open(&w, path, WAREHOUSE_WRITE, catalog, &err) == 0 &&
                warehouse_begin(w, &err) == 0 &&
                warehouse_run_script(w,
                                     "INSERT INTO division VALUES ('3213Z1', 'register');"
                                     "INSERT INTO division_period VALUES ('3213Z1', 2010, NULL,"
                                     " '宿迁经济技术开发区', 'zone', '321300')", &err) == 0 &&
                warehouse_run_script(w, registered, &err) == 0 &&
                agencies_open(&agencies, w, &err) == 0,
            "a warehouse with a register is opened")) {
        diag("%s", err.english);
        return done();
    }
    given("常德市扶贫开发办公室", "", "", 2019, "常德市扶贫开发办公室|430700|department|1",
          "a report is given to the agency of its exact name");
    given("湖南省常德市扶贫开发办公室", "", "", 2019, "常德市扶贫开发办公室|430700|department|1",
          "the province before the city makes no difference");
    given("扶贫开发办公室", "湖南省/常德市", "", 2019, "常德市扶贫开发办公室|430700|department|1",
          "a name without its city is completed by the place around it");
    given("扶贫开发办公室", "", "430700", 2019, "常德市扶贫开发办公室|430700|department|1",
          "a name without its city is completed by the division stated");
    given("常德市扶貧開發辦公室", "", "", 2019, "常德市扶贫开发办公室|430700|department|1",
          "a name in traditional characters is the same name");
    given("市扶贫开发办公室", "湖南省/常德市", "", 2019, "常德市扶贫开发办公室|430700|department|1",
          "市 before a name is the city around it");
    given("市场监督管理局", "湖南省/常德市", "", 2019, "市场监督管理局|430700|department|0",
          "but not in 市场");
    given("市扶贫办", "湖南省/常德市", "", 2019, "常德市扶贫开发办公室|430700|department|1",
          "an alias is another name of the agency");
    given("常德扶贫办", "", "", 2019, "常德市扶贫开发办公室|430700|department|1",
          "an alias needs no place");
    given("鼓楼区教育局", "江苏省/南京市", "", 2021, "鼓楼区教育局|320106|department|1",
          "鼓楼区 is told by the city of the folder");
    given("福州市鼓楼区教育局", "", "", 2021, "鼓楼区教育局|350102|department|1",
          "鼓楼区 is told by the city in the title");
    given("鼓楼区教育局", "", "320100", 2021, "鼓楼区教育局|320106|department|1",
          "鼓楼区 is told by the city that the manifest states");
    given("鼓楼区教育局", "", "", 2021, "鼓楼区教育局|-|department|0",
          "鼓楼区 alone has no division, and is never guessed");
    given("鼓楼区教育局", "", "", 2022, "鼓楼区教育局|-|department|0",
          "and stays one provisional agency");
    given("大五里镇", "河北省/迁安市", "", 2020, "迁安市大五里镇人民政府|130283|township|1",
          "a township without its county is told by the folder");
    given("大五里镇", "", "", 2020, "大五里镇|-|township|0",
          "a township without any place gets no county");
    given("唐山市大五里镇", "", "", 2020, "迁安市大五里镇人民政府|130283|township|1",
          "a township named with its city is the one the register has there");
    given("常德市某某镇", "", "", 2020, "常德市某某镇|-|township|0",
          "a township named with its city alone gets no county of its own");
    given("东莞市长安镇人民政府", "", "", 2020, "东莞市长安镇人民政府|441900|township|0",
          "a city without counties holds its townships itself");
    given("宿迁市宿迁经济技术开发区管委会", "", "", 2023,
          "宿迁经济技术开发区管理委员会|3213Z1|zone|1", "管委会 is 管理委员会");
    given("宿迁经济技术开发区", "", "", 2023, "宿迁经济技术开发区管理委员会|3213Z1|zone|1",
          "a zone named alone is its 管委会");
    given("常德市政府办公室", "", "", 2021, "常德市人民政府办公室|430700|office|1",
          "政府办公室 is 人民政府办公室");
    given("常德市人民政府", "", "", 2021, "常德市人民政府|430700|government|1",
          "the government is not its office");
    given("审计局", "", "", 2020, "审计局|-|department|0", "审计局 alone is nobody's");
    given("审计局", "山东省/威海市/文登区", "", 2020, "审计局|371003|department|0",
          "审计局 in a folder of 文登区 is of 文登区");
    given("威海市文登区审计局", "", "", 2020, "审计局|371003|department|0",
          "and is the same agency with its place printed");
    given("国家税务总局常德市税务局", "", "", 2020, "国家税务总局常德市税务局|430700|vertical|0",
          "a tax office lies in the place inside its name");
    given("财政部", "", "", 2020, "财政部|000000|department|0", "a ministry is the nation's");
    given("常德经济技术开发区财政局", "湖南省/常德市", "", 2020,
          "常德经济技术开发区财政局|430700|zone|0",
          "what lies in a zone that is not registered stays out of its city's own total");
    given("某某研究", "", "", 2020, "某某研究|-|other|0", "an unknown name is kept as other");
    given("沙县教育局", "", "", 2019, "沙县教育局|350427|department|0",
          "a county of the time is found by its old name");
    given("常德市教育局", "湖南省/常德市/武陵区", "", 2021, "常德市教育局|430700|department|0",
          "the place printed in the name is stronger than the folder");

    struct agency_match match = {0};
    struct report report = {.agency = STR("宿迁经济技术开发区管委会"), .year = 2023};
    ok(agencies_match(agencies, &report, &match, &err) == 0 && match.scope == SCOPE_COMPOSITE,
       "a zone with an office of its own reports for its region");
    report.agency = STR("常德市人民政府");
    ok(agencies_match(agencies, &report, &match, &err) == 0 && match.scope == SCOPE_COMPOSITE,
       "a city's government reports for its region");
    report.agency = STR("常德市人民政府办公室");
    ok(agencies_match(agencies, &report, &match, &err) == 0 && match.scope == SCOPE_OWN,
       "its office reports its own");
    report.division = STR("999999");
    ok(agencies_match(agencies, &report, &match, &err) == 0 && match.misplaced,
       "a division code that nobody knows is told");

    int64_t id = 0;
    ok(agencies_find(agencies, STR("常德市乡村振兴局"), (struct str){0}, 0, &id, &err) == 0 && id == 9,
       "an agency is found by the name a user gives");
    ok(agencies_find(agencies, STR("鼓楼区教育局"), (struct str){0}, 0, &id, &err) < 0,
       "a name of several agencies is asked back");
    ok(agencies_find(agencies, STR("鼓楼区教育局"), STR("350102"), 0, &id, &err) == 0 && id == 3,
       "and told by its division");
    uint32_t removed = 0;
    ok(agencies_sweep(w, &removed, &err) == 0 && removed > 8,
       "provisional agencies without a report are swept away");

    warehouse_rollback(w);
    agencies_close(agencies);
    warehouse_close(w);
    catalog_free(catalog);
    unlink(path);
    rmdir(folder);
    return done();
}
