#include "core/rollup/members.h"

#include <stdlib.h>
#include <string.h>

#include "core/store/statement.h"

enum { SCRATCH_MOST = 32 << 20, NAME_MOST = 1 << 16 };

/* A report of one agency in the year. */
struct received {
    int64_t report_id, presence_id; /* report_id 0: none */
    int form;
    bool late;
};

/* An agency of the division with what it sent. */
struct member {
    int64_t agency_id;
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
    *out = (struct members){.warehouse = warehouse, .scratch = arena_new(SCRATCH_MOST),
                            .name = buf_new(NAME_MOST)};
    return figures_new(&out->figures, warehouse, err);
}

void members_close(struct members *members)
{
    figures_free(members->figures);
    arena_free(&members->scratch);
    buf_free(&members->name);
    *members = (struct members){0};
}

/* Names of agencies whose own report is missing, in the scratch arena. */
struct names {
    struct str *item;
    size_t capacity;
    uint32_t count;
};

/* The agencies of a division are counted one after the other; only what is missing is remembered. */
struct counting {
    const struct rollup_year *year;
    struct local *out;
    struct member member;      /* the one whose rows are being read; agency_id 0: none yet */
    bool registered_composite; /* what stands in for the region is of a registered agency */
    bool zone;                 /* the division is one */
    struct names missing, missing_below;
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

static int note_missing(struct members *m, struct names *names, struct str name, struct err *err)
{
    if (arena_grow(&m->scratch, &names->item, names->count, &names->capacity, sizeof *names->item) < 0)
        return err_memory(err);
    names->item[names->count] = arena_copy(&m->scratch, name);
    return m->name.failed || !names->item[names->count++].p ? err_memory(err) : 0;
}

/* All rows of an agency are read: counts it. Of several composites that of a registered agency stands in
 * for the region, else the first. */
static int end_member(struct members *m, struct counting *counting, struct err *err)
{
    const struct member *member = &counting->member;
    struct local *out = counting->out;
    if (!member->agency_id)
        return 0;
    if (add_member(m, counting->year->form, member, member->below ? out->below : out->self, err) < 0)
        return -1;
    if (member->registered && member->active && !member->own.report_id && !owes_composite(member) &&
        note_missing(m, member->below ? &counting->missing_below : &counting->missing,
                     buf_str(&m->name), err) < 0)
        return -1;
    if (member->composite.report_id && (member->government || (counting->zone && member->zone)) &&
        (!out->composite || (member->registered && !counting->registered_composite))) {
        out->composite = member->composite.report_id;
        out->composite_presence = member->composite.presence_id;
        counting->registered_composite = member->registered;
    }
    counting->member = (struct member){0};
    return 0;
}

static void begin_member(struct members *m, sqlite3_stmt *stmt, bool displaced, bool inexact,
                         struct member *member)
{
    struct str kind = column_str(stmt, 2);
    *member = (struct member){
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
    buf_reset(&m->name);
    if (member->registered && member->active)
        buf_add(&m->name, column_str(stmt, 1));
}

/* Counts all agencies of a division. `inexact`: it is gone and nobody can say which division of
 * today took its place, so that its reports count in the region alone. */
static int read_division(struct members *m, struct counting *counting, struct str code,
                         bool displaced, bool inexact, struct err *err)
{
    const char *name = m->moment ? "rollup.members_as_of" : "rollup.members";
    sqlite3_stmt *stmt = warehouse_statement(m->warehouse, name, err);
    if (!stmt)
        return -1;
    int got;
    bind_str(stmt, 1, code);
    sqlite3_bind_int(stmt, 2, counting->year->year);
    if (m->moment)
        sqlite3_bind_text(stmt, 3, m->moment, -1, SQLITE_STATIC);
    while ((got = statement_next(m->warehouse, stmt, err)) > 0) {
        if (counting->member.agency_id != sqlite3_column_int64(stmt, 0)) {
            if (end_member(m, counting, err) < 0)
                return -1;
            begin_member(m, stmt, displaced, inexact, &counting->member);
        }
        read_received(counting->year, stmt, &counting->member);
    }
    return got < 0 ? -1 : end_member(m, counting, err);
}

/* Counts the agencies that count in a division: its own, on the basis today also those of divisions
 * that became it. */
static int read_all(struct members *m, struct counting *counting, uint32_t node, struct err *err)
{
    const struct tree_node *at = &counting->year->tree.node[node];
    if (!m->boundaries)
        return read_division(m, counting, at->code, at->displaced, false, err);
    const struct boundary *from;
    uint32_t count = boundaries_into(m->boundaries, at->code, &from);
    for (uint32_t i = 0; i < count; i++)
        if (read_division(m, counting, from[i].code, !from[i].exact, !from[i].exact, err) < 0)
            return -1;
    return 0;
}

static int by_name(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Names the agencies of one part whose own report is missing, in the order of their names. */
static void name_missing(struct names *names, struct area *to)
{
    if (names->count)
        qsort(names->item, names->count, sizeof *names->item, by_name);
    for (uint32_t i = 0; i < names->count; i++)
        area_name_missing(to, names->item[i]);
}

int members_add_up(struct members *m, const struct rollup_year *year, uint32_t node,
                   struct local *out, struct err *err)
{
    struct counting counting = {.year = year, .out = out,
                                .zone = str_eq(year->tree.node[node].level, STR("zone"))};
    arena_reset(&m->scratch);
    area_clear(out->self);
    area_clear(out->below);
    out->composite = out->composite_presence = 0;
    if (read_all(m, &counting, node, err) < 0)
        return -1;
    name_missing(&counting.missing, out->self);
    name_missing(&counting.missing_below, out->below);
    return 0;
}
