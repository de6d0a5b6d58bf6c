/* document.h - what an importer makes of a file: paragraphs and grids in reading order, each
 * cell with the line it stands on. Knows nothing of forms or figures. */
#ifndef GONGKAI_MODEL_DOCUMENT_H
#define GONGKAI_MODEL_DOCUMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/arena.h"

/* A cell as printed, in UTF-8, line breaks inside it kept as '\n'. `line` counts from 1 in the
 * decoded source (for a spreadsheet the row, for a page of a PDF the line of its text);
 * `column` counts the cells of its row from 1. Spans are at least 1. */
struct grid_cell {
    struct str text;
    uint32_t line, column;
    uint16_t rowspan, colspan;
};

/* Row r holds cells[first[r]] up to cells[first[r + 1]], only the cells the source states:
 * a place covered by a span is not repeated (see grid_place). */
struct grid {
    struct grid_cell *cells;
    uint32_t *first;
    uint32_t rows, count;
};

enum block_kind {
    BLOCK_PARAGRAPH, /* one paragraph; in plain text one line */
    BLOCK_GRID,      /* a table, or consecutive lines with cell separators */
};

struct block {
    enum block_kind kind;
    uint32_t line;
    struct str text;  /* of a paragraph, inner white space kept; of a grid in plain text its lines
                       * as they stand, else empty */
    struct grid grid; /* of a grid */
};

/* What the source says of itself outside the report's text: the columns of a long or wide CSV,
 * never guesses. Empty and 0: not stated. */
struct declared {
    struct str agency, division, scope;
    int year;
};

/* The names, codes or Chinese paths, by which a file states its cells; all its documents share them,
 * and are recognised in one context. `cell` and `claims` are the recogniser's, which looks up each
 * name and the path once: CELL_UNASKED and NULL until it has; `arena` lives as long as they. */
struct path_claims;
struct stated_names {
    struct arena *arena;
    struct str *name;
    uint16_t *cell;
    uint32_t count;
    const struct path_claims *claims;
};
#define CELL_UNASKED (UINT16_MAX - 1)

/* A cell that is stated by name, each on a line of its own or all on one: a long or wide CSV.
 * `name` is its place among the names, `text` what is printed. */
struct stated_cell {
    uint32_t name, line;
    struct str text;
};

/* Everything is allocated in `arena`, or is a view of bytes that outlive the document. It holds
 * blocks, or else stated cells. */
struct document {
    struct arena *arena;
    struct str title; /* <title>, the core properties' title, else empty */
    struct declared declared;
    struct block *blocks;
    uint32_t count;
    size_t capacity;
    struct stated_names *names;
    struct stated_cell *stated;
    uint32_t stated_count;
    size_t stated_capacity;
    uint32_t line;  /* the first line of this report in its source; 1 for a file of its own */
    bool has_images; /* pictures stand where text is expected */
};

/* Whether it states who reports, or on which year, beside its cells: a row of a wide CSV, some lines of a
 * long one. */
static inline bool document_declares(const struct document *doc)
{
    return doc->declared.agency.n > 0 || doc->declared.year;
}

/* Makes an empty document in the arena. */
struct document *document_new(struct arena *arena);

/* Appends a paragraph. `text` is kept as a view. */
int document_paragraph(struct document *doc, struct str text, uint32_t line);

/* Appends an empty grid and returns it; NULL when memory ran out. Valid until the next block. */
struct grid_builder;
struct grid_builder *document_grid(struct document *doc, uint32_t line);

/* Begins the next row, adds a cell to it, ends the grid (writes it to its block). */
int grid_row(struct grid_builder *builder);
int grid_cell(struct grid_builder *builder, struct grid_cell cell);
int grid_end(struct grid_builder *builder);

/* Appends a stated cell. */
static inline int document_state(struct document *doc, struct stated_cell cell)
{
    if (arena_grow(doc->arena, &doc->stated, doc->stated_count, &doc->stated_capacity,
                   sizeof *doc->stated) < 0)
        return -1;
    doc->stated[doc->stated_count++] = cell;
    return 0;
}

/* The same document with its stated cells as a grid of rows: name | text. */
int document_lay_out(const struct document *doc, struct arena *arena, struct document *out);

/* A grid with its spans laid out: place(r, c) is the index of the cell that covers row r and
 * column c, or UINT32_MAX where none does. */
struct grid_place {
    uint32_t rows, columns;
    uint32_t *cell;
};

/* Lays the spans out as a browser does; at most `columns_max` columns, wider ones are cut.
 * -1 when memory ran out. */
int grid_layout(struct arena *arena, const struct grid *grid, uint32_t columns_max,
                struct grid_place *out);

#endif
