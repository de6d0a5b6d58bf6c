/* html.c - HTML pages, as gumbo parses them: like a browser, whatever the markup. Text becomes
 * paragraphs, tables that hold data become grids, tables that only lay out the page are read
 * through. What gumbo takes comes out of the document's arena, so that a page can neither take
 * more memory than allowed nor leave any behind. */
#include "importers/html.h"

#include <setjmp.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum {
    DEPTH_MAX = 1000,
    TABLE_DEPTH_MAX = 100,
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

/* Depth ---------------------------------------------------------------------------------------
 * gumbo's time grows with depth times size. Elements that end by themselves do not count. A page
 * that hides its depth, or has a hundred thousand attributes, is left to the bound on time. */

static bool ends_by_itself(struct str tag)
{
    static const char *const names[] = {
        "area",  "base", "body",   "br",       "col",   "colgroup", "dd",    "dt",    "embed",
        "head",  "hr",   "html",   "img",      "input", "li",       "link",  "meta",  "option",
        "p",     "param", "source", "tbody",   "td",    "tfoot",    "th",    "thead", "tr",
        "track", "wbr",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == tag.n && strncasecmp(names[i], tag.p, tag.n) == 0)
            return true;
    return false;
}

static bool is_tag(struct str tag, const char *name)
{
    return strlen(name) == tag.n && strncasecmp(name, tag.p, tag.n) == 0;
}

static bool too_deep(struct str text)
{
    long depth = 0, tables = 0;
    for (size_t i = 0; i + 1 < text.n; i++) {
        if (text.p[i] != '<')
            continue;
        bool end = text.p[i + 1] == '/';
        size_t from = i + 1 + end, to = from;
        while (to < text.n && ((text.p[to] | 32) >= 'a' && (text.p[to] | 32) <= 'z'))
            to++;
        struct str tag = str_slice(text, from, to);
        if (tag.n == 0 || ends_by_itself(tag))
            continue;
        long *count = is_tag(tag, "table") ? &tables : &depth;
        *count += end ? -(*count > 0) : 1;
        if (depth > DEPTH_MAX || tables > TABLE_DEPTH_MAX)
            return true;
    }
    return false;
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
    for (const GumboNode *node = root; node; node = html_next(root, node, true)) {
        if (html_is(node, GUMBO_TAG_BODY))
            break;
        if (html_is(node, GUMBO_TAG_TITLE) && title.n == 0)
            title = child_text(node);
        if (!html_is(node, GUMBO_TAG_META))
            continue;
        const GumboAttribute *name = gumbo_get_attribute(&node->v.element.attributes, "name");
        const GumboAttribute *content = gumbo_get_attribute(&node->v.element.attributes, "content");
        if (name && content && strcasecmp(name->value, "ArticleTitle") == 0 &&
            str_trim(str_from(content->value)).n > 0)
            return str_trim(str_from(content->value));
    }
    return title;
}

/* Big5 cannot be told from GB18030 by its bytes, so the page's own word is worth a question. */
static int ask_about_big5(struct str bytes, const struct import_options *options, struct err *err)
{
    struct str head = str_slice(bytes, 0, 4096);
    char small[4097];
    for (size_t i = 0; i < head.n; i++)
        small[i] = (char)(head.p[i] >= 'A' && head.p[i] <= 'Z' ? head.p[i] + 32 : head.p[i]);
    struct str lower = {small, head.n};
    if (options->encoding != ENCODING_BY_CONTENT || encoding_utf8(bytes) == bytes.n ||
        (!str_has(lower, STR("charset=big5")) && !str_has(lower, STR("charset=\"big5"))))
        return 0;
    return err_reject(err, "encoding", 1, "the page says it is Big5, which cannot be told from "
                      "GB18030 by content; say --encoding big5, or --encoding gb18030");
}

static int page(struct document **out, struct arena *arena, struct str bytes,
                const struct import_options *options, struct err *err)
{
    struct str text;
    if (ask_about_big5(bytes, options, err) < 0 ||
        encoding_decode(&text, arena, bytes, options->encoding, err) < 0)
        return -1;
    if (too_deep(text))
        return err_reject(err, "too-large", 0,
                          "nests more than %d elements or %d tables, as no report does; refused",
                          DEPTH_MAX, TABLE_DEPTH_MAX);
    const GumboOutput *parsed = parse(arena, text, err);
    if (!parsed)
        return -1;
    struct document *doc = document_new(arena);
    if (!doc || html_walk(doc, parsed->root) < 0)
        return arena_failed(arena, err);
    doc->title = title_of(parsed->root);
    if (doc->count == 0 && !doc->has_images)
        return err_reject(err, "empty", 0, "holds no text; get the file again");
    *out = doc;
    return 0;
}

static int read_html(struct stream *in, const struct import_options *options,
                     struct document_sink *sink, struct err *err)
{
    struct arena arena = arena_new(options->memory_max);
    struct str bytes;
    struct document *doc = NULL;
    int status = stream_all(in, &arena, options->memory_max, &bytes, err);
    if (status == 0)
        status = page(&doc, &arena, bytes, options, err);
    if (status == 0)
        status = sink->take(sink->self, doc, err);
    arena_free(&arena);
    return status;
}

/* Markup that only a page has at its very head, and markup that tells one anywhere. */
static int claims(const struct import_head *head)
{
    static const char *const first[] = {"<!doctype html", "<html", "<head", "<body", "<meta",
                                        "<table", "<div", "<title"};
    static const char *const inside[] = {"<html", "<table", "</table", "<tr", "<td", "</td>",
                                         "<body", "<br", "<p>", "</p>", "<div", "</div>"};
    struct str text = str_trim(head->text);
    int found = 0;
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        if (text.n >= strlen(first[i]) && strncasecmp(text.p, first[i], strlen(first[i])) == 0)
            return 90;
    unsigned seen = 0;
    for (struct str rest = text; rest.n > 0;) {
        const char *tag = memchr(rest.p, '<', rest.n);
        rest = tag ? str_skip(rest, (size_t)(tag - rest.p)) : (struct str){0};
        for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
            if (rest.n >= strlen(inside[i]) && !(seen & 1u << i) &&
                strncasecmp(rest.p, inside[i], strlen(inside[i])) == 0) {
                seen |= 1u << i;
                found++;
            }
        rest = str_skip(rest, 1);
    }
    if (found >= 3 || (found > 0 && text.n > 0 && text.p[0] == '<'))
        return 80;
    return 0;
}

const struct importer importer_html = {
    .name = "html",
    .title = "HTML pages: tables as a browser lays them out",
    .claims = claims,
    .read = read_html,
};
