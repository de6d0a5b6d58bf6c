#include "core/model/agency_name.h"

#include <stdio.h>
#include <string.h>

#include "tests/tap.h"

static struct gazetteer *g;
static struct agency_kinds *kinds;
static struct arena arena;

/* A name as "kind key division": the code, ? when several fit, 000000 for the nation, else -. */
static const char *shown(const char *text)
{
    static char out[300];
    struct agency_name name;
    arena_reset(&arena);
    if (agency_name_read(g, kinds, &arena, str_from(text), 2022, &name) < 0)
        return "no memory";
    struct str code = name.nation              ? NATION_CODE
                      : !name.chain.depth      ? STR("-")
                      : name.chain.last.count > 1 ? STR("?")
                                               : name.chain.last.place[0]->code;
    snprintf(out, sizeof out, "%s %.*s %.*s%s", agency_kind_name(name.kind), STR_ARG(name.key),
             STR_ARG(code), name.in_zone ? " in a zone" : "");
    return out;
}

static const struct {
    const char *name, *shown;
} names[] = {
    {"常德市人民政府", "government 人民政府 430700"},
    {"常德市", "government 人民政府 430700"},
    {"湖南省 常德市 人民政府", "government 人民政府 430700"},
    {"测试市人民政府", "government 测试市人民政府 -"},
    {"常德市人民政府办公室", "office 政府办公室 430700"},
    {"常德市政府办", "office 政府办公室 430700"},
    {"湖南省人民政府办公厅", "office 政府办公厅 430000"},
    {"湛江市人民政府地方志办公室", "department 人民政府地方志办公室 440800"},
    {"桃源县漆河镇人民政府", "township 漆河镇 430725"},
    {"桃源县漆河镇", "township 漆河镇 430725"},
    {"大五里镇", "township 大五里镇 -"},
    {"武陵区东江街道办事处", "subdistrict 东江街道 430702"},
    {"鼓楼区教育局", "department 教育局 ?"},
    {"市教育局", "department 教育局 -"},
    {"市场监督管理局", "department 市场监督管理局 -"},
    {"常德市国有资产监督管理委员会", "department 国有资产监督管理委员会 430700"},
    {"常德市城市管理委员会", "department 城市管理委员会 430700"},
    {"常德经济技术开发区管理委员会", "zone 经济技术开发区管委会 430700"},
    {"常德市经济技术开发区管委会", "zone 经济技术开发区管委会 430700"},
    {"常德经济技术开发区财政局", "department 经济技术开发区财政局 430700 in a zone"},
    {"长沙高新区管委会", "zone 高新区管委会 ?"},
    {"中国（上海）自由贸易试验区管理委员会", "zone 中国(上海)自由贸易试验区管委会 -"},
    {"国家税务总局常德市税务局", "vertical 国家税务总局税务局 430700"},
    {"国家统计局常德调查队", "vertical 国家统计局调查队 430700"},
    {"中华人民共和国长沙海关", "vertical 中华人民共和国海关 ?"},
    {"常德市气象局", "vertical 气象局 430700"},
    {"国家税务总局", "vertical 国家税务总局 000000"},
    {"国家林业和草原局", "department 国家林业和草原局 000000"},
    {"中华人民共和国教育部", "department 中华人民共和国教育部 000000"},
    {"教育部", "department 教育部 000000"},
    {"国务院办公厅", "office 国务院办公厅 000000"},
    {"中共常德市委宣传部", "department 中共委宣传部 430700"},
    {"常德市文化旅游广电体育局（常德市文物局）", "department 文化旅游广电体育局 430700"},
    {"常德市公安局武陵分局", "department 公安局武陵分局 430700"},
    {"常德市第一人民医院", "other 第一人民医院 430700"},
    {"新疆生产建设兵团", "government 新疆生产建设兵团 -"},
    {"某某研究", "other 某某研究 -"},
};

int main(void)
{
    struct err err = {0};
    arena = arena_new((size_t)1 << 20);
    if (!ok(gazetteer_builtin(&g, &err) == 0 && agency_kinds_new(&kinds, &err) == 0,
            "divisions and kinds are read"))
        return done();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *got = shown(names[i].name);
        if (!ok(strcmp(got, names[i].shown) == 0, "%s is %s", names[i].name, names[i].shown))
            diag("got %s", got);
    }
    ok(agency_name_likely(kinds, STR("教育局")) && !agency_name_likely(kinds, STR("局")) &&
           !agency_name_likely(kinds, STR("办公室")) && agency_name_likely(kinds, STR("税务局")) &&
           !agency_name_likely(kinds, STR("首页")),
       "an ending alone is no agency");
    gazetteer_free(g);
    agency_kinds_free(kinds);
    arena_free(&arena);
    return done();
}
