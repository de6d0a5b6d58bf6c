/* buf.h - a growable run of bytes, born with a maximum. */
#ifndef GONGKAI_BASE_BUF_H
#define GONGKAI_BASE_BUF_H

#include <stddef.h>

#include "core/base/str.h"

/* Once an addition fails (memory, or past `limit`) `failed` stays set and further additions do
 * nothing: write many times, look once. */
struct buf {
    char *p;
    size_t n, capacity, limit;
    bool failed;
};

struct buf buf_new(size_t limit);
void buf_free(struct buf *buf);
void buf_reset(struct buf *buf); /* empties it, keeps its memory, clears `failed` */

void buf_add(struct buf *buf, struct str s);
void buf_char(struct buf *buf, char c);
void buf_text(struct buf *buf, const char *text);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Room for `size` more bytes, to be written at p + n by the caller. -1 when there is none. */
int buf_reserve(struct buf *buf, size_t size) __attribute__((warn_unused_result));

/* Its bytes; NUL-terminated when not failed. */
struct str buf_str(struct buf *buf);

#endif
