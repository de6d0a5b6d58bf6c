#include "core/recognise/figures.h"

#include <string.h>

#include "core/text/number.h"

static int remark(struct report *report, const char *topic, uint16_t cell, uint32_t line,
                  struct str detail)
{
    struct remark r = {.rule = "reading", .topic = topic, .cell = cell, .line = line};
    r.detail = detail;
    return report_remark(report, r);
}

/* A note without the brackets around it. */
static struct str bare(struct str note)
{
    struct str s = str_trim(note);
    size_t n;
    uint32_t c = s.n ? utf8_next(s, &n) : 0;
    if (c != '(' && c != 0xFF08)
        return s;
    s = str_skip(s, n);
    return str_slice(s, 0, s.n - (str_ends(s, STR("）")) ? 3 : str_ends(s, STR(")")) ? 1 : 0));
}

static int read_fact(struct figures *figures, const struct atom *atom, struct str unit,
                     struct fact *fact)
{
    const struct cell *cell = &figures->labels->catalog->cells[fact->cell];
    struct number number = number_read(atom->text);
    fact->line = atom->line;
    fact->note = number.note.n ? number.note : bare(atom->note);
    fact->state = number.state == NUMBER_NA ? STATE_NA : STATE_VALUE;
    if (number.state == NUMBER_BLANK || atom->kind == ATOM_EMPTY)
        fact->state = STATE_BLANK;
    if (fact->state != STATE_VALUE)
        return 0;
    bool exact = number.state == NUMBER_VALUE && atom->kind != ATOM_WORDS &&
                 (cell->kind == CELL_MONEY ? number_money(&number, unit, &fact->value)
                                           : number_count(&number, &fact->value));
    if (exact)
        return 0;
    fact->state = STATE_TEXT;
    fact->value = 0;
    fact->text = atom->text;
    fact->note = (struct str){0};
    return remark(figures->report, "text-cell", fact->cell, atom->line, atom->text);
}

int figures_add(struct figures *figures, const struct atoms *atoms, enum table_id table,
                struct placed placed, uint32_t line, struct str unit)
{
    struct fact fact = {.cell = placed.cell, .state = STATE_BLANK, .line = line};
    if (placed.cell == CELL_NONE || placed.atom == PLACE_UNSTATED)
        return 0;
    if (placed.atom == PLACE_UNKNOWN)
        return remark(figures->report, "merged-cell", placed.cell, line, (struct str){0});
    if (placed.atom != PLACE_BLANK &&
        read_fact(figures, &atoms->atom[placed.atom], unit, &fact) < 0)
        return -1;
    if (arena_grow(figures->report->arena, &figures->stated, figures->count, &figures->capacity,
                   sizeof *figures->stated) < 0)
        return -1;
    figures->stated[figures->count++] =
        (struct stated){fact, table, figures->printing[table]};
    return 0;
}

void figures_row(struct figures *figures, enum table_id table, int row)
{
    uint64_t bit = UINT64_C(1) << (row & 63);
    if (figures->rows[table] & bit) {
        figures->printing[table]++;
        figures->rows[table] = 0;
    }
    figures->rows[table] |= bit;
}

static bool same(const struct fact *a, const struct fact *b)
{
    return a->state == b->state && a->value == b->value && str_eq(a->text, b->text);
}

/* How many cells with something printed each printing of a table has. */
static int fullest(const struct figures *figures, enum table_id table, uint32_t **out)
{
    uint32_t *full = arena_array(figures->report->arena, figures->printing[table] + 1, sizeof *full);
    if (!full)
        return -1;
    for (uint32_t i = 0; i < figures->count; i++)
        if (figures->stated[i].table == table)
            full[figures->stated[i].printing] += figures->stated[i].fact.state != STATE_BLANK;
    *out = full;
    return 0;
}

int figures_settle(struct figures *figures, unsigned tables)
{
    uint32_t *full[TABLE_COUNT] = {NULL};
    const struct stated *best[CATALOG_CELLS] = {NULL};
    bool differ[TABLE_COUNT] = {false};
    for (int t = TABLE_1; t < TABLE_COUNT; t++)
        if (fullest(figures, (enum table_id)t, &full[t]) < 0)
            return -1;
    for (uint32_t i = 0; i < figures->count; i++) {
        const struct stated *s = &figures->stated[i], **to = &best[s->fact.cell];
        if (!(tables >> s->table & 1))
            continue;
        if (*to && s->fact.state == STATE_BLANK)
            continue; /* the empty cells that fill up a row of labels contradict no figure */
        bool blank = *to && (*to)->fact.state == STATE_BLANK;
        if (*to && !blank && !same(&(*to)->fact, &s->fact)) {
            if (!differ[s->table] && remark(figures->report, "printed-twice", s->fact.cell,
                                            s->fact.line, (struct str){0}) < 0)
                return -1;
            differ[s->table] = true;
        }
        if (!*to || blank || full[s->table][s->printing] > full[s->table][(*to)->printing])
            *to = s;
    }
    for (uint32_t id = 0; id < CATALOG_CELLS; id++)
        if (best[id] && report_fact(figures->report, best[id]->fact) < 0)
            return -1;
    return 0;
}
