#include "importers/html.h"

#include <string.h>

#include "importers/text.h"

/* The walk over a page. */
struct walk {
    struct document *doc;
    const struct html_page *page;
    struct html_text text, scratch;
    struct text_flow flow;
    /* For each table (and caption) around this place, outermost first: does its text stand in a
     * grid already? */
    bool *in_grid;
    size_t tables, tables_capacity;
    uint32_t struck; /* up to here text is struck out */
};

/* Ends the line that is being gathered. */
static int end_line(struct walk *walk)
{
    struct html_text *text = &walk->text;
    struct str s = buf_str(&text->buf);
    if (s.n > 0 && s.p[s.n - 1] == '\n')
        s.n--;
    if (text->buf.failed || (s.n > 0 && text_flow_add(&walk->flow, s, text->line) < 0))
        return -1;
    buf_reset(&text->buf);
    text->line = 0;
    text->space = false;
    return 0;
}

static int end_lines(struct walk *walk)
{
    return end_line(walk) < 0 || text_flow_end(&walk->flow) < 0 ? -1 : 0;
}

/* Lines end alike however they are written, in place. */
static struct str with_plain_ends(struct str text)
{
    size_t n = 0;
    if (!text.p || !memchr(text.p, '\r', text.n))
        return text;
    char *to = (char *)text.p;
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != '\r' || i + 1 == text.n || text.p[i + 1] != '\n')
            to[n++] = text.p[i];
    return (struct str){text.p, n};
}

/* Preformatted text keeps its lines and spaces. */
static int add_preformatted(struct walk *walk, uint32_t pre)
{
    struct buf buf = buf_new(walk->doc->arena->limit);
    const struct html_node *nodes = walk->page->nodes;
    for (uint32_t at = pre + 1, next; at < nodes[pre].end; at = next) {
        next = nodes[at].mark == MARK_STRUCK ? nodes[at].end : at + 1;
        if (nodes[at].kind == HTML_TEXT)
            buf_add(&buf, nodes[at].text);
        else if (nodes[at].kind == HTML_LINE)
            buf_char(&buf, '\n');
    }
    struct str text = buf.failed ? (struct str){0}
                                 : with_plain_ends(arena_copy(walk->doc->arena, buf_str(&buf)));
    buf_free(&buf);
    return !text.p || end_lines(walk) < 0 || text_block(walk->doc, text, nodes[pre].line) < 0 ? -1
                                                                                              : 0;
}

static int enter_table(struct walk *walk, uint32_t at)
{
    if (arena_grow(walk->doc->arena, &walk->in_grid, walk->tables, &walk->tables_capacity,
                   sizeof *walk->in_grid) < 0 ||
        end_line(walk) < 0)
        return -1;
    bool data = walk->page->nodes[at].kind == HTML_TABLE &&
                !html_is_layout(walk->page, at, &walk->scratch);
    walk->in_grid[walk->tables++] = data;
    if (!data)
        return 0;
    return end_lines(walk) < 0 ? -1 : html_grid(walk->doc, walk->page, at, &walk->scratch);
}

/* Enters a node that is shown. */
static int enter(struct walk *walk, uint32_t at)
{
    const struct html_node *node = &walk->page->nodes[at];
    if (node->kind == HTML_TABLE || node->kind == HTML_CAPTION)
        return enter_table(walk, at);
    if (walk->tables > 0 && walk->in_grid[walk->tables - 1])
        return 0; /* tables inside still count */
    if (node->kind == HTML_PICTURE && !node->icon)
        walk->doc->has_images = true;
    if (node->kind == HTML_PRE)
        return add_preformatted(walk, at);
    if (html_breaks(node) && end_line(walk) < 0)
        return -1;
    if (node->mark == MARK_STRUCK && node->end > walk->struck)
        walk->struck = node->end;
    if (at >= walk->struck)
        html_add(&walk->text, node);
    return 0;
}

/* Leaves the nodes that end at `next`, from `at` upwards. */
static int leave(struct walk *walk, uint32_t at, uint32_t next)
{
    const struct html_node *nodes = walk->page->nodes;
    for (; at != HTML_TOP && nodes[at].end == next; at = nodes[at].up) {
        if (nodes[at].skipped)
            continue;
        if (nodes[at].kind == HTML_RAISED)
            html_lower(&walk->text);
        if (html_breaks(&nodes[at]) && end_line(walk) < 0)
            return -1;
        if (nodes[at].kind == HTML_TABLE || nodes[at].kind == HTML_CAPTION)
            walk->tables--;
    }
    return 0;
}

static int walk_all(struct walk *walk)
{
    const struct html_node *nodes = walk->page->nodes;
    for (uint32_t at = 0, next; at < walk->page->count; at = next) {
        bool whole = nodes[at].kind == HTML_PRE &&
                     !(walk->tables > 0 && walk->in_grid[walk->tables - 1]);
        next = whole ? nodes[at].end : at + 1;
        if ((!nodes[at].skipped && enter(walk, at) < 0) || leave(walk, at, next) < 0)
            return -1;
    }
    return end_lines(walk);
}

int html_walk(struct document *doc, const struct html_page *page)
{
    struct walk walk = {.doc = doc, .page = page, .flow = {.doc = doc}};
    walk.text.buf = buf_new(doc->arena->limit);
    walk.scratch.buf = buf_new(doc->arena->limit);
    int status = walk_all(&walk);
    buf_free(&walk.text.buf);
    buf_free(&walk.scratch.buf);
    return status;
}
