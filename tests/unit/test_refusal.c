#include "core/recognise/outline.h"
#include "core/recognise/parts.h"
#include "tests/tap.h"

#include <string.h>

static struct recogniser recogniser;
static struct arena arena;

/* Why a text is refused whose tables look so, "" when it is not. */
static const char *reason(const char *text, struct table_seen table, bool images)
{
    arena_reset(&arena);
    struct document *doc = document_new(&arena);
    struct str rest = str_from(text), line;
    for (uint32_t n = 1; str_line(&rest, &line); n++)
        if (str_trim(line).n && document_paragraph(doc, line, n) < 0)
            return "no memory";
    doc->has_images = images;
    struct tables_seen seen = {.block_table = arena_array(&arena, doc->count + 1, 1)};
    seen.table[TABLE_3] = table;
    struct outline outline;
    struct context context = {0};
    struct err err = {.reason = ""};
    if (outline_read(&recogniser, doc, &seen, &arena, &outline) < 0)
        return "no memory";
    refusal_check(&recogniser, doc, &context, &seen, &outline, &err);
    return err.reason;
}

static void refused(const char *text, struct table_seen table, bool images, const char *expected,
                    const char *sentence)
{
    const char *got = reason(text, table, images);
    if (!ok(strcmp(got, expected) == 0, "%s", sentence))
        diag("expected \"%s\", got \"%s\"", expected, got);
}

static const char report[] = "常德市教育局2021年政府信息公开工作年度报告\n一、总体情况\n做了工作。\n"
                             "二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
                             "五、存在的主要问题及改进情况\n有问题。会改进。\n六、其他需要报告的事项\n无。\n";

int main(void)
{
    struct err err = {0};
    const struct table_seen full = {.labels = 25, .figures = 150, .read = true};
    const struct table_seen empty = {.labels = 25, .blanks = 150, .read = true};
    const struct table_seen labels = {.labels = 25}, none = {0};
    arena = arena_new((size_t)16 << 20);
    if (!ok(simple_new(&recogniser.simple, &err) == 0, "the characters are read"))
        return done();
    refused("常德市教育局2023年第三季度政府信息公开工作报告\n一、总体情况\n做了工作。\n",
            (struct table_seen){.labels = 30, .figures = 90, .read = true}, false, "periodic",
            "a quarter's report is none of the year, though it calls itself a report");
    refused("2023年半年报：政府信息公开\n一、总体情况\n做了工作。\n",
            (struct table_seen){.labels = 30, .figures = 90, .read = true}, false, "periodic",
            "half a year's 半年报 is no 年报");
    refused(report, full, false, "", "a report with a table is taken");
    refused(report, empty, false, "", "a report whose unit left its tables empty is taken");
    refused(report, labels, false, "lossy", "labels without figures were lost on the way");
    refused(report, labels, true, "images", "or are the frame of pictures");
    refused(report, none, true, "images", "a report with pictures for tables is refused as such");
    refused(report, none, false, "no-tables", "a report without tables is refused");
    refused("", none, false, "empty", "nothing is nothing");
    refused("政府信息公开情况统计表\n填报单位: 年 季度\n", full, false, "periodic",
            "a quarterly table is none, whatever it holds");
    refused("益阳市2022年第三季度政府信息公开情况统计表\n一、主动公开\n", full, false, "periodic",
            "nor is one with the quarter in its title");
    refused("常德市2022年上半年政府信息公开情况统计表\n", full, false, "periodic",
            "nor one of half a year");
    refused("2022年7月政府信息公开月报表\n", full, false, "periodic", "nor one of a month");
    refused("常德市教育局2021年政府信息公开工作年度报告\n一、总体情况\n一季度开展了统计。\n", full, false, "",
            "a report that speaks of a quarter is one");
    refused("XX单位20XX年政府信息公开工作年度报告\n一、总体情况\n二、主动公开政府信息情况\n", empty, false,
            "blank-form", "the form reposted is none");
    refused("XX单位20XX年政府信息公开工作年度报告\n一、总体情况\n二、主动公开政府信息情况\n", labels, false,
            "blank-form", "also where its places were lost");
    refused("关于做好2021年政府信息公开工作年度报告编制发布工作的通知\n各单位：\n请于1月31日前报送。\n", none,
            false, "notice", "a notice about reports is none");
    refused("首页\n政府信息公开\n政府信息公开年报\n2021年政府信息公开工作年度报告\n2020年政府信息公开工作年度报告\n"
            "2019年政府信息公开工作年度报告\n2018年政府信息公开工作年度报告\n下一页\n", none, false,
            "navigation", "a list of links to reports is none");
    simple_free(recogniser.simple);
    arena_free(&arena);
    return done();
}
