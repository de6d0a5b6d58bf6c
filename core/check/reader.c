#include "core/check/reader.h"

#include <stdlib.h>
#include <string.h>

#include "core/check/lineage.h"
#include "core/store/origins.h"
#include "core/store/statement.h"

enum { PRESENCES = 512, PANELS = 4 };

/* What a presence states, remembered: one place for each remainder. */
struct stated {
    int64_t presence_id; /* 0: free */
    uint8_t state[CATALOG_CELLS];
};

/* A panel read lately: the year before of the next report is mostly the one just seen. */
struct recent {
    int64_t report_id; /* 0: free */
    struct panel panel;
};

struct reader {
    struct warehouse *warehouse;
    struct stated *stated;
    struct recent *recent;
    unsigned next;
    struct lineage *lineage;
};

int reader_new(struct reader **out, struct warehouse *warehouse, struct err *err)
{
    struct reader *reader = calloc(1, sizeof *reader);
    if (!reader)
        return err_memory(err);
    reader->warehouse = warehouse;
    reader->stated = calloc(PRESENCES, sizeof *reader->stated);
    reader->recent = calloc(PANELS, sizeof *reader->recent);
    if (!reader->stated || !reader->recent)
        err_memory(err);
    else if (lineage_new(&reader->lineage, warehouse, err) == 0) {
        *out = reader;
        return 0;
    }
    reader_free(reader);
    return -1;
}

void reader_free(struct reader *reader)
{
    if (!reader)
        return;
    lineage_free(reader->lineage);
    free(reader->stated);
    free(reader->recent);
    free(reader);
}

int reader_number(struct warehouse *warehouse, const char *name, const int64_t *bound, int count,
                  int64_t *out, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, name, err);
    if (!stmt)
        return -1;
    for (int i = 0; i < count; i++)
        sqlite3_bind_int64(stmt, i + 1, bound[i]);
    int got = statement_next(warehouse, stmt, err);
    if (got < 0)
        return -1;
    *out = got ? sqlite3_column_int64(stmt, 0) : 0;
    sqlite3_reset(stmt);
    return 0;
}

int reader_subject(sqlite3_stmt *stmt, struct arena *arena, struct subject *out, struct err *err)
{
    struct subject subject = {
        .report_id = sqlite3_column_int64(stmt, 0),
        .agency_id = sqlite3_column_int64(stmt, 1),
        .year = sqlite3_column_int(stmt, 2),
        .scope = str_eq(column_str(stmt, 3), STR("own")) ? SCOPE_OWN : SCOPE_COMPOSITE,
        .form = sqlite3_column_int(stmt, 4),
        .presence_id = sqlite3_column_int64(stmt, 5),
    };
    struct str *const texts[] = {&subject.agency, &subject.kind, &subject.division,
                                 &subject.period_from, &subject.period_to};
    for (int i = 0; i < 5; i++) {
        *texts[i] = arena_copy(arena, column_str(stmt, 6 + i));
        if (!texts[i]->p)
            return err_memory(err);
    }
    *out = subject;
    return 0;
}

static const uint8_t *states_of(struct reader *reader, int64_t presence_id, struct err *err)
{
    struct stated *stated = &reader->stated[(uint64_t)presence_id % PRESENCES];
    if (stated->presence_id == presence_id)
        return stated->state;
    struct warehouse *warehouse = reader->warehouse;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "check.presence", err);
    if (!stmt)
        return NULL;
    struct stated fresh = {.presence_id = presence_id};
    int got;
    sqlite3_bind_int64(stmt, 1, presence_id);
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        int cell = sqlite3_column_int(stmt, 0);
        if (cell >= 0 && cell < CATALOG_CELLS)
            fresh.state[cell] = PANEL_VALUE;
    }
    if (got < 0)
        return NULL;
    *stated = fresh;
    return stated->state;
}

static int add_facts(struct reader *reader, int64_t report_id, struct panel *panel,
                     struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(reader->warehouse, "check.facts", err);
    if (!stmt)
        return -1;
    int got;
    sqlite3_bind_int64(stmt, 1, report_id);
    while ((got = sqlite3_step(stmt)) == SQLITE_ROW) {
        int line = sqlite3_column_int(stmt, 0);
        if (line < 0 || line >= CATALOG_LINES)
            continue;
        int64_t *values = &panel->value[line * CATALOG_SLOTS];
        for (int slot = 0; slot < CATALOG_SLOTS - 1; slot++)
            values[slot] = sqlite3_column_int64(stmt, slot + 1); /* NULL reads as 0 */
    }
    if (got != SQLITE_DONE)
        return warehouse_error(reader->warehouse, err);
    sqlite3_reset(stmt);
    return 0;
}

static int add_exceptions(struct reader *reader, int64_t report_id, struct panel *panel,
                          struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(reader->warehouse, "check.exceptions", err);
    if (!stmt)
        return -1;
    int got;
    sqlite3_bind_int64(stmt, 1, report_id);
    while ((got = statement_next(reader->warehouse, stmt, err)) > 0) {
        int cell = sqlite3_column_int(stmt, 0);
        struct str state = column_str(stmt, 1);
        if (cell < 0 || cell >= CATALOG_CELLS)
            continue;
        panel->value[cell] = 0;
        panel->state[cell] = str_eq(state, STR("blank")) ? PANEL_BLANK
                             : str_eq(state, STR("na"))  ? PANEL_NA
                                                         : PANEL_TEXT;
    }
    return got;
}

int reader_panel(struct reader *reader, int64_t report_id, int64_t presence_id, struct panel *out,
                 struct err *err)
{
    for (unsigned i = 0; i < PANELS; i++)
        if (reader->recent[i].report_id == report_id) {
            *out = reader->recent[i].panel;
            return 0;
        }
    const uint8_t *states = states_of(reader, presence_id, err);
    if (!states)
        return -1;
    struct recent *recent = &reader->recent[reader->next++ % PANELS];
    recent->report_id = 0;
    memset(recent->panel.value, 0, sizeof recent->panel.value);
    memcpy(recent->panel.state, states, sizeof recent->panel.state);
    if (add_facts(reader, report_id, &recent->panel, err) < 0 ||
        add_exceptions(reader, report_id, &recent->panel, err) < 0)
        return -1;
    recent->report_id = report_id;
    *out = recent->panel;
    return 0;
}

/* The current report of an agency, year and scope: 1 with its ids, or 0. */
static int find_report(struct reader *reader, int64_t agency_id, int year, enum scope scope,
                       int64_t *report_id, int64_t *presence_id, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(reader->warehouse, "check.current", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, agency_id);
    sqlite3_bind_int(stmt, 2, year);
    bind_str(stmt, 3, scope == SCOPE_OWN ? STR("own") : STR("composite"));
    int got = statement_next(reader->warehouse, stmt, err);
    if (got > 0) {
        *report_id = sqlite3_column_int64(stmt, 0);
        *presence_id = sqlite3_column_int64(stmt, 1);
        sqlite3_reset(stmt);
    }
    return got;
}

enum part { PART_NONE, PART_MISSING, PART_THERE };

/* What a predecessor brought over from the year before into `year`: nothing while it still goes on
 * itself, or when it had ended before; its report, or a gap where that has not come. Where its
 * last year is not known, a report was owed when the heir had none itself. -1: error. */
static int part_of(struct reader *reader, int64_t agency_id, int year, enum scope scope,
                   bool heir_reported, int64_t *report_id, int64_t *presence_id, struct err *err)
{
    int64_t last;
    if (reader_number(reader->warehouse, "check.last_year", &agency_id, 1, &last, err) < 0)
        return -1;
    int goes_on = find_report(reader, agency_id, year, scope, report_id, presence_id, err);
    if (goes_on < 0)
        return -1;
    if (goes_on || last >= year)
        return PART_NONE;
    int there = find_report(reader, agency_id, year - 1, scope, report_id, presence_id, err);
    if (there)
        return there < 0 ? -1 : PART_THERE;
    return (last ? last == year - 1 : !heir_reported) ? PART_MISSING : PART_NONE;
}

static int add_predecessors(struct reader *reader, const struct subject *subject,
                            bool heir_reported, struct panel *before, int64_t *id, struct err *err)
{
    int64_t ids[PREDECESSORS];
    int count = lineage_of(reader->lineage, subject->agency_id, ids);
    if (count < 0)
        return 0;
    bool any = heir_reported;
    for (int i = 0; i < count; i++) {
        int64_t report_id, presence_id;
        struct panel more;
        int part = part_of(reader, ids[i], subject->year, subject->scope, heir_reported,
                           &report_id, &presence_id, err);
        if (part == PART_MISSING)
            return 0;
        if (part == PART_NONE)
            continue;
        if (part < 0 || reader_panel(reader, report_id, presence_id, &more, err) < 0)
            return -1;
        if (any)
            panel_add(before, &more);
        else
            *before = more;
        *id = any ? 0 : report_id;
        any = true;
    }
    return any;
}

int reader_before(struct reader *reader, const struct subject *subject, struct panel *before,
                  int64_t *id, struct err *err)
{
    int64_t report_id, presence_id;
    int year = subject->year - 1;
    int got = find_report(reader, subject->agency_id, year, subject->scope, &report_id,
                          &presence_id, err);
    if (got < 0 || (got > 0 && reader_panel(reader, report_id, presence_id, before, err) < 0))
        return -1;
    *id = got > 0 ? report_id : 0;
    return add_predecessors(reader, subject, got > 0, before, id, err);
}

int reader_words(struct reader *reader, int64_t report_id, struct arena *arena,
                 struct words_cell **out, uint32_t *count, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(reader->warehouse, "check.words", err);
    if (!stmt)
        return -1;
    struct words_cell *list = NULL;
    size_t capacity = 0;
    uint32_t n = 0;
    int got;
    sqlite3_bind_int64(stmt, 1, report_id);
    while ((got = statement_next(reader->warehouse, stmt, err)) > 0) {
        if (arena_grow(arena, &list, n, &capacity, sizeof *list) < 0)
            return err_memory(err);
        list[n] = (struct words_cell){.cell = (uint16_t)sqlite3_column_int(stmt, 0),
                                      .text = arena_copy(arena, column_str(stmt, 1))};
        if (!list[n++].text.p)
            return err_memory(err);
    }
    *out = list;
    *count = n;
    return got;
}

int reader_told(struct reader *reader, int64_t report_id, struct arena *arena, struct told **out,
                uint32_t *count, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(reader->warehouse, "check.told", err);
    if (!stmt)
        return -1;
    struct told *list = NULL;
    size_t capacity = 0;
    uint32_t n = 0;
    int got;
    sqlite3_bind_int64(stmt, 1, report_id);
    while ((got = statement_next(reader->warehouse, stmt, err)) > 0) {
        if (arena_grow(arena, &list, n, &capacity, sizeof *list) < 0)
            return err_memory(err);
        list[n] = (struct told){
            .measure = arena_copy(arena, column_str(stmt, 0)),
            .value = sqlite3_column_int64(stmt, 1),
            .decimals = sqlite3_column_int(stmt, 2),
            .line = (uint32_t)sqlite3_column_int64(stmt, 3),
            .sentence = arena_copy(arena, column_str(stmt, 4)),
        };
        if (!list[n].measure.p || !list[n].sentence.p)
            return err_memory(err);
        n++;
    }
    *out = list;
    *count = n;
    return got;
}

/* A place that cannot be decoded leaves lines of 0: a finding then says no line. */
int reader_lines(struct reader *reader, int64_t report_id, struct arena *arena, uint32_t **out,
                 struct err *err)
{
    uint32_t *lines = arena_array(arena, CATALOG_CELLS, sizeof *lines);
    uint32_t *packed = arena_array(arena, CATALOG_CELLS, sizeof *packed);
    uint16_t *cells = arena_array(arena, CATALOG_CELLS, sizeof *cells);
    if (!lines || !packed || !cells)
        return err_memory(err);
    sqlite3_stmt *stmt = warehouse_statement(reader->warehouse, "check.origins", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, report_id);
    int got = statement_next(reader->warehouse, stmt, err);
    if (got > 0) {
        const uint8_t *states = states_of(reader, sqlite3_column_int64(stmt, 2), err);
        uint32_t count = 0;
        for (uint16_t i = 0; states && i < CATALOG_CELLS; i++)
            if (states[i])
                cells[count++] = i;
        struct str blob = {sqlite3_column_blob(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0)};
        int64_t first_line = sqlite3_column_int64(stmt, 1);
        if (states && origins_decode(blob, first_line, cells, count, packed) == 0)
            for (uint32_t i = 0; i < count; i++)
                lines[cells[i]] = packed[i];
        sqlite3_reset(stmt);
        got = states ? 0 : -1;
    }
    *out = lines;
    return got;
}
