#include <string.h>

#include "importers/html_open.h"

/* The innermost of its name, unless a block is open in it. Elements that gumbo does not know all have
 * one name for it. */
static bool end_inline(struct scan *s, const struct html_token *token)
{
    if (token->tag->flags & TAG_FORMATTING)
        return scan_end_formatting(s, token->tag) && scan_ignore(token);
    for (int i = s->depth; i > 0 && !scan_special(s->open[i - 1].tag); i--) {
        if (scan_same(&s->open[i - 1], token)) {
            while (s->depth >= i)
                scan_pop(s);
            return true;
        }
        if (token->tag == &html_unknown && s->open[i - 1].tag == &html_unknown)
            return false;
    }
    return scan_ignore(token);
}

static bool end_block(struct scan *s, const struct html_token *token, int place)
{
    return place ? scan_pop_to(s, place) : scan_ignore(token);
}

/* Without </p> before it there is an empty paragraph. */
static bool end_paragraph(struct scan *s, const struct html_token *token)
{
    int place = scan_find_paragraph(s);
    if (place)
        return scan_pop_to(s, place);
    if (scan_in_table(s))
        return false;
    if (!scan_reopen(s))
        return false;
    scan_fill(s);
    s->pending = false;
    return s->skip || scan_leaf(s, HTML_BLOCK, token->at, (struct str){0});
}

/* An item of an inner list is not ended from outside, nor the other way round. */
static int find_item(const struct scan *s)
{
    for (int i = s->depth; i > 0; i--) {
        const struct html_tag *tag = s->open[i - 1].tag;
        if (tag->role == ROLE_ITEM)
            return i;
        if (tag->flags & TAG_SCOPE || !strcmp(tag->head, "ul") || !strcmp(tag->head, "ol"))
            break;
    }
    return 0;
}

/* The form alone leaves the stack. Pieces of text that are open in it stay open: in the tree it goes
 * on with them. */
static bool end_form(struct scan *s, const struct html_token *token)
{
    int place = s->form;
    s->form = 0;
    for (int i = s->depth; i > place && place > 0; i--)
        if (s->open[i - 1].tag->flags & TAG_SCOPE)
            place = -1;
    if (place <= 0)
        return scan_ignore(token);
    for (enum html_role role; role = scan_role(s), role == ROLE_P || role == ROLE_ITEM ||
                                                       role == ROLE_TERM;)
        scan_pop(s);
    if (s->pending || !scan_ignore(token))
        return false;
    for (int i = place + 1; i <= s->depth; i++)
        if (scan_special(s->open[i - 1].tag))
            return false;
    if (s->depth == place) {
        scan_pop(s);
    } else {
        s->open[place].nodes = (uint8_t)(s->open[place].nodes + s->open[place - 1].nodes);
        scan_remove(s, place);
    }
    s->form = 0;
    return true;
}

/* Parts of a table are looked for in the innermost one. */
static bool end_part(struct scan *s, const struct html_token *token)
{
    for (int i = s->depth; i > 0; i--) {
        if (s->open[i - 1].tag == token->tag)
            return scan_pop_to(s, i);
        if (s->open[i - 1].tag->role == ROLE_TABLE)
            break;
    }
    return scan_ignore(token);
}

static bool end_noscript(struct scan *s, const struct html_token *token)
{
    for (int i = s->depth; i > 0; i--) {
        if (s->open[i - 1].tag == token->tag)
            return scan_pop_to(s, i);
        if (scan_special(s->open[i - 1].tag))
            break;
    }
    return scan_ignore(token);
}

static bool end_object(struct scan *s, const struct html_token *token)
{
    int place = scan_find(s, token->tag);
    for (int i = 0; i < s->depth && !place; i++)
        if (s->open[i].tag->role == ROLE_OBJECT)
            return false;
    return end_block(s, token, place);
}

bool scan_end(struct scan *s, const struct html_token *token)
{
    enum html_role role = token->tag->role;
    switch (role) {
    case ROLE_INLINE:
        return end_inline(s, token);
    case ROLE_P:
        return end_paragraph(s, token);
    case ROLE_NOSCRIPT:
        return end_noscript(s, token);
    case ROLE_BLOCK:
    case ROLE_PRE:
    case ROLE_TERM:
    case ROLE_BUTTON:
        return end_block(s, token, scan_find(s, token->tag));
    case ROLE_HEADING:
        return end_block(s, token, scan_find_role(s, ROLE_HEADING));
    case ROLE_ITEM:
        return end_block(s, token, find_item(s));
    case ROLE_FORM:
        return end_form(s, token);
    case ROLE_OBJECT:
        return end_object(s, token);
    case ROLE_TABLE:
    case ROLE_CAPTION:
    case ROLE_SECTION:
    case ROLE_ROW:
    case ROLE_CELL:
        return end_part(s, token);
    case ROLE_HTML:
    case ROLE_BODY:
        return !s->raised && scan_ignore(token); /* comments behind it stand outside */
    case ROLE_LINE:
    case ROLE_ODD:
        return false;
    default:
        return scan_ignore(token);
    }
}
