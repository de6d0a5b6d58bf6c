/* csv.c - CSV in three shapes: long (one cell a line), wide (one report a line), and the official
 * form as laid out in Excel. Parted by commas, tabs or semicolons, whichever fits. */
#include <string.h>

#include "importers/csv_header.h"
#include "importers/csv_many.h"
#include "importers/sheet.h"

enum {
    HEADER_RECORDS = 10, /* the head line is one of the first … */
    LOOK_LINES = 60,     /* how many lines tell the delimiter and the shape */
    FIELD_BYTES = 15,    /* fields of a table are this short on average; prose is longer */
    FIELDS_LEAST = 4,
    COLUMNS_MAX = 4096,
};

static const char delimiters[] = ",\t;";

/* Delimiter ------------------------------------------------------------------------------------ */

static size_t count_of(struct str line, char c)
{
    size_t n = 0;
    for (const char *at; line.n > 0 && (at = memchr(line.p, c, line.n)) != NULL; n++)
        line = str_skip(line, (size_t)(at - line.p) + 1);
    return n;
}

/* The delimiter that most lines have, 0 when none has any. "sep=;" in the first line says it. */
static char delimiter_of(struct str text)
{
    size_t lines_with[3] = {0}, all[3] = {0}, best = 0;
    struct str line;
    if (str_starts(text, STR("sep=")) && text.n > 4 && strchr(delimiters, text.p[4]))
        return text.p[4];
    for (int lines = 0; lines < LOOK_LINES && str_line(&text, &line); lines++)
        for (size_t i = 0; i < 3; i++) {
            size_t n = count_of(line, delimiters[i]);
            lines_with[i] += n > 0;
            all[i] += n;
        }
    for (size_t i = 1; i < 3; i++)
        if (lines_with[i] > lines_with[best] ||
            (lines_with[i] == lines_with[best] && all[i] > all[best]))
            best = i;
    return lines_with[best] > 0 ? delimiters[best] : 0;
}

/* The form ------------------------------------------------------------------------------------- */

static int read_form(struct csv_reader *reader, const struct import_options *options,
                     struct document_sink *sink, struct err *err)
{
    struct arena arena = arena_new(options->memory_max);
    struct sheet *sheet = sheet_new(&arena);
    struct document *doc = document_new(&arena);
    struct csv_record record;
    int more = sheet && doc ? 1 : arena_failed(&arena, err);
    while (more > 0 && (more = csv_next(reader, &record, err)) > 0) {
        if (record.broken) {
            more = err_reject(err, "csv-line", record.line, "line %u cannot be read: %s",
                              (unsigned)record.line, record.broken);
            break;
        }
        for (size_t i = 0; i < record.count && more > 0; i++) {
            struct sheet_cell cell = {.text = arena_copy(&arena, str_trim(record.fields[i].text)),
                                      .row = record.line, .column = (uint32_t)i + 1,
                                      .line = record.fields[i].line};
            if (!cell.text.p || i >= COLUMNS_MAX || sheet_add(sheet, cell) < 0)
                more = arena_failed(&arena, err);
        }
    }
    if (more == 0 && sheet && doc && sheet_write(sheet, doc) < 0)
        more = arena_failed(&arena, err);
    if (more == 0 && doc && doc->count == 0)
        more = err_reject(err, "empty", 0, "holds no text; get the file again");
    if (more == 0)
        more = sink->take(sink->self, doc, err);
    arena_free(&arena);
    return more;
}

/* The file ------------------------------------------------------------------------------------- */

/* Looks for the head line among the first records, with every delimiter. 1: found, it is `head`. */
static int find_head(struct csv_reader *reader, struct csv_record *head, struct err *err)
{
    for (const char *d = delimiters; *d; d++) {
        csv_back(reader);
        csv_reader_delimiter(reader, *d);
        for (int i = 0; i < HEADER_RECORDS; i++) {
            int more = csv_next(reader, head, err);
            if (more < 0)
                return -1;
            if (more == 0)
                break;
            if (!head->broken && csv_shape_of(head->fields, head->count, NULL) != CSV_FORM)
                return 1;
        }
    }
    csv_back(reader);
    return 0;
}

static int read_any(struct csv_reader *reader, const struct import_options *options,
                    struct document_sink *sink, struct err *err)
{
    struct csv_record head;
    struct str look;
    if (csv_look(reader, &look, err) < 0)
        return -1;
    char delimiter = delimiter_of(look);
    int found = find_head(reader, &head, err);
    if (found < 0)
        return -1;
    if (found > 0) {
        csv_go(reader);
        return csv_many_read(reader, &head, 0, options, sink, err);
    }
    csv_reader_delimiter(reader, delimiter ? delimiter : ',');
    csv_go(reader);
    return read_form(reader, options, sink, err);
}

static int read_csv(struct stream *in, const struct import_options *options,
                    struct document_sink *sink, struct err *err)
{
    struct csv_reader *reader = NULL;
    int status = csv_reader_new(&reader, in, options->encoding, err);
    if (status == 0)
        status = read_any(reader, options, sink, err);
    csv_reader_free(reader);
    return status;
}

/* Whether most lines look like rows: several short fields. */
static bool looks_like_rows(struct str text, char delimiter)
{
    size_t rows = 0, lines = 0;
    struct str line;
    while (lines < LOOK_LINES && str_line(&text, &line)) {
        if (str_trim(line).n == 0)
            continue;
        size_t fields = count_of(line, delimiter) + 1;
        lines++;
        rows += fields >= FIELDS_LEAST && line.n / fields <= FIELD_BYTES;
    }
    return rows >= 5 && rows * 10 >= lines * 6;
}

static int claims(const struct import_head *head)
{
    if (head->text.n == 0)
        return 0;
    if (csv_shape_of_text(head->text) != CSV_FORM)
        return 85;
    bool named = import_path_ends(head->path, "csv") || import_path_ends(head->path, "csv.gz") ||
                 import_path_ends(head->path, "tsv") || import_path_ends(head->path, "tsv.gz");
    if (!named && !memchr(head->text.p, ',', head->text.n) &&
        !memchr(head->text.p, ';', head->text.n))
        return 0;
    char delimiter = delimiter_of(head->text);
    if (!delimiter)
        return named ? 5 : 0;
    if (named)
        return 60;
    return delimiter != '\t' && looks_like_rows(head->text, delimiter) ? 30 : 0;
}

const struct importer importer_csv = {
    .name = "csv",
    .claims = claims,
    .read = read_csv,
};
