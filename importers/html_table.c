#include "importers/html.h"

#include <string.h>

enum {
    ROWS_MAX = 65534,     /* a span reaches over no more */
    ARTICLE_BYTES = 1500, /* a cell with more text than this, in … */
    ARTICLE_LINES = 6,    /* … more lines than this, holds an article */
    DATA_ROWS = 2,        /* rows of several filled cells that make a table around tables data */
    SMALL_CELLS = 8,      /* a table in a cell with no more of them is part of what the cell says */
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

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether two characters side by side read as one figure. */
static bool join(char a, char b)
{
    return (is_digit(a) || a == '.' || a == ',') && (is_digit(b) || b == '.' || b == ',');
}

/* Whether something visible stands in a node, of tables only in small ones; `figures`: there is a
 * digit in it. */
static bool holds(const struct html_page *page, uint32_t at, bool *figures)
{
    bool seen = false;
    unsigned cells = 0;
    *figures = false;
    for (uint32_t i = at, end = page->nodes[at].end; i < end; i++) {
        const struct html_node *node = &page->nodes[i];
        struct str text = str_trim(node->text);
        cells += node->kind == HTML_CELL;
        if (cells > SMALL_CELLS)
            return false;
        seen |= text.n > 0 || node->kind == HTML_PICTURE || (i > at && node->mark);
        for (size_t c = 0; c < text.n && !*figures; c++)
            *figures = is_digit(text.p[c]);
    }
    return seen;
}

/* Notes a node whose text is no text of the cell; `between`: a bit for each mark that is shown
 * behind the text so far. */
static void note(const struct html_page *page, uint32_t at, struct html_text *text,
                 unsigned *between)
{
    const struct html_node *node = &page->nodes[at];
    enum html_mark mark = node->kind == HTML_TABLE ? MARK_TABLE : node->mark;
    bool figures = false, must_hold = mark == MARK_TABLE || mark >= MARK_STRUCK;
    if (must_hold && !holds(page, at, &figures))
        return;
    text->marks |= 1u << mark;
    *between |= mark < MARK_STRUCK ? 1u << mark : 0;
    if (node->loud || (mark == MARK_TABLE && figures))
        text->loud |= 1u << mark;
}

/* Adds a node to the text of a cell. Figures on both sides of something shown are not one, nor is
 * one beside what was typed. */
static void add(const struct html_node *node, struct html_text *text, unsigned *between)
{
    size_t n = text->buf.n;
    unsigned typed = node->kind == HTML_TYPED ? 1u << MARK_CONTROL : 0;
    html_add(text, node);
    if (text->buf.n > n) {
        if (n > 0 && join(text->buf.p[n - 1], text->buf.p[n]))
            text->loud |= *between | typed;
        *between = typed;
    } else if (node->kind == HTML_PICTURE) {
        *between |= 1u << MARK_PICTURE;
    }
}

/* Gathers the text of a cell; -1 when a table stands in it (whose text is left out), else 0. */
static int cell_text(const struct html_page *page, uint32_t cell, struct html_text *text)
{
    int nested = 0;
    unsigned between = 0;
    buf_reset(&text->buf);
    text->line = 0;
    text->space = text->bracketed = false;
    text->marks = text->loud = 0;
    uint32_t raised = HTML_TOP, end = page->nodes[cell].end;
    for (uint32_t at = cell + 1, next; at < end; at = next) {
        const struct html_node *node = &page->nodes[at];
        bool table = node->kind == HTML_TABLE;
        bool unread = table || node->mark;
        next = unread ? node->end : at + 1;
        nested = table ? -1 : nested;
        if (!table && !node->skipped && html_breaks(node))
            html_break(text);
        if (unread && !node->skipped) {
            note(page, at, text, &between);
        } else if (!node->skipped) {
            add(node, text, &between);
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

/* The mark of a cell, or of the row, group or table that it stands in. */
static enum html_mark mark_around(const struct html_node *nodes, uint32_t at)
{
    while (nodes[at].mark == MARK_NONE && nodes[at].kind != HTML_TABLE)
        at = nodes[at].up;
    return nodes[at].mark;
}

/* What a cell says: for what is not read as text a word, by which it is not blank, and no figure:
 * behind a figure it would be a note. */
static struct str cell_says(const struct html_node *nodes, uint32_t cell, struct html_text *text,
                            struct arena *arena)
{
    static const struct str words[] = {
        [MARK_PICTURE] = {"[\xE5\x9B\xBE\xE7\x89\x87]", 8}, /* [图片] */
        [MARK_CONTROL] = {"[\xE6\x8E\xA7\xE4\xBB\xB6]", 8}, /* [控件] */
        [MARK_SCRIPT] = {"[\xE8\x84\x9A\xE6\x9C\xAC]", 8}, /* [脚本] */
        [MARK_FORMULA] = {"[\xE5\x85\xAC\xE5\xBC\x8F]", 8}, /* [公式] */
        [MARK_TABLE] = {"[\xE8\xA1\xA8\xE6\xA0\xBC]", 8}, /* [表格] */
        [MARK_STRUCK] = {"[\xE5\x88\xA0\xE9\x99\xA4]", 8}, /* [删除] */
        [MARK_HIDDEN] = {"[\xE9\x9A\x90\xE8\x97\x8F]", 8}, /* [隐藏] */
    };
    struct str seen = str_trim(buf_str(&text->buf));
    enum html_mark around = mark_around(nodes, cell);
    unsigned marks = text->loud;
    if (around != MARK_NONE && seen.n > 0)
        return words[around];
    if (marks == 0 && seen.n == 0)
        marks = text->marks;
    if (marks == 0)
        return seen;
    struct str word = words[__builtin_ctz(marks)];
    char *both = arena_bytes(arena, word.n + seen.n);
    text->buf.failed |= !both;
    if (!both)
        return seen;
    memcpy(both, word.p, word.n);
    if (seen.n > 0)
        memcpy(both + word.n, seen.p, seen.n);
    return (struct str){both, word.n + seen.n};
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
        struct str seen = cell_says(nodes, i, text, filling->doc->arena);
        filling->doc->has_images |= text->marks >> MARK_PICTURE & 1;
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
