#include "core/export/chart.h"

#include <stdio.h>

/* The drawing's own units; it is scaled to the page. */
enum { WIDTH = 720, HEIGHT = 260, LEFT = 76, RIGHT = 16, TOP = 14, BOTTOM = 30, STEPS = 4 };

static const char *const colours[CHART_LINES] = {"#0b5fa5", "#b3460b", "#2b7a4b", "#7a3b8f",
                                                 "#8a6d00", "#4a4a4a", "#a3195b", "#00747c"};
static const char *const dashes[CHART_LINES] = {"", "8 4", "2 3", "8 3 2 3", "12 3", "4 4", "1 4", "6 2"};

static int x_of(const struct chart *c, int year)
{
    int span = c->years > 1 ? c->years - 1 : 1;
    return LEFT + 20 + (WIDTH - LEFT - RIGHT - 40) * year / span;
}

/* The least round number of four steps that is not below `most`. */
static int64_t scale_for(int64_t most)
{
    static const int64_t leads[] = {1, 2, 3, 4, 5, 6, 8};
    for (int64_t ten = 1; ten < INT64_C(1000000000000000); ten *= 10)
        for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
            if (leads[i] * ten * STEPS >= most)
                return leads[i] * ten * STEPS;
    return most;
}

static int y_of(int64_t value, int64_t scale)
{
    int64_t height = HEIGHT - TOP - BOTTOM;
    int64_t up = value <= 0 ? 0 : value > INT64_MAX / height ? height : value * height / scale;
    return (int)(HEIGHT - BOTTOM - up);
}

static bool any_value(const struct chart *c, int64_t *most)
{
    bool any = false;
    *most = 1;
    for (uint32_t i = 0; i < c->lines; i++)
        for (int y = 0; y < c->years; y++)
            if (c->line[i].has[y]) {
                any = true;
                *most = c->line[i].value[y] > *most ? c->line[i].value[y] : *most;
            }
    return any;
}

static void marker(struct html_out *html, uint32_t which, int x, int y)
{
    const char *colour = colours[which];
    if (which % 4 == 0)
        html_format(html, "<circle cx=\"%d\" cy=\"%d\" r=\"4\" fill=\"%s\"/>", x, y, colour);
    else if (which % 4 == 1)
        html_format(html, "<rect x=\"%d\" y=\"%d\" width=\"8\" height=\"8\" fill=\"%s\"/>", x - 4,
                    y - 4, colour);
    else if (which % 4 == 2)
        html_format(html, "<path d=\"M%d %dl5 9h-10z\" fill=\"%s\"/>", x, y - 6, colour);
    else
        html_format(html, "<path d=\"M%d %dl5 5l-5 5l-5 -5z\" fill=\"%s\"/>", x, y - 5, colour);
}

static void legend(struct html_out *html, const struct chart *c, bool bars)
{
    html_markup(html, "<ul class=\"legend\">");
    for (uint32_t i = 0; i < c->lines; i++) {
        html_markup(html, "<li><svg viewBox=\"0 0 36 14\" aria-hidden=\"true\" focusable=\"false\">");
        if (bars) {
            html_format(html, "<rect width=\"36\" height=\"14\" fill=\"%s\"/>", colours[i]);
        } else {
            html_format(html, "<path d=\"M0 7H36\" stroke=\"%s\" stroke-width=\"2.5\" "
                              "stroke-dasharray=\"%s\"/>", colours[i], dashes[i]);
            marker(html, i, 18, 7);
        }
        html_element(html, "</svg>", c->line[i].label, "</li>");
    }
    html_markup(html, "</ul>\n");
}

static void axes(struct html_out *html, const struct chart *c, int64_t scale)
{
    for (int step = 0; step <= STEPS; step++) {
        int64_t value = scale / STEPS * step;
        int y = y_of(value, scale);
        html_format(html, "<path d=\"M%d %dH%d\" stroke=\"%s\"/><text x=\"%d\" y=\"%d\" "
                          "text-anchor=\"end\">", LEFT, y, WIDTH - RIGHT, step ? "#dcdcdc" : "#595959",
                    LEFT - 8, y + 5);
        html_number(html, value);
        html_markup(html, "</text>");
    }
    for (int y = 0; y < c->years; y++)
        html_format(html, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%d</text>", x_of(c, y),
                    HEIGHT - 8, c->first_year + y);
    html_markup(html, "\n");
}

/* A dashed upright where some line's definition changes. */
static void breaks(struct html_out *html, const struct chart *c)
{
    for (int y = 1; y < c->years; y++)
        for (uint32_t i = 0; i < c->lines; i++) {
            const struct chart_line *line = &c->line[i];
            if (!line->has[y] || !line->has[y - 1] || line->definition[y] == line->definition[y - 1])
                continue;
            int x = (x_of(c, y) + x_of(c, y - 1)) / 2;
            html_format(html, "<path d=\"M%d %dV%d\" stroke=\"#595959\" stroke-dasharray=\"3 4\"/>"
                              "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">", x, TOP,
                        HEIGHT - BOTTOM, x, TOP + 10);
            html_words(html, "", "defined anew", "</text>\n");
            break;
        }
}

static void draw_line(struct html_out *html, const struct chart *c, uint32_t which, int64_t scale)
{
    const struct chart_line *line = &c->line[which];
    bool drawing = false;
    for (int y = 0; y < c->years; y++) {
        bool joins = drawing && line->has[y] && line->definition[y] == line->definition[y - 1];
        if (drawing && !joins) {
            html_markup(html, "\"/>");
            drawing = false;
        }
        if (!line->has[y])
            continue;
        if (!drawing)
            html_format(html, "<path fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\" "
                              "stroke-dasharray=\"%s\" d=\"M", colours[which], dashes[which]);
        html_format(html, "%s%d %d", joins ? "L" : "", x_of(c, y), y_of(line->value[y], scale));
        drawing = true;
    }
    html_markup(html, drawing ? "\"/>" : "");
    for (int y = 0; y < c->years; y++)
        if (line->has[y])
            marker(html, which, x_of(c, y), y_of(line->value[y], scale));
    html_markup(html, "\n");
}

static void numbers(struct html_out *html, const struct chart *c)
{
    html_element(html, "<details><summary>", c->title, "");
    html_words(html, "", ": table of figures", "</summary>\n<div class=\"wide\" tabindex=\"0\" "
                                               "role=\"region\" aria-label=\"");
    html_text(html, c->title);
    html_words(html, "", ": table of figures", "\"><table>\n<thead><tr>");
    html_words(html, "<th scope=\"col\">", "Year", "</th>");
    for (uint32_t i = 0; i < c->lines; i++)
        html_element(html, "<th scope=\"col\">", c->line[i].label, "</th>");
    html_markup(html, "</tr></thead>\n<tbody>\n");
    for (int y = 0; y < c->years; y++) {
        html_format(html, "<tr><th scope=\"row\">%d</th>", c->first_year + y);
        for (uint32_t i = 0; i < c->lines; i++) {
            html_markup(html, "<td>");
            if (c->line[i].has[y])
                html_number(html, c->line[i].value[y]);
            html_markup(html, "</td>");
        }
        html_markup(html, "</tr>\n");
    }
    html_markup(html, "</tbody></table></div></details>\n");
}

static void begin(struct html_out *html, const struct chart *c)
{
    html_element(html, "<figure>\n<figcaption>", c->title, "</figcaption>\n");
    html_format(html, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", WIDTH, HEIGHT);
    html_text(html, c->title);
    html_format(html, lang_in(html->lang, ", %d to %d, figures in the table below"), c->first_year,
                c->first_year + c->years - 1);
    html_markup(html, "\">\n");
}

void chart_lines(struct html_out *html, const struct chart *c)
{
    int64_t most;
    if (!any_value(c, &most))
        return;
    int64_t scale = scale_for(most);
    begin(html, c);
    axes(html, c, scale);
    breaks(html, c);
    for (uint32_t i = 0; i < c->lines; i++)
        draw_line(html, c, i, scale);
    html_markup(html, "</svg>\n");
    legend(html, c, false);
    numbers(html, c);
    html_markup(html, "</figure>\n");
}

/* The sum of a year's lines; 0 when none has a value, or it is too large to be drawn. */
static int64_t sum_of_year(const struct chart *c, int year)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < c->lines; i++)
        if (c->line[i].has[year] && c->line[i].value[year] > 0 &&
            __builtin_add_overflow(sum, c->line[i].value[year], &sum))
            return 0;
    return sum < INT64_MAX / (2 * WIDTH) ? sum : 0;
}

void chart_shares(struct html_out *html, const struct chart *c)
{
    enum { BAR = 24, GAP = 10 };
    int64_t most;
    if (!any_value(c, &most))
        return;
    html_element(html, "<figure>\n<figcaption>", c->title, "</figcaption>\n");
    html_format(html, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", WIDTH,
                c->years * (BAR + GAP) + GAP);
    html_text(html, c->title);
    html_words(html, "", ", figures in the table below", "\">\n");
    for (int y = 0; y < c->years; y++) {
        int64_t sum = sum_of_year(c, y), before = 0, width = WIDTH - LEFT - RIGHT;
        int top = GAP + y * (BAR + GAP);
        html_format(html, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%d</text>", LEFT - 8, top + 17,
                    c->first_year + y);
        for (uint32_t i = 0; sum > 0 && i < c->lines; i++) {
            if (!c->line[i].has[y] || c->line[i].value[y] <= 0)
                continue;
            int from = (int)(LEFT + before * width / sum);
            before += c->line[i].value[y];
            int to = (int)(LEFT + before * width / sum);
            html_format(html, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\" "
                              "stroke=\"#fff\"/>", from, top, to - from, BAR, colours[i]);
            int64_t percent = (c->line[i].value[y] * 200 + sum) / (2 * sum);
            if (to - from > 44)
                html_format(html, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" "
                                  "style=\"fill:#fff\">%lld%%</text>", (from + to) / 2, top + 17,
                            (long long)percent);
        }
        html_markup(html, "\n");
    }
    html_markup(html, "</svg>\n");
    legend(html, c, true);
    numbers(html, c);
    html_markup(html, "</figure>\n");
}
