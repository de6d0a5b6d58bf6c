/* hint.h - the likely cause of broken rules: the smallest set of cells whose change would mend
 * them all. Marked as a hint, never applied. */
#ifndef GONGKAI_CHECK_HINT_H
#define GONGKAI_CHECK_HINT_H

#include "core/base/buf.h"
#include "core/check/evaluate.h"
#include "core/check/guess.h"

enum { HINT_CHANGES = 7, HINT_RIVALS = 4 };

struct change {
    uint16_t cell;
    int64_t printed, right;
    enum guess guess;
};

enum cause_kind {
    CAUSE_NONE,   /* nothing simple would mend them */
    CAUSE_CELLS,  /* these cells, and no other set as small */
    CAUSE_RIVALS, /* one of `changes`: the arithmetic does not tell which */
    CAUSE_ROW,    /* the row of `changes` was read or typed out of place */
    CAUSE_UNIT,   /* an amount in 元 where 万元 is asked for, or the other way round */
    CAUSE_BEFORE, /* this report agrees with itself: look at the one of the year before */
};

/* `guess` says how the printed figures may have come about. */
struct cause {
    enum cause_kind kind;
    enum guess guess;
    struct change changes[HINT_CHANGES];
    uint32_t count;
};

/* What the evaluator said of one relation of a report. */
struct judged {
    const struct relation *relation;
    struct verdict verdict;
    const struct cause *cause; /* filled in by hint_find where the relation failed */
};

/* Finds the cause of every relation that failed. The causes are in `arena`. Returns -1 only when
 * memory ran out. */
int hint_find(const struct catalog *catalog, struct judged *judged, uint32_t count,
              const struct panel *now, const struct panel *before, struct arena *arena,
              struct err *err);

/* Writes the cause as a sentence; nothing for CAUSE_NONE. */
void hint_write(struct buf *buf, const struct catalog *catalog, int form, int year,
                const struct cause *cause, bool chinese);

#endif
