#include "importers/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "importers/text.h"

enum { LABELS_LEAST = 20 }; /* a form prints more words than that */

struct merge {
    uint32_t row, column, last_row, last_column;
};

/* The cells of one row: from `first` up to the next row's. */
struct row {
    uint32_t number, first, filled;
};

struct sheet {
    struct arena *arena;
    struct sheet_cell *cells;
    struct merge *merges;
    struct row *rows;
    size_t count, capacity, merge_count, merge_capacity, row_count, row_capacity;
    uint32_t width; /* the last column that holds something */
};

struct sheet *sheet_new(struct arena *arena)
{
    struct sheet *sheet = arena_alloc(arena, sizeof *sheet);
    if (sheet)
        sheet->arena = arena;
    return sheet;
}

int sheet_add(struct sheet *s, struct sheet_cell cell)
{
    if (s->row_count == 0 || s->rows[s->row_count - 1].number != cell.row) {
        if (arena_grow(s->arena, &s->rows, s->row_count, &s->row_capacity, sizeof *s->rows) < 0)
            return -1;
        s->rows[s->row_count++] = (struct row){cell.row, (uint32_t)s->count, 0};
    }
    if (arena_grow(s->arena, &s->cells, s->count, &s->capacity, sizeof *s->cells) < 0)
        return -1;
    s->cells[s->count++] = cell;
    if (cell.text.n > 0) {
        s->rows[s->row_count - 1].filled++;
        s->width = cell.column > s->width ? cell.column : s->width;
    }
    return 0;
}

int sheet_merge(struct sheet *s, uint32_t row, uint32_t column, uint32_t last_row,
                uint32_t last_column)
{
    if (last_row < row || last_column < column || (last_row == row && last_column == column))
        return 0;
    if (arena_grow(s->arena, &s->merges, s->merge_count, &s->merge_capacity, sizeof *s->merges) < 0)
        return -1;
    s->merges[s->merge_count++] = (struct merge){row, column, last_row, last_column};
    return 0;
}

static uint32_t row_end(const struct sheet *s, size_t r)
{
    return r + 1 < s->row_count ? s->rows[r + 1].first : (uint32_t)s->count;
}

size_t sheet_rows(const struct sheet *s)
{
    return s->row_count;
}

uint32_t sheet_row(const struct sheet *s, size_t row, struct csv_field *fields, size_t most,
                   size_t *count)
{
    uint32_t number = s->rows[row].number;
    *count = 0;
    for (uint32_t i = s->rows[row].first; i < row_end(s, row); i++) {
        const struct sheet_cell *cell = &s->cells[i];
        if (cell->column > most || (cell->text.n == 0 && cell->column > s->width))
            break;
        while (*count < cell->column)
            fields[(*count)++] = (struct csv_field){{"", 0}, cell->line};
        fields[cell->column - 1].text = cell->text;
    }
    return number;
}

/* Hidden rows and columns -------------------------------------------------------------------------- */

/* The first row from `row` on that is shown. */
static uint32_t shown_row(const struct sheet_hidden *hidden, uint32_t row)
{
    size_t low = 0, high = hidden->row_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (hidden->rows[middle].last < row)
            low = middle + 1;
        else
            high = middle;
    }
    bool inside = low < hidden->row_count && hidden->rows[low].first <= row;
    return inside ? hidden->rows[low].last + 1 : row;
}

static bool is_hidden(const struct sheet_hidden *hidden, uint32_t column)
{
    return column <= hidden->columns && hidden->column[column];
}

/* Of two cells at one place the one that says something comes first. */
static int by_cell(const void *a, const void *b)
{
    const struct sheet_cell *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return (x->text.n == 0) - (y->text.n == 0);
}

/* The cell at a place: its index, or how many there are. */
static size_t cell_at(const struct sheet *s, uint32_t row, uint32_t column)
{
    const struct sheet_cell key = {.row = row, .column = column, .text = {"", 1}};
    size_t low = 0, high = s->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_cell(&s->cells[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->count && s->cells[low].row == row && s->cells[low].column == column ? low : s->count;
}

/* Drops merges that are hidden as a whole. `place[i]` becomes where cell i is to go: the first place
 * that is shown of a merge it begins. */
static void move_merges(struct sheet *s, const struct sheet_hidden *hidden, struct sheet_cell *place)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->merge_count; i++) {
        struct merge merge = s->merges[i];
        uint32_t row = shown_row(hidden, merge.row), column = merge.column;
        while (column <= merge.last_column && is_hidden(hidden, column))
            column++;
        if (row > merge.last_row || column > merge.last_column)
            continue;
        size_t at = cell_at(s, merge.row, merge.column);
        if (at < s->count)
            place[at] = (struct sheet_cell){.row = row, .column = column};
        merge.row = row;
        merge.column = column;
        s->merges[kept++] = merge;
    }
    s->merge_count = kept;
}

int sheet_hide(struct sheet *s, const struct sheet_hidden *hidden)
{
    struct sheet_cell *place = arena_array(s->arena, s->count + 1, sizeof *place);
    uint32_t *before = arena_array(s->arena, (size_t)hidden->columns + 1, sizeof *before);
    size_t count = s->count, kept = 0;
    if (!place || !before)
        return -1;
    for (uint32_t c = 1; c <= hidden->columns; c++) /* hidden columns up to and with this one */
        before[c] = before[c - 1] + hidden->column[c];
    move_merges(s, hidden, place);
    for (size_t i = 0; i < count; i++) {
        struct sheet_cell cell = s->cells[i];
        if (place[i].row > 0) {
            cell.row = cell.line = place[i].row;
            cell.column = place[i].column;
        }
        if (shown_row(hidden, cell.row) == cell.row && !is_hidden(hidden, cell.column))
            s->cells[kept++] = cell;
    }
    qsort(s->cells, kept, sizeof *s->cells, by_cell);
    s->count = s->row_count = s->width = 0;
    for (size_t i = 0; i < kept; i++) { /* never more than are read */
        struct sheet_cell cell = s->cells[i];
        uint32_t last = cell.column < hidden->columns ? cell.column : hidden->columns;
        cell.column -= before[last];
        bool again = s->count > 0 && s->cells[s->count - 1].row == cell.row &&
                     s->cells[s->count - 1].column == cell.column;
        if (!again && sheet_add(s, cell) < 0)
            return -1;
    }
    for (size_t i = 0; i < s->merge_count; i++) {
        struct merge *m = &s->merges[i];
        m->column -= before[m->column < hidden->columns ? m->column : hidden->columns];
        m->last_column -= before[m->last_column < hidden->columns ? m->last_column : hidden->columns];
    }
    return 0;
}

/* Words, not figures: what a form prints. */
static bool is_label(struct str text)
{
    return text.n >= 6 && (unsigned char)text.p[0] >= 0x80;
}

bool sheet_alike(const struct sheet *a, const struct sheet *b)
{
    size_t labels_a = 0, labels_b = 0, same = 0;
    for (size_t i = 0; i < a->count; i++)
        labels_a += is_label(a->cells[i].text);
    for (size_t k = 0, i = 0; k < b->count; k++) {
        const struct sheet_cell *cell = &b->cells[k];
        if (!is_label(cell->text))
            continue;
        labels_b++;
        while (i < a->count && (a->cells[i].row < cell->row ||
                                (a->cells[i].row == cell->row && a->cells[i].column < cell->column)))
            i++;
        same += i < a->count && a->cells[i].row == cell->row &&
                a->cells[i].column == cell->column && str_eq(a->cells[i].text, cell->text);
    }
    size_t fewer = labels_a < labels_b ? labels_a : labels_b;
    return fewer >= LABELS_LEAST && same * 10 >= fewer * 8;
}

static int by_place(const void *a, const void *b)
{
    const struct merge *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

/* A row of one cell as text: each of its lines a paragraph. */
static int write_text(const struct sheet *s, size_t r, struct document *doc)
{
    for (uint32_t i = s->rows[r].first; i < row_end(s, r); i++)
        if (s->cells[i].text.n > 0 &&
            text_block(doc, s->cells[i].text, s->cells[i].line) < 0)
            return -1;
    return 0;
}

/* The merge that begins at this cell, NULL when none does. `*at` moves on with the rows. */
static const struct merge *merge_at(const struct sheet *s, size_t *at, uint32_t row,
                                    uint32_t column)
{
    while (*at < s->merge_count &&
           (s->merges[*at].row < row ||
            (s->merges[*at].row == row && s->merges[*at].column < column)))
        (*at)++;
    if (*at < s->merge_count && s->merges[*at].row == row && s->merges[*at].column == column)
        return &s->merges[*at];
    return NULL;
}

/* How many rows that are written lie in a merge that begins in row `r`. */
static uint32_t rows_in(const struct sheet *s, size_t r, size_t last, uint32_t last_row)
{
    uint32_t n = 0;
    for (size_t i = r; i <= last && s->rows[i].number <= last_row; i++)
        n += s->rows[i].filled > 0;
    return n > UINT16_MAX ? UINT16_MAX : n;
}

struct writing {
    struct sheet *sheet;
    struct grid_builder *grid;
    size_t last, merge; /* the last row of the grid; the merge to come */
    uint32_t *covered;  /* for each column, the last row that a merge from above covers */
};

/* The columns that row `r` states: up to its last cell or merge. */
static uint32_t width_of(const struct writing *w, size_t r)
{
    const struct sheet *s = w->sheet;
    uint32_t end = row_end(s, r);
    uint32_t width = end > s->rows[r].first ? s->cells[end - 1].column : 0;
    return width < s->width ? width : s->width;
}

static int write_row(struct writing *w, size_t r)
{
    struct sheet *s = w->sheet;
    uint32_t number = s->rows[r].number, i = s->rows[r].first, width = width_of(w, r);
    uint32_t line = s->cells[i].line;
    if (grid_row(w->grid) < 0)
        return -1;
    for (uint32_t column = 1; column <= width; column++) {
        struct grid_cell cell = {.line = line};
        while (i < row_end(s, r) && s->cells[i].column < column)
            i++;
        if (i < row_end(s, r) && s->cells[i].column == column) {
            cell.text = s->cells[i].text;
            cell.line = s->cells[i].line;
        }
        if (w->covered[column] >= number)
            continue;
        const struct merge *merge = merge_at(s, &w->merge, number, column);
        if (merge) {
            uint32_t last = merge->last_column < s->width ? merge->last_column : s->width;
            last = last < column ? column : last;
            cell.colspan = (uint16_t)(last - column + 1);
            cell.rowspan = (uint16_t)rows_in(s, r, w->last, merge->last_row);
            for (uint32_t c = column; c <= last; c++)
                w->covered[c] = merge->last_row;
        }
        if (grid_cell(w->grid, cell) < 0)
            return -1;
    }
    return 0;
}

static int write_grid(struct sheet *s, size_t first, size_t last, struct document *doc)
{
    struct writing w = {.sheet = s, .last = last};
    w.grid = document_grid(doc, s->cells[s->rows[first].first].line);
    w.covered = arena_array(s->arena, (size_t)s->width + 2, sizeof *w.covered);
    if (!w.grid || !w.covered)
        return -1;
    for (size_t r = first; r <= last; r++)
        if ((s->rows[r].filled > 0 || r == last) && write_row(&w, r) < 0)
            return -1;
    return grid_end(w.grid);
}

/* A merged head may reach past any text: it counts where its row holds more than itself. */
static void widen(struct sheet *s)
{
    size_t r = 0;
    for (size_t i = 0; i < s->merge_count; i++) {
        while (r < s->row_count && s->rows[r].number < s->merges[i].row)
            r++;
        if (r < s->row_count && s->rows[r].number == s->merges[i].row && s->rows[r].filled > 1 &&
            s->merges[i].last_column > s->width)
            s->width = s->merges[i].last_column;
    }
}

int sheet_write(struct sheet *s, struct document *doc)
{
    size_t first = 0, last = s->row_count;
    if (s->merge_count > 0)
        qsort(s->merges, s->merge_count, sizeof *s->merges, by_place);
    widen(s);
    while (first < s->row_count && s->rows[first].filled < 2)
        first++;
    while (last > first && s->rows[last - 1].filled < 2)
        last--;
    if (first < last && last < s->row_count && s->rows[last].filled == 0)
        last++; /* a last row of figures may be left empty */
    for (size_t r = 0; r < first; r++)
        if (write_text(s, r, doc) < 0)
            return -1;
    if (first < last && write_grid(s, first, last - 1, doc) < 0)
        return -1;
    for (size_t r = last; r < s->row_count; r++)
        if (r >= first && write_text(s, r, doc) < 0)
            return -1;
    return 0;
}
