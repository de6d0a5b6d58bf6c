#include "importers/html.h"

#include <string.h>

enum {
    ROWS_MAX = 65534,     /* a span reaches over no more */
    ARTICLE_BYTES = 1500, /* a cell with more text than this, in … */
    ARTICLE_LINES = 6,    /* … more lines than this, holds an article */
    DATA_ROWS = 2,        /* rows of several filled cells that make a table around tables data */
};

/* Leaves the nodes that end at `next`, from `at` up to the cell: raised text closes, blocks break
 * the line. */
static void leave(const struct html_page *page, uint32_t cell, uint32_t at, uint32_t next,
                  uint32_t *raised, struct html_text *text)
{
    for (; at != cell && page->nodes[at].end == next; at = page->nodes[at].up) {
        const struct html_node *node = &page->nodes[at];
        if (at == *raised) {
            html_lower(text);
            *raised = HTML_TOP;
        }
        if (html_breaks(node) && node->kind != HTML_LINE)
            html_break(text);
    }
}

/* Gathers the text of a cell; -1 when a table stands in it (whose text is left out), else 0. */
static int cell_text(const struct html_page *page, uint32_t cell, struct html_text *text)
{
    int nested = 0;
    buf_reset(&text->buf);
    text->line = 0;
    text->space = text->bracketed = text->pictured = false;
    uint32_t raised = HTML_TOP, end = page->nodes[cell].end;
    for (uint32_t at = cell + 1, next; at < end; at = next) {
        const struct html_node *node = &page->nodes[at];
        bool table = node->kind == HTML_TABLE;
        next = table ? node->end : at + 1;
        nested = table ? -1 : nested;
        if (!table && !node->skipped) {
            if (html_breaks(node))
                html_break(text);
            html_add(text, node);
            if (node->kind == HTML_RAISED && raised == HTML_TOP)
                raised = at;
        }
        leave(page, cell, at, next, &raised, text);
    }
    return nested;
}

/* Calls `row` for each row of the table with the number of rows from it to the end of its group. */
static int each_row(const struct html_page *page, uint32_t table,
                    int (*row)(void *self, uint32_t row, long left), void *self)
{
    const struct html_node *nodes = page->nodes;
    for (uint32_t group = table + 1; group < nodes[table].end; group = nodes[group].end) {
        if (nodes[group].kind != HTML_SECTION)
            continue;
        long left = 0;
        for (uint32_t r = group + 1; r < nodes[group].end; r = nodes[r].end)
            left += nodes[r].kind == HTML_ROW;
        for (uint32_t r = group + 1; r < nodes[group].end; r = nodes[r].end) {
            if (nodes[r].kind != HTML_ROW)
                continue;
            if (row(self, r, left < ROWS_MAX ? left : ROWS_MAX) < 0)
                return -1;
            left--;
        }
    }
    return 0;
}

/* Telling data from layout ------------------------------------------------------------------- */

struct look {
    const struct html_page *page;
    struct html_text *text;
    unsigned widest, data_rows;
    bool nested, article;
};

static int look_at_row(void *self, uint32_t row, long left)
{
    struct look *look = self;
    const struct html_node *nodes = look->page->nodes;
    unsigned cells = 0, filled = 0;
    (void)left;
    for (uint32_t cell = row + 1; cell < nodes[row].end; cell = nodes[cell].end) {
        if (nodes[cell].kind != HTML_CELL)
            continue;
        cells++;
        if (cell_text(look->page, cell, look->text) < 0)
            look->nested = true;
        struct str text = str_trim(buf_str(&look->text->buf));
        unsigned lines = 1;
        for (size_t at = 0; at < text.n; at++)
            lines += text.p[at] == '\n';
        filled += text.n > 0;
        look->article |= text.n > ARTICLE_BYTES && lines > ARTICLE_LINES;
    }
    look->widest = cells > look->widest ? cells : look->widest;
    look->data_rows += filled > 1;
    return 0;
}

bool html_is_layout(const struct html_page *page, uint32_t table, struct html_text *scratch)
{
    struct look look = {.page = page, .text = scratch};
    each_row(page, table, look_at_row, &look);
    return look.widest < 2 || look.article || (look.nested && look.data_rows < DATA_ROWS);
}

/* Data ---------------------------------------------------------------------------------------- */

struct filling {
    struct document *doc;
    const struct html_page *page;
    struct grid_builder *grid;
    struct html_text *text;
};

/* A span ends with its row group, as in a browser; rowspan=0 reaches to that end. */
static uint16_t rowspan_of(const struct html_node *cell, long rows_left)
{
    long n = cell->rowspan < 0 ? 1 : cell->rowspan;
    return (uint16_t)(n == 0 || n > rows_left ? rows_left : n);
}

static int fill_row(void *self, uint32_t row, long left)
{
    struct filling *filling = self;
    const struct html_node *nodes = filling->page->nodes;
    if (grid_row(filling->grid) < 0)
        return -1;
    for (uint32_t i = row + 1; i < nodes[row].end; i = nodes[i].end) {
        if (nodes[i].kind != HTML_CELL)
            continue;
        struct html_text *text = filling->text;
        cell_text(filling->page, i, text);
        struct str seen = str_trim(buf_str(&text->buf));
        filling->doc->has_images |= text->pictured;
        if (seen.n == 0 && text->pictured)
            seen = STR("[\xE5\x9B\xBE\xE7\x89\x87]"); /* [图片]: not blank, and no figure */
        struct grid_cell cell = {
            .text = arena_copy(filling->doc->arena, seen),
            .line = text->line ? text->line : nodes[i].line,
            .rowspan = rowspan_of(&nodes[i], left),
            .colspan = nodes[i].colspan,
        };
        if (text->buf.failed || !cell.text.p || grid_cell(filling->grid, cell) < 0)
            return -1;
    }
    return 0;
}

int html_grid(struct document *doc, const struct html_page *page, uint32_t table,
              struct html_text *scratch)
{
    struct filling filling = {doc, page, document_grid(doc, page->nodes[table].line), scratch};
    if (!filling.grid || each_row(page, table, fill_row, &filling) < 0)
        return -1;
    return grid_end(filling.grid);
}
