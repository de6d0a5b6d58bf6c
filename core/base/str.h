/* str.h - text as pointer and length: a view into bytes that somebody else owns. */
#ifndef GONGKAI_BASE_STR_H
#define GONGKAI_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
    const char *p;
    size_t n;
};

/* A view of a string literal. */
#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})
/* For printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) (int)(s).n, (s).p

/* Those that are called for every character of every document stand here, to be compiled in: most
 * are given a literal, and are a comparison of a few bytes then. */

/* Of a NUL-terminated string; NULL is empty. */
static inline struct str str_from(const char *c)
{
    return (struct str){c, c ? strlen(c) : 0};
}

static inline bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

/* Clamped to s. */
static inline struct str str_slice(struct str s, size_t from, size_t to)
{
    if (to > s.n)
        to = s.n;
    if (from > to)
        from = to;
    return (struct str){s.p ? s.p + from : NULL, to - from};
}

static inline struct str str_skip(struct str s, size_t bytes)
{
    return str_slice(s, bytes, s.n);
}

int str_cmp(struct str a, struct str b);          /* by bytes: UTF-8 sorts by code point */
bool str_ends(struct str s, struct str suffix);
ptrdiff_t str_find(struct str s, struct str what); /* byte offset of the first, -1 when absent */
bool str_has(struct str s, struct str what);

/* Without leading and trailing white space: ASCII, U+00A0, U+3000, U+FEFF, U+200B. */
struct str str_trim_slow(struct str s);
static inline struct str str_trim(struct str s)
{
    for (; s.n > 0 && s.p[0] == ' '; s.p++)
        s.n--;
    for (; s.n > 0 && s.p[s.n - 1] == ' ';)
        s.n--;
    if (s.n > 0) { /* most text has no other: told by its first and its last byte */
        unsigned char first = (unsigned char)s.p[0], last = (unsigned char)s.p[s.n - 1];
        bool head = first <= ' ' || first == 0xC2 || first == 0xE2 || first == 0xE3 || first == 0xEF;
        bool tail = last <= ' ' || last == 0x80 || last == 0x8B || last == 0xA0 || last == 0xBF;
        if (!head && !tail)
            return s;
    }
    return str_trim_slow(s);
}

/* The next line of `rest`, without its CR, LF or CRLF; moves `rest` behind it. False at the end. */
bool str_line(struct str *rest, struct str *line);

/* The next field before `separator`; moves `rest` behind it. False when nothing is left. */
bool str_split(struct str *rest, char separator, struct str *field);

#endif
