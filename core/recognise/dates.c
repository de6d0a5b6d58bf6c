#include "core/recognise/dates.h"

#include <stdio.h>

#include "core/recognise/flat.h"

/* The digit a character stands for, -1 for none; `size` is its length. Chinese digits count when
 * `chinese` is set. */
static int digit_at(struct str s, bool chinese, size_t *size)
{
    if (s.n == 0)
        return -1;
    *size = 1;
    if (s.p[0] >= '0' && s.p[0] <= '9')
        return s.p[0] - '0';
    if (!chinese)
        return -1;
    if (s.p[0] == 'O' || s.p[0] == 'o') /* typed for 〇 */
        return 0;
    *size = 3;
    return chinese_digit(s);
}

/* Four digits at the head of s, all arabic or all Chinese: the year, its length. */
static size_t four_digits(struct str s, int *year)
{
    size_t at = 0, size = 0;
    int n = 0;
    int first = digit_at(s, true, &size);
    if (first < 0 || (size == 1 && (s.p[0] < '0' || s.p[0] > '9')))
        return 0;
    bool chinese = size > 1;
    for (int i = 0; i < 4; i++) {
        int d = digit_at(str_skip(s, at), chinese, &size);
        if (d < 0)
            return 0;
        n = n * 10 + d;
        at += size;
    }
    *year = n;
    return at;
}

/* A month or day: 1 to 31 in digits, or 十六, 二十一. */
static size_t small_number(struct str s, int *value)
{
    size_t at = 0, size = 0;
    int n = -1;
    for (int i = 0; i < 4; i++) {
        struct str here = str_skip(s, at);
        if (str_starts(here, STR("十"))) {
            struct str next = str_skip(here, 3);
            bool unit = digit_at(next, true, &size) > 0 && size > 1;
            n = (n < 0 ? 1 : n) * 10;
            at += 3;
            if (unit) {
                n += digit_at(next, true, &size);
                at += size;
            }
            break;
        }
        int d = digit_at(here, true, &size);
        if (d < 0 || (size > 1 && n >= 0))
            break;
        n = n < 0 ? d : n * 10 + d;
        at += size;
        if (n > 99)
            return 0;
    }
    *value = n;
    return n > 0 ? at : 0;
}

static bool is_day(struct date d)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return d.year >= 1949 && d.year <= YEAR_LAST && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
           d.day <= days[d.month - 1];
}

/* Splits the two to four digits of a month and a day whose mark was lost: 11, 131, 1231. False
 * when they can be read in two ways (111) or in none. */
static bool split_lost(const int *digits, int count, struct date *date)
{
    struct date found = {0};
    int readings = 0;
    for (int first = 1; first <= 2 && first < count; first++) {
        struct date d = {date->year, 0, 0};
        if (count - first > 2)
            continue;
        for (int i = 0; i < count; i++) {
            int *part = i < first ? &d.month : &d.day;
            *part = *part * 10 + digits[i];
        }
        if (is_day(d)) {
            found = d;
            readings++;
        }
    }
    if (readings != 1)
        return false;
    *date = found;
    return true;
}

static size_t lost_marks(struct str s, size_t at, struct date *date)
{
    int digits[4], count = 0;
    while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9') {
        if (count == 4)
            return 0;
        digits[count++] = s.p[at++] - '0';
    }
    size_t end = starts_any(str_skip(s, at), "日|号");
    if (count < 2 || !split_lost(digits, count, date))
        return 0;
    return end ? at + end : count == 4 ? at : 0;
}

size_t date_at(struct str s, bool lossy, struct date *out)
{
    struct date d = {0};
    size_t at = four_digits(s, &d.year), n;
    if (at == 0 || d.year < 1949 || d.year > YEAR_LAST)
        return 0;
    size_t mark = starts_any(str_skip(s, at), "年|-|.|/|．|—");
    if (mark == 0) {
        if (lossy && (n = lost_marks(s, at, &d)) > 0 && is_day(d)) {
            *out = d;
            return n;
        }
        return 0;
    }
    bool words = mark == 3;
    at += mark;
    if ((n = small_number(str_skip(s, at), &d.month)) == 0)
        return 0;
    size_t month_at = at;
    at += n;
    mark = starts_any(str_skip(s, at), "月|-|.|/|．|—");
    if (mark == 0) { /* 2023年11日: the month's mark is lost */
        if (lossy && words && (n = lost_marks(s, month_at, &d)) > 0 && is_day(d)) {
            *out = d;
            return n;
        }
        return 0;
    }
    at += mark;
    if ((n = small_number(str_skip(s, at), &d.day)) == 0 || !is_day(d))
        return 0;
    at += n;
    at += starts_any(str_skip(s, at), "日|号");
    *out = d;
    return at;
}

/* What may stand before a year: no digit, and no part of a number. */
static bool stands_alone(struct str s, size_t at)
{
    if (at == 0)
        return true;
    char before = s.p[at - 1];
    if (before >= '0' && before <= '9')
        return false;
    return !(at >= 2 && before == '.' && s.p[at - 2] >= '0' && s.p[at - 2] <= '9');
}

/* The next place where a year may begin, s.n for none: with 1, 2, 一 or 二. */
static size_t next_start(struct str s, size_t at)
{
    _Static_assert(YEAR_FIRST >= 1000 && YEAR_LAST < 3000, "years begin with 1 or 2");
    while (at < s.n) {
        unsigned char c = (unsigned char)s.p[at];
        if (c == '1' || c == '2')
            return at;
        if (c == 0xE4 && (str_starts(str_skip(s, at), STR("一")) ||
                          str_starts(str_skip(s, at), STR("二"))))
            return at;
        at += c < 0xE0 ? 1 : 3;
    }
    return s.n;
}

ptrdiff_t year_find(struct str s, size_t from, int *year, size_t *length, bool *marked)
{
    for (size_t at = next_start(s, from); at < s.n; at = next_start(s, at + 1)) {
        int y = 0;
        size_t n = four_digits(str_skip(s, at), &y), size;
        if (n == 0 || y < YEAR_FIRST || y > YEAR_LAST || !stands_alone(s, at))
            continue;
        struct str behind = str_skip(s, at + n);
        bool chinese = n > 4;
        if (!chinese && digit_at(behind, false, &size) >= 0)
            continue;
        size_t mark = starts_any(behind, "年度|年");
        struct date date;
        if (date_at(str_skip(s, at), false, &date) || (chinese && !mark))
            continue;
        struct str rest = str_skip(behind, mark);
        if (mark == 3 && small_number(rest, &y) > 0) {
            int month = 0;
            size_t m = small_number(rest, &month);
            if (starts_any(str_skip(rest, m), "月|季度|-"))
                continue;
        }
        if (mark && starts_any(rest, "第一季度|第二季度|第三季度|第四季度|上半年|下半年"))
            continue;
        four_digits(str_skip(s, at), year);
        *length = n + mark;
        *marked = mark > 0;
        return (ptrdiff_t)at;
    }
    return -1;
}

struct str date_text(struct arena *arena, struct date date)
{
    char text[32];
    int n = snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
    return arena_copy(arena, (struct str){text, (size_t)n});
}
