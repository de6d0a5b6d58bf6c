#include "core/text/number.h"

#include <string.h>

#include "core/model/report.h"
#include "tests/tap.h"

static void count_is(const char *text, int64_t want)
{
    struct number n = number_read(str_from(text));
    int64_t got = -99;
    ok(n.state == NUMBER_VALUE && number_count(&n, &got) && got == want, "\"%s\" is %lld", text,
       (long long)want);
}

static void no_count(const char *text, const char *why)
{
    struct number n = number_read(str_from(text));
    int64_t got;
    ok(n.state == NUMBER_OTHER || (n.state == NUMBER_VALUE && !number_count(&n, &got)),
       "\"%s\" is no count: %s", text, why);
}

static void money_is(const char *text, const char *unit, int64_t want)
{
    struct number n = number_read(str_from(text));
    int64_t got = -99;
    ok(n.state == NUMBER_VALUE && number_money(&n, str_from(unit), &got) && got == want,
       "\"%s\" below %s is exact", text, unit);
}

static void is_na(const char *text)
{
    ok(number_read(str_from(text)).state == NUMBER_NA, "\"%s\" says that none applies", text);
}

int main(void)
{
    count_is("0", 0);
    count_is(" 12\xC2\xA0", 12);
    count_is("１２３", 123);
    count_is("12,343", 12343);
    count_is("1，234，567", 1234567);
    count_is("+1036", 1036);
    count_is("-26524", -26524);
    count_is("−5", -5);
    count_is("－7", -7);
    count_is("124件", 124);
    count_is("5 条", 5);
    count_is("3.00", 3);
    count_is("999999999999999", 999999999999999);
    no_count("1,23", "no group of three");
    count_is("1\xE2\x80\x8B" "23\xEF\xBB\xBF" "4", 1234);
    no_count("1,2345", "no group of three");
    no_count("12,34,567", "no group of three");
    no_count("3.5", "it has decimals");
    no_count("5万元", "it is money");
    no_count("12 34", "they are two numbers");
    no_count("约5", "something stands before it");
    no_count("1000000000000000", "sixteen digits");
    no_count("2019年", "it is a year");
    no_count("12%", "it is a share");
    no_count("0736-7786262", "it is a telephone number");
    no_count(",5", "it begins with a separator");
    no_count("5,", "it ends with a separator");
    money_is("25.1", "万元", 25 * MONEY_SCALE + MONEY_SCALE / 10);
    money_is("251000元", "万元", 25 * MONEY_SCALE + MONEY_SCALE / 10);
    money_is("251000", "元", 25 * MONEY_SCALE + MONEY_SCALE / 10);
    money_is("59237.2449", "万元", INT64_C(5923724490000));
    money_is("0.01元", "万元", 100);
    money_is("1.5亿元", "万元", 15000 * MONEY_SCALE);
    struct number n = number_read(STR("0.00001元"));
    int64_t value;
    ok(!number_money(&n, STR("万元"), &value), "what does not fit in eight decimals is not rounded");
    n = number_read(STR("999999999999999"));
    ok(!number_money(&n, STR("亿元"), &value), "an amount too large is not cut");
    money_is("999999999.9999", "万元", INT64_C(99999999999990000));
    n = number_read(STR("1000000000"));
    ok(!number_money(&n, STR("万元"), &value), "an amount no body can have taken is no figure");
    n = number_read(STR("-100000亿元"));
    ok(!number_money(&n, STR("万元"), &value), "whatever its sign and unit");
    is_na("/");
    is_na("-");
    is_na("--");
    is_na("—");
    is_na("——");
    is_na("－");
    is_na("无");
    is_na("不适用");
    is_na("N/A");
    ok(number_read(STR(" \xE3\x80\x80")).state == NUMBER_BLANK, "white space is blank");
    n = number_read(STR("22（其中修订16件）"));
    ok(n.digits == 22 && str_eq(n.note, STR("其中修订16件")), "a note in brackets stays beside it");
    n = number_read(STR("5①"));
    ok(n.digits == 5 && str_eq(n.note, STR("①")), "a footnote mark is no digit");
    ok(!number_is_figure(STR("无")) && number_is_figure(STR("--")), "无 is a word in running text");
    return done();
}
