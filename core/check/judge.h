/* judge.h - holds one report to every rule that needs no other agency's report. */
#ifndef GONGKAI_CHECK_JUDGE_H
#define GONGKAI_CHECK_JUDGE_H

#include "core/check/finding.h"
#include "core/check/hint.h"
#include "core/check/sentence.h"

/* How often a rule was held to a report, and what came out. */
struct tally {
    int64_t outcomes[OUTCOME_UNVERIFIABLE + 1];
};

/* What a run of the rules works with. `tallies` has one for each rule of the set. `scratch` is
 * for one report, `arena` for the run. */
struct judge {
    struct warehouse *warehouse;
    const struct rule_set *set;
    struct reader *reader;
    struct findings *findings;
    struct tally *tallies;
    struct arena scratch;
    struct buf text;
    int64_t reports;
};

/* A report under the rules: its figures, and those of the year before where they are known. */
struct trial {
    const struct subject *subject;
    const struct panel *now, *before;
    int64_t before_id; /* 0: none, or a sum of several */
    uint32_t *lines;   /* of every cell; NULL until asked for */
};

/* Counts an outcome. */
void judge_count(struct judge *judge, const struct rule *rule, enum outcome outcome);

/* Writes a finding with the sentences of its rule. `with` holds what these may name, and the cell
 * and figures; who, when and which form is filled in here. `about` and `cause` may be empty and
 * NULL; `line` 0 means that of the cell. */
int judge_find(struct judge *judge, struct trial *trial, const struct rule *rule,
               struct sentence *with, struct str about, const struct cause *cause, uint32_t line,
               struct err *err);

/* All relations within the report and to the year before, with their likely causes; signs,
 * whole numbers, levels. */
int judge_relations(struct judge *judge, struct trial *trial, struct err *err);

/* Prose against the tables. */
int judge_prose(struct judge *judge, struct trial *trial, struct err *err);

/* Tables missing or empty, a form that does not fit the year, a period of another year; where
 * the recogniser has not remarked on it. */
int judge_shape(struct judge *judge, struct trial *trial, struct err *err);

#endif
