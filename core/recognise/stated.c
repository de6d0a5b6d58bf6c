#include "core/recognise/stated.h"

#include "core/text/number.h"

enum { PLAIN_DIGITS = 15, NAME_MAX = 2 * LABEL_MAX };

/* The cell of a name, looked up when it is met first; CELL_NONE where it is none. */
static uint16_t cell_of(const struct labels *labels, struct stated_names *names, uint32_t name)
{
    uint16_t *cell = &names->cell[name];
    if (*cell == CELL_UNASKED)
        *cell = names->name[name].n > NAME_MAX ? CELL_NONE : labels_cell(labels, names->name[name]);
    return *cell;
}

/* Digits and nothing else, as few as are read exactly. */
static bool plain_digits(struct str s, int64_t *out)
{
    int64_t value = 0;
    if (s.n == 0 || s.n > PLAIN_DIGITS)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        unsigned digit = (unsigned)(s.p[i] - '0');
        if (digit > 9)
            return false;
        value = value * 10 + digit;
    }
    *out = value;
    return true;
}

/* What is printed for a cell; false where it is neither figure, mark nor blank, or not exact. */
static bool read_text(enum cell_kind kind, struct str text, struct fact *fact)
{
    struct number number = {.state = NUMBER_VALUE};
    if (kind != CELL_MONEY && plain_digits(text, &fact->value))
        return true;
    if (!plain_digits(text, &number.digits)) {
        if (text.n > 0 && text.p[0] == '*')
            return false; /* bold in Markdown */
        number = number_read(text);
    }
    fact->note = number.note;
    switch (number.state) {
    case NUMBER_BLANK:
        fact->state = STATE_BLANK;
        return true;
    case NUMBER_NA:
        fact->state = STATE_NA;
        return true;
    case NUMBER_VALUE:
        return kind == CELL_MONEY ? number_money(&number, STR("万元"), &fact->value)
                                  : number_count(&number, &fact->value);
    case NUMBER_OTHER:
        break;
    }
    return false;
}

/* The cells that are stated, as bits; false when one is none of the forms', or is stated twice. */
static bool look_up(const struct labels *labels, const struct document *doc,
                    uint64_t stated[CATALOG_CELLS / 64])
{
    for (uint32_t i = 0; i < doc->stated_count; i++) {
        uint16_t cell = cell_of(labels, doc->names, doc->stated[i].name);
        uint64_t bit = UINT64_C(1) << cell % 64;
        if (cell == CELL_NONE || (stated[cell / 64] & bit))
            return false;
        stated[cell / 64] |= bit;
    }
    return doc->stated_count > 0;
}

int stated_read(const struct labels *labels, const struct document *doc, struct report *report,
                struct stated_seen *seen)
{
    struct stated_seen met = {0};
    uint64_t stated[CATALOG_CELLS / 64] = {0};
    uint16_t place[CATALOG_CELLS], places = 0; /* of the fact of each cell that is stated */
    bool some = false;
    if (!look_up(labels, doc, stated))
        return 0;
    for (uint32_t i = 0; i < CATALOG_CELLS / 64; i++)
        for (uint64_t left = stated[i]; left; left &= left - 1)
            place[i * 64 + (uint32_t)__builtin_ctzll(left)] = places++;
    struct fact *facts = arena_array(report->arena, doc->stated_count, sizeof *facts);
    if (!facts)
        return -1;
    for (uint32_t i = 0; i < doc->stated_count; i++) {
        const struct stated_cell *s = &doc->stated[i];
        uint16_t cell = doc->names->cell[s->name];
        struct fact *fact = &facts[place[cell]];
        *fact = (struct fact){.cell = cell, .line = s->line};
        if (!read_text(labels->catalog->cells[cell].kind, s->text, fact))
            return 0;
        some = some || fact->state != STATE_BLANK;
        int table = labels->catalog->cells[cell].code[1] - '0';
        met.rows[table] |= labels->cell_rows[cell];
        met.cells[table]++;
    }
    if (!some)
        return 0;
    report->facts = facts;
    report->fact_count = doc->stated_count;
    report->fact_capacity = doc->stated_count;
    *seen = met;
    return 1;
}
