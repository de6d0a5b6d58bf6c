/* chart.h - line and bar charts as SVG inside a page: no script, integers alone, each with words
 * for those who cannot see it. */
#ifndef GONGKAI_EXPORT_CHART_H
#define GONGKAI_EXPORT_CHART_H

#include "core/text/html_out.h"

enum { CHART_YEARS = 24, CHART_LINES = 8 };

/* One measure over the years. Where `definition` changes the line is broken: figures before and
 * after are not comparable. */
struct chart_line {
    struct str label;
    bool has[CHART_YEARS];
    int64_t value[CHART_YEARS];
    int definition[CHART_YEARS];
};

struct chart {
    struct str title;
    int first_year, years; /* years in a row */
    struct chart_line line[CHART_LINES];
    uint32_t lines;
};

/* A figure with the chart, its legend and its table of numbers. Nothing where no line has a value. */
void chart_lines(struct html_out *html, const struct chart *chart);

/* Each year as one bar of its lines' shares (outcomes), with their table. */
void chart_shares(struct html_out *html, const struct chart *chart);

#endif
