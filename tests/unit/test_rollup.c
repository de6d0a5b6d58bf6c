/* Totals: what is added, where, and that every way of computing them agrees. */
#include "tests/unit/world.h"

static struct world world;

#define VALUE(code, year, part, cell)                                                             \
    "SELECT value FROM v_total WHERE division_code = '" code "' AND year = " #year                \
    " AND part = '" part "' AND code = '" cell "'"
#define COUNT(column, code, year, part)                                                           \
    "SELECT " column " FROM area WHERE basis = 'own' AND division_code = '" code                  \
    "' AND year = " #year " AND part = '" part "'"

static void a_county(void)
{
    world_open(&world);
    int64_t office = world_agency(&world, "沭阳县人民政府办公室", "321322", "office", 0, 0, 1);
    int64_t board = world_agency(&world, "沭阳县教育局", "321322", "department", 0, 0, 1);
    int64_t town = world_agency(&world, "沭阳县颜集镇人民政府", "321322", "township", 0, 0, 1);
    int64_t zone = world_agency(&world, "沭阳经济技术开发区管理委员会", "321322", "zone", 0, 0, 1);
    int64_t government = world_agency(&world, "沭阳县人民政府", "321322", "government", 0, 0, 1);
    world_agency(&world, "沭阳县财政局", "321322", "department", 0, 0, 1);
    world_agency(&world, "沭阳县旅游局", "321322", "department", 0, 2018, 1);
    int64_t unknown = world_agency(&world, "沭阳县某办", "321322", "other", 0, 0, 0);
    int64_t nowhere = world_agency(&world, "某局", NULL, "department", 0, 0, 0);
    world_own(&world, office, 2023, 2021, "t3.new.total", 100);
    world_own(&world, board, 2023, 2021, "t3.new.total", 20);
    world_own(&world, town, 2023, 2021, "t3.new.total", 3);
    world_own(&world, zone, 2023, 2021, "t3.new.total", 4);
    world_own(&world, unknown, 2023, 2021, "t3.new.total", 5);
    world_own(&world, nowhere, 2023, 2021, "t3.new.total", 1000);
    struct report *composite = world_report(&world, 2021);
    world_set(&world, composite, "t3.new.total", 140);
    world_store(&world, government, 2023, SCOPE_COMPOSITE, composite);
    world_rollup(&world, false);
    world_answers(&world, VALUE("321322", 2023, "self", "t3.new.total"), "125",
                  "本级 leaves townships and zones out");
    world_answers(&world, VALUE("321322", 2023, "region", "t3.new.total"), "132",
                  "本行政区域 takes them in, a composite and a report without division not");
    world_answers(&world, VALUE("321300", 2023, "region", "t3.new.total"), "132",
                  "the city holds its county");
    world_answers(&world, VALUE("321300", 2023, "self", "t3.new.total"), "NULL",
                  "what no report states has no value");
    world_answers(&world, VALUE("000000", 2023, "region", "t3.new.total"), "132",
                  "so does the nation");
    world_answers(&world, VALUE("321322", 2023, "region", "t3.granted.total"), "0",
                  "zeros add up to zero");
    world_answers(&world, COUNT("n_expected", "321322", 2023, "region"), "5",
                  "expected: the register without the government, by the agencies' years");
    world_answers(&world, COUNT("n_reported", "321322", 2023, "region"), "5",
                  "reported: own reports, registered or not");
    world_answers(&world, COUNT("n_missing", "321322", 2023, "region"), "1", "one is missing");
    world_answers(&world, COUNT("n_unregistered", "321322", 2023, "region"), "1",
                  "one is not in the register");
    world_answers(&world, "SELECT group_concat(agency) FROM v_missing", "沭阳县财政局",
                  "v_missing names it");
    world_answers(&world,
                  "SELECT published || ' ' || computed || ' ' || difference || ' ' || "
                  "missing_contributors FROM v_composite WHERE code = 't3.new.total'",
                  "140 132 8 沭阳县财政局", "the composite is compared, the missing one named");
    world_answers(&world, "SELECT largest || ' ' || largest_share FROM v_total WHERE year = 2023 AND "
                          "division_code = '321322' AND part = 'region' AND code = 't3.new.total'",
                  "100 7576", "the largest contributor's share stands beside the total");
    ok(world_agrees(&world), "a computation in plain SQL agrees on every total of the county");
    world_close(&world);
}

static void zones(void)
{
    world_open(&world);
    world_run(&world, "INSERT INTO division VALUES ('ZJHXQ', 'register');"
                      "INSERT INTO division_period VALUES ('ZJHXQ', 2010, NULL, '湖滨新区', 'zone',"
                      " '321300')");
    int64_t committee = world_agency(&world, "宿迁经济技术开发区管理委员会", "321300", "zone", 0, 0, 1);
    int64_t office = world_agency(&world, "宿迁经济技术开发区党政办公室", "321300", "office", 0, 0, 1);
    int64_t lake = world_agency(&world, "宿迁市湖滨新区管理委员会", "ZJHXQ", "zone", 0, 0, 1);
    int64_t school = world_agency(&world, "湖滨新区教育局", "ZJHXQ", "department", 0, 0, 1);
    world_own(&world, office, 2023, 2021, "t3.new.total", 7);
    struct report *composite = world_report(&world, 2021);
    world_store(&world, committee, 2023, SCOPE_COMPOSITE, composite);
    world_own(&world, lake, 2023, 2021, "t3.new.total", 26);
    world_own(&world, school, 2023, 2021, "t3.new.total", 4);
    world_rollup(&world, false);
    world_answers(&world, VALUE("ZJHXQ", 2023, "self", "t3.new.total"), "4",
                  "a zone with a code of its own has a 本级 without its committee's own report");
    world_answers(&world, VALUE("ZJHXQ", 2023, "region", "t3.new.total"), "30",
                  "and a region with it");
    world_answers(&world, VALUE("321300", 2023, "region", "t3.new.total"), "37",
                  "the city holds its zones");
    world_answers(&world, COUNT("n_expected", "321300", 2023, "self"), "1",
                  "a committee with an office beside it owes no own report");
    world_answers(&world, COUNT("n_composite_expected", "321300", 2023, "region"), "1",
                  "but a composite");
    world_answers(&world, "SELECT level FROM v_total WHERE division_code = 'ZJHXQ'", "zone",
                  "its level is zone");
    ok(world_agrees(&world), "plain SQL agrees where there are zones");
    world_close(&world);
}

static void divisions_change(void)
{
    world_open(&world);
    world_run(&world,
              "INSERT INTO division VALUES ('990000','register'),('990100','register'),"
              "('990200','register'),('990101','register'),('990121','register');"
              "INSERT INTO division_period VALUES ('990000',2008,NULL,'甲省','province','000000'),"
              "('990100',2008,NULL,'乙市','prefecture','990000'),"
              "('990200',2008,NULL,'丙市','prefecture','990000'),"
              "('990101',2020,NULL,'丁区','county','990100'),"
              "('990121',2008,2015,'丁县','county','990100'),"
              "('990121',2016,2019,'丁县','county','990200')");
    int64_t old = world_agency(&world, "丁县教育局", "990121", "department", 0, 0, 1);
    int64_t new = world_agency(&world, "丁区教育局", "990101", "department", 2020, 0, 1);
    world_own(&world, old, 2015, 2014, "t1.received", 1);
    world_own(&world, old, 2016, 2014, "t1.received", 2);
    world_own(&world, old, 2021, 2021, "t3.new.total", 4);
    world_own(&world, new, 2019, 2019, "t3.new.total", 8);
    world_own(&world, new, 2020, 2019, "t3.new.total", 16);
    world_rollup(&world, false);
    world_answers(&world, VALUE("990100", 2015, "region", "t1.received"), "1",
                  "a county counts where it lay in the year");
    world_answers(&world, VALUE("990200", 2016, "region", "t1.received"), "2",
                  "moved to another city, it counts there");
    world_answers(&world, VALUE("990000", 2021, "region", "t3.new.total"), "4",
                  "a report of a division that is gone does not vanish");
    world_answers(&world, COUNT("n_displaced", "990000", 2021, "region"), "1",
                  "but is counted as displaced");
    world_answers(&world, COUNT("n_displaced", "990000", 2019, "region"), "1",
                  "as is one of a division that had not begun");
    world_answers(&world, COUNT("n_displaced", "990000", 2020, "region"), "0",
                  "and none where all is in its time");
    world_answers(&world, COUNT("parent_code", "990121", 2018, "region"), "(no row)",
                  "a year of which no report is in has no totals");
    ok(world_agrees(&world), "plain SQL agrees where divisions change");
    world_run(&world, "INSERT INTO division VALUES ('990199', 'register')");
    int64_t stray = world_agency(&world, "旧县教育局", "990199", "department", 0, 0, 1);
    world_own(&world, stray, 2021, 2021, "t3.new.total", 100);
    world_rollup(&world, false);
    world_answers(&world, VALUE("000000", 2021, "region", "t3.new.total"), "104",
                  "a division of which no period is known counts in the nation");
    world_run(&world, "UPDATE division_period SET parent_code = '990121' WHERE code = '990100';"
                      "INSERT INTO change (run_id, what) VALUES (1, 'register')");
    struct err err = {0};
    struct rollup_result result;
    ok(rollup_update(world.w, false, &result, &err) < 0 && strstr(err.english, "below itself"),
       "divisions that lie below each other are an error, not an endless loop");
    world_close(&world);
}

static void mixed_forms(void)
{
    world_open(&world);
    int64_t a = world_agency(&world, "常德市甲局", "430700", "department", 0, 0, 1);
    int64_t b = world_agency(&world, "常德市乙局", "430700", "department", 0, 0, 1);
    int64_t c = world_agency(&world, "常德市丙局", "430700", "department", 0, 0, 1);
    world_own(&world, a, 2023, 2021, "t3.other_misc.total", 5);
    struct report *one_row = world_report(&world, 2019);
    world_set(&world, one_row, "t3.other.total", 7);
    world_set(&world, one_row, "t2.procurement.amount", 12345 * MONEY_SCALE / 100);
    world_store(&world, b, 2023, SCOPE_OWN, one_row);
    struct report *both = world_report(&world, 2021);
    world_set(&world, both, "t3.other_no_supplement.total", 2);
    world_set(&world, both, "t3.other.total", 2);
    struct fact *blank = world_set(&world, both, "t3.new.total", 0);
    blank->state = STATE_BLANK;
    struct fact *text = world_set(&world, both, "t2.fees.amount", 0);
    text->state = STATE_TEXT;
    text->text = STR("见附表");
    world_store(&world, c, 2023, SCOPE_OWN, both);
    world_rollup(&world, false);
    world_answers(&world, VALUE("430700", 2023, "self", "t3.other.total"), "9",
                  "cells keep the code that was printed");
    world_answers(&world, VALUE("430700", 2023, "self", "t3.other_misc.total"), "5",
                  "on either form");
    world_answers(&world, "SELECT value FROM v_series WHERE series = 'other' AND year = 2023 AND "
                          "part = 'self' AND division_code = '430700'", "14",
                  "the series joins the one row and the three, each report once");
    world_answers(&world, VALUE("430700", 2023, "self", "t2.procurement.amount"), "123.45",
                  "a cell of another form than the year's has a total where it is stated");
    world_answers(&world, "SELECT n_stated || ' ' || n_blank || ' ' || n_reported FROM v_total WHERE "
                          "code = 't3.new.total' AND division_code = '430700' AND part = 'self'",
                  "2 1 3", "a blank is counted beside the sum, not in it");
    world_answers(&world, COUNT("n_other_form", "430700", 2023, "region"), "1",
                  "reports on another form are counted");
    world_answers(&world, "SELECT n_stated FROM v_series WHERE series = 'received' AND part = 'self' "
                          "AND division_code = '430700'", "2",
                  "a series says how many reports state it");
    ok(world_agrees(&world), "plain SQL agrees where forms are mixed");
    world_close(&world);
}

static void breaks_and_rates(void)
{
    world_open(&world);
    int64_t a = world_agency(&world, "常德市甲局", "430700", "department", 0, 0, 1);
    int64_t b = world_agency(&world, "常德市乙局", "430700", "department", 0, 0, 1);
    world_own(&world, a, 2018, 2014, "t1.received", 10);
    for (int year = 2019; year <= 2021; year++) {
        struct report *r = world_report(&world, year < 2021 ? 2019 : 2021);
        world_set(&world, r, "t3.new.total", 3);
        world_set(&world, r, "t3.granted.total", 1);
        world_set(&world, r, "t3.handled.total", 3);
        world_store(&world, a, year, SCOPE_OWN, r);
    }
    struct report *r = world_report(&world, 2021);
    world_set(&world, r, "t3.granted.total", 97);
    world_set(&world, r, "t3.handled.total", 97);
    world_store(&world, b, 2021, SCOPE_OWN, r);
    world_rollup(&world, false);
#define SERIES(column, series, year)                                                              \
    "SELECT " column " FROM v_series WHERE series = '" series "' AND year = " #year               \
    " AND part = 'self' AND division_code = '430700'"
    world_answers(&world, SERIES("value", "received", 2018), "10", "a series runs over the forms");
    world_answers(&world, SERIES("value", "received", 2020), "3", "from one to the next");
    world_answers(&world, SERIES("break IS NOT NULL", "received", 2019), "1",
                  "the year in which its definition changed is marked");
    world_answers(&world, SERIES("break IS NOT NULL", "received", 2021), "0",
                  "a year in which it did not is not");
    world_answers(&world, SERIES("definition", "received", 2018), "2014", "rows name their definition");
    world_answers(&world, SERIES("definition", "received", 2021), "2019", "across forms that agree");
    world_answers(&world, SERIES("count(*)", "normative_made", 2021), "0",
                  "documents made are not bridged to documents issued");
    world_answers(&world, SERIES("value", "normative_issued", 2021), "0", "which are their own series");
    world_answers(&world, "SELECT per_10000 || ' ' || percent FROM v_rate WHERE rate = 'disclosure' "
                          "AND year = 2021 AND part = 'self' AND division_code = '430700'",
                  "9800 98.00", "a rate is taken from the sums, not averaged");
    world_answers(&world, "SELECT per_10000 FROM v_rate WHERE rate = 'disclosure' "
                          "AND year = 2020 AND part = 'self' AND division_code = '430700'",
                  "3333", "and rounded half up");
    world_answers(&world, "SELECT count(*) FROM v_rate WHERE rate = 'correction' AND per_10000 IS NULL "
                          "AND year = 2020 AND part = 'self'", "1", "over nothing it is NULL");
    world_answers(&world, "SELECT count(*) FROM rate LEFT JOIN series n ON n.series = numerator "
                          "LEFT JOIN series d ON d.series = denominator WHERE n.unit <> '件' "
                          "OR d.unit <> '件' OR n.series IS NULL OR d.series IS NULL", "0",
                  "every rate is one count of cases over another");
    world_close(&world);
}

static void best(void)
{
    world_open(&world);
    int64_t city = world_agency(&world, "宿迁市教育局", "321300", "department", 0, 0, 1);
    int64_t a = world_agency(&world, "沭阳县教育局", "321322", "department", 0, 0, 1);
    int64_t a_gov = world_agency(&world, "沭阳县人民政府", "321322", "government", 0, 0, 1);
    int64_t b_gov = world_agency(&world, "泗阳县人民政府", "321323", "government", 0, 0, 1);
    world_own(&world, city, 2023, 2021, "t3.new.total", 1);
    world_own(&world, a, 2023, 2021, "t3.new.total", 10);
    struct report *r = world_report(&world, 2021);
    world_set(&world, r, "t3.new.total", 500);
    world_store(&world, a_gov, 2023, SCOPE_COMPOSITE, r);
    r = world_report(&world, 2021);
    world_set(&world, r, "t3.new.total", 70);
    int64_t composite = world_store(&world, b_gov, 2023, SCOPE_COMPOSITE, r);
    world_rollup(&world, false);
#define BEST(column, code)                                                                        \
    "SELECT " column " FROM v_total_best WHERE division_code = '" code                            \
    "' AND part = 'region' AND code = 't3.new.total'"
    world_answers(&world, VALUE("321300", 2023, "region", "t3.new.total"), "11",
                  "a composite never enters v_total");
    world_answers(&world, BEST("value || ' ' || n_standing_in", "321300"), "81 1",
                  "on the basis best it stands in for a region without own reports, and says so");
    world_answers(&world, BEST("value || ' ' || n_standing_in", "321322"), "10 0",
                  "not where own reports have come");
    world_answers(&world, BEST("value || ' ' || n_standing_in", "321323"), "70 1",
                  "the region itself is what its composite says");
    world_answers(&world, BEST("count(*)", "320000"), "1", "each total has one row");
    world_answers(&world, VALUE("321323", 2023, "region", "t3.new.total"), "NULL",
                  "a region with a composite alone has totals without value");
    struct buf before = world_dump(&world);
    world_rollup(&world, true);
    struct buf after = world_dump(&world);
    ok(before.n == after.n && memcmp(before.p, after.p, before.n) == 0, "made anew it is the same");
    buf_free(&before);
    buf_free(&after);
    world_withdraw(&world, composite);
    world_rollup(&world, false);
    world_answers(&world, BEST("value || ' ' || n_standing_in", "321300"), "11 0",
                  "withdrawn, it stands in no more");
    world_answers(&world, "SELECT count(*) FROM area WHERE basis = 'best'", "0",
                  "and leaves nothing behind");
    world_close(&world);
}

static void late_and_missing(void)
{
    world_open(&world);
    const char *const dates[] = {"2024-01-31", "2024-02-01", NULL};
    int64_t first = 0;
    for (int i = 0; i < 3; i++) {
        char name[32];
        snprintf(name, sizeof name, "常德市第%d局", i);
        int64_t agency = world_agency(&world, name, "430700", "department", 0, 0, 1);
        first = first ? first : agency;
        struct report *r = world_report(&world, 2021);
        if (dates[i])
            r->dated = str_from(dates[i]);
        world_store(&world, agency, 2023, SCOPE_OWN, r);
    }
    world_rollup(&world, false);
    world_answers(&world, COUNT("n_late", "430700", 2023, "region"), "1",
                  "late is what is dated after 31 January; undated is not known to be");
    struct report *again = world_report(&world, 2021);
    again->dated = STR("2024-05-06");
    world_set(&world, again, "t3.new.total", 1);
    world_store(&world, first, 2023, SCOPE_OWN, again);
    world_rollup(&world, false);
    world_answers(&world, COUNT("n_late", "430700", 2023, "region"), "1",
                  "a re-issue after the day is not late where the first issue was not");
    world_run(&world, "INSERT INTO deadline VALUES (2023, 'own', '2024-01-20')");
    world_rollup(&world, true);
    world_answers(&world, COUNT("n_late", "430700", 2023, "region"), "2",
                  "a calendar moves the day");
    for (int i = 0; i < 30; i++) {
        char name[32];
        snprintf(name, sizeof name, "武陵区第%02d局", i);
        world_agency(&world, name, "430702", "department", 0, 0, 1);
    }
    world_run(&world, "INSERT INTO change (run_id, what) VALUES (1, 'register')");
    world_rollup(&world, false);
    world_answers(&world, COUNT("n_missing", "430700", 2023, "region"), "30",
                  "a new register is seen at the next roll-up");
    world_answers(&world, COUNT("n_missing_named", "430702", 2023, "region"), "30",
                  "all missing units are counted");
    world_answers(&world, "SELECT length(missing) - length(replace(missing, '、', '')) FROM area WHERE "
                          "division_code = '430702' AND part = 'region'", "19",
                  "the first twenty are named");
    world_answers(&world, "SELECT max(abs(missing - (SELECT count(*) FROM v_missing m WHERE "
                          "m.division_code = c.division_code AND m.year = c.year))) "
                          "FROM v_coverage c WHERE level = 'county'", "0",
                  "v_missing and v_coverage count the same");
    world_close(&world);
}

static void too_large(void)
{
    world_open(&world);
    for (int i = 0; i < 3; i++) {
        char name[32];
        snprintf(name, sizeof name, "常德市第%d局", i);
        int64_t agency = world_agency(&world, name, "430700", "department", 0, 0, 1);
        world_own(&world, agency, 2023, 2021, "t2.fees.amount", INT64_MAX / 3 + 1);
    }
    struct err err = {0};
    struct rollup_result result;
    ok(rollup_update(world.w, false, &result, &err) < 0 && strstr(err.english, "t2.fees.amount"),
       "a sum that no longer fits is an error that names the cell, never a wrong figure");
    world_answers(&world, "SELECT count(*) FROM area", "0", "and nothing is kept of it");
    world_close(&world);
}

int main(void)
{
    a_county();
    zones();
    divisions_change();
    mixed_forms();
    breaks_and_rates();
    best();
    late_and_missing();
    too_large();
    return done();
}
