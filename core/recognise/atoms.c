#include "core/recognise/atoms.h"

#include <string.h>

#include "core/recognise/printed.h"
#include "core/text/hash.h"

enum { GRID_COLUMNS = 64, GRID_PLACES = 1 << 20, SEEN = 1024, PROSE = 200, TOKEN = 6 };

static int add_atom(struct atoms *a, struct atom atom)
{
    if (arena_grow(a->arena, &a->atom, a->count, &a->atom_capacity, sizeof *a->atom) < 0)
        return -1;
    atom.row = a->rows - 1;
    a->atom[a->count++] = atom;
    a->row[a->rows - 1].count++;
    return 0;
}

static int add_row(struct atoms *a, struct atom_row row)
{
    if (arena_grow(a->arena, &a->row, a->rows, &a->row_capacity, sizeof *a->row) < 0)
        return -1;
    row.first = a->count;
    a->row[a->rows++] = row;
    return 0;
}

/* Folds the text of an atom into the pool; a text too long for any label becomes a stop. `word` is
 * that of the text, or NULL. */
static int add_text(struct atoms *a, struct atom atom, struct word *word)
{
    uint16_t key[KEY_MAX + 1];
    size_t n = printed_fold(a->labels, a->lexicon, word, atom.text, key);
    atom.kind = n > KEY_MAX ? ATOM_STOP : ATOM_TEXT;
    atom.key = a->keys;
    atom.key_n = atom.kind == ATOM_TEXT ? (uint16_t)n : 0;
    if (a->keys + atom.key_n > a->key_capacity) {
        size_t wider = a->key_capacity ? a->key_capacity * 2 : 4096;
        uint16_t *pool = arena_array(a->arena, wider, sizeof *pool);
        if (!pool)
            return -1;
        if (a->keys)
            memcpy(pool, a->key, a->keys * sizeof *pool);
        a->key = pool;
        a->key_capacity = wider;
    }
    if (atom.key_n > 0)
        memcpy(a->key + a->keys, key, atom.key_n * sizeof *key);
    a->keys += atom.key_n;
    return add_atom(a, atom);
}

static int add_token(struct atoms *a, struct atom atom)
{
    struct atom *last = a->row[a->rows - 1].count ? &a->atom[a->count - 1] : NULL;
    if (number_is_digits(atom.text)) {
        atom.kind = ATOM_FIGURE;
        return add_atom(a, atom);
    }
    struct word *word = lexicon_word(a->lexicon, atom.text);
    struct word token = printed_token(a->labels, atom.text, word);
    if (token.figure) {
        atom.kind = ATOM_FIGURE;
        return add_atom(a, atom);
    }
    if (last && last->kind == ATOM_FIGURE && !last->note.n && token.note) {
        last->note = atom.text;
        return 0;
    }
    if (token.unit) {
        atom.kind = ATOM_UNIT;
        return add_atom(a, atom);
    }
    if (token.glued > 0) {
        struct atom figure = atom;
        figure.text = str_skip(atom.text, token.glued);
        figure.kind = ATOM_FIGURE;
        figure.x += printed_width(str_slice(atom.text, 0, token.glued));
        atom.text.n = token.glued;
        atom.end = figure.x;
        return add_text(a, atom, lexicon_word(a->lexicon, atom.text)) < 0 ? -1 : add_atom(a, figure);
    }
    return add_text(a, atom, word);
}

static int add_mark(struct atoms *a, struct atom atom, enum atom_kind kind, enum table_id table)
{
    atom.kind = (uint8_t)kind;
    atom.table = (uint8_t)table;
    return add_atom(a, atom);
}

static int read_paragraph(struct atoms *a, const struct block *block, uint32_t number)
{
    struct str rest = block->text, token;
    struct atom atom = {.text = str_trim(rest), .line = block->line};
    bool digits = number_is_digits(rest);
    struct word *line = digits ? NULL : lexicon_word(a->lexicon, rest), *word = line;
    if (atom.text.n == 0 || printed_page_mark(rest, line))
        return 0;
    if (add_row(a, (struct atom_row){.block = number}) < 0)
        return -1;
    if (atom.text.n != rest.n)
        word = lexicon_word(a->lexicon, atom.text);
    const struct meaning *heading = digits ? NULL : printed_heading(a->labels, atom.text, word);
    if (heading)
        return add_mark(a, atom, ATOM_HEADING, heading->table);
    if (line ? line->prose : printed_prose(rest))
        return add_mark(a, atom, ATOM_STOP, TABLE_NONE);
    uint32_t x = 0;
    while (printed_next(&rest, &x, &token)) {
        atom.text = token;
        atom.x = x;
        x += printed_width(token);
        atom.end = x;
        if (add_token(a, atom) < 0)
            return -1;
    }
    return 0;
}

/* Whether every row of a grid holds one cell and nothing else: cells one a line, each with a
 * separator behind it. A short piece is that only where a longer one in the document is. */
static bool is_single(const struct grid *grid, bool others)
{
    uint32_t rows = 0;
    for (uint32_t r = 0; r < grid->rows; r++) {
        uint32_t cells = grid->first[r + 1] - grid->first[r];
        for (uint32_t i = grid->first[r] + 1; i < grid->first[r + 1]; i++)
            if (str_trim(grid->cells[i].text).n > 0)
                return false;
        rows += cells > 0 && cells <= 2;
    }
    return (grid->rows > 3 || others) && rows == grid->rows;
}

static int read_cell(struct atoms *a, struct str text, struct word *word, struct atom atom,
                     bool alone)
{
    bool unit = false;
    if (number_is_digits(text)) {
        atom.text = text;
        return add_mark(a, atom, ATOM_FIGURE, TABLE_NONE);
    }
    atom.text = printed_plain(a->lexicon, text, &word);
    enum number_state state = printed_cell(atom.text, word, &unit);
    if (state == NUMBER_BLANK)
        return add_mark(a, atom, ATOM_EMPTY, TABLE_NONE);
    if (state != NUMBER_OTHER)
        return add_mark(a, atom, ATOM_FIGURE, TABLE_NONE);
    if (unit)
        return add_mark(a, atom, ATOM_UNIT, TABLE_NONE);
    if (alone) {
        const struct meaning *heading = printed_heading(a->labels, atom.text, word);
        if (heading)
            return add_mark(a, atom, ATOM_HEADING, heading->table);
    }
    return add_text(a, atom, word);
}

/* The column where each cell of the grid begins; its place among its row's cells without spans. */
static int read_columns(struct atoms *a, const struct grid *grid, uint32_t *x,
                        const struct grid_place **out)
{
    bool spans = false;
    for (uint32_t i = 0; i < grid->count; i++)
        spans |= grid->cells[i].rowspan > 1 || grid->cells[i].colspan > 1;
    for (uint32_t r = 0; r < grid->rows; r++)
        for (uint32_t i = grid->first[r]; i < grid->first[r + 1]; i++)
            x[i] = i - grid->first[r];
    *out = NULL;
    if (!spans || (uint64_t)grid->rows * GRID_COLUMNS > GRID_PLACES)
        return 0;
    struct grid_place *place = arena_alloc(a->arena, sizeof *place);
    if (!place || grid_layout(a->arena, grid, GRID_COLUMNS, place) < 0)
        return -1;
    for (uint32_t r = 0; r < place->rows; r++)
        for (uint32_t c = place->columns; c > 0; c--) {
            uint32_t i = place->cell[(size_t)r * place->columns + c - 1];
            if (i != UINT32_MAX && i >= grid->first[r] && i < grid->first[r + 1])
                x[i] = c - 1;
        }
    *out = place;
    return 0;
}

/* A row of labels alone that is shorter than its grid has empty cells behind: spreadsheets leave
 * them out. In plain text it may be a label cut over two rows. */
static int pad_row(struct atoms *a, const struct block *block, uint32_t r, uint32_t widest)
{
    const struct grid *grid = &block->grid;
    const struct atom_row *row = &a->row[a->rows - 1];
    uint32_t cells = grid->first[r + 1] - grid->first[r];
    if (block->text.n > 0 || cells == 0 || cells >= widest || row->count == 0)
        return 0;
    for (uint32_t i = row->first; i < row->first + row->count; i++)
        if (a->atom[i].kind != ATOM_TEXT && a->atom[i].kind != ATOM_UNIT)
            return 0;
    struct atom last = a->atom[a->count - 1], atom = {.line = last.line, .x = last.end};
    if (last.kind == ATOM_UNIT && row->count > 1)
        last = a->atom[a->count - 2];
    uint16_t key[KEY_MAX];
    memcpy(key, a->key + last.key, last.key_n * sizeof *key);
    size_t n = fold_unbracket(key, NULL, last.key_n, false);
    const struct label *label = labels_find(a->labels, key, n);
    bool named = label_as(label, TABLE_NONE, PLACE_ROW) && !label_as(label, TABLE_4, PLACE_ROW) &&
                 !label_as(label, TABLE_NONE, PLACE_COLUMN);
    if (!named)
        return 0;
    atom.end = atom.x + 1;
    return add_mark(a, atom, ATOM_EMPTY, TABLE_NONE);
}

static int read_grid(struct atoms *a, const struct block *block, uint32_t number)
{
    const struct grid *grid = &block->grid;
    const struct grid_place *place;
    bool single = is_single(grid, a->has_single);
    uint32_t widest = 0;
    uint32_t *x = arena_array(a->arena, grid->count + 1, sizeof *x);
    if (!x || read_columns(a, grid, x, &place) < 0)
        return -1;
    for (uint32_t r = 0; r < grid->rows; r++)
        if (grid->first[r + 1] - grid->first[r] > widest)
            widest = grid->first[r + 1] - grid->first[r];
    for (uint32_t r = 0; r < grid->rows; r++) {
        struct atom_row row = {.block = number, .grid_row = r, .place = place, .grid = !single};
        row.text = block->text.n > 0;
        uint32_t filled = 0, end = single ? grid->first[r] + 1 : grid->first[r + 1];
        if (add_row(a, row) < 0)
            return -1;
        for (uint32_t i = grid->first[r]; i < grid->first[r + 1]; i++)
            filled += str_trim(grid->cells[i].text).n > 0;
        for (uint32_t i = grid->first[r]; i < end && i < grid->first[r + 1]; i++) {
            const struct grid_cell *cell = &grid->cells[i];
            struct word *word = number_is_digits(cell->text)
                                    ? NULL
                                    : lexicon_word(a->lexicon, cell->text);
            if (filled == 1 && printed_page_mark(cell->text, word))
                continue;
            struct atom atom = {.line = cell->line, .x = x[i], .end = x[i] + cell->colspan};
            if (read_cell(a, cell->text, word, atom, filled == 1) < 0)
                return -1;
        }
        if (!single && pad_row(a, block, r, widest) < 0)
            return -1;
    }
    return 0;
}

/* A number alone between two pieces of a table whose cells have separators is a page mark. */
static bool parts_grids(const struct document *doc, uint32_t b)
{
    const struct block *block = &doc->blocks[b];
    struct str s = str_trim(block->text);
    uint32_t before = b, behind = b + 1;
    if (block->kind == BLOCK_GRID || s.n == 0 || s.n > 4)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    while (before > 0 && doc->blocks[before - 1].kind == BLOCK_PARAGRAPH &&
           str_trim(doc->blocks[before - 1].text).n == 0)
        before--;
    while (behind < doc->count && doc->blocks[behind].kind == BLOCK_PARAGRAPH &&
           str_trim(doc->blocks[behind].text).n == 0)
        behind++;
    return before > 0 && doc->blocks[before - 1].kind == BLOCK_GRID && behind < doc->count &&
           doc->blocks[behind].kind == BLOCK_GRID;
}

/* Counts the cells that stand alone on a line, and those that say what one before them said: where
 * a crawler dropped repeated lines there are none. */
static void count_repeats(struct atoms *a)
{
    uint64_t seen[SEEN] = {0};
    for (uint32_t r = 0; r < a->rows; r++) {
        const struct atom *atom = &a->atom[a->row[r].first];
        if (a->row[r].count != 1 || atom->text.n == 0)
            continue;
        uint64_t hash = hash_text(atom->text, 0) | 1;
        uint32_t at = (uint32_t)(hash >> 32) % SEEN, tries = 0;
        while (seen[at] && seen[at] != hash && tries++ < 32)
            at = (at + 1) % SEEN;
        a->cell_lines++;
        a->repeated_lines += seen[at] == hash;
        if (!seen[at])
            seen[at] = hash;
    }
}

/* For an atom a cell, some a short line and a row a line: mostly enough. */
static int make_room(struct atoms *a)
{
    a->atom = (void *)arena_bytes(a->arena, a->atom_capacity * sizeof *a->atom);
    a->row = (void *)arena_bytes(a->arena, a->row_capacity * sizeof *a->row);
    return a->atom && a->row ? 0 : -1;
}

int atoms_read(struct atoms *atoms, const struct recogniser *recogniser,
               const struct document *doc, struct arena *arena)
{
    *atoms = (struct atoms){
        .arena = arena, .labels = recogniser->labels, .lexicon = recogniser->lexicon};
    for (uint32_t b = 0; b < doc->count; b++) {
        const struct block *block = &doc->blocks[b];
        bool grid = block->kind == BLOCK_GRID;
        if (grid)
            atoms->has_single |= is_single(&block->grid, false);
        size_t line = block->text.n < PROSE ? 1 + block->text.n / TOKEN : 1;
        atoms->atom_capacity += grid ? block->grid.count : line;
        atoms->row_capacity += grid ? block->grid.rows : 1;
    }
    if (make_room(atoms) < 0)
        return -1;
    for (uint32_t b = 0; b < doc->count; b++) {
        const struct block *block = &doc->blocks[b];
        if (parts_grids(doc, b))
            continue;
        int status = block->kind == BLOCK_GRID ? read_grid(atoms, block, b)
                                               : read_paragraph(atoms, block, b);
        if (status < 0)
            return -1;
    }
    count_repeats(atoms);
    return 0;
}

bool atoms_single(const struct atoms *atoms, const struct atom *atom)
{
    const struct atom_row *row = &atoms->row[atom->row];
    return !row->grid && row->count == 1;
}
