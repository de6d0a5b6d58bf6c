#include "core/text/number.h"

#include "core/text/fold.h"

enum { DIGITS_MAX = 15, SCALE_DECIMALS = 8 };
/* A thousand million 万元: forty times the fees of the whole nation, and a ninetieth of what a sum
 * can hold, so that one slipped amount cannot keep a province from being added up. */
static const int64_t money_end = INT64_C(100000000000000000);

static const char *const units[] = {"件次", "人次", "万元", "萬元", "亿元", "億元", "元", "件", "条",
                                    "條",   "项",   "項",   "次",   "个",   "個",   "篇", "人", "宗",
                                    "起",   "份",   "家",   "场",   "期",   "部",   "处", "则"};

static struct str unit_at(struct str s)
{
    if (s.n < 3 || (unsigned char)s.p[0] < 0xE4 || (unsigned char)s.p[0] > 0xE9)
        return (struct str){0}; /* they are all of 0x4E00 to 0x9FFF */
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (str_starts(s, str_from(units[i])))
            return str_slice(s, 0, str_from(units[i]).n);
    return (struct str){0};
}

bool number_is_unit(struct str text)
{
    struct str s = str_trim(text);
    return s.n > 0 && unit_at(s).n == s.n;
}

static bool is_dash(uint32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011 || c == 0x2012 || c == 0x2013 || c == 0x2014 ||
           c == 0x2015 || c == 0x2212 || c == 0xFF0D || c == 0xFE63 || c == 0x2500 || c == 0x30FC;
}

static bool is_minus(uint32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011 || c == 0x2012 || c == 0x2013 || c == 0x2212 ||
           c == 0xFF0D || c == 0xFE63;
}

/* Marks that say: no figure applies. */
static bool is_na(struct str s)
{
    static const char *const words[] = {"/",   "／", "\\", "＼", "无",   "無",
                                        "N/A", "n/a", "NA", "Ｎ／Ａ", "不适用", "不適用"};
    if (s.n > 0 && s.p[0] >= '0' && s.p[0] <= '9')
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(s, str_from(words[i])))
            return true;
    size_t n;
    for (; s.n > 0; s = str_skip(s, n))
        if (!is_dash(utf8_next(s, &n)))
            return false;
    return true;
}

static bool digit_of(uint32_t c, int *digit)
{
    if (c >= '0' && c <= '9')
        *digit = (int)(c - '0');
    else if (c >= 0xFF10 && c <= 0xFF19)
        *digit = (int)(c - 0xFF10);
    else
        return false;
    return true;
}

/* What pages leave between digits and nobody sees: zero width, or where a word may be cut. */
static bool is_invisible(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF;
}

/* Reads digits with their separators and decimals; moves `s` behind them. False when there are
 * none, too many, or separators that part no thousands. */
static bool read_digits(struct str *s, struct number *out)
{
    int count = 0, group = 0, digit = 0;
    bool grouped = false, decimal = false;
    while (s->n > 0) {
        size_t n;
        uint32_t c = utf8_next(*s, &n);
        if (digit_of(c, &digit)) {
            if (++count > DIGITS_MAX)
                return false;
            out->digits = out->digits * 10 + digit;
            out->decimals = (uint8_t)(out->decimals + decimal);
            group++;
        } else if ((c == ',' || c == 0xFF0C) && !decimal) {
            if (grouped ? group != 3 : group < 1 || group > 3)
                return false;
            grouped = true;
            group = 0;
        } else if ((c == '.' || c == 0xFF0E) && !decimal && group > 0) {
            if (grouped && group != 3)
                return false;
            grouped = false;
            decimal = true;
            group = 0;
        } else if (!is_invisible(c)) {
            break;
        }
        *s = str_skip(*s, n);
    }
    return count > 0 && group > 0 && (!grouped || group == 3);
}

/* A note in brackets, or a footnote mark; the brackets are no part of it. */
static bool read_note(struct str s, struct str *note)
{
    static const struct {
        const char *open, *close;
    } pairs[] = {{"(", ")"}, {"（", "）"}, {"(", "）"}, {"（", ")"}, {"[", "]"}, {"【", "】"},
                 {"〔", "〕"}, {"［", "］"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct str open = str_from(pairs[i].open), close = str_from(pairs[i].close);
        if (s.n >= open.n + close.n && str_starts(s, open) && str_ends(s, close)) {
            *note = str_trim(str_slice(s, open.n, s.n - close.n));
            return true;
        }
    }
    size_t n;
    *note = s;
    for (; s.n > 0; s = str_skip(s, n)) {
        uint32_t c = utf8_next(s, &n);
        if (c != '*' && c != 0x203B && c != 0xFF0A && !(c >= 0x2460 && c <= 0x2473))
            return false;
    }
    return true;
}

bool number_is_digits(struct str text)
{
    if (text.n == 0 || text.n > DIGITS_MAX)
        return false;
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
    return true;
}

static struct number plain_digits(struct str text)
{
    struct number out = {.state = NUMBER_VALUE};
    for (size_t i = 0; i < text.n; i++)
        out.digits = out.digits * 10 + (text.p[i] - '0');
    return out;
}

struct number number_read(struct str text)
{
    if (number_is_digits(text))
        return plain_digits(text);
    struct str s = str_trim(text);
    struct number out = {.state = NUMBER_BLANK}, other = {.state = NUMBER_OTHER};
    if (s.n == 0)
        return out;
    if (is_na(s)) {
        out.state = NUMBER_NA;
        return out;
    }
    size_t n;
    uint32_t c = utf8_next(s, &n);
    bool negative = is_minus(c);
    out.sign = negative || c == '+' || c == 0xFF0B;
    if (out.sign)
        s = str_trim(str_skip(s, n));
    if (!read_digits(&s, &out))
        return other;
    s = str_trim(s);
    out.unit = unit_at(s);
    s = str_trim(str_skip(s, out.unit.n));
    if (s.n > 0 && !read_note(s, &out.note))
        return other;
    if (negative)
        out.digits = -out.digits;
    out.state = NUMBER_VALUE;
    return out;
}

bool number_is_figure(struct str text)
{
    struct number number = number_read(text);
    if (number.state != NUMBER_NA)
        return number.state == NUMBER_VALUE;
    struct str s = str_trim(text);
    return (unsigned char)s.p[0] < 0x80 || is_dash(utf8_next(s, &(size_t){0})) ||
           str_eq(s, STR("／"));
}

static bool is_money_unit(struct str unit)
{
    return str_ends(unit, STR("元"));
}

bool number_count(const struct number *number, int64_t *out)
{
    int64_t value = number->digits;
    if (is_money_unit(number->unit))
        return false;
    for (int i = 0; i < number->decimals; i++) {
        if (value % 10 != 0)
            return false;
        value /= 10;
    }
    *out = value;
    return true;
}

bool number_money(const struct number *number, struct str unit, int64_t *out)
{
    int power = SCALE_DECIMALS - number->decimals;
    struct str of = number->unit.n ? number->unit : unit;
    int64_t value = number->digits;
    if (number->unit.n && !is_money_unit(number->unit))
        return false;
    bool large = str_starts(of, STR("亿")) || str_starts(of, STR("億"));
    power += large ? 4 : str_eq(of, STR("元")) ? -4 : 0;
    for (; power > 0; power--)
        if (__builtin_mul_overflow(value, 10, &value))
            return false;
    for (; power < 0; power++) {
        if (value % 10 != 0)
            return false;
        value /= 10;
    }
    if (value <= -money_end || value >= money_end)
        return false;
    *out = value;
    return true;
}
