/* Totals on other bases: by the divisions of today, and as they stood on a day. */
#include "tests/unit/world.h"

static struct world world;

#define TODAY(column, code, cell)                                                                 \
    "SELECT " column " FROM v_total_today WHERE division_code = '" code                           \
    "' AND part = 'region' AND code = '" cell "'"

/* 甲省: 乙市 holds 丁县, which became 丁区 in 2016; 己县 was split between 乙市 and 丙市; 庚县 ended with
 * no successor known. */
static void divisions(void)
{
    world_run(&world,
              "INSERT INTO division VALUES ('990000','register'),('990100','register'),"
              "('990200','register'),('990101','register'),('990121','register'),"
              "('990122','register'),('990102','register'),('990201','register'),"
              "('990123','register');"
              "INSERT INTO division_period VALUES ('990000',2008,NULL,'甲省','province','000000'),"
              "('990100',2008,NULL,'乙市','prefecture','990000'),"
              "('990200',2008,NULL,'丙市','prefecture','990000'),"
              "('990121',2008,2015,'丁县','county','990100'),"
              "('990101',2016,NULL,'丁区','county','990100'),"
              "('990122',2008,2015,'己县','county','990100'),"
              "('990102',2016,NULL,'己区','county','990100'),"
              "('990201',2016,NULL,'己南区','county','990200'),"
              "('990123',2008,2015,'庚县','county','990100');"
              "INSERT INTO division_successor VALUES ('990121',2016,'990101'),"
              "('990122',2016,'990102'),('990122',2016,'990201')");
}

static void today(void)
{
    world_open(&world);
    divisions();
    int64_t whole = world_agency(&world, "丁县教育局", "990121", "department", 0, 0, 1);
    int64_t split = world_agency(&world, "己县教育局", "990122", "department", 0, 0, 1);
    int64_t lost = world_agency(&world, "庚县教育局", "990123", "department", 0, 0, 1);
    world_own(&world, whole, 2015, 2014, "t1.received", 1);
    world_own(&world, split, 2015, 2014, "t1.received", 10);
    world_own(&world, lost, 2015, 2014, "t1.received", 100);
    world_rollup(&world, false);
    world_answers(&world, "SELECT count(*) FROM v_total_today", "0", "nobody has asked yet");
    struct err err = {0};
    struct rollup_result result;
    world_must(rollup_today(world.w, &result, &err), &err);
    world_answers(&world, TODAY("value", "990101", "t1.received"), "1",
                  "a county that became a district counts in the district");
    world_answers(&world, TODAY("count(*)", "990121", "t1.received"), "0",
                  "its old code has no total by today's boundaries");
    world_answers(&world, TODAY("value || ' ' || n_displaced", "990000", "t1.received"), "111 2",
                  "the province holds all, what was split or lost marked");
    world_answers(&world, TODAY("value", "990100", "t1.received"), "101",
                  "a county without known successor counts in the city that held it");
    world_answers(&world, TODAY("count(*)", "990102", "t1.received"), "0",
                  "a county that was split is guessed into neither part");
    world_answers(&world,
                  "SELECT group_concat(code || ':' || ifnull(successors, '-') || ':' || reports) "
                  "FROM v_boundary_open WHERE code LIKE '99%'",
                  "990122:990102 990201:1,990123:-:1", "but listed");
    world_answers(&world, "SELECT value FROM v_total WHERE division_code = '990121' AND part = 'region' "
                          "AND code = 't1.received'", "1", "v_total still goes by the year's divisions");
    world_own(&world, whole, 2014, 2014, "t1.received", 7);
    world_rollup(&world, false);
    world_answers(&world, "SELECT sum(value) FROM v_total_today WHERE division_code = '990101' AND "
                          "part = 'region' AND code = 't1.received'", "8",
                  "once kept, they follow every update");
    struct buf before = world_dump(&world);
    world_rollup(&world, true);
    struct buf after = world_dump(&world);
    ok(before.n > 0 && before.n == after.n && memcmp(before.p, after.p, before.n) == 0,
       "and are the same made from scratch");
    buf_free(&before);
    buf_free(&after);
    world_run(&world, "INSERT INTO division_successor VALUES ('990101',2099,'990121')");
    world_must(rollup_today(world.w, &result, &err), &err);
    world_answers(&world, TODAY("sum(value)", "990101", "t1.received"), "8",
                  "successors in a circle do not hang it");
    world_must(rollup_drop(world.w, "today", &err), &err);
    world_answers(&world, "SELECT group_concat(basis) FROM v_basis", "own", "dropped, they are gone");
    ok(rollup_drop(world.w, "own", &err) < 0, "own totals cannot be dropped");
    world_close(&world);
}

static void at(struct world *w, const char *moment)
{
    char sql[400];
    snprintf(sql, sizeof sql,
             "INSERT INTO run (command, started_at) VALUES ('test', '%s');"
             "UPDATE report SET imported_run = (SELECT max(run_id) FROM run) WHERE imported_run = 1;"
             "UPDATE reign SET to_at = '%s' WHERE to_at = (SELECT max(to_at) FROM reign)", moment,
             moment);
    world_run(w, sql);
}

static void as_of(void)
{
    world_open(&world);
    int64_t a = world_agency(&world, "常德市甲局", "430700", "department", 0, 0, 1);
    int64_t b = world_agency(&world, "常德市乙局", "430700", "department", 0, 0, 1);
    world_own(&world, a, 2023, 2021, "t3.new.total", 5);
    at(&world, "2024-01-10T00:00:00Z");
    world_own(&world, b, 2023, 2021, "t3.new.total", 100);
    at(&world, "2024-02-10T00:00:00Z");
    world_own(&world, a, 2023, 2021, "t3.new.total", 7);
    at(&world, "2024-03-10T23:59:59Z");
    world_rollup(&world, false);
    struct err err = {0};
    struct rollup_result result;
    static const struct {
        const char *date, *want, *name;
    } days[] = {
        {"2024-01-09", "(no row)", "before the first report there is no total"},
        {"2024-01-10", "5", "on the day it came it counts"},
        {"2024-02-28", "105", "then the second one too"},
        {"2024-03-09", "105", "the day before a revision the old figure stands"},
        {"2024-03-10", "107", "the day of the revision the new one"},
    };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        char sql[256];
        world_must(rollup_as_of(world.w, days[i].date, &result, &err), &err);
        snprintf(sql, sizeof sql,
                 "SELECT value FROM v_total_as_of WHERE as_of = '%s' AND division_code = '430700' "
                 "AND part = 'region' AND code = 't3.new.total'", days[i].date);
        world_answers(&world, sql, days[i].want, days[i].name);
    }
    world_answers(&world, "SELECT value FROM v_total WHERE division_code = '430700' AND part = 'self' "
                          "AND code = 't3.new.total'", "107", "v_total stays what it is");
    world_answers(&world, "SELECT count(*) FROM (SELECT code, value FROM v_total EXCEPT "
                          "SELECT code, value FROM v_total_as_of WHERE as_of = '2024-03-10')", "0",
                  "the last day's totals are today's");
    world_run(&world, "UPDATE report SET agency_id = (SELECT agency_id FROM agency WHERE name = "
                      "'常德市乙局'), year = 2022 WHERE report_id = (SELECT max(report_id) FROM report);"
                      "INSERT INTO withdrawal (report_id, run_id, reason, old_agency_id, old_year, "
                      "made_at) SELECT max(r.report_id), 1, 'x', min(a.agency_id), 2023, "
                      "'2024-06-01T00:00:00Z' FROM report r, agency a WHERE a.name = '常德市甲局'");
    world_must(rollup_as_of(world.w, "2024-03-10", &result, &err), &err);
    world_answers(&world, "SELECT value FROM v_total_as_of WHERE as_of = '2024-03-10' AND year = 2023 "
                          "AND division_code = '430700' AND part = 'region' AND code = 't3.new.total'",
                  "107", "a report given away later counts where it was");
    world_rollup(&world, true);
    world_answers(&world, "SELECT count(*) FROM v_basis WHERE basis LIKE 'as-of%'", "4",
                  "making the totals anew leaves those of other days");
    ok(rollup_as_of(world.w, "2024-3-1", &result, &err) < 0, "a date is written as ISO has it");
    world_close(&world);
}

int main(void)
{
    today();
    as_of();
    return done();
}
