#include "core/export/composite_html.h"

#include "core/export/english.h"

enum { FINDINGS_SHOWN = 200 };

static const char style[] =
    "body{font-family:\"Noto Sans CJK SC\",\"Source Han Sans SC\",\"Microsoft YaHei\",\"PingFang SC\","
    "sans-serif;line-height:1.6;color:#1a1a1a;background:#fff;max-width:62rem;margin:0 auto;"
    "padding:1rem}\n"
    "h1{font-size:1.6rem;text-align:center;line-height:1.3}\n"
    "h2{font-size:1.15rem;margin:2rem 0 .5rem}\n"
    ".face{border:1px solid #767676;border-left:.4rem solid #1f5f99;padding:.6rem 1rem;margin:1rem 0}\n"
    ".gap{border-left-color:#a8320a;background:#fdf3ef}\n"
    ".wide{overflow-x:auto}\n"
    ".wide:focus{outline:3px solid #1f5f99}\n"
    "table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}\n"
    ".v{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}\n"
    "[data-en]::after{content:attr(data-en);display:block;font-size:.78rem;line-height:1.3;color:#404040;"
    "font-weight:normal;overflow-wrap:anywhere}\n"
    "thead [data-en]::after{font-size:.66rem}h1::after,h2::after{font-size:.9rem}\n"
    "caption{text-align:left;font-weight:bold;padding:.3rem 0}\n"
    "th,td{border:1px solid #555;padding:.25rem .4rem;font-size:.9rem}\n"
    "th{font-weight:normal;background:#f1f4f7;text-align:center}\n"
    "th[scope=row],th[scope=rowgroup]{text-align:left}\n"
    "td{text-align:right;white-space:nowrap}\n"
    "td.s,td.t{text-align:left}td.t{white-space:normal}\n"
    ".none{background:repeating-linear-gradient(45deg,#fff,#fff 4px,#e6e6e6 4px,#e6e6e6 6px)}\n"
    "@media (max-width:40rem){.form table,.long table{min-width:44rem}}\n"
    "@media print{body{max-width:none;padding:0;font-size:10pt}h2{break-after:avoid;break-inside:avoid}"
    "tr{break-inside:avoid}thead{display:table-header-group}.wide{overflow:visible}"
    "th,td{font-size:8pt;padding:1pt 3pt}a{color:inherit}"
    "tbody [data-en]::after{font-size:6.5pt}thead [data-en]::after{font-size:5.5pt}}\n"
    "@page{size:A4;margin:15mm}\n";

static void figure(struct html_out *html, const struct figure *figure)
{
    if (figure->digits.p)
        html_text(html, figure->digits);
}

/* In an English document the attributes of an element that holds the form's own words: their language,
 * and what is shown below them. They themselves stay as they are printed, for whoever reads them in. */
static void official(struct html_out *html, struct str text)
{
    struct str english = english_of(text);
    if (html->lang == LANG_ZH)
        return;
    html_markup(html, " lang=\"zh-CN\"");
    if (english.n > 0)
        html_element(html, " data-en=\"", english, "\"");
}

/* The heading of a part of the form. */
static void heading(struct html_out *html, struct str text)
{
    html_markup(html, "<h2");
    official(html, text);
    html_element(html, ">", text, "</h2>\n");
}

/* The same words in the document's language where there are such. */
static struct str said(const struct html_out *html, struct str text)
{
    struct str english = html->lang == LANG_ZH ? text : english_of(text);
    return english.n > 0 ? english : text;
}

/* One place of an official table: a head with its scope, or a figure. */
static void place(struct html_out *html, const struct composite *c, const struct face_table *t,
                  const struct place *p)
{
    bool head = p->kind != PLACE_FIGURE;
    const char *scope = p->kind == PLACE_ROW    ? p->rowspan > 1 ? "rowgroup" : "row"
                        : p->kind == PLACE_COLUMN ? p->colspan > 1 && p->row + 1 < t->head_rows
                                                        ? "colgroup"
                                                        : "col"
                                                  : NULL;
    if (!head && !c->figure[p->cell].digits.p)
        html_markup(html, "<td class=\"none\"");
    else
        html_markup(html, p->kind == PLACE_CORNER && p->text.n == 0 ? "<td" : head ? "<th" : "<td");
    if (scope)
        html_format(html, " scope=\"%s\"", scope);
    if (p->rowspan > 1)
        html_format(html, " rowspan=\"%u\"", p->rowspan);
    if (p->colspan > 1)
        html_format(html, " colspan=\"%u\"", p->colspan);
    if (head && p->text.n > 0)
        official(html, p->text);
    html_markup(html, ">");
    if (head)
        html_text(html, p->text);
    else
        figure(html, &c->figure[p->cell]);
    html_markup(html, head && !(p->kind == PLACE_CORNER && p->text.n == 0) ? "</th>" : "</td>");
}

static void table(struct html_out *html, const struct composite *c, const struct face_table *t)
{
    html_markup(html, "<div class=\"wide form\" tabindex=\"0\" role=\"region\" aria-label=\"");
    html_element(html, "", said(html, t->title), "\">\n<table>\n<caption><span class=\"v\">");
    html_element(html, "", said(html, t->title), "</span></caption>\n<colgroup>");
    for (uint16_t column = 0; column < t->columns; column++)
        html_format(html, "<col style=\"width:%u.%u%%\">", t->width[column] * 100u / FACE_ACROSS,
                    t->width[column] * 1000u / FACE_ACROSS % 10);
    html_markup(html, t->head_rows ? "</colgroup>\n<thead>\n" : "</colgroup>\n<tbody>\n");
    uint32_t at = 0;
    for (uint16_t row = 0; row < t->rows; row++) {
        if (row > 0 && row == t->head_rows)
            html_markup(html, "</thead>\n<tbody>\n");
        html_markup(html, "<tr>");
        for (; at < t->count && t->places[at].row == row; at++)
            place(html, c, t, &t->places[at]);
        html_markup(html, "</tr>\n");
    }
    html_markup(html, "</tbody>\n</table></div>\n");
}

void composite_html_tables(struct html_out *html, struct composite *c)
{
    for (uint32_t i = 0; i < c->face.count; i++) {
        heading(html, c->face.tables[i].title);
        table(html, c, &c->face.tables[i]);
    }
}

static void sentences(struct html_out *html, const struct composite *c)
{
    heading(html, composite_section_one());
    html_words(html, "<p><small>", "A draft: this text only restates figures of the tables.",
               "</small></p>\n");
    for (uint32_t i = 0; i < c->sentence_count; i++)
        html_element(html, html->lang == LANG_ZH ? "<p>" : "<p lang=\"zh-CN\">", c->sentences[i],
                     "</p>\n");
}

static void other_cells(struct html_out *html, struct composite *c)
{
    uint32_t count = 0;
    for (uint16_t cell = 0; cell < CATALOG_CELLS; cell++) {
        if (!c->figure[cell].digits.p || composite_on_form(c, cell))
            continue;
        if (count++ == 0) {
            html_words(html, "<h2>", "Figures outside the form", "</h2>\n<table>\n<caption>");
            html_words(html, "", "Figures of reports on another form, which these tables have no place "
                                 "for", "</caption>\n<thead><tr>");
            html_words(html, "<th scope=\"col\">", "Cell", "</th>");
            html_words(html, "<th scope=\"col\">", "Code", "</th>");
            html_words(html, "<th scope=\"col\">", "Figure", "</th></tr></thead>\n<tbody>\n");
        }
        html_element(html, "<tr><th scope=\"row\">", composite_label(c, cell), "</th>");
        html_element(html, "<td class=\"t\">", str_from(c->catalog->cells[cell].code), "</td><td>");
        figure(html, &c->figure[cell]);
        html_markup(html, "</td></tr>\n");
    }
    html_markup(html, count ? "</tbody>\n</table>\n" : "");
}

static void coverage_row(struct html_out *html, const struct coverage *v)
{
    html_element(html, "<tr><th scope=\"row\">", v->name, "</th>");
    html_element(html, "<td class=\"t\">", v->code, "</td>");
    html_format(html, "<td>%lld</td><td>%lld</td><td>%lld</td><td>%lld</td><td>%lld</td></tr>\n",
                (long long)v->expected, (long long)v->reported, (long long)v->missing,
                (long long)v->late, (long long)v->unregistered);
}

static void coverage(struct html_out *html, const struct composite *c)
{
    html_words(html, "<h2>", "Coverage", "</h2>\n");
    html_words(html, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"", "Coverage",
               "\"><table>\n");
    html_words(html, "<caption><span class=\"v\">", "Reports expected, received and missing",
               "</span></caption>\n<thead><tr>");
    html_words(html, "<th scope=\"col\">", "Division", "</th>");
    html_words(html, "<th scope=\"col\">", "Code", "</th>");
    html_words(html, "<th scope=\"col\">", "Expected", "</th>");
    html_words(html, "<th scope=\"col\">", "Received", "</th>");
    html_words(html, "<th scope=\"col\">", "Missing", "</th>");
    html_words(html, "<th scope=\"col\">", "Late", "</th>");
    html_words(html, "<th scope=\"col\">", "Not in the register", "</th></tr></thead>\n<tbody>\n");
    coverage_row(html, &c->coverage);
    for (uint32_t i = 0; i < c->part_count; i++)
        coverage_row(html, &c->parts[i]);
    html_markup(html, "</tbody>\n</table></div>\n");
    if (c->missing_count == 0)
        return;
    bool chinese = html->lang == LANG_ZH;
    html_markup(html, "<h3>");
    html_format(html, lang_in(html->lang, "Reports are missing from (%u)"), c->missing_count);
    html_markup(html, "</h3>\n<ul>\n");
    for (uint32_t i = 0; i < c->missing_count; i++) {
        html_element(html, "<li>", c->missing[i].name, chinese ? "（" : " (");
        html_element(html, "", c->missing[i].division, chinese ? "）</li>\n" : ")</li>\n");
    }
    html_markup(html, "</ul>\n");
}

static void findings(struct html_out *html, const struct composite *c)
{
    html_markup(html, "<h2>");
    html_format(html, lang_in(html->lang, "Findings (%u errors, %u warnings, %u waived)"), c->error_count,
                c->finding_count - c->error_count - c->waived_count, c->waived_count);
    html_markup(html, "</h2>\n");
    if (c->finding_count == 0) {
        html_words(html, "<p>", "No finding is open.", "</p>\n");
        return;
    }
    uint32_t shown = c->finding_count < FINDINGS_SHOWN ? c->finding_count : FINDINGS_SHOWN;
    html_words(html, "<div class=\"wide long\" tabindex=\"0\" role=\"region\" aria-label=\"", "Findings",
               "\"><table>\n<thead><tr>");
    html_words(html, "<th scope=\"col\">", "Agency", "</th>");
    html_words(html, "<th scope=\"col\">", "Severity", "</th>");
    html_words(html, "<th scope=\"col\">", "Rule", "</th>");
    html_words(html, "<th scope=\"col\">", "Finding", "</th></tr></thead>\n<tbody>\n");
    for (uint32_t i = 0; i < shown; i++) {
        const struct open_finding *f = &c->findings[i];
        html_element(html, "<tr><th scope=\"row\">", f->agency, "</th>");
        html_element(html, "<td class=\"s\">", f->severity, "</td>");
        html_element(html, "<td class=\"t\">", f->rule, "</td>");
        html_element(html, "<td class=\"t\">", f->message, "</td></tr>\n");
    }
    html_markup(html, "</tbody>\n</table></div>\n");
    if (shown < c->finding_count) {
        html_markup(html, "<p>");
        html_format(html, lang_in(html->lang, "And %u more: see findings.csv."),
                    c->finding_count - shown);
        html_markup(html, "</p>\n");
    }
}

int composite_html(struct composite *c, struct sink sink, struct err *err)
{
    struct html_out html;
    html_out_open(&html, sink, c->lang);
    html_document(&html);
    html_element(&html, "<title>", composite_title(c), "</title>\n<style>\n");
    html_markup(&html, style);
    html_markup(&html, "</style>\n</head>\n<body>\n<main>\n<h1");
    if (c->lang != LANG_ZH)
        html_element(&html, " lang=\"zh-CN\" data-en=\"", composite_heading(c), "\"");
    html_element(&html, ">", composite_title(c), "</h1>\n");
    bool gap = c->coverage.missing + c->stand_in_count > 0;
    html_markup(&html, gap ? "<p class=\"face gap\">" : "<p class=\"face\">");
    html_element(&html, "", composite_coverage_text(c), "</p>\n");
    sentences(&html, c);
    composite_html_tables(&html, c);
    other_cells(&html, c);
    coverage(&html, c);
    findings(&html, c);
    html_markup(&html, "</main>\n</body>\n</html>\n");
    return html_out_close(&html, err);
}
