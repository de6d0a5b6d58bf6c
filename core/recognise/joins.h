/* joins.h - figures that a page cut in two: at the edge of their column, or between thousands.
 * Private to this folder. */
#ifndef GONGKAI_RECOGNISE_JOINS_H
#define GONGKAI_RECOGNISE_JOINS_H

#include "core/recognise/runs.h"

/* What a run was found to be. */
enum joining {
    JOIN_NONE,   /* whole as it stands */
    JOIN_DONE,   /* put together: only so the parts add up to their totals */
    JOIN_UNSURE, /* perhaps cut, and nothing tells: not to be stored */
    JOIN_MEMORY, /* memory ran out */
};

/* Finds what stands on several lines, before the runs get their rows. */
void joins_find(struct runs *runs);

/* Puts the figures of a run together where the form's totals show that they were cut. */
enum joining joins_settle(struct runs *runs, struct run *run);

#endif
