/* html_pair.h - a page read by the scanner of plain pages and by gumbo: are they one document, block by
 * block and cell by cell, with lines and columns? */
#ifndef GONGKAI_TESTS_HTML_PAIR_H
#define GONGKAI_TESTS_HTML_PAIR_H

#include "importers/html_scan.h"

static inline bool same_grids(const struct grid *a, const struct grid *b)
{
    bool same = a->rows == b->rows && a->count == b->count;
    for (uint32_t r = 0; same && r < a->rows; r++)
        same = a->first[r] == b->first[r];
    for (uint32_t i = 0; same && i < a->count; i++) {
        const struct grid_cell *x = &a->cells[i], *y = &b->cells[i];
        same = str_eq(x->text, y->text) && x->line == y->line && x->column == y->column &&
               x->rowspan == y->rowspan && x->colspan == y->colspan;
    }
    return same;
}

static inline bool same_documents(const struct document *a, const struct document *b)
{
    bool same = str_eq(a->title, b->title) && a->count == b->count &&
                a->has_images == b->has_images;
    for (uint32_t i = 0; same && i < a->count; i++) {
        const struct block *x = &a->blocks[i], *y = &b->blocks[i];
        same = x->kind == y->kind && x->line == y->line && str_eq(x->text, y->text) &&
               same_grids(&x->grid, &y->grid);
    }
    return same;
}

static inline struct document *walk_pair(struct arena *arena, const struct html_page *page)
{
    struct document *doc = document_new(arena);
    if (!doc || html_walk(doc, page) < 0)
        return NULL;
    doc->title = page->title;
    return doc;
}

/* Whether a page is certain to the scanner, and both give one document; -1: they give two. `most`
 * bounds the memory of each. */
static inline int html_pair(struct str bytes, size_t most)
{
    struct arena scanned = arena_new(most), parsed = arena_new(most);
    struct str text;
    int status = 0;
    if (encoding_decode(&text, &scanned, bytes, ENCODING_BY_CONTENT, NULL) == 0) {
        struct html_page fast = html_page_new(&scanned), slow = html_page_new(&parsed);
        const struct document *a = html_scan(&fast, text) ? walk_pair(&scanned, &fast) : NULL;
        const struct document *b =
            a && html_tree(&slow, text, NULL) == 0 ? walk_pair(&parsed, &slow) : NULL;
        status = !a ? 0 : !b || same_documents(a, b) ? 1 : -1;
    }
    arena_free(&scanned);
    arena_free(&parsed);
    return status;
}

#endif
