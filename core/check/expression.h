/* expression.h - linear expressions over cell codes: "t3.new.{c} + 2 * t3.denied_*.{c}[-1]". */
#ifndef GONGKAI_CHECK_EXPRESSION_H
#define GONGKAI_CHECK_EXPRESSION_H

#include "core/check/rule.h"

/* Stands for one name in an expression: {c} in a rule that is meant for each column. */
struct binding {
    char variable;
    struct str value;
};

/* Reads one side of a relation. `*` in a code stands for any run of characters but a dot, and
 * adds every cell that fits; `[-1]` behind a code means the year before. A whole number by
 * itself is a constant. Terms are allocated in `arena`. Fails with ERR_INPUT on an unknown code
 * or sign, or on a cell that is named twice. */
int expression_read(const struct catalog *catalog, struct arena *arena, struct str text,
                    struct binding binding, struct side *out, struct err *err);

/* The names a rule is meant for, from its column `each`: "c=person business" lists them,
 * "r=t3.*.total" takes what stands for the star in every code that fits. */
struct each {
    char variable;
    struct str *values;
    uint32_t count;
};
int each_read(const struct catalog *catalog, struct arena *arena, struct str text,
              struct each *out, struct err *err);

/* Whether a code fits a pattern with at most one star in each part between dots. */
bool pattern_fits(struct str pattern, struct str code);

#endif
