#include "importers/html.h"

#include <string.h>

enum {
    COLSPAN_MAX = 1000,
    ROWSPAN_MAX = 65534,
    ARTICLE_BYTES = 1500, /* a cell with more text than this, in … */
    ARTICLE_LINES = 6,    /* … more lines than this, holds an article */
    DATA_ROWS = 2,        /* rows of several filled cells that make a table around tables data */
};

static bool is_cell(const GumboNode *node)
{
    return (html_is(node, GUMBO_TAG_TD) || html_is(node, GUMBO_TAG_TH)) && !html_skipped(node);
}

static bool is_row(const GumboNode *node)
{
    return html_is(node, GUMBO_TAG_TR) && !html_skipped(node);
}

static bool is_section(const GumboNode *node)
{
    return html_is(node, GUMBO_TAG_TBODY) || html_is(node, GUMBO_TAG_THEAD) ||
           html_is(node, GUMBO_TAG_TFOOT);
}

/* Gathers the text of a cell; -1 when a table stands in it (whose text is left out), else 0. */
static int cell_text(const GumboNode *cell, struct html_text *text)
{
    int nested = 0;
    buf_reset(&text->buf);
    text->line = 0;
    text->space = text->bracketed = text->pictured = false;
    const GumboNode *raised = NULL;
    for (const GumboNode *node = cell; node;) {
        bool table = node != cell && html_is(node, GUMBO_TAG_TABLE);
        bool down = !table && !html_skipped(node);
        nested = table ? -1 : nested;
        if (node != cell && down) {
            if (html_breaks(node))
                html_break(text);
            html_add(text, node, false);
            if (html_is(node, GUMBO_TAG_SUP) || html_is(node, GUMBO_TAG_SUB))
                raised = raised ? raised : node;
        }
        const GumboNode *next = html_next(cell, node, down);
        /* what ends between here and there: raised text closes, blocks break the line */
        const GumboNode *up = down && next && next->parent == node ? NULL : node;
        for (; up && up != cell && (!next || up != next->parent); up = up->parent) {
            if (up == raised) {
                html_add(text, up, true);
                raised = NULL;
            }
            if (html_breaks(up) && !html_is(up, GUMBO_TAG_BR))
                html_break(text);
        }
        node = next;
    }
    return nested;
}

/* A whole number as HTML reads one: white space, digits, whatever follows. -1 when there is none. */
static long span_of(const GumboNode *cell, const char *name)
{
    const GumboAttribute *attribute = gumbo_get_attribute(&cell->v.element.attributes, name);
    if (!attribute)
        return -1;
    const char *p = attribute->value;
    long n = -1;
    p += strspn(p, " \t\r\n\f");
    p += *p == '+';
    for (; *p >= '0' && *p <= '9'; p++)
        n = n > ROWSPAN_MAX ? n : (n < 0 ? 0 : n) * 10 + (*p - '0');
    return n;
}

/* A span ends with its row group, as in a browser; rowspan=0 reaches to that end. */
static uint16_t rowspan_of(const GumboNode *cell, long rows_left)
{
    long n = span_of(cell, "rowspan");
    n = n < 0 ? 1 : n;
    return (uint16_t)(n == 0 || n > rows_left ? rows_left : n);
}

static uint16_t colspan_of(const GumboNode *cell)
{
    long n = span_of(cell, "colspan");
    return (uint16_t)(n < 1 ? 1 : n > COLSPAN_MAX ? COLSPAN_MAX : n);
}

/* Calls `row` for each row of the table with the number of rows from it to the end of its group. */
static int each_row(const GumboNode *table, int (*row)(void *self, const GumboNode *tr, long left),
                    void *self)
{
    const GumboVector *groups = &table->v.element.children;
    for (unsigned g = 0; g < groups->length; g++) {
        const GumboNode *group = groups->data[g];
        if (!is_section(group) || html_skipped(group))
            continue;
        const GumboVector *rows = &group->v.element.children;
        long left = 0;
        for (unsigned r = 0; r < rows->length; r++)
            left += is_row(rows->data[r]);
        for (unsigned r = 0; r < rows->length; r++) {
            if (!is_row(rows->data[r]))
                continue;
            if (row(self, rows->data[r], left < ROWSPAN_MAX ? left : ROWSPAN_MAX) < 0)
                return -1;
            left--;
        }
    }
    return 0;
}

/* Telling data from layout ------------------------------------------------------------------- */

struct look {
    struct html_text *text;
    unsigned widest, data_rows;
    bool nested, article;
};

static int look_at_row(void *self, const GumboNode *tr, long left)
{
    struct look *look = self;
    unsigned cells = 0, filled = 0;
    (void)left;
    for (unsigned i = 0; i < tr->v.element.children.length; i++) {
        const GumboNode *cell = tr->v.element.children.data[i];
        if (!is_cell(cell))
            continue;
        cells++;
        if (cell_text(cell, look->text) < 0)
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

bool html_is_layout(const GumboNode *table, struct html_text *scratch)
{
    struct look look = {.text = scratch};
    each_row(table, look_at_row, &look);
    return look.widest < 2 || look.article || (look.nested && look.data_rows < DATA_ROWS);
}

/* Data ---------------------------------------------------------------------------------------- */

struct filling {
    struct document *doc;
    struct grid_builder *grid;
    struct html_text *text;
};

static int fill_row(void *self, const GumboNode *tr, long left)
{
    struct filling *filling = self;
    if (grid_row(filling->grid) < 0)
        return -1;
    for (unsigned i = 0; i < tr->v.element.children.length; i++) {
        const GumboNode *node = tr->v.element.children.data[i];
        if (!is_cell(node))
            continue;
        struct html_text *text = filling->text;
        cell_text(node, text);
        struct str seen = str_trim(buf_str(&text->buf));
        filling->doc->has_images |= text->pictured;
        if (seen.n == 0 && text->pictured)
            seen = STR("[\xE5\x9B\xBE\xE7\x89\x87]"); /* [图片]: not blank, and no figure */
        struct grid_cell cell = {
            .text = arena_copy(filling->doc->arena, seen),
            .line = text->line ? text->line : node->v.element.start_pos.line,
            .rowspan = rowspan_of(node, left),
            .colspan = colspan_of(node),
        };
        if (text->buf.failed || !cell.text.p || grid_cell(filling->grid, cell) < 0)
            return -1;
    }
    return 0;
}

int html_grid(struct document *doc, const GumboNode *table, struct html_text *scratch)
{
    struct filling filling = {doc, document_grid(doc, table->v.element.start_pos.line), scratch};
    if (!filling.grid || each_row(table, fill_row, &filling) < 0)
        return -1;
    return grid_end(filling.grid);
}
