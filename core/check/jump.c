#include "core/check/jump.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/statement.h"

enum { RATIO = 3, LEAST_CHANGE = 10, RANKS = 3, PLACES = 2048, REGIONS_MOST = 1536 };

/* The totals of a division and year, remembered. */
struct region {
    char division[16];
    int year; /* 0: free */
    int64_t total[CATALOG_CELLS];
};

/* A figure that jumped. */
struct leap {
    const struct relation *relation;
    int64_t report_id, agency_id, now, before, effect; /* effect in thousandths */
    char division[16];
    int year;
};

struct jumps {
    struct judge *judge;
    struct region *regions; /* PLACES of them: each lies at its hash, or at the next free place */
    uint32_t region_count;
    struct leap *list;
    size_t count, capacity;
};

int jumps_new(struct jumps **out, struct judge *judge, struct err *err)
{
    struct jumps *jumps = calloc(1, sizeof *jumps);
    if (!jumps)
        return err_memory(err);
    jumps->judge = judge;
    jumps->regions = calloc(PLACES, sizeof *jumps->regions);
    if (!jumps->regions) {
        free(jumps);
        return err_memory(err);
    }
    *out = jumps;
    return 0;
}

void jumps_free(struct jumps *jumps)
{
    if (!jumps)
        return;
    free(jumps->regions);
    free(jumps->list);
    free(jumps);
}

static uint32_t hash_of(struct str division, int year)
{
    uint32_t h = (uint32_t)year * 2654435761u;
    for (size_t i = 0; i < division.n; i++)
        h = (h ^ (unsigned char)division.p[i]) * 16777619u;
    return h;
}

/* Where the totals are, or may be put: all are forgotten when there are too many. */
static struct region *place_of(struct jumps *jumps, struct str division, int year)
{
    if (jumps->region_count == REGIONS_MOST) {
        memset(jumps->regions, 0, PLACES * sizeof *jumps->regions);
        jumps->region_count = 0;
    }
    struct region *region = &jumps->regions[hash_of(division, year) % PLACES];
    while (region->year && (region->year != year || !str_eq(str_from(region->division), division)))
        region = region + 1 < jumps->regions + PLACES ? region + 1 : jumps->regions;
    return region;
}

static const struct region *region_of(struct jumps *jumps, struct str division, int year,
                                      struct err *err)
{
    struct region *region = place_of(jumps, division, year);
    if (region->year)
        return region;
    struct warehouse *warehouse = jumps->judge->warehouse;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "check.region", err);
    int got;
    if (!stmt)
        return NULL;
    bind_str(stmt, 1, division);
    sqlite3_bind_int(stmt, 2, year);
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        int line = sqlite3_column_int(stmt, 0);
        for (int slot = 0; line >= 0 && line < CATALOG_LINES && slot < CATALOG_SLOTS - 1; slot++)
            region->total[line * CATALOG_SLOTS + slot] = sqlite3_column_int64(stmt, slot + 1);
    }
    if (got < 0)
        return NULL;
    snprintf(region->division, sizeof region->division, "%.*s", STR_ARG(division));
    region->year = year;
    jumps->region_count++;
    return region;
}

static int64_t distance(int64_t a, int64_t b)
{
    return a > b ? a - b : b - a;
}

static bool leaps(int64_t now, int64_t before, int64_t scale)
{
    int64_t low = now < before ? now : before, high = now < before ? before : now;
    return low >= 0 && high <= INT64_MAX / RATIO / 1000 && high - low >= LEAST_CHANGE * scale &&
           low * RATIO <= high;
}

static int add(struct jumps *jumps, struct leap leap, struct err *err)
{
    if (jumps->count == jumps->capacity) {
        size_t wider = jumps->capacity ? jumps->capacity * 2 : 64;
        struct leap *grown = realloc(jumps->list, wider * sizeof *grown);
        if (!grown)
            return err_memory(err);
        jumps->list = grown;
        jumps->capacity = wider;
    }
    jumps->list[jumps->count++] = leap;
    return 0;
}

static int look(struct jumps *jumps, const struct trial *trial, const struct relation *relation,
                struct err *err)
{
    const struct subject *subject = trial->subject;
    uint16_t cell = relation->cell;
    int64_t now = trial->now->value[cell], before = trial->before->value[cell];
    if (trial->now->state[cell] != PANEL_VALUE || trial->before->state[cell] != PANEL_VALUE) {
        judge_count(jumps->judge, relation->rule, OUTCOME_UNVERIFIABLE);
        return 0;
    }
    int64_t scale = relation->money ? MONEY_SCALE / LEAST_CHANGE : 1;
    if (!leaps(now, before, scale)) {
        judge_count(jumps->judge, relation->rule, OUTCOME_PASS);
        return 0;
    }
    int64_t base = 0;
    for (int year = subject->year - 1; year <= subject->year; year++) {
        const struct region *region = region_of(jumps, subject->division, year, err);
        if (!region)
            return -1;
        base = region->total[cell] > base ? region->total[cell] : base;
    }
    int64_t effect = base > 0 ? distance(now, before) * 1000 / base : 0;
    if (effect < relation->rule->limit) {
        judge_count(jumps->judge, relation->rule, OUTCOME_PASS);
        return 0;
    }
    struct leap leap = {relation, subject->report_id, subject->agency_id, now, before, effect,
                        {0}, subject->year};
    snprintf(leap.division, sizeof leap.division, "%.*s", STR_ARG(subject->division));
    judge_count(jumps->judge, relation->rule, OUTCOME_FAIL);
    return add(jumps, leap, err);
}

int jumps_note(struct jumps *jumps, const struct trial *trial, struct err *err)
{
    const struct rule_set *set = jumps->judge->set;
    if (!trial->before || !trial->subject->division.n || trial->subject->scope != SCOPE_OWN)
        return 0;
    for (uint32_t i = 0; i < set->relation_count; i++) {
        const struct relation *relation = &set->relations[i];
        if (relation->rule->kind == RULE_JUMP &&
            rule_for_form(set, relation->rule, trial->subject->form) &&
            trial->now->state[relation->cell] != PANEL_ABSENT &&
            trial->before->state[relation->cell] != PANEL_ABSENT &&
            look(jumps, trial, relation, err) < 0)
            return -1;
    }
    return 0;
}

/* By region, year and cell; the greatest effect first, then the older agency. */
static int by_effect(const void *left, const void *right)
{
    const struct leap *a = left, *b = right;
    int order = strcmp(a->division, b->division);
    if (order)
        return order;
    if (a->year != b->year)
        return a->year < b->year ? -1 : 1;
    if (a->relation->cell != b->relation->cell)
        return a->relation->cell < b->relation->cell ? -1 : 1;
    int64_t x = distance(a->now, a->before), y = distance(b->now, b->before);
    if (x != y)
        return x > y ? -1 : 1;
    return (a->agency_id > b->agency_id) - (a->agency_id < b->agency_id);
}

static bool one_group(const struct leap *a, const struct leap *b)
{
    return a->relation->cell == b->relation->cell && a->year == b->year &&
           strcmp(a->division, b->division) == 0;
}

/* An amount ten thousand times another, more or less, is most likely 元 for 万元. */
static bool in_yuan(const struct leap *leap)
{
    int64_t low = leap->now < leap->before ? leap->now : leap->before;
    int64_t high = leap->now < leap->before ? leap->before : leap->now;
    return leap->relation->money && low > 0 && high / low >= 3000 && high / low <= 30000;
}

static int name_region(struct jumps *jumps, const struct leap *leap, struct str *out,
                       struct err *err)
{
    struct judge *judge = jumps->judge;
    sqlite3_stmt *stmt = warehouse_statement(judge->warehouse, "check.place", err);
    if (!stmt)
        return -1;
    bind_str(stmt, 1, str_from(leap->division));
    sqlite3_bind_int(stmt, 2, leap->year);
    int got = statement_next(judge->warehouse, stmt, err);
    if (got < 0)
        return -1;
    *out = arena_copy(&judge->scratch, got ? column_str(stmt, 0) : str_from(leap->division));
    sqlite3_reset(stmt);
    return out->p ? 0 : err_memory(err);
}

static int write_leap(struct jumps *jumps, const struct leap *leap, int rank, struct err *err)
{
    struct judge *judge = jumps->judge;
    struct subject subject;
    arena_reset(&judge->scratch);
    sqlite3_stmt *stmt = warehouse_statement(judge->warehouse, "check.subject", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, leap->report_id);
    int got = statement_next(judge->warehouse, stmt, err);
    if (got <= 0)
        return got;
    got = reader_subject(stmt, &judge->scratch, &subject, err);
    sqlite3_reset(stmt);
    char effect[24], place[12];
    snprintf(effect, sizeof effect, "%lld.%lld", (long long)(leap->effect / 10),
             (long long)(leap->effect % 10));
    snprintf(place, sizeof place, "%d", rank);
    struct sentence with = {.cell = leap->relation->cell, .money = leap->relation->money,
                            .figures = true, .reported = leap->now, .computed = leap->before,
                            .effect = str_from(effect), .rank = str_from(place)};
    struct cause yuan = {.kind = CAUSE_UNIT};
    struct trial trial = {.subject = &subject};
    if (got < 0 || name_region(jumps, leap, &with.region, err) < 0)
        return -1;
    return judge_find(judge, &trial, leap->relation->rule, &with, (struct str){0},
                      in_yuan(leap) ? &yuan : NULL, 0, err);
}

int jumps_settle(struct jumps *jumps, struct err *err)
{
    if (jumps->count)
        qsort(jumps->list, jumps->count, sizeof *jumps->list, by_effect);
    int rank = 0;
    for (size_t i = 0; i < jumps->count; i++) {
        rank = i > 0 && one_group(&jumps->list[i - 1], &jumps->list[i]) ? rank + 1 : 1;
        if (rank <= RANKS && write_leap(jumps, &jumps->list[i], rank, err) < 0)
            return -1;
    }
    jumps->count = 0;
    return 0;
}
