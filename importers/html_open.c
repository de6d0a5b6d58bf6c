#include "importers/html_open.h"

#include <string.h>
#include <strings.h>

uint32_t scan_line(struct scan *s, const char *p)
{
    while (s->counted < p) {
        const char *lf = memchr(s->counted, '\n', (size_t)(p - s->counted));
        s->line += lf != NULL;
        s->counted = lf ? lf + 1 : p;
    }
    return s->line;
}

bool scan_ignore(const struct html_token *token)
{
    return !memchr(token->at, '\n', (size_t)(token->behind - token->at));
}

bool scan_in_cell(const struct scan *s)
{
    int i = s->depth;
    while (i > 0 && s->open[i - 1].tag->role != ROLE_CELL)
        i--;
    return i > 0;
}

bool scan_special(const struct html_tag *tag)
{
    return tag->role != ROLE_INLINE && strcmp(tag->head, "main") != 0;
}

bool scan_same(const struct open *open, const struct html_token *token)
{
    return open->tag == token->tag &&
           (token->tag != &html_unknown ||
            (open->name.n == token->name.n &&
             strncasecmp(open->name.p, token->name.p, token->name.n) == 0));
}

/* Nodes --------------------------------------------------------------------------------------- */

void scan_fill(struct scan *s)
{
    if (s->depth > 0 && s->open[s->depth - 1].tag->kind == HTML_RAISED &&
        s->open[s->depth - 1].nodes)
        s->page->nodes[s->page->open].filled = true;
}

struct html_node *scan_begin(struct scan *s, enum html_kind kind, const char *at)
{
    struct html_node *node = html_begin(s->page, kind, scan_line(s, at));
    s->broken = node && html_breaks(node);
    return node;
}

bool scan_leaf(struct scan *s, enum html_kind kind, const char *at, struct str text)
{
    struct html_node *node = scan_begin(s, kind, at);
    if (!node)
        return false;
    node->text = text;
    html_end(s->page);
    return true;
}

static bool read_spans(struct html_node *node, const struct html_token *token)
{
    static const enum html_attribute spans[] = {ATTRIBUTE_ROWSPAN, ATTRIBUTE_COLSPAN};
    for (int i = 0; i < 2; i++)
        if (html_has(token, spans[i]) && !html_is_plain(token->value[spans[i]]))
            return false;
    if (html_has(token, ATTRIBUTE_ROWSPAN))
        node->rowspan = html_span(token->value[ATTRIBUTE_ROWSPAN]);
    if (html_has(token, ATTRIBUTE_COLSPAN))
        node->colspan = html_colspan(token->value[ATTRIBUTE_COLSPAN]);
    return true;
}

/* The stack ----------------------------------------------------------------------------------- */

bool scan_open(struct scan *s, const struct html_token *token, bool skipped)
{
    enum html_kind kind = token->tag->kind;
    bool node = !s->skip && kind != HTML_NOTHING &&
                (!skipped || kind == HTML_BLOCK || kind == HTML_PRE || kind == HTML_TABLE);
    scan_fill(s);
    if (node) {
        struct html_node *made =
            scan_begin(s, skipped && kind == HTML_PRE ? HTML_BLOCK : kind, token->at);
        if (!made || (kind == HTML_CELL && !read_spans(made, token)))
            return false;
        made->skipped = skipped;
        s->broken &= !skipped;
    }
    s->pending = false;
    if (s->depth == OPEN_MAX)
        return false;
    s->open[s->depth++] = (struct open){token->tag, token->name, ++s->ids, node, skipped};
    s->skip = skipped && !s->skip ? s->depth : s->skip;
    s->pre = kind == HTML_PRE && !s->pre ? s->depth : s->pre;
    s->raised = kind == HTML_RAISED && !s->raised ? s->depth : s->raised;
    return true;
}

bool scan_insert(struct scan *s, int place, struct open open)
{
    if (s->depth == OPEN_MAX)
        return false;
    memmove(s->open + place, s->open + place - 1,
            (size_t)(s->depth - place + 1) * sizeof *s->open);
    s->open[place - 1] = open;
    s->depth++;
    int *const places[] = {&s->form, &s->skip, &s->pre, &s->raised};
    for (size_t i = 0; i < sizeof places / sizeof *places && place < s->depth; i++)
        *places[i] += *places[i] >= place;
    return true;
}

void scan_remove(struct scan *s, int place)
{
    s->depth--;
    memmove(s->open + place - 1, s->open + place,
            (size_t)(s->depth - place + 1) * sizeof *s->open);
    s->form = s->form == place ? -1 : s->form - (s->form > place);
    int *const places[] = {&s->skip, &s->pre, &s->raised};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        *places[i] = *places[i] == place ? 0 : *places[i] - (*places[i] > place);
}

void scan_pop(struct scan *s)
{
    for (int n = s->open[s->depth - 1].nodes; n > 0; n--) {
        const struct html_node *node = &s->page->nodes[s->page->open];
        s->broken = node->kind != HTML_RAISED &&
                    (s->broken || (html_breaks(node) && !node->skipped));
        html_end(s->page);
    }
    s->pending = false;
    s->form = s->form == s->depth ? -1 : s->form;
    s->skip = s->skip == s->depth ? 0 : s->skip;
    s->pre = s->pre == s->depth ? 0 : s->pre;
    s->raised = s->raised == s->depth ? 0 : s->raised;
    s->depth--;
}

/* What stands in a cell, a caption or an object does not outlive it. */
bool scan_pop_to(struct scan *s, int place)
{
    while (s->depth >= place) {
        enum html_role role = scan_role(s);
        if (s->depth > place && role == ROLE_OBJECT)
            return false;
        scan_pop(s);
        if (role == ROLE_CELL || role == ROLE_CAPTION || role == ROLE_OBJECT)
            scan_unmark(s);
    }
    return true;
}

int scan_find(const struct scan *s, const struct html_tag *tag)
{
    for (int i = s->depth; i > 0; i--) {
        if (s->open[i - 1].tag == tag)
            return i;
        if (s->open[i - 1].tag->flags & TAG_SCOPE)
            break;
    }
    return 0;
}

int scan_find_role(const struct scan *s, enum html_role role)
{
    for (int i = s->depth; i > 0; i--) {
        if (s->open[i - 1].tag->role == role)
            return i;
        if (s->open[i - 1].tag->flags & TAG_SCOPE)
            break;
    }
    return 0;
}

/* Not through a button. */
int scan_find_paragraph(const struct scan *s)
{
    for (int i = s->depth; i > 0; i--) {
        const struct html_tag *tag = s->open[i - 1].tag;
        if (tag->role == ROLE_P)
            return i;
        if (tag->flags & TAG_SCOPE || tag->role == ROLE_BUTTON)
            break;
    }
    return 0;
}

bool scan_end_paragraph(struct scan *s)
{
    int place = scan_find_paragraph(s);
    return !place || scan_pop_to(s, place);
}
