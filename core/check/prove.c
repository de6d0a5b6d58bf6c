#include "core/check/prove.h"

#include <string.h>

#include "core/model/report.h"

/* A relation as one row: coefficients of this year's cells, then of last year's, then the
 * constant, all of left - right. Elimination goes by a prime field: exact for coefficients as
 * small as those of rules, and it cannot overflow. */
enum { WIDTH = 2 * CATALOG_CELLS + 1, CONSTANT = 2 * CATALOG_CELLS };
#define PRIME UINT64_C(2305843009213693951) /* 2^61 - 1 */

struct row {
    uint64_t at[WIDTH];
    const struct relation *relation;
};

static uint64_t times(uint64_t a, uint64_t b)
{
    return (uint64_t)((unsigned __int128)a * b % PRIME);
}

static uint64_t inverse(uint64_t a)
{
    uint64_t result = 1;
    for (uint64_t power = PRIME - 2; power; power >>= 1, a = times(a, a))
        if (power & 1)
            result = times(result, a);
    return result;
}

static void add_side(struct row *row, const struct side *side, int sign)
{
    for (uint32_t i = 0; i <= side->count; i++) {
        int64_t n = i < side->count ? side->terms[i].coefficient : side->constant;
        uint32_t at = i < side->count ? side->terms[i].cell +
                                            (side->terms[i].before ? CATALOG_CELLS : 0)
                                      : CONSTANT;
        n *= sign;
        uint64_t value = n < 0 ? PRIME - (uint64_t)-n % PRIME : (uint64_t)n % PRIME;
        row->at[at] = (row->at[at] + value) % PRIME;
    }
}

static void make_row(struct row *row, const struct relation *relation, uint32_t way)
{
    memset(row, 0, sizeof *row);
    row->relation = relation;
    add_side(row, &relation->left, 1);
    add_side(row, &relation->right[way], -1);
}

/* Makes the first coefficient 1, so that rows which say the same are the same. */
static void normalise(struct row *row)
{
    uint32_t first = 0;
    while (first < CONSTANT && !row->at[first])
        first++;
    if (first == CONSTANT)
        return;
    uint64_t by = inverse(row->at[first]);
    for (uint32_t i = first; i < WIDTH; i++)
        row->at[i] = times(row->at[i], by);
}

static bool linear(const struct relation *relation)
{
    return relation->rule->kind <= RULE_AT_LEAST;
}

static int find_duplicates(const struct rule_set *set, struct row *a, struct row *b,
                           struct err *err)
{
    for (uint32_t i = 0; i < set->relation_count; i++) {
        const struct relation *one = &set->relations[i];
        if (!linear(one))
            continue;
        make_row(a, one, 0);
        normalise(a);
        for (uint32_t k = i + 1; k < set->relation_count; k++) {
            const struct relation *other = &set->relations[k];
            if (!linear(other) || other->rule->kind != one->rule->kind ||
                other->rule->where != one->rule->where || other->ways != one->ways ||
                !(other->rule->forms & one->rule->forms) || other->left.count == 0)
                continue;
            make_row(b, other, 0);
            normalise(b);
            if (memcmp(a->at, b->at, sizeof a->at) == 0)
                return err_set(err, ERR_INPUT, "the rules %.*s and %.*s say the same; remove one",
                               STR_ARG(one->rule->name), STR_ARG(other->rule->name));
        }
    }
    return 0;
}

/* Takes out of `row`, from a column on, what the pivots say already. */
static void reduce(struct row *row, struct row *const *pivot, uint32_t from)
{
    for (uint32_t i = from; i < CONSTANT; i++) {
        if (!row->at[i] || !pivot[i])
            continue;
        uint64_t by = row->at[i];
        for (uint32_t k = i; k < WIDTH; k++)
            row->at[k] = (row->at[k] + PRIME - times(by, pivot[i]->at[k])) % PRIME;
    }
}

/* Whether a row fixes a sum of cells: all its coefficients have one sign. */
static bool fixes(const struct row *row)
{
    uint32_t plus = 0, minus = 0;
    for (uint32_t i = 0; i < CONSTANT; i++) {
        plus += row->at[i] && row->at[i] <= PRIME / 2;
        minus += row->at[i] > PRIME / 2;
    }
    return (plus == 0) != (minus == 0);
}

static int say_contradiction(const struct row *row, int form, struct err *err)
{
    return err_set(err, ERR_INPUT, "the rule %.*s contradicts the others for form %d: no report"
                   " with figures of its own could keep them all",
                   STR_ARG(row->relation->rule->name), form);
}

/* Eliminates over the equalities for one form, taking right side `way` where a relation has it. */
static int eliminate(const struct rule_set *set, uint32_t form, uint32_t way, struct arena *arena,
                     struct err *err)
{
    struct row **pivot = arena_array(arena, CONSTANT, sizeof(struct row *));
    if (!pivot)
        return err_memory(err);
    for (uint32_t i = 0; i < set->relation_count; i++) {
        const struct relation *relation = &set->relations[i];
        if (relation->rule->kind != RULE_EQUAL || !(relation->rule->forms >> form & 1) ||
            relation->rule->where == WHERE_NO_RULEMAKING)
            continue;
        struct row *row = arena_alloc(arena, sizeof *row);
        if (!row)
            return err_memory(err);
        make_row(row, relation, way < relation->ways ? way : 0);
        reduce(row, pivot, 0);
        normalise(row);
        uint32_t first = 0;
        while (first < CONSTANT && !row->at[first])
            first++;
        int year = set->catalog->forms[form].year;
        if (first == CONSTANT && !row->at[CONSTANT])
            continue; /* follows from the others: the form prints it all the same */
        if (first == CONSTANT || fixes(row))
            return say_contradiction(row, year, err);
        pivot[first] = row;
    }
    for (uint32_t i = CONSTANT; i-- > 0;) {
        if (!pivot[i])
            continue;
        reduce(pivot[i], pivot, i + 1);
        if (fixes(pivot[i]))
            return say_contradiction(pivot[i], set->catalog->forms[form].year, err);
    }
    return 0;
}

int rule_set_prove(const struct rule_set *set, struct err *err)
{
    struct arena arena = arena_new((size_t)64 << 20);
    struct row *rows = arena_array(&arena, 2, sizeof *rows);
    int failed = rows ? find_duplicates(set, &rows[0], &rows[1], err) : err_memory(err);
    for (uint32_t form = 0; form < set->catalog->form_count; form++)
        for (uint32_t way = 0; way < 2 && !failed; way++) {
            arena_reset(&arena);
            failed = eliminate(set, form, way, &arena, err);
        }
    arena_free(&arena);
    return failed ? -1 : 0;
}
