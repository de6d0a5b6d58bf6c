#include "core/base/visible.h"

#include <stdlib.h>
#include <sys/types.h>

/* Bytes and code point of the character at the head of s; 0 when it is no valid UTF-8. */
static size_t decode(struct str s, unsigned *code)
{
    unsigned char c = (unsigned char)s.p[0];
    size_t n = c < 0x80 ? 1 : c >= 0xc2 && c < 0xe0 ? 2 : c >= 0xe0 && c < 0xf0 ? 3
               : c >= 0xf0 && c < 0xf5 ? 4 : 0;
    if (n == 0 || n > s.n)
        return 0;
    *code = n == 1 ? c : c & (0x7fu >> n);
    for (size_t i = 1; i < n; i++) {
        unsigned char next = (unsigned char)s.p[i];
        if ((next & 0xc0) != 0x80)
            return 0;
        *code = *code << 6 | (next & 0x3fu);
    }
    static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (*code < least[n] || *code > 0x10ffff || (*code >= 0xd800 && *code < 0xe000))
        return 0;
    return n;
}

/* Marks that change direction or break lines without being seen. */
static bool is_hidden(unsigned code)
{
    return (code >= 0x80 && code < 0xa0) || code == 0x061c || (code >= 0x200b && code <= 0x200f) ||
           (code >= 0x2028 && code <= 0x202e) || (code >= 0x2060 && code <= 0x206f) ||
           code == 0xfeff || (code >= 0xfff0 && code <= 0xfffb) || code >= 0xe0000;
}

void visible_add(struct buf *out, struct str s)
{
    while (s.n > 0) {
        unsigned code = 0;
        size_t n = decode(s, &code);
        if (n == 0)
            buf_printf(out, "\\x%02x", (unsigned char)s.p[0]);
        else if (code == '\\')
            buf_text(out, "\\\\");
        else if (code == '\n' || code == '\r' || code == '\t')
            buf_text(out, code == '\n' ? "\\n" : code == '\r' ? "\\r" : "\\t");
        else if (code < 0x20 || code == 0x7f)
            buf_printf(out, "\\x%02x", code);
        else if (is_hidden(code))
            buf_printf(out, "\\u%04x", code);
        else
            buf_add(out, str_slice(s, 0, n));
        s = str_skip(s, n ? n : 1);
    }
}

/* What has been written of a character that is not whole yet, and a CR behind which LF may follow. */
struct escaping {
    FILE *to;
    char held[4];
    size_t n;
};

static size_t length_of(char head)
{
    unsigned char c = (unsigned char)head;
    return c == '\r' ? 2 : c < 0xc2 || c >= 0xf5 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

static void put_held(struct escaping *e)
{
    struct str s = {e->held, e->n};
    unsigned code = 0;
    size_t n = s.n ? decode(s, &code) : 0;
    e->n = 0;
    if (s.n == 0)
        return;
    if (s.n == 2 && s.p[0] == '\r' && s.p[1] == '\n') {
        fwrite(s.p, 1, 2, e->to);
        return;
    }
    if (n == 0)
        fprintf(e->to, "\\x%02x", (unsigned char)s.p[0]);
    else if ((code < 0x20 && code != '\n' && code != '\t') || code == 0x7f)
        fprintf(e->to, "\\x%02x", code);
    else if (is_hidden(code))
        fprintf(e->to, "\\u%04x", code);
    else
        fwrite(s.p, 1, n, e->to);
    for (size_t i = n ? n : 1; i < s.n; i++) { /* what stands behind is of another character */
        e->held[e->n++] = s.p[i];
        if (e->n == length_of(e->held[0]))
            put_held(e);
    }
}

static ssize_t escape(void *self, const char *bytes, size_t size)
{
    struct escaping *e = self;
    for (size_t i = 0; i < size; i++) {
        e->held[e->n++] = bytes[i];
        if (e->n == length_of(e->held[0]))
            put_held(e);
    }
    return fflush(e->to) == 0 && !ferror(e->to) ? (ssize_t)size : 0;
}

static int end_escaping(void *self)
{
    struct escaping *e = self;
    while (e->n > 0)
        put_held(e);
    free(e);
    return 0;
}

FILE *visible_stream(FILE *to)
{
    struct escaping *e = calloc(1, sizeof *e);
    if (!e)
        return NULL;
    e->to = to;
    FILE *stream = fopencookie(e, "w", (cookie_io_functions_t){.write = escape, .close = end_escaping});
    if (stream)
        setvbuf(stream, NULL, _IOLBF, BUFSIZ);
    else
        free(e);
    return stream;
}
