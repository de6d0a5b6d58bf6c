#include <string.h>

#include "importers/html_open.h"

/* The style of an element; -1 where its references may matter. */
static int style_of(const struct html_token *token)
{
    struct str style = html_has(token, ATTRIBUTE_STYLE) ? token->value[ATTRIBUTE_STYLE]
                                                        : (struct str){0};
    bool styled = token->tag->flags & TAG_STYLED;
    for (struct str rest = style; rest.n > 0;) {
        const char *and = memchr(rest.p, '&', rest.n);
        rest = and ? str_skip(rest, (size_t)(and - rest.p)) : (struct str){0};
        if (and && !str_starts(rest, STR("&quot;")) && !str_starts(rest, STR("&#39;")) &&
            (styled || str_starts(rest, STR("&#"))))
            return -1;
        rest = str_skip(rest, 1);
    }
    return (int)html_style(style);
}

/* Whether an element of that style is not shown. */
static int is_hidden(const struct html_token *token, int style)
{
    if (token->tag->flags & TAG_SKIPPED || html_has(token, ATTRIBUTE_HIDDEN))
        return 1;
    if (html_has(token, ATTRIBUTE_ROLE)) {
        struct str role = token->value[ATTRIBUTE_ROLE];
        if (!html_is_plain(role))
            return -1;
        if (str_eq(role, STR("navigation")))
            return 1;
    }
    if (style < 0 || style & STYLE_STRUCK)
        return -1;
    return token->tag->flags & TAG_STYLED && style & STYLE_GONE;
}

int scan_hidden(const struct html_token *token)
{
    return is_hidden(token, style_of(token));
}

/* Whether what an element shows in a cell is certain. */
static bool is_certain(const struct scan *s, const struct html_token *token, int style)
{
    enum html_role role = token->tag->role;
    bool styled = style & STYLE_HIDDEN ||
                  (!(token->tag->flags & TAG_STYLED) && style & STYLE_GONE) ||
                  (token->tag->kind == HTML_NOTHING && style & STYLE_RAISED);
    if (styled && (role == ROLE_SECTION || role == ROLE_ROW || role == ROLE_CELL))
        return false;
    bool marked = token->tag->flags & TAG_SHOWN &&
                  (html_has(token, ATTRIBUTE_HIDDEN) || html_has(token, ATTRIBUTE_ROLE) ||
                   style != 0);
    return !(styled || marked || token->tag->flags & TAG_RARE) || !scan_in_cell(s);
}

int scan_hidden_here(const struct scan *s, const struct html_token *token)
{
    int style = style_of(token);
    return is_certain(s, token, style) ? is_hidden(token, style) : -1;
}

bool scan_unread(struct scan *s, enum html_kind kind, const char *at, enum html_mark mark,
                 bool loud)
{
    if (s->skip || !scan_in_cell(s))
        return true;
    if (!scan_leaf(s, kind, at, (struct str){0}))
        return false;
    s->page->nodes[s->page->count - 1].mark = (uint8_t)mark;
    s->page->nodes[s->page->count - 1].loud = loud;
    return true;
}
