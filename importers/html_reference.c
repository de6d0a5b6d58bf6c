#include <string.h>

#include "importers/html_scan.h"

/* Those that pages use, as the standard defines them. Any other is left to gumbo. */
static const struct {
    struct str name, text;
} known[] = {
    {{"nbsp", 4}, {"\xC2\xA0", 2}},         {{"lt", 2}, {"<", 1}},
    {{"gt", 2}, {">", 1}},                  {{"amp", 3}, {"&", 1}},
    {{"quot", 4}, {"\"", 1}},               {{"ldquo", 5}, {"\xE2\x80\x9C", 3}},
    {{"rdquo", 5}, {"\xE2\x80\x9D", 3}},    {{"lsquo", 5}, {"\xE2\x80\x98", 3}},
    {{"rsquo", 5}, {"\xE2\x80\x99", 3}},    {{"mdash", 5}, {"\xE2\x80\x94", 3}},
    {{"ndash", 5}, {"\xE2\x80\x93", 3}},    {{"hellip", 6}, {"\xE2\x80\xA6", 3}},
    {{"middot", 6}, {"\xC2\xB7", 2}},       {{"bull", 4}, {"\xE2\x80\xA2", 3}},
    {{"copy", 4}, {"\xC2\xA9", 2}},         {{"reg", 3}, {"\xC2\xAE", 2}},
    {{"trade", 5}, {"\xE2\x84\xA2", 3}},    {{"times", 5}, {"\xC3\x97", 2}},
    {{"divide", 6}, {"\xC3\xB7", 2}},       {{"deg", 3}, {"\xC2\xB0", 2}},
    {{"plusmn", 6}, {"\xC2\xB1", 2}},       {{"laquo", 5}, {"\xC2\xAB", 2}},
    {{"raquo", 5}, {"\xC2\xBB", 2}},        {{"yen", 3}, {"\xC2\xA5", 2}},
    {{"sect", 4}, {"\xC2\xA7", 2}},         {{"para", 4}, {"\xC2\xB6", 2}},
    {{"ensp", 4}, {"\xE2\x80\x82", 3}},     {{"emsp", 4}, {"\xE2\x80\x83", 3}},
    {{"thinsp", 6}, {"\xE2\x80\x89", 3}},   {{"zwnj", 4}, {"\xE2\x80\x8C", 3}},
    {{"zwj", 3}, {"\xE2\x80\x8D", 3}},      {{"permil", 6}, {"\xE2\x80\xB0", 3}},
    {{"le", 2}, {"\xE2\x89\xA4", 3}},       {{"ge", 2}, {"\xE2\x89\xA5", 3}},
    {{"ne", 2}, {"\xE2\x89\xA0", 3}},       {{"rarr", 4}, {"\xE2\x86\x92", 3}},
    {{"larr", 4}, {"\xE2\x86\x90", 3}},     {{"apos", 4}, {"'", 1}},
    {{"lsaquo", 6}, {"\xE2\x80\xB9", 3}},   {{"rsaquo", 6}, {"\xE2\x80\xBA", 3}},
    {{"sup2", 4}, {"\xC2\xB2", 2}},         {{"sup3", 4}, {"\xC2\xB3", 2}},
    {{"frac12", 6}, {"\xC2\xBD", 2}},       {{"shy", 3}, {"\xC2\xAD", 2}},
};

static bool is_name(char c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9');
}

/* Characters that the standard puts others in the place of, and a line break, which lines would
 * be counted by, are left to gumbo. */
static bool is_certain(uint32_t point)
{
    return (point >= 0x20 && point < 0x7F) || (point >= 0xA0 && point < 0xD800) ||
           (point >= 0xE000 && point < 0xFDD0) || (point >= 0xFDF0 && point < 0xFFFE) ||
           (point >= 0x10000 && point < 0x110000 && (point & 0xFFFE) != 0xFFFE);
}

static size_t encode(char to[4], uint32_t point)
{
    if (point < 0x80) {
        to[0] = (char)point;
        return 1;
    }
    size_t n = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n; i-- > 1; point >>= 6)
        to[i] = (char)(0x80 | (point & 0x3F));
    to[0] = (char)(lead[n] | point);
    return n;
}

static int by_number(struct str *out, struct arena *arena, struct str s)
{
    bool hex = s.n > 2 && (s.p[2] | 32) == 'x';
    uint32_t point = 0;
    size_t from = hex ? 3 : 2, i = from;
    for (; i < s.n && i < from + 8 && s.p[i] != ';'; i++) {
        char c = (char)(s.p[i] | 32);
        uint32_t digit = c >= '0' && c <= '9' ? (uint32_t)(c - '0')
                       : hex && c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10) : 99;
        if (digit == 99 || s.p[i] < '0')
            return -1;
        point = point * (hex ? 16 : 10) + digit;
    }
    char bytes[4];
    if (i == from || i == s.n || s.p[i] != ';' || !is_certain(point))
        return -1;
    *out = arena_copy(arena, (struct str){bytes, encode(bytes, point)});
    return out->p ? (int)i + 1 : -1;
}

int html_reference(struct str *out, struct arena *arena, struct str s)
{
    if (s.n > 1 && s.p[1] == '#')
        return by_number(out, arena, s);
    size_t n = 0;
    while (n + 1 < s.n && is_name(s.p[n + 1]))
        n++;
    if (n == 0 && s.n > 1)
        return 0;
    if (n + 1 >= s.n || s.p[n + 1] != ';')
        return -1; /* some names need no semicolon */
    struct str name = {s.p + 1, n};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_eq(known[i].name, name)) {
            *out = known[i].text;
            return (int)n + 2;
        }
    return -1;
}

int html_plain_length(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    if (p[0] < 0x80)
        return (p[0] >= 0x20 && p[0] < 0x7F) || p[0] == '\t' || p[0] == '\n' || p[0] == '\f';
    if (p[0] == 0xC2)
        return s.n > 1 && p[1] >= 0xA0 ? 2 : 0;
    if (p[0] == 0xEF)
        return s.n > 2 && p[1] != 0xB7 && !(p[1] == 0xBF && p[2] >= 0xBE) ? 3 : 0;
    if (p[0] >= 0xF0)
        return s.n > 3 && !((p[1] & 0x0F) == 0x0F && p[2] == 0xBF && p[3] >= 0xBE) ? 4 : 0;
    return 1;
}

bool html_is_plain(struct str s)
{
    for (size_t i = 0; i < s.n;) {
        int n = s.p[i] == '&' ? 0 : html_plain_length(str_skip(s, i));
        if (n == 0)
            return false;
        i += (size_t)n;
    }
    return true;
}

int html_resolve(struct str *out, struct arena *arena, struct str s)
{
    if (html_is_plain(s)) {
        *out = s;
        return 0;
    }
    char *to = arena_alloc(arena, s.n + 1); /* no reference is shorter than what it stands for */
    size_t n = 0;
    for (size_t i = 0; to && i < s.n;) {
        struct str rest = str_skip(s, i), what = {0};
        int length = s.p[i] == '&' ? html_reference(&what, arena, rest) : 0;
        if (length < 0 || (length == 0 && s.p[i] != '&' && html_plain_length(rest) == 0))
            return -1;
        if (length == 0)
            what = str_slice(rest, 0, (size_t)(length = s.p[i] == '&' ? 1
                                                                     : html_plain_length(rest)));
        memcpy(to + n, what.p, what.n);
        n += what.n;
        i += (size_t)length;
    }
    if (!to)
        return -1;
    *out = (struct str){to, n};
    return 0;
}
