/* html.c - HTML pages, as a browser reads them, whatever the markup. Text becomes paragraphs,
 * tables that hold data become grids, tables that only lay out the page are read through. */
#include "importers/html_scan.h"

#include <string.h>
#include <strings.h>

enum { DEPTH_MAX = 1000, TABLE_DEPTH_MAX = 100 };

/* gumbo's time grows with depth times size. Elements that end by themselves do not count. A page
 * that hides its depth, or has a hundred thousand attributes, is left to the bound on time. */
static bool too_deep(struct str text)
{
    long depth = 0, tables = 0;
    for (size_t i = 0; i + 1 < text.n; i++) {
        const char *lt = memchr(text.p + i, '<', text.n - 1 - i);
        if (!lt)
            break;
        i = (size_t)(lt - text.p);
        bool end = text.p[i + 1] == '/';
        size_t from = i + 1 + end, to = from;
        while (to < text.n && ((text.p[to] | 32) >= 'a' && (text.p[to] | 32) <= 'z'))
            to++;
        if (to == from)
            continue;
        const struct html_tag *tag = html_tag(str_slice(text, from, to));
        if (tag->flags & TAG_ENDS)
            continue;
        long *count = tag->role == ROLE_TABLE ? &tables : &depth;
        *count += end ? -(*count > 0) : 1;
        if (depth > DEPTH_MAX || tables > TABLE_DEPTH_MAX)
            return true;
    }
    return false;
}

/* Whether the head of a page says that it is Big5. */
static bool says_big5(struct str bytes)
{
    static const struct str before = {"charset", 7}, name = {"big5", 4};
    struct str head = str_slice(bytes, 0, 4096);
    for (size_t at = 0; at < head.n; at++) {
        const char *equals = memchr(head.p + at, '=', head.n - at);
        if (!equals)
            break;
        at = (size_t)(equals - head.p);
        size_t from = at + 1 + (at + 1 < head.n && head.p[at + 1] == '"');
        if (at >= before.n && from + name.n <= head.n &&
            strncasecmp(equals - before.n, before.p, before.n) == 0 &&
            strncasecmp(head.p + from, name.p, name.n) == 0)
            return true;
    }
    return false;
}

/* Big5 cannot be told from GB18030 by its bytes, so the page's own word is worth a question. */
static int ask_about_big5(struct str bytes, const struct import_options *options, struct err *err)
{
    if (options->encoding != ENCODING_BY_CONTENT || !says_big5(bytes) ||
        encoding_utf8(bytes) == bytes.n)
        return 0;
    return err_reject(err, "encoding", 1, "the page says it is Big5, which cannot be told from "
                      "GB18030 by content; say --encoding big5, or --encoding gb18030");
}

/* The nodes of a page in an arena of their own: by the scanner, or where it is not certain by
 * gumbo. */
static int read_nodes(struct html_page *nodes, struct arena *arena, struct str text,
                      struct err *err)
{
    *nodes = html_page_new(arena);
    if (html_scan(nodes, text))
        return 0;
    if (too_deep(text))
        return err_reject(err, "too-large", 0,
                          "nests more than %d elements or %d tables, as no report does; refused",
                          DEPTH_MAX, TABLE_DEPTH_MAX);
    arena_free(arena);
    *nodes = html_page_new(arena);
    return html_tree(nodes, text, err);
}

static int page(struct document **out, struct arena *arena, struct arena *scratch, struct str bytes,
                const struct import_options *options, struct err *err)
{
    struct str text;
    struct html_page nodes;
    if (ask_about_big5(bytes, options, err) < 0 ||
        encoding_decode(&text, arena, bytes, options->encoding, err) < 0 ||
        read_nodes(&nodes, scratch, text, err) < 0)
        return -1;
    struct document *doc = document_new(arena);
    if (!doc || html_walk(doc, &nodes) < 0)
        return arena_failed(arena, err);
    doc->title = nodes.title.n > 0 ? arena_copy(arena, nodes.title) : (struct str){0};
    if (nodes.title.n > 0 && !doc->title.p)
        return arena_failed(arena, err);
    if (doc->count == 0 && !doc->has_images)
        return err_reject(err, "empty", 0, "holds no text; get the file again");
    *out = doc;
    return 0;
}

static int read_html(struct stream *in, const struct import_options *options,
                     struct document_sink *sink, struct err *err)
{
    struct arena arena = arena_new(options->memory_max), scratch = arena_new(options->memory_max);
    struct str bytes;
    struct document *doc = NULL;
    int status = stream_all(in, &arena, options->memory_max, &bytes, err);
    if (status == 0)
        status = page(&doc, &arena, &scratch, bytes, options, err);
    arena_free(&scratch);
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
    .claims = claims,
    .read = read_html,
};
