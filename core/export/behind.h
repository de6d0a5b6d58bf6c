/* behind.h - a sink that passes bytes on from a thread of its own, a little behind whoever writes to it:
 * a file is hashed and written beside what makes its next rows. */
#ifndef GONGKAI_EXPORT_BEHIND_H
#define GONGKAI_EXPORT_BEHIND_H

#include "core/base/sink.h"

struct behind;

/* What is written to it goes on to `to`, in order. The thread is started when there is enough for it; where
 * none can be had bytes go on at once. To be freed (NULL is allowed), which forgets what has not gone on. */
int behind_new(struct behind **out, struct sink to, struct err *err);
void behind_free(struct behind *behind);

/* Where the bytes go. Fails as `to` did, not at once; nothing goes on after that. */
struct sink behind_sink(struct behind *behind);

/* Waits until all has gone on; fails as above. The caller may then touch what `to` uses. */
int behind_settle(struct behind *behind, struct err *err);

#endif
