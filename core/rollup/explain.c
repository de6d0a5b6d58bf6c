/* Walking from a total to its reports: the order by one statement, each report by another, so that
 * no more than ids and figures of a region are ever sorted. */
#include "core/rollup/explain.h"

#include <stdlib.h>
#include <string.h>

#include "core/rollup/changes.h"
#include "core/store/origins.h"
#include "core/store/statement.h"

struct explain {
    struct warehouse *warehouse;
    struct explain_question question;
    struct explain_total total;
    struct arena arena;
    sqlite3_stmt *order, *missing;
    struct arena row; /* strings of the current summand */
};

static const char *const state_names[] = {"value", "blank", "na", "text", "absent"};

static int read_total(struct explain *e, struct err *err)
{
    const struct explain_question *q = &e->question;
    sqlite3_stmt *stmt = warehouse_statement(e->warehouse, "rollup.explained", err);
    if (!stmt)
        return -1;
    bind_str(stmt, 1, q->division);
    sqlite3_bind_int(stmt, 2, q->year);
    sqlite3_bind_text(stmt, 3, q->region ? "region" : "self", -1, SQLITE_STATIC);
    sqlite3_bind_int(stmt, 4, q->cell->id);
    sqlite3_bind_int(stmt, 5, q->best);
    int got = statement_next(e->warehouse, stmt, err);
    if (got < 0)
        return -1;
    if (got == 0)
        return err_set(err, ERR_USAGE, "there is no total of division %.*s for %d; see v_coverage "
                                       "for those there are, and run rollup after an import",
                       STR_ARG(q->division), q->year);
    struct explain_total *t = &e->total;
    t->division = arena_copy(&e->arena, column_str(stmt, 0));
    t->level = arena_copy(&e->arena, column_str(stmt, 1));
    t->expected = sqlite3_column_int64(stmt, 2);
    t->reported = sqlite3_column_int64(stmt, 3);
    t->missing = sqlite3_column_int64(stmt, 4);
    t->late = sqlite3_column_int64(stmt, 5);
    t->standing_in = sqlite3_column_int64(stmt, 6);
    t->value = sqlite3_column_int64(stmt, 7);
    t->n_stated = sqlite3_column_int64(stmt, 8);
    t->n_blank = sqlite3_column_int64(stmt, 9);
    t->stated = t->n_stated > 0;
    sqlite3_reset(stmt);
    return t->division.p && t->level.p ? 0 : err_memory(err);
}

int explain_new(struct explain **out, struct warehouse *warehouse,
                const struct explain_question *question, struct err *err)
{
    struct explain *e = calloc(1, sizeof *e);
    struct changes changes;
    if (!e)
        return err_memory(err);
    e->warehouse = warehouse;
    e->question = *question;
    e->arena = arena_new((size_t)1 << 20);
    e->row = arena_new((size_t)8 << 20);
    if (read_total(e, err) < 0 || changes_read(&changes, warehouse, false, err) < 0) {
        explain_free(e);
        return -1;
    }
    e->total.behind = changes.all || changes.year_count > 0;
    *out = e;
    return 0;
}

void explain_free(struct explain *e)
{
    if (!e)
        return;
    if (e->order)
        sqlite3_reset(e->order);
    if (e->missing)
        sqlite3_reset(e->missing);
    arena_free(&e->arena);
    arena_free(&e->row);
    free(e);
}

const struct explain_total *explain_total(const struct explain *e)
{
    return &e->total;
}

static void bind_question(const struct explain *e, sqlite3_stmt *stmt)
{
    const struct explain_question *q = &e->question;
    bind_str(stmt, 1, q->division);
    sqlite3_bind_int(stmt, 2, q->year);
    sqlite3_bind_int(stmt, 3, q->region);
    sqlite3_bind_int(stmt, 4, q->best);
}

/* The line of the source on which the cell stands; 0 when the report does not print it. */
static int read_line(struct explain *e, struct str origins, int64_t first_line, int64_t presence_id,
                     uint32_t *line, struct err *err)
{
    uint16_t cells[CATALOG_CELLS];
    uint32_t lines[CATALOG_CELLS], count = 0, at = UINT32_MAX;
    sqlite3_stmt *stmt = warehouse_statement(e->warehouse, "rollup.presence", err);
    if (!stmt)
        return -1;
    int got;
    sqlite3_bind_int64(stmt, 1, presence_id);
    while ((got = statement_next(e->warehouse, stmt, err)) > 0 && count < CATALOG_CELLS) {
        cells[count] = (uint16_t)sqlite3_column_int(stmt, 0);
        if (cells[count] == e->question.cell->id)
            at = count;
        count++;
    }
    if (got < 0)
        return -1;
    sqlite3_reset(stmt);
    bool found = at != UINT32_MAX && origins_decode(origins, first_line, cells, count, lines) == 0;
    *line = found ? lines[at] : 0;
    return 0;
}

static int read_findings(struct explain *e, struct summand *out, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(e->warehouse, "rollup.summand_findings", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, out->report_id);
    bind_str(stmt, 2, str_from(e->question.cell->code));
    int got = statement_next(e->warehouse, stmt, err);
    if (got <= 0)
        return got;
    out->findings = arena_copy(&e->row, column_str(stmt, 0));
    out->all_findings = sqlite3_column_int64(stmt, 1);
    sqlite3_reset(stmt);
    return out->findings.p ? 0 : err_memory(err);
}

/* Who, where and when of a summand whose report and figure are known. */
static int read_details(struct explain *e, struct summand *out, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(e->warehouse, "rollup.summand", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, out->report_id);
    sqlite3_bind_int(stmt, 2, e->question.cell->id);
    int got = statement_next(e->warehouse, stmt, err);
    if (got <= 0)
        return got;
    struct str *const strings[] = {&out->agency, &out->division_code, &out->division, &out->kind,
                                   &out->scope,  &out->text,          &out->note,     &out->source,
                                   &out->dated};
    for (int i = 0; i < 9; i++) {
        *strings[i] = arena_copy(&e->row, column_str(stmt, i));
        if (!strings[i]->p)
            return err_memory(err);
    }
    out->form = sqlite3_column_int(stmt, 9);
    out->revision = sqlite3_column_int(stmt, 10);
    out->registered = sqlite3_column_int(stmt, 11) != 0;
    int64_t presence_id = sqlite3_column_int64(stmt, 12);
    struct str blob = {sqlite3_column_blob(stmt, 13), (size_t)sqlite3_column_bytes(stmt, 13)};
    struct str origins = arena_copy(&e->row, blob);
    int64_t first_line = sqlite3_column_int64(stmt, 14);
    sqlite3_reset(stmt);
    if (!origins.p)
        return err_memory(err);
    if (read_line(e, origins, first_line, presence_id, &out->line, err) < 0)
        return -1;
    return read_findings(e, out, err);
}

int explain_next(struct explain *e, struct summand *out, struct err *err)
{
    if (!e->order) {
        e->order = warehouse_statement(e->warehouse, "rollup.summands", err);
        if (!e->order)
            return -1;
        bind_question(e, e->order);
        sqlite3_bind_int(e->order, 5, e->question.cell->id);
    }
    int got = statement_next(e->warehouse, e->order, err);
    if (got <= 0)
        return got;
    struct summand summand = {.report_id = sqlite3_column_int64(e->order, 0),
                              .value = sqlite3_column_int64(e->order, 2)};
    const char *state = (const char *)sqlite3_column_text(e->order, 1);
    for (int i = 0; i < 5; i++)
        if (state && strcmp(state, state_names[i]) == 0)
            summand.state = (enum summand_state)i;
    arena_reset(&e->row);
    if (read_details(e, &summand, err) < 0)
        return -1;
    *out = summand;
    return 1;
}

int explain_next_missing(struct explain *e, struct missing_unit *out, struct err *err)
{
    if (!e->missing) {
        e->missing = warehouse_statement(e->warehouse, "rollup.missing_units", err);
        if (!e->missing)
            return -1;
        bind_question(e, e->missing);
    }
    int got = statement_next(e->warehouse, e->missing, err);
    if (got <= 0)
        return got;
    *out = (struct missing_unit){.division_code = column_str(e->missing, 0),
                                 .agency = column_str(e->missing, 1),
                                 .kind = column_str(e->missing, 2),
                                 .due = column_str(e->missing, 3)};
    return 1;
}
