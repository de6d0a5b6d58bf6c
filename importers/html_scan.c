/* html_scan.c - the nodes of a page in one pass over its bytes, for the pages whose markup leaves
 * no doubt about the tree that the HTML standard makes of them. The stack of open elements and the
 * list of active formatting are kept as the standard keeps them, but no tree: its nodes come in the
 * order of the text. Whatever would be moved against that order (what stands in a table outside its
 * cells), and everything rare, is left to gumbo.
 * tests/fuzz/fuzz_html_scan.c holds the two against each other. */
#include <string.h>
#include <strings.h>

#include "importers/html_open.h"

/* Text ---------------------------------------------------------------------------------------- */

enum class { PLAIN, SPACE, MARKUP, REFERENCE, LOOK };

/* What a byte of text may begin; LOOK: a character that may not stand for itself. */
static const uint8_t classes[256] = {
    [0x00 ... 0x08] = LOOK, ['\t'] = SPACE, ['\n'] = SPACE, ['\v'] = LOOK, ['\f'] = SPACE,
    ['\r'] = SPACE, [0x0E ... 0x1F] = LOOK, [' '] = SPACE, ['&'] = REFERENCE, ['<'] = MARKUP,
    [0x7F] = LOOK, [0xC2] = LOOK, [0xEF] = LOOK, [0xF0 ... 0xFF] = LOOK,
};

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* Adds a run of text; `visible`: not white space alone. */
static bool add_text(struct scan *s, const char *from, const char *to, bool visible)
{
    if (from == to || (s->stage < STAGE_BODY && !visible))
        return true;
    while (s->stage < STAGE_BODY && classes[(unsigned char)*from] == SPACE)
        from++;
    s->stage = STAGE_BODY;
    bool in_table = scan_in_table(s);
    if (in_table ? visible : !scan_reopen(s))
        return false;
    scan_fill(s);
    s->pending |= visible;
    if (s->skip || (!visible && !s->pre && (in_table || (s->broken && !s->raised))))
        return true;
    return scan_leaf(s, HTML_TEXT, from, (struct str){from, (size_t)(to - from)});
}

/* Adds what a reference stands for. */
static bool add_character(struct scan *s, const char *at, struct str character)
{
    s->stage = STAGE_BODY;
    if (scan_in_table(s) || !scan_reopen(s))
        return false;
    scan_fill(s);
    s->pending = true;
    return s->skip || scan_leaf(s, HTML_TEXT, at, character);
}

/* Reads text up to markup. */
static bool read_text(struct scan *s)
{
    const char *p = s->p, *from = p;
    bool visible = false;
    while (p < s->end) {
        struct str rest = {p, (size_t)(s->end - p)}, character;
        int n = 1;
        switch ((enum class)classes[(unsigned char)*p]) {
        case PLAIN:
            visible = true;
            break;
        case SPACE:
            break;
        case MARKUP:
            if (rest.n > 1 && (is_letter(p[1]) || strchr("/!?", p[1])))
                goto done;
            visible = true;
            break;
        case REFERENCE:
            n = html_reference(&character, s->page->arena, rest);
            if (n < 0)
                return false;
            if (n > 0) {
                if (!add_text(s, from, p, visible) || !add_character(s, p, character))
                    return false;
                from = p + n;
            }
            visible = n == 0;
            n += n == 0;
            break;
        case LOOK:
            n = html_plain_length(rest);
            if (n == 0)
                return false;
            visible = true;
            break;
        }
        p += n;
    }
done:
    s->p = p;
    return add_text(s, from, p, visible);
}

/* Head ---------------------------------------------------------------------------------------- */

/* ArticleTitle, which government sites must state, goes before <title>, to which they add the
 * site. */
static bool read_meta(struct scan *s, const struct html_token *token)
{
    struct str name = token->value[ATTRIBUTE_NAME], content = token->value[ATTRIBUTE_CONTENT];
    if (s->settled || strcmp(token->tag->head, "meta") != 0 || !html_has(token, ATTRIBUTE_NAME))
        return true;
    if (!html_is_plain(name))
        return false;
    if (!html_has(token, ATTRIBUTE_CONTENT) || name.n != strlen("ArticleTitle") ||
        strncasecmp(name.p, "ArticleTitle", name.n) != 0)
        return true;
    if (html_resolve(&content, s->page->arena, str_trim(content)) < 0)
        return false;
    content = str_trim(content);
    if (content.n > 0) {
        s->page->title = content;
        s->settled = true;
    }
    return true;
}

static bool read_title(struct scan *s, const struct html_token *token)
{
    struct str title;
    if (!scan_raw(s, token, &title) || html_resolve(&title, s->page->arena, str_trim(title)) < 0)
        return false;
    if (!s->settled && s->page->title.n == 0)
        s->page->title = str_trim(title);
    return true;
}

/* <noscript> in the head: links and styles, nothing that would end the head. */
static bool read_noscript(struct scan *s)
{
    for (;;) {
        struct html_token inner;
        while (s->p < s->end && classes[(unsigned char)*s->p] == SPACE)
            s->p++;
        if (s->end - s->p < 2 || *s->p != '<')
            return false;
        if (s->p[1] == '!') {
            s->p = html_skip_declaration(s->p, s->end);
            if (!s->p)
                return false;
            continue;
        }
        s->p = html_read_tag(&inner, s->p, s->end);
        if (!s->p)
            return false;
        if (inner.end)
            return strcmp(inner.tag->head, "noscript") == 0;
        bool style = strcmp(inner.tag->head, "style") == 0;
        if (style ? !scan_raw(s, &inner, NULL)
                  : inner.tag->role != ROLE_META || !strcmp(inner.tag->head, "base") ||
                        !read_meta(s, &inner))
            return false;
    }
}

/* What may stand before the body: 1 when it is done with, 0 when the body begins, -1. */
static int read_head(struct scan *s, const struct html_token *token)
{
    bool style = token->tag->role == ROLE_RAW && (token->tag->head[0] == 's');
    if (s->stage != STAGE_AFTER_HEAD && token->tag == &html_unknown && !token->end)
        return -1; /* gumbo has its own view of those */
    if (token->end) {
        enum html_role role = token->tag->role;
        if (role == ROLE_HEAD)
            s->stage = STAGE_AFTER_HEAD;
        return role == ROLE_LINE || role == ROLE_ODD ? -1 : role != ROLE_BODY && role != ROLE_HTML;
    }
    switch ((enum html_role)token->tag->role) {
    case ROLE_HTML:
        return scan_hidden(token) == 0 ? 1 : -1;
    case ROLE_HEAD:
        s->stage = s->stage == STAGE_BEFORE ? STAGE_HEAD : s->stage;
        return 1;
    case ROLE_BODY:
        if (scan_hidden(token) != 0)
            return -1;
        s->stage = STAGE_BODY;
        return 1;
    case ROLE_META:
    case ROLE_TITLE:
        break;
    case ROLE_RAW:
        if (style)
            break;
        return 0;
    case ROLE_NOSCRIPT:
        if (s->stage < STAGE_AFTER_HEAD)
            break;
        return 0;
    default:
        return 0;
    }
    s->stage = s->stage == STAGE_BEFORE ? STAGE_HEAD : s->stage;
    bool certain = token->tag->role == ROLE_META    ? read_meta(s, token)
                   : token->tag->role == ROLE_TITLE ? read_title(s, token)
                   : style                          ? scan_raw(s, token, NULL)
                                                    : read_noscript(s);
    return certain ? 1 : -1;
}

/* The page ------------------------------------------------------------------------------------ */

/* Deep pages full of formatting that nobody ends would take long. */
static bool takes_long(struct scan *s)
{
    enum { STEPS_FREE = 1 << 22, STEPS_A_BYTE = 100 };
    s->steps += (uint64_t)s->depth;
    return s->steps > STEPS_FREE + STEPS_A_BYTE * (uint64_t)(s->p - s->begin);
}

static bool read_tag(struct scan *s)
{
    if (takes_long(s))
        return false;
    struct html_token token;
    s->p = html_read_tag(&token, s->p, s->end);
    if (!s->p)
        return false;
    s->typed = true;
    if (s->stage < STAGE_BODY) {
        int done = read_head(s, &token);
        if (done != 0)
            return done > 0;
        s->stage = STAGE_BODY;
    }
    return token.end ? scan_end(s, &token) : scan_start(s, &token);
}

static enum manner manner_of(struct str type)
{
    const struct str xhtml = STR("html PUBLIC \"-//W3C//DTD XHTML 1.0 ");
    type = str_trim(type);
    if (type.n == 4 && strncasecmp(type.p, "html", 4) == 0)
        return MANNER_NEW;
    return type.n > xhtml.n && strncasecmp(type.p, xhtml.p, xhtml.n) == 0 ? MANNER_NEW
                                                                          : MANNER_UNKNOWN;
}

/* A comment or declaration. The first document type counts, before the first tag. */
static bool read_declaration(struct scan *s)
{
    const struct str doctype = STR("<!doctype");
    struct str rest = {s->p, (size_t)(s->end - s->p)};
    s->p = html_skip_declaration(s->p, s->end);
    if (!s->p)
        return false;
    if (rest.n > doctype.n && strncasecmp(rest.p, doctype.p, doctype.n) == 0) {
        if (s->stage > STAGE_BEFORE || s->typed)
            return false;
        s->manner = manner_of(str_slice(rest, doctype.n, (size_t)(s->p - rest.p) - 1));
        s->typed = true;
    }
    scan_fill(s);
    s->pending = false;
    return true;
}

static bool read_page(struct scan *s)
{
    for (;;) {
        if (!read_text(s))
            return false;
        if (s->p == s->end)
            break;
        bool tag = is_letter(s->p[1]) || (s->p[1] == '/' && s->end - s->p > 2 && is_letter(s->p[2]));
        if (s->p[1] == '/' && !tag && s->end - s->p > 2 && s->p[2] == '>')
            return false;
        if (!(tag ? read_tag(s) : read_declaration(s)))
            return false;
    }
    while (s->depth > 0)
        scan_pop(s);
    return true;
}

int html_scan(struct html_page *page, struct str text)
{
    struct scan s = {.page = page, .p = text.p, .begin = text.p, .end = text.p + text.n, .counted = text.p,
                     .line = 1, .broken = true};
    if (text.n == 0 || memchr(text.p, 0, text.n))
        return 0;
    for (const char *cr = text.p; cr < s.end; cr++) {
        cr = memchr(cr, '\r', (size_t)(s.end - cr));
        if (!cr)
            break;
        if (cr + 1 == s.end || cr[1] != '\n')
            return 0; /* a line of its own */
    }
    return read_page(&s);
}
