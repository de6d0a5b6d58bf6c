/* A region's own part of its page: coverage, trends, outcomes, rates, the regions below, findings. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/export/chart.h"
#include "core/export/page_parts.h"
#include "core/store/statement.h"

/* The charts of a page and the series that they show. */
enum { TREND, OUTCOMES, CASES, CHARTS };
static const struct {
    const char *series;
    int chart;
} shown[] = {
    {"received", TREND},   {"handled", TREND},    {"carried_out", TREND}, {"granted", OUTCOMES},
    {"partial", OUTCOMES}, {"denied", OUTCOMES},  {"unable", OUTCOMES},   {"refused", OUTCOMES},
    {"other", OUTCOMES},   {"review", CASES},     {"suit", CASES},
};

static void count(struct html_out *html, const char *label, int64_t value)
{
    html_format(html, "<li><small>%s</small><b>%lld</b></li>", label, (long long)value);
}

/* The region's coverage in its last year, and what is missing. */
static int coverage(struct html_out *html, struct warehouse *warehouse, const struct region *region,
                    struct err *err)
{
    sqlite3_stmt *stmt = page_ask(warehouse, "page.coverage", region->code, region->year, err);
    int got, rows = 0;
    if (!stmt)
        return -1;
    html_markup(html, "<h2 id=\"coverage\">报送情况</h2>\n<div class=\"wide\" tabindex=\"0\" "
                      "role=\"region\" aria-labelledby=\"coverage\"><table>\n<caption>本行政区域各年度"
                      "应报、收到、未报、迟报单位数</caption>\n<thead><tr><th scope=\"col\">年度</th>"
                      "<th scope=\"col\">应报</th><th scope=\"col\">收到</th><th scope=\"col\">未报</th>"
                      "<th scope=\"col\">迟报</th><th scope=\"col\">名录外</th>"
                      "<th scope=\"col\" class=\"t\">未报单位和没有任何数据的区划</th></tr></thead>\n<tbody>\n");
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        html_format(html, "<tr><th scope=\"row\">%d</th>", sqlite3_column_int(stmt, 0));
        for (int i = 1; i <= 5; i++)
            html_format(html, "<td>%lld</td>", (long long)sqlite3_column_int64(stmt, i));
        html_element(html, "<td class=\"t\">", column_str(stmt, 6), "");
        if (sqlite3_column_int(stmt, 7) > 20)
            html_format(html, " 等%d个", sqlite3_column_int(stmt, 7));
        html_markup(html, "</td></tr>\n");
        rows++;
    }
    html_markup(html, rows ? "</tbody></table></div>\n"
                           : "<tr><td colspan=\"7\">没有数据</td></tr></tbody></table></div>\n");
    return got;
}

/* The last year's figures in large, and a warning where reports are missing. */
int page_summary(struct html_out *html, struct warehouse *warehouse, const struct region *region,
                 struct err *err)
{
    int got;
    int64_t expected = 0, reported = 0, missing = 0;
    sqlite3_stmt *stmt = page_ask(warehouse, "page.coverage", region->code, region->year, err);
    if (!stmt)
        return -1;
    while ((got = statement_next(warehouse, stmt, err)) > 0)
        if (sqlite3_column_int(stmt, 0) == region->year) {
            expected = sqlite3_column_int64(stmt, 1);
            reported = sqlite3_column_int64(stmt, 2);
            missing = sqlite3_column_int64(stmt, 3);
        }
    if (got < 0 || !(stmt = page_ask(warehouse, "page.series", region->code, region->year, err)))
        return -1;
    if (missing > 0)
        html_format(html, "<p class=\"face gap\">%d年应报%lld份，未报%lld份；以下数字不含未报单位。</p>\n",
                    region->year, (long long)expected, (long long)missing);
    html_format(html, "<ul class=\"figures\" aria-label=\"%d年\">", region->year);
    html_format(html, "<li><small>%d年收到报告</small><b>%lld</b></li>", region->year,
                (long long)reported);
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        struct str series = column_str(stmt, 0);
        if (sqlite3_column_int(stmt, 2) != region->year)
            continue;
        const char *label = str_eq(series, STR("received"))  ? "收到申请（件）"
                            : str_eq(series, STR("handled")) ? "办理（件）"
                            : str_eq(series, STR("review"))  ? "行政复议（件）"
                            : str_eq(series, STR("suit"))    ? "行政诉讼（件）"
                                                             : NULL;
        if (label)
            count(html, label, sqlite3_column_int64(stmt, 3));
    }
    html_markup(html, "</ul>\n");
    return got;
}

/* Puts a row of @series into the chart that shows it. */
static void chart_add(struct chart *chart, struct str label, int year, int64_t value,
                      int definition)
{
    struct chart_line *line = chart->lines ? &chart->line[chart->lines - 1] : NULL;
    if (!line || !str_eq(line->label, label)) {
        if (chart->lines == CHART_LINES)
            return;
        line = &chart->line[chart->lines++];
        line->label = label;
    }
    int at = year - chart->first_year;
    if (at < 0 || at >= CHART_YEARS)
        return;
    line->has[at] = true;
    line->value[at] = value;
    line->definition[at] = definition;
    chart->years = at + 1 > chart->years ? at + 1 : chart->years;
}

static int charts(struct html_out *html, struct warehouse *warehouse, const struct region *region,
                  struct err *err)
{
    static const char *const titles[CHARTS] = {"申请与办理（件）", "办理结果构成", "复议与诉讼（件）"};
    struct arena arena = arena_new(1 << 22);
    struct chart *chart = arena_array(&arena, CHARTS, sizeof *chart);
    sqlite3_stmt *stmt = page_ask(warehouse, "page.series", region->code, region->year, err);
    int got = stmt ? 0 : -1, first = region->year;
    if (!chart)
        got = err_memory(err);
    while (got == 0 && (got = statement_next(warehouse, stmt, err)) > 0) {
        int year = sqlite3_column_int(stmt, 2);
        first = year < first && year > region->year - CHART_YEARS ? year : first;
        got = 0;
    }
    if (got == 0)
        stmt = page_ask(warehouse, "page.series", region->code, region->year, err);
    for (int i = 0; chart && i < CHARTS; i++) {
        chart[i].title = str_from(titles[i]);
        chart[i].first_year = first;
    }
    while (chart && stmt && got == 0 && (got = statement_next(warehouse, stmt, err)) > 0) {
        struct str series = column_str(stmt, 0);
        struct str label = arena_copy(&arena, column_str(stmt, 1));
        for (size_t i = 0; label.p && i < sizeof shown / sizeof *shown; i++)
            if (str_eq(series, str_from(shown[i].series)))
                chart_add(&chart[shown[i].chart], label, sqlite3_column_int(stmt, 2),
                          sqlite3_column_int64(stmt, 3), sqlite3_column_int(stmt, 4));
        got = 0;
    }
    if (got == 0 && chart) {
        html_markup(html, "<h2>趋势与结果</h2>\n");
        chart_lines(html, &chart[TREND]);
        chart_shares(html, &chart[OUTCOMES]);
        chart_lines(html, &chart[CASES]);
    }
    arena_free(&arena);
    return got;
}

static void percent(struct html_out *html, int64_t part, int64_t whole)
{
    if (whole <= 0 || part < 0 || part > INT64_MAX / 4000 || whole > INT64_MAX / 4000) {
        html_markup(html, "<td></td>");
        return;
    }
    int64_t tenths = (part * 2000 + whole) / (2 * whole);
    html_format(html, "<td>%lld.%lld%%</td>", (long long)(tenths / 10), (long long)(tenths % 10));
}

static int rates(struct html_out *html, struct warehouse *warehouse, const struct region *region,
                 struct err *err)
{
    int got, rows = 0;
    sqlite3_stmt *stmt = page_ask(warehouse, "page.rates", region->code, region->year, err);
    if (!stmt)
        return -1;
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        if (rows++ == 0)
            html_markup(html, "<h2 id=\"rates\">比率</h2>\n<div class=\"wide\" tabindex=\"0\" "
                              "role=\"region\" aria-labelledby=\"rates\"><table>\n<caption>由分子、分母"
                              "之和计算</caption>\n<thead><tr><th scope=\"col\">比率</th>"
                              "<th scope=\"col\">年度</th><th scope=\"col\">分子</th>"
                              "<th scope=\"col\">分母</th><th scope=\"col\">百分比</th></tr></thead>\n"
                              "<tbody>\n");
        int64_t part = sqlite3_column_int64(stmt, 2), whole = sqlite3_column_int64(stmt, 3);
        html_element(html, "<tr><th scope=\"row\">", column_str(stmt, 0), "</th>");
        html_format(html, "<td>%d</td><td>%lld</td><td>%lld</td>", sqlite3_column_int(stmt, 1),
                    (long long)part, (long long)whole);
        percent(html, part, whole);
        html_markup(html, "</tr>\n");
    }
    html_markup(html, rows ? "</tbody></table></div>\n" : "");
    return got;
}

/* The regions right below, by applications received. */
static int ranking(struct html_out *html, struct warehouse *warehouse, const struct regions *regions,
                   const struct region *region, struct err *err)
{
    int got, rank = 0;
    sqlite3_stmt *stmt = page_ask(warehouse, "page.children", region->code, region->year, err);
    if (!stmt)
        return -1;
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        if (rank++ == 0)
            html_format(html, "<h2 id=\"ranking\">下辖区划排名（%d年，按收到申请数）</h2>\n"
                              "<div class=\"wide\" tabindex=\"0\" role=\"region\" "
                              "aria-labelledby=\"ranking\"><table>\n<thead><tr>"
                              "<th scope=\"col\">名次</th><th scope=\"col\" class=\"t\">区划</th>"
                              "<th scope=\"col\">收到申请</th><th scope=\"col\">办理</th>"
                              "<th scope=\"col\">公开率</th><th scope=\"col\">应报</th>"
                              "<th scope=\"col\">收到</th><th scope=\"col\">未报</th></tr></thead>\n"
                              "<tbody>\n", region->year);
        html_format(html, "<tr><td>%d</td><th scope=\"row\" class=\"t\">", rank);
        page_link(html, regions, (const char *)sqlite3_column_text(stmt, 0), column_str(stmt, 1));
        html_element(html, "</th><td>", column_str(stmt, 5), "</td>");
        html_element(html, "<td>", column_str(stmt, 6), "</td>");
        percent(html, sqlite3_column_type(stmt, 7) == SQLITE_NULL ? -1 : sqlite3_column_int64(stmt, 7),
                sqlite3_column_int64(stmt, 6));
        for (int i = 2; i <= 4; i++)
            html_format(html, "<td>%lld</td>", (long long)sqlite3_column_int64(stmt, i));
        html_markup(html, "</tr>\n");
    }
    html_markup(html, rank ? "</tbody></table></div>\n" : "");
    return got;
}

static int findings(struct html_out *html, struct warehouse *warehouse, const struct region *region,
                    struct err *err)
{
    int got, rows = 0;
    sqlite3_stmt *stmt = page_ask(warehouse, "page.findings", region->code, region->year, err);
    if (!stmt)
        return -1;
    html_format(html, "<h2 id=\"findings\">问题（%d年，本区划所属单位）</h2>\n", region->year);
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        if (rows++ == 0)
            html_markup(html, "<div class=\"wide\" tabindex=\"0\" role=\"region\" "
                              "aria-labelledby=\"findings\"><table>\n<thead><tr>"
                              "<th scope=\"col\">规则</th><th scope=\"col\" class=\"t\">程度</th>"
                              "<th scope=\"col\">条数</th><th scope=\"col\">其中已豁免</th>"
                              "</tr></thead>\n<tbody>\n");
        html_element(html, "<tr><th scope=\"row\">", column_str(stmt, 0), "</th>");
        html_markup(html, str_eq(column_str(stmt, 1), STR("error")) ? "<td class=\"t\">错误</td>"
                                                                    : "<td class=\"t\">提示</td>");
        html_format(html, "<td>%lld</td><td>%lld</td></tr>\n",
                    (long long)sqlite3_column_int64(stmt, 2),
                    (long long)sqlite3_column_int64(stmt, 3));
    }
    html_markup(html, rows ? "</tbody></table></div>\n" : "<p>没有发现问题。</p>\n");
    return got;
}

int page_region(struct html_out *html, struct warehouse *warehouse, const struct regions *regions,
                const struct region *region, struct err *err)
{
    if (charts(html, warehouse, region, err) < 0 ||
        ranking(html, warehouse, regions, region, err) < 0 ||
        rates(html, warehouse, region, err) < 0 || coverage(html, warehouse, region, err) < 0 ||
        findings(html, warehouse, region, err) < 0)
        return -1;
    return 0;
}
