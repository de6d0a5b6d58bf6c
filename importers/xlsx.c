/* xlsx.c - Excel workbooks: the visible sheets in their order, merged cells kept, figures as Excel
 * shows them in full, dates as dates. A sheet whose head line makes it a table of many reports is
 * read like CSV. Sheets that hold the same form several times are documents of their own. */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/text/number.h"
#include "importers/csv_header.h"
#include "importers/csv_many.h"
#include "importers/decimal.h"
#include "importers/ooxml.h"
#include "importers/sheet.h"
#include "importers/text.h"

enum { SHEETS_MAX = 1000, TEXT_MAX = 1 << 20, COLUMN_LAST = 16384, HEADER_ROWS = 10 };

enum number_format { FORMAT_PLAIN, FORMAT_DATE, FORMAT_PERCENT };

struct sheet_part {
    struct str name, relation, part;
    bool hidden;
    struct sheet *sheet;
};

/* A number format of the workbook's own. */
struct own_format {
    long id;
    enum number_format format;
};

struct workbook {
    struct ooxml *ooxml;
    struct arena *arena;
    struct str *strings; /* shared by all sheets */
    struct sheet_part *sheets;
    struct own_format *own;
    enum number_format *styles; /* by the s of a cell */
    size_t string_count, string_capacity, sheet_count, sheet_capacity, own_count, own_capacity,
        style_count, style_capacity;
    bool since_1904, in_styles, phonetic, taking;
    struct buf text;
};

static struct str copy_of(struct workbook *book, const char *text)
{
    return arena_copy(book->arena, str_from(text ? text : ""));
}

static bool is_true(const char *value)
{
    return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

static long number_of(const char *text, long otherwise)
{
    return text && *text >= '0' && *text <= '9' ? strtol(text, NULL, 10) : otherwise;
}

/* workbook.xml, its relations -------------------------------------------------------------------- */

static int on_workbook(void *self, const char *name, const char **attributes)
{
    struct workbook *book = self;
    if (strcmp(name, "workbookPr") == 0)
        book->since_1904 = is_true(ooxml_attribute(attributes, "date1904"));
    if (strcmp(name, "sheet") != 0 || book->sheet_count == SHEETS_MAX)
        return 0;
    const char *state = ooxml_attribute(attributes, "state");
    if (arena_grow(book->arena, &book->sheets, book->sheet_count, &book->sheet_capacity,
                   sizeof *book->sheets) < 0)
        return -1;
    struct sheet_part *sheet = &book->sheets[book->sheet_count++];
    *sheet = (struct sheet_part){
        .name = copy_of(book, ooxml_attribute(attributes, "name")),
        .hidden = state && strcmp(state, "visible") != 0,
    };
    for (; attributes[0]; attributes += 2) /* r:id, not sheetId */
        if (strchr(attributes[0], ':') && strcmp(strchr(attributes[0], ':'), ":id") == 0)
            sheet->relation = copy_of(book, attributes[1]);
    return sheet->name.p ? 0 : -1;
}

static int on_relation(void *self, const char *name, const char **attributes)
{
    struct workbook *book = self;
    const char *id = ooxml_attribute(attributes, "Id"), *to = ooxml_attribute(attributes, "Target");
    if (strcmp(name, "Relationship") != 0 || !id || !to)
        return 0;
    for (size_t i = 0; i < book->sheet_count; i++) {
        if (!str_eq(book->sheets[i].relation, str_from(id)))
            continue;
        struct buf part = buf_new(1024);
        buf_text(&part, to[0] == '/' ? to + 1 : "xl/");
        buf_text(&part, to[0] == '/' ? "" : to);
        book->sheets[i].part = arena_copy(book->arena, buf_str(&part));
        buf_free(&part);
        if (!book->sheets[i].part.p)
            return -1;
    }
    return 0;
}

/* styles.xml: which cells hold dates and percentages --------------------------------------------- */

static enum number_format format_of_code(const char *code)
{
    bool quoted = false;
    for (const char *p = code; *p; p++) {
        if (*p == '"')
            quoted = !quoted;
        else if (*p == '\\' && p[1])
            p++;
        else if (*p == '[' && !quoted) /* a colour, a condition; [h] counts hours */
            while (p[1] && *p != ']')
                p++;
        else if (*p == '%' && !quoted)
            return FORMAT_PERCENT;
        else if (!quoted && strchr("ymdhsYMDHS", *p))
            return FORMAT_DATE;
        else if (*p == ';' && !quoted)
            break; /* the parts behind are for other signs */
    }
    return FORMAT_PLAIN;
}

static enum number_format format_of_id(const struct workbook *book, long id)
{
    for (size_t i = 0; i < book->own_count; i++)
        if (book->own[i].id == id)
            return book->own[i].format;
    if (id == 9 || id == 10)
        return FORMAT_PERCENT;
    bool date = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
                (id >= 50 && id <= 58);
    return date ? FORMAT_DATE : FORMAT_PLAIN;
}

static int on_style(void *self, const char *name, const char **attributes)
{
    struct workbook *book = self;
    const char *code = ooxml_attribute(attributes, "formatCode");
    long id = number_of(ooxml_attribute(attributes, "numFmtId"), 0);
    if (strcmp(name, "cellXfs") == 0) {
        book->in_styles = true;
    } else if (strcmp(name, "numFmt") == 0 && code) {
        if (arena_grow(book->arena, &book->own, book->own_count, &book->own_capacity,
                       sizeof *book->own) < 0)
            return -1;
        book->own[book->own_count++] = (struct own_format){id, format_of_code(code)};
    } else if (strcmp(name, "xf") == 0 && book->in_styles) {
        if (arena_grow(book->arena, &book->styles, book->style_count, &book->style_capacity,
                       sizeof *book->styles) < 0)
            return -1;
        book->styles[book->style_count++] = format_of_id(book, id);
    }
    return 0;
}

static int on_style_end(void *self, const char *name)
{
    struct workbook *book = self;
    if (strcmp(name, "cellXfs") == 0)
        book->in_styles = false;
    return 0;
}

/* sharedStrings.xml ------------------------------------------------------------------------------- */

static int on_string(void *self, const char *name, const char **attributes)
{
    struct workbook *book = self;
    (void)attributes;
    if (strcmp(name, "si") == 0)
        buf_reset(&book->text);
    book->phonetic |= strcmp(name, "rPh") == 0; /* how it is read aloud: not printed */
    book->taking = strcmp(name, "t") == 0 && !book->phonetic;
    return 0;
}

static int on_text(void *self, struct str text)
{
    struct workbook *book = self;
    if (book->taking)
        buf_add(&book->text, text);
    return book->text.failed ? -1 : 0;
}

static int on_string_end(void *self, const char *name)
{
    struct workbook *book = self;
    book->taking = false;
    if (strcmp(name, "rPh") == 0)
        book->phonetic = false;
    if (strcmp(name, "si") != 0)
        return 0;
    if (arena_grow(book->arena, &book->strings, book->string_count, &book->string_capacity,
                   sizeof *book->strings) < 0)
        return -1;
    book->strings[book->string_count] = arena_copy(book->arena, str_trim(buf_str(&book->text)));
    return book->strings[book->string_count++].p ? 0 : -1;
}

/* A sheet ------------------------------------------------------------------------------------------ */

struct reading {
    struct workbook *book;
    struct sheet *sheet;
    struct sheet_cell cell;
    char type[12]; /* of the cell: s, str, inlineStr, b, e, n */
    long style;
    bool in_value, in_inline, in_formula, valued, computed;
    struct buf formula;
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
    r->style = number_of(ooxml_attribute(attributes, "s"), 0);
    size_t n = type && strlen(type) < sizeof r->type ? strlen(type) : 0;
    memcpy(r->type, n ? type : "", n);
    r->type[n] = 0;
    r->valued = r->computed = false;
    buf_reset(&r->book->text);
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

static int on_cell(void *self, const char *name, const char **attributes)
{
    struct reading *r = self;
    if (strcmp(name, "row") == 0) {
        long number = number_of(ooxml_attribute(attributes, "r"), (long)r->cell.row + 1);
        r->cell.row = number > (long)r->cell.row ? (uint32_t)number : r->cell.row + 1;
        r->cell.line = r->cell.row;
        r->cell.column = 0;
    } else if (strcmp(name, "c") == 0) {
        return begin_cell(r, attributes);
    } else if (strcmp(name, "v") == 0) {
        r->in_value = r->valued = true;
    } else if (strcmp(name, "f") == 0) {
        r->in_formula = r->computed = true;
    } else if (strcmp(name, "is") == 0) {
        r->in_inline = true;
    } else if (strcmp(name, "rPh") == 0) {
        r->book->phonetic = true;
    } else if (strcmp(name, "t") == 0 && r->in_inline && !r->book->phonetic) {
        r->in_value = r->valued = true;
    } else if (strcmp(name, "mergeCell") == 0) {
        return merge_cells(r, ooxml_attribute(attributes, "ref"));
    }
    return 0;
}

static int on_cell_text(void *self, struct str text)
{
    struct reading *r = self;
    if (r->in_value)
        buf_add(&r->book->text, text);
    if (r->in_formula)
        buf_add(&r->formula, text);
    return r->book->text.failed || r->formula.failed ? -1 : 0;
}

/* A formula whose result is not kept: no figure, and not blank. */
static struct str formula_text(struct reading *r)
{
    struct buf text = buf_new(TEXT_MAX + 1);
    buf_char(&text, '=');
    buf_add(&text, buf_str(&r->formula));
    struct str copy = text.failed ? (struct str){0} : arena_copy(r->book->arena, buf_str(&text));
    buf_free(&text);
    return copy;
}

/* The text that is stored once for all cells that say it. p is NULL with `err` when there is none:
 * the place of a text must not pass for a figure. */
static struct str shared_text(struct reading *r, struct str index)
{
    const struct workbook *book = r->book;
    if (!number_is_digits(index) || number_of(index.p, -1) >= (long)book->string_count) {
        err_reject(r->err, "damaged", r->cell.line, "a cell refers to a text that is not among the %zu "
                   "of the workbook; get the file again", book->string_count);
        return (struct str){0};
    }
    return book->strings[number_of(index.p, -1)];
}

/* What a cell says. p is NULL when memory ran out, or with `err`. */
static struct str cell_text(struct reading *r)
{
    struct workbook *book = r->book;
    struct str stored = str_trim(buf_str(&book->text));
    /* a result that is a text may be empty, a figure that is empty was never computed */
    if (r->computed && stored.n == 0 && (!r->valued || strcmp(r->type, "str") != 0))
        return formula_text(r);
    if (strcmp(r->type, "s") == 0 && r->valued)
        return shared_text(r, stored);
    if (strcmp(r->type, "b") == 0)
        return str_eq(stored, STR("1")) ? STR("TRUE") : STR("FALSE");
    if (stored.n == 0 || (r->type[0] && strcmp(r->type, "n") != 0))
        return arena_copy(book->arena, stored);
    enum number_format format = r->style >= 0 && (size_t)r->style < book->style_count
                                    ? book->styles[r->style]
                                    : FORMAT_PLAIN;
    if (format == FORMAT_DATE)
        return decimal_date(book->arena, stored, book->since_1904);
    struct str shown = decimal_shown(book->arena, stored, format == FORMAT_PERCENT ? 2 : 0);
    if (format != FORMAT_PERCENT || !shown.p)
        return shown;
    char *percent = arena_alloc(book->arena, shown.n + 1);
    if (!percent)
        return (struct str){0};
    memcpy(percent, shown.p, shown.n);
    percent[shown.n] = '%';
    return (struct str){percent, shown.n + 1};
}

static int on_cell_end(void *self, const char *name)
{
    struct reading *r = self;
    if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
        r->in_value = false;
    else if (strcmp(name, "f") == 0)
        r->in_formula = false;
    else if (strcmp(name, "is") == 0)
        r->in_inline = false;
    else if (strcmp(name, "rPh") == 0)
        r->book->phonetic = false;
    if (strcmp(name, "c") != 0)
        return 0;
    struct sheet_cell cell = r->cell;
    cell.text = cell_text(r);
    return cell.text.p && cell.row > 0 ? sheet_add(r->sheet, cell) : -1;
}

static int read_sheet(struct workbook *book, struct sheet_part *part, struct err *err)
{
    struct reading r = {.book = book, .formula = buf_new(TEXT_MAX), .err = err};
    struct ooxml_handler handler = {on_cell, on_cell_end, on_cell_text, &r};
    r.sheet = part->sheet = sheet_new(book->arena);
    int status = r.sheet ? ooxml_read(book->ooxml, part->part.p, &handler, err)
                         : arena_failed(book->arena, err);
    buf_free(&r.formula);
    return status;
}

/* Documents ----------------------------------------------------------------------------------------- */

/* A sheet of many reports is read like CSV. 1: it was one, 0: it is none, -1 with `err`. */
static int read_many(struct sheet *sheet, const struct import_options *options,
                     struct document_sink *sink, struct err *err)
{
    struct csv_field *fields = calloc(COLUMN_LAST, sizeof *fields);
    struct csv_record record = {.fields = fields};
    struct csv_many *many = NULL;
    size_t rows = sheet_rows(sheet), columns = 0;
    int status = fields ? 0 : err_memory(err);
    for (size_t row = 0; fields && row < rows && status == 0; row++) {
        record.line = sheet_row(sheet, row, fields, COLUMN_LAST, &record.count);
        record.lines = 1;
        if (many) { /* a spreadsheet leaves empty cells out: a short row is not ragged */
            while (record.count < columns)
                fields[record.count++] = (struct csv_field){{"", 0}, record.line};
            status = csv_many_add(many, &record, err);
        } else if (csv_shape_of(fields, record.count, NULL) != CSV_FORM) {
            columns = record.count;
            status = csv_many_new(&many, &record, 0, 0, sink, err);
        } else if (row >= HEADER_ROWS) {
            break;
        }
    }
    if (status >= 0 && many)
        status = csv_many_end(many, options, err) < 0 ? -1 : 1;
    csv_many_free(many);
    free(fields);
    return status;
}

static int write_sheet(struct document *doc, const struct sheet_part *part, bool named)
{
    if (named && part->name.n > 0 && document_paragraph(doc, part->name, 1) < 0)
        return -1;
    return sheet_write(part->sheet, doc);
}

/* Hands out the sheets that hold no table of many reports: as one document, or one each when they
 * are copies of one form. */
static int write_sheets(struct workbook *book, struct document_sink *sink, struct err *err)
{
    struct document *doc = NULL;
    bool apart = book->sheet_count > 1;
    for (size_t i = 1; i < book->sheet_count; i++)
        apart = apart && sheet_alike(book->sheets[0].sheet, book->sheets[i].sheet);
    for (size_t i = 0; i < book->sheet_count; i++) {
        if (!doc || apart)
            doc = document_new(book->arena);
        if (!doc || write_sheet(doc, &book->sheets[i], book->sheet_count > 1) < 0)
            return arena_failed(book->arena, err);
        if (doc->count > 0 && (apart || i + 1 == book->sheet_count)) {
            int status = sink->take(sink->self, doc, err);
            if (status != 0)
                return status;
        }
    }
    if (!doc || doc->count == 0)
        return err_reject(err, "empty", 0, "holds no text; get the file again");
    return 0;
}

static int read_parts(struct workbook *book, struct err *err)
{
    const struct ooxml_handler workbook = {on_workbook, NULL, NULL, book},
                               relations = {on_relation, NULL, NULL, book},
                               styles = {on_style, on_style_end, NULL, book},
                               strings = {on_string, on_string_end, on_text, book};
    if (!ooxml_has(book->ooxml, "xl/workbook.xml"))
        return err_reject(err, "format", 0, "is an office file without sheets or text; save it as "
                          ".docx or .xlsx");
    if (ooxml_read(book->ooxml, "xl/workbook.xml", &workbook, err) < 0 ||
        ooxml_read(book->ooxml, "xl/_rels/workbook.xml.rels", &relations, err) < 0 ||
        ooxml_read(book->ooxml, "xl/styles.xml", &styles, err) < 0 ||
        ooxml_read(book->ooxml, "xl/sharedStrings.xml", &strings, err) < 0)
        return -1;
    return 0;
}

static int read_book(struct workbook *book, const struct import_options *options,
                     struct document_sink *sink, struct err *err)
{
    size_t kept = 0;
    bool many = false;
    if (read_parts(book, err) < 0)
        return -1;
    for (size_t i = 0; i < book->sheet_count; i++) {
        struct sheet_part *part = &book->sheets[i];
        if (part->hidden || part->part.n == 0)
            continue;
        if (read_sheet(book, part, err) < 0)
            return -1;
        int status = read_many(part->sheet, options, sink, err);
        if (status < 0)
            return -1;
        many |= status > 0;
        if (status == 0 && sheet_rows(part->sheet) > 0)
            book->sheets[kept++] = *part;
    }
    book->sheet_count = kept;
    return many && kept == 0 ? 0 : write_sheets(book, sink, err);
}

static int read_xlsx(struct stream *in, const struct import_options *options,
                     struct document_sink *sink, struct err *err)
{
    struct arena arena = arena_new(options->memory_max);
    struct workbook book = {.arena = &arena, .text = buf_new(TEXT_MAX)};
    struct str bytes;
    err->kind = ERR_NONE;
    int status = stream_all(in, &arena, options->memory_max, &bytes, err);
    if (status == 0)
        status = ooxml_open(&book.ooxml, bytes, err);
    if (status == 0) {
        status = read_book(&book, options, sink, err);
        if (status < 0 && err->kind == ERR_NONE) /* a handler stopped: it had no memory */
            arena_failed(&arena, err);
    }
    ooxml_close(book.ooxml);
    buf_free(&book.text);
    arena_free(&arena);
    return status;
}

static int claims(const struct import_head *head)
{
    enum ooxml_kind kind = ooxml_kind(head->bytes);
    if (kind == OOXML_SHEETS)
        return 95;
    return kind == OOXML_SOME ? (import_path_ends(head->path, "xlsx") ? 60 : 50) : 0;
}

const struct importer importer_xlsx = {
    .name = "xlsx",
    .claims = claims,
    .read = read_xlsx,
};
