/* The recogniser alone: bytes make a document of grids and paragraphs, spans and line numbers
 * included, that no importer would make. A line beginning with # begins a grid whose rows are the
 * lines that follow up to an empty one; | parts cells; a cell's first two characters may be its
 * spans (2x: columns, x3: rows). */
#include "core/recognise/recognise.h"
#include "tests/fuzz/read.h"

static struct grid_cell cell_of(struct str text, uint32_t line)
{
    struct grid_cell cell = {.text = text, .line = line};
    if (text.n >= 2 && text.p[1] == 'x' && text.p[0] >= '1' && text.p[0] <= '9') {
        cell.colspan = (uint16_t)(text.p[0] - '0');
        cell.text = str_skip(text, 2);
    } else if (text.n >= 2 && text.p[0] == 'x' && text.p[1] >= '1' && text.p[1] <= '9') {
        cell.rowspan = (uint16_t)((text.p[1] - '0') * 1000);
        cell.text = str_skip(text, 2);
    }
    return cell;
}

static int add_row(struct grid_builder *grid, struct str line, uint32_t number)
{
    struct str field;
    if (grid_row(grid) < 0)
        return -1;
    while (str_split(&line, '|', &field))
        if (grid_cell(grid, cell_of(field, number)) < 0)
            return -1;
    return 0;
}

static int build(struct document *doc, struct str text)
{
    struct grid_builder *grid = NULL;
    struct str line;
    for (uint32_t number = 1; str_line(&text, &line); number++) {
        if (grid && line.n == 0) {
            grid_end(grid);
            grid = NULL;
        } else if (grid ? add_row(grid, line, number) < 0
                        : line.n && line.p[0] == '#'
                              ? !(grid = document_grid(doc, number))
                              : document_paragraph(doc, line, number) < 0) {
            return -1;
        }
    }
    return grid ? grid_end(grid) : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = arena_new(FUZZ_MEMORY);
    struct document *doc = document_new(&arena);
    struct err err = {0};
    if (doc && build(doc, (struct str){(const char *)data, size}) == 0)
        fuzz_take(fuzz_tables(), doc, &err);
    arena_free(&arena);
    return 0;
}
