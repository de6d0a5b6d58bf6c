#include "core/text/fold.h"

#include <string.h>

#include "tests/tap.h"

static struct folding *folding;

/* Whether two texts fold to the same key. */
static bool same(const char *a, const char *b, bool explanations)
{
    uint16_t x[200], y[200];
    size_t n = fold(folding, str_from(a), x, 200), m = fold(folding, str_from(b), y, 200);
    n = fold_unbracket(x, NULL, n, explanations);
    m = fold_unbracket(y, NULL, m, explanations);
    return n == m && memcmp(x, y, n * sizeof *x) == 0;
}

int main(void)
{
    struct err err = {0};
    if (!ok(folding_new(&folding, &err) == 0, "the table of traditional characters is read"))
        return done();
    ok(same("(一)予以公开", "（一） 予 以公开", true), "brackets and spaces are one");
    ok(same("1.属于国家秘密", "１、属于国家秘密", true), "points and full-width digits are one");
    ok(same("危及“三安全一稳定”", "危及\"三安全一稳定\"", true), "quotes are dropped");
    ok(same("危及“三安全一稳定”", "危及‘三安全一稳定’", true), "all kinds of quotes are dropped");
    ok(same("总计", "總計", true), "traditional characters are simplified");
    ok(same("主动公开", "主動公開", true), "公開 is 公开");
    ok(same("数据", "數(shù)據(jù)", true), "a reading in letters is dropped");
    ok(same("规章", "规章(设区的市、自治州人民政府应提供)", false), "an explanation is dropped");
    ok(!same("规章", "规章(设区的市)", true), "unless it is asked for");
    ok(same("第二十条第(一)项", "第二十条第（一）项", false), "an ordinal in brackets is kept");
    ok(!same("第二十条第(一)项", "第二十条第(五)项", false), "and tells labels apart");
    ok(same("规章", "规章(设区的市、", false), "an explanation that is cut off is dropped too");
    ok(same("\xE2\xBC\x80", "一", true), "a radical is its character");
    ok(same("", "。、 \n", true), "punctuation alone is nothing");
    uint16_t cut[4];
    ok(fold(folding, STR("本年新收政府"), cut, 4) == 4, "folding stops where the room ends");
    ok(fold(folding, STR("\xFF\xC3年\xE5"), cut, 4) == 1, "bad bytes are passed over");
    folding_free(folding);
    return done();
}
