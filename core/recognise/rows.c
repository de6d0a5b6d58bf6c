/* rows.c - which row of which table a run is: first by labels known exactly, then, between those,
 * by likeness and the order of the form. */
#include <string.h>

#include "core/recognise/runs.h"

enum { LIKE_MAX = 160, NEAR = 40, STRETCH_MAX = 64 };

/* The text around a run; `own` is where that of its own line begins, own_n long. */
struct around {
    uint16_t c[LIKE_MAX];
    size_t n, own, own_n;
};

struct sought {
    struct runs *runs;
    enum table_id current; /* the table of the run before, or of the heading since */
    int last[TABLE_COUNT];
};

static const struct atom *atom_at(const struct runs *runs, uint32_t i)
{
    return &runs->atoms->atom[i];
}

/* Of several rows with one label, the next one in print order. */
static int row_of(const struct sought *sought, const struct label *label, enum table_id table)
{
    int row = ROW_NONE, first = ROW_NONE;
    for (; label; label = label->same) {
        const struct meaning *m = &label->meaning;
        if (m->table != table || m->place != PLACE_ROW)
            continue;
        if (first == ROW_NONE || m->index < first)
            first = m->index;
        if (m->index > sought->last[table] && (row == ROW_NONE || m->index < row))
            row = m->index;
    }
    return row == ROW_NONE ? first : row;
}

static enum table_id table_with_row(const struct sought *sought, const struct label *label)
{
    static const enum table_id order[] = {TABLE_3, TABLE_2, TABLE_1};
    if (sought->current && sought->current != TABLE_4 &&
        label_as(label, sought->current, PLACE_ROW))
        return sought->current;
    for (int i = 0; i < 3; i++)
        if (label_as(label, order[i], PLACE_ROW))
            return order[i];
    return TABLE_NONE;
}

/* 其他 and 总计 are rows, columns and groups: as a row only where table 3 has one. */
static bool weak_fits(const struct sought *sought, const struct label *label)
{
    const struct table_labels *t = &sought->runs->labels->table[TABLE_3];
    int last = sought->last[TABLE_3], row = row_of(sought, label, TABLE_3);
    if (sought->current != TABLE_3 || last < 0)
        return false;
    if (row == labels_row(t, "other_misc"))
        return last >= labels_row(t, "refused_confirm") && last < labels_row(t, "handled");
    return row > last && last >= labels_row(t, "granted");
}

/* Counts what table 4 prints above its figures. */
static int labels_of_four(const struct runs *runs, const struct run *run, bool *block)
{
    int leaves = 0;
    *block = false;
    for (uint32_t i = run->text; i < run->first; i++) {
        const struct atom *atom = atom_at(runs, i);
        if (atom->kind != ATOM_TEXT)
            continue;
        const struct label *l = labels_find(runs->labels, runs->atoms->key + atom->key,
                                            atom->key_n);
        leaves += label_as(l, TABLE_4, PLACE_COLUMN) != NULL;
        *block |= label_as(l, TABLE_4, PLACE_ROW) || label_as(l, TABLE_4, PLACE_GROUP);
    }
    return leaves;
}

static bool is_four(const struct sought *sought, const struct run *run, const struct label *label)
{
    bool block, here = sought->current == TABLE_4;
    int leaves = labels_of_four(sought->runs, run, &block);
    bool leaf = label_as(label, TABLE_4, PLACE_COLUMN), row = label_as(label, TABLE_4, PLACE_ROW);
    if (run->count >= 10)
        return here || (block && leaves > 0) || leaves >= 5;
    if (run->count >= 5)
        return (here && (leaves >= 4 || row || block)) || (block && (leaves >= 4 || row));
    return (here || block) && (leaf || row) && run->filled > 0;
}

static void give(struct sought *sought, struct run *run, enum table_id table, int row)
{
    run->table = table;
    run->row = row;
    run->certainty = ROW_EXACT;
    sought->current = table;
    sought->last[table] = row;
}

static void assign_exact(struct sought *sought, struct run *run)
{
    struct runs *runs = sought->runs;
    const struct label *label = run->text < run->first ? runs_label(runs, run) : NULL;
    if (run->barrier && run->context)
        sought->current = run->context;
    enum table_id table = table_with_row(sought, label);
    bool weak = label && (label_as(label, TABLE_3, PLACE_COLUMN) ||
                          label_as(label, TABLE_4, PLACE_ROW) ||
                          label_as(label, TABLE_4, PLACE_COLUMN));
    if (table && !weak) {
        give(sought, run, table, row_of(sought, label, table));
        return;
    }
    if (is_four(sought, run, label)) {
        run->table = TABLE_4;
        run->certainty = ROW_EXACT;
        sought->current = TABLE_4;
        return;
    }
    if (table && weak_fits(sought, label)) {
        give(sought, run, TABLE_3, row_of(sought, label, TABLE_3));
        return;
    }
    run->table = sought->current;
    if (label_as(label, sought->current, PLACE_GROUP))
        run->certainty = ROW_EXTRA;
}

/* The first characters of the text behind a run, up to the line of the next one: perhaps the rest
 * of its label. */
static void tail_text(const struct runs *runs, const struct run *run, struct run_text *out)
{
    const struct run *next = run + 1, *end = runs->run + runs->count;
    out->n = 0;
    if (next == end || next->barrier)
        return;
    uint32_t from = next->text;
    if (next->is_rest && next + 1 < end && !next[1].barrier)
        next++;
    runs_text(runs->atoms, from, next->is_rest ? next->first : runs_own_text(runs, next), true, out);
    out->n = out->n < NEAR ? out->n : NEAR;
}

/* The label may go on behind the figures: the longest label that ends there and began before. */
static void stretch(struct sought *sought, struct run *run)
{
    struct runs *runs = sought->runs;
    struct run_text text, tail;
    if (run->table == TABLE_4 || !runs_on_line(runs, run) || run->text == run->first)
        return;
    tail_text(runs, run, &tail);
    if (tail.n == 0)
        return;
    runs_text(runs->atoms, run->text, run->first, true, &text);
    for (size_t k = 0; k < tail.n && text.n < RUN_TEXT_MAX; k++) {
        size_t length = 0, before = text.n - k;
        text.c[text.n] = tail.c[k];
        text.tag[text.n++] = tail.tag[k];
        const struct label *label = runs_suffix(runs->labels, &text, text.n, &length);
        enum table_id table = table_with_row(sought, label);
        if (!table || length <= k + 1 || before == 0)
            continue;
        run->table = table;
        run->row = row_of(sought, label, table);
        run->certainty = ROW_EXACT;
        run->tail = true;
    }
}

/* Length of the longest common subsequence. */
static int common(const uint16_t *a, size_t n, const uint16_t *b, size_t m)
{
    uint8_t row[LABEL_MAX + 1] = {0};
    m = m < LABEL_MAX ? m : LABEL_MAX;
    for (size_t i = 0; i < n; i++) {
        uint8_t diagonal = 0;
        for (size_t k = 1; k <= m; k++) {
            uint8_t above = row[k];
            if (a[i] == b[k - 1])
                row[k] = (uint8_t)(diagonal + 1);
            else if (row[k - 1] > above)
                row[k] = row[k - 1];
            diagonal = above;
        }
    }
    return row[m];
}

/* How like the text around a run, the last `own` characters before `tail` of it in the run's own
 * line, is to a row's label: above 0 from four characters of ten on, when it also explains half of
 * what stands in the line itself. */
static int likeness(const struct runs *runs, const struct run *run, const struct around *text,
                    int row, int *hundredths)
{
    int best = 0;
    const struct wording *w = runs->labels->table[run->table].wording[row];
    *hundredths = 0;
    for (; w; w = w->next) {
        int most = common(text->c, text->n, w->key, w->n);
        int own = common(text->c + text->own, text->own_n, w->key, w->n);
        int score = most >= 2 && 2 * own >= (int)text->own_n ? 5 * most - 2 * w->n : 0;
        if (score <= best)
            continue;
        best = score;
        *hundredths = 100 * most / w->n;
    }
    return best;
}

static void surroundings(const struct runs *runs, uint32_t at, struct around *out)
{
    const struct run *run = &runs->run[at];
    struct run_text text;
    out->n = 0;
    runs_text(runs->atoms, run->text, run->first, true, &text);
    size_t skip = text.n > LIKE_MAX - NEAR ? text.n - (LIKE_MAX - NEAR) : 0;
    uint32_t line = atom_at(runs, run->first)->row;
    out->own = text.n - skip;
    for (size_t i = skip; i < text.n; i++) {
        if (out->own == text.n - skip && atom_at(runs, text.tag[i])->row == line)
            out->own = i - skip;
        out->c[out->n++] = text.c[i];
    }
    out->own_n = out->n - out->own;
    if (runs_on_line(runs, run)) {
        tail_text(runs, run, &text);
        for (size_t i = 0; i < text.n; i++)
            out->c[out->n++] = text.c[i];
    }
}

/* Gives the runs from `from` up to `to`, none known, the rows between `low` and `high` that fit
 * them best in order. */
static void align(struct runs *runs, uint32_t from, uint32_t to, int low, int high)
{
    uint32_t m = to - from;
    int n = high - low - 1;
    int best[STRETCH_MAX + 1][TABLE_ROWS + 1] = {{0}}, like[STRETCH_MAX][TABLE_ROWS];
    if (m > STRETCH_MAX || n <= 0 || n > TABLE_ROWS)
        return;
    for (uint32_t i = 0; i < m; i++) {
        struct around text = {.n = 0};
        const struct run *run = &runs->run[from + i];
        if (run->certainty == ROW_UNKNOWN)
            surroundings(runs, from + i, &text);
        for (int j = 0; j < n; j++) {
            int hundredths;
            like[i][j] = text.n ? likeness(runs, run, &text, low + 1 + j, &hundredths) : 0;
        }
    }
    for (uint32_t i = 1; i <= m; i++)
        for (int j = 1; j <= n; j++) {
            int skip = best[i - 1][j] > best[i][j - 1] ? best[i - 1][j] : best[i][j - 1];
            int take = like[i - 1][j - 1] > 0 ? best[i - 1][j - 1] + like[i - 1][j - 1] : 0;
            best[i][j] = take > skip ? take : skip;
        }
    for (uint32_t i = m, j = (uint32_t)n; i > 0 && j > 0;) {
        struct run *run = &runs->run[from + i - 1];
        if (best[i][j] == best[i][j - 1]) {
            j--;
        } else if (best[i][j] == best[i - 1][j]) {
            i--;
        } else {
            struct around text;
            int hundredths;
            surroundings(runs, from + i - 1, &text);
            run->row = low + (int)j;
            likeness(runs, run, &text, run->row, &hundredths);
            run->certainty = hundredths >= 60 ? ROW_LIKELY : ROW_GUESSED;
            i--;
            j--;
        }
    }
}

static bool is_known(const struct run *run)
{
    return run->certainty == ROW_EXACT && run->table != TABLE_4;
}

/* Tables of runs that stand before the first known one of a table without a heading. */
static void inherit(struct runs *runs)
{
    for (uint32_t i = runs->count; i-- > 1;) {
        struct run *run = &runs->run[i - 1], *next = run + 1;
        if (!run->table && !next->barrier && is_known(next))
            run->table = next->table;
    }
}

static void assign_likely(struct runs *runs)
{
    for (uint32_t i = 0; i < runs->count;) {
        enum table_id table = runs->run[i].table;
        if (runs->run[i].certainty == ROW_EXTRA || is_known(&runs->run[i]) || !table ||
            table == TABLE_4) {
            i++;
            continue;
        }
        uint32_t end = i;
        while (end < runs->count && runs->run[end].table == table && !is_known(&runs->run[end]))
            end++;
        int low = -1, high = (int)runs->labels->table[table].rows;
        for (uint32_t k = i; k > 0 && runs->run[k - 1].table == table; k--)
            if (is_known(&runs->run[k - 1])) {
                low = runs->run[k - 1].row;
                break;
            }
        if (end < runs->count && is_known(&runs->run[end]) && runs->run[end].table == table)
            high = runs->run[end].row;
        align(runs, i, end, low, high);
        i = end;
    }
}

void runs_assign(struct runs *runs)
{
    struct sought sought = {.runs = runs};
    for (int t = 0; t < TABLE_COUNT; t++)
        sought.last[t] = -1;
    for (uint32_t i = 0; i < runs->count; i++) {
        if (runs->run[i].is_rest) {
            runs->run[i].table = sought.current;
            runs->run[i].certainty = ROW_EXTRA;
            continue;
        }
        assign_exact(&sought, &runs->run[i]);
        stretch(&sought, &runs->run[i]);
        if (is_known(&runs->run[i]))
            sought.last[runs->run[i].table] = runs->run[i].row;
    }
    inherit(runs);
    assign_likely(runs);
}
