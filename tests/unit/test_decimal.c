#include "importers/decimal.h"
#include "tests/tap.h"

static struct arena arena;

static bool shows(const char *stored, int shift, const char *want)
{
    struct str got = decimal_shown(&arena, str_from(stored), shift);
    bool same = str_eq(got, str_from(want));
    if (!same)
        diag("%s: %.*s, not %s", stored, STR_ARG(got), want);
    return same;
}

int main(void)
{
    arena = arena_new(1 << 20);
    ok(shows("59237.244900000001", 0, "59237.2449"), "what Excel keeps of 59237.2449 is that again");
    ok(shows("59237.244899999998", 0, "59237.2449"), "from below too");
    ok(shows("0.10000000000000001", 0, "0.1"), "a tenth is a tenth");
    ok(shows("0", 0, "0") && shows("-0", 0, "0") && shows("0.0", 0, "0"), "zero is 0 however written");
    ok(shows("7", 0, "7") && shows("120", 0, "120") && shows("1000000", 0, "1000000"),
       "whole numbers keep their zeros");
    ok(shows("-26524", 0, "-26524"), "signs are kept");
    ok(shows("1.0000000000000001E-2", 0, "0.01") && shows("2.5E+3", 0, "2500"),
       "exponents are written out");
    ok(shows("1.2345678901234568E+16", 0, "12345678901234600"), "Excel knows 15 digits, no more");
    ok(shows("999999999999999.9", 0, "1000000000000000"), "rounding up may add a digit");
    ok(shows("0.99999999999999989", 0, "1"), "also before the point");
    ok(shows("0.001234", 0, "0.001234") && shows(".5", 0, "0.5"), "fractions keep their zeros");
    ok(shows("0.98", 2, "98") && shows("0.985", 2, "98.5") && shows("1", 2, "100"),
       "a percentage is the number shown");
    ok(shows("5件", 0, "5件") && shows("", 0, "") && shows("-", 0, "-") && shows("1e", 0, "1e"),
       "what is no number stays");
    ok(shows("1E+999", 0, "1E+999"), "a number past all bounds stays as it is");
    ok(str_eq(decimal_date(&arena, STR("44227"), false), STR("2021-01-31")), "day numbers are dates");
    ok(str_eq(decimal_date(&arena, STR("44227.5"), false), STR("2021-01-31")), "a time is left out");
    ok(str_eq(decimal_date(&arena, STR("42765"), true), STR("2021-01-31")), "since 1904 too");
    ok(str_eq(decimal_date(&arena, STR("1"), false), STR("1900-01-01")), "the first day of 1900");
    arena_free(&arena);
    return done();
}
