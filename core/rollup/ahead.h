/* ahead.h - the agencies' part of each step of a round, in the order of the steps. Where it is allowed
 * threads work ahead of the caller, each on its own connection. */
#ifndef GONGKAI_ROLLUP_AHEAD_H
#define GONGKAI_ROLLUP_AHEAD_H

#include "core/rollup/members.h"
#include "core/rollup/round.h"

struct ahead;

/* Begins at the first step. `own` does the work itself where there are no threads: when the round is
 * small, or `threads` is false, as it has to be while reports, agencies or divisions were written
 * that are not committed: other connections do not see them. Free with ahead_free. */
int ahead_new(struct ahead **out, const struct round *round, struct members *own, bool threads,
              struct err *err);
void ahead_free(struct ahead *ahead);

/* That of the next step, the caller's until it asks again; not to be called after the last one. */
int ahead_next(struct ahead *ahead, struct local **out, struct err *err);

#endif
