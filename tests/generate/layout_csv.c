#include "tests/generate/layout.h"

#include <inttypes.h>
#include <string.h>

static void field(struct buf *out, struct str text, char separator)
{
    bool quote = memchr(text.p, separator, text.n) || memchr(text.p, '"', text.n) ||
                 memchr(text.p, '\n', text.n);
    if (!quote) {
        buf_add(out, text);
        return;
    }
    buf_char(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            buf_char(out, '"');
        buf_char(out, text.p[i]);
    }
    buf_char(out, '"');
}

/* The official tables as laid out in Excel: merged cells leave blanks. */
static int write_form(struct buf *out, const struct subject *s, char separator)
{
    for (uint32_t b = 0; b < s->page->count; b++) {
        const struct block *block = &s->page->blocks[b];
        if (block->kind == BLOCK_PARAGRAPH) {
            field(out, block->text, separator);
            for (int c = 1; c < 10; c++)
                buf_char(out, separator);
            buf_text(out, "\n");
            continue;
        }
        struct grid_place place;
        if (grid_layout(s->arena, &block->grid, 64, &place) < 0)
            return -1;
        uint32_t next = 0;
        for (uint32_t r = 0; r < place.rows; r++) {
            for (uint32_t c = 0; c < place.columns; c++) {
                uint32_t cell = place.cell[r * place.columns + c];
                if (c)
                    buf_char(out, separator);
                if (cell == next)
                    field(out, block->grid.cells[next++].text, separator);
            }
            buf_text(out, "\n");
        }
    }
    return out->failed ? -1 : 0;
}

int write_csv_form(struct buf *out, const struct subject *s)
{
    return write_form(out, s, ',');
}

int write_csv_form_semicolon(struct buf *out, const struct subject *s)
{
    return write_form(out, s, ';');
}

int write_csv_form_tab(struct buf *out, const struct subject *s)
{
    return write_form(out, s, '\t');
}

/* A figure as plain data. */
static void plain(struct buf *out, const struct cell *cell, struct figure figure)
{
    if (figure.state == STATE_NA)
        buf_text(out, "/");
    if (figure.state != STATE_VALUE)
        return;
    if (cell->kind != CELL_MONEY)
        buf_printf(out, "%" PRId64, figure.value);
    else
        buf_printf(out, "%" PRId64 ".%08" PRId64, figure.value / MONEY_SCALE,
                   figure.value % MONEY_SCALE);
}

int write_csv_long(struct buf *out, const struct subject *s)
{
    const struct figures *f = s->figures;
    buf_text(out, "agency,division,year,scope,code,value\n");
    for (uint32_t i = 0; i < f->count; i++) {
        if (f->cells[i].id == CELL_NONE)
            continue;
        const struct cell *cell = &f->catalog->cells[f->cells[i].id];
        buf_printf(out, "%.*s,,%d,own,%s,", STR_ARG(s->who->agency), s->who->year, cell->code);
        plain(out, cell, f->figure[cell->id]);
        buf_text(out, "\n");
    }
    return out->failed ? -1 : 0;
}

/* The heading that a row of form 2014 stands below: 四、行政复议数量 of 4.3. */
static struct str heading_of(const struct figures *f, const struct form_cell *cell)
{
    for (uint32_t i = 0; i < f->count; i++)
        if (f->cells[i].number.n == 1 && cell->number.n > 1 &&
            f->cells[i].number.p[0] == cell->number.p[0])
            return f->cells[i].row;
    return STR("");
}

static void add_path(struct buf *out, const struct figures *f, const struct form_cell *cell)
{
    static const char *const tables[] = {"表一", "表二", "表三", "表四"};
    struct buf path = buf_new(4096);
    struct str heading = heading_of(f, cell);
    buf_printf(&path, "%s/", tables[cell->table.p[1] - '1']);
    if (heading.n)
        buf_printf(&path, "%.*s/", STR_ARG(heading));
    buf_add(&path, cell->row);
    if (cell->column.n)
        buf_printf(&path, "/%.*s", STR_ARG(cell->column));
    field(out, buf_str(&path), ',');
    buf_free(&path);
}

static int write_wide(struct buf *out, const struct subject *s, bool paths)
{
    const struct figures *f = s->figures;
    buf_text(out, paths ? "单位,区划,年份,范围" : "agency,division,year,scope");
    for (uint32_t i = 0; i < f->count; i++) {
        if (f->cells[i].id == CELL_NONE)
            continue;
        buf_char(out, ',');
        if (paths)
            add_path(out, f, &f->cells[i]);
        else
            buf_text(out, f->catalog->cells[f->cells[i].id].code);
    }
    buf_printf(out, "\n%.*s,,%d,own", STR_ARG(s->who->agency), s->who->year);
    for (uint32_t i = 0; i < f->count; i++) {
        if (f->cells[i].id == CELL_NONE)
            continue;
        buf_char(out, ',');
        plain(out, &f->catalog->cells[f->cells[i].id], f->figure[f->cells[i].id]);
    }
    buf_text(out, "\n");
    return out->failed ? -1 : 0;
}

int write_csv_wide_codes(struct buf *out, const struct subject *s)
{
    return write_wide(out, s, false);
}

int write_csv_wide_paths(struct buf *out, const struct subject *s)
{
    return write_wide(out, s, true);
}
