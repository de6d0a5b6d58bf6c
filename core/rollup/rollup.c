/* Which totals a change touches, and making them anew, the lowest divisions first. */
#include "core/rollup/rollup.h"

#include <stdio.h>
#include <string.h>

#include "core/rollup/changes.h"
#include "core/rollup/gather.h"
#include "core/store/statement.h"

/* Writes what was gathered in place of what was kept. */
static int keep(const struct gather *g, bool there, struct err *err)
{
    struct warehouse *warehouse = g->warehouse;
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

/* Makes the marked divisions' totals of the gatherer's year. */
static int make_marked(struct gather *g, struct rollup_result *result, struct err *err)
{
    uint32_t count, *order = tree_marked(&g->tree, &count);
    if (!order)
        return err_memory(err);
    for (uint32_t i = 0; i < count; i++) {
        bool there;
        if (gather_division(g, order[i], &there, err) < 0 || keep(g, there, err) < 0)
            return -1;
    }
    result->years++;
    result->divisions += count;
    return 0;
}

/* One year: dropped when no report of it stands any more, made whole when it is new, else as far
 * as the changes touch it. */
static int update_year(struct gather *g, const struct changes *changes, int year,
                       struct rollup_result *result, struct err *err)
{
    struct warehouse *warehouse = g->warehouse;
    bool stands, kept;
    if (changes_year(warehouse, year, &stands, &kept, err) < 0)
        return -1;
    if (!stands) {
        result->years += kept;
        return kept ? changes_forget_year(warehouse, year, err) : 0;
    }
    if (gather_year(g, year, err) < 0 ||
        changes_mark(changes, warehouse, &g->tree, year, !kept || changes->all, err) < 0)
        return -1;
    return make_marked(g, result, err);
}

static int update_years(struct gather *g, const struct changes *changes,
                        struct rollup_result *result, struct err *err)
{
    for (uint32_t i = 0; i < changes->year_count; i++)
        if (update_year(g, changes, changes->year[i], result, err) < 0)
            return -1;
    return 0;
}

/* Makes all totals of another basis than own and best; `g` says which. */
static int make_basis(struct gather *g, struct rollup_result *result, struct err *err)
{
    struct warehouse *warehouse = g->warehouse;
    struct changes changes;
    if (changes_read(&changes, warehouse, true, err) < 0 ||
        changes_forget_basis(warehouse, g->basis, err) < 0)
        return -1;
    result->all = true;
    for (uint32_t i = 0; i < changes.year_count; i++) {
        int year = changes.year[i];
        bool stands, kept;
        if (changes_year(warehouse, year, &stands, &kept, err) < 0 ||
            (g->moment && changes_year_as_of(warehouse, year, g->moment, &stands, err) < 0))
            return -1;
        if (stands && (gather_year(g, year, err) < 0 ||
                       changes_mark_all(warehouse, &g->tree, g->boundaries, year, err) < 0 ||
                       make_marked(g, result, err) < 0))
            return -1;
    }
    return 0;
}

static int make_today(struct warehouse *warehouse, struct rollup_result *result, struct err *err)
{
    struct boundaries boundaries;
    struct gather *g;
    if (boundaries_load(&boundaries, warehouse, err) < 0)
        return -1;
    int status = gather_new(&g, warehouse, err);
    if (status == 0) {
        g->basis = BASIS_TODAY;
        g->boundaries = &boundaries;
        status = make_basis(g, result, err);
        gather_free(g);
    }
    boundaries_free(&boundaries);
    return status;
}

/* Totals by today's divisions are made again where somebody has asked for them before. */
static int refresh_today(struct warehouse *warehouse, struct err *err)
{
    struct rollup_result aside = {0};
    bool there;
    if (changes_basis_kept(warehouse, BASIS_TODAY, &there, err) < 0)
        return -1;
    return there ? make_today(warehouse, &aside, err) : 0;
}

static int update(struct warehouse *warehouse, bool all, struct rollup_result *result,
                  struct err *err)
{
    struct changes changes;
    struct gather *g = NULL;
    if (changes_read(&changes, warehouse, all, err) < 0)
        return -1;
    result->all = changes.all;
    int status = 0;
    if (changes.all || changes.year_count > 0)
        status = gather_new(&g, warehouse, err);
    if (status == 0 && changes.all)
        status = changes_forget_all(warehouse, err);
    if (status == 0)
        status = update_years(g, &changes, result, err);
    if (status == 0 && changes.last != changes.seen)
        status = changes_seen(&changes, warehouse, err);
    gather_free(g);
    if (status == 0 && (changes.all || changes.year_count > 0))
        status = refresh_today(warehouse, err);
    return status;
}

int rollup_update(struct warehouse *warehouse, bool all, struct rollup_result *result,
                  struct err *err)
{
    struct rollup_result done = {0};
    bool own = !warehouse->in_transaction;
    if (own && warehouse_begin(warehouse, err) < 0)
        return -1;
    if (update(warehouse, all, &done, err) < 0 || (own && warehouse_commit(warehouse, err) < 0)) {
        if (own)
            warehouse_rollback(warehouse);
        return -1;
    }
    *result = done;
    return changes_register(warehouse, &result->registered, err);
}

int rollup_today(struct warehouse *warehouse, struct rollup_result *result, struct err *err)
{
    struct rollup_result done = {0};
    bool own = !warehouse->in_transaction;
    if (own && warehouse_begin(warehouse, err) < 0)
        return -1;
    if (make_today(warehouse, &done, err) < 0 || (own && warehouse_commit(warehouse, err) < 0)) {
        if (own)
            warehouse_rollback(warehouse);
        return -1;
    }
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

static int make_as_of(struct warehouse *warehouse, const char *date, struct rollup_result *result,
                      struct err *err)
{
    char basis[32], moment[32];
    struct gather *g;
    snprintf(basis, sizeof basis, BASIS_AS_OF "%.10s", date);
    snprintf(moment, sizeof moment, "%.10sT23:59:59Z", date);
    if (gather_new(&g, warehouse, err) < 0)
        return -1;
    g->basis = basis;
    g->moment = moment;
    int status = make_basis(g, result, err);
    gather_free(g);
    return status;
}

int rollup_as_of(struct warehouse *warehouse, const char *date, struct rollup_result *result,
                 struct err *err)
{
    struct rollup_result done = {0};
    bool own = !warehouse->in_transaction;
    if (!is_date(date))
        return err_set(err, ERR_USAGE, "\"%s\" is no date; write it as 2024-03-31", date);
    if (own && warehouse_begin(warehouse, err) < 0)
        return -1;
    if (make_as_of(warehouse, date, &done, err) < 0 ||
        (own && warehouse_commit(warehouse, err) < 0)) {
        if (own)
            warehouse_rollback(warehouse);
        return -1;
    }
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
    return changes_forget_basis(warehouse, basis, err);
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
    int got = area_read(stored, g->warehouse, err);
    if (got < 0)
        return -1;
    if ((got > 0) != expected || (expected && !area_same(made, stored)))
        found(findings, made);
    return 0;
}

static int verify_year(struct gather *g, const struct changes *changes, int year,
                       struct findings *findings, struct err *err)
{
    bool stands, kept;
    if (changes_year(g->warehouse, year, &stands, &kept, err) < 0)
        return -1;
    if (!stands && !kept)
        return 0;
    if (gather_year(g, year, err) < 0 ||
        changes_mark(changes, g->warehouse, &g->tree, year, true, err) < 0)
        return -1;
    uint32_t count, *order = tree_marked(&g->tree, &count);
    if (!order)
        return err_memory(err);
    for (uint32_t i = 0; i < count; i++) {
        bool there;
        if (gather_division(g, order[i], &there, err) < 0)
            return -1;
        there = there && stands;
        if (compare(g, g->self, there, findings, err) < 0 ||
            compare(g, g->region, there, findings, err) < 0 ||
            compare(g, g->best, there && g->has_best, findings, err) < 0)
            return -1;
    }
    return 0;
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
