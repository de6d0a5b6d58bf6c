#include "importers/html.h"

#include <stdlib.h>
#include <string.h>

#include "importers/text.h"

enum { ICON_PIXELS = 64 };

/* The walk over a page. */
struct walk {
    struct document *doc;
    struct html_text text, scratch;
    struct text_flow flow;
    /* For each table (and caption) around this place, outermost first: does its text stand in a
     * grid already? */
    bool *in_grid;
    size_t tables, tables_capacity;
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

static bool is_icon(const GumboNode *img)
{
    static const char *const sides[] = {"width", "height"};
    for (int i = 0; i < 2; i++) {
        const GumboAttribute *side = gumbo_get_attribute(&img->v.element.attributes, sides[i]);
        if (side && strtol(side->value, NULL, 10) <= ICON_PIXELS)
            return true;
    }
    return false;
}

/* Preformatted text keeps its lines and spaces. */
static int add_preformatted(struct walk *walk, const GumboNode *pre)
{
    struct buf buf = buf_new(walk->doc->arena->limit);
    uint32_t line = pre->v.element.start_pos.line;
    for (const GumboNode *node = html_next(pre, pre, true); node;
         node = html_next(pre, node, !html_skipped(node))) {
        if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE)
            buf_text(&buf, node->v.text.text);
        else if (html_is(node, GUMBO_TAG_BR))
            buf_char(&buf, '\n');
    }
    struct str text = buf.failed ? (struct str){0} : arena_copy(walk->doc->arena, buf_str(&buf));
    buf_free(&buf);
    return !text.p || end_lines(walk) < 0 || text_block(walk->doc, text, line) < 0 ? -1 : 0;
}

static int enter_table(struct walk *walk, const GumboNode *node)
{
    if (arena_grow(walk->doc->arena, &walk->in_grid, walk->tables, &walk->tables_capacity,
                   sizeof *walk->in_grid) < 0 ||
        end_line(walk) < 0)
        return -1;
    bool data = html_is(node, GUMBO_TAG_TABLE) && !html_is_layout(node, &walk->scratch);
    walk->in_grid[walk->tables++] = data;
    if (!data)
        return 1;
    return end_lines(walk) < 0 || html_grid(walk->doc, node, &walk->scratch) < 0 ? -1 : 1;
}

/* Enters a node. 1: go on with its children, 0: pass them over, -1: memory ran out. */
static int enter(struct walk *walk, const GumboNode *node)
{
    if (html_skipped(node))
        return 0;
    if (html_is(node, GUMBO_TAG_TABLE) || html_is(node, GUMBO_TAG_CAPTION))
        return enter_table(walk, node);
    if (walk->tables > 0 && walk->in_grid[walk->tables - 1])
        return 1; /* tables inside still count */
    if (html_is(node, GUMBO_TAG_IMG) && !is_icon(node))
        walk->doc->has_images = true;
    if (html_is(node, GUMBO_TAG_PRE))
        return add_preformatted(walk, node);
    if (html_breaks(node) && end_line(walk) < 0)
        return -1;
    html_add(&walk->text, node, false);
    return 1;
}

static int leave(struct walk *walk, const GumboNode *node)
{
    if (html_is(node, GUMBO_TAG_SUP) || html_is(node, GUMBO_TAG_SUB))
        html_add(&walk->text, node, true);
    if (html_breaks(node) && end_line(walk) < 0)
        return -1;
    if (html_is(node, GUMBO_TAG_TABLE) || html_is(node, GUMBO_TAG_CAPTION))
        walk->tables--;
    return 0;
}

static int walk_all(struct walk *walk, const GumboNode *root)
{
    for (const GumboNode *node = root; node;) {
        int down = enter(walk, node);
        if (down < 0)
            return -1;
        const GumboNode *next = html_next(root, node, down);
        const GumboNode *up = down && next && next->parent == node ? NULL : node;
        for (; up && (!next || up != next->parent); up = up == root ? NULL : up->parent)
            if (!html_skipped(up) && leave(walk, up) < 0)
                return -1;
        node = next;
    }
    return end_lines(walk);
}

int html_walk(struct document *doc, const GumboNode *root)
{
    struct walk walk = {.doc = doc, .flow = {.doc = doc}};
    walk.text.buf = buf_new(doc->arena->limit);
    walk.scratch.buf = buf_new(doc->arena->limit);
    int status = walk_all(&walk, root);
    buf_free(&walk.text.buf);
    buf_free(&walk.scratch.buf);
    return status;
}
