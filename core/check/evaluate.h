/* evaluate.h - the one evaluator of linear relations. */
#ifndef GONGKAI_CHECK_EVALUATE_H
#define GONGKAI_CHECK_EVALUATE_H

#include "core/check/panel.h"
#include "core/check/rule.h"

/* Sums are exact: a sum of 64-bit figures times 32-bit coefficients fits. */
typedef __int128 wide;

enum outcome { OUTCOME_PASS, OUTCOME_FAIL, OUTCOME_UNVERIFIABLE };

/* What came out. `left` and `right` are the sides as the rule states them, over what is stated.
 * `way` is the right side taken. `partial`: a term is not stated, yet the rest breaks the rule. */
struct verdict {
    enum outcome outcome;
    wide left, right;
    uint32_t way;
    bool partial;
};

/* Holds a relation to a report. `before` is the report (or the sum of the reports) of the year
 * before, NULL when there is none: then a relation that reaches there is unverifiable. Counts
 * are never negative, so a relation with a term that is no figure fails only when the stated
 * terms of that side alone exceed the other side, fully stated; else it is unverifiable. With
 * several ways it holds when one does. */
struct verdict evaluate(const struct catalog *catalog, const struct relation *relation,
                        const struct panel *now, const struct panel *before);

/* A side's sum over what is stated, and how many of its terms are printed without a figure
 * (`gaps`) or are not printed at all (`absent`). */
struct sum {
    wide value;
    uint32_t gaps, absent;
};
struct sum evaluate_side(const struct side *side, const struct panel *now,
                         const struct panel *before);

#endif
