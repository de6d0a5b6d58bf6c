#include "core/model/document.h"

#include <string.h>

struct grid_builder {
    struct document *doc;
    uint32_t block;
    struct grid grid;
    size_t cell_capacity, row_capacity;
};

struct document *document_new(struct arena *arena)
{
    struct document *doc = arena_alloc(arena, sizeof *doc);
    if (doc) {
        doc->arena = arena;
        doc->line = 1;
    }
    return doc;
}

static struct block *add_block(struct document *doc, enum block_kind kind, uint32_t line)
{
    if (arena_grow(doc->arena, &doc->blocks, doc->count, &doc->capacity, sizeof *doc->blocks) < 0)
        return NULL;
    struct block *block = &doc->blocks[doc->count++];
    *block = (struct block){.kind = kind, .line = line};
    return block;
}

int document_paragraph(struct document *doc, struct str text, uint32_t line)
{
    struct block *block = add_block(doc, BLOCK_PARAGRAPH, line);
    if (!block)
        return -1;
    block->text = text;
    return 0;
}

struct grid_builder *document_grid(struct document *doc, uint32_t line)
{
    struct grid_builder *b = arena_alloc(doc->arena, sizeof *b);
    if (!b || !add_block(doc, BLOCK_GRID, line))
        return NULL;
    b->doc = doc;
    b->block = doc->count - 1;
    return b;
}

int grid_row(struct grid_builder *b)
{
    struct arena *arena = b->doc->arena;
    /* one place more than rows: the end of the last one */
    if (arena_grow(arena, &b->grid.first, b->grid.rows + 1, &b->row_capacity,
                   sizeof *b->grid.first) < 0)
        return -1;
    b->grid.first[b->grid.rows++] = b->grid.count;
    b->grid.first[b->grid.rows] = b->grid.count;
    return 0;
}

int grid_cell(struct grid_builder *b, struct grid_cell cell)
{
    if (b->grid.rows == 0 && grid_row(b) < 0)
        return -1;
    if (arena_grow(b->doc->arena, &b->grid.cells, b->grid.count, &b->cell_capacity,
                   sizeof *b->grid.cells) < 0)
        return -1;
    cell.rowspan = cell.rowspan ? cell.rowspan : 1;
    cell.colspan = cell.colspan ? cell.colspan : 1;
    if (!cell.column)
        cell.column = b->grid.count - b->grid.first[b->grid.rows - 1] + 1;
    b->grid.cells[b->grid.count++] = cell;
    b->grid.first[b->grid.rows] = b->grid.count;
    return 0;
}

int grid_end(struct grid_builder *b)
{
    b->doc->blocks[b->block].grid = b->grid;
    return 0;
}

int document_lay_out(const struct document *doc, struct arena *arena, struct document *out)
{
    struct document laid = *doc;
    laid.arena = arena;
    laid.stated = NULL;
    laid.stated_count = 0;
    struct grid_builder *grid = document_grid(&laid, doc->line);
    for (uint32_t i = 0; grid && i < doc->stated_count; i++) {
        const struct stated_cell *s = &doc->stated[i];
        struct grid_cell name = {.text = doc->names->name[s->name], .line = s->line};
        struct grid_cell text = {.text = s->text, .line = s->line};
        if (grid_row(grid) < 0 || grid_cell(grid, name) < 0 || grid_cell(grid, text) < 0)
            return -1;
    }
    if (!grid || grid_end(grid) < 0)
        return -1;
    *out = laid;
    return 0;
}

/* Where each row stands while a grid is laid out: the cell that covers a column, and the row before
 * which it ends. */
struct covered {
    uint32_t cell, until;
};

/* Lays the cells out row by row as a browser would; a slot that two cells cover is the later one's in
 * that one's first row, and below it belongs to the one that reaches further down. Columns of `out`
 * are filled when it has cells. Returns how many columns there are. */
static uint32_t lay(const struct grid *grid, uint32_t columns_max, struct covered *covered,
                    struct grid_place *out)
{
    uint32_t widest = 0;
    for (uint32_t r = 0; r < grid->rows; r++) {
        uint32_t *row = out->cell ? out->cell + (size_t)r * out->columns : NULL;
        for (uint32_t at = 0; row && at < out->columns; at++)
            if (covered[at].until > r)
                row[at] = covered[at].cell;
        uint32_t c = 0;
        for (uint32_t i = grid->first[r]; i < grid->first[r + 1]; i++) {
            const struct grid_cell *cell = &grid->cells[i];
            uint32_t below = r + cell->rowspan < grid->rows ? r + cell->rowspan : grid->rows;
            while (c < columns_max && covered[c].until > r)
                c++;
            uint32_t end = c + cell->colspan < columns_max ? c + cell->colspan : columns_max;
            for (uint32_t at = c; at < end; at++) {
                if (row)
                    row[at] = i;
                if (below >= covered[at].until)
                    covered[at] = (struct covered){i, below};
            }
            c = end;
            widest = end > widest ? end : widest;
        }
    }
    return widest;
}

int grid_layout(struct arena *arena, const struct grid *grid, uint32_t columns_max,
                struct grid_place *out)
{
    struct covered *covered = arena_array(arena, columns_max, sizeof *covered);
    if (!covered)
        return -1;
    *out = (struct grid_place){.rows = grid->rows};
    out->columns = lay(grid, columns_max, covered, out);
    out->cell = arena_array(arena, (size_t)out->rows * out->columns, sizeof *out->cell);
    if (!out->cell)
        return -1;
    memset(out->cell, 0xff, (size_t)out->rows * out->columns * sizeof *out->cell);
    memset(covered, 0, columns_max * sizeof *covered);
    lay(grid, columns_max, covered, out);
    return 0;
}
