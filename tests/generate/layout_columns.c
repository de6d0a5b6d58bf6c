#include "tests/generate/layout.h"

#include <stdio.h>
#include <string.h>

enum { PAGE_LINES = 38, CELL_LINES = 24, WIDTH_MAX = 200 };

/* Text drawn on paper: each place holds one character, a wide one takes two places. */
struct paper {
    struct str (*line)[WIDTH_MAX];
    uint32_t lines;
};

/* Bytes of the first character, and the places it takes. */
static size_t character(struct str s, int *places)
{
    size_t n = 1;
    while (n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
        n++;
    *places = n >= 3 ? 2 : 1;
    return n;
}

/* Cuts text into lines of at most `width` places; returns their number. */
static uint32_t wrap(struct str text, int width, struct str *lines)
{
    uint32_t n = 0;
    while (text.n && n < CELL_LINES) {
        size_t end = 0;
        int used = 0, places;
        while (end < text.n) {
            size_t bytes = character(str_skip(text, end), &places);
            if (used + places > width && used)
                break;
            used += places;
            end += bytes;
        }
        lines[n++] = str_slice(text, 0, end);
        text = str_skip(text, end);
    }
    return n ? n : 1;
}

static void draw(struct paper *paper, uint32_t line, uint32_t at, struct str text)
{
    int places;
    for (size_t i = 0; i < text.n && at < WIDTH_MAX - 1;) {
        size_t n = character(str_skip(text, i), &places);
        paper->line[line][at] = str_slice(text, i, i + n);
        if (places == 2)
            paper->line[line][at + 1] = (struct str){"", 0}; /* covered */
        at += (uint32_t)places;
        i += n;
    }
}

/* Writes the drawn lines, without white space at their ends, and a mark at the foot of each page. */
static void print_paper(struct buf *out, const struct paper *paper, uint32_t *on_page, int *page)
{
    for (uint32_t l = 0; l < paper->lines; l++) {
        uint32_t last = 0;
        for (uint32_t c = 0; c < WIDTH_MAX; c++)
            if (paper->line[l][c].n)
                last = c + 1;
        for (uint32_t c = 0; c < last; c++) {
            struct str s = paper->line[l][c];
            if (!s.p)
                buf_char(out, ' ');
            else
                buf_add(out, s);
        }
        buf_text(out, "\n");
        if (++*on_page == PAGE_LINES) {
            buf_printf(out, "\n%60s- %d -\n\f", "", (*page)++);
            *on_page = 0;
        }
    }
}

/* Columns as wide as table 三, 四 and 二 have them in print. */
static uint32_t column_width(const struct grid_place *place, uint32_t c)
{
    if (place->columns == 10)
        return c < 2 ? 12 : c == 2 ? 26 : 10;
    if (place->columns == 15)
        return 8;
    return c == 0 ? 44 : 24;
}

/* A table as `pdftotext -layout` sees it: labels wrapped in their columns, each cell in the middle
 * of its rows, so that a label's first line may stand above its figures. */
static int draw_table(struct buf *out, const struct subject *s, const struct grid *grid,
                      uint32_t *on_page, int *page)
{
    struct grid_place place;
    if (grid_layout(s->arena, grid, 64, &place) < 0)
        return -1;
    uint32_t *top = arena_array(s->arena, grid->rows + 1, sizeof *top);
    uint32_t left[65] = {4};
    if (!top)
        return -1;
    for (uint32_t c = 0; c < place.columns; c++)
        left[c + 1] = left[c] + column_width(&place, c);
    struct str lines[CELL_LINES];
    for (uint32_t r = 0; r < place.rows; r++) {
        uint32_t height = 1;
        for (uint32_t c = 0; c < place.columns; c++) {
            uint32_t i = place.cell[r * place.columns + c];
            if (i == UINT32_MAX || grid->cells[i].rowspan > 1)
                continue;
            int width = 0;
            for (uint32_t k = c; k < place.columns && place.cell[r * place.columns + k] == i; k++)
                width += (int)column_width(&place, k);
            uint32_t n = wrap(grid->cells[i].text, width - 2, lines);
            height = n > height ? n : height;
            c += grid->cells[i].colspan - 1u;
        }
        top[r + 1] = top[r] + height;
    }
    struct paper paper = {.lines = top[place.rows]};
    paper.line = arena_array(s->arena, paper.lines, sizeof *paper.line);
    if (!paper.line)
        return -1;
    uint32_t next = 0;
    for (uint32_t r = 0; r < place.rows; r++)
        for (uint32_t c = 0; c < place.columns; c++) {
            uint32_t i = place.cell[r * place.columns + c];
            if (i != next)
                continue;
            const struct grid_cell *cell = &grid->cells[next++];
            uint32_t below = r + cell->rowspan < place.rows ? r + cell->rowspan : place.rows;
            uint32_t right = c + cell->colspan < place.columns ? c + cell->colspan : place.columns;
            uint32_t n = wrap(cell->text, (int)(left[right] - left[c]) - 2, lines);
            uint32_t room = top[below] - top[r];
            uint32_t from = top[r] + (n < room ? (room - n) / 2 : 0);
            for (uint32_t k = 0; k < n && from + k < paper.lines; k++)
                draw(&paper, from + k, left[c], cell->text.n ? lines[k] : cell->text);
        }
    print_paper(out, &paper, on_page, page);
    return 0;
}

int write_columns(struct buf *out, const struct subject *s)
{
    uint32_t on_page = 0;
    int page = 1;
    for (uint32_t b = 0; b < s->page->count; b++) {
        const struct block *block = &s->page->blocks[b];
        if (block->kind == BLOCK_GRID) {
            if (draw_table(out, s, &block->grid, &on_page, &page) < 0)
                return -1;
        } else {
            buf_printf(out, "%*s%.*s\n", b ? 8 : 24, "", STR_ARG(block->text));
            on_page = on_page + 1 < PAGE_LINES ? on_page + 1 : 0;
        }
    }
    return out->failed ? -1 : 0;
}

/* The vertical heads of tables 三 and 四 on a flipbook's page. */
static const char head_of_three[] = "申请人情况\n自 法人或其他组织\n然 商业 科研 社会公 法律服 其 总\n"
                                    "人 企业 机构 益组织 务机构 他 计\n";
static const char head_of_four[] = "行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n结 结 其 尚\n"
                                   "果 果 他 未\n总计 结 结 其 尚 总 结 结 其 尚 总\n维 纠 结 审\n"
                                   "维 纠 结 审 计 维 纠 结 审 计\n持 正 果 结\n";

static bool is_figure(struct str s)
{
    s = str_trim(s);
    return s.n && (strchr("0123456789+-/.", s.p[0]) || str_starts(s, STR("\xef\xbc")));
}

/* One row: labels glued together and broken at 14 characters, the figures behind the last piece. */
static void flip_row(struct buf *out, const struct grid *grid, uint32_t r)
{
    struct buf text = buf_new(1 << 16);
    uint32_t i = grid->first[r];
    for (; i < grid->first[r + 1] && !is_figure(grid->cells[i].text); i++) {
        struct str cell = grid->cells[i].text;
        if (!str_eq(cell, STR("三、本年度办理结果")))
            buf_add(&text, cell);
    }
    struct str lines[CELL_LINES], all = buf_str(&text);
    bool whole = r + 1 == grid->rows || grid->first[r + 1] - grid->first[r] > 8;
    uint32_t n = all.n ? wrap(all, whole && all.n > 60 ? 28 : WIDTH_MAX, lines) : 0;
    for (uint32_t k = 0; k < n; k++) {
        buf_text(out, k ? "\n" : "");
        buf_add(out, lines[k]);
    }
    for (; i < grid->first[r + 1]; i++) {
        buf_text(out, n++ ? " " : "");
        buf_add(out, str_trim(grid->cells[i].text));
    }
    buf_text(out, "\n");
    buf_free(&text);
}

static uint32_t columns_of(const struct grid *grid)
{
    uint32_t n = 0;
    for (uint32_t i = grid->first[0]; i < grid->first[1]; i++)
        n += grid->cells[i].colspan;
    return n;
}

/* A flipbook: a page a URL, no separators but spaces, one-character heads printed downwards. */
int write_flipbook(struct buf *out, const struct subject *s)
{
    int page = 7;
    for (uint32_t b = 0; b < s->page->count; b++) {
        const struct block *block = &s->page->blocks[b];
        if (block->kind == BLOCK_PARAGRAPH) {
            buf_add(out, block->text);
            buf_text(out, "\n");
            continue;
        }
        const struct grid *grid = &block->grid;
        uint32_t columns = columns_of(grid), from = 0;
        if (columns == 10) {
            buf_text(out, "(本列数据的勾稽关系为:第一项加第二项之\n和,等于第三项加第四项之和)\n");
            buf_text(out, head_of_three);
            from = 3;
        } else if (columns == 15) {
            buf_text(out, head_of_four);
            from = 3;
        }
        for (uint32_t r = from; r < grid->rows; r++) {
            if (columns < 5 || columns == 15) {
                for (uint32_t i = grid->first[r]; i < grid->first[r + 1]; i++) {
                    buf_text(out, i > grid->first[r] ? " " : "");
                    buf_add(out, str_trim(grid->cells[i].text));
                }
                buf_text(out, "\n");
            } else
                flip_row(out, grid, r);
            if (columns == 10 && r % 14 == 13) {
                buf_printf(out, "P. %d\nPage %d - %.*s\nP. %d\n", page, page + 1,
                           STR_ARG(s->page->title), page + 1);
                page++;
            }
        }
    }
    return out->failed ? -1 : 0;
}
