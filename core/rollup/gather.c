/* From reports to the totals of a division: who counts where, who is late, who is missing. */
#include "core/rollup/gather.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/statement.h"

enum { DUE_OWN, DUE_COMPOSITE };

/* A report of one agency in the year. */
struct received {
    int64_t report_id, presence_id; /* report_id 0: none */
    int form;
    bool late;
};

/* An agency of the division with what it sent. */
struct member {
    int64_t agency_id;
    struct str name;
    bool registered, active, displaced;
    bool below; /* a township, subdistrict or zone: not of 本级 */
    bool government, zone, office_beside;
    struct received own, composite;
};

int gather_new(struct gather **out, struct warehouse *warehouse, struct err *err)
{
    struct gather *g = calloc(1, sizeof *g);
    if (!g)
        return err_memory(err);
    g->warehouse = warehouse;
    g->basis = BASIS_OWN;
    g->scratch = arena_new((size_t)32 << 20);
    g->self = area_new();
    g->region = area_new();
    g->best = area_new();
    g->part = area_new();
    g->stand_in = area_new();
    if (!g->self || !g->region || !g->best || !g->part || !g->stand_in) {
        gather_free(g);
        return err_memory(err);
    }
    if (figures_new(&g->figures, warehouse, err) < 0) {
        gather_free(g);
        return -1;
    }
    *out = g;
    return 0;
}

void gather_free(struct gather *g)
{
    if (!g)
        return;
    figures_free(g->figures);
    area_free(g->self);
    area_free(g->region);
    area_free(g->best);
    area_free(g->part);
    area_free(g->stand_in);
    tree_free(&g->tree);
    arena_free(&g->scratch);
    free(g);
}

/* The calendar's day, else the statutory one: 31 January for own reports, 31 March for composites. */
static int read_due(struct gather *g, int which, const char *scope, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(g->warehouse, "rollup.due", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int(stmt, 1, g->year);
    sqlite3_bind_text(stmt, 2, scope, -1, SQLITE_STATIC);
    int got = statement_next(g->warehouse, stmt, err);
    if (got < 0)
        return -1;
    if (got > 0)
        snprintf(g->due[which], sizeof g->due[which], "%s", (const char *)sqlite3_column_text(stmt, 0));
    else
        snprintf(g->due[which], sizeof g->due[which], "%04d-%s", g->year + 1,
                 which == DUE_OWN ? "01-31" : "03-31");
    sqlite3_reset(stmt);
    return 0;
}

int gather_year(struct gather *g, int year, struct err *err)
{
    tree_free(&g->tree);
    g->year = year;
    g->form = catalog_form_for(g->warehouse->catalog, year);
    if (read_due(g, DUE_OWN, "own", err) < 0 || read_due(g, DUE_COMPOSITE, "composite", err) < 0)
        return -1;
    return tree_load(&g->tree, g->warehouse, g->boundaries ? TREE_TODAY : year, err);
}

/* The row's report: of an agency without any, scope is NULL. Undated reports are not late. */
static void read_received(const struct gather *g, sqlite3_stmt *stmt, struct member *member)
{
    const char *scope = (const char *)sqlite3_column_text(stmt, 6);
    if (!scope)
        return;
    int due = strcmp(scope, "own") == 0 ? DUE_OWN : DUE_COMPOSITE;
    const char *dated = (const char *)sqlite3_column_text(stmt, 10);
    *(due == DUE_OWN ? &member->own : &member->composite) = (struct received){
        .report_id = sqlite3_column_int64(stmt, 7),
        .presence_id = sqlite3_column_int64(stmt, 8),
        .form = sqlite3_column_int(stmt, 9),
        .late = dated && strcmp(dated, g->due[due]) > 0,
    };
}

/* The agencies of a division, in the scratch arena. */
struct members {
    struct member *list;
    size_t capacity;
    uint32_t count;
};

/* Adds all agencies of a division. `inexact`: it is gone and nobody can say which division of
 * today took its place, so that its reports count in the region alone. */
static int read_members(struct gather *g, struct str code, bool displaced, bool inexact,
                        struct members *members, struct err *err)
{
    const char *name = g->moment ? "rollup.members_as_of" : "rollup.members";
    sqlite3_stmt *stmt = warehouse_statement(g->warehouse, name, err);
    if (!stmt)
        return -1;
    struct member *list = members->list;
    uint32_t n = members->count;
    int got;
    bind_str(stmt, 1, code);
    sqlite3_bind_int(stmt, 2, g->year);
    if (g->moment)
        sqlite3_bind_text(stmt, 3, g->moment, -1, SQLITE_STATIC);
    while ((got = statement_next(g->warehouse, stmt, err)) > 0) {
        int64_t id = sqlite3_column_int64(stmt, 0);
        if (n == 0 || list[n - 1].agency_id != id) {
            struct str kind = column_str(stmt, 2);
            if (arena_grow(&g->scratch, &list, n, &members->capacity, sizeof *list) < 0)
                return err_memory(err);
            list[n] = (struct member){
                .agency_id = id,
                .registered = sqlite3_column_int(stmt, 3) != 0,
                .active = sqlite3_column_int(stmt, 4) != 0,
                .office_beside = sqlite3_column_int(stmt, 5) != 0,
                .government = str_eq(kind, STR("government")),
                .zone = str_eq(kind, STR("zone")),
                .displaced = displaced,
                .below = inexact || str_eq(kind, STR("township")) || str_eq(kind, STR("subdistrict")) ||
                         str_eq(kind, STR("zone")),
            };
            n++;
        }
        read_received(g, stmt, &list[n - 1]);
        if (list[n - 1].registered && list[n - 1].active && !list[n - 1].own.report_id &&
            !list[n - 1].name.p) {
            list[n - 1].name = arena_copy(&g->scratch, column_str(stmt, 1));
            if (!list[n - 1].name.p)
                return err_memory(err);
        }
    }
    members->list = list;
    members->count = n;
    return got;
}

/* The agencies that count in a division: its own, on the basis today also those of divisions that
 * became it. */
static int read_all_members(struct gather *g, uint32_t node, struct members *members,
                            struct err *err)
{
    const struct tree_node *at = &g->tree.node[node];
    if (!g->boundaries)
        return read_members(g, at->code, at->displaced, false, members, err);
    const struct boundary *from;
    uint32_t count = boundaries_into(g->boundaries, at->code, &from);
    for (uint32_t i = 0; i < count; i++)
        if (read_members(g, from[i].code, !from[i].exact, !from[i].exact, members, err) < 0)
            return -1;
    return 0;
}

static bool owes_composite(const struct member *m)
{
    return m->government || (m->zone && (m->composite.report_id || m->office_beside));
}

/* Counts one agency, and adds its own report, to the part of the region that it belongs to. */
static int add_member(struct gather *g, const struct member *m, struct area *to, struct err *err)
{
    if (m->registered && m->active) {
        if (owes_composite(m))
            to->count[AREA_COMPOSITE_EXPECTED]++;
        else {
            to->count[AREA_EXPECTED]++;
            to->count[AREA_MISSING] += m->own.report_id == 0;
        }
    }
    if (m->composite.report_id && (m->government || m->zone)) {
        to->count[AREA_COMPOSITE]++;
        to->count[AREA_COMPOSITE_LATE] += m->composite.late;
    }
    if (!m->own.report_id)
        return 0;
    to->count[AREA_REPORTED]++;
    to->count[AREA_LATE] += m->own.late;
    to->count[AREA_UNREGISTERED] += !m->registered;
    to->count[AREA_OTHER_FORM] += !g->form || m->own.form != g->form->year;
    to->count[AREA_DISPLACED] += m->displaced;
    return sums_add_report(&to->sums, g->figures, m->own.report_id, m->own.presence_id, err);
}

static int by_name(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Names the agencies of one part whose own report is missing, in the order of their names. */
static int name_missing(struct gather *g, const struct member *list, uint32_t count, bool below,
                        struct area *to, struct err *err)
{
    struct str *names = arena_array(&g->scratch, count + 1, sizeof *names);
    uint32_t n = 0;
    if (!names)
        return err_memory(err);
    for (uint32_t i = 0; i < count; i++) {
        const struct member *m = &list[i];
        if (m->below == below && m->registered && m->active && !m->own.report_id &&
            !owes_composite(m))
            names[n++] = m->name;
    }
    qsort(names, n, sizeof *names, by_name);
    for (uint32_t i = 0; i < n; i++)
        area_name_missing(to, names[i]);
    return 0;
}

static int add_members(struct gather *g, const struct member *list, uint32_t count,
                       struct err *err)
{
    for (uint32_t i = 0; i < count; i++)
        if (add_member(g, &list[i], list[i].below ? g->part : g->self, err) < 0)
            return -1;
    if (name_missing(g, list, count, false, g->self, err) < 0 ||
        name_missing(g, list, count, true, g->part, err) < 0)
        return -1;
    const struct catalog *catalog = g->warehouse->catalog;
    if (area_add(g->region, g->self, catalog, err) < 0)
        return -1;
    return area_add(g->region, g->part, catalog, err);
}

static void set_key(const struct gather *g, struct area *area, uint32_t node, const char *basis,
                    bool region)
{
    const struct tree_node *at = &g->tree.node[node];
    area_clear(area);
    area->basis = basis;
    area->code = at->code;
    area->name = at->name;
    area->level = at->level;
    area->parent = at->parent == TREE_NONE ? (struct str){0} : g->tree.node[at->parent].code;
    area->year = g->year;
    area->region = region;
    area->form = g->form;
}

/* Composites are for the basis best alone, which is made along with own. */
static bool may_stand_in(const struct gather *g)
{
    return strcmp(g->basis, BASIS_OWN) == 0;
}

/* From the first division below on that rests on a composite, `best` goes a way of its own. */
static int part_ways(struct gather *g, struct err *err)
{
    if (g->has_best)
        return 0;
    g->has_best = true;
    return area_add(g->best, g->region, g->warehouse->catalog, err);
}

/* Adds one division below to the region, and to `best` where that goes its own way. One without
 * report and without agencies that owe one is named as missing, if it existed that year. */
static int add_child(struct gather *g, uint32_t child, struct err *err)
{
    struct warehouse *warehouse = g->warehouse;
    int stands = 0;
    set_key(g, g->part, child, g->basis, true);
    if (may_stand_in(g)) {
        set_key(g, g->stand_in, child, BASIS_BEST, true);
        stands = area_read(g->stand_in, warehouse, err);
    }
    if (stands < 0 || area_read(g->part, warehouse, err) < 0 ||
        (stands > 0 && part_ways(g, err) < 0))
        return -1;
    if (!g->tree.node[child].displaced && g->part->count[AREA_EXPECTED] == 0 &&
        g->part->count[AREA_REPORTED] == 0)
        area_name_missing(g->part, g->tree.node[child].name);
    if (g->has_best &&
        area_add(g->best, stands > 0 ? g->stand_in : g->part, warehouse->catalog, err) < 0)
        return -1;
    return area_add(g->region, g->part, warehouse->catalog, err);
}

/* The composite that may stand in for the region: the government's, in a zone the 管委会's. */
static const struct member *composite_of(const struct gather *g, uint32_t node,
                                         const struct member *list, uint32_t count)
{
    bool zone = str_eq(g->tree.node[node].level, STR("zone"));
    const struct member *best = NULL;
    for (uint32_t i = 0; i < count; i++)
        if (list[i].composite.report_id && (list[i].government || (zone && list[i].zone)) &&
            (!best || (list[i].registered && !best->registered)))
            best = &list[i];
    return best;
}

/* Where no own report has come from anywhere in the region, its composite stands in for it. */
static int stand_in(struct gather *g, uint32_t node, const struct member *composite,
                    struct err *err)
{
    set_key(g, g->best, node, BASIS_BEST, true);
    g->has_best = true;
    if (area_add(g->best, g->region, g->warehouse->catalog, err) < 0)
        return -1;
    g->best->count[AREA_STANDING_IN] = 1;
    return sums_add_report(&g->best->sums, g->figures, composite->composite.report_id,
                           composite->composite.presence_id, err);
}

int gather_division(struct gather *g, uint32_t node, bool *there, struct err *err)
{
    struct members members = {0};
    arena_reset(&g->scratch);
    set_key(g, g->self, node, g->basis, false);
    set_key(g, g->region, node, g->basis, true);
    set_key(g, g->best, node, BASIS_BEST, true);
    set_key(g, g->part, node, g->basis, true);
    g->has_best = false;
    if (read_all_members(g, node, &members, err) < 0 ||
        add_members(g, members.list, members.count, err) < 0)
        return -1;
    uint32_t child = g->tree.node[node].first_child;
    for (; child != TREE_NONE; child = g->tree.node[child].next_sibling)
        if (add_child(g, child, err) < 0)
            return -1;
    const struct member *composite = composite_of(g, node, members.list, members.count);
    const int64_t *n = g->region->count;
    if (may_stand_in(g) && n[AREA_REPORTED] == 0 && composite && stand_in(g, node, composite, err) < 0)
        return -1;
    *there = n[AREA_REPORTED] > 0 || n[AREA_EXPECTED] > 0 || n[AREA_COMPOSITE] > 0 ||
             n[AREA_COMPOSITE_EXPECTED] > 0;
    return 0;
}
