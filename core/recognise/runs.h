/* runs.h - figures that stand together, and which row of which table they belong to, by the text
 * around them and the order of the form. Private to this folder. */
#ifndef GONGKAI_RECOGNISE_RUNS_H
#define GONGKAI_RECOGNISE_RUNS_H

#include "core/recognise/atoms.h"

enum { ROW_NONE = -1, RUN_TEXT_MAX = 512 };

/* How a run got its row. */
enum certainty {
    ROW_UNKNOWN,
    ROW_EXTRA,   /* a row that the form does not have, or the sum of a group: kept out */
    ROW_EXACT,   /* by a label of the form or a known variant */
    ROW_LIKELY,  /* by a label like it, in the place where the form has it */
    ROW_GUESSED, /* by its place, the label barely like it */
};

/* Consecutive figures (and empty cells) of one row of a table, or of a stream of single cells:
 * atoms first to first + count. The text since the figures before it stands in text atoms from
 * `text` to `first`. In table 4 `row` is unused: a run may hold several blocks. */
struct run {
    uint32_t first, count, text;
    uint32_t filled;   /* those that are not empty */
    enum table_id table;
    enum table_id context; /* of the heading or labels before it */
    int row;
    enum certainty certainty;
    uint32_t label_line;
    uint32_t low;      /* where the figures of whole rows of its grid begin */
    bool barrier;      /* prose or a heading stands between it and the run before */
    bool tail;         /* the text behind it belongs to its label too */
    uint32_t rest;     /* the run on the line below that goes on with its figures, 0: none */
    bool headed;       /* the run on the line above has the first digits of its figures */
    bool is_rest;      /* it is such a run itself, or its figures were moved to the one below */
    bool joined;       /* the figures of several lines */
    bool unsure;       /* perhaps cut in two: not to be stored */
};

struct runs {
    const struct atoms *atoms;
    const struct labels *labels;
    struct run *run;
    uint32_t count;
    size_t capacity;
};

/* Text before a run, folded: `tag[i]` is the atom that character i comes from. */
struct run_text {
    uint16_t c[RUN_TEXT_MAX];
    uint32_t tag[RUN_TEXT_MAX];
    size_t n;
};

/* Finds the runs. -1 when memory ran out. */
int runs_find(struct runs *runs, const struct atoms *atoms);

/* Gives runs their tables and rows. */
void runs_assign(struct runs *runs);

/* The label that the text before a run ends with, NULL when it ends with none. */
const struct label *runs_label(const struct runs *runs, struct run *run);

/* The first atom that stands before a run in its own row. */
uint32_t runs_own_text(const struct runs *runs, const struct run *run);

/* Whether a run stands in a line of columns parted by spaces. */
bool runs_on_line(const struct runs *runs, const struct run *run);

/* The text of a run: of the atoms from `from` to `to` that are text, its last characters when it
 * is long. Brackets are dropped, and what explains in them when `explanations` is false. */
void runs_text(const struct atoms *atoms, uint32_t from, uint32_t to, bool explanations,
               struct run_text *out);

/* The longest label that ends with the first `end` characters of the text and begins where a label
 * may begin. */
const struct label *runs_suffix(const struct labels *labels, const struct run_text *text,
                                size_t end, size_t *length);

#endif
