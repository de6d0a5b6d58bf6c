/* html.h - what the parts of the HTML importer share. */
#ifndef GONGKAI_IMPORTERS_HTML_H
#define GONGKAI_IMPORTERS_HTML_H

#include <gumbo.h>

#include "core/base/buf.h"
#include "importers/importer.h"

/* Text as a browser would show it: white space run together, begun at `line`. */
struct html_text {
    struct buf buf;
    uint32_t line;  /* of the first visible text, 0: none yet */
    bool space;     /* white space came and is not written yet */
    bool bracketed; /* a bracket stands open around raised text */
    bool pictured;  /* a picture came */
};

/* Moves to the next node below `root` in reading order, into the children of `node` when `down`.
 * NULL at the end. Needs no stack, whatever the depth. */
const GumboNode *html_next(const GumboNode *root, const GumboNode *node, bool down);

/* What a node is to a reader. */
bool html_is(const GumboNode *node, GumboTag tag);
bool html_skipped(const GumboNode *node); /* scripts, styles, navigation: never read */
bool html_breaks(const GumboNode *node);  /* begins and ends a line of its own */

/* Adds a text, or the text that an element stands for (raised text in brackets, what was typed
 * into an input); `leave` is true behind its children. */
void html_add(struct html_text *text, const GumboNode *node, bool leave);

/* Adds a line break, unless nothing stands before it. */
void html_break(struct html_text *text);

/* Whether a table only lays out the page: one column, whole articles in a cell, or nothing but
 * other tables in it. */
bool html_is_layout(const GumboNode *table, struct html_text *scratch);

/* Appends a table that holds data as a grid; tables inside its cells are left out. */
int html_grid(struct document *doc, const GumboNode *table, struct html_text *scratch);

/* Appends everything below `root`. */
int html_walk(struct document *doc, const GumboNode *root);

#endif
