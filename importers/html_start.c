#include <string.h>
#include <strings.h>

#include "importers/html_open.h"

enum { DRAWING_DEPTH = 32 };

static bool is_name(struct str a, struct str b)
{
    return a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

/* Ends the item or term before this one, if one is open. */
static bool close_item(struct scan *s, enum html_role role)
{
    for (int i = s->depth; i > 0; i--) {
        const struct open *open = &s->open[i - 1];
        if (open->tag->role == role)
            return scan_pop_to(s, i);
        bool passed = !scan_special(open->tag) || open->tag->role == ROLE_P ||
                      !strcmp(open->tag->head, "div") || !strcmp(open->tag->head, "address");
        if (!passed)
            break;
    }
    return true;
}

static bool start_form(struct scan *s, const struct html_token *token, bool skipped)
{
    if (s->form)
        return scan_ignore(token);
    if (scan_in_table(s)) {
        s->form = -1;
        return true;
    }
    if (skipped || !scan_end_paragraph(s) || !scan_open(s, token, skipped))
        return false;
    s->form = s->depth;
    return true;
}

static bool start_table(struct scan *s, const struct html_token *token, bool skipped)
{
    int place = scan_find_paragraph(s);
    if (place && s->manner == MANNER_UNKNOWN && (skipped || s->depth > place || s->active_count > 0 ||
                                                 s->skip == place))
        return false;
    if (s->manner != MANNER_OLD && !scan_end_paragraph(s))
        return false;
    return scan_open(s, token, skipped);
}

/* An element that the standard puts in where it is left out. */
static bool imply(struct scan *s, const char *name, const char *at)
{
    struct html_token token = {.tag = html_tag(str_from(name)), .name = str_from(name), .at = at};
    return scan_open(s, &token, false);
}

/* An element that what was open before it does not reach into. */
static bool start_scope(struct scan *s, const struct html_token *token, bool skipped)
{
    return scan_open(s, token, skipped) && scan_mark(s);
}

/* A part of a table: ends those parts before it that it cannot stand in. */
static bool start_part(struct scan *s, const struct html_token *token, bool skipped)
{
    enum html_role role = token->tag->role;
    if (!scan_in_table(s)) {
        int place = s->depth;
        while (place > 0 && s->open[place - 1].tag->role != ROLE_CELL &&
               s->open[place - 1].tag->role != ROLE_CAPTION &&
               s->open[place - 1].tag->role != ROLE_TABLE)
            place--;
        if (place == 0)
            return scan_ignore(token);
        if (s->open[place - 1].tag->role != ROLE_CELL || !scan_pop_to(s, place))
            return false;
    }
    if (role == ROLE_CAPTION || role == ROLE_COLUMN) {
        if (scan_role(s) != ROLE_TABLE)
            return false;
        return role == ROLE_COLUMN || start_scope(s, token, skipped);
    }
    if (scan_role(s) == ROLE_ROW && role != ROLE_CELL)
        scan_pop(s);
    if (scan_role(s) == ROLE_SECTION && role == ROLE_SECTION)
        scan_pop(s);
    if (scan_role(s) == ROLE_TABLE && role != ROLE_SECTION && !imply(s, "tbody", token->at))
        return false;
    if (scan_role(s) == ROLE_SECTION && role == ROLE_CELL && !imply(s, "tr", token->at))
        return false;
    return role == ROLE_CELL ? start_scope(s, token, skipped) : scan_open(s, token, skipped);
}

static bool start_picture(struct scan *s, const struct html_token *token, bool skipped)
{
    static const enum html_attribute sides[] = {ATTRIBUTE_WIDTH, ATTRIBUTE_HEIGHT};
    if (!scan_reopen(s))
        return false;
    scan_fill(s);
    s->pending = false;
    if (s->skip || skipped)
        return true;
    struct html_node *node = scan_begin(s, HTML_PICTURE, token->at);
    if (!node)
        return false;
    for (int i = 0; i < 2; i++)
        if (html_has(token, sides[i])) {
            if (!html_is_plain(token->value[sides[i]]))
                return false;
            node->icon |= html_is_icon(token->value[sides[i]]);
        }
    html_end(s->page);
    return true;
}

static bool start_input(struct scan *s, const struct html_token *token, bool skipped)
{
    struct str type = token->value[ATTRIBUTE_TYPE], value = token->value[ATTRIBUTE_VALUE];
    bool typed = html_has(token, ATTRIBUTE_TYPE);
    enum html_mark mark = typed ? html_input(type) : MARK_NONE;
    if (typed && !html_is_plain(type))
        return false;
    if (scan_in_table(s))
        return typed && type.n == strlen("hidden") && strncasecmp(type.p, "hidden", type.n) == 0;
    if (!scan_reopen(s))
        return false;
    scan_fill(s);
    s->pending = false;
    if (s->skip || skipped)
        return true;
    if (mark != MARK_NONE)
        return scan_unread(s, HTML_TYPED, token->at, mark, false);
    if (!html_has(token, ATTRIBUTE_VALUE))
        return true;
    return html_resolve(&value, s->page->arena, value) == 0 &&
           scan_leaf(s, HTML_TYPED, token->at, value);
}

static bool start_raw(struct scan *s, const struct html_token *token)
{
    struct str inside = {0};
    scan_fill(s);
    s->pending = false;
    if (!scan_raw(s, token, &inside))
        return false;
    bool script = strcmp(token->tag->head, "script") == 0;
    return !(token->tag->flags & TAG_SHOWN) ||
           scan_unread(s, HTML_UNREAD, token->at, script ? MARK_SCRIPT : MARK_CONTROL,
                    script && html_writes(inside));
}

bool scan_raw(struct scan *s, const struct html_token *token, struct str *inside)
{
    const char *close = html_skip_raw(token->name, s->p, s->end);
    struct html_token last;
    if (inside && close)
        *inside = (struct str){s->p, (size_t)(close - s->p)};
    s->p = close ? html_read_tag(&last, close, s->end) : NULL;
    return s->p != NULL;
}

/* Options and words up to its end: nothing that would end it before. */
static bool start_select(struct scan *s, const struct html_token *token)
{
    if (!scan_reopen(s))
        return false;
    scan_fill(s);
    s->pending = false;
    for (;;) {
        const char *lt = memchr(s->p, '<', (size_t)(s->end - s->p));
        struct html_token inner;
        if (!lt)
            return false;
        if (s->end - lt > 1 && lt[1] == '!')
            s->p = html_skip_declaration(lt, s->end);
        else
            s->p = html_read_tag(&inner, lt, s->end);
        if (!s->p)
            return false;
        if (lt[1] == '!' || inner.tag->role == ROLE_OPTION)
            continue;
        return inner.end && inner.tag == token->tag;
    }
}

/* A drawing is passed over: elements of its own, nested properly. */
static bool start_drawing(struct scan *s, const struct html_token *token)
{
    static const char *const leaving[] = {"var", "desc", "foreignobject"};
    struct str open[DRAWING_DEPTH];
    int depth = 0;
    if (!scan_reopen(s))
        return false;
    scan_fill(s);
    s->pending = false;
    for (bool closed = token->closed; !closed || depth > 0;) {
        struct html_token inner;
        const char *lt = memchr(s->p, '<', (size_t)(s->end - s->p));
        if (!lt)
            return false;
        bool declaration = s->end - lt > 2 && lt[1] == '!' && lt[2] == '-';
        s->p = declaration ? html_skip_declaration(lt, s->end) : html_read_tag(&inner, lt, s->end);
        if (!s->p)
            return false;
        if (declaration)
            continue;
        if (inner.end && depth == 0)
            return inner.tag == token->tag;
        if (inner.tag != &html_unknown || (inner.end && !is_name(open[depth - 1], inner.name)))
            return false;
        for (size_t i = 0; i < sizeof leaving / sizeof *leaving; i++)
            if (is_name(str_from(leaving[i]), inner.name))
                return false;
        if (inner.end)
            depth--;
        else if (!inner.closed && depth == DRAWING_DEPTH)
            return false;
        else if (!inner.closed)
            open[depth++] = inner.name;
    }
    return true;
}

static bool fits_table(const struct html_token *token)
{
    switch ((enum html_role)token->tag->role) {
    case ROLE_FORM:
    case ROLE_INPUT:
    case ROLE_CAPTION:
    case ROLE_COLUMN:
    case ROLE_SECTION:
    case ROLE_ROW:
    case ROLE_CELL:
        return true;
    case ROLE_RAW:
        return token->name.n < 7 && (token->name.p[0] | 32) == 's'; /* script, style */
    default:
        return false;
    }
}

bool scan_start(struct scan *s, const struct html_token *token)
{
    enum html_role role = token->tag->role;
    int hidden = scan_hidden_here(s, token);
    bool skipped = hidden > 0;
    if (hidden < 0 || (scan_in_table(s) && !fits_table(token)))
        return false;
    if (token->tag->flags & TAG_SHOWN && role != ROLE_RAW &&
        !scan_unread(s, HTML_UNREAD, token->at, MARK_CONTROL, token->tag->flags & TAG_LOUD))
        return false;
    switch (role) {
    case ROLE_INLINE:
        if (token->tag->flags & TAG_FORMATTING)
            return scan_open_formatting(s, token, skipped);
        return scan_reopen(s) && scan_open(s, token, skipped);
    case ROLE_NOSCRIPT:
        return scan_reopen(s) && scan_open(s, token, skipped);
    case ROLE_HEADING:
        if (!scan_end_paragraph(s))
            return false;
        if (scan_role(s) == ROLE_HEADING)
            scan_pop(s);
        return scan_open(s, token, skipped);
    case ROLE_P:
    case ROLE_BLOCK:
        return scan_end_paragraph(s) && scan_open(s, token, skipped);
    case ROLE_PRE:
        if (!scan_end_paragraph(s) || !scan_open(s, token, skipped))
            return false;
        s->p += s->end - s->p > 1 && s->p[0] == '\r';
        s->p += s->p < s->end && s->p[0] == '\n';
        return true;
    case ROLE_ITEM:
    case ROLE_TERM:
        return close_item(s, role) && scan_end_paragraph(s) && scan_open(s, token, skipped);
    case ROLE_FORM:
        return start_form(s, token, skipped);
    case ROLE_BUTTON:
        return !scan_find(s, token->tag) && scan_reopen(s) && scan_open(s, token, skipped);
    case ROLE_OBJECT:
        return scan_reopen(s) && start_scope(s, token, skipped);
    case ROLE_TABLE:
        return start_table(s, token, skipped);
    case ROLE_CAPTION:
    case ROLE_COLUMN:
    case ROLE_SECTION:
    case ROLE_ROW:
    case ROLE_CELL:
        return start_part(s, token, skipped);
    case ROLE_VOID:
        if (!scan_reopen(s))
            return false;
        /* fall through */
    case ROLE_SOURCE:
    case ROLE_META:
        scan_fill(s);
        s->pending = false;
        return true;
    case ROLE_LINE:
        if (!scan_reopen(s))
            return false;
        scan_fill(s);
        s->pending = false;
        return s->skip || skipped || scan_leaf(s, HTML_LINE, token->at, (struct str){0});
    case ROLE_RULE:
        if (!scan_end_paragraph(s))
            return false;
        scan_fill(s);
        s->pending = false;
        if (s->skip)
            return true;
        if (!scan_leaf(s, HTML_BLOCK, token->at, (struct str){0}))
            return false;
        s->page->nodes[s->page->count - 1].skipped = skipped;
        s->broken = !skipped;
        return true;
    case ROLE_PICTURE:
        return start_picture(s, token, skipped);
    case ROLE_INPUT:
        return start_input(s, token, skipped);
    case ROLE_RAW:
        return start_raw(s, token);
    case ROLE_SELECT:
        return start_select(s, token);
    case ROLE_DRAWING:
        return start_drawing(s, token);
    case ROLE_HTML:
    case ROLE_BODY:
        return !skipped && scan_ignore(token);
    case ROLE_HEAD:
        return scan_ignore(token);
    default:
        return false;
    }
}
