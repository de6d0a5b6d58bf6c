#include "core/base/str.h"

#include <string.h>

struct str str_from(const char *c)
{
    return (struct str){c, c ? strlen(c) : 0};
}

bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int str_cmp(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n && str_eq(str_skip(s, s.n - suffix.n), suffix);
}

ptrdiff_t str_find(struct str s, struct str what)
{
    if (what.n == 0)
        return 0;
    const char *at = s.n ? memmem(s.p, s.n, what.p, what.n) : NULL;
    return at ? at - s.p : -1;
}

bool str_has(struct str s, struct str what)
{
    return str_find(s, what) >= 0;
}

struct str str_slice(struct str s, size_t from, size_t to)
{
    if (to > s.n)
        to = s.n;
    if (from > to)
        from = to;
    return (struct str){s.p ? s.p + from : NULL, to - from};
}

struct str str_skip(struct str s, size_t bytes)
{
    return str_slice(s, bytes, s.n);
}

/* Length in bytes of the white space character at the head of s, 0 when there is none. */
static size_t space_head(struct str s)
{
    if (s.n == 0)
        return 0;
    unsigned char c = (unsigned char)s.p[0];
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return 1;
    if (str_starts(s, STR("\xC2\xA0")))
        return 2;
    if (str_starts(s, STR("\xE3\x80\x80")) || str_starts(s, STR("\xEF\xBB\xBF")) ||
        str_starts(s, STR("\xE2\x80\x8B")))
        return 3;
    return 0;
}

static size_t space_tail(struct str s)
{
    for (size_t n = 1; n <= 3 && n <= s.n; n++)
        if (space_head(str_skip(s, s.n - n)) == n)
            return n;
    return 0;
}

struct str str_trim(struct str s)
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
    size_t i = 0;
    while (i < rest->n && rest->p[i] != '\n' && rest->p[i] != '\r')
        i++;
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
