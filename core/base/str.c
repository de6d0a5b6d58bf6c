#include "core/base/str.h"

#include <string.h>

int str_cmp(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n && str_eq(str_skip(s, s.n - suffix.n), suffix);
}

/* Short words are looked for by their last byte: in UTF-8 that is the one that tells most, and
 * memmem would build a table for every call. */
ptrdiff_t str_find(struct str s, struct str what)
{
    enum { SHORT = 48 };
    if (what.n == 0)
        return 0;
    if (s.n < what.n)
        return -1;
    if (what.n > SHORT) {
        const char *at = memmem(s.p, s.n, what.p, what.n);
        return at ? at - s.p : -1;
    }
    size_t last = what.n - 1;
    for (const char *p = s.p + last, *end = s.p + s.n; p < end; p++) {
        p = memchr(p, what.p[last], (size_t)(end - p));
        if (!p)
            return -1;
        if (memcmp(p - last, what.p, last) == 0)
            return p - last - s.p;
    }
    return -1;
}

bool str_has(struct str s, struct str what)
{
    return str_find(s, what) >= 0;
}

/* Length in bytes of the white space character at the head of s, 0 when there is none. */
static inline size_t space_head(struct str s)
{
    if (s.n == 0)
        return 0;
    switch ((unsigned char)s.p[0]) {
    case ' ': case '\t': case '\n': case '\v': case '\f': case '\r':
        return 1;
    case 0xC2:
        return str_starts(s, STR("\xC2\xA0")) ? 2 : 0;
    case 0xE2:
        return str_starts(s, STR("\xE2\x80\x8B")) ? 3 : 0;
    case 0xE3:
        return str_starts(s, STR("\xE3\x80\x80")) ? 3 : 0;
    case 0xEF:
        return str_starts(s, STR("\xEF\xBB\xBF")) ? 3 : 0;
    default:
        return 0;
    }
}

static inline size_t space_tail(struct str s)
{
    if (s.n == 0)
        return 0;
    switch ((unsigned char)s.p[s.n - 1]) {
    case ' ': case '\t': case '\n': case '\v': case '\f': case '\r':
        return 1;
    case 0xA0:
        return str_ends(s, STR("\xC2\xA0")) ? 2 : 0;
    case 0x80:
        return str_ends(s, STR("\xE3\x80\x80")) ? 3 : 0;
    case 0x8B:
        return str_ends(s, STR("\xE2\x80\x8B")) ? 3 : 0;
    case 0xBF:
        return str_ends(s, STR("\xEF\xBB\xBF")) ? 3 : 0;
    default:
        return 0;
    }
}

struct str str_trim_slow(struct str s)
{
    for (size_t n; (n = space_head(s)) > 0;)
        s = str_skip(s, n);
    for (size_t n; (n = space_tail(s)) > 0;)
        s.n -= n;
    return s;
}

bool str_line(struct str *rest, struct str *line)
{
    if (rest->n == 0)
        return false;
    /* by the block, lest a file with CR alone be searched to its end for every line */
    enum { BLOCK = 256 };
    size_t i = 0;
    for (size_t size; i < rest->n; i += size) {
        size = rest->n - i < BLOCK ? rest->n - i : BLOCK;
        const char *from = rest->p + i, *lf = memchr(from, '\n', size);
        const char *cr = memchr(from, '\r', lf ? (size_t)(lf - from) : size);
        if (lf || cr) {
            i += (size_t)((cr ? cr : lf) - from);
            break;
        }
    }
    *line = str_slice(*rest, 0, i);
    size_t end = i < rest->n ? i + 1 : i;
    if (i + 1 < rest->n && rest->p[i] == '\r' && rest->p[i + 1] == '\n')
        end++;
    *rest = str_skip(*rest, end);
    return true;
}

bool str_split(struct str *rest, char separator, struct str *field)
{
    if (!rest->p)
        return false;
    const char *at = rest->n ? memchr(rest->p, separator, rest->n) : NULL;
    if (!at) {
        *field = *rest;
        *rest = (struct str){0};
        return true;
    }
    *field = str_slice(*rest, 0, (size_t)(at - rest->p));
    *rest = str_skip(*rest, field->n + 1);
    return true;
}
