#include "core/text/simple.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/resource.h"
#include "core/base/table.h"

enum { PLANE = 0x10000 };

struct simple {
    uint16_t to[PLANE]; /* 0: as it is */
};

/* The code point of a character of three bytes, else 0: all that are simplified have three. */
static uint16_t code_point(struct str c)
{
    const unsigned char *p = (const unsigned char *)c.p;
    if (c.n < 3 || p[0] < 0xE0 || p[0] >= 0xF0)
        return 0;
    return (uint16_t)((p[0] & 0x0F) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F));
}

int simple_new(struct simple **out, struct err *err)
{
    struct table t;
    if (table_open(&t, "traditional.tsv", err) < 0)
        return -1;
    struct simple *simple = calloc(1, sizeof *simple);
    if (!simple)
        return err_refused(err);
    while (table_next(&t)) {
        uint16_t plain = code_point(table_get(&t, "simplified"));
        struct str from = table_get(&t, "traditional");
        for (; from.n >= 3 && plain; from = str_skip(from, 3))
            simple->to[code_point(from)] = plain;
    }
    simple->to[0] = 0;
    struct str names = str_from(resource_text("divisions.csv"));
    for (; names.n >= 3; names = str_skip(names, (unsigned char)names.p[0] >= 0xE0 ? 3 : 1))
        simple->to[code_point(names)] = 0;
    *out = simple;
    return 0;
}

void simple_free(struct simple *simple)
{
    free(simple);
}

/* Bytes of a small Latin letter, with a tone mark or without, at the head of s; 0 for none. */
static size_t small_letter(struct str s)
{
    unsigned char c = s.n ? (unsigned char)s.p[0] : 0, next = s.n > 1 ? (unsigned char)s.p[1] : 0;
    if (c >= 'a' && c <= 'z')
        return 1;
    if (c == 0xC3 && next >= 0x9F && next != 0xB7)
        return 2; /* ß to ÿ without the division sign */
    return c >= 0xC4 && c <= 0xC7 && next ? 2 : 0;
}

size_t latin_reading(struct str s)
{
    size_t at = str_starts(s, STR("(")) ? 1 : str_starts(s, STR("（")) ? 3 : 0, n, letters = 0;
    while (at && (n = small_letter(str_skip(s, at))) > 0 && letters++ < 7)
        at += n;
    struct str close = str_skip(s, at);
    n = str_starts(close, STR(")")) ? 1 : str_starts(close, STR("）")) ? 3 : 0;
    return letters && n ? at + n : 0;
}

const uint16_t *simple_table(const struct simple *simple)
{
    return simple->to;
}

size_t simple_char(const struct simple *simple, struct str c, char to[4])
{
    uint16_t point = simple && c.n == 3 ? simple->to[code_point(c)] : 0;
    if (!point) {
        size_t n = c.n < 4 ? c.n : 4;
        memcpy(to, c.p, n);
        return n;
    }
    to[0] = (char)(0xE0 | point >> 12);
    to[1] = (char)(0x80 | (point >> 6 & 0x3F));
    to[2] = (char)(0x80 | (point & 0x3F));
    return 3;
}
