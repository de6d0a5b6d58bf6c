#include "importers/xlsx_sheet.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/text/number.h"
#include "importers/xlsx_text.h"

enum { TEXT_MAX = 1 << 20, COLUMN_LAST = 16384 };

long xlsx_number(const char *text, long otherwise)
{
    return text && *text >= '0' && *text <= '9' ? strtol(text, NULL, 10) : otherwise;
}

struct reading {
    const struct xlsx_shared *shared;
    struct sheet *sheet;
    struct sheet_cell cell;
    char type[12]; /* of the cell: s, str, inlineStr, b, e, n */
    long style;
    bool in_value, in_inline, in_formula, valued, computed;
    struct xlsx_text text;
    struct buf value, formula;
    struct sheet_hidden hidden;
    bool hides;
    struct err *err;
};

/* BC12: column 55, row 12. False when it is no place. */
static bool place_of(const char *text, uint32_t *row, uint32_t *column)
{
    uint32_t c = 0, r = 0;
    for (; *text >= 'A' && *text <= 'Z' && c <= COLUMN_LAST; text++)
        c = c * 26 + (uint32_t)(*text - 'A') + 1;
    for (; *text >= '0' && *text <= '9' && r < UINT32_MAX / 20; text++)
        r = r * 10 + (uint32_t)(*text - '0');
    if (c == 0 || c > COLUMN_LAST || r == 0)
        return false;
    *row = r;
    *column = c;
    return true;
}

static int begin_cell(struct reading *r, const char **attributes)
{
    const char *place = ooxml_attribute(attributes, "r"), *type = ooxml_attribute(attributes, "t");
    uint32_t row = r->cell.row, column = r->cell.column + 1;
    if (place)
        place_of(place, &row, &column);
    /* a row and a column only ever grow: what says otherwise is put where it stands */
    r->cell.column = column > r->cell.column ? column : r->cell.column + 1;
    r->style = xlsx_number(ooxml_attribute(attributes, "s"), 0);
    size_t n = type && strlen(type) < sizeof r->type ? strlen(type) : 0;
    memcpy(r->type, n ? type : "", n);
    r->type[n] = 0;
    r->valued = r->computed = false;
    xlsx_text_begin(&r->text);
    buf_reset(&r->value);
    buf_reset(&r->formula);
    return 0;
}

static int merge_cells(struct reading *r, const char *range)
{
    const char *colon = range ? strchr(range, ':') : NULL;
    uint32_t row, column, last_row, last_column;
    if (!colon || !place_of(range, &row, &column) || !place_of(colon + 1, &last_row, &last_column))
        return 0;
    return sheet_merge(r->sheet, row, column, last_row, last_column);
}

static bool is_true(const char *value)
{
    return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

static int hide_row(struct reading *r)
{
    struct sheet_hidden *hidden = &r->hidden;
    r->hides = true;
    if (hidden->row_count > 0 && hidden->rows[hidden->row_count - 1].last + 1 == r->cell.row) {
        hidden->rows[hidden->row_count - 1].last++;
        return 0;
    }
    if (arena_grow(r->shared->arena, &hidden->rows, hidden->row_count, &hidden->row_capacity,
                   sizeof *hidden->rows) < 0)
        return -1;
    hidden->rows[hidden->row_count++] = (struct sheet_range){r->cell.row, r->cell.row};
    return 0;
}

static int hide_columns(struct reading *r, long first, long last)
{
    struct sheet_hidden *hidden = &r->hidden;
    r->hides = true;
    if (!hidden->column) {
        hidden->columns = COLUMN_LAST;
        hidden->column = arena_array(r->shared->arena, COLUMN_LAST + 1, sizeof *hidden->column);
        if (!hidden->column)
            return -1;
    }
    for (long column = first; column >= 1 && column <= last && column <= COLUMN_LAST; column++)
        hidden->column[column] = true;
    return 0;
}

static int on_cell(void *self, const char *name, const char **attributes)
{
    struct reading *r = self;
    if (strcmp(name, "row") == 0) {
        long number = xlsx_number(ooxml_attribute(attributes, "r"), (long)r->cell.row + 1);
        r->cell.row = number > (long)r->cell.row ? (uint32_t)number : r->cell.row + 1;
        r->cell.line = r->cell.row;
        r->cell.column = 0;
        if (is_true(ooxml_attribute(attributes, "hidden")))
            return hide_row(r);
    } else if (strcmp(name, "col") == 0 && is_true(ooxml_attribute(attributes, "hidden"))) {
        return hide_columns(r, xlsx_number(ooxml_attribute(attributes, "min"), 0),
                            xlsx_number(ooxml_attribute(attributes, "max"), 0));
    } else if (strcmp(name, "c") == 0) {
        return begin_cell(r, attributes);
    } else if (strcmp(name, "v") == 0) {
        if (r->value.n > 0)
            buf_char(&r->value, ' '); /* two values are no figure: not one behind the other */
        r->in_value = r->valued = true;
    } else if (strcmp(name, "f") == 0) {
        r->in_formula = r->computed = true;
    } else if (strcmp(name, "is") == 0) {
        r->in_inline = true;
    } else if (r->in_inline) {
        r->valued = true;
        xlsx_text_start(&r->text, name, attributes);
    } else if (strcmp(name, "mergeCell") == 0) {
        return merge_cells(r, ooxml_attribute(attributes, "ref"));
    }
    return 0;
}

static int on_cell_text(void *self, struct str text)
{
    struct reading *r = self;
    if (r->in_value)
        buf_add(&r->value, text);
    if (r->in_inline)
        xlsx_text_add(&r->text, text);
    if (r->in_formula)
        buf_add(&r->formula, text);
    return r->value.failed || r->text.buf.failed || r->formula.failed ? -1 : 0;
}

/* A formula whose result is not kept: no figure, and not blank. */
static struct str formula_text(struct reading *r)
{
    struct buf text = buf_new(TEXT_MAX + 1);
    buf_char(&text, '=');
    buf_add(&text, buf_str(&r->formula));
    struct str copy = text.failed ? (struct str){0} : arena_copy(r->shared->arena, buf_str(&text));
    buf_free(&text);
    return copy;
}

/* The text that is stored once for all cells that say it. p is NULL with `err` when there is none:
 * the place of a text must not pass for a figure. */
static struct str shared_text(struct reading *r, struct str index)
{
    const struct xlsx_shared *shared = r->shared;
    if (!number_is_digits(index) || xlsx_number(index.p, -1) >= (long)shared->string_count) {
        err_reject(r->err, "damaged", r->cell.line, "a cell refers to a text that is not among the %zu "
                   "of the workbook; get the file again", shared->string_count);
        return (struct str){0};
    }
    return shared->strings[xlsx_number(index.p, -1)];
}

/* What a cell says, by its type. p is NULL when memory ran out, or with `err`. */
static struct str cell_said(struct reading *r)
{
    struct str stored = str_trim(buf_str(&r->value)), text = xlsx_text_whole(&r->text);
    if (stored.n == 0 || (text.n > 0 && strcmp(r->type, "inlineStr") == 0))
        stored = text;
    /* a result that is a text may be empty, a figure that is empty was never computed */
    if (r->computed && stored.n == 0 && (!r->valued || strcmp(r->type, "str") != 0))
        return formula_text(r);
    if (strcmp(r->type, "s") == 0 && r->valued)
        return shared_text(r, stored);
    if (strcmp(r->type, "b") == 0)
        return str_eq(stored, STR("1")) ? STR("TRUE") : STR("FALSE");
    if (stored.n == 0 || (r->type[0] && strcmp(r->type, "n") != 0))
        return arena_copy(r->shared->arena, stored);
    return xlsx_shown(r->shared->styles, r->style, stored, r->shared->since_1904);
}

/* The same; a figure that is struck out as a whole stands in brackets, as a run of a text does. */
static struct str cell_text(struct reading *r)
{
    struct str said = cell_said(r);
    if (!said.p || !xlsx_style_is_aside(r->shared->styles, r->style) || !number_is_figure(said))
        return said;
    xlsx_text_begin(&r->text);
    r->text.taking = r->text.aside = true;
    xlsx_text_add(&r->text, said);
    said = xlsx_text_whole(&r->text);
    return r->text.buf.failed ? (struct str){0} : arena_copy(r->shared->arena, said);
}

static int on_cell_end(void *self, const char *name)
{
    struct reading *r = self;
    if (r->in_inline)
        xlsx_text_end(&r->text, name);
    if (strcmp(name, "v") == 0)
        r->in_value = false;
    else if (strcmp(name, "f") == 0)
        r->in_formula = false;
    else if (strcmp(name, "is") == 0)
        r->in_inline = false;
    if (strcmp(name, "c") != 0)
        return 0;
    struct sheet_cell cell = r->cell;
    cell.text = cell_text(r);
    return cell.text.p && cell.row > 0 ? sheet_add(r->sheet, cell) : -1;
}

int xlsx_sheet_read(struct sheet **out, const struct xlsx_shared *shared, struct ooxml *ooxml,
                    const char *part, struct err *err)
{
    struct reading r = {
        .shared = shared,
        .text.buf = buf_new(TEXT_MAX),
        .value = buf_new(TEXT_MAX),
        .formula = buf_new(TEXT_MAX),
        .err = err,
    };
    const struct ooxml_handler handler = {on_cell, on_cell_end, on_cell_text, &r};
    r.sheet = *out = sheet_new(shared->arena);
    int status = r.sheet ? ooxml_read(ooxml, part, &handler, err) : -1;
    if (status == 0 && r.hides)
        status = sheet_hide(r.sheet, &r.hidden);
    buf_free(&r.text.buf);
    buf_free(&r.value);
    buf_free(&r.formula);
    return status;
}
