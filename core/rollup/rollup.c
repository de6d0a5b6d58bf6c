/* Which totals a change touches, and making them anew, the lowest divisions first. */
#include "core/rollup/rollup.h"

#include <stdio.h>
#include <string.h>

#include "core/rollup/ahead.h"
#include "core/rollup/changes.h"
#include "core/rollup/gather.h"
#include "core/store/statement.h"

/* Writes what was gathered in place of what was kept. */
static int keep(const struct gather *g, bool there, struct err *err)
{
    struct warehouse *warehouse = g->members.warehouse;
    bool best = strcmp(g->basis, BASIS_OWN) == 0; /* made along with own */
    if (!there) {
        if (area_remove(g->self, warehouse, err) < 0 || area_remove(g->region, warehouse, err) < 0)
            return -1;
        return best ? area_remove(g->best, warehouse, err) : 0;
    }
    if (area_write(g->self, warehouse, err) < 0 || area_write(g->region, warehouse, err) < 0)
        return -1;
    if (!best)
        return 0;
    return g->has_best ? area_write(g->best, warehouse, err) : area_remove(g->best, warehouse, err);
}

static int make_step(struct gather *g, struct ahead *ahead, const struct round_step *step,
                     struct err *err)
{
    struct local *local;
    bool there;
    if (ahead_next(ahead, &local, err) < 0 ||
        gather_division(g, step->year, step->node, local, &there, err) < 0)
        return -1;
    return keep(g, there, err);
}

/* Makes the totals of the divisions that are marked in the years of a round, which is then over. */
static int make_round(struct gather *g, struct round *round, struct rollup_result *result,
                      struct err *err)
{
    struct ahead *ahead = NULL;
    int status = round_order(round, err);
    if (status == 0)
        status = ahead_new(&ahead, round, &g->members, g->threads, err);
    for (uint32_t i = 0; i < round->step_count && status == 0; i++)
        status = make_step(g, ahead, &round->step[i], err);
    ahead_free(ahead);
    result->years += round->year_count;
    result->divisions += round->step_count;
    round_clear(round);
    return status;
}

/* Adds one year to the round: dropped when no report of it stands any more, made whole when it is
 * new, else as far as the changes touch it. */
static int add_year(struct gather *g, const struct changes *changes, int year, struct round *round,
                    struct rollup_result *result, struct err *err)
{
    struct warehouse *warehouse = g->members.warehouse;
    bool stands, kept;
    if (changes_year(warehouse, year, &stands, &kept, err) < 0)
        return -1;
    if (!stands) {
        result->years += kept;
        return kept ? changes_forget_year(warehouse, year, err) : 0;
    }
    struct rollup_year *to = round_add(round, warehouse, year, g->members.boundaries != NULL, err);
    if (!to)
        return -1;
    return changes_mark(changes, warehouse, &to->tree, year, !kept || changes->all, err);
}

static int update_years(struct gather *g, const struct changes *changes,
                        struct rollup_result *result, struct err *err)
{
    struct round round = {0};
    int status = 0;
    for (uint32_t i = 0; i < changes->year_count && status == 0; i++) {
        status = add_year(g, changes, changes->year[i], &round, result, err);
        if (status == 0 && round.year_count == ROUND_YEARS)
            status = make_round(g, &round, result, err);
    }
    if (status == 0)
        status = make_round(g, &round, result, err);
    round_clear(&round);
    return status;
}

/* The same for another basis than own and best, of which nothing is kept. */
static int add_basis_year(struct gather *g, int year, struct round *round, struct err *err)
{
    struct warehouse *warehouse = g->members.warehouse;
    bool stands, kept;
    if (changes_year(warehouse, year, &stands, &kept, err) < 0 ||
        (g->members.moment && changes_year_as_of(warehouse, year, g->members.moment, &stands, err) < 0))
        return -1;
    if (!stands)
        return 0;
    struct rollup_year *to = round_add(round, warehouse, year, g->members.boundaries != NULL, err);
    return to ? changes_mark_all(warehouse, &to->tree, g->members.boundaries, year, err) : -1;
}

/* Makes all totals of another basis than own and best; `g` says which. */
static int make_basis(struct gather *g, struct rollup_result *result, struct err *err)
{
    struct warehouse *warehouse = g->members.warehouse;
    struct changes changes;
    struct round round = {0};
    if (changes_read(&changes, warehouse, true, err) < 0 ||
        changes_forget_basis(warehouse, g->basis, err) < 0)
        return -1;
    result->all = true;
    int status = 0;
    for (uint32_t i = 0; i < changes.year_count && status == 0; i++) {
        status = add_basis_year(g, changes.year[i], &round, err);
        if (status == 0 && round.year_count == ROUND_YEARS)
            status = make_round(g, &round, result, err);
    }
    if (status == 0)
        status = make_round(g, &round, result, err);
    round_clear(&round);
    return status;
}

static int make_today(struct warehouse *warehouse, bool threads, struct rollup_result *result,
                      struct err *err)
{
    struct boundaries boundaries;
    struct gather *g;
    if (boundaries_load(&boundaries, warehouse, err) < 0)
        return -1;
    int status = gather_new(&g, warehouse, err);
    if (status == 0) {
        g->basis = BASIS_TODAY;
        g->threads = threads;
        g->members.boundaries = &boundaries;
        status = make_basis(g, result, err);
        gather_free(g);
    }
    boundaries_free(&boundaries);
    return status;
}

/* Totals by today's divisions are made again where somebody has asked for them before. */
static int refresh_today(struct warehouse *warehouse, bool threads, struct err *err)
{
    struct rollup_result aside = {0};
    bool there;
    if (changes_basis_kept(warehouse, BASIS_TODAY, &there, err) < 0)
        return -1;
    return there ? make_today(warehouse, threads, &aside, err) : 0;
}

static int make_changed(struct warehouse *warehouse, const struct changes *changes, bool threads,
                        struct rollup_result *result, struct err *err)
{
    struct gather *g;
    if (gather_new(&g, warehouse, err) < 0)
        return -1;
    g->threads = threads;
    int status = changes->all ? changes_forget_all(warehouse, err) : 0;
    if (status == 0)
        status = update_years(g, changes, result, err);
    gather_free(g);
    return status == 0 ? refresh_today(warehouse, threads, err) : -1;
}

/* `threads`: nothing has been written that is not committed. */
static int update(struct warehouse *warehouse, bool all, bool threads, struct rollup_result *result,
                  struct err *err)
{
    struct changes changes;
    if (changes_read(&changes, warehouse, all, err) < 0)
        return -1;
    result->all = changes.all;
    if ((changes.all || changes.year_count > 0) &&
        make_changed(warehouse, &changes, threads, result, err) < 0)
        return -1;
    return changes.last != changes.seen ? changes_seen(&changes, warehouse, err) : 0;
}

int rollup_update(struct warehouse *warehouse, bool all, struct rollup_result *result,
                  struct err *err)
{
    struct rollup_result done = {0};
    bool own;
    if (warehouse_enter(warehouse, &own, err) < 0 ||
        warehouse_leave(warehouse, own, update(warehouse, all, own, &done, err), err) < 0)
        return -1;
    *result = done;
    return changes_register(warehouse, &result->registered, err);
}

int rollup_today(struct warehouse *warehouse, struct rollup_result *result, struct err *err)
{
    struct rollup_result done = {0};
    bool own;
    if (warehouse_enter(warehouse, &own, err) < 0 ||
        warehouse_leave(warehouse, own, make_today(warehouse, own, &done, err), err) < 0)
        return -1;
    *result = done;
    return 0;
}

/* Whether the text is a day as ISO writes it. */
static bool is_date(const char *s)
{
    static const char shape[] = "dddd-dd-dd";
    size_t i = 0;
    for (; shape[i]; i++)
        if (shape[i] == 'd' ? s[i] < '0' || s[i] > '9' : s[i] != shape[i])
            return false;
    return !s[i] && memcmp(s + 5, "01", 2) >= 0 && memcmp(s + 5, "12", 2) <= 0 &&
           memcmp(s + 8, "01", 2) >= 0 && memcmp(s + 8, "31", 2) <= 0;
}

static int make_as_of(struct warehouse *warehouse, const char *date, bool threads,
                      struct rollup_result *result, struct err *err)
{
    char basis[32], moment[32];
    struct gather *g;
    snprintf(basis, sizeof basis, BASIS_AS_OF "%.10s", date);
    snprintf(moment, sizeof moment, "%.10sT23:59:59Z", date);
    if (gather_new(&g, warehouse, err) < 0)
        return -1;
    g->basis = basis;
    g->members.moment = moment;
    g->threads = threads;
    int status = make_basis(g, result, err);
    gather_free(g);
    return status;
}

int rollup_as_of(struct warehouse *warehouse, const char *date, struct rollup_result *result,
                 struct err *err)
{
    struct rollup_result done = {0};
    bool own;
    if (!is_date(date))
        return err_set(err, ERR_USAGE, "\"%s\" is no date; write it as 2024-03-31", date);
    if (warehouse_enter(warehouse, &own, err) < 0 ||
        warehouse_leave(warehouse, own, make_as_of(warehouse, date, own, &done, err), err) < 0)
        return -1;
    *result = done;
    return 0;
}

int rollup_drop(struct warehouse *warehouse, const char *basis, struct err *err)
{
    bool kept;
    if (changes_basis_kept(warehouse, basis, &kept, err) < 0)
        return -1;
    if (!kept || strcmp(basis, BASIS_OWN) == 0 || strcmp(basis, BASIS_BEST) == 0)
        return err_set(err, ERR_USAGE, "no totals \"%s\" are kept beside own and best; v_basis lists "
                                       "them", basis);
    bool own;
    if (warehouse_enter(warehouse, &own, err) < 0)
        return -1;
    return warehouse_leave(warehouse, own, changes_forget_basis(warehouse, basis, err), err);
}

/* Where differences are collected. */
struct findings {
    struct rollup_difference *list;
    size_t most, count;
};

static void found(struct findings *findings, const struct area *area)
{
    if (findings->count < findings->most) {
        struct rollup_difference *d = &findings->list[findings->count];
        *d = (struct rollup_difference){.year = area->year,
                                        .basis = strcmp(area->basis, BASIS_BEST) ? "own" : "best",
                                        .part = area->region ? "region" : "self"};
        for (size_t i = 0; i < area->code.n && i + 1 < sizeof d->division_code; i++)
            d->division_code[i] = area->code.p[i];
    }
    findings->count++;
}

/* The area that stands for figures of no area at all. */
static void set_nowhere(struct gather *g)
{
    g->region->basis = BASIS_OWN;
    g->region->code = STR("-");
    g->region->year = 0;
    g->region->region = true;
}

/* Compares one gathered area with the stored one; `expected`: whether there has to be one. */
static int compare(struct gather *g, const struct area *made, bool expected,
                   struct findings *findings, struct err *err)
{
    struct area *stored = g->part;
    stored->basis = made->basis;
    stored->code = made->code;
    stored->year = made->year;
    stored->region = made->region;
    stored->form = made->form;
    int got = area_read(stored, g->members.warehouse, err);
    if (got < 0)
        return -1;
    if ((got > 0) != expected || (expected && !area_same(made, stored)))
        found(findings, made);
    return 0;
}

/* Compares what one step makes; `stands`: there is a report of the year. */
static int verify_step(struct gather *g, struct ahead *ahead, const struct round_step *step,
                       bool stands, struct findings *findings, struct err *err)
{
    struct local *local;
    bool there;
    if (ahead_next(ahead, &local, err) < 0 ||
        gather_division(g, step->year, step->node, local, &there, err) < 0)
        return -1;
    there = there && stands;
    if (compare(g, g->self, there, findings, err) < 0 ||
        compare(g, g->region, there, findings, err) < 0)
        return -1;
    return compare(g, g->best, there && g->has_best, findings, err);
}

static int verify_year(struct gather *g, const struct changes *changes, int year,
                       struct findings *findings, struct err *err)
{
    struct warehouse *warehouse = g->members.warehouse;
    struct round round = {0};
    struct ahead *ahead = NULL;
    bool stands, kept;
    if (changes_year(warehouse, year, &stands, &kept, err) < 0)
        return -1;
    if (!stands && !kept)
        return 0;
    struct rollup_year *of = round_add(&round, warehouse, year, false, err);
    int status = of ? changes_mark(changes, warehouse, &of->tree, year, true, err) : -1;
    if (status == 0)
        status = round_order(&round, err);
    if (status == 0)
        status = ahead_new(&ahead, &round, &g->members, g->threads, err);
    for (uint32_t i = 0; i < round.step_count && status == 0; i++)
        status = verify_step(g, ahead, &round.step[i], stands, findings, err);
    ahead_free(ahead);
    round_clear(&round);
    return status;
}

int rollup_verify(struct warehouse *warehouse, struct rollup_difference *list, size_t most,
                  size_t *count, bool *behind, struct err *err)
{
    struct changes changes, pending;
    struct findings findings = {.list = list, .most = most};
    struct gather *g = NULL;
    if (changes_read(&pending, warehouse, false, err) < 0 ||
        changes_read(&changes, warehouse, true, err) < 0 || gather_new(&g, warehouse, err) < 0)
        return -1;
    int status = 0;
    g->threads = !warehouse->in_transaction;
    for (uint32_t i = 0; i < changes.year_count && status == 0; i++)
        status = verify_year(g, &changes, changes.year[i], &findings, err);
    int64_t orphans;
    if (status == 0 && (status = changes_orphans(warehouse, &orphans, err)) == 0 && orphans > 0) {
        set_nowhere(g);
        found(&findings, g->region);
    }
    gather_free(g);
    if (status < 0)
        return -1;
    *count = findings.count;
    *behind = pending.all || pending.year_count > 0;
    return 0;
}
