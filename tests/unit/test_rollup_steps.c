/* Step by step: after every kind of change the totals brought up to date are those made from
 * scratch, to the byte, and those of a computation in plain SQL. */
#include "tests/unit/world.h"

enum { AGENCIES = 60, STEPS = 12, REPORTS = 40, ANY = 99 };

static struct world world;
static uint64_t seed = 20231231;

/* The next of a fixed run of numbers, below `most`. */
static int chance(int most)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((seed >> 33) % (uint64_t)most);
}

static const char *const divisions[] = {
    "000000", "430000", "430700", "430702", "430703", "430721", /* 常德市 and below */
    "110000", "110101", "110228", "110118",                     /* 密云县 became 密云区 */
    "420000", "429004",                                         /* 省直辖县: 仙桃市 */
    "321300", "321322", "ZSZ01", "430722", "430723", "341400", "341421"}; /* 巢湖: a city that was split */
static const char *const kinds[] = {"office", "department", "department", "department", "township",
                                    "subdistrict", "zone", "vertical", "other", "government"};

static void people(int64_t agency[AGENCIES])
{
    char name[64];
    world_run(&world, "INSERT INTO division VALUES ('ZSZ01', 'register');"
                      "INSERT INTO division_period VALUES ('ZSZ01', 2012, NULL, '工业园区', 'zone',"
                      " '321300')");
    for (int i = 0; i < AGENCIES; i++) {
        const char *division =
            i % 20 == 19 ? NULL : divisions[chance((int)(sizeof divisions / sizeof *divisions))];
        snprintf(name, sizeof name, i % 17 == 5 ? "开发区%d管理委员会" : "单位%d", i);
        const char *kind = kinds[chance(10)];
        if (division && strncmp(division, "43072", 5) == 0 && i % 3)
            kind = "government";
        agency[i] = world_agency(&world, name, division, kind,
                                 chance(3) ? 0 : 2012 + chance(8), chance(4) ? 0 : 2018 + chance(7),
                                 chance(5) != 0);
    }
}

/* A report of a random form with some figures, some blanks, some cells of other forms. */
static void send(int64_t agency)
{
    static const int forms[] = {2014, 2019, 2021};
    int year = 2013 + chance(12);
    int form = year < 2019 ? 2014 : year < 2021 ? 2019 : 2021;
    if (chance(6) == 0)
        form = forms[chance(3)];
    struct report *report = world_report(&world, form);
    for (int i = 0; i < 12; i++) {
        struct fact *fact = &report->facts[chance((int)report->fact_count)];
        fact->state = (uint8_t)(chance(4) ? STATE_VALUE : 1 + chance(3));
        fact->text = fact->state == STATE_TEXT ? STR("见附件") : (struct str){0};
        fact->value = fact->state == STATE_VALUE ? chance(1 << 30) : 0;
        if (world.catalog->cells[fact->cell].kind == CELL_SIGNED && chance(2))
            fact->value = -fact->value;
    }
    if (chance(5) == 0)
        world_set(&world, report, "t3.other.total", chance(50));
    if (chance(5) == 0)
        report->fact_count -= (uint32_t)chance(50); /* table four is not there */
    if (chance(3))
        report->dated = chance(2) ? STR("2020-01-15") : STR("2024-06-30");
    world_store(&world, agency, year, chance(3) ? SCOPE_OWN : SCOPE_COMPOSITE, report);
}

static void withdraw_one(void)
{
    const char *id = world_ask(&world, "SELECT report_id FROM report WHERE current = 1 "
                                       "ORDER BY (report_id * 7919) % 101, report_id LIMIT 1");
    world_withdraw(&world, atoll(id));
}

/* The register changes under the reports: an agency moves, or joins the register, or grows older. */
static void change_register(int64_t agency)
{
    static const char *const changes[] = {"division_code = '430703'", "registered = 1 - registered",
                                          "first_year = 2016, last_year = NULL",
                                          "kind = 'township'"};
    char sql[512];
    snprintf(sql, sizeof sql,
             "INSERT INTO change (run_id, what, agency_id, division_code) SELECT 1, 'register', "
             "agency_id, division_code FROM agency WHERE agency_id = %lld;"
             "UPDATE agency SET %s WHERE agency_id = %lld", (long long)agency, changes[chance(4)],
             (long long)agency);
    world_run(&world, sql);
}

static bool verified(size_t want, bool want_behind)
{
    struct rollup_difference list[4];
    size_t count = 0;
    bool behind;
    struct err err = {0};
    world_must(rollup_verify(world.w, list, 4, &count, &behind, &err), &err);
    if (want == ANY)
        return behind == want_behind;
    if (count != want && count > 0)
        diag("%zu differ, one is %s %d %s %s", count, list[0].division_code, list[0].year,
             list[0].basis, list[0].part);
    return count == want && behind == want_behind;
}

/* Inside a transaction no other connection may read ahead. */
static void one_thread_makes_the_same(void)
{
    struct err err = {0};
    world_rollup(&world, true);
    struct buf several = world_dump(&world);
    world_must(warehouse_begin(world.w, &err), &err);
    world_rollup(&world, true);
    world_must(warehouse_commit(world.w, &err), &err);
    struct buf one = world_dump(&world);
    ok(several.n == one.n && one.n > 0 && memcmp(several.p, one.p, one.n) == 0,
       "one thread makes the totals that several make");
    buf_free(&several);
    buf_free(&one);
}

int main(void)
{
    int64_t agency[AGENCIES];
    world_open(&world);
    people(agency);
    for (int step = 0; step < STEPS; step++) {
        for (int i = 0; i < (step == 0 ? REPORTS * 4 : REPORTS / (step * step)) + 1; i++)
            send(agency[chance(AGENCIES)]);
        if (step % 3 == 1)
            withdraw_one();
        if (step % 2 == 1)
            change_register(agency[chance(AGENCIES)]);
        struct rollup_result result = world_rollup(&world, false);
        ok(step == 0 || !result.all, "step %d: %u divisions of %u years touched", step,
           result.divisions, result.years);
        struct buf before = world_dump(&world);
        ok(verified(0, false), "step %d: verify finds nothing", step);
        world_rollup(&world, true);
        struct buf after = world_dump(&world);
        ok(before.n == after.n && before.n > 0 && memcmp(before.p, after.p, before.n) == 0,
           "step %d: brought up to date, the totals are those made from scratch", step);
        buf_free(&before);
        buf_free(&after);
        if (step % 4 == 3)
            ok(world_agrees(&world), "step %d: plain SQL agrees on every total", step);
    }
    one_thread_makes_the_same();
    ok(atoi(world_ask(&world, "SELECT count(*) FROM area WHERE basis = 'best'")) > 3,
       "composites stand in somewhere");
    ok(atoi(world_ask(&world, "SELECT count(*) FROM area WHERE n_displaced > 0")) > 10,
       "some divisions did not exist in the year");
    send(agency[0]);
    ok(verified(ANY, true), "verify says when changes are not in the totals yet");
    world_rollup(&world, false);
    world_run(&world, "UPDATE total SET v0 = v0 + 1 WHERE (area_id, line) = "
                      "(SELECT t.area_id, t.line FROM total t JOIN area a USING (area_id) "
                      "WHERE a.part = 'self' AND t.v0 > 0 ORDER BY 1, 2 LIMIT 1)");
    ok(verified(1, false), "a total changed by other hands is found");
    world_rollup(&world, true);
    world_run(&world, "INSERT INTO total_series VALUES (1, 1, 1, 1)");
    ok(verified(1, false), "so is a figure that belongs to no total");
    world_close(&world);
    return done();
}
