/* xlsx.c - Excel workbooks: the visible sheets in their order, merged cells kept, figures as Excel
 * shows them in full, dates as dates. A sheet whose head line makes it a table of many reports is
 * read like CSV. Sheets that hold the same form several times are documents of their own. */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "importers/csv_header.h"
#include "importers/csv_many.h"
#include "importers/ooxml.h"
#include "importers/text.h"
#include "importers/xlsx_sheet.h"
#include "importers/xlsx_text.h"

enum { SHEETS_MAX = 1000, TEXT_MAX = 1 << 20, COLUMN_LAST = 16384, HEADER_ROWS = 10 };

struct sheet_part {
    struct str name, relation, part;
    bool hidden;
    struct sheet *sheet;
};

struct workbook {
    struct ooxml *ooxml;
    struct xlsx_shared shared;
    struct sheet_part *sheets;
    size_t string_capacity, sheet_count, sheet_capacity;
    struct xlsx_text text;
};

static struct str copy_of(struct workbook *book, const char *text)
{
    return arena_copy(book->shared.arena, str_from(text ? text : ""));
}

static bool is_true(const char *value)
{
    return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

/* workbook.xml, its relations -------------------------------------------------------------------- */

static int on_workbook(void *self, const char *name, const char **attributes)
{
    struct workbook *book = self;
    if (strcmp(name, "workbookPr") == 0)
        book->shared.since_1904 = is_true(ooxml_attribute(attributes, "date1904"));
    if (strcmp(name, "sheet") != 0 || book->sheet_count == SHEETS_MAX)
        return 0;
    const char *state = ooxml_attribute(attributes, "state");
    if (arena_grow(book->shared.arena, &book->sheets, book->sheet_count, &book->sheet_capacity,
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
        book->sheets[i].part = arena_copy(book->shared.arena, buf_str(&part));
        buf_free(&part);
        if (!book->sheets[i].part.p)
            return -1;
    }
    return 0;
}

/* sharedStrings.xml ------------------------------------------------------------------------------- */

static int on_string(void *self, const char *name, const char **attributes)
{
    struct workbook *book = self;
    if (strcmp(name, "si") == 0)
        xlsx_text_begin(&book->text);
    else
        xlsx_text_start(&book->text, name, attributes);
    return 0;
}

static int on_text(void *self, struct str text)
{
    struct workbook *book = self;
    xlsx_text_add(&book->text, text);
    return book->text.buf.failed ? -1 : 0;
}

static int on_string_end(void *self, const char *name)
{
    struct workbook *book = self;
    struct xlsx_shared *shared = &book->shared;
    xlsx_text_end(&book->text, name);
    if (strcmp(name, "si") != 0)
        return 0;
    if (arena_grow(shared->arena, &shared->strings, shared->string_count, &book->string_capacity,
                   sizeof *shared->strings) < 0)
        return -1;
    struct str whole = xlsx_text_whole(&book->text);
    if (book->text.buf.failed)
        return -1;
    shared->strings[shared->string_count] = arena_copy(shared->arena, whole);
    return shared->strings[shared->string_count++].p ? 0 : -1;
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
    int status = fields ? 0 : err_refused(err);
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
            doc = document_new(book->shared.arena);
        if (!doc || write_sheet(doc, &book->sheets[i], book->sheet_count > 1) < 0)
            return arena_failed(book->shared.arena, err);
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
                               strings = {on_string, on_string_end, on_text, book};
    if (!ooxml_has(book->ooxml, "xl/workbook.xml"))
        return err_reject(err, "format", 0, "is an office file without sheets or text; save it as "
                          ".docx or .xlsx");
    if (ooxml_read(book->ooxml, "xl/workbook.xml", &workbook, err) < 0 ||
        ooxml_read(book->ooxml, "xl/_rels/workbook.xml.rels", &relations, err) < 0 ||
        xlsx_styles_read(&book->shared.styles, book->ooxml, book->shared.arena, err) < 0 ||
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
        if (xlsx_sheet_read(&part->sheet, &book->shared, book->ooxml, part->part.p, err) < 0)
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
    struct workbook book = {.shared.arena = &arena, .text.buf = buf_new(TEXT_MAX)};
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
    buf_free(&book.text.buf);
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
