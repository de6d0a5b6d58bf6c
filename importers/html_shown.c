#include <string.h>

#include "importers/html_open.h"

/* The style of an element; -1 where its references may matter. */
static int style_of(const struct html_token *token)
{
    struct str style = token->value[ATTRIBUTE_STYLE];
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

int scan_hidden(const struct html_token *token)
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
    int style = html_has(token, ATTRIBUTE_STYLE) ? style_of(token) : 0;
    if (style < 0 || style & STYLE_STRUCK)
        return -1;
    return token->tag->flags & TAG_STYLED && style & STYLE_GONE;
}

bool scan_certain(const struct scan *s, const struct html_token *token)
{
    enum html_role role = token->tag->role;
    int style = html_has(token, ATTRIBUTE_STYLE) ? style_of(token) : 0;
    bool styled = style & STYLE_HIDDEN ||
                  (!(token->tag->flags & TAG_STYLED) && style & STYLE_GONE);
    if (styled && (role == ROLE_SECTION || role == ROLE_ROW || role == ROLE_CELL))
        return false;
    bool marked = token->tag->flags & TAG_SHOWN &&
                  (html_has(token, ATTRIBUTE_HIDDEN) || html_has(token, ATTRIBUTE_ROLE) ||
                   style != 0);
    return !(styled || marked || token->tag->flags & TAG_RARE) || !scan_in_cell(s);
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
