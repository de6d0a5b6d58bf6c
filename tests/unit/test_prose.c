#include "core/recognise/prose.h"

#include <stdio.h>
#include <string.h>

#include "core/recognise/identity.h"
#include "tests/tap.h"

static struct recogniser recogniser;
static struct arena arena;

/* Reads sections and figures of a text; lines with '|' are a table. */
static struct report *read_prose(const char *text)
{
    arena_reset(&arena);
    struct document *doc = document_new(&arena);
    struct str rest = str_from(text), line;
    for (uint32_t n = 1; str_line(&rest, &line); n++)
        if (str_trim(line).n && document_paragraph(doc, line, n) < 0)
            return NULL;
    struct tables_seen seen = {.block_table = arena_array(&arena, doc->count + 1, 1)};
    for (uint32_t b = 0; b < doc->count; b++)
        if (str_has(doc->blocks[b].text, STR("|")))
            seen.block_table[b] = TABLE_2;
    struct report *report = report_new(&arena);
    struct outline outline;
    struct err err;
    if (outline_read(&recogniser, doc, &seen, &arena, &outline) < 0 ||
        prose_read(&recogniser, doc, &seen, &outline, report, &err) < 0)
        return NULL;
    return report;
}

/* The figures of one sentence as "value/decimals unit measure; …". */
static const char *figures(const char *sentence)
{
    static char shown[600];
    char text[1200];
    snprintf(text, sizeof text, "一、总体情况\n%s\n", sentence);
    struct report *r = read_prose(text);
    size_t n = 0;
    shown[0] = 0;
    for (uint32_t i = 0; r && i < r->figure_count && n < sizeof shown - 100; i++) {
        struct prose_figure *f = &r->figures[i];
        n += (size_t)snprintf(shown + n, sizeof shown - n, "%s%lld/%d %.*s %.*s", i ? "; " : "",
                              (long long)f->value, f->decimals, STR_ARG(f->unit),
                              STR_ARG(f->measure));
    }
    return shown;
}

static void counts(const char *sentence, const char *expected, const char *name)
{
    const char *got = figures(sentence);
    if (!ok(strcmp(got, expected) == 0, "%s", name))
        diag("expected %s, got %s", expected, got);
}

static const char page[] =
    "首页\n常德市教育局2020年度政府信息公开工作报告\n本报告由总体情况、主动公开政府信息情况等六个部分组成。\n"
    "一、总体情况\n(一)主动公开\n公开信息302条。\n- 4 -\n二、主动公开政府信息情况\n规章 | 0\n"
    "三、收到和处理政府信息公开申请情况\n一、本年新收 | 0\n"
    "四、政府信息公开行政复议、行政诉讼情况\n行政复议 | 0\n"
    "四、存在的主要问题及整改措施\n一是学习不够。\n五、其他需要报告的事项\n无。\n常德市教育局\n"
    "2021年1月16日\n账号+密码登录\n还没有账号?\n立即注册\n";

static void sections(void)
{
    struct report *r = read_prose(page);
    ok(r && r->section_count == 6, "six sections are found, their ordinals shifted or not");
    if (!r || r->section_count != 6)
        return;
    ok(r->sections[4].number == 5 &&
           str_eq(r->sections[4].heading, STR("四、存在的主要问题及整改措施")),
       "section five is known by its words, and its heading kept as printed");
    ok(str_eq(r->sections[0].text, STR("(一)主动公开\n公开信息302条。")),
       "page marks are no part of a section");
    ok(r->sections[1].text.n == 0, "tables are no part of a section's text");
    ok(str_eq(r->sections[5].text, STR("无。")), "what follows the last section is none of it");
    ok(r->sections[0].line == 4, "a section knows the line of its heading");
    r = read_prose("一、总体情况\n好。\n五、存在问题及改进情况：一是人手不足。\n六、其他需要报告的事项 无\n");
    ok(r && r->section_count == 3 && str_eq(r->sections[1].text, STR("一是人手不足。")) &&
           str_eq(r->sections[2].text, STR("无")),
       "text may follow on the heading's own line");
    r = read_prose("目录\n一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
                   "一、总体情况\n公开3条。\n二、主动公开政府信息情况\n规章 | 0\n");
    ok(r && r->section_count >= 2 && str_eq(r->sections[0].text, STR("公开3条。")),
       "a list of contents is not the sections");
    r = read_prose("总体情况\n公开3条。\n存在的主要问题及改进情况\n无。\n其他需要报告的事项\n无。\n");
    ok(r && r->section_count == 3, "headings may have lost their ordinals");
    r = read_prose("一、總體情況\n好。\n五、存在問題及改進情況\n好。\n六、其他需要報告的事項\n無。\n");
    ok(r && r->section_count == 3, "headings may be in traditional characters");
    r = read_prose("一、总体情况\n本年度我局主动公开政府信息共计三百余条，其中通过政府网站公开政府信息30\n"
                   "2条，占比很高。\n");
    ok(r && r->figure_count == 1 && r->figures[0].value == 302,
       "a figure cut by the width of the page is put together");
}

static void numbers(void)
{
    counts("累计主动公开政府信息302条,全文电子化率达98%。", "302/0 条 disclosed; 98/0 % ",
           "counts and rates are figures");
    counts("2019年我办共办理建议提案 8项,按照通知要求。", "8/0 项 ", "a year is no figure");
    counts("今年受理涉贫信访案件158件,全部办结。", "158/0 件 ", "petitions are no applications");
    counts("每天发布信息5条以上，公布六批项目。", "5/0 条 ", "5条以上 is a figure");
    counts("全年共收到政府信息公开申请3,511件，上年结转96件，办结3486件，结转下年度121件。",
           "3511/0 件 new; 96/0 件 carried_in; 3486/0 件 handled; 121/0 件 carried_out",
           "applications are told apart by their clauses");
    counts("全市收办申请3646件。备案行政复议案件134件,行政诉讼案件57件。",
           "3646/0 件 new; 134/0 件 review; 57/0 件 suit", "reviews and suits are told");
    counts("2023年对25件申请收取信息处理费2950元。", "25/0 件 fee_cases; 2950/0 元 fee",
           "the processing fee is told from the applications");
    counts("全市实际收取信息处理费共计400元。", "400/0 元 fee", "a fee alone is told");
    counts("依据《条例》第20条，〔2019〕60号，邮编415000，电话0736-7786262，12月31日。", "",
           "articles, document numbers, telephones and dates are no figures");
    counts("在20个工作日内答复。", "", "working days are no figure of the report");
    counts("主动公开信息1.2万条，投入３．５万元。", "12000/0 条 disclosed; 35/1 万元 ",
           "万 before a unit multiplies, 万元 is a unit");
    counts("收到申请三件，一是加强学习。", "3/0 件 new", "Chinese numerals count where they measure");
    counts("收到申请比上年增加23件。", "23/0 件 ", "an increase is not the number itself");
    counts("回应率98.5％。", "985/1 % ", "decimals are kept exactly");
}

int main(void)
{
    struct err err = {0};
    arena = arena_new((size_t)64 << 20);
    if (!ok(simple_new(&recogniser.simple, &err) == 0 &&
                measures_new(&recogniser.measures, &err) == 0, "the measures are read")) {
        diag("%s", err.english);
        return done();
    }
    sections();
    numbers();
    measures_free(recogniser.measures);
    simple_free(recogniser.simple);
    arena_free(&arena);
    return done();
}
