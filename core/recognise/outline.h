/* outline.h - the lines of a document and where its parts begin: headings of the six sections,
 * the body, the signature, the end. Private to this folder. */
#ifndef GONGKAI_RECOGNISE_OUTLINE_H
#define GONGKAI_RECOGNISE_OUTLINE_H

#include "core/model/document.h"
#include "core/recognise/flat.h"
#include "core/recognise/parts.h"

#define NOWHERE UINT32_MAX

/* A line: a paragraph (or one line of it), or a cell of a grid. `table` is the statutory table
 * its block belongs to, TABLE_NONE for prose. */
struct line {
    struct str text; /* as printed, trimmed */
    struct flat flat;
    uint32_t line, block;
    uint8_t table;
    bool cell; /* of a grid */
    struct word *word; /* what is remembered of a short one, or NULL */
};

/* `heading[n]` is the line that holds the heading of section n, `after[n]` the offset in its flat
 * text behind the heading, where text may follow. `body` is the first line of the report's own
 * text (its first heading or table). `end` is the first line that is no longer the report's:
 * navigation, log-in, copyright. `dated` is the line of the signature's date, `signed_by` that of
 * its agency. All may be NOWHERE but `body` and `end`. */
struct outline {
    struct line *lines;
    uint32_t count;
    uint32_t heading[7];
    size_t after[7];
    uint32_t body, end;
    uint32_t dated, signed_by;
    struct str date; /* of the signature, ISO */
};

/* Reads it into the arena. -1 when memory ran out. */
int outline_read(const struct recogniser *recogniser, const struct document *doc,
                 const struct tables_seen *seen, struct arena *arena, struct outline *out);

/* The number of the section whose heading this flat text is, 0 for none; `after` is the offset
 * behind the heading. */
int heading_of(struct str flat, size_t *after);

#endif
