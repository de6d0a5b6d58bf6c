/* html_element.c - what an element of gumbo's tree is to a reader. */
#include <string.h>

#include "importers/html_tree.h"

/* Moving about -------------------------------------------------------------------------------- */

const GumboVector *tree_children(const GumboNode *node)
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

const GumboNode *tree_next(const GumboNode *root, const GumboNode *node, bool down)
{
    if (down && tree_children(node)->length > 0)
        return tree_children(node)->data[0];
    for (; node != root; node = node->parent) {
        const GumboVector *beside = tree_children(node->parent);
        if (node->index_within_parent + 1 < beside->length)
            return beside->data[node->index_within_parent + 1];
    }
    return NULL;
}

const char *tree_attribute(const GumboNode *node, const char *name)
{
    const GumboAttribute *found = gumbo_get_attribute(&node->v.element.attributes, name);
    return found ? found->value : NULL;
}

/* Elements ------------------------------------------------------------------------------------ */

static unsigned style_of(const GumboNode *node)
{
    return html_style(str_from(tree_attribute(node, "style")));
}

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
        return style_of(node) & STYLE_GONE;
    default:
        return false;
    }
}

bool tree_skipped(const GumboNode *node)
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
    const char *role = tree_attribute(node, "role");
    return is_hidden(node) || (role && strcmp(role, "navigation") == 0) ||
           tree_attribute(node, "hidden");
}

static enum html_kind kind_of_tag(const GumboNode *node)
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

/* Whether an element is a piece of a line. */
static bool is_piece(enum html_kind kind)
{
    return kind == HTML_NOTHING || kind == HTML_PICTURE || kind == HTML_TYPED ||
           kind == HTML_RAISED;
}

/* Whether characters other than white space stand in an element. */
static bool holds_text(const GumboNode *root)
{
    for (const GumboNode *node = root; node; node = tree_next(root, node, true))
        if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA)
            return true;
    return false;
}

static enum html_mark mark_of_tag(const GumboNode *node, bool *loud)
{
    const GumboVector *inside = tree_children(node);
    const GumboNode *first = inside->length > 0 ? inside->data[0] : NULL;
    *loud = node->v.element.tag_namespace != GUMBO_NAMESPACE_HTML && holds_text(node);
    if (node->v.element.tag_namespace == GUMBO_NAMESPACE_SVG)
        return MARK_PICTURE;
    if (node->v.element.tag_namespace == GUMBO_NAMESPACE_MATHML)
        return MARK_FORMULA;
    switch (node->v.element.tag) {
    case GUMBO_TAG_S:
    case GUMBO_TAG_STRIKE:
    case GUMBO_TAG_DEL:
        return MARK_STRUCK;
    case GUMBO_TAG_SCRIPT:
        *loud = first && html_writes(str_from(first->v.text.text));
        return MARK_SCRIPT;
    case GUMBO_TAG_TEXTAREA:
        *loud = holds_text(node);
        return *loud ? MARK_CONTROL : MARK_NONE;
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_METER:
    case GUMBO_TAG_PROGRESS:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_APPLET:
        *loud = true;
        return MARK_CONTROL;
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_AUDIO:
        return MARK_CONTROL;
    case GUMBO_TAG_CANVAS:
        return MARK_PICTURE;
    case GUMBO_TAG_DATALIST:
        return MARK_HIDDEN;
    default:
        return MARK_NONE;
    }
}

/* Why what stands in an element is no text of a cell. What is not shown needs no mark, but where a
 * division is hidden, which scripts may show. */
static enum html_mark mark_of(const GumboNode *node, bool *loud)
{
    unsigned style = style_of(node);
    enum html_kind kind = kind_of_tag(node);
    enum html_mark mark = mark_of_tag(node, loud);
    if (tree_attribute(node, "hidden"))
        return MARK_NONE;
    if (style & STYLE_STRUCK)
        mark = MARK_STRUCK;
    else if ((style & STYLE_HIDDEN && kind != HTML_TABLE) || (style & STYLE_GONE && is_piece(kind)))
        mark = MARK_HIDDEN;
    *loud &= mark != MARK_STRUCK && mark != MARK_HIDDEN;
    return mark;
}

static bool is_in_cell(const GumboNode *node)
{
    for (; node && node->type == GUMBO_NODE_ELEMENT; node = node->parent)
        if (kind_of_tag(node) == HTML_CELL)
            return true;
    return false;
}

enum html_kind tree_kind(const GumboNode *node)
{
    bool loud;
    enum html_kind kind = kind_of_tag(node);
    if (kind != HTML_NOTHING)
        return kind;
    if (mark_of(node, &loud) != MARK_NONE)
        return HTML_UNREAD;
    return style_of(node) & STYLE_RAISED && is_in_cell(node) ? HTML_RAISED : kind;
}

void tree_look(struct html_node *node, const GumboNode *from)
{
    static const char *const sides[] = {"width", "height"};
    struct str type = str_from(tree_attribute(from, "type"));
    node->mark = (uint8_t)mark_of(from, &node->loud);
    switch ((enum html_kind)node->kind) {
    case HTML_PICTURE:
        for (int i = 0; i < 2; i++) {
            const char *side = tree_attribute(from, sides[i]);
            node->icon |= side && html_is_icon(str_from(side));
        }
        break;
    case HTML_TYPED:
        if (html_input(type) == MARK_NONE)
            node->text = str_from(tree_attribute(from, "value"));
        else if (node->mark == MARK_NONE)
            node->mark = (uint8_t)html_input(type);
        break;
    case HTML_RAISED:
        node->filled = tree_children(from)->length > 0;
        break;
    case HTML_CELL:
        node->rowspan = html_span(str_from(tree_attribute(from, "rowspan")));
        node->colspan = html_colspan(str_from(tree_attribute(from, "colspan")));
        break;
    default:
        break;
    }
}
