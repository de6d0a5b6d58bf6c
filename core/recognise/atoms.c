#include "core/recognise/atoms.h"

#include <string.h>

#include "core/text/hash.h"
#include "core/text/number.h"

enum { KEY_MAX = 2 * LABEL_MAX, GRID_COLUMNS = 64, GRID_PLACES = 1 << 20, SEEN = 1024 };

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

/* Folds a text, of which `word` may know. */
static size_t fold_word(const struct atoms *a, struct word *word, struct str text,
                        uint16_t key[KEY_MAX + 1])
{
    if (word && word->known & WORD_FOLDED) {
        if (word->key_n <= KEY_MAX)
            memcpy(key, word->key, word->key_n * sizeof *key);
        return word->key_n;
    }
    size_t n = fold(a->labels->folding, text, key, KEY_MAX + 1);
    if (word && n <= KEY_MAX) {
        uint16_t *kept = arena_array(lexicon_arena(a->lexicon), n + 1, sizeof *kept);
        if (!kept)
            return n;
        memcpy(kept, key, n * sizeof *key);
        word->key = kept;
    }
    if (word) {
        word->key_n = (uint16_t)n;
        word->known |= WORD_FOLDED;
    }
    return n;
}

/* Folds the text of an atom into the pool; a text too long for any label becomes a stop. `word` is
 * that of the text, or NULL. */
static int add_text(struct atoms *a, struct atom atom, struct word *word)
{
    uint16_t key[KEY_MAX + 1];
    size_t n = fold_word(a, word, atom.text, key);
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

static uint32_t width_of(struct str s)
{
    uint32_t width = 0;
    size_t n;
    for (; s.n > 0; s = str_skip(s, n))
        width += utf8_next(s, &n) >= 0x1100 ? 2 : 1;
    return width;
}

/* The heading that a whole line or cell is; NULL when it is none. `word` is that of the text. */
static const struct meaning *heading_of(const struct labels *labels, struct str text,
                                        struct word *word)
{
    uint16_t key[KEY_MAX];
    if (text.n > 3 * LABEL_MAX)
        return NULL;
    if (word && word->known & WORD_HEADING)
        return word->heading;
    size_t n = fold(labels->folding, text, key, KEY_MAX);
    n = fold_unbracket(key, NULL, n, false);
    const struct label *label = labels_find(labels, key, n);
    size_t ordinal = fold_ordinal(key, n);
    if (!label_as(label, TABLE_NONE, PLACE_HEADING))
        label = labels_find(labels, key + ordinal, n - ordinal);
    const struct meaning *heading = label_as(label, TABLE_NONE, PLACE_HEADING);
    if (word) {
        word->heading = heading;
        word->known |= WORD_HEADING;
    }
    return heading;
}

static bool is_page_mark(struct str line);
static bool is_prose(struct str line);

/* The same, where `word` is that of the line. */
static bool is_page(struct str line, struct word *word)
{
    if (number_is_digits(line))
        return false;
    if (word && word->known & WORD_PAGE)
        return word->page_mark;
    bool page = is_page_mark(line);
    if (word) {
        word->page_mark = page;
        word->prose = is_prose(line);
        word->known |= WORD_PAGE;
    }
    return page;
}

/* Page marks: - 4 -, 第 4 页 共 9 页, P. 7, Page 8 - …, 4 / 12. A line of one number may be a cell. */
static bool is_page_mark(struct str line)
{
    struct str s = str_trim(line);
    size_t n, digits = 0, dashes = 0, other = 0, parts = 0;
    bool in_number = false;
    if (str_starts(s, STR("Page ")) && s.n > 5 && s.p[5] >= '0' && s.p[5] <= '9')
        return true; /* Page 8 - and the title, however long */
    if (s.n == 0 || s.n > 60)
        return false;
    if (str_starts(s, STR("P.")))
        return s.p[s.n - 1] >= '0' && s.p[s.n - 1] <= '9';
    bool page = str_starts(s, STR("第")) && str_has(s, STR("页"));
    for (; s.n > 0; s = str_skip(s, n)) {
        uint32_t c = utf8_next(s, &n);
        bool digit = c >= '0' && c <= '9';
        parts += digit && !in_number;
        in_number = digit;
        digits += digit;
        if (c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0xFF0D || c == 0xB7 || c == '~')
            dashes++;
        else if (!digit && c != ' ' && c != 0x3000 && c != '/' && c != 0xA0)
            other++;
        if (other > 0 && !page)
            return false;
    }
    if (page)
        return digits > 0 && other <= 6;
    return digits > 0 && digits <= 4 && dashes >= 2 && parts == 1;
}

static bool is_prose(struct str line)
{
    static const char *const marks[] = {"。", "；", "！", "？"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_has(line, str_from(marks[i])))
            return true;
    return false;
}

/* Where a figure begins that is glued to the end of a label: (七)总计3. 0 when there is none. */
static size_t glued_figure(const struct labels *labels, struct str token)
{
    size_t at = token.n;
    while (at > 0 && strchr("0123456789,.", token.p[at - 1]) && token.p[at - 1])
        at--;
    while (at < token.n && (token.p[at] == '.' || token.p[at] == ','))
        at++;
    if (at == 0 || at == token.n)
        return 0;
    uint16_t key[KEY_MAX];
    size_t n = fold(labels->folding, str_slice(token, 0, at), key, KEY_MAX);
    n = fold_unbracket(key, NULL, n, false);
    const struct label *label = labels_suffix(labels, key, n, NULL, NULL, &(size_t){0});
    return label_as(label, TABLE_NONE, PLACE_ROW) ? at : 0;
}

/* A bracketed remark behind a figure, no ordinal: （其中修订16件）. */
static bool is_note(const struct labels *labels, struct str token)
{
    uint16_t key[KEY_MAX];
    size_t n = fold(labels->folding, token, key, KEY_MAX);
    for (size_t i = 0; i + 1 < n; i++)
        if (key[i] == FOLD_CLOSE)
            return false;
    return n > 4 && key[0] == FOLD_OPEN && key[n - 1] == FOLD_CLOSE &&
           fold_ordinal(key + 1, n - 2) < n - 2;
}

/* Digits and separators that make no figure alone, as at the edge of a column: 14,63. */
static bool is_cut_figure(struct str token)
{
    size_t n, digits = 0;
    for (; token.n > 0; token = str_skip(token, n)) {
        uint32_t c = utf8_next(token, &n);
        bool digit = (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
        if (!digit && c != ',' && c != '.' && c != 0xFF0C && c != 0xFF0E)
            return false;
        if (!digit && digits == 0)
            return false;
        digits += digit;
    }
    return digits > 1;
}

/* What a token of a line is, apart from what stands before it. */
static struct word token_of(struct atoms *a, struct str text, struct word *word)
{
    if (word && word->known & WORD_TOKEN)
        return *word;
    struct word token = word ? *word : (struct word){0};
    enum number_state state = number_read(text).state;
    token.figure = number_is_figure(text) || state == NUMBER_NA || is_cut_figure(text);
    token.unit = !token.figure && number_is_unit(text);
    token.note = !token.figure && is_note(a->labels, text);
    token.glued = token.figure || token.unit ? 0 : (uint32_t)glued_figure(a->labels, text);
    if (word) {
        token.known |= WORD_TOKEN;
        *word = token;
    }
    return token;
}

static int add_token(struct atoms *a, struct atom atom)
{
    struct atom *last = a->row[a->rows - 1].count ? &a->atom[a->count - 1] : NULL;
    if (number_is_digits(atom.text)) {
        atom.kind = ATOM_FIGURE;
        return add_atom(a, atom);
    }
    struct word *word = lexicon_word(a->lexicon, atom.text);
    struct word token = token_of(a, atom.text, word);
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
        figure.x += width_of(str_slice(atom.text, 0, token.glued));
        atom.text.n = token.glued;
        atom.end = figure.x;
        return add_text(a, atom, lexicon_word(a->lexicon, atom.text)) < 0 ? -1 : add_atom(a, figure);
    }
    return add_text(a, atom, word);
}

/* The next run of anything but white space; moves `rest` and its column behind it. */
static bool next_token(struct str *rest, uint32_t *x, struct str *token)
{
    size_t n;
    while (rest->n > 0) {
        uint32_t c = utf8_next(*rest, &n);
        if (str_trim(str_slice(*rest, 0, n)).n > 0)
            break;
        *x += c >= 0x1100 ? 2 : 1;
        *rest = str_skip(*rest, n);
    }
    size_t end = 0;
    while (end < rest->n) {
        utf8_next(str_skip(*rest, end), &n);
        if (str_trim(str_slice(*rest, end, end + n)).n == 0)
            break;
        end += n;
    }
    *token = str_slice(*rest, 0, end);
    *rest = str_skip(*rest, end);
    return end > 0;
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
    if (atom.text.n == 0 || is_page(rest, line))
        return 0;
    if (add_row(a, (struct atom_row){.block = number}) < 0)
        return -1;
    if (atom.text.n != rest.n)
        word = lexicon_word(a->lexicon, atom.text);
    const struct meaning *heading = digits ? NULL : heading_of(a->labels, atom.text, word);
    if (heading)
        return add_mark(a, atom, ATOM_HEADING, heading->table);
    if (line ? line->prose : is_prose(rest))
        return add_mark(a, atom, ATOM_STOP, TABLE_NONE);
    uint32_t x = 0;
    while (next_token(&rest, &x, &token)) {
        atom.text = token;
        atom.x = x;
        x += width_of(token);
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

/* The text of a cell without the asterisks that Markdown prints bold with. */
static struct str plain(struct str text)
{
    struct str s = str_trim(text);
    for (int i = 0; i < 2; i++) {
        struct str mark = i ? STR("*") : STR("**");
        if (s.n > 2 * mark.n && str_starts(s, mark) && str_ends(s, mark))
            return str_trim(str_slice(s, mark.n, s.n - mark.n));
    }
    return s;
}

/* What a cell with that plain text is. */
static enum number_state cell_state(struct str text, struct word *word, bool *unit)
{
    if (word && word->known & WORD_CELL) {
        *unit = word->unit;
        return (enum number_state)word->state;
    }
    enum number_state state = number_read(text).state;
    *unit = state == NUMBER_OTHER && number_is_unit(text);
    if (word) {
        word->state = (uint8_t)state;
        word->unit = *unit;
        word->known |= WORD_CELL;
    }
    return state;
}

/* The plain text of a cell; `word` is that of the cell before, and of the plain text afterwards. */
static struct str plain_text(struct atoms *a, struct str text, struct word **word)
{
    struct str s;
    if (*word && (*word)->known & WORD_PLAIN) {
        s = str_slice(text, (*word)->plain_from, (size_t)(*word)->plain_from + (*word)->plain_n);
    } else {
        s = plain(text);
        if (*word) {
            (*word)->plain_from = s.n ? (uint8_t)(s.p - text.p) : 0;
            (*word)->plain_n = (uint8_t)s.n;
            (*word)->known |= WORD_PLAIN;
        }
    }
    if (s.n != text.n)
        *word = lexicon_word(a->lexicon, s);
    return s;
}

static int read_cell(struct atoms *a, struct str text, struct word *word, struct atom atom,
                     bool alone)
{
    bool unit = false;
    if (number_is_digits(text)) {
        atom.text = text;
        return add_mark(a, atom, ATOM_FIGURE, TABLE_NONE);
    }
    atom.text = plain_text(a, text, &word);
    enum number_state state = cell_state(atom.text, word, &unit);
    if (state == NUMBER_BLANK)
        return add_mark(a, atom, ATOM_EMPTY, TABLE_NONE);
    if (state != NUMBER_OTHER)
        return add_mark(a, atom, ATOM_FIGURE, TABLE_NONE);
    if (unit)
        return add_mark(a, atom, ATOM_UNIT, TABLE_NONE);
    if (alone) {
        const struct meaning *heading = heading_of(a->labels, atom.text, word);
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
            if (filled == 1 && is_page(cell->text, word))
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

int atoms_read(struct atoms *atoms, const struct recogniser *recogniser,
               const struct document *doc, struct arena *arena)
{
    *atoms = (struct atoms){
        .arena = arena, .labels = recogniser->labels, .lexicon = recogniser->lexicon};
    for (uint32_t b = 0; b < doc->count; b++)
        if (doc->blocks[b].kind == BLOCK_GRID)
            atoms->has_single |= is_single(&doc->blocks[b].grid, false);
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
