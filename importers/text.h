/* text.h - plain text into a document; also for what another program turned into text. */
#ifndef GONGKAI_IMPORTERS_TEXT_H
#define GONGKAI_IMPORTERS_TEXT_H

#include "importers/importer.h"

/* Makes a document of `bytes`, which must outlive it. */
int text_document(struct document **out, struct arena *arena, struct str bytes,
                  const struct import_options *options, struct err *err);

/* Appends lines to a document, those with cell separators that stand together as grids. Views
 * are kept. -1 when memory ran out. */
int text_block(struct document *doc, struct str text, uint32_t line);

/* The same for lines that stand apart in the source: they wait here until something else comes,
 * since those with cell separators that stand together become one grid. */
struct text_line {
    struct str text;
    uint32_t number;
};
struct text_flow {
    struct document *doc;
    struct text_line *lines;
    size_t count, capacity;
};

/* Adds a line, copied. Appends all that wait to the document. -1 when memory ran out. */
int text_flow_add(struct text_flow *flow, struct str text, uint32_t line);
int text_flow_end(struct text_flow *flow);

#endif
