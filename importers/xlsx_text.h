/* xlsx_text.h - the text of a cell as it comes by in runs, among the shared texts or in the cell. */
#ifndef GONGKAI_IMPORTERS_XLSX_TEXT_H
#define GONGKAI_IMPORTERS_XLSX_TEXT_H

#include "core/base/buf.h"

/* Raised, lowered and struck out runs stand in brackets: 12 with a raised 3 is not 123. */
struct xlsx_text {
    struct buf buf;
    bool taking, phonetic, in_properties, aside, bracketed;
};

/* Begins the next text. */
void xlsx_text_begin(struct xlsx_text *text);

/* What the handlers of a part hand on: elements of a text, and what stands in them. */
void xlsx_text_start(struct xlsx_text *text, const char *name, const char **attributes);
void xlsx_text_add(struct xlsx_text *text, struct str characters);
void xlsx_text_end(struct xlsx_text *text, const char *name);

/* The whole text, trimmed: a view until the next begins. */
struct str xlsx_text_whole(struct xlsx_text *text);

/* Whether an element of a font says raised, lowered or struck out. */
bool xlsx_is_aside(const char *name, const char **attributes);

#endif
