/* html_tree.c - the nodes of a page as gumbo parses it: like a browser, whatever the markup. */
#include <gumbo.h>
#include <setjmp.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "importers/html.h"

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

/* Moving about -------------------------------------------------------------------------------- */

static const GumboVector *children(const GumboNode *node)
{
    static const GumboVector none = {0};
    switch (node->type) {
    case GUMBO_NODE_DOCUMENT:
        return &node->v.document.children;
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE:
        return &node->v.element.children;
    default:
        return &none;
    }
}

/* The next node below `root` in reading order, into the children of `node` when `down`. NULL at
 * the end. Needs no stack, whatever the depth. */
static const GumboNode *next_node(const GumboNode *root, const GumboNode *node, bool down)
{
    if (down && children(node)->length > 0)
        return children(node)->data[0];
    for (; node != root; node = node->parent) {
        const GumboVector *beside = children(node->parent);
        if (node->index_within_parent + 1 < beside->length)
            return beside->data[node->index_within_parent + 1];
    }
    return NULL;
}

static bool is_tag(const GumboNode *node, GumboTag tag)
{
    return node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == tag &&
           node->v.element.tag_namespace == GUMBO_NAMESPACE_HTML;
}

static const char *attribute(const GumboNode *node, const char *name)
{
    const GumboAttribute *found = gumbo_get_attribute(&node->v.element.attributes, name);
    return found ? found->value : NULL;
}

/* What an element is to a reader -------------------------------------------------------------- */

/* Parts of a table and pieces of text that are not shown. Whole divisions are read: scripts of a
 * page show them later. */
static bool is_hidden(const GumboNode *node)
{
    switch (node->v.element.tag) {
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_P:
    case GUMBO_TAG_SPAN:
    case GUMBO_TAG_FONT:
        return html_hides(str_from(attribute(node, "style")));
    default:
        return false;
    }
}

static bool is_skipped(const GumboNode *node)
{
    if (node->v.element.tag_namespace != GUMBO_NAMESPACE_HTML)
        return true; /* drawings and formulas */
    switch (node->v.element.tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_RT:
    case GUMBO_TAG_RP:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_CANVAS:
        return true;
    default:
        break;
    }
    const char *role = attribute(node, "role");
    return is_hidden(node) || (role && strcmp(role, "navigation") == 0) ||
           attribute(node, "hidden");
}

static enum html_kind kind_of(const GumboNode *node)
{
    switch (node->v.element.tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_FIGURE:
        return HTML_BLOCK;
    case GUMBO_TAG_PRE:
        return HTML_PRE;
    case GUMBO_TAG_BR:
        return HTML_LINE;
    case GUMBO_TAG_IMG:
        return HTML_PICTURE;
    case GUMBO_TAG_INPUT:
        return HTML_TYPED;
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_SUB:
        return HTML_RAISED;
    case GUMBO_TAG_TABLE:
        return HTML_TABLE;
    case GUMBO_TAG_CAPTION:
        return HTML_CAPTION;
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TFOOT:
        return HTML_SECTION;
    case GUMBO_TAG_TR:
        return HTML_ROW;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
        return HTML_CELL;
    default:
        return HTML_NOTHING;
    }
}

/* What the attributes of an element say of its node. */
static void look(struct html_node *node, const GumboNode *from)
{
    static const char *const sides[] = {"width", "height"};
    const char *type = attribute(from, "type");
    switch ((enum html_kind)node->kind) {
    case HTML_PICTURE:
        for (int i = 0; i < 2; i++) {
            const char *side = attribute(from, sides[i]);
            node->icon |= side && html_is_icon(str_from(side));
        }
        break;
    case HTML_TYPED:
        if (!type || strcmp(type, "text") == 0)
            node->text = str_from(attribute(from, "value"));
        break;
    case HTML_RAISED:
        node->filled = children(from)->length > 0;
        break;
    case HTML_CELL:
        node->rowspan = html_span(str_from(attribute(from, "rowspan")));
        node->colspan = html_colspan(str_from(attribute(from, "colspan")));
        break;
    default:
        break;
    }
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
    bool skipped = is_skipped(from);
    enum html_kind kind = kind_of(from);
    if (skipped && kind == HTML_PRE)
        kind = HTML_BLOCK;
    if (kind == HTML_NOTHING || (skipped && kind != HTML_BLOCK && kind != HTML_TABLE))
        return !skipped;
    struct html_node *node = html_begin(page, kind, from->v.element.start_pos.line);
    if (!node)
        return -1;
    node->skipped = skipped;
    look(node, from);
    if (!skipped && children(from)->length > 0)
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
        const GumboNode *next = next_node(root, node, down);
        /* what ends between here and there; a node that holds nothing has ended already */
        const GumboNode *up = node == root || (next && next->parent == node) ? NULL : node->parent;
        for (; up && (!next || up != next->parent); up = up == root ? NULL : up->parent)
            if (kind_of(up) != HTML_NOTHING)
                html_end(page);
        node = next;
    }
    return 0;
}

/* Head ---------------------------------------------------------------------------------------- */

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
    for (const GumboNode *node = root; node; node = next_node(root, node, true)) {
        if (is_tag(node, GUMBO_TAG_BODY))
            break;
        if (is_tag(node, GUMBO_TAG_TITLE) && title.n == 0)
            title = child_text(node);
        if (!is_tag(node, GUMBO_TAG_META))
            continue;
        const char *name = attribute(node, "name");
        struct str content = str_trim(str_from(attribute(node, "content")));
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
