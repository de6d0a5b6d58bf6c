/* html_tree.c - the nodes of a page as gumbo parses it: like a browser, whatever the markup. */
#include <setjmp.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "importers/html_tree.h"

/* Bounds -------------------------------------------------------------------------------------- */

enum {
    SECONDS_MAX = 10, /* of processor time: a report takes a hundredth of one */
    LOOK_EVERY = 64,  /* allocations */
};

/* What gumbo may take of a page: memory, and time. */
struct bounds {
    struct arena *arena;
    jmp_buf over;
    unsigned taken;
    time_t until;
    bool late;
};

static time_t seconds_used(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec;
}

static void *take(void *self, size_t size)
{
    struct bounds *bounds = self;
    void *p = arena_alloc(bounds->arena, size);
    bounds->late = ++bounds->taken % LOOK_EVERY == 0 && seconds_used() > bounds->until;
    if (!p || bounds->late)
        longjmp(bounds->over, 1); /* gumbo does not look whether memory ran out */
    return p;
}

static void give_back(void *self, void *p)
{
    (void)self;
    (void)p; /* with the arena */
}

/* NULL with `err`: what is left half made lies in the arena. */
static const GumboOutput *parse(struct arena *arena, struct str text, struct err *err)
{
    struct bounds bounds = {.arena = arena, .until = seconds_used() + SECONDS_MAX};
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = take;
    options.deallocator = give_back;
    options.userdata = &bounds;
    options.max_errors = 0;
    if (setjmp(bounds.over)) {
        if (bounds.late)
            err_reject(err, "too-large", 0, "takes more than %d seconds to read, as no report does; "
                       "refused", SECONDS_MAX);
        else
            arena_failed(arena, err);
        return NULL;
    }
    return gumbo_parse_with_options(&options, text.p, text.n);
}

/* Nodes --------------------------------------------------------------------------------------- */

/* Begins the node of `from`, if it has one, and ends those that need no end. 1: go on with what
 * stands inside, 0: pass it over, -1: memory ran out. */
static int enter(struct html_page *page, const GumboNode *from)
{
    if (from->type == GUMBO_NODE_TEXT || from->type == GUMBO_NODE_WHITESPACE ||
        from->type == GUMBO_NODE_CDATA) {
        struct html_node *node = html_begin(page, HTML_TEXT, from->v.text.start_pos.line);
        if (!node)
            return -1;
        node->text = str_from(from->v.text.text);
        html_end(page);
        return 0;
    }
    if (from->type != GUMBO_NODE_ELEMENT)
        return from->type == GUMBO_NODE_DOCUMENT;
    bool skipped = tree_skipped(from);
    enum html_kind kind = tree_kind(from);
    if (skipped && kind == HTML_PRE)
        kind = HTML_BLOCK;
    if (kind == HTML_NOTHING ||
        (skipped && kind != HTML_BLOCK && kind != HTML_TABLE && kind != HTML_UNREAD))
        return !skipped;
    struct html_node *node = html_begin(page, kind, from->v.element.start_pos.line);
    if (!node)
        return -1;
    node->skipped = skipped && kind != HTML_UNREAD;
    tree_look(node, from);
    if (!skipped && tree_children(from)->length > 0)
        return 1;
    html_end(page);
    return 0;
}

static int enter_all(struct html_page *page, const GumboNode *root)
{
    for (const GumboNode *node = root; node;) {
        int down = enter(page, node);
        if (down < 0)
            return -1;
        const GumboNode *next = tree_next(root, node, down);
        /* what ends between here and there; a node that holds nothing has ended already */
        const GumboNode *up = node == root || (next && next->parent == node) ? NULL : node->parent;
        for (; up && (!next || up != next->parent); up = up == root ? NULL : up->parent)
            if (tree_kind(up) != HTML_NOTHING)
                html_end(page);
        node = next;
    }
    return 0;
}

/* Head ---------------------------------------------------------------------------------------- */

static bool is_tag(const GumboNode *node, GumboTag tag)
{
    return node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == tag &&
           node->v.element.tag_namespace == GUMBO_NAMESPACE_HTML;
}

static struct str child_text(const GumboNode *node)
{
    if (node->v.element.children.length == 0)
        return (struct str){0};
    const GumboNode *text = node->v.element.children.data[0];
    return text->type == GUMBO_NODE_TEXT ? str_trim(str_from(text->v.text.text)) : (struct str){0};
}

/* ArticleTitle, which government sites must state, before <title>, to which they add the site. */
static struct str title_of(const GumboNode *root)
{
    struct str title = {0};
    for (const GumboNode *node = root; node; node = tree_next(root, node, true)) {
        if (is_tag(node, GUMBO_TAG_BODY))
            break;
        if (is_tag(node, GUMBO_TAG_TITLE) && title.n == 0)
            title = child_text(node);
        if (!is_tag(node, GUMBO_TAG_META))
            continue;
        const char *name = tree_attribute(node, "name");
        struct str content = str_trim(str_from(tree_attribute(node, "content")));
        if (name && strcasecmp(name, "ArticleTitle") == 0 && content.n > 0)
            return content;
    }
    return title;
}

int html_tree(struct html_page *page, struct str text, struct err *err)
{
    const GumboOutput *parsed = parse(page->arena, text, err);
    if (!parsed)
        return -1;
    if (enter_all(page, parsed->root) < 0)
        return arena_failed(page->arena, err);
    page->title = title_of(parsed->root);
    return 0;
}
