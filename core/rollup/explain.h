/* explain.h - from a total to what it is made of: each report with its file, line and revision. */
#ifndef GONGKAI_ROLLUP_EXPLAIN_H
#define GONGKAI_ROLLUP_EXPLAIN_H

#include "core/rollup/area.h"

/* Which total: a division's, in a year, of one cell; region (本行政区域) or self (本级). With
 * `best`, composites stand in for regions without own reports. */
struct explain_question {
    struct str division;
    int year;
    const struct cell *cell;
    bool region, best;
};

/* The total as it is kept. `stated` is false when no report states the cell. */
struct explain_total {
    struct str division, level;
    int64_t value;
    bool stated;
    int64_t expected, reported, missing, late, n_stated, n_blank, standing_in;
    bool behind; /* reports have changed since: run rollup */
};

enum summand_state { SUMMAND_VALUE, SUMMAND_BLANK, SUMMAND_NA, SUMMAND_TEXT, SUMMAND_ABSENT };

/* One report of the total. Strings hold until the next is asked for. `line` is where the cell
 * stands in the source, 0 when it does not. `findings` are the standing rules about this cell or
 * the report as a whole, joined by spaces; `all_findings` counts those about any cell. */
struct summand {
    int64_t report_id;
    struct str agency, division_code, division, kind, scope, text, note, source, dated, findings;
    enum summand_state state;
    int64_t value, all_findings;
    int form, revision;
    uint32_t line;
    bool registered;
};

/* A unit whose own report is missing. */
struct missing_unit {
    struct str division_code, agency, kind, due;
};

struct explain;

/* Begins; fails (ERR_USAGE) when there is no such total. Free with explain_free. */
int explain_new(struct explain **out, struct warehouse *warehouse,
                const struct explain_question *question, struct err *err);
void explain_free(struct explain *explain);
const struct explain_total *explain_total(const struct explain *explain);

/* The next summand, the largest (by size) first; then those without a figure, then reports that
 * do not print the cell. 1, 0 at the end, -1 with `err`. */
int explain_next(struct explain *explain, struct summand *out, struct err *err);

/* The next missing unit, by division and name; after all summands. 1, 0 or -1. */
int explain_next_missing(struct explain *explain, struct missing_unit *out, struct err *err);

#endif
