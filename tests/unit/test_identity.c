#include "core/recognise/identity.h"

#include <stdio.h>
#include <string.h>

#include "tests/tap.h"

static struct recogniser recogniser;
static struct arena arena;

/* Reads a report of one paragraph a line; lines with '|' are a table. */
static struct report *read_at(const char *text, const char *path, struct context context,
                              struct err *err)
{
    arena_reset(&arena);
    struct document *doc = document_new(&arena);
    struct str rest = str_from(text), line;
    for (uint32_t n = 1; str_line(&rest, &line); n++) {
        if (str_starts(line, STR("<title>")))
            doc->title = str_skip(line, 7);
        else if (str_trim(line).n && document_paragraph(doc, line, n) < 0)
            return NULL;
    }
    struct tables_seen seen = {.block_table = arena_array(&arena, doc->count + 1, 1)};
    for (uint32_t b = 0; b < doc->count; b++)
        if (str_has(doc->blocks[b].text, STR("|")))
            seen.block_table[b] = TABLE_2;
    struct report *report = report_new(&arena);
    struct outline outline;
    context.path = str_from(path);
    *err = (struct err){0};
    if (outline_read(&recogniser, doc, &seen, &arena, &outline) < 0 ||
        identity_read(&recogniser, doc, &context, &seen, &outline, NULL, report, err) < 0)
        return NULL;
    return report;
}

static const char *shown(const struct report *r, const struct err *err)
{
    static char text[600];
    if (!r)
        return err->reason ? err->reason : "no memory";
    snprintf(text, sizeof text, "%.*s %d %s", STR_ARG(r->agency), r->year,
             r->scope == SCOPE_COMPOSITE ? "composite" : r->scope == SCOPE_OWN ? "own" : "unknown");
    return text;
}

/* A report with this title says it is of `expected`: "agency year scope". */
static void titled(const char *title, const char *expected)
{
    char text[1200];
    struct err err;
    snprintf(text, sizeof text, "%s\n一、总体情况\n本年度工作。\n二、主动公开政府信息情况\n规章 | 0\n",
             title);
    const char *got = shown(read_at(text, "x.txt", (struct context){0}, &err), &err);
    if (!ok(strcmp(got, expected) == 0, "a title is read: %s", expected))
        diag("%s: got %s", title, got);
}

static void says(const char *text, const char *path, const char *expected, const char *sentence)
{
    struct err err;
    const char *got = shown(read_at(text, path, (struct context){0}, &err), &err);
    if (!ok(strcmp(got, expected) == 0, "%s", sentence))
        diag("expected %s, got %s", expected, got);
}

static bool remarked(const struct report *report, const char *topic)
{
    for (uint32_t i = 0; report && i < report->remark_count; i++)
        if (strcmp(report->remarks[i].topic, topic) == 0)
            return true;
    return false;
}

static void titles(void)
{
    titled("常德市扶贫开发办公室2019年度政府信息公开工作报告", "常德市扶贫开发办公室 2019 own");
    titled("宿迁市2023年政府信息公开工作年度报告", "宿迁市人民政府 2023 composite");
    titled("测试市2025年政府信息公开工作年度报告", "测试市人民政府 2025 composite");
    titled("湛江市人民政府地方志办公室2023年政府信息公开工作年度报告",
           "湛江市人民政府地方志办公室 2023 own");
    titled("大五里镇2020年政府信息公开工作年度报告", "大五里镇 2020 own");
    titled("2020年报_审计局", "审计局 2020 own");
    titled("武汉市生态环境局2020年政府信息公開工作年度报告", "武汉市生态环境局 2020 own");
    titled("常德市自然资源和规(guī)划局2020年政府信息公开工作年度报告", "常德市自然资源和规划局 2020 own");
    titled("常德市教育局二〇一九年度政府信息公开工作报告", "常德市教育局 2019 own");
    titled("关于印发《常德市教育局2021年政府信息公开工作年度报告》的通知", "常德市教育局 2021 own");
    titled("汉寿县人民政府办公室关于2022年度政府信息公开工作情况的报告",
           "汉寿县人民政府办公室 2022 own");
    titled("汉寿县人民政府办公室关于报送汉寿县2022年政府信息公开工作年度报告的报告",
           "汉寿县人民政府 2022 composite");
    titled("汉寿县人民政府2022年政府信息公开工作年度报告", "汉寿县人民政府 2022 composite");
    titled("汉寿县人民政府信息公开工作年度报告（2022年度）", "汉寿县人民政府 2022 composite");
    titled("汉寿县2022年政府信息公开工作年度报告", "汉寿县人民政府 2022 composite");
    titled("2022年汉寿县政府信息公开工作年度报告", "汉寿县人民政府 2022 composite");
    titled("常德市教育局政府信息公开工作年度报告（2023年度）", "常德市教育局 2023 own");
    titled("常德市教育局政府信息公开2023年年度报告", "常德市教育局 2023 own");
    titled("湖南省常德市武陵区教育局2022年度政府信息公开年报", "湖南省常德市武陵区教育局 2022 own");
    titled("中国（上海）自由贸易试验区管理委员会2022年政府信息公开工作年度报告",
           "中国（上海）自由贸易试验区管理委员会 2022 own");
    titled("国家税务总局常德市税务局2022年政府信息公开工作年度报告",
           "国家税务总局常德市税务局 2022 own");
    titled("新疆生产建设兵团2022年政府信息公开工作年度报告", "新疆生产建设兵团 2022 composite");
    titled("常德经济技术开发区管委会2022年政府信息公开工作年度报告",
           "常德经济技术开发区管委会 2022 own");
    titled("常德经开区党政办公室2022年政府信息公开工作年度报告", "常德经开区党政办公室 2022 own");
    titled("武陵区东江街道办事处2022年政府信息公开工作年度报告", "武陵区东江街道办事处 2022 own");
    titled("桃源县漆河镇人民政府2022年政府信息公开工作年度报告", "桃源县漆河镇人民政府 2022 own");
    titled("鼓楼区教育局2022年政府信息公开工作年度报告", "鼓楼区教育局 2022 own");
    titled("标题：常德市教育局2022年政府信息公开工作年度报告", "常德市教育局 2022 own");
    titled("当前位置：首页 > 政府信息公开 > 常德市教育局2022年政府信息公开工作年度报告",
           "常德市教育局 2022 own");
    titled("常德市教育局\n2022年政府信息公开工作年度报告", "常德市教育局 2022 own");
    titled("常德市教育局2022年度\n政府信息公开工作年度报告", "常德市教育局 2022 own");
    titled("常德市教育局\n政府信息公开工作\n年度报告（2022年）", "常德市教育局 2022 own");
    titled("常 德 市 教 育 局 ２０２２ 年政府信息公开工作年度报告", "常德市教育局 2022 own");
    titled("2021年政府信息公开工作年度报告\n2020年政府信息公开工作年度报告\n"
           "常德市教育局2022年政府信息公开工作年度报告", "常德市教育局 2022 own");
    titled("常德市教育局2022年政府信息公开工作年度报告\n发布时间：2023-01-20 来源：教育局 字体：大 中 小",
           "常德市教育局 2022 own");
}

static void texts(void)
{
    says("2019年度政府信息公开工作报告\n本年度报告由常德市扶贫开发办公室编制。\n一、总体情况\n我局工作。\n",
         "x.txt", "常德市扶贫开发办公室 2019 own", "the agency is told by who made the report");
    says("2019年度政府信息公开工作报告\n常德市教育局根据《中华人民共和国政府信息公开条例》编制本报告。\n"
         "一、总体情况\n我局工作。\n", "x.txt", "常德市教育局 2019 own",
         "the agency is told by who acts on the law");
    says("2019年度政府信息公开工作报告\n一、总体情况\n我局工作。\n六、其他需要报告的事项\n无。\n"
         "常德市教育局\n2020年1月16日\n账号+密码登录\n立即注册\n", "x.txt", "常德市教育局 2019 own",
         "the agency is told by the signature, whatever follows it");
    says("2019年度政府信息公开工作报告\n一、总体情况\n我局工作。\n六、其他需要报告的事项\n无。\n"
         "常德市教育局 2020年1月16日\n", "x.txt", "常德市教育局 2019 own",
         "the signature and its date may share a line");
    says("2019年度政府信息公开工作报告\n本报告由各科室提供材料，由办公室编制。\n一、总体情况\n我局工作。\n",
         "x.txt", "no-agency", "sections and an office without a name are no agency");
    says("审计局2019年度政府信息公开工作报告\n本报告由常德市审计局编制。\n一、总体情况\n我局工作。\n",
         "x.txt", "常德市审计局 2019 own", "the fuller name is taken");
    says("政府信息公开工作报告\n一、总体情况\n我局工作。\n", "常德市教育局2019年政府信息公开年报.txt",
         "常德市教育局 2019 own", "the file name says what the text does not");
    says("政府信息公开工作报告\n一、总体情况\n我局工作。\n", "2019/常德市教育局/报告.txt",
         "常德市教育局 2019 own", "the folders say what text and file name do not");
    says("政府信息公开工作报告\n一、总体情况\n我局工作。\n", "报告.txt", "no-agency",
         "a report of nobody is rejected");
    says("常德市教育局政府信息公开工作报告\n一、总体情况\n我局工作。\n", "报告.txt", "no-year",
         "a report of no year is rejected");
    says("常德市教育局政府信息公开工作报告\n所列数据的统计时限自2019年1月1日起至2019年12月31日止。\n"
         "一、总体情况\n我局工作。\n", "报告.txt", "常德市教育局 2019 own", "the period tells the year");
    says("常德市教育局政府信息公开工作报告\n一、总体情况\n2020年，我局公开信息。比2019年多。2020年度无申请。\n",
         "报告.txt", "常德市教育局 2020 own", "the prose tells the year when nothing else does");
    says("2023年全市政府信息公开工作年度报告\n本年度报告由常德市人民政府办公室编制。\n一、总体情况\n全市。\n",
         "x.txt", "常德市人民政府 2023 composite", "an office that speaks for the city writes for it");
    says("汉寿县2022年政府信息公开工作年度报告\n本年度报告由汉寿县人民政府办公室编制。\n一、总体情况\n全县。\n",
         "x.txt", "汉寿县人民政府 2022 composite", "the title goes before the office that made it");
    says("索引号：00/2023\n发布机构：武陵区教育局 发布日期：2023-01-20\n2022年政府信息公开工作年度报告\n"
         "一、总体情况\n我局工作。\n", "x.html", "武陵区教育局 2022 own",
         "the page says who published what the title leaves out");
    says("2022年政府信息公开工作年度报告\n发布时间：2023-01-20　来源：常德市教育局　字体：大 中 小\n"
         "一、总体情况\n我局工作。\n", "x.html", "常德市教育局 2022 own", "or where it comes from");
    says("发文机关\n常德市教育局\n2022年政府信息公开工作年度报告\n一、总体情况\n我局工作。\n", "x.html",
         "常德市教育局 2022 own", "or in a table of two columns");
    says("来源：常德日报\n常德市教育局2022年政府信息公开工作年度报告\n一、总体情况\n我局工作。\n", "x.html",
         "常德市教育局 2022 own", "but the title goes before it");
    says("一、总体情况\n（占位）\n", "00-seed-常德市扶贫开发办公室2019.txt",
         "常德市扶贫开发办公室 2019 own", "numbers and words before a file's name are no part of it");
}

static void details(void)
{
    struct err err;
    struct report *r = read_at(
        "常德市教育局2020年度政府信息公开工作报告\n所列数据的统计时限自2019年1月1日至12月31日。\n"
        "一、总体情况\n工作。\n六、其他需要报告的事项\n无。\n常德市教育局\n二〇二一年一月十六日\n",
        "湖南省/常德市/x.txt", (struct context){0}, &err);
    ok(r && r->year == 2020 && remarked(r, "year-period"), "a period of another year is a finding");
    ok(r && str_eq(r->period_from, STR("2019-01-01")) && str_eq(r->period_to, STR("2019-12-31")),
       "the period is kept, its second year understood");
    ok(r && str_eq(r->dated, STR("2021-01-16")), "a date in Chinese numerals is read");
    ok(r && str_eq(r->place, STR("湖南省/常德市")), "the place is given in full");
    r = read_at("发布日期：2021年1月20日\n常德市教育局2020年政府信息公开工作年度报告\n一、总体情况\n工作。\n",
                "x.txt", (struct context){0}, &err);
    ok(r && str_eq(r->dated, STR("2021-01-20")), "a report without a signature has its page's date");
    r = read_at("常德市教育局2023年度政府信息公开工作报告\n统计期限自202311日起至20231231日止。\n"
                "一、总体情况\n工作。\n", "x.txt", (struct context){0}, &err);
    ok(r && str_eq(r->period_from, STR("2023-01-01")) && str_eq(r->period_to, STR("2023-12-31")),
       "a period that lost its 年 and 月 is read");
    r = read_at("鼓楼区教育局2023年政府信息公开工作年度报告\n一、总体情况\n工作。\n",
                "江苏省/南京市/x.txt", (struct context){0}, &err);
    ok(r && str_eq(r->place, STR("江苏省/南京市/鼓楼区")), "鼓楼区 is told by the folder");
    r = read_at("鼓楼区教育局2023年政府信息公开工作年度报告\n一、总体情况\n工作。\n",
                "福建/福州/x.txt", (struct context){0}, &err);
    ok(r && str_eq(r->place, STR("福建省/福州市/鼓楼区")), "folders may have short names");
    r = read_at("鼓楼区教育局2023年政府信息公开工作年度报告\n一、总体情况\n工作。\n", "x.txt",
                (struct context){0}, &err);
    ok(r && str_eq(r->place, STR("鼓楼区")), "鼓楼区 alone stays as it is");
    r = read_at("鼓楼区教育局2023年政府信息公开工作年度报告\n联系地址：开封市鼓楼区中山路1号。\n"
                "一、总体情况\n工作。\n", "x.txt", (struct context){0}, &err);
    ok(r && str_eq(r->place, STR("河南省/开封市/鼓楼区")), "or is told by the report's own address");
    r = read_at("大五里镇2020年政府信息公开工作年度报告\n一、总体情况\n工作。\n",
                "河北省/唐山市/迁安市/x.txt", (struct context){0}, &err);
    ok(r && str_eq(r->place, STR("河北省/唐山市/迁安市")), "a township's county is its folder");
    r = read_at("大五里镇2020年政府信息公开工作年度报告\n一、总体情况\n工作。\n", "x.txt",
                (struct context){0}, &err);
    ok(r && r->place.n == 0, "without one it has no place");
    r = read_at("岳阳市教育局2020年政府信息公开工作年度报告\n本报告由常德市教育局编制。\n一、总体情况\n"
                "工作。\n", "x.txt", (struct context){0}, &err);
    ok(r && remarked(r, "agency-contradicted"), "a clone with the place replaced is found out");
    r = read_at("常德市教育局2020年政府信息公开工作年度报告\n一、总体情况\n2019年，我局。2019年度。\n",
                "x.txt", (struct context){0}, &err);
    ok(r && remarked(r, "year-body"), "prose that speaks of another year alone is a finding");
    r = read_at("常德市教育局2020年政府信息公开工作年度报告\n一、总体情况\n2020年，比2019年、2019年多。\n",
                "x.txt", (struct context){0}, &err);
    ok(r && r->remark_count == 0, "several years in the prose are none");
    r = read_at("常德市教育局2020年政府信息公开工作年度报告\n一、总体情况\n工作。\n",
                "常德市教育局2019年报.txt", (struct context){0}, &err);
    ok(r && r->year == 2020 && remarked(r, "year-file-name"),
       "the text goes before the file name, and the contradiction is a finding");
    struct context told = {.agency = STR("常德市财政局"), .year = 2021, .scope = SCOPE_COMPOSITE,
                           .trust = TRUST_MANIFEST};
    r = read_at("常德市教育局2020年政府信息公开工作年度报告\n一、总体情况\n工作。\n", "x.txt", told, &err);
    ok(r && str_eq(r->agency, STR("常德市财政局")) && r->year == 2021 &&
           r->scope == SCOPE_COMPOSITE && r->agency_trust == TRUST_MANIFEST &&
           remarked(r, "year-title") && remarked(r, "agency-contradicted"),
       "a manifest goes before the text, and the contradictions are findings");
    r = read_at("常德市教育局2020年政府信息公开工作年度报告\n一、总体情况\n工作。\n",
                "湖南省/益阳市/2021/x.txt", (struct context){0}, &err);
    ok(r && r->year == 2020 && remarked(r, "place-contradicted") && remarked(r, "year-folder"),
       "folders of another place or year contradict the text, and that is a finding");
    r = read_at("湖南省教育厅2020年政府信息公开工作年度报告\n一、总体情况\n工作。\n",
                "湖南省/常德市/2020/x.txt", (struct context){.folder = STR("/data/2026/江苏省")}, &err);
    ok(r && r->remark_count == 0, "a place below the agency's, and folders far away, contradict nothing");
    struct context placed = {.division = STR("320106"), .trust = TRUST_OPTION};
    r = read_at("常德市教育局2020年政府信息公开工作年度报告\n一、总体情况\n工作。\n", "x.txt", placed, &err);
    ok(r && remarked(r, "division-contradicted"),
       "a division that is not the agency's is taken, and the contradiction is a finding");
    r = read_at("鼓楼区教育局2020年政府信息公开工作年度报告\n一、总体情况\n工作。\n", "x.txt", placed, &err);
    ok(r && r->remark_count == 0, "one that tells which 鼓楼区 it is contradicts nothing");
    r = read_at("常德市发展和改革委员会2020年政府信息公开工作年度报告\n一、总体情况\n工作。\n六、其他需要报告的"
                "事项\n无\n常德市发改委\n2021年1月5日\n", "x.txt", (struct context){0}, &err);
    ok(r && r->remark_count == 0, "an abbreviated signature contradicts nothing");
}

int main(void)
{
    struct err err = {0};
    arena = arena_new((size_t)64 << 20);
    if (!ok(simple_new(&recogniser.simple, &err) == 0 &&
                identity_new(&recogniser.identity, recogniser.simple, &err) == 0,
            "the words of titles are read")) {
        diag("%s", err.english);
        return done();
    }
    titles();
    texts();
    details();
    identity_free(recogniser.identity);
    simple_free(recogniser.simple);
    arena_free(&arena);
    return done();
}
