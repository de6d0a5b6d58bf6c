/* atoms.h - a document as one sequence of texts, figures and empty cells, whatever it came in:
 * cells of grids, cells one a line, columns parted by spaces. Private to this folder. */
#ifndef GONGKAI_RECOGNISE_ATOMS_H
#define GONGKAI_RECOGNISE_ATOMS_H

#include "core/recognise/labels.h"
#include "core/recognise/lexicon.h"

enum atom_kind {
    ATOM_TEXT,    /* a label, or a piece of one */
    ATOM_FIGURE,  /* a number, or a mark that none applies */
    ATOM_EMPTY,   /* a cell of a grid with nothing printed in it */
    ATOM_WORDS,   /* words in the place of a figure */
    ATOM_UNIT,    /* 件, 万元: the unit column of table 1 */
    ATOM_HEADING, /* a section begins */
    ATOM_STOP,    /* prose: no label before it belongs to a figure behind it */
};

/* `x` and `end` are the columns it covers: of the laid-out grid, or of the line where a Chinese
 * character takes two. `key` is the folded text in struct atoms. */
struct atom {
    struct str text, note; /* note: brackets that stood apart behind a figure */
    uint32_t line, row, x, end;
    uint32_t key;
    uint16_t key_n;
    uint8_t kind;
    uint8_t table; /* of a heading */
};

/* A row of a grid, or a line. */
struct atom_row {
    uint32_t first, count; /* atoms */
    uint32_t block, grid_row;
    const struct grid_place *place; /* NULL: a line, or a grid without spans */
    bool grid; /* its cells have certain places: no line, no grid of one cell a row */
    bool text; /* a grid of lines of text: a short row may have lost any of its cells */
};

struct atoms {
    struct arena *arena;
    const struct labels *labels;
    struct lexicon *lexicon;
    struct atom *atom;
    struct atom_row *row;
    uint16_t *key;
    uint32_t count, rows, keys;
    size_t atom_capacity, row_capacity, key_capacity;
    bool has_single; /* a grid of the document holds one cell a row */
    uint32_t cell_lines;      /* lines and rows that hold one cell alone */
    uint32_t repeated_lines;  /* of those, how many say what another said before */
};

/* Takes the document apart. -1 when memory ran out. */
int atoms_read(struct atoms *atoms, const struct recogniser *recogniser,
               const struct document *doc, struct arena *arena);

/* Whether a row of figures alone on a line is one of several cells one a line. */
bool atoms_single(const struct atoms *atoms, const struct atom *atom);

#endif
