#include "importers/docx_table.h"

int docx_row(struct docx_table *t, struct arena *arena)
{
    if (arena_grow(arena, &t->first, t->rows + 1, &t->row_capacity, sizeof *t->first) < 0)
        return -1;
    t->first[t->rows++] = (uint32_t)t->count;
    t->first[t->rows] = (uint32_t)t->count;
    t->column = 1;
    return 0;
}

int docx_cell(struct docx_table *t, struct arena *arena, struct docx_cell cell)
{
    if (t->rows == 0 && docx_row(t, arena) < 0)
        return -1;
    if (arena_grow(arena, &t->cells, t->count, &t->capacity, sizeof *t->cells) < 0)
        return -1;
    uint32_t first = t->first[t->rows - 1];
    if (cell.across == DOCX_GOES_ON && t->count > first) {
        t->cells[t->count - 1].colspan += cell.colspan;
    } else {
        cell.column = t->column;
        t->cells[t->count++] = cell;
        t->first[t->rows] = (uint32_t)t->count;
    }
    t->column += cell.colspan;
    if (t->count - first > t->widest)
        t->widest = (uint32_t)t->count - first;
    return 0;
}

/* How many rows a merge that begins in row `r` at this column goes down. */
static uint16_t rowspan_of(const struct docx_table *t, size_t r, uint32_t column)
{
    uint16_t n = 1;
    for (size_t row = r + 1; row < t->rows && n < UINT16_MAX; row++, n++) {
        uint32_t i = t->first[row];
        while (i < t->first[row + 1] && t->cells[i].column < column)
            i++;
        if (i == t->first[row + 1] || t->cells[i].column != column ||
            t->cells[i].down != DOCX_GOES_ON)
            break;
    }
    return n;
}

static int write_row(const struct docx_table *t, size_t r, struct grid_builder *grid)
{
    if (grid_row(grid) < 0)
        return -1;
    for (uint32_t i = t->first[r]; i < t->first[r + 1]; i++) {
        const struct docx_cell *cell = &t->cells[i];
        if (cell->down == DOCX_GOES_ON && r > 0)
            continue;
        struct grid_cell out = {
            .text = cell->text.n == 0 && cell->nested ? STR(DOCX_NESTED) : cell->text,
            .line = cell->line,
            .colspan = (uint16_t)(cell->colspan > UINT16_MAX ? UINT16_MAX : cell->colspan),
            .rowspan = cell->down == DOCX_FIRST ? rowspan_of(t, r, cell->column) : 1,
        };
        if (grid_cell(grid, out) < 0)
            return -1;
    }
    return 0;
}

int docx_table_flush(struct docx_table *t, struct text_flow *flow)
{
    for (size_t i = 0; i < t->count; i++) {
        struct str rest = t->cells[i].text, line;
        while (str_line(&rest, &line))
            if (text_flow_add(flow, line, t->cells[i].line) < 0)
                return -1;
    }
    t->count = t->rows = 0;
    return 0;
}

int docx_table_write(struct docx_table *t, struct text_flow *flow)
{
    if (t->widest < 2)
        return docx_table_flush(t, flow);
    if (text_flow_end(flow) < 0)
        return -1;
    struct grid_builder *grid = document_grid(flow->doc, t->line);
    for (size_t r = 0; grid && r < t->rows; r++)
        if (write_row(t, r, grid) < 0)
            return -1;
    return grid ? grid_end(grid) : -1;
}
