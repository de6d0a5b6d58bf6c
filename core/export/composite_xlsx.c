#include "core/export/composite_xlsx.h"

#include <stdio.h>

#include "core/export/sentences.h"
#include "core/export/workbook.h"
#include "core/model/money.h"
#include "core/text/csv_out.h"

/* Latin letters a column of the face, points a line, Latin letters of the compared cells' labels; digits
 * behind the point of an amount. */
enum { LETTERS = 8, LINE = 15, COMPARED_WIDTH = 68, MONEY_DECIMALS = 8 };

/* The first column, and the count of columns, that a place takes of the face's 15. */
static uint16_t face_column(const struct face_table *t, uint16_t column)
{
    uint16_t at = 0;
    for (uint16_t i = 0; i < column; i++)
        at = (uint16_t)(at + t->width[i]);
    return at;
}

/* Draws an official table from `row` on; returns the row behind it. */
static uint32_t draw_table(struct book *book, lxw_worksheet *sheet, const struct composite *c,
                           const struct face_table *t, uint32_t row)
{
    uint32_t lines[256] = {0};
    for (uint32_t i = 0; i < t->count; i++) {
        const struct place *p = &t->places[i];
        uint16_t column = face_column(t, p->column);
        uint16_t columns = (uint16_t)(face_column(t, (uint16_t)(p->column + p->colspan)) - column);
        if (p->kind == PLACE_FIGURE) {
            struct str digits = c->figure[p->cell].digits;
            book_figure(book, sheet, row + p->row, column, columns, digits,
                        digits.p ? LOOK_FIGURE : LOOK_EMPTY);
        } else {
            enum look look = p->kind == PLACE_ROW ? LOOK_LABEL : LOOK_HEAD;
            book_text(book, sheet, row + p->row, column, p->rowspan, columns, p->text, look);
        }
        uint32_t need = book_lines(p->text, columns * LETTERS - 1u);
        if (p->rowspan == 1 && p->row < 256 && need > lines[p->row])
            lines[p->row] = need;
    }
    for (uint32_t r = 0; r < t->rows && r < 256; r++)
        worksheet_set_row(sheet, row + r, (lines[r] > 1 ? lines[r] : 1) * LINE + 3, NULL);
    return row + t->rows;
}

/* A paragraph across the page. */
static uint32_t draw_text(struct book *book, lxw_worksheet *sheet, uint32_t row, struct str text,
                          enum look look)
{
    uint32_t lines = book_lines(text, FACE_ACROSS * LETTERS - 4);
    book_text(book, sheet, row, 0, 1, FACE_ACROSS, text, look);
    worksheet_set_row(sheet, row, lines * LINE + (look == LOOK_TITLE ? 15 : 3), NULL);
    return row + 1;
}

static void draw_face(struct book *book, struct composite *c)
{
    lxw_worksheet *sheet = book_sheet(book, lang_in(c->lang, "Composite"), false);
    if (!sheet)
        return;
    worksheet_set_column(sheet, 0, FACE_ACROSS - 1, LETTERS, NULL);
    uint32_t row = draw_text(book, sheet, 0, composite_title(c), LOOK_TITLE);
    if (c->lang != LANG_ZH)
        row = draw_text(book, sheet, row, composite_heading(c), LOOK_TEXT);
    row = draw_text(book, sheet, row, composite_coverage_text(c),
                    c->coverage.missing + c->stand_in_count ? LOOK_NOTE : LOOK_TEXT);
    row = draw_text(book, sheet, row + 1, composite_section_one(), LOOK_HEADING);
    for (uint32_t i = 0; i < c->sentence_count; i++)
        row = draw_text(book, sheet, row, c->sentences[i], LOOK_TEXT);
    for (uint32_t i = 0; i < c->face.count; i++) {
        row = draw_text(book, sheet, row + 1, c->face.tables[i].title, LOOK_HEADING);
        row = draw_table(book, sheet, c, &c->face.tables[i], row);
    }
    uint32_t others = 0;
    for (uint16_t cell = 0; cell < CATALOG_CELLS; cell++) {
        if (!c->figure[cell].digits.p || composite_on_form(c, cell))
            continue;
        if (others++ == 0)
            row = draw_text(book, sheet, row + 1,
                            str_from(lang_in(c->lang, "Figures of reports on another form, which "
                                                      "these tables have no place for")),
                            LOOK_NOTE);
        book_text(book, sheet, row, 0, 1, 12, composite_label(c, cell), LOOK_LABEL);
        book_figure(book, sheet, row++, 12, 3, c->figure[cell].digits, LOOK_FIGURE);
    }
}

/* Heads of a list, its first row frozen. */
static void draw_heads(struct book *book, lxw_worksheet *sheet, const char *const *heads,
                       const int *widths, uint16_t count)
{
    for (uint16_t i = 0; i < count; i++) {
        book_text(book, sheet, 0, i, 1, 1, str_from(heads[i]), LOOK_HEAD);
        worksheet_set_column(sheet, i, i, widths[i], NULL);
    }
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_repeat_rows(sheet, 0, 0);
}

static struct str digits_of(char room[32], int64_t value)
{
    int n = snprintf(room, 32, "%lld", (long long)value);
    return (struct str){room, (size_t)n};
}

/* The digits of a figure as parts of one 万元; false when it is none, or has more decimals. */
static bool parts_of(const struct figure *figure, int64_t *parts)
{
    struct str digits = figure->digits;
    int64_t value = 0;
    int decimals = -1;
    bool minus = digits.n > 0 && digits.p && digits.p[0] == '-';
    if (!digits.p || !csv_out_is_number(digits))
        return false;
    for (size_t i = minus; i < digits.n; i++) {
        if (digits.p[i] == '.') {
            decimals = 0;
            continue;
        }
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, digits.p[i] - '0', &value))
            return false;
        decimals += decimals >= 0;
    }
    for (decimals = decimals < 0 ? 0 : decimals; decimals < MONEY_DECIMALS; decimals++)
        if (__builtin_mul_overflow(value, 10, &value))
            return false;
    *parts = minus ? -value : value;
    return decimals == MONEY_DECIMALS;
}

static void draw_change(struct book *book, lxw_worksheet *sheet, uint32_t row,
                        const struct figure *before, const struct figure *now)
{
    char room[MONEY_TEXT], rate[32];
    int64_t was = before->value, is = now->value, difference, tenths;
    bool whole = before->whole && now->whole;
    bool both = before->digits.p && now->digits.p &&
                (whole || (parts_of(before, &was) && parts_of(now, &is))) &&
                !__builtin_sub_overflow(is, was, &difference);
    if (both && whole)
        digits_of(room, difference);
    else if (both)
        money_text(difference, room);
    book_figure(book, sheet, row, 4, 1, both ? str_from(room) : (struct str){0}, LOOK_FIGURE);
    bool told = both && change_per_mille(was, is, &tenths);
    if (told)
        snprintf(rate, sizeof rate, "%s%lld.%lld", tenths < 0 ? "-" : "",
                 (long long)(tenths < 0 ? -tenths : tenths) / 10,
                 (long long)(tenths < 0 ? -tenths : tenths) % 10);
    book_figure(book, sheet, row, 5, 1, told ? str_from(rate) : (struct str){0}, LOOK_RATE);
}

/* One cell of both years. `detail`: a column of a matrix, folded away below its 总计. */
static void draw_compared(struct book *book, lxw_worksheet *sheet, struct composite *c, uint32_t row,
                          uint16_t cell, bool detail)
{
    struct str label = composite_label(c, cell);
    lxw_row_col_options folded = {.hidden = LXW_TRUE, .level = 1};
    uint32_t height = book_lines(label, COMPARED_WIDTH - 2) * LINE + 3;
    if (detail)
        worksheet_set_row_opt(sheet, row, height, NULL, &folded);
    else
        worksheet_set_row(sheet, row, height, NULL);
    book_text(book, sheet, row, 0, 1, 1, label, LOOK_LABEL);
    book_text(book, sheet, row, 1, 1, 1, str_from(c->catalog->cells[cell].code), LOOK_CELL);
    book_figure(book, sheet, row, 2, 1, c->last[cell].digits, LOOK_FIGURE);
    book_figure(book, sheet, row, 3, 1, c->figure[cell].digits, LOOK_FIGURE);
    draw_change(book, sheet, row, &c->last[cell], &c->figure[cell]);
}

/* Every cell with last year's; of a matrix 总计 comes first, its other columns folded below it. */
static void draw_comparison(struct book *book, struct composite *c)
{
    lxw_worksheet *sheet = book_sheet(book, lang_in(c->lang, "Last year"), false);
    if (!sheet)
        return;
    char before[16], now[16];
    snprintf(before, sizeof before, lang_in(c->lang, "Year %d"), c->year - 1);
    snprintf(now, sizeof now, lang_in(c->lang, "Year %d"), c->year);
    const char *heads[] = {lang_in(c->lang, "Cell"), lang_in(c->lang, "Code"), before, now,
                           lang_in(c->lang, "Change"), lang_in(c->lang, "Change in %")};
    static const int widths[] = {COMPARED_WIDTH, 26, 13, 13, 13, 12};
    draw_heads(book, sheet, heads, widths, 6);
    worksheet_outline_settings(sheet, LXW_TRUE, LXW_FALSE, LXW_FALSE, LXW_FALSE);
    uint32_t row = 1;
    for (uint32_t i = 0; i < c->face.count; i++) {
        const struct face_table *t = &c->face.tables[i];
        bool matrix = t->head_columns >= 2;
        for (uint32_t k = 0; k < t->count; k++) {
            const struct place *p = &t->places[k];
            if (p->kind != PLACE_FIGURE || (matrix && p->column + 1 != t->columns))
                continue;
            draw_compared(book, sheet, c, row++, p->cell, false);
            for (uint32_t d = 0; matrix && d < k; d++) /* places come by row, then column */
                if (t->places[d].row == p->row && t->places[d].kind == PLACE_FIGURE)
                    draw_compared(book, sheet, c, row++, t->places[d].cell, true);
        }
    }
}

static void draw_coverage_row(struct book *book, lxw_worksheet *sheet, uint32_t row,
                              const struct coverage *v)
{
    const int64_t counts[] = {v->expected, v->reported, v->missing, v->late, v->unregistered};
    char room[32];
    book_text(book, sheet, row, 0, 1, 1, v->name, LOOK_LABEL);
    book_text(book, sheet, row, 1, 1, 1, v->code, LOOK_CELL);
    for (uint16_t i = 0; i < 5; i++)
        book_figure(book, sheet, row, (uint16_t)(i + 2), 1, digits_of(room, counts[i]),
                    LOOK_FIGURE);
}

static void draw_coverage(struct book *book, struct composite *c)
{
    lxw_worksheet *sheet = book_sheet(book, lang_in(c->lang, "Coverage"), false);
    if (!sheet)
        return;
    const char *const heads[] = {
        lang_in(c->lang, "Division"), lang_in(c->lang, "Code"),    lang_in(c->lang, "Expected"),
        lang_in(c->lang, "Received"), lang_in(c->lang, "Missing"), lang_in(c->lang, "Late"),
        lang_in(c->lang, "Not in the register")};
    static const int widths[] = {34, 20, 10, 10, 10, 10, 18};
    draw_heads(book, sheet, heads, widths, 7);
    uint32_t row = 1;
    draw_coverage_row(book, sheet, row++, &c->coverage);
    for (uint32_t i = 0; i < c->part_count; i++)
        draw_coverage_row(book, sheet, row++, &c->parts[i]);
    row++;
    book_text(book, sheet, row, 0, 1, 1, str_from(lang_in(c->lang, "Missing agency")), LOOK_HEAD);
    book_text(book, sheet, row++, 1, 1, 1, str_from(lang_in(c->lang, "Its division")), LOOK_HEAD);
    for (uint32_t i = 0; i < c->missing_count; i++, row++) {
        book_text(book, sheet, row, 0, 1, 1, c->missing[i].name, LOOK_CELL);
        book_text(book, sheet, row, 1, 1, 1, c->missing[i].division, LOOK_CELL);
    }
}

static void draw_findings(struct book *book, struct composite *c)
{
    lxw_worksheet *sheet = book_sheet(book, lang_in(c->lang, "Findings"), true);
    if (!sheet)
        return;
    const char *const heads[] = {lang_in(c->lang, "Agency"), lang_in(c->lang, "Severity"),
                                 lang_in(c->lang, "Rule"), lang_in(c->lang, "Cell"),
                                 lang_in(c->lang, "Finding")};
    static const int widths[] = {30, 8, 20, 44, 70};
    draw_heads(book, sheet, heads, widths, 5);
    for (uint32_t i = 0; i < c->finding_count && i < c->finding_kept; i++) {
        const struct open_finding *f = &c->findings[i];
        uint32_t lines = book_lines(f->message, 68), labels = book_lines(f->label, 43);
        uint32_t rules = book_lines(f->rule, 19);
        lines = lines > labels ? lines : labels;
        worksheet_set_row(sheet, i + 1, (lines > rules ? lines : rules) * LINE + 3, NULL);
        book_text(book, sheet, i + 1, 0, 1, 1, f->agency, LOOK_CELL);
        book_text(book, sheet, i + 1, 1, 1, 1, f->severity, LOOK_CELL);
        book_text(book, sheet, i + 1, 2, 1, 1, f->rule, LOOK_CELL);
        book_text(book, sheet, i + 1, 3, 1, 1, f->label, LOOK_CELL);
        book_text(book, sheet, i + 1, 4, 1, 1, f->message, LOOK_CELL);
    }
    if (c->finding_count == 0)
        book_text(book, sheet, 1, 0, 1, 5, str_from(lang_in(c->lang, "No finding is open.")),
                  LOOK_CELL);
    else if (c->finding_count > c->finding_kept)
        book_text(book, sheet, c->finding_kept + 1, 0, 1, 5,
                  str_from(lang_in(c->lang, "For the rest see findings.csv.")), LOOK_NOTE);
}

static lxw_chart *chart(struct book *book, uint8_t type, const char *title)
{
    lxw_chart *chart = workbook_add_chart(book->workbook, type);
    if (!chart) {
        book->failed = true;
        return NULL;
    }
    chart_title_set_name(chart, title);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    return chart;
}

/* Puts a chart that has its series on the sheet. */
static void insert(lxw_worksheet *sheet, uint32_t row, lxw_chart *chart, const char *description)
{
    lxw_chart_options place = {.x_scale = 1.9, .y_scale = 1.3,
                               .description = (char *)(uintptr_t)description};
    worksheet_insert_chart_opt(sheet, row, 0, chart, &place);
}

/* The first of the trends' years that any of them has a figure for. */
static int first_trend_year(const struct composite *c)
{
    int first = TREND_YEARS - 2; /* at least two columns: last year and this year */
    for (uint32_t i = 0; i < c->trend_count; i++)
        for (int y = 0; y < first; y++)
            if (c->trends[i].figure[y].digits.p)
                first = y;
    return first;
}

/* The trends of one kind as a table from `row` on: a row a year from `first` on, a column a measure
 * (few enough that nobody, man or recogniser, takes it for one of the form's). */
static uint16_t draw_trends(struct book *book, lxw_worksheet *sheet, const struct composite *c,
                            bool line, int first, uint32_t row)
{
    char year[16];
    uint16_t columns = 0;
    uint32_t lines = 1;
    book_text(book, sheet, row, 0, 1, 1, str_from(lang_in(c->lang, "Year")), LOOK_HEAD);
    for (int y = first; y < TREND_YEARS; y++) {
        snprintf(year, sizeof year, lang_in(c->lang, "Year %d"), c->year - TREND_YEARS + 1 + y);
        book_text(book, sheet, row + 1 + (uint32_t)(y - first), 0, 1, 1, str_from(year), LOOK_LABEL);
    }
    for (uint32_t i = 0; i < c->trend_count; i++) {
        if (c->trends[i].line != line)
            continue;
        book_text(book, sheet, row, ++columns, 1, 1, c->trends[i].label, LOOK_HEAD);
        uint32_t need = book_lines(c->trends[i].label, 11);
        lines = need > lines ? need : lines;
        for (int y = first; y < TREND_YEARS; y++)
            book_figure(book, sheet, row + 1 + (uint32_t)(y - first), columns, 1,
                        c->trends[i].figure[y].digits, LOOK_FIGURE);
    }
    if (lines > 1)
        worksheet_set_row(sheet, row, (lines + 1) * LINE, NULL);
    return columns;
}

static void draw_charts(struct book *book, const struct composite *c)
{
    const char *name = lang_in(c->lang, "Trends");
    lxw_worksheet *sheet = c->trend_count > 0 ? book_sheet(book, name, true) : NULL;
    if (!sheet)
        return;
    int first = first_trend_year(c);
    uint32_t years = (uint32_t)(TREND_YEARS - first), below = years + 2, row = below + years + 1;
    worksheet_set_column(sheet, 0, TRENDS, 12, NULL);
    worksheet_fit_to_pages(sheet, 1, 1);
    uint16_t lines = draw_trends(book, sheet, c, true, first, 0);
    uint16_t outcomes = draw_trends(book, sheet, c, false, first, below);
    book_text(book, sheet, row, 0, 1, 10,
              str_from(lang_in(c->lang, "An empty field: no figure, or one defined otherwise, that must not "
                                        "be compared.")),
              LOOK_TEXT);
    const char *title = lang_in(c->lang, "Main figures over the years (cases)");
    lxw_chart *over_years = lines ? chart(book, LXW_CHART_LINE, title) : NULL;
    for (uint16_t i = 1; over_years && i <= lines; i++) {
        lxw_chart_series *series = chart_add_series(over_years, NULL, NULL);
        chart_series_set_name_range(series, name, 0, i);
        chart_series_set_categories(series, name, 1, 0, years, 0);
        chart_series_set_values(series, name, 1, i, years, i);
        chart_series_set_marker_type(series, LXW_CHART_MARKER_AUTOMATIC);
    }
    title = lang_in(c->lang, "Outcomes, this year and last (cases)");
    lxw_chart *beside = outcomes ? chart(book, LXW_CHART_COLUMN, title) : NULL;
    for (uint32_t y = below + years - 1; beside && y <= below + years; y++) {
        lxw_chart_series *series = chart_add_series(beside, NULL, NULL);
        chart_series_set_name_range(series, name, y, 0);
        chart_series_set_categories(series, name, below, 1, below, outcomes);
        chart_series_set_values(series, name, y, 1, y, outcomes);
    }
    if (beside)
        insert(sheet, row + 2, beside, lang_in(c->lang, "Columns of the outcomes of this year and last; the "
                                                "figures stand in the table above"));
    if (over_years)
        insert(sheet, row + (beside ? 22 : 2), over_years,
               lang_in(c->lang, "Lines of the main figures over the years; the figures stand in the "
                                "table above"));
}

static void draw(struct book *book, void *self)
{
    struct composite *c = self;
    draw_face(book, c);
    draw_comparison(book, c);
    draw_coverage(book, c);
    draw_findings(book, c);
    draw_charts(book, c);
}

int composite_xlsx(struct composite *c, struct sink sink, struct err *err)
{
    return book_make(composite_title(c), draw, c, sink, err);
}
