/* check.h - holds the reports of a warehouse to the rules and keeps their findings. */
#ifndef GONGKAI_CHECK_CHECK_H
#define GONGKAI_CHECK_CHECK_H

#include "core/check/finding.h"
#include "core/check/judge.h"

/* What a run did. `tallies` has one for each rule of `set`: how often it held, failed, or could
 * not be verified among the reports checked in this run. */
struct check_result {
    bool all;
    int64_t reports;
    struct findings_count findings;
    struct rule_set *set;
    struct tally *tallies;
};
void check_result_free(struct check_result *result);

/* Checks what changed since the last check, and what depends on it; everything when `all` is set,
 * after a change of the rules, or when most has changed. Brings the totals up to date first. Runs
 * in the open transaction, or else in one of its own. `stop` (may be NULL) is asked now and then
 * whether to give up: then nothing is kept and ERR_SYSTEM says so. */
int check_update(struct warehouse *warehouse, bool all, bool (*stop)(void),
                 struct check_result *result, struct err *err);

#endif
