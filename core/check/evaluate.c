#include "core/check/evaluate.h"

struct sum evaluate_side(const struct side *side, const struct panel *now,
                         const struct panel *before)
{
    struct sum sum = {.value = side->constant};
    for (uint32_t i = 0; i < side->count; i++) {
        const struct term *term = &side->terms[i];
        const struct panel *panel = term->before ? before : now;
        sum.value += (wide)panel->value[term->cell] * term->coefficient;
        sum.absent += panel->state[term->cell] == PANEL_ABSENT;
        sum.gaps += panel->state[term->cell] > PANEL_VALUE;
    }
    return sum;
}

/* Whether figures that are not stated could still lower `low - high` (terms of `low` with a
 * minus, terms of `high` with a plus, signed figures). */
static bool may_fall(const struct catalog *catalog, const struct side *side, bool low,
                     const struct panel *now, const struct panel *before)
{
    for (uint32_t i = 0; i < side->count; i++) {
        const struct term *term = &side->terms[i];
        const struct panel *panel = term->before ? before : now;
        if (panel->state[term->cell] == PANEL_VALUE)
            continue;
        if (catalog->cells[term->cell].kind == CELL_SIGNED || (term->coefficient < 0) == low)
            return true;
    }
    return false;
}

/* Whether `low` exceeds `high` whatever the figures are that are not stated. */
static bool exceeds(const struct catalog *catalog, const struct side *low, wide low_value,
                    const struct side *high, wide high_value, int64_t limit,
                    const struct panel *now, const struct panel *before)
{
    return low_value - high_value > limit && !may_fall(catalog, low, true, now, before) &&
           !may_fall(catalog, high, false, now, before);
}

static struct verdict evaluate_way(const struct catalog *catalog, const struct relation *relation,
                                   uint32_t way, const struct panel *now,
                                   const struct panel *before)
{
    const struct side *left = &relation->left, *right = &relation->right[way];
    struct sum l = evaluate_side(left, now, before), r = evaluate_side(right, now, before);
    enum rule_kind kind = relation->rule->kind;
    int64_t limit = relation->limit;
    bool full = l.gaps + l.absent + r.gaps + r.absent == 0;
    struct verdict v = {.left = l.value, .right = r.value, .way = way, .partial = !full};
    bool broken;
    if (full)
        broken = (kind != RULE_AT_LEAST && l.value - r.value > limit) ||
                 (kind != RULE_AT_MOST && r.value - l.value > limit);
    else
        broken = (kind != RULE_AT_LEAST &&
                  exceeds(catalog, left, l.value, right, r.value, limit, now, before)) ||
                 (kind != RULE_AT_MOST &&
                  exceeds(catalog, right, r.value, left, l.value, limit, now, before));
    v.outcome = broken ? OUTCOME_FAIL : full ? OUTCOME_PASS : OUTCOME_UNVERIFIABLE;
    return v;
}

struct verdict evaluate(const struct catalog *catalog, const struct relation *relation,
                        const struct panel *now, const struct panel *before)
{
    struct verdict best = {.outcome = OUTCOME_UNVERIFIABLE};
    if (relation->crosses && !before)
        return best;
    for (uint32_t way = 0; way < relation->ways; way++) {
        struct verdict v = evaluate_way(catalog, relation, way, now, before);
        if (v.outcome == OUTCOME_PASS)
            return v;
        bool better = v.outcome == OUTCOME_FAIL &&
                      (best.outcome != OUTCOME_FAIL || (best.partial && !v.partial));
        if (way == 0 || better)
            best = v;
    }
    return best;
}
