#include "core/rollup/members.h"

#include <stdlib.h>
#include <string.h>

#include "core/store/statement.h"

enum { SCRATCH_MOST = 32 << 20 };

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

int local_new(struct local *out, struct err *err)
{
    *out = (struct local){.self = area_new(), .below = area_new()};
    if (out->self && out->below)
        return 0;
    local_free(out);
    return err_memory(err);
}

void local_free(struct local *local)
{
    area_free(local->self);
    area_free(local->below);
    *local = (struct local){0};
}

int members_open(struct members *out, struct warehouse *warehouse, struct err *err)
{
    *out = (struct members){.warehouse = warehouse, .scratch = arena_new(SCRATCH_MOST)};
    return figures_new(&out->figures, warehouse, err);
}

void members_close(struct members *members)
{
    figures_free(members->figures);
    arena_free(&members->scratch);
    *members = (struct members){0};
}

/* The agencies that count in a division, in the scratch arena. */
struct member_list {
    struct member *item;
    size_t capacity;
    uint32_t count;
};

/* The row's report: of an agency without any, scope is NULL. Undated reports are not late. */
static void read_received(const struct rollup_year *year, sqlite3_stmt *stmt,
                          struct member *member)
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
        .late = dated && strcmp(dated, year->due[due]) > 0,
    };
}

static int add_agency(struct members *m, sqlite3_stmt *stmt, bool displaced, bool inexact,
                      struct member_list *list, struct err *err)
{
    struct str kind = column_str(stmt, 2);
    if (arena_grow(&m->scratch, &list->item, list->count, &list->capacity, sizeof *list->item) < 0)
        return err_memory(err);
    list->item[list->count++] = (struct member){
        .agency_id = sqlite3_column_int64(stmt, 0),
        .registered = sqlite3_column_int(stmt, 3) != 0,
        .active = sqlite3_column_int(stmt, 4) != 0,
        .office_beside = sqlite3_column_int(stmt, 5) != 0,
        .government = str_eq(kind, STR("government")),
        .zone = str_eq(kind, STR("zone")),
        .displaced = displaced,
        .below = inexact || str_eq(kind, STR("township")) || str_eq(kind, STR("subdistrict")) ||
                 str_eq(kind, STR("zone")),
    };
    return 0;
}

/* Adds all agencies of a division. `inexact`: it is gone and nobody can say which division of
 * today took its place, so that its reports count in the region alone. */
static int read_division(struct members *m, const struct rollup_year *year, struct str code,
                         bool displaced, bool inexact, struct member_list *list, struct err *err)
{
    const char *name = m->moment ? "rollup.members_as_of" : "rollup.members";
    sqlite3_stmt *stmt = warehouse_statement(m->warehouse, name, err);
    if (!stmt)
        return -1;
    int got;
    bind_str(stmt, 1, code);
    sqlite3_bind_int(stmt, 2, year->year);
    if (m->moment)
        sqlite3_bind_text(stmt, 3, m->moment, -1, SQLITE_STATIC);
    while ((got = statement_next(m->warehouse, stmt, err)) > 0) {
        struct member *last = list->count ? &list->item[list->count - 1] : NULL;
        if (!last || last->agency_id != sqlite3_column_int64(stmt, 0)) {
            if (add_agency(m, stmt, displaced, inexact, list, err) < 0)
                return -1;
            last = &list->item[list->count - 1];
        }
        read_received(year, stmt, last);
        if (last->registered && last->active && !last->own.report_id && !last->name.p) {
            last->name = arena_copy(&m->scratch, column_str(stmt, 1));
            if (!last->name.p)
                return err_memory(err);
        }
    }
    return got;
}

/* The agencies that count in a division: its own, on the basis today also those of divisions that
 * became it. */
static int read_all(struct members *m, const struct rollup_year *year, uint32_t node,
                    struct member_list *list, struct err *err)
{
    const struct tree_node *at = &year->tree.node[node];
    if (!m->boundaries)
        return read_division(m, year, at->code, at->displaced, false, list, err);
    const struct boundary *from;
    uint32_t count = boundaries_into(m->boundaries, at->code, &from);
    for (uint32_t i = 0; i < count; i++)
        if (read_division(m, year, from[i].code, !from[i].exact, !from[i].exact, list, err) < 0)
            return -1;
    return 0;
}

static bool owes_composite(const struct member *member)
{
    return member->government ||
           (member->zone && (member->composite.report_id || member->office_beside));
}

/* Counts one agency, and adds its own report, to the part of the region that it belongs to. */
static int add_member(struct members *m, const struct form *form, const struct member *member,
                      struct area *to, struct err *err)
{
    const struct received *own = &member->own, *composite = &member->composite;
    if (member->registered && member->active) {
        if (owes_composite(member))
            to->count[AREA_COMPOSITE_EXPECTED]++;
        else {
            to->count[AREA_EXPECTED]++;
            to->count[AREA_MISSING] += own->report_id == 0;
        }
    }
    if (composite->report_id && (member->government || member->zone)) {
        to->count[AREA_COMPOSITE]++;
        to->count[AREA_COMPOSITE_LATE] += composite->late;
    }
    if (!own->report_id)
        return 0;
    to->count[AREA_REPORTED]++;
    to->count[AREA_LATE] += own->late;
    to->count[AREA_UNREGISTERED] += !member->registered;
    to->count[AREA_OTHER_FORM] += !form || own->form != form->year;
    to->count[AREA_DISPLACED] += member->displaced;
    return sums_add_report(&to->sums, m->figures, own->report_id, own->presence_id, err);
}

static int by_name(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Names the agencies of one part whose own report is missing, in the order of their names. */
static int name_missing(struct members *m, const struct member_list *list, bool below,
                        struct area *to, struct err *err)
{
    struct str *names = arena_array(&m->scratch, list->count + 1, sizeof *names);
    uint32_t n = 0;
    if (!names)
        return err_memory(err);
    for (uint32_t i = 0; i < list->count; i++) {
        const struct member *member = &list->item[i];
        if (member->below == below && member->registered && member->active &&
            !member->own.report_id && !owes_composite(member))
            names[n++] = member->name;
    }
    qsort(names, n, sizeof *names, by_name);
    for (uint32_t i = 0; i < n; i++)
        area_name_missing(to, names[i]);
    return 0;
}

static const struct member *composite_of(const struct tree_node *at, const struct member_list *list)
{
    bool zone = str_eq(at->level, STR("zone"));
    const struct member *best = NULL;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct member *member = &list->item[i];
        if (member->composite.report_id && (member->government || (zone && member->zone)) &&
            (!best || (member->registered && !best->registered)))
            best = member;
    }
    return best;
}

int members_add_up(struct members *m, const struct rollup_year *year, uint32_t node,
                   struct local *out, struct err *err)
{
    struct member_list list = {0};
    arena_reset(&m->scratch);
    area_clear(out->self);
    area_clear(out->below);
    if (read_all(m, year, node, &list, err) < 0)
        return -1;
    for (uint32_t i = 0; i < list.count; i++)
        if (add_member(m, year->form, &list.item[i], list.item[i].below ? out->below : out->self,
                       err) < 0)
            return -1;
    if (name_missing(m, &list, false, out->self, err) < 0 ||
        name_missing(m, &list, true, out->below, err) < 0)
        return -1;
    const struct member *composite = composite_of(&year->tree.node[node], &list);
    out->composite = composite ? composite->composite.report_id : 0;
    out->composite_presence = composite ? composite->composite.presence_id : 0;
    return 0;
}
