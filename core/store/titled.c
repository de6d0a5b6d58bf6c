#include "core/store/titled.h"

enum { YEAR_DIGITS = 4 };

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

struct titled titled_split(struct str whole)
{
    struct str mark = STR("年");
    struct titled out = {.year = 0};
    ptrdiff_t at = str_find(whole, mark);
    if (at < YEAR_DIGITS)
        return out;
    size_t start = (size_t)at - YEAR_DIGITS;
    const char *p = whole.p + start;
    bool century = (p[0] == '1' && p[1] == '9') || (p[0] == '2' && p[1] == '0');
    if (!century || !digit(p[2]) || !digit(p[3]) || (start > 0 && digit(whole.p[start - 1])))
        return out;
    out.year = (p[0] - '0') * 1000 + (p[1] - '0') * 100 + (p[2] - '0') * 10 + (p[3] - '0');
    out.head = str_slice(whole, 0, start);
    out.tail = str_skip(whole, (size_t)at);
    return out;
}
