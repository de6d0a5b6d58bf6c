#include "importers/html.h"

#include <string.h>

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

const GumboNode *html_next(const GumboNode *root, const GumboNode *node, bool down)
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

bool html_is(const GumboNode *node, GumboTag tag)
{
    return node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == tag &&
           node->v.element.tag_namespace == GUMBO_NAMESPACE_HTML;
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
        break;
    default:
        return false;
    }
    const GumboAttribute *style = gumbo_get_attribute(&node->v.element.attributes, "style");
    const char *at = style ? strcasestr(style->value, "display") : NULL;
    if (!at)
        return false;
    at += strlen("display");
    at += strspn(at, " \t\r\n");
    if (*at++ != ':')
        return false;
    at += strspn(at, " \t\r\n");
    return strncasecmp(at, "none", 4) == 0;
}

bool html_skipped(const GumboNode *node)
{
    if (node->type == GUMBO_NODE_TEMPLATE || node->type == GUMBO_NODE_COMMENT)
        return true;
    if (node->type != GUMBO_NODE_ELEMENT)
        return false;
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
    if (is_hidden(node))
        return true;
    const GumboAttribute *role = gumbo_get_attribute(&node->v.element.attributes, "role");
    return (role && strcmp(role->value, "navigation") == 0) ||
           gumbo_get_attribute(&node->v.element.attributes, "hidden");
}

bool html_breaks(const GumboNode *node)
{
    if (node->type != GUMBO_NODE_ELEMENT)
        return false;
    switch (node->v.element.tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_BR:
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
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
        return true;
    default:
        return false;
    }
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Adds characters of the page; white space becomes one space between them. */
static void add_characters(struct html_text *text, struct str s, uint32_t line)
{
    for (size_t i = 0; i < s.n;) {
        if (is_space(s.p[i])) {
            line += s.p[i] == '\n';
            text->space = true;
            i++;
            continue;
        }
        size_t from = i;
        while (i < s.n && !is_space(s.p[i]))
            i++;
        if (text->space && text->buf.n > 0 && text->buf.p[text->buf.n - 1] != '\n')
            buf_char(&text->buf, ' ');
        text->space = false;
        if (!text->line)
            text->line = line;
        buf_add(&text->buf, str_slice(s, from, i));
    }
}

/* A raised figure is a footnote's mark: 22 with a raised 1 must never become 221. */
static void add_raised(struct html_text *text, const GumboNode *node, bool leave)
{
    if (leave && text->bracketed) {
        buf_text(&text->buf, "\xEF\xBC\x89"); /* ） */
        text->bracketed = false;
    } else if (!leave && !text->bracketed && node->v.element.children.length > 0) {
        buf_text(&text->buf, "\xEF\xBC\x88"); /* （ */
        text->bracketed = true;
        text->space = false;
    }
}

void html_add(struct html_text *text, const GumboNode *node, bool leave)
{
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
        node->type == GUMBO_NODE_CDATA) {
        if (!leave)
            add_characters(text, str_from(node->v.text.text), node->v.text.start_pos.line);
    } else if (html_is(node, GUMBO_TAG_SUP) || html_is(node, GUMBO_TAG_SUB)) {
        add_raised(text, node, leave);
    } else if (html_is(node, GUMBO_TAG_IMG)) {
        text->pictured = true;
    } else if (html_is(node, GUMBO_TAG_INPUT) && !leave) {
        const GumboAttribute *type = gumbo_get_attribute(&node->v.element.attributes, "type");
        const GumboAttribute *value = gumbo_get_attribute(&node->v.element.attributes, "value");
        if (value && (!type || strcmp(type->value, "text") == 0))
            add_characters(text, str_from(value->value), node->v.element.start_pos.line);
    }
}

void html_break(struct html_text *text)
{
    text->space = false;
    if (text->buf.n > 0 && text->buf.p[text->buf.n - 1] != '\n')
        buf_char(&text->buf, '\n');
}
