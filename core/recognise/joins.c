#include "core/recognise/joins.h"

#include <string.h>

#include "core/text/number.h"

enum { THIRD = 7, FOURTH = 15, BLOCK = 5, SPLIT_MAX = 4, PARTS_MAX = FOURTH + SPLIT_MAX };
enum { REST_WORDS = 8, LINES_MAX = 4, GAP_MAX = 3 };

/* The texts of a run's figures, while it is tried what they may be. */
struct trial {
    struct str text[PARTS_MAX];
    uint32_t n;
};

static bool value_of(struct str text, int64_t *value)
{
    struct number number = number_read(text);
    *value = 0;
    return number.state != NUMBER_OTHER &&
           (number.state != NUMBER_VALUE || number_count(&number, value));
}

/* Whether every total of a whole row is the sum of its parts. */
static bool adds_up(const struct trial *trial)
{
    uint32_t group = trial->n == THIRD ? THIRD : BLOCK;
    if (trial->n != THIRD && trial->n != FOURTH)
        return false;
    for (uint32_t i = 0; i < trial->n; i += group) {
        int64_t sum = 0, value;
        for (uint32_t k = 0; k < group; k++) {
            if (!value_of(trial->text[i + k], &value))
                return false;
            sum += k + 1 < group ? value : -value;
        }
        if (sum != 0)
            return false;
    }
    return true;
}

static struct str glue(struct arena *arena, struct str a, struct str b)
{
    char *p = arena_alloc(arena, a.n + b.n + 1);
    if (!p)
        return (struct str){0};
    memcpy(p, a.p, a.n);
    memcpy(p + a.n, b.p, b.n);
    return (struct str){p, a.n + b.n};
}

static void take(const struct runs *runs, const struct run *run, struct trial *trial)
{
    trial->n = run->count;
    for (uint32_t i = 0; i < run->count && i < PARTS_MAX; i++)
        trial->text[i] = runs->atoms->atom[run->first + i].text;
}

/* Puts together the figures of a run and those of a neighbouring line that stand in the same
 * columns, before or behind them. False when memory ran out, or the columns are others. */
static bool glue_lines(const struct runs *runs, const struct run *run, const struct run *part,
                       bool before, struct trial *out)
{
    const struct atom *atom = runs->atoms->atom;
    uint32_t k = 0;
    take(runs, run, out);
    for (uint32_t j = part->first; j < part->first + part->count; j++, k++) {
        while (k < run->count && atom[run->first + k].x != atom[j].x)
            k++;
        if (k >= run->count || k >= PARTS_MAX)
            return false;
        out->text[k] = before ? glue(runs->atoms->arena, atom[j].text, out->text[k])
                              : glue(runs->atoms->arena, out->text[k], atom[j].text);
        if (!out->text[k].p)
            return false;
    }
    return true;
}

/* Whether figures on a neighbouring line may be parts of those of a run: not when the row adds up
 * without them and does not with them. */
static bool may_be_cut(const struct runs *runs, const struct run *run, const struct run *part,
                       bool before)
{
    struct trial plain, joined;
    if (run->count > PARTS_MAX || run->count == 1)
        return true;
    take(runs, run, &plain);
    return !adds_up(&plain) ||
           (glue_lines(runs, run, part, before, &joined) && adds_up(&joined));
}

static enum joining join_cut(struct runs *runs, struct run *run, const struct run *part,
                             bool before)
{
    struct trial joined;
    if (run->count > PARTS_MAX || run->count == 1 ||
        !glue_lines(runs, run, part, before, &joined) || !adds_up(&joined))
        return JOIN_UNSURE;
    for (uint32_t i = 0; i < run->count; i++)
        runs->atoms->atom[run->first + i].text = joined.text[i];
    return JOIN_DONE;
}

/* Whether two runs stand on lines that follow each other, but for a line of words perhaps. */
static bool neighbours(const struct runs *runs, const struct run *run, const struct run *next)
{
    const struct atom *a = &runs->atoms->atom[run->first], *b = &runs->atoms->atom[next->first];
    return !next->barrier && runs_on_line(runs, run) && runs_on_line(runs, next) &&
           b->row > a->row && b->row <= a->row + 2 && b->line <= a->line + GAP_MAX;
}

/* Whether every figure of `part` begins in the column of one of `whole`. */
static bool same_columns(const struct runs *runs, const struct run *part, const struct run *whole)
{
    const struct atom *atom = runs->atoms->atom;
    uint32_t k = whole->first, end = whole->first + whole->count;
    for (uint32_t j = part->first; j < part->first + part->count; j++, k++) {
        while (k < end && atom[k].x != atom[j].x)
            k++;
        if (k >= end || number_read(atom[k].text).state == NUMBER_NA ||
            number_read(atom[j].text).state == NUMBER_NA)
            return false;
    }
    return part->count > 0;
}

static size_t own_words(const struct runs *runs, const struct run *run)
{
    size_t words = 0;
    for (uint32_t i = runs_own_text(runs, run); i < run->first; i++)
        words += runs->atoms->atom[i].key_n;
    return words;
}

static bool has_row_label(const struct runs *runs, struct run *run)
{
    return label_as(runs_label(runs, run), TABLE_NONE, PLACE_ROW) != NULL;
}

/* Figures cut at the edge of their column go on in the next line, right below: fewer of them and
 * without a label of their own. */
static bool goes_on(const struct runs *runs, const struct run *run, struct run *next)
{
    bool fewer = run->count == 1 ? next->count == 1 && own_words(runs, next) <= REST_WORDS
                                 : next->count < run->count;
    return fewer && neighbours(runs, run, next) && same_columns(runs, next, run) &&
           !has_row_label(runs, next) && may_be_cut(runs, run, next, false);
}

/* The same the other way round: the longer figures of a row begin a line before the others. */
static bool goes_before(const struct runs *runs, struct run *run, const struct run *next)
{
    return (next->count == THIRD || next->count == FOURTH) && run->count < next->count &&
           neighbours(runs, run, next) && same_columns(runs, run, next) &&
           !has_row_label(runs, run) && may_be_cut(runs, next, run, true);
}

/* Puts figures in the order of their columns; false, and left as they are, where two share one. */
static bool order(struct atom *atom, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < i; k++)
            if (atom[k].end > atom[i].x && atom[i].end > atom[k].x)
                return false;
    for (uint32_t i = 1; i < n; i++)
        for (uint32_t k = i; k > 0 && atom[k - 1].x > atom[k].x; k--) {
            struct atom swap = atom[k];
            atom[k] = atom[k - 1];
            atom[k - 1] = swap;
        }
    return true;
}

/* Makes the figures of a run and of the next `lines` - 1, standing on as many lines, one row in the
 * last of them, when they are `want` figures that add up and have one label. */
static bool join_lines(struct runs *runs, struct run *run, uint32_t lines, uint32_t want)
{
    struct atom *atom = runs->atoms->atom, kept[FOURTH], sorted[FOURTH];
    struct run *last = run + lines - 1;
    uint32_t n = 0, labels = 0, to = run->first, end = last->first + last->count;
    struct trial trial = {.n = want};
    for (struct run *r = run; r <= last; r++) {
        labels += has_row_label(runs, r);
        for (uint32_t i = r->first; i < r->first + r->count; i++)
            kept[n++] = atom[i];
    }
    memcpy(sorted, kept, n * sizeof *kept);
    bool columns = order(sorted, n);
    for (uint32_t i = 0; i < want; i++)
        trial.text[i] = sorted[i].text;
    if (labels > 1)
        return false;
    if (columns && adds_up(&trial)) {
        memcpy(kept, sorted, n * sizeof *kept);
    } else {
        /* two lines without certain columns are left and right half */
        for (uint32_t i = 0; i < want; i++)
            trial.text[i] = kept[i].text;
        if (lines > 2 || !adds_up(&trial))
            return false;
    }
    /* all words before, all figures behind */
    for (struct run *r = run; r < last; r++) {
        uint32_t words = r[1].first - r->first - r->count;
        memmove(atom + to, atom + r->first + r->count, words * sizeof *atom);
        to += words;
    }
    for (uint32_t i = 0; i < n; i++) {
        kept[i].row = atom[end - 1].row;
    }
    memcpy(atom + to, kept, n * sizeof *kept);
    *last = (struct run){.first = to, .count = want, .filled = want, .text = run->text,
                         .row = ROW_NONE, .context = run->context, .barrier = run->barrier,
                         .joined = true};
    for (struct run *r = run; r < last; r++) {
        r->count = r->filled = 0;
        r->first = r->text = run->text;
        r->is_rest = true;
    }
    return true;
}

static bool fill_up(struct runs *runs, uint32_t at)
{
    struct run *run = &runs->run[at];
    uint32_t n = run->count;
    for (uint32_t lines = 2; lines <= LINES_MAX && at + lines <= runs->count; lines++) {
        if (!neighbours(runs, run + lines - 2, run + lines - 1))
            return false;
        n += run[lines - 1].count;
        if (n > FOURTH)
            return false;
        if ((n == THIRD || n == FOURTH) && join_lines(runs, run, lines, n))
            return true;
    }
    return false;
}

void joins_find(struct runs *runs)
{
    for (uint32_t i = 0; i + 1 < runs->count; i++) {
        struct run *run = &runs->run[i], *next = run + 1;
        if (run->is_rest || run->count > FOURTH || !runs_on_line(runs, run))
            continue;
        if (run->count != THIRD && run->count < FOURTH && fill_up(runs, i))
            continue;
        if (goes_on(runs, run, next)) {
            run->rest = i + 1;
            next->is_rest = true;
        } else if (goes_before(runs, run, next)) {
            run->is_rest = true;
            next->headed = true;
            next->text = run->text;
        }
    }
}

static bool is_digits(struct str s, size_t least, size_t most)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n >= least && s.n <= most;
}

/* Puts together the parts that `pairs` has bits for: part i with part i + 1. */
static bool merge(const struct trial *parts, uint32_t pairs, struct arena *arena,
                  struct trial *out)
{
    out->n = 0;
    for (uint32_t i = 0; i < parts->n; i++) {
        struct str text = parts->text[i];
        bool begun = i > 0 && (pairs >> (i - 1) & 1);
        if (begun) {
            struct str *last = &out->text[out->n - 1];
            if (!is_digits(text, 3, 3) || !is_digits(*last, 1, 12) ||
                !is_digits(parts->text[i - 1], 1, 3))
                return false;
            *last = glue(arena, *last, text);
            if (!last->p)
                return false;
        } else {
            out->text[out->n++] = text;
        }
    }
    return true;
}

/* Thousands parted by a space: 12 343. Puts together as many as the row has figures too many, when
 * there is one way alone that adds up. */
static enum joining join_thousands(struct runs *runs, struct run *run, uint32_t want)
{
    struct atom *atom = runs->atoms->atom;
    struct trial parts, whole, found;
    uint32_t over = run->count - want, ways = 0;
    take(runs, run, &parts);
    for (uint32_t pairs = 1; parts.n > 0 && pairs < 1u << (parts.n - 1) && want == THIRD;
         pairs++) {
        if ((uint32_t)__builtin_popcount(pairs) != over)
            continue;
        if (merge(&parts, pairs, runs->atoms->arena, &whole) && adds_up(&whole)) {
            found = whole;
            ways++;
        }
    }
    if (ways != 1)
        return JOIN_UNSURE;
    for (uint32_t i = 0; i < run->count; i++) {
        if (i < want)
            atom[run->first + i].text = found.text[i];
        else
            atom[run->first + i].kind = ATOM_UNIT;
    }
    run->count = run->filled = want;
    return JOIN_DONE;
}

enum joining joins_settle(struct runs *runs, struct run *run)
{
    if (run->certainty < ROW_EXACT)
        return JOIN_NONE;
    if (run->rest && run->headed)
        return JOIN_UNSURE;
    if (run->rest)
        return join_cut(runs, run, &runs->run[run->rest], false);
    if (run->headed)
        return join_cut(runs, run, run - 1, true);
    if (run->joined)
        return JOIN_DONE;
    bool whole = run->filled == run->count && runs_on_line(runs, run);
    if (run->table == TABLE_3 && whole && run->count > THIRD &&
        run->count <= THIRD + SPLIT_MAX)
        return join_thousands(runs, run, THIRD);
    return JOIN_NONE;
}
