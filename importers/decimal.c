#include "importers/decimal.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { SIGNIFICANT = 15, DIGITS_MAX = 400, EXPONENT_MAX = 330 };

/* A number: its digits without leading zeros, and where its point stands behind the first. */
struct decimal {
    bool negative;
    int digits[DIGITS_MAX], count, point;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool parse(struct decimal *d, struct str s)
{
    size_t i = 0;
    bool point = false, any = false;
    *d = (struct decimal){.negative = s.n > 0 && s.p[0] == '-'};
    i += s.n > 0 && (s.p[0] == '-' || s.p[0] == '+');
    for (; i < s.n && (is_digit(s.p[i]) || (s.p[i] == '.' && !point)); i++) {
        if (s.p[i] == '.') {
            point = true;
            continue;
        }
        any = true;
        if (d->count == DIGITS_MAX)
            return false;
        if (d->count > 0 || s.p[i] != '0')
            d->digits[d->count++] = s.p[i] - '0';
        else if (point)
            d->point--; /* 0.00…: zeros before the first digit */
        d->point += !point && d->count > 0;
    }
    if (!any)
        return false;
    if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
        int exponent = 0;
        bool minus = i + 1 < s.n && s.p[i + 1] == '-';
        i += 1 + (i + 1 < s.n && (s.p[i + 1] == '-' || s.p[i + 1] == '+'));
        if (i == s.n)
            return false;
        for (; i < s.n && is_digit(s.p[i]); i++)
            exponent = exponent > EXPONENT_MAX ? exponent : exponent * 10 + (s.p[i] - '0');
        d->point += minus ? -exponent : exponent;
    }
    return i == s.n && d->point <= EXPONENT_MAX && d->point >= -EXPONENT_MAX;
}

/* Rounds to 15 digits, half away from zero, and drops trailing zeros. */
static void round_off(struct decimal *d)
{
    if (d->count > SIGNIFICANT) {
        bool up = d->digits[SIGNIFICANT] >= 5;
        d->count = SIGNIFICANT;
        for (int i = SIGNIFICANT - 1; up && i >= 0; i--) {
            up = d->digits[i] == 9;
            d->digits[i] = up ? 0 : d->digits[i] + 1;
        }
        if (up) { /* 99…9: one digit more in front */
            memmove(d->digits + 1, d->digits, (SIGNIFICANT - 1) * sizeof *d->digits);
            d->digits[0] = 1;
            d->point++;
        }
    }
    while (d->count > 0 && d->digits[d->count - 1] == 0)
        d->count--;
}

struct str decimal_shown(struct arena *arena, struct str stored, int shift)
{
    struct decimal d;
    char text[2 * EXPONENT_MAX + DIGITS_MAX + 8], *to = text;
    if (!parse(&d, stored))
        return arena_copy(arena, stored);
    round_off(&d);
    if (d.count == 0)
        return arena_copy(arena, STR("0"));
    d.point += shift;
    if (d.negative)
        *to++ = '-';
    if (d.point <= 0)
        *to++ = '0';
    for (int i = 0; i < d.count || i < d.point; i++) {
        if (i == (d.point > 0 ? d.point : 0))
            *to++ = '.';
        for (int zero = d.point; i == 0 && zero < 0; zero++)
            *to++ = '0';
        *to++ = (char)('0' + (i < d.count ? d.digits[i] : 0));
    }
    return arena_copy(arena, (struct str){text, (size_t)(to - text)});
}

/* The day `days` after 1970-01-01, by the Gregorian calendar. */
static void civil(long days, long *year, long *month, long *day)
{
    days += 719468; /* since 0000-03-01 */
    long era = days / 146097, in_era = days - era * 146097;
    long y = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    long in_year = in_era - (365 * y + y / 4 - y / 100), m = (5 * in_year + 2) / 153;
    *day = in_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = y + era * 400 + (*month <= 2);
}

struct str decimal_date(struct arena *arena, struct str stored, bool since_1904)
{
    struct decimal d;
    long number = 0, year, month, day;
    char text[64];
    if (!parse(&d, stored) || d.negative || d.point < 1 || d.point > 7)
        return arena_copy(arena, stored);
    for (int i = 0; i < d.point; i++)
        number = number * 10 + (i < d.count ? d.digits[i] : 0);
    /* Excel's 1900 has a 29th of February: days before it are one off */
    number += since_1904 ? 1462 : number < 60 ? 1 : 0;
    civil(number - 25569, &year, &month, &day);
    int n = snprintf(text, sizeof text, "%04ld-%02ld-%02ld", year, month, day);
    return arena_copy(arena, (struct str){text, (size_t)n});
}
