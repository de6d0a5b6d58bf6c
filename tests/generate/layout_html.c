#include "tests/generate/layout.h"

#include <string.h>

/* How elements are written. */
struct markup {
    const char *cell, *paragraph; /* attributes */
    bool word;                    /* Word's spans and <o:p> */
};

static void escaped(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '<')
            buf_text(out, "&lt;");
        else if (text.p[i] == '&')
            buf_text(out, "&amp;");
        else if (!strncmp(text.p + i, "\u00a0", 2) && i + 1 < text.n) {
            buf_text(out, "&nbsp;");
            i++;
        } else
            buf_char(out, text.p[i]);
    }
}

/* Text as Word pastes it: cut into spans at every third character. */
static void word_text(struct buf *out, struct str text)
{
    if (!text.n) {
        buf_text(out, "<span lang=EN-US><o:p>&nbsp;</o:p></span>");
        return;
    }
    buf_text(out, "<span style='font-family:仿宋_GB2312;mso-bidi-font-size:10.5pt'>");
    int n = 0;
    for (size_t i = 0, next; i < text.n; i = next) {
        next = i + 1;
        while (next < text.n && ((unsigned char)text.p[next] & 0xc0) == 0x80)
            next++;
        if (n && n % 3 == 0)
            buf_text(out, "</span><span\nlang=EN-US style='font-size:9.0pt'>");
        escaped(out, str_slice(text, i, next));
        n++;
    }
    buf_text(out, "</span><span lang=EN-US><o:p></o:p></span>");
}

static void write_text(struct buf *out, const struct markup *markup, struct str text)
{
    if (markup->word)
        word_text(out, text);
    else
        escaped(out, text);
}

static void write_rows(struct buf *out, const struct grid *grid, const struct markup *markup)
{
    for (uint32_t r = 0; r < grid->rows; r++) {
        buf_text(out, "<tr>\n");
        for (uint32_t i = grid->first[r]; i < grid->first[r + 1]; i++) {
            const struct grid_cell *cell = &grid->cells[i];
            buf_printf(out, "<td%s", markup->cell);
            if (cell->colspan > 1)
                buf_printf(out, " colspan=\"%d\"", cell->colspan);
            if (cell->rowspan > 1)
                buf_printf(out, " rowspan=\"%d\"", cell->rowspan);
            buf_text(out, markup->word ? "><p class=MsoNormal align=center>" : ">");
            write_text(out, markup, cell->text);
            buf_text(out, markup->word ? "</p></td>\n" : "</td>");
        }
        buf_text(out, "</tr>\n");
    }
}

static void write_blocks(struct buf *out, const struct subject *s, const struct markup *markup)
{
    for (uint32_t b = 0; b < s->page->count; b++) {
        const struct block *block = &s->page->blocks[b];
        if (block->kind == BLOCK_GRID) {
            buf_text(out, "<table border=1>\n<tbody>\n");
            write_rows(out, &block->grid, markup);
            buf_text(out, "</tbody></table>\n");
        } else {
            buf_printf(out, "<p%s>", markup->paragraph);
            write_text(out, markup, block->text);
            buf_text(out, "</p>\n");
        }
    }
}

static void head(struct buf *out, const struct subject *s)
{
    buf_text(out, "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>");
    escaped(out, s->page->title);
    buf_text(out, "</title></head>\n<body>\n");
}

int write_html(struct buf *out, const struct subject *s)
{
    static const struct markup plain = {"", "", false};
    head(out, s);
    write_blocks(out, s, &plain);
    buf_text(out, "</body></html>\n");
    return out->failed ? -1 : 0;
}

int write_html_word(struct buf *out, const struct subject *s)
{
    static const struct markup word = {
        " width=76 style='width:57.0pt;border:solid windowtext 1.0pt'",
        " class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'", true};
    buf_text(out, "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head>\n"
                  "<meta http-equiv=Content-Type content=\"text/html; charset=gb2312\">\n"
                  "<style><!-- p.MsoNormal {mso-style-parent:\"\";} table {td:1} --></style>\n"
                  "<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->\n"
                  "</head><body lang=ZH-CN><div class=Section1>\n");
    write_blocks(out, s, &word);
    buf_text(out, "</div></body></html>\n");
    return out->failed ? -1 : 0;
}

/* A page of a government site: scripts, navigation in tables, the report in nested divs. */
int write_html_site(struct buf *out, const struct subject *s)
{
    static const struct markup site = {" align=\"center\" valign=\"middle\"",
                                       " style=\"text-align: justify;\"", false};
    head(out, s);
    buf_text(out, "<script>var n = \"<table><tr><td>规章</td><td>9</td></tr></table>\";</script>\n"
                  "<div class=\"top\"><table><tr><td><a href=\"/\">首页</a></td>"
                  "<td><a href=\"/zw\">政务公开</a></td><td>互动交流</td></tr></table></div>\n"
                  "<div class=\"place\">当前位置：<a>首页</a> &gt; <a>政府信息公开年报</a></div>\n"
                  "<table class=\"layout\"><tr><td class=\"side\"><ul><li>机构职能</li>"
                  "<li>政府信息公开指南</li></ul></td><td><div id=\"zoom\">\n");
    write_blocks(out, s, &site);
    buf_text(out, "</div></td></tr></table>\n<div>扫一扫在手机打开当前页</div>\n"
                  "<table><tr><td>主办单位</td><td>版权所有</td><td>备案号 12345</td></tr></table>\n"
                  "</body></html>\n");
    return out->failed ? -1 : 0;
}

/* All tables and the headings between them as one table. */
int write_html_one_table(struct buf *out, const struct subject *s)
{
    static const struct markup plain = {"", "", false};
    bool open = false;
    head(out, s);
    uint32_t last = 0;
    for (uint32_t b = 0; b < s->page->count; b++)
        if (s->page->blocks[b].kind == BLOCK_GRID)
            last = b;
    for (uint32_t b = 0; b < s->page->count; b++) {
        const struct block *block = &s->page->blocks[b];
        if (block->kind == BLOCK_GRID) {
            buf_text(out, open ? "" : "<table>\n");
            open = true;
            write_rows(out, &block->grid, &plain);
        } else {
            buf_text(out, open ? "<tr><td colspan=15>" : "<p>");
            escaped(out, block->text);
            buf_text(out, open ? "</td></tr>\n" : "</p>\n");
        }
        if (b == last && open) {
            buf_text(out, "</table>\n");
            open = false;
        }
    }
    buf_text(out, "</body></html>\n");
    return out->failed ? -1 : 0;
}
