/* prove.h - shows that a set of rules is free of duplicates and contradictions. */
#ifndef GONGKAI_CHECK_PROVE_H
#define GONGKAI_CHECK_PROVE_H

#include "core/check/rule.h"

/* Fails (ERR_INPUT), naming the rules, when two relations for the same reports say the same, or
 * when the equalities for a form together cannot hold, or hold only where a cell or a sum of
 * cells is a number fixed by the rules: then a right report would break one of them. Alternatives
 * are taken one after the other. */
int rule_set_prove(const struct rule_set *set, struct err *err);

#endif
