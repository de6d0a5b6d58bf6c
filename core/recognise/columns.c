#include "core/recognise/columns.h"

#include <stdlib.h>
#include <string.h>

#include "core/text/number.h"

enum { THIRD = 7 };

static const struct atom *atom_at(const struct columns *c, uint32_t i)
{
    return &c->runs->atoms->atom[i];
}

/* The columns of a row of table 2 in one form, in print order. */
static uint32_t form_columns(const struct columns *c, int row, int form, uint8_t out[PLACES_MAX])
{
    const struct table_labels *t = &c->labels->table[TABLE_2];
    uint32_t n = 0;
    for (uint32_t k = 0; k < t->columns && k < PLACES_MAX; k++) {
        uint16_t cell = t->cell[row][k];
        if (cell != CELL_NONE && c->labels->cell_forms[cell] >> form & 1)
            out[n++] = (uint8_t)k;
    }
    return n;
}

static int shared(const uint8_t *a, uint32_t n, const uint8_t *b, uint32_t m)
{
    int found = 0;
    for (uint32_t i = 0; i < n; i++)
        found += memchr(b, a[i], m) != NULL;
    return found;
}

/* The form whose columns the header above a row of table 2 names; -1: it names none. */
static int form_by_header(const struct columns *c, int row)
{
    const struct header *h = &c->header[TABLE_2];
    int best = -1, most = -100;
    for (uint32_t f = 0; f < c->labels->catalog->form_count; f++) {
        uint8_t columns[PLACES_MAX];
        uint32_t n = form_columns(c, row, (int)f, columns);
        int both = n ? shared(columns, n, h->order, h->count) : 0;
        int score = 2 * both - (int)n;
        if (both > 0 && score > most) {
            most = score;
            best = (int)f;
        }
    }
    return best;
}

/* The form of a row of table 2 when its header was lost: by the number of figures, then by what
 * the rest of the table says. */
static int form_by_count(const struct columns *c, const struct run *run)
{
    int fits = -1, count = 0;
    for (uint32_t f = 0; f < c->labels->catalog->form_count; f++) {
        uint8_t columns[PLACES_MAX];
        uint32_t n = form_columns(c, run->row, (int)f, columns);
        if (n == 0)
            continue;
        bool fit = run->filled == 0 || run->count == n || run->filled == n;
        if (fit && (int)f == c->second_form)
            return (int)f;
        if (fit && count++ == 0)
            fits = (int)f;
    }
    return count == 1 ? fits : -1;
}

static void vote(const struct columns *c, const struct run *run, int votes[CATALOG_FORMS])
{
    int in = -1, forms = 0, form = form_by_header(c, run->row);
    for (uint32_t f = 0; f < c->labels->catalog->form_count; f++) {
        uint8_t columns[PLACES_MAX];
        if (form_columns(c, run->row, (int)f, columns) > 0) {
            in = (int)f;
            forms++;
        }
    }
    if (form >= 0)
        votes[form] += 2;
    if (forms == 1)
        votes[in] += 3;
}

/* Centres of the seven columns in text lines, when enough whole rows agree. */
static void find_centres(struct columns *c)
{
    uint64_t sum[THIRD] = {0};
    uint32_t rows = 0;
    for (uint32_t i = 0; i < c->runs->count; i++) {
        const struct run *run = &c->runs->run[i];
        const struct atom_row *row = &c->runs->atoms->row[atom_at(c, run->first)->row];
        if (run->table != TABLE_3 || run->count != THIRD || row->grid || row->count < THIRD)
            continue;
        for (uint32_t k = 0; k < THIRD; k++)
            sum[k] += atom_at(c, run->first + k)->x + atom_at(c, run->first + k)->end;
        rows++;
    }
    c->centred = rows >= 3;
    for (uint32_t k = 0; k < THIRD && rows; k++)
        c->centre[k] = (uint32_t)(sum[k] / rows);
}

static int64_t value_at(const struct columns *c, uint32_t atom)
{
    struct number number = number_read(atom_at(c, atom)->text);
    int64_t value = 0;
    return number.state == NUMBER_VALUE && number_count(&number, &value) ? value : 0;
}

/* Whether six figures are five parts and their total rather than six parts. */
static bool has_total(const struct columns *c, const struct run *run)
{
    int64_t sum = 0, last = value_at(c, run->first + THIRD - 2);
    for (uint32_t k = 0; k + 2 < THIRD; k++)
        sum += value_at(c, run->first + k);
    return sum == last && last != 0;
}

/* Whether six figures cannot be five parts and their total: the last is less than the others. */
static bool has_no_total(const struct columns *c, const struct run *run)
{
    int64_t sum = 0;
    for (uint32_t k = 0; k + 2 < THIRD; k++)
        sum += value_at(c, run->first + k);
    return value_at(c, run->first + THIRD - 2) < sum;
}

/* Whether rows of six figures are the six columns before 总计: in a third of them the last is less
 * than the others are; or, where some rows have all seven, the columns add up to the row (七)总计
 * and few rows look like five parts and a total. */
static bool six_are_parts(const struct columns *c, bool sums)
{
    const struct table_labels *t = &c->labels->table[TABLE_3];
    int64_t sum[THIRD] = {0};
    uint32_t filled = 0, totals = 0, agree = 0, below = 0;
    int first = labels_row(t, "granted"), all = labels_row(t, "handled");
    const struct run *handled = NULL;
    for (uint32_t i = 0; i < c->runs->count; i++) {
        const struct run *run = &c->runs->run[i];
        if (run->table != TABLE_3 || run->certainty < ROW_EXACT)
            continue;
        if (run->row == all && run->filled >= THIRD - 1 && run->count >= THIRD - 1)
            handled = run;
        if (run->filled != THIRD - 1 || run->count < THIRD - 1)
            continue;
        int64_t any = 0;
        for (uint32_t k = 0; k + 1 < THIRD; k++) {
            int64_t value = value_at(c, run->first + k);
            any |= value;
            sum[k] += run->row >= first && run->row < all ? value : 0;
        }
        filled += any != 0;
        totals += has_total(c, run);
        below += has_no_total(c, run);
    }
    for (uint32_t k = 0; k + 1 < THIRD && handled; k++)
        agree += sum[k] == value_at(c, handled->first + k);
    if (below >= 3 && below * 3 >= filled)
        return true;
    return sums && totals * 3 <= filled && (!handled || agree >= 4 || filled == 0);
}

/* 总计 filled on a few rows only: most rows of table 3 have six figures, and then an empty cell or
 * nothing; all others are those that the form adds up. */
static void find_pattern(struct columns *c)
{
    const struct table_labels *t = &c->labels->table[TABLE_3];
    uint32_t six = 0, sums = 0, others = 0;
    for (uint32_t i = 0; i < c->runs->count; i++) {
        const struct run *run = &c->runs->run[i];
        if (run->table != TABLE_3 || run->certainty < ROW_EXACT)
            continue;
        bool first = atom_at(c, run->first)->kind != ATOM_EMPTY;
        bool last = run->filled && atom_at(c, run->first + run->count - 1)->kind != ATOM_EMPTY;
        c->pads_left |= run->filled == THIRD && !first;
        if (run->filled == THIRD - 1 && (run->count == THIRD - 1 || (first && !last)))
            six++;
        else if (run->filled == THIRD)
            sums += run->row == labels_row(t, "new") || run->row == labels_row(t, "carried_in") ||
                    run->row == labels_row(t, "handled") ||
                    run->row == labels_row(t, "carried_out");
        else if (first)
            others++;
    }
    c->total_blank = six >= 10 && others == 0 && six_are_parts(c, sums > 0);
    c->totals_rare = six >= 10;
}

void columns_begin(struct columns *columns, const struct runs *runs)
{
    int votes[CATALOG_FORMS] = {0}, most = 0;
    *columns = (struct columns){.runs = runs, .labels = runs->labels, .second_form = -1};
    for (int t = 0; t < TABLE_COUNT; t++)
        header_forget(&columns->header[t]);
    for (uint32_t i = 0; i < runs->count; i++) {
        const struct run *run = &runs->run[i];
        if (run->table != TABLE_2)
            continue;
        headers_read(columns, run);
        if (run->row >= 0)
            vote(columns, run, votes);
    }
    for (int f = 0; f < CATALOG_FORMS; f++)
        if (votes[f] > most) {
            most = votes[f];
            columns->second_form = f;
        }
    header_forget(&columns->header[TABLE_2]);
    find_centres(columns);
    find_pattern(columns);
}

/* Whether a cell of a row above reaches down over this place. */
static bool covered(const struct columns *c, const struct run *run, uint32_t x)
{
    const struct atom_row *row = &c->runs->atoms->row[atom_at(c, run->first)->row];
    const struct grid_place *p = row->place;
    return p && x < p->columns && p->cell[(size_t)row->grid_row * p->columns + x] != UINT32_MAX;
}

/* Places figures below their header: every column has its own place, every figure stands in one,
 * and all labels of the row stand before. */
static bool place_by_header(const struct columns *c, const struct run *run, const uint8_t *list,
                            uint32_t n, uint32_t out[PLACES_MAX])
{
    const struct header *h = &c->header[run->table];
    const struct atom_row *row = &c->runs->atoms->row[atom_at(c, run->first)->row];
    uint32_t low = UINT32_MAX, high = 0, hits = 0;
    if (!row->grid || h->block != row->block)
        return false;
    if (row->text && run->filled > 0 && run->count < n)
        return false;
    for (uint32_t k = 0; k < n; k++) {
        if (h->x[list[k]] == UINT32_MAX)
            return false;
        for (uint32_t j = 0; j < k; j++)
            if (h->x[list[j]] == h->x[list[k]])
                return false;
        low = h->x[list[k]] < low ? h->x[list[k]] : low;
        high = h->end[list[k]] > high ? h->end[list[k]] : high;
        out[k] = PLACE_UNKNOWN;
    }
    if (run->first > row->first && atom_at(c, run->first - 1)->end > low)
        return false;
    for (uint32_t i = run->first; i < run->first + run->count; i++) {
        const struct atom *atom = atom_at(c, i);
        uint32_t over = 0;
        for (uint32_t k = 0; k < n; k++) {
            if (atom->x >= h->end[list[k]] || atom->end <= h->x[list[k]])
                continue;
            if (out[k] == PLACE_UNKNOWN || atom_at(c, out[k])->kind == ATOM_EMPTY)
                out[k] = i;
            else if (atom->kind != ATOM_EMPTY)
                return false;
            over++;
        }
        /* behind the form's columns there may be one more, 备注, with a header of its own */
        bool beyond = over == 0 && atom->x >= high && atom->end <= h->width;
        if (atom->kind != ATOM_EMPTY && over != 1 && !beyond)
            return false;
        hits += atom->kind != ATOM_EMPTY;
    }
    for (uint32_t k = 0; k < n; k++)
        if (out[k] == PLACE_UNKNOWN && !covered(c, run, h->x[list[k]]))
            out[k] = PLACE_BLANK;
    return hits == run->filled;
}

/* Whether the last of the placed figures is there and is the sum of the others. */
static bool adds_up(const struct columns *c, const uint32_t at[PLACES_MAX])
{
    int64_t sum = 0, value;
    for (uint32_t k = 0; k < THIRD; k++) {
        bool none = at[k] == PLACE_UNSTATED || at[k] == PLACE_BLANK || at[k] == PLACE_UNKNOWN;
        if (none && k + 1 < THIRD)
            continue;
        struct number number = none ? (struct number){.state = NUMBER_OTHER}
                                    : number_read(atom_at(c, at[k])->text);
        if (number.state != NUMBER_VALUE || !number_count(&number, &value))
            return false;
        sum += k + 1 < THIRD ? value : -value;
    }
    return sum == 0;
}

/* Places by count: n figures for n columns. A wider table pads its rows with empty cells; how many
 * stand before the figures is `shift`. */
static enum placing place_by_count(const struct columns *c, const struct run *run, uint32_t n,
                                   uint32_t out[PLACES_MAX])
{
    uint32_t first = run->first, end = run->first + run->count, lead = 0, trail = 0;
    if (run->filled == 0) {
        for (uint32_t k = 0; k < n; k++)
            out[k] = k < run->count ? run->first + k : PLACE_BLANK;
        return PLACING_CERTAIN;
    }
    if (run->filled == n && run->count > n) {
        for (uint32_t k = 0, i = run->first; k < n; i++)
            if (atom_at(c, i)->kind != ATOM_EMPTY)
                out[k++] = i;
        /* an empty cell among them may be one of the form's, and the last figure a remark */
        bool whole = out[n - 1] - out[0] == n - 1 &&
                     (out[0] == run->first || atom_at(c, out[0] - 1)->x < run->low);
        return run->table != TABLE_3 || whole || adds_up(c, out) ? PLACING_CERTAIN
                                                                : PLACING_FAILED;
    }
    while (atom_at(c, first)->kind == ATOM_EMPTY && atom_at(c, first)->x < run->low)
        first++;
    if (end - first < n)
        return PLACING_FAILED;
    while (atom_at(c, first + lead)->kind == ATOM_EMPTY)
        lead++;
    while (atom_at(c, end - 1 - trail)->kind == ATOM_EMPTY)
        trail++;
    uint32_t over = end - first - n, least = over > trail ? over - trail : 0;
    uint32_t most = lead < over ? lead : over, shift = least;
    bool choice = run->table == TABLE_3 && c->pads_left && least < most;
    if (least > most || (choice && !c->total_blank))
        return PLACING_FAILED;
    if (choice)
        shift = most;
    for (uint32_t k = 0; k < n; k++)
        out[k] = first + shift + k;
    return choice ? PLACING_BY_PATTERN : PLACING_CERTAIN;
}

/* Places the figures of a line that has fewer than its table by where they stand, when they add
 * up there. What is not there may be blank or lost: it is not stated. */
static bool place_by_centre(const struct columns *c, const struct run *run,
                            uint32_t out[PLACES_MAX])
{
    const struct atom_row *row = &c->runs->atoms->row[atom_at(c, run->first)->row];
    if (!c->centred || row->grid || run->count >= THIRD || row->count < 2)
        return false;
    for (uint32_t k = 0; k < THIRD; k++)
        out[k] = PLACE_UNSTATED;
    for (uint32_t i = run->first; i < run->first + run->count; i++) {
        int64_t centre = (int64_t)atom_at(c, i)->x + atom_at(c, i)->end;
        uint32_t best = 0;
        for (uint32_t k = 1; k < THIRD; k++)
            if (llabs(centre - c->centre[k]) < llabs(centre - c->centre[best]))
                best = k;
        int64_t off = llabs(centre - c->centre[best]);
        int64_t gap = best + 1 < THIRD ? c->centre[best + 1] - (int64_t)c->centre[best]
                                       : (int64_t)c->centre[best] - c->centre[best - 1];
        if (out[best] != PLACE_UNSTATED || off * 3 > gap)
            return false;
        out[best] = i;
    }
    return adds_up(c, out);
}

static enum placing place_third(struct columns *c, const struct run *run,
                                uint32_t out[PLACES_MAX])
{
    enum placing how = place_by_count(c, run, THIRD, out);
    /* where most rows have no total, the seventh figure of one may be a page number */
    if (how != PLACING_FAILED && c->totals_rare && run->filled == THIRD && !adds_up(c, out))
        return PLACING_FAILED;
    if (how != PLACING_FAILED)
        return how;
    if (c->total_blank && run->count == THIRD - 1 && !has_total(c, run)) {
        for (uint32_t k = 0; k < THIRD; k++)
            out[k] = k < THIRD - 1 ? run->first + k : PLACE_BLANK;
        return PLACING_BY_PATTERN;
    }
    return place_by_centre(c, run, out) ? PLACING_BY_PLACE : PLACING_FAILED;
}

static enum placing place_second(struct columns *c, const struct run *run,
                                 struct placed out[PLACES_MAX], uint32_t *places)
{
    const struct header *h = &c->header[TABLE_2];
    int form = form_by_header(c, run->row);
    if (form < 0)
        form = form_by_count(c, run);
    uint8_t list[PLACES_MAX];
    uint32_t at[PLACES_MAX], n = form < 0 ? 0 : form_columns(c, run->row, form, list);
    if (n == 0)
        return PLACING_FAILED;
    if (h->count == n && shared(list, n, h->order, n) == (int)n)
        memcpy(list, h->order, n);
    if (!place_by_header(c, run, list, n, at) &&
        place_by_count(c, run, n, at) == PLACING_FAILED)
        return PLACING_FAILED;
    for (uint32_t k = 0; k < n; k++)
        out[k] = (struct placed){c->labels->table[TABLE_2].cell[run->row][list[k]], at[k]};
    *places = n;
    return PLACING_CERTAIN;
}

/* The figure of a row of table 1 in the column of totals, beside those of other columns. */
static bool place_in_total(const struct columns *c, const struct run *run, uint32_t *at)
{
    const struct header *h = &c->header[TABLE_1];
    const struct atom_row *row = &c->runs->atoms->row[atom_at(c, run->first)->row];
    uint32_t end = run->first + run->count, found = 0;
    if (!row->grid || h->block != row->block || h->count != 1 ||
        (row->text && atom_at(c, row->first + row->count - 1)->end != h->width))
        return false;
    for (uint32_t i = run->first; i < end; i++)
        if (atom_at(c, i)->x < h->end[0] && atom_at(c, i)->end > h->x[0]) {
            *at = i;
            found++;
        }
    return found == 1 && atom_at(c, *at)->x == h->x[0] && atom_at(c, *at)->end == h->end[0];
}

static enum placing place_first(struct columns *c, const struct run *run,
                                struct placed out[PLACES_MAX], uint32_t *places)
{
    uint32_t at[PLACES_MAX];
    enum placing how = PLACING_CERTAIN;
    if (run->count > 1 && place_in_total(c, run, at))
        how = run->filled > 1 ? PLACING_BY_COLUMN : PLACING_CERTAIN;
    else if (place_by_count(c, run, 1, at) == PLACING_FAILED)
        return PLACING_FAILED;
    out[0] = (struct placed){c->labels->table[TABLE_1].cell[run->row][0], at[0]};
    *places = 1;
    return how;
}

enum placing columns_place(struct columns *c, const struct run *run,
                           struct placed out[PLACES_MAX], uint32_t *places)
{
    headers_read(c, run);
    *places = 0;
    if (run->row < 0)
        return PLACING_FAILED;
    if (run->table == TABLE_2)
        return place_second(c, run, out, places);
    if (run->table == TABLE_1)
        return place_first(c, run, out, places);
    const struct header *h = &c->header[TABLE_3];
    static const uint8_t usual[THIRD] = {0, 1, 2, 3, 4, 5, 6};
    uint32_t at[PLACES_MAX];
    bool by_header = place_by_header(c, run, usual, THIRD, at);
    enum placing how = by_header ? PLACING_CERTAIN : place_third(c, run, at);
    const uint8_t *order = !by_header && h->count == THIRD ? h->order : usual;
    for (uint32_t k = 0; k < THIRD && how; k++)
        out[k] = (struct placed){c->labels->table[TABLE_3].cell[run->row][order[k]], at[k]};
    *places = how ? THIRD : 0;
    return how;
}
