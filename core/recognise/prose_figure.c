#include "core/recognise/prose.h"
#include "core/recognise/words.h"

enum { DIGITS_MAX = 15 };

/* Units that figures of a report count, the longer ones first. Years, days of the month, floors
 * and articles are not among them. */
static _Thread_local struct words units =
    WORDS("人次|批次|万元|亿元|篇次|场次|件次|条次|户次|条|件|项|次|个|份|篇|人|期|场|家|起|宗|"
                            "例|户|名|部|批|册|张|元|%|‰|辆|台|套|站|处|幅|封|则|类|种|组|所|平方米|公里");

/* What follows 个 and 处 where nothing of the report is counted: 20个工作日. */
static _Thread_local struct words no_count =
    WORDS("个工作日|个月|个小时|次会议纪要|条第|条规定|条的规定|项规定|项的规定|个百分点|"
                               "号|年|月|日|时|分|点|楼|室|栋|路|街|届");

struct number {
    int64_t value;
    uint8_t decimals;
    bool lossy; /* does not fit */
};

static bool digit(struct str s, size_t at)
{
    return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

/* The number at `at`: 1,234.50, with 万 or 亿 behind it counted in; its length. */
static size_t number_at(struct str s, size_t at, struct number *out)
{
    struct number n = {0};
    size_t from = at, digits = 0;
    for (; at < s.n; at++) {
        bool comma = s.p[at] == ',' && digit(s, at + 1) && digit(s, at + 2) && digit(s, at + 3) &&
                     !digit(s, at + 4) && at > from;
        if (comma)
            continue;
        if (s.p[at] == '.' && digit(s, at + 1) && !n.decimals && at > from) {
            while (digit(s, at + 1) && digits < DIGITS_MAX) {
                n.value = n.value * 10 + (s.p[++at] - '0');
                n.decimals++;
                digits++;
            }
            at++;
            break;
        }
        if (!digit(s, at))
            break;
        if (++digits > DIGITS_MAX)
            n.lossy = true;
        else
            n.value = n.value * 10 + (s.p[at] - '0');
    }
    if (digit(s, at))
        n.lossy = true;
    while (digit(s, at))
        at++;
    *out = n;
    return at - from;
}

/* 万 and 亿 before another unit than 元 multiply: 1.2万条 is 12000条. */
static size_t multiply(struct str behind, struct number *n)
{
    size_t size = starts_any(behind, "万|亿");
    if (!size || starts_any(str_skip(behind, size), "元"))
        return 0;
    for (int zeros = str_starts(behind, STR("万")) ? 4 : 8; zeros > 0; zeros--) {
        if (n->decimals)
            n->decimals--;
        else if (n->value > INT64_C(100000000000000))
            n->lossy = true;
        else
            n->value *= 10;
    }
    return size;
}

/* A count in Chinese numerals, up to 九十九: 三件, 十二件. They count only with a measure, since
 * 一是 and 两个 are everywhere. */
static size_t chinese_number(struct str s, struct number *out)
{
    int64_t tens = 0, value = -1;
    size_t at = 0;
    for (int step = 0; step < 3; step++) {
        struct str here = str_skip(s, at);
        if (str_starts(here, STR("十")) && tens == 0) {
            tens = value < 0 ? 10 : value * 10;
            value = 0;
            at += 3;
            continue;
        }
        int d = str_starts(here, STR("两")) ? 2 : chinese_digit(here);
        if (d < 0)
            break;
        if (value > 0 || (value == 0 && tens == 0))
            return 0;
        value = d;
        at += 3;
    }
    *out = (struct number){.value = tens + (value < 0 ? 0 : value)};
    return at;
}

/* Whether one of the marks stands at `at` and parts: no comma in 1,234. */
static bool parts_at(struct str s, size_t at, struct words *marks)
{
    if (!words_start(marks, str_skip(s, at)))
        return false;
    return !(s.p[at] == ',' && at > 0 && digit(s, at - 1) && digit(s, at + 1) &&
             digit(s, at + 2) && digit(s, at + 3) && !digit(s, at + 4));
}

/* The piece of text around s[from..to), itself within such a piece, that these marks bound. */
static struct str piece(struct str s, size_t from, size_t to, struct words *marks)
{
    while (from > 0) {
        size_t i = from - 1;
        while (i > 0 && ((unsigned char)s.p[i] & 0xC0) == 0x80)
            i--;
        if (parts_at(s, i, marks))
            break;
        from = i;
    }
    for (to = words_next(marks, s, to); to < s.n && !parts_at(s, to, marks);)
        to = words_next(marks, s, to + char_size(str_skip(s, to)));
    return str_slice(s, from, to < s.n ? to : s.n);
}

/* Whether the number at `at` is no figure: 第20条, 〔2019〕60号, A4, 0736-7786262, 2019年. */
static bool is_label(struct str s, size_t at)
{
    struct str before = str_slice(s, 0, at);
    if (ends_any(before, "第|〔|[|№|-|/"))
        return true;
    if (at == 0)
        return false;
    char c = s.p[at - 1];
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.';
}

static int add(const struct measures *measures, const struct flat *p, size_t at, size_t unit_at,
               size_t unit, struct number n, bool needs_measure, int section, uint32_t line,
               struct report *report)
{
    static _Thread_local struct words sentence_ends = WORDS("。|;|!|?|\n");
    static _Thread_local struct words clause_ends = WORDS("。|;|!|?|,|:|\n");
    struct str s = p->text;
    struct str clause = piece(s, at, at, &clause_ends); /* what ends a sentence ends a clause */
    size_t from = (size_t)(clause.p - s.p);
    struct str sentence = piece(s, from, from + clause.n, &sentence_ends);
    struct str measure = measure_of(measures, str_slice(s, unit_at, unit_at + unit), clause,
                                    sentence);
    if (needs_measure && !measure.n)
        return 0;
    from = (size_t)(sentence.p - s.p);
    return report_figure(report, (struct prose_figure){
        .section = section,
        .line = line,
        .value = n.value,
        .decimals = n.decimals,
        .unit = str_slice(s, unit_at, unit_at + unit),
        .sentence = flat_printed(p, from, from + sentence.n),
        .measure = measure,
    });
}

int prose_figures(const struct measures *measures, const struct flat *p, int section,
                  uint32_t line, struct report *report)
{
    static _Thread_local struct words numerals =
        WORDS("0|1|2|3|4|5|6|7|8|9|〇|零|○|Ｏ|一|二|三|四|五|六|七|八|九|十|两");
    struct str s = p->text;
    for (size_t at = 0; (at = words_next(&numerals, s, at)) < s.n;) {
        if (!words_start(&numerals, str_skip(s, at))) {
            at += char_size(str_skip(s, at));
            continue;
        }
        struct number n = {0};
        size_t size = digit(s, at) ? number_at(s, at, &n) : 0;
        bool words = size == 0;
        if (words)
            size = chinese_number(str_skip(s, at), &n);
        if (size == 0) {
            at += char_size(str_skip(s, at));
            continue;
        }
        size_t unit_at = at + size;
        unit_at += multiply(str_skip(s, unit_at), &n);
        unit_at += starts_any(str_skip(s, unit_at), "余|多");
        struct str behind = str_skip(s, unit_at);
        size_t unit = words_start(&units, behind);
        bool label = words ? ends_any(str_slice(s, 0, at), "第") > 0 : is_label(s, at);
        if (unit && !n.lossy && !label && !words_start(&no_count, behind) &&
            add(measures, p, at, unit_at, unit, n, words, section, line, report) < 0)
            return -1;
        at += size;
    }
    return 0;
}
