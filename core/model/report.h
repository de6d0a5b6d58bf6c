/* report.h - what was recognised in one document: who reports on which year, and the cells. */
#ifndef GONGKAI_MODEL_REPORT_H
#define GONGKAI_MODEL_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/model/catalog.h"

/* A cell is one of these. Blank is not zero. */
enum state { STATE_VALUE, STATE_BLANK, STATE_NA, STATE_TEXT };

/* Parts of one 万元 in a money value: eight decimals. */
#define MONEY_SCALE INT64_C(100000000)

/* One cell as printed. `value` counts for STATE_VALUE alone: a whole number, for a CELL_MONEY
 * cell times MONEY_SCALE. `text` is the words of STATE_TEXT. `note` is what stood beside the
 * figure (其中修订16件). `line` is the line of the source it stands on. */
struct fact {
    uint16_t cell;
    uint8_t state;
    uint32_t line;
    int64_t value;
    struct str text, note;
};

enum scope { SCOPE_UNKNOWN, SCOPE_OWN, SCOPE_COMPOSITE };

/* One of the six sections of a report. */
struct section {
    int number; /* 1 to 6, as the form numbers them, whatever ordinal was printed */
    uint32_t line;
    struct str heading, text;
};

/* A figure in the prose: 302 of 条, the sentence around it, and what it seems to be about. */
struct prose_figure {
    int section;
    uint32_t line;
    int64_t value;   /* times 10 to the power of `decimals` */
    uint8_t decimals;
    struct str unit, sentence;
    struct str measure; /* id of sql/prose.tsv (new, carried_in, review …), else empty */
};

/* Something the recogniser has to say about the report: a finding that stands from the start.
 * `rule` is "reading", "section", "year" or another id of the contract; `topic` a row of
 * sql/remarks.tsv which holds the sentences; `detail` fills it. */
struct remark {
    const char *rule, *topic;
    uint16_t cell; /* or CELL_NONE */
    uint32_t line;
    struct str detail;
};

/* Where a statement about the report came from, the most trusted first. */
enum trust { TRUST_NONE, TRUST_FOLDER, TRUST_FILE_NAME, TRUST_TEXT, TRUST_OPTION, TRUST_MANIFEST };

/* A report. Strings are in `arena` or are views of the source. Dates are ISO or empty. */
struct report {
    struct arena *arena;
    struct str agency;       /* as printed, with the place in front of it when that is stated */
    struct str place;        /* the division's names found around it, the widest first: 湖南省/常德市 */
    struct str division;     /* a code, when an input states one */
    struct str title, dated, period_from, period_to;
    enum trust agency_trust, year_trust, scope_trust;
    int year;
    enum scope scope;
    int form;                /* 2014, 2019, 2021: by the labels */
    uint32_t line;           /* first line of this report in its source */
    struct fact *facts;      /* ordered by cell, each cell once */
    struct section *sections;
    struct prose_figure *figures;
    struct remark *remarks;
    uint32_t fact_count, section_count, figure_count, remark_count;
    size_t fact_capacity, section_capacity, figure_capacity, remark_capacity;
};

struct report *report_new(struct arena *arena);

/* A copy that leans on nothing but `arena`; NULL when memory ran out. */
struct report *report_copy(const struct report *report, struct arena *arena);

int report_fact(struct report *report, struct fact fact);
int report_section(struct report *report, struct section section);
int report_figure(struct report *report, struct prose_figure figure);
int report_remark(struct report *report, struct remark remark);

/* Orders the facts by cell. Returns the number of cells stated twice (the first is kept). */
uint32_t report_sort(struct report *report);

/* The fact of a cell in a sorted report, NULL when the source does not state it. */
const struct fact *report_find(const struct report *report, uint16_t cell);

#endif
