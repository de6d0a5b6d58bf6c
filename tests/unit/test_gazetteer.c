#include "core/model/gazetteer.h"
#include "tests/tap.h"

static struct gazetteer *g;

/* Whether the chain at the head of `text` is `length` bytes, and its last name means `code`
 * alone ("" : nothing or several). */
static bool heads(const char *text, int year, const char *shown, const char *code)
{
    struct chain chain;
    gazetteer_chain(g, str_from(text), year, false, &chain);
    bool good = str_eq(str_slice(str_from(text), 0, chain.length), str_from(shown));
    if (*code)
        good = good && chain.last.count == 1 && str_eq(chain.last.place[0]->code, str_from(code));
    else
        good = good && chain.last.count != 1;
    if (!good)
        diag("%s: %zu bytes, %u candidates, first %s", text, chain.length, chain.last.count,
             chain.last.count ? chain.last.place[0]->code.p : "none");
    return good;
}

int main(void)
{
    struct err err = {0};
    if (!ok(gazetteer_builtin(&g, &err) == 0, "the built-in divisions are read")) {
        diag("%s", err.english);
        return done();
    }
    ok(heads("常德市扶贫开发办公室", 2019, "常德市", "430700"), "a city stands before its office");
    ok(heads("湖南省常德市武陵区教育局", 2022, "湖南省常德市武陵区", "430702"),
       "a chain of names is read to its end");
    ok(heads("湖南省 常德市", 2022, "湖南省 常德市", "430700"), "spaces between names are passed");
    ok(heads("鼓楼区教育局", 2022, "鼓楼区", ""), "鼓楼区 alone means several");
    ok(heads("南京市鼓楼区教育局", 2022, "南京市鼓楼区", "320106"), "鼓楼区 below 南京市 means one");
    ok(heads("福州市鼓楼区", 2022, "福州市鼓楼区", "350102"), "鼓楼区 below 福州市 means another");
    ok(heads("南京鼓楼区教育局", 2022, "南京鼓楼区", "320106"),
       "a short form counts before a name below it");
    ok(heads("常德扶贫办", 2022, "", ""), "a short form alone is no division");
    ok(heads("河北省迁安市大五里镇", 2020, "河北省迁安市", "130283"),
       "a county may follow its province at once");
    ok(heads("常德市市场监督管理局", 2022, "常德市", "430700"), "市场 after 常德市 is no division");
    ok(heads("吉林省吉林市船营区", 2022, "吉林省吉林市船营区", "220204"),
       "吉林市 lies below 吉林省");
    ok(heads("沙县人民政府", 2019, "沙县", "350427"), "沙县 was a county in 2019");
    ok(heads("沙县区教育局", 2022, "沙县区", "350405"), "沙县区 is a district today");
    ok(heads("襄樊市教育局", 2009, "襄樊市", "420600"), "a city is found by its name of the time");
    ok(heads("襄阳市教育局", 2019, "襄阳市", "420600"), "and by its name of today");
    ok(heads("桥东区", 2022, "桥东区", "130702"), "districts that are gone are left out");
    ok(heads("桥东区", 2012, "桥东区", ""), "but not in their time");
    ok(heads("湘西土家族苗族自治州林业局", 2020, "湘西土家族苗族自治州", "433100"),
       "a prefecture with a long name is found whole");
    ok(heads("中华人民共和国长沙海关", 2020, "", ""), "the nation is no division of the list");

    struct places p = gazetteer_named(g, STR("湘西州"), 2020, true);
    ok(p.count == 1 && p.shortened && str_eq(p.place[0]->code, STR("433100")),
       "湘西州 is short for one prefecture");
    p = gazetteer_named(g, STR("内蒙古"), 2020, true);
    ok(p.count == 1 && str_eq(p.place[0]->code, STR("150000")), "内蒙古 is short for a region");
    p = gazetteer_named(g, STR("新疆"), 2020, true);
    ok(p.count == 1 && str_eq(p.place[0]->code, STR("650000")), "新疆 is short for a region");
    p = gazetteer_named(g, STR("常德"), 2020, false);
    ok(p.count == 0, "short forms are taken only when asked for");
    p = gazetteer_named(g, STR("朝阳"), 2020, true);
    ok(p.count > 1, "朝阳 may be a city, a county or a district");

    const struct place *wuling = gazetteer_code(g, STR("430702"), 2020);
    ok(wuling && gazetteer_below(g, wuling, STR("430700"), 2020) &&
           gazetteer_below(g, wuling, STR("430000"), 2020) &&
           gazetteer_below(g, wuling, NATION_CODE, 2020) &&
           !gazetteer_below(g, wuling, STR("320000"), 2020),
       "a district lies below its city, province and the nation");
    ok(str_eq(gazetteer_code(g, STR("420600"), 2009)->name, STR("襄樊市")) &&
           str_eq(gazetteer_code(g, STR("420600"), 0)->name, STR("襄阳市")),
       "a code has the name of the year asked for, or the latest");
    ok(gazetteer_code(g, STR("999999"), 2020) == NULL, "an unknown code is no division");

    struct chain chain;
    struct str text = STR("本报告由迁安市大五里镇人民政府编制");
    ok(gazetteer_find(g, text, 0, 2020, &chain) == (ptrdiff_t)(sizeof "本报告由" - 1) &&
           str_eq(chain.names[0], STR("迁安市")),
       "a division is found inside a sentence");
    ok(gazetteer_find(g, STR("任县长以后，文县区的事"), 0, 2020, &chain) < 0,
       "names of two characters are not found inside a sentence");

    struct place zones[] = {
        {STR("320000"), STR("江苏省"), STR("000000"), LEVEL_PROVINCE, 2008, 0},
        {STR("321300"), STR("宿迁市"), STR("320000"), LEVEL_PREFECTURE, 2008, 0},
        {STR("3213Z1"), STR("宿迁经济技术开发区"), STR("321300"), LEVEL_ZONE, 2010, 0},
    };
    struct gazetteer *own = NULL;
    ok(gazetteer_new(&own, zones, 3, &err) == 0, "a gazetteer is made of registered divisions");
    gazetteer_chain(own, STR("江苏省宿迁市宿迁经济技术开发区管委会"), 2023, false, &chain);
    ok(chain.depth == 3 && chain.last.count == 1 &&
           str_eq(chain.last.place[0]->code, STR("3213Z1")),
       "a zone with a code of one's own is found below its city");
    gazetteer_free(own);

    gazetteer_free(g);
    return done();
}
