#include "core/check/check.h"

#include <stdlib.h>

#include "core/base/resource.h"
#include "core/check/composite.h"
#include "core/check/jump.h"
#include "core/check/own_rules.h"
#include "core/check/twin.h"
#include "core/rollup/rollup.h"
#include "core/store/seal.h"
#include "core/store/statement.h"
#include "core/text/digest.h"

/* Bumped when the functions behind the rules change what they find. */
#define CHECK_VERSION "1"

/* An agency and year whose reports are to be checked. */
struct slot {
    int64_t agency_id;
    int year;
};

struct run {
    struct judge judge;
    struct twins *twins;
    struct jumps *jumps;
    struct slot *slots;
    size_t slot_count, slot_capacity;
    struct arena arena;
    bool all;
    bool asked; /* to check all, whatever has changed */
    bool (*stop)(void);
};

void check_result_free(struct check_result *result)
{
    rule_set_free(result->set);
    free(result->tallies);
    *result = (struct check_result){0};
}

/* The digest of all rules, and of what the program does with them. */
static int rules_digest(struct warehouse *warehouse, char hex[DIGEST_HEX], struct err *err)
{
    struct digest *digest;
    int got = -1;
    if (digest_new(&digest, err) < 0)
        return -1;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "check.own_rules", err);
    if (stmt && digest_add(digest, STR(CHECK_VERSION), err) == 0 &&
        digest_add(digest, str_from(resource_text("rules.tsv")), err) == 0)
        while ((got = statement_next(warehouse, stmt, err)) > 0)
            for (int i = 0; i < sqlite3_column_count(stmt); i++)
                if (digest_add(digest, column_str(stmt, i), err) < 0 ||
                    digest_add(digest, STR("\t"), err) < 0) {
                    sqlite3_reset(stmt);
                    digest_free(digest);
                    return -1;
                }
    if (got == 0)
        got = digest_end(digest, hex, err);
    digest_free(digest);
    return got;
}

/* Whether the last check went by the same: 1, 0, or -1. */
static int went_by(struct warehouse *warehouse, const char *what, struct str value,
                   struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "check.went_by", err);
    if (!stmt)
        return -1;
    bind_str(stmt, 1, str_from(what));
    int got = statement_next(warehouse, stmt, err);
    if (got > 0) {
        got = str_eq(column_str(stmt, 0), value);
        sqlite3_reset(stmt);
    }
    return got;
}

static int go_by(struct warehouse *warehouse, const char *what, struct str value, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "check.set_went_by", err);
    if (!stmt)
        return -1;
    bind_str(stmt, 1, str_from(what));
    bind_text(stmt, 2, value);
    return statement_run(warehouse, stmt, err);
}

/* Which part is to be checked: decides on `all`, else lists the slots. */
static int choose(struct run *run, int64_t seen, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(run->judge.warehouse, "check.slots", err);
    int got;
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, seen);
    while ((got = statement_next(run->judge.warehouse, stmt, err)) > 0) {
        if (arena_grow(&run->arena, &run->slots, run->slot_count, &run->slot_capacity,
                       sizeof *run->slots) < 0)
            return err_memory(err);
        run->slots[run->slot_count++] =
            (struct slot){sqlite3_column_int64(stmt, 0), sqlite3_column_int(stmt, 1)};
    }
    return got;
}

static int check_report(struct run *run, const struct subject *subject, struct err *err)
{
    struct judge *judge = &run->judge;
    struct panel now, before;
    struct trial trial = {.subject = subject, .now = &now};
    if (reader_panel(judge->reader, subject->report_id, subject->presence_id, &now, err) < 0)
        return -1;
    int known = reader_before(judge->reader, subject, &before, &trial.before_id, err);
    if (known < 0)
        return -1;
    trial.before = known ? &before : NULL;
    judge->reports++;
    if (judge_relations(judge, &trial, err) < 0 || judge_prose(judge, &trial, err) < 0 ||
        judge_shape(judge, &trial, err) < 0 || twins_note(run->twins, &trial, err) < 0)
        return -1;
    return jumps_note(run->jumps, &trial, err);
}

/* Checks the reports that a statement hands out. */
static int check_rows(struct run *run, sqlite3_stmt *stmt, struct err *err)
{
    int got;
    while ((got = statement_next(run->judge.warehouse, stmt, err)) > 0) {
        struct subject subject;
        arena_reset(&run->judge.scratch);
        if (run->stop && (run->judge.reports & 255) == 0 && run->stop())
            return err_set(err, ERR_SYSTEM, "the run was asked to stop: nothing of it was kept");
        if (reader_subject(stmt, &run->judge.scratch, &subject, err) < 0 ||
            check_report(run, &subject, err) < 0)
            return -1;
    }
    return got;
}

static int check_all(struct run *run, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(run->judge.warehouse, "check.every", err);
    if (!stmt || findings_expect_all(run->judge.findings, err) < 0 ||
        twins_forget_all(run->twins, err) < 0)
        return -1;
    return check_rows(run, stmt, err);
}

static int check_slots(struct run *run, struct err *err)
{
    for (size_t i = 0; i < run->slot_count; i++) {
        struct subject slot = {.agency_id = run->slots[i].agency_id, .year = run->slots[i].year};
        if (findings_expect(run->judge.findings, &slot, false, err) < 0 ||
            findings_expect(run->judge.findings, &slot, true, err) < 0 ||
            twins_forget(run->twins, slot.agency_id, slot.year, err) < 0)
            return -1;
    }
    for (size_t i = 0; i < run->slot_count; i++) {
        sqlite3_stmt *stmt = warehouse_statement(run->judge.warehouse, "check.slot", err);
        if (!stmt)
            return -1;
        sqlite3_bind_int64(stmt, 1, run->slots[i].agency_id);
        sqlite3_bind_int(stmt, 2, run->slots[i].year);
        if (check_rows(run, stmt, err) < 0)
            return -1;
    }
    return 0;
}

/* The composites among the reports checked, against their parts. */
static int check_composites(struct run *run, struct err *err)
{
    struct warehouse *warehouse = run->judge.warehouse;
    size_t last = run->all ? 1 : run->slot_count;
    for (size_t i = 0; i < last; i++) {
        sqlite3_stmt *stmt = warehouse_statement(
            warehouse, run->all ? "check.composites" : "check.composites_of", err);
        int got;
        if (!stmt)
            return -1;
        if (!run->all) {
            sqlite3_bind_int64(stmt, 1, run->slots[i].agency_id);
            sqlite3_bind_int(stmt, 2, run->slots[i].year);
        }
        while ((got = statement_next(warehouse, stmt, err)) > 0) {
            struct arena names = arena_new(1 << 16);
            struct subject subject;
            int done = reader_subject(stmt, &names, &subject, err);
            if (done == 0)
                done = composite_judge(&run->judge, &subject, err);
            arena_free(&names);
            if (done < 0)
                return -1;
        }
        if (got < 0)
            return -1;
    }
    return 0;
}

static int check_everything(struct run *run, struct err *err)
{
    if ((run->all ? check_all(run, err) : check_slots(run, err)) < 0 ||
        check_composites(run, err) < 0 || jumps_settle(run->jumps, err) < 0 ||
        twins_settle(run->twins, err) < 0)
        return -1;
    return findings_sweep(run->judge.findings, err);
}

static int open_run(struct run *run, struct warehouse *warehouse, struct check_result *result,
                    struct err *err)
{
    if (own_rules_load(&result->set, warehouse, err) < 0)
        return -1;
    result->tallies = calloc(result->set->rule_count + 1, sizeof *result->tallies);
    if (!result->tallies)
        return err_memory(err);
    run->judge.set = result->set;
    run->judge.tallies = result->tallies;
    run->judge.scratch = arena_new((size_t)32 << 20);
    run->judge.text = buf_new((size_t)1 << 20);
    if (reader_new(&run->judge.reader, warehouse, err) < 0 ||
        findings_new(&run->judge.findings, warehouse, err) < 0 ||
        twins_new(&run->twins, &run->judge, err) < 0)
        return -1;
    return jumps_new(&run->jumps, &run->judge, err);
}

static void close_run(struct run *run)
{
    jumps_free(run->jumps);
    twins_free(run->twins);
    findings_free(run->judge.findings);
    reader_free(run->judge.reader);
    buf_free(&run->judge.text);
    arena_free(&run->judge.scratch);
    arena_free(&run->arena);
}

static int remember(struct warehouse *warehouse, int64_t last, const char *hex, struct str crowds,
                    struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "check.set_seen", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, last);
    if (statement_run(warehouse, stmt, err) < 0 ||
        go_by(warehouse, "rules", str_from(hex), err) < 0)
        return -1;
    return go_by(warehouse, "crowds", crowds, err);
}

/* Decides between everything and what changed: everything when the rules are others than last
 * time, when the changes reach far, or when there are so many more reports that twins are judged
 * differently. */
static int decide(struct run *run, const char *hex, struct str crowds, int64_t *last,
                  struct err *err)
{
    struct warehouse *warehouse = run->judge.warehouse;
    int64_t seen, far;
    if (warehouse_flush(warehouse, err) < 0 ||
        reader_number(warehouse, "check.last_change", NULL, 0, last, err) < 0 ||
        reader_number(warehouse, "check.seen", NULL, 0, &seen, err) < 0 ||
        reader_number(warehouse, "check.wide_change", &seen, 1, &far, err) < 0)
        return -1;
    int same = went_by(warehouse, "rules", str_from(hex), err);
    int crowd = went_by(warehouse, "crowds", crowds, err);
    if (same < 0 || crowd < 0)
        return -1;
    run->all |= !same || !crowd || far || seen > *last;
    return !run->all && seen < *last ? choose(run, seen, err) : 0;
}

static int update(struct run *run, struct warehouse *warehouse, struct check_result *result,
                  struct err *err)
{
    struct rollup_result totals;
    struct buf crowds = buf_new(1 << 14);
    char hex[DIGEST_HEX];
    int64_t last;
    int done = -1;
    if (rollup_update(warehouse, false, &totals, err) == 0 &&
        rules_digest(warehouse, hex, err) == 0 && open_run(run, warehouse, result, err) == 0 &&
        twins_measure(run->twins, &crowds, err) == 0 &&
        decide(run, hex, buf_str(&crowds), &last, err) == 0 && check_everything(run, err) == 0)
        done = remember(warehouse, last, hex, buf_str(&crowds), err);
    if (done == 0 && run->asked) /* each finding that stands was made again and compared */
        done = seals_again(warehouse, "finding", err);
    result->all = run->all;
    result->reports = run->judge.reports;
    if (done == 0)
        result->findings = findings_count(run->judge.findings);
    buf_free(&crowds);
    return done;
}

int check_update(struct warehouse *warehouse, bool all, bool (*stop)(void),
                 struct check_result *result, struct err *err)
{
    struct run run = {.judge.warehouse = warehouse,
                      .arena = arena_new((size_t)64 << 20),
                      .all = all,
                      .asked = all,
                      .stop = stop};
    bool own;
    *result = (struct check_result){0};
    if (warehouse_enter(warehouse, &own, err) < 0)
        return -1;
    int done = update(&run, warehouse, result, err);
    close_run(&run);
    done = warehouse_leave(warehouse, own, done, err);
    if (done < 0)
        check_result_free(result);
    return done;
}
