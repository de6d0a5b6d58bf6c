/* A region's own part of its page: coverage, trends, outcomes, rates, the regions below, findings. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/export/chart.h"
#include "core/export/page_parts.h"
#include "core/export/rule_name.h"
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

/* A table's field with a number. */
static void field(struct html_out *html, int64_t value)
{
    html_markup(html, "<td>");
    html_number(html, value);
    html_markup(html, "</td>");
}

static void count(struct html_out *html, const char *label, int64_t value)
{
    html_element(html, "<li><small>", str_from(label), "</small><b>");
    html_number(html, value);
    html_markup(html, "</b></li>");
}

/* The region's coverage in its last year, and what is missing. */
static int coverage(struct html_out *html, struct warehouse *warehouse, const struct region *region,
                    struct err *err)
{
    sqlite3_stmt *stmt = page_ask(warehouse, "page.coverage", region->code, region->year, err);
    int got, rows = 0;
    if (!stmt)
        return -1;
    html_words(html, "<h2 id=\"coverage\">", "Coverage", "</h2>\n<div class=\"wide\" tabindex=\"0\" "
                                                       "role=\"region\" aria-labelledby=\"coverage\">");
    html_words(html, "<table>\n<caption>", "Reports of the whole region, year by year",
               "</caption>\n<thead><tr>");
    html_words(html, "<th scope=\"col\">", "Year", "</th>");
    html_words(html, "<th scope=\"col\">", "Expected", "</th>");
    html_words(html, "<th scope=\"col\">", "Received", "</th>");
    html_words(html, "<th scope=\"col\">", "Missing", "</th>");
    html_words(html, "<th scope=\"col\">", "Late", "</th>");
    html_words(html, "<th scope=\"col\">", "Not in the register", "</th>");
    html_words(html, "<th scope=\"col\" class=\"t\">", "Missing agencies, and divisions without any figures",
               "</th></tr></thead>\n<tbody>\n");
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        html_format(html, "<tr><th scope=\"row\">%d</th>", sqlite3_column_int(stmt, 0));
        for (int i = 1; i <= 5; i++)
            field(html, sqlite3_column_int64(stmt, i));
        html_element(html, "<td class=\"t m\">", column_str(stmt, 6), "");
        if (sqlite3_column_int(stmt, 7) > 20)
            html_format(html, lang_in(html->lang, " and others, %d in all"), sqlite3_column_int(stmt, 7));
        html_markup(html, "</td></tr>\n");
        rows++;
    }
    if (rows == 0)
        html_words(html, "<tr><td colspan=\"7\">", "No figures", "</td></tr>");
    html_markup(html, "</tbody></table></div>\n");
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
    if (missing > 0) {
        html_markup(html, "<p class=\"face gap\">");
        html_format(html,
                    lang_in(html->lang, "%d: %lld reports expected, %lld missing; the figures leave out "
                                        "those that are missing."),
                    region->year, (long long)expected, (long long)missing);
        html_markup(html, "</p>\n");
    }
    html_markup(html, "<ul class=\"figures\" aria-label=\"");
    html_format(html, lang_in(html->lang, "Year %d"), region->year);
    html_markup(html, "\"><li><small>");
    html_format(html, lang_in(html->lang, "Reports received for %d"), region->year);
    html_markup(html, "</small><b>");
    html_number(html, reported);
    html_markup(html, "</b></li>");
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        struct str series = column_str(stmt, 0);
        if (sqlite3_column_int(stmt, 2) != region->year)
            continue;
        const char *label =
            str_eq(series, STR("received"))  ? lang_in(html->lang, "Applications received")
            : str_eq(series, STR("handled")) ? lang_in(html->lang, "Applications handled")
            : str_eq(series, STR("review"))  ? lang_in(html->lang, "Reviews")
            : str_eq(series, STR("suit"))    ? lang_in(html->lang, "Suits")
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
    const char *const titles[CHARTS] = {lang_in(html->lang, "Applications received and handled"),
                                        lang_in(html->lang, "Outcomes, as shares"),
                                        lang_in(html->lang, "Reviews and suits, cases")};
    int name = html->lang == LANG_ZH ? 1 : 5;
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
        struct str label = arena_copy(&arena, column_str(stmt, name));
        for (size_t i = 0; label.p && i < sizeof shown / sizeof *shown; i++)
            if (str_eq(series, str_from(shown[i].series)))
                chart_add(&chart[shown[i].chart], label, sqlite3_column_int(stmt, 2),
                          sqlite3_column_int64(stmt, 3), sqlite3_column_int(stmt, 4));
        got = 0;
    }
    if (got == 0 && chart) {
        html_words(html, "<h2>", "Trends and outcomes", "</h2>\n");
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

/* The heads of the rates: last year beside this year. */
static void begin_rates(struct html_out *html, int year)
{
    html_words(html, "<h2 id=\"rates\">", "Rates", "</h2>\n<div class=\"wide\" tabindex=\"0\" "
                                                 "role=\"region\" aria-labelledby=\"rates\">");
    html_words(html, "<table>\n<caption>", "From sums of numerators and denominators, never averaged",
               "</caption>\n<thead><tr>");
    html_words(html, "<th scope=\"col\">", "Rate", "</th>");
    html_markup(html, "<th scope=\"col\">");
    html_format(html, lang_in(html->lang, "Year %d"), year - 1);
    html_markup(html, "</th><th scope=\"col\">");
    html_format(html, lang_in(html->lang, "Year %d"), year);
    html_markup(html, "</th><th scope=\"col\">");
    html_format(html, lang_in(html->lang, "Numerator of %d"), year);
    html_markup(html, "</th><th scope=\"col\">");
    html_format(html, lang_in(html->lang, "Denominator of %d"), year);
    html_markup(html, "</th></tr></thead>\n<tbody>\n");
}

/* One row a rate. They come by rate and year, so that last year's, where there is one, is met just
 * before this year's. */
static int rates(struct html_out *html, struct warehouse *warehouse, const struct region *region,
                 struct err *err)
{
    int got, rows = 0;
    int64_t part = -1, whole = 0; /* last year's */
    sqlite3_stmt *stmt = page_ask(warehouse, "page.rates", region->code, region->year, err);
    if (!stmt)
        return -1;
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        int64_t above = sqlite3_column_int64(stmt, 2), below = sqlite3_column_int64(stmt, 3);
        if (sqlite3_column_int(stmt, 1) < region->year) {
            part = above;
            whole = below;
            continue;
        }
        if (rows++ == 0)
            begin_rates(html, region->year);
        html_element(html, "<tr><th scope=\"row\">", column_str(stmt, html->lang == LANG_ZH ? 0 : 5),
                     "</th>");
        percent(html, sqlite3_column_int(stmt, 4) ? part : -1, whole);
        percent(html, above, below);
        field(html, above);
        field(html, below);
        html_markup(html, "</tr>\n");
    }
    html_markup(html, rows ? "</tbody></table></div>\n" : "");
    return got;
}

static void begin_ranking(struct html_out *html, int year)
{
    html_markup(html, "<h2 id=\"ranking\">");
    html_format(html, lang_in(html->lang, "Divisions below, by applications received in %d"), year);
    html_markup(html, "</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" "
                      "aria-labelledby=\"ranking\"><table>\n<thead><tr>");
    html_words(html, "<th scope=\"col\">", "Rank", "</th>");
    html_words(html, "<th scope=\"col\" class=\"t\">", "Division", "</th>");
    html_words(html, "<th scope=\"col\">", "Applications", "</th>");
    html_words(html, "<th scope=\"col\">", "Handled", "</th>");
    html_words(html, "<th scope=\"col\">", "Granted, %", "</th>");
    html_words(html, "<th scope=\"col\">", "Reports expected", "</th>");
    html_words(html, "<th scope=\"col\">", "Reports received", "</th>");
    html_words(html, "<th scope=\"col\">", "Reports missing", "</th></tr></thead>\n<tbody>\n");
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
            begin_ranking(html, region->year);
        html_format(html, "<tr><td>%d</td><th scope=\"row\" class=\"t\">", rank);
        page_link(html, regions, (const char *)sqlite3_column_text(stmt, 0), column_str(stmt, 1));
        html_markup(html, "</th>");
        for (int i = 5; i <= 6; i++) {
            if (sqlite3_column_type(stmt, i) == SQLITE_NULL)
                html_markup(html, "<td></td>");
            else
                field(html, sqlite3_column_int64(stmt, i));
        }
        percent(html, sqlite3_column_type(stmt, 7) == SQLITE_NULL ? -1 : sqlite3_column_int64(stmt, 7),
                sqlite3_column_int64(stmt, 6));
        for (int i = 2; i <= 4; i++)
            field(html, sqlite3_column_int64(stmt, i));
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
    html_markup(html, "<h2 id=\"findings\">");
    html_format(html, lang_in(html->lang, "Findings of %d, agencies of this division itself"), region->year);
    html_markup(html, "</h2>\n");
    struct buf rule = buf_new(4096);
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        if (rows++ == 0) {
            html_markup(html, "<div class=\"wide\" tabindex=\"0\" role=\"region\" "
                              "aria-labelledby=\"findings\"><table>\n<thead><tr>");
            html_words(html, "<th scope=\"col\">", "Rule", "</th>");
            html_words(html, "<th scope=\"col\" class=\"t\">", "Severity", "</th>");
            html_words(html, "<th scope=\"col\">", "Findings", "</th>");
            html_words(html, "<th scope=\"col\">", "of them waived", "</th></tr></thead>\n<tbody>\n");
        }
        buf_reset(&rule);
        if (rule_name_add(&rule, column_str(stmt, 0), html->lang, err) < 0) {
            got = -1;
            break;
        }
        html_element(html, "<tr><th scope=\"row\">", buf_str(&rule), "</th>");
        bool error = str_eq(column_str(stmt, 1), STR("error"));
        html_element(html, "<td class=\"t\">",
                     str_from(error ? lang_in(html->lang, "error") : lang_in(html->lang, "warning")),
                     "</td>");
        field(html, sqlite3_column_int64(stmt, 2));
        field(html, sqlite3_column_int64(stmt, 3));
        html_markup(html, "</tr>\n");
    }
    buf_free(&rule);
    html_markup(html, rows ? "</tbody></table></div>\n" : "");
    if (rows == 0 && got == 0)
        html_words(html, "<p>", "Nothing was found.", "</p>\n");
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
