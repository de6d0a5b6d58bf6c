#include "core/recognise/runs.h"

#include <string.h>

enum { ROW_CELLS_MAX = 40, COLUMNS_3 = 7 };

void runs_text(const struct atoms *atoms, uint32_t from, uint32_t to, bool explanations,
               struct run_text *out)
{
    uint32_t begin = to;
    size_t total = 0;
    while (begin > from && total + atoms->atom[begin - 1].key_n <= RUN_TEXT_MAX) {
        begin--;
        total += atoms->atom[begin].kind == ATOM_TEXT ? atoms->atom[begin].key_n : 0;
    }
    out->n = 0;
    for (uint32_t i = begin; i < to; i++) {
        const struct atom *atom = &atoms->atom[i];
        for (uint32_t k = 0; atom->kind == ATOM_TEXT && k < atom->key_n; k++) {
            if (out->n == RUN_TEXT_MAX)
                break;
            out->c[out->n] = atoms->key[atom->key + k];
            out->tag[out->n++] = i;
        }
    }
    out->n = fold_unbracket(out->c, out->tag, out->n, explanations);
}

struct place_check {
    const struct labels *labels;
    const struct run_text *text;
};

/* A label begins where a cell or word does, behind its ordinal, or behind another label. */
static bool may_begin(const void *self, size_t begin, const struct label *label)
{
    const struct place_check *check = self;
    const struct run_text *t = check->text;
    size_t from = begin;
    (void)label;
    while (from > 0 && t->tag[from - 1] == t->tag[begin])
        from--;
    size_t n = begin - from;
    n -= fold_ordinal(t->c + from, n);
    if (n == 0)
        return true;
    from = begin - n;
    size_t end = begin;
    while (end > from && begin - end < 2 && fold_ordinal(t->c + end - 1, 1) == 1)
        end--;
    for (; end <= begin; end++)
        if (labels_find(check->labels, t->c + from, end - from))
            return true;
    static const uint16_t among[] = {0x5176, 0x4E2D}; /* 其中 */
    return n == 2 && memcmp(t->c + from, among, sizeof among) == 0;
}

const struct label *runs_suffix(const struct labels *labels, const struct run_text *text,
                                size_t end, size_t *length)
{
    struct place_check check = {labels, text};
    return labels_suffix(labels, text->c, end, may_begin, &check, length);
}

/* The label that ends the words before a run, and where it begins. */
struct found {
    const struct label *label;
    size_t length;
    uint32_t at; /* atom */
};

/* The one that ends the text before atom `to`, whichever way its brackets are taken. */
static struct found search(const struct runs *runs, uint32_t from, uint32_t to)
{
    struct found best = {0};
    for (int explanations = 0; explanations < 2; explanations++) {
        struct run_text text;
        size_t length = 0;
        runs_text(runs->atoms, from, to, explanations, &text);
        const struct label *label = runs_suffix(runs->labels, &text, text.n, &length);
        if (label && length > best.length)
            best = (struct found){label, length, text.tag[text.n - length]};
    }
    return best;
}

/* The entry of the folded words before atom `to`, each with a mark behind it; NULL where they are
 * too many to be remembered. */
static struct word *words_before(const struct runs *runs, uint32_t from, uint32_t to)
{
    const struct atoms *atoms = runs->atoms;
    uint16_t c[WORDS_MOST / sizeof(uint16_t)];
    size_t n = 0;
    for (uint32_t i = from; i < to; i++) {
        const struct atom *atom = &atoms->atom[i];
        size_t own = atom->kind == ATOM_TEXT ? atom->key_n : 0;
        if (n + own + 1 > sizeof c / sizeof *c)
            return NULL;
        if (own > 0)
            memcpy(c + n, atoms->key + atom->key, own * sizeof *c);
        n += own;
        c[n++] = 0;
    }
    return lexicon_entry(atoms->lexicon, (struct str){(const char *)c, n * sizeof *c});
}

static struct found find_label(const struct runs *runs, uint32_t from, uint32_t to)
{
    struct word *word = words_before(runs, from, to);
    if (word && word->known & WORD_RUN)
        return (struct found){word->label, word->label_n, to - word->label_back};
    struct found found = search(runs, from, to);
    if (word) {
        word->label = found.label;
        word->label_n = (uint16_t)found.length;
        word->label_back = found.label ? (uint16_t)(to - found.at) : 0;
        word->known |= WORD_RUN;
    }
    return found;
}

static const struct label *label_before(const struct runs *runs, uint32_t from, uint32_t to)
{
    return find_label(runs, from, to).label;
}

const struct label *runs_label(const struct runs *runs, struct run *run)
{
    if (run->text >= run->first)
        return NULL;
    struct found found = find_label(runs, run->text, run->first);
    if (found.label)
        run->label_line = runs->atoms->atom[found.at].line;
    return found.label;
}

uint32_t runs_own_text(const struct runs *runs, const struct run *run)
{
    const struct atom *atom = runs->atoms->atom;
    uint32_t i = run->first;
    while (i > run->text && atom[i - 1].row == atom[run->first].row)
        i--;
    return i;
}

bool runs_on_line(const struct runs *runs, const struct run *run)
{
    const struct atom *atom = &runs->atoms->atom[run->first];
    return !runs->atoms->row[atom->row].grid && !atoms_single(runs->atoms, atom);
}

static bool is_place(const struct atom *atom)
{
    return atom->kind == ATOM_FIGURE || atom->kind == ATOM_EMPTY || atom->kind == ATOM_WORDS;
}

static bool is_row_label(const struct label *label)
{
    return label_as(label, TABLE_NONE, PLACE_ROW) &&
           !label_as(label, TABLE_NONE, PLACE_HEADING);
}

/* In a row of a grid, words behind a row's label stand in the place of a figure when the row then
 * has as many places as the form. */
static void mark_words(const struct runs *runs, const struct atom_row *row)
{
    struct atom *atom = runs->atoms->atom;
    uint32_t end = row->first + row->count, words = 0, label_at = UINT32_MAX;
    const struct label *label = NULL;
    if (!row->grid || row->count > ROW_CELLS_MAX)
        return;
    while (end > row->first && atom[end - 1].kind == ATOM_EMPTY)
        end--;
    for (uint32_t i = row->first; i < end; i++) {
        if (atom[i].kind != ATOM_TEXT)
            continue;
        const struct label *l = label_before(runs, i, i + 1);
        if (!l) {
            words++;
            continue;
        }
        label = l;
        label_at = i;
        words = 0;
    }
    if (words == 0 || label_at == UINT32_MAX || !is_row_label(label))
        return;
    uint32_t places = end - label_at - 1;
    bool third = label_as(label, TABLE_3, PLACE_ROW), second = label_as(label, TABLE_2, PLACE_ROW);
    if (third ? places != 7 : second ? places > 3 : places != 1)
        return;
    for (uint32_t i = label_at + 1; i < end; i++)
        if (atom[i].kind == ATOM_TEXT)
            atom[i].kind = ATOM_WORDS;
}

static bool same_run(const struct runs *runs, const struct run *run, uint32_t at)
{
    const struct atom *last = &runs->atoms->atom[at - 1], *next = &runs->atoms->atom[at];
    (void)run;
    if (last->row == next->row)
        return true;
    return atoms_single(runs->atoms, last) && atoms_single(runs->atoms, next);
}

/* How many column labels of table 4 stand before a run. */
static int leaves_before(const struct runs *runs, const struct run *run)
{
    int leaves = 0;
    for (uint32_t i = run->text; i < run->first; i++) {
        const struct atom *atom = &runs->atoms->atom[i];
        if (atom->kind == ATOM_TEXT)
            leaves += label_as(labels_find(runs->labels, runs->atoms->key + atom->key,
                                           atom->key_n),
                               TABLE_4, PLACE_COLUMN) != NULL;
    }
    return leaves;
}

/* Whether empty cells alone stand for figures: they follow the label of a row. */
static bool keeps(const struct runs *runs, const struct run *run)
{
    if (run->filled > 0)
        return true;
    if (run->text == run->first)
        return false;
    const struct label *label = label_before(runs, run->text, run->first);
    return (label && is_row_label(label) && !label_as(label, TABLE_3, PLACE_COLUMN) &&
            !label_as(label, TABLE_4, PLACE_ROW)) ||
           (leaves_before(runs, run) >= 10 &&
            (run->count >= 15 ||
             run->first == runs->atoms->row[runs->atoms->atom[run->first].row].first));
}

/* Where the figures of rows that have all of them begin, at the least, in each grid: empty cells
 * before that are no cells of the form. */
static void find_low(struct runs *runs)
{
    const struct atoms *atoms = runs->atoms;
    for (uint32_t i = 0, end; i < runs->count; i = end) {
        uint32_t block = atoms->row[atoms->atom[runs->run[i].first].row].block, low = UINT32_MAX;
        for (end = i; end < runs->count; end++) {
            const struct run *run = &runs->run[end];
            uint32_t at = run->first;
            if (atoms->row[atoms->atom[run->first].row].block != block)
                break;
            while (run->filled == COLUMNS_3 && atoms->atom[at].kind == ATOM_EMPTY)
                at++;
            if (run->filled == COLUMNS_3 && atoms->atom[at].x < low)
                low = atoms->atom[at].x;
        }
        for (uint32_t k = i; k < end; k++) {
            bool grid = atoms->row[atoms->atom[runs->run[k].first].row].grid;
            runs->run[k].low = grid && low != UINT32_MAX ? low : 0;
        }
    }
}

int runs_find(struct runs *runs, const struct atoms *atoms)
{
    *runs = (struct runs){.atoms = atoms, .labels = atoms->labels};
    uint32_t text = 0;
    enum table_id context = TABLE_NONE;
    bool barrier = true;
    for (uint32_t r = 0; r < atoms->rows; r++)
        mark_words(runs, &atoms->row[r]);
    for (uint32_t i = 0; i < atoms->count;) {
        const struct atom *atom = &atoms->atom[i];
        const struct atom_row *row = &atoms->row[atom->row];
        if (atom->kind == ATOM_HEADING || atom->kind == ATOM_STOP) {
            context = atom->kind == ATOM_HEADING ? (enum table_id)atom->table : context;
            barrier = true;
            text = ++i;
            continue;
        }
        if (!is_place(atom)) {
            i++;
            continue;
        }
        struct run run = {.first = i, .text = text, .row = ROW_NONE, .context = context};
        run.barrier = barrier;
        while (i < atoms->count && is_place(&atoms->atom[i]) &&
               (i == run.first || same_run(runs, &run, i))) {
            run.filled += atoms->atom[i].kind != ATOM_EMPTY;
            i++;
        }
        run.count = i - run.first;
        /* places before the first label of a row of a grid: a merged cell, or a serial number */
        bool before = row->grid && run.first == row->first && i < row->first + row->count &&
                      run.count <= 2 && run.filled <= 1;
        if (before || !keeps(runs, &run))
            continue;
        if (arena_grow(atoms->arena, &runs->run, runs->count, &runs->capacity,
                       sizeof *runs->run) < 0)
            return -1;
        runs->run[runs->count++] = run;
        text = i;
        barrier = false;
    }
    find_low(runs);
    return 0;
}
