#include "tests/generate/layout.h"

/* How the cells of a grid are set apart. `width` is the number of places a row is filled up to
 * with empty ones: crawlers keep the places of spanned cells at the end of a row. */
struct marks {
    const char *before, *between, *after, *end;
    const char *filler; /* for each place a row lacks */
    bool rule;          /* Markdown's row of dashes below the first */
};

static uint32_t widest_row(const struct grid *grid)
{
    uint32_t widest = 0;
    for (uint32_t r = 0; r < grid->rows; r++) {
        uint32_t n = grid->first[r + 1] - grid->first[r];
        widest = n > widest ? n : widest;
    }
    return widest;
}

static void write_rule(struct buf *out, uint32_t columns)
{
    for (uint32_t c = 0; c < columns; c++)
        buf_text(out, "| --- ");
    buf_text(out, "|\n");
}

static void write_grid(struct buf *out, const struct grid *grid, const struct marks *marks,
                       uint32_t extra)
{
    uint32_t width = widest_row(grid) + extra;
    for (uint32_t r = 0; r < grid->rows; r++) {
        buf_text(out, marks->before);
        for (uint32_t i = grid->first[r]; i < grid->first[r + 1]; i++) {
            buf_text(out, i > grid->first[r] ? marks->between : "");
            buf_add(out, grid->cells[i].text);
        }
        buf_text(out, marks->after);
        for (uint32_t n = grid->first[r + 1] - grid->first[r]; n < width; n++)
            buf_text(out, marks->filler);
        buf_text(out, marks->end);
        if (r == 0 && marks->rule)
            write_rule(out, width);
    }
}

static int write_page(struct buf *out, const struct subject *s, const struct marks *marks,
                      uint32_t extra)
{
    for (uint32_t b = 0; b < s->page->count; b++) {
        const struct block *block = &s->page->blocks[b];
        if (block->kind == BLOCK_GRID) {
            write_grid(out, &block->grid, marks, extra);
        } else {
            buf_add(out, block->text);
            buf_text(out, "\n");
        }
    }
    return out->failed ? -1 : 0;
}

/* a | b | c | || */
int write_pipes_loose(struct buf *out, const struct subject *s)
{
    static const struct marks marks = {"", " | ", " | ", "\n", "|", false};
    return write_page(out, s, &marks, 1);
}

/* a|b|c */
int write_pipes_tight(struct buf *out, const struct subject *s)
{
    static const struct marks marks = {"", "|", "", "\n", "", false};
    return write_page(out, s, &marks, 0);
}

/* | a | b | c | */
int write_pipes_outer(struct buf *out, const struct subject *s)
{
    static const struct marks marks = {"| ", " | ", " |", "\n", "", false};
    return write_page(out, s, &marks, 0);
}

/* | a | b | c | | | */
int write_pipes_padded(struct buf *out, const struct subject *s)
{
    static const struct marks marks = {"| ", " | ", " |", "\n", "  |", false};
    return write_page(out, s, &marks, 0);
}

int write_markdown(struct buf *out, const struct subject *s)
{
    static const struct marks marks = {"| ", " | ", " |", "\n", "  |", true};
    return write_page(out, s, &marks, 0);
}

/* One cell a line, each ending in " |". */
int write_pipe_a_line(struct buf *out, const struct subject *s)
{
    static const struct marks marks = {"", " |\n", " |\n", "", "", false};
    return write_page(out, s, &marks, 0);
}

int write_cell_a_line(struct buf *out, const struct subject *s)
{
    static const struct marks marks = {"", "\n", "\n", "", "", false};
    return write_page(out, s, &marks, 0);
}

/* One cell a paragraph, blank lines between. */
int write_cell_a_paragraph(struct buf *out, const struct subject *s)
{
    static const struct marks marks = {"", "\n\n", "\n\n", "", "", false};
    return write_page(out, s, &marks, 0);
}

int write_one_line(struct buf *out, const struct subject *s)
{
    static const struct marks marks = {"", " | ", " | ", "", "", false};
    for (uint32_t b = 0; b < s->page->count; b++) {
        const struct block *block = &s->page->blocks[b];
        if (block->kind == BLOCK_GRID)
            write_grid(out, &block->grid, &marks, 0);
        else
            buf_add(out, block->text);
        buf_text(out, "\n");
    }
    return out->failed ? -1 : 0;
}

int write_tabs(struct buf *out, const struct subject *s)
{
    static const struct marks marks = {"", "\t", "", "\n", "", false};
    return write_page(out, s, &marks, 0);
}

int write_spaces(struct buf *out, const struct subject *s)
{
    static const struct marks marks = {"", " ", "", "\n", "", false};
    return write_page(out, s, &marks, 0);
}

/* As pasted from a spreadsheet: covered places are empty. */
int write_tabs_laid(struct buf *out, const struct subject *s)
{
    for (uint32_t b = 0; b < s->page->count; b++) {
        const struct block *block = &s->page->blocks[b];
        if (block->kind == BLOCK_PARAGRAPH) {
            buf_add(out, block->text);
            buf_text(out, "\n");
            continue;
        }
        struct grid_place place;
        if (grid_layout(s->arena, &block->grid, 64, &place) < 0)
            return -1;
        uint32_t next = 0;
        for (uint32_t r = 0; r < place.rows; r++) {
            for (uint32_t c = 0; c < place.columns; c++) {
                uint32_t cell = place.cell[r * place.columns + c];
                buf_text(out, c ? "\t" : "");
                if (cell == next) {
                    buf_add(out, block->grid.cells[cell].text);
                    next++;
                }
            }
            buf_text(out, "\n");
        }
    }
    return out->failed ? -1 : 0;
}

/* A crawled page: navigation before, the log-in box after. */
int write_crawled(struct buf *out, const struct subject *s)
{
    buf_text(out, "首页\n政务公开\n互动交流\n网站地图 | 无障碍阅读 | 简体 | 繁體\n"
                  "当前位置：首页 > 政务公开 > 政府信息公开年报\n字号：大 中 小\n");
    if (write_pipes_loose(out, s) < 0)
        return -1;
    buf_text(out, "扫一扫在手机打开当前页\n账号+密码登录\n还没有账号?\n立即注册\n"
                  "版权所有 | 联系我们 | 浏览次数 : 128\n");
    return out->failed ? -1 : 0;
}
