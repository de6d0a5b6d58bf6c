#include "core/base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/err.h"

struct buf buf_new(size_t limit)
{
    return (struct buf){.limit = limit};
}

void buf_free(struct buf *buf)
{
    free(buf->p);
    *buf = buf_new(buf->limit);
}

void buf_reset(struct buf *buf)
{
    buf->n = 0;
    buf->failed = false;
}

int buf_reserve(struct buf *buf, size_t size)
{
    if (buf->failed || size > buf->limit - buf->n)
        goto fail;
    if (buf->n + size + 1 > buf->capacity) {
        size_t wider = buf->capacity ? buf->capacity * 2 : 256;
        while (wider < buf->n + size + 1)
            wider *= 2;
        char *p = realloc(buf->p, wider);
        if (!p) {
            err_refused(NULL);
            goto fail;
        }
        buf->p = p;
        buf->capacity = wider;
    }
    return 0;
fail:
    buf->failed = true;
    return -1;
}

void buf_add(struct buf *buf, struct str s)
{
    if (s.n == 0 || buf_reserve(buf, s.n) < 0)
        return;
    memcpy(buf->p + buf->n, s.p, s.n);
    buf->n += s.n;
}

void buf_char(struct buf *buf, char c)
{
    buf_add(buf, (struct str){&c, 1});
}

void buf_text(struct buf *buf, const char *text)
{
    buf_add(buf, str_from(text));
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    /* at once where it fits into what there is */
    size_t room = buf->capacity > buf->n ? buf->capacity - buf->n : 0;
    int size = vsnprintf(room ? buf->p + buf->n : NULL, room, format, args);
    if (size < 0) {
        buf->failed = true;
    } else if (buf_reserve(buf, (size_t)size) == 0) {
        if ((size_t)size >= room)
            vsnprintf(buf->p + buf->n, (size_t)size + 1, format, again);
        buf->n += (size_t)size;
    }
    va_end(again);
    va_end(args);
}

struct str buf_str(struct buf *buf)
{
    if (buf_reserve(buf, 0) == 0)
        buf->p[buf->n] = 0;
    return (struct str){buf->p, buf->n};
}
