/* finding.h - the findings table: written, kept and taken away as the data change. */
#ifndef GONGKAI_CHECK_FINDING_H
#define GONGKAI_CHECK_FINDING_H

#include "core/check/evaluate.h"
#include "core/check/reader.h"

/* What a rule found. `about` tells two findings of one rule, report and cell apart (a table, a
 * measure). Without `figures` there are no numbers to show. Texts in both languages. */
struct finding {
    const struct rule *rule;
    const struct subject *subject;
    struct str about;
    uint16_t cell; /* or CELL_NONE */
    bool figures, money;
    wide reported, computed;
    uint32_t line;
    struct str message, message_zh, hint, hint_zh;
};

/* The writer of findings. A finding has an id made of agency, year, scope, rule, cell and
 * `about`: met again it keeps when it was first seen, also where a revision has taken the place
 * of the report. */
struct findings;
int findings_new(struct findings **out, struct warehouse *warehouse, struct err *err);
void findings_free(struct findings *findings);

/* Announces that the findings of a report slot (all its revisions) are being made again: those
 * not written anew are taken away by findings_sweep. Leaves out those of the rules `composite`
 * when `parts` is false, and takes only those when it is true. */
int findings_expect(struct findings *findings, const struct subject *subject, bool parts,
                    struct err *err);
int findings_expect_all(struct findings *findings, struct err *err);

/* Writes one. */
int findings_write(struct findings *findings, const struct finding *finding, struct err *err);

/* Takes one away, by what it would be. */
int findings_remove(struct findings *findings, const struct finding *finding, struct err *err);

/* Takes away what was announced and not written. */
int findings_sweep(struct findings *findings, struct err *err);

/* How many findings were written that were not there, or said something else, and how many were
 * taken away. */
struct findings_count {
    int64_t appeared, changed, disappeared;
};
struct findings_count findings_count(const struct findings *findings);

#endif
