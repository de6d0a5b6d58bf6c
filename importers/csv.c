/* csv.c - CSV in three shapes: long (one cell a line), wide (one report a line), and the official
 * form as laid out in Excel. Parted by commas, tabs or semicolons, whichever fits. */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "importers/csv_header.h"
#include "importers/csv_record.h"
#include "importers/csv_reports.h"
#include "importers/sheet.h"

enum {
    HEADER_RECORDS = 10, /* the head line is one of the first … */
    LOOK_LINES = 60,     /* how many lines tell the delimiter and the shape */
    FIELD_BYTES = 15,    /* fields of a table are this short on average; prose is longer */
    FIELDS_LEAST = 4,
    COLUMNS_MAX = 4096,
};

static const char delimiters[] = ",\t;";

/* A file of many reports: what its columns are. */
struct layout {
    enum csv_shape shape;
    size_t count;
    int at[CSV_NAMED]; /* the column of each, -1: none */
    enum csv_column *columns;
    uint32_t *cells; /* of a CSV_CELL column: its number in csv_reports */
    struct buf head; /* the head line, to know it when it comes again */
};

/* Delimiter ------------------------------------------------------------------------------------ */

static size_t count_of(struct str line, char c)
{
    size_t n = 0;
    for (size_t i = 0; i < line.n; i++)
        n += line.p[i] == c;
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

/* Many reports --------------------------------------------------------------------------------- */

static void layout_free(struct layout *layout)
{
    free(layout->columns);
    free(layout->cells);
    buf_free(&layout->head);
}

static void join(struct buf *to, const struct csv_record *record)
{
    buf_reset(to);
    for (size_t i = 0; i < record->count; i++) {
        buf_add(to, record->fields[i].text);
        buf_char(to, '\n');
    }
}

/* Notes what is kept out: every extra column by name. */
static void note_extra(const struct layout *layout, const struct csv_record *record,
                       struct document_sink *sink)
{
    struct buf names = buf_new(200);
    struct err note = {0};
    size_t extra = 0;
    for (size_t i = 0; i < layout->count; i++)
        if (layout->columns[i] == CSV_EXTRA && record->fields[i].text.n > 0) {
            extra++;
            if (names.n < 120) {
                buf_text(&names, names.n ? ", " : "");
                buf_add(&names, str_slice(record->fields[i].text, 0, 60));
            }
        }
    struct str shown = buf_str(&names);
    if (extra > 0 && shown.p) {
        err_set(&note, ERR_INPUT, "%zu columns are kept out: %s", extra, shown.p);
        note.line = record->line;
        sink->note(sink->self, &note);
    }
    buf_free(&names);
}

static int layout_of(struct layout *layout, const struct csv_record *record,
                     struct csv_reports *reports, struct document_sink *sink, struct err *err)
{
    struct str twice;
    layout->shape = csv_shape_of(record->fields, record->count, &twice);
    if (twice.n > 0)
        return err_reject(err, "csv-header", record->line,
                          "line %u: two columns are called \"%.*s\"; which one counts? Rename one",
                          (unsigned)record->line, STR_ARG(str_slice(twice, 0, 60)));
    layout->count = record->count;
    layout->columns = calloc(record->count, sizeof *layout->columns);
    layout->cells = calloc(record->count, sizeof *layout->cells);
    layout->head = buf_new(1 << 20);
    for (int i = 0; i < CSV_NAMED; i++)
        layout->at[i] = -1;
    if (!layout->columns || !layout->cells)
        return err_memory(err);
    for (size_t i = 0; i < record->count; i++) {
        enum csv_column column = csv_column_of(record->fields[i].text);
        if (layout->shape == CSV_LONG && column == CSV_CELL)
            column = CSV_EXTRA;
        if (layout->shape == CSV_WIDE && (column == CSV_CODE || column == CSV_VALUE))
            column = CSV_EXTRA;
        layout->columns[i] = column;
        if (column < CSV_NAMED)
            layout->at[column] = (int)i;
        else if (column == CSV_CELL &&
                 csv_reports_cell(reports, str_trim(record->fields[i].text), &layout->cells[i],
                                  err) < 0)
            return -1;
    }
    join(&layout->head, record);
    note_extra(layout, record, sink);
    return 0;
}

static bool is_head_again(const struct layout *layout, const struct csv_record *record)
{
    struct buf again = buf_new(1 << 20);
    int agency = layout->at[CSV_AGENCY] >= 0 ? layout->at[CSV_AGENCY] : layout->at[CSV_CODE];
    if (record->count != layout->count ||
        csv_column_of(record->fields[agency].text) != layout->columns[agency])
        return false;
    join(&again, record);
    bool same = str_eq(buf_str(&again), (struct str){layout->head.p, layout->head.n});
    buf_free(&again);
    return same;
}

/* A line of totals among an office's reports is no report of its own. */
static bool is_totals(struct str agency)
{
    static const char *const names[] = {"合计", "总计", "小计", "共计", "汇总", "total", "Total",
                                        "TOTAL"};
    agency = str_trim(agency);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(agency, str_from(names[i])))
            return true;
    return false;
}

static bool is_empty(const struct csv_record *record)
{
    for (size_t i = 0; i < record->count; i++)
        if (str_trim(record->fields[i].text).n > 0)
            return false;
    return true;
}

/* Fields past the last column that hold nothing do no harm. */
static void drop_empty_tail(struct csv_record *record, size_t columns)
{
    while (record->count > columns && str_trim(record->fields[record->count - 1].text).n == 0)
        record->count--;
}

static struct str field_at(const struct csv_record *record, int column)
{
    if (column < 0 || (size_t)column >= record->count)
        return (struct str){"", 0};
    return record->fields[column].text;
}

struct collecting {
    struct csv_reader *reader;
    struct csv_reports *reports;
    struct document_sink *sink;
    struct layout layout;
    uint32_t last;       /* the report of the last good line, UINT32_MAX: none */
    struct err orphan;   /* a bad line that names no report: whose is it? */
    uint32_t before;     /* the report of the line before it */
};

static int whose(struct collecting *c, const struct csv_record *record, uint32_t *out,
                 struct err *err)
{
    const int *at = c->layout.at;
    struct str columns[4] = {field_at(record, at[CSV_AGENCY]), field_at(record, at[CSV_DIVISION]),
                             field_at(record, at[CSV_YEAR]), field_at(record, at[CSV_SCOPE])};
    return csv_reports_of(c->reports, columns, record->line, out, err);
}

/* A bad line that names no report lies inside one when its neighbours are the same report: that
 * one is rejected. Else it is told by itself. */
static int settle_orphan(struct collecting *c, uint32_t next, struct err *err)
{
    static const struct declared nobody;
    struct err why = c->orphan;
    if (why.kind == ERR_NONE)
        return 0;
    c->orphan = (struct err){0};
    if (next != UINT32_MAX && next == c->before)
        return csv_reports_reject(c->reports, next, &why, err);
    return c->sink->reject(c->sink->self, &nobody, &why);
}

/* Whether the first four columns can be told from a line that is not whole: they must stand
 * before the place where it breaks off, and be written plainly. */
static bool names_report(const struct collecting *c, const struct csv_record *record)
{
    const int *at = c->layout.at;
    for (int i = CSV_AGENCY; i <= CSV_SCOPE; i++)
        if (at[i] >= 0 && (size_t)at[i] >= record->count)
            return false;
    return !record->broken && at[CSV_AGENCY] >= 0 &&
           str_trim(field_at(record, at[CSV_AGENCY])).n > 0;
}

static int bad_line(struct collecting *c, struct csv_record *record, struct err *err)
{
    struct err why = {0};
    uint32_t report;
    struct csv_field fields[16];
    struct csv_record plain = *record;
    if (record->broken) {
        err_reject(&why, "csv-line", record->line, "line %u cannot be read: %s", (unsigned)record->line,
                   record->broken);
        /* up to its first quotation mark the line is plain: its begin may name the report */
        struct str rest = record->fields[0].text, field;
        ptrdiff_t quote = str_find(rest, STR("\""));
        rest = quote > 0 ? str_slice(rest, 0, (size_t)quote) : (struct str){0};
        plain = (struct csv_record){.fields = fields, .line = record->line};
        while (plain.count < 16 && str_split(&rest, csv_reader_parted(c->reader), &field))
            fields[plain.count++] = (struct csv_field){str_trim(field), record->line};
        plain.count -= plain.count > 0; /* the last one is cut off by the quotation mark */
    } else {
        err_reject(&why, "csv-line", record->line,
                   "line %u has %zu fields, the head line %zu; mend the line",
                   (unsigned)record->line, record->count, c->layout.count);
        if (record->lines > 1)
            csv_resume(c->reader);
    }
    if (names_report(c, &plain)) {
        if (whose(c, &plain, &report, err) < 0 ||
            csv_reports_reject(c->reports, report, &why, err) < 0)
            return -1;
        int status = settle_orphan(c, report, err);
        c->last = report;
        return status;
    }
    if (settle_orphan(c, UINT32_MAX, err) < 0)
        return -1;
    c->orphan = why;
    c->before = c->last;
    return 0;
}

static int note_totals(struct collecting *c, const struct csv_record *record)
{
    struct err note = {0};
    err_set(&note, ERR_INPUT, "line %u holds totals (%.*s), which are no report; it is kept out",
            (unsigned)record->line,
            STR_ARG(str_slice(field_at(record, c->layout.at[CSV_AGENCY]), 0, 60)));
    note.line = record->line;
    c->sink->note(c->sink->self, &note);
    return 0;
}

static int good_line(struct collecting *c, const struct csv_record *record, struct err *err)
{
    const struct layout *layout = &c->layout;
    uint32_t report, cell;
    if (is_totals(field_at(record, layout->at[CSV_AGENCY])))
        return note_totals(c, record);
    if (whose(c, record, &report, err) < 0 || settle_orphan(c, report, err) < 0)
        return -1;
    c->last = report;
    if (layout->shape == CSV_LONG) {
        const struct csv_field *value = &record->fields[layout->at[CSV_VALUE]];
        struct str code = str_trim(field_at(record, layout->at[CSV_CODE]));
        return csv_reports_cell(c->reports, code, &cell, err) < 0 ||
                       csv_reports_add(c->reports, report, cell, str_trim(value->text),
                                       value->line, err) < 0
                   ? -1
                   : 0;
    }
    for (size_t i = 0; i < layout->count; i++)
        if (layout->columns[i] == CSV_CELL &&
            csv_reports_add(c->reports, report, layout->cells[i],
                            str_trim(record->fields[i].text), record->fields[i].line, err) < 0)
            return -1;
    return 0;
}

/* Reads on behind the head line, which is `head`. */
static int read_reports(struct collecting *c, const struct csv_record *head,
                        const struct import_options *options, struct err *err)
{
    struct csv_record record;
    int more = layout_of(&c->layout, head, c->reports, c->sink, err) < 0 ? -1 : 1;
    c->last = UINT32_MAX;
    csv_go(c->reader);
    while (more > 0 && (more = csv_next(c->reader, &record, err)) > 0) {
        drop_empty_tail(&record, c->layout.count);
        int status = 0;
        if (record.broken || (record.count != c->layout.count && !is_empty(&record)))
            status = bad_line(c, &record, err);
        else if (record.count == c->layout.count && !is_empty(&record) &&
                 !is_head_again(&c->layout, &record))
            status = good_line(c, &record, err);
        more = status < 0 ? -1 : more;
    }
    if (more < 0 || settle_orphan(c, UINT32_MAX, err) < 0)
        return -1;
    return csv_reports_give(c->reports, options, c->sink, err);
}

/* The form ------------------------------------------------------------------------------------- */

static int read_form(struct csv_reader *reader, const struct import_options *options,
                     struct document_sink *sink, struct err *err)
{
    struct arena arena = arena_new(options->memory_max);
    struct sheet *sheet = sheet_new(&arena);
    struct document *doc = document_new(&arena);
    struct csv_record record;
    int more = sheet && doc ? 1 : sheet_too_large(&arena, err);
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
                more = sheet_too_large(&arena, err);
        }
    }
    if (more == 0 && sheet_write(sheet, doc) < 0)
        more = sheet_too_large(&arena, err);
    if (more == 0 && doc->count == 0)
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
    struct collecting c = {.reader = reader, .sink = sink};
    struct csv_record head;
    struct str look;
    if (csv_look(reader, &look, err) < 0)
        return -1;
    char delimiter = delimiter_of(look);
    int found = find_head(reader, &head, err);
    if (found < 0)
        return -1;
    if (!found) {
        csv_reader_delimiter(reader, delimiter ? delimiter : ',');
        csv_go(reader);
        return read_form(reader, options, sink, err);
    }
    int status = csv_reports_new(&c.reports, err);
    if (status == 0)
        status = read_reports(&c, &head, options, err);
    csv_reports_free(c.reports);
    layout_free(&c.layout);
    return status;
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
    char delimiter = delimiter_of(head->text);
    bool named = import_path_ends(head->path, "csv") || import_path_ends(head->path, "csv.gz") ||
                 import_path_ends(head->path, "tsv") || import_path_ends(head->path, "tsv.gz");
    if (!delimiter)
        return named ? 5 : 0;
    if (named)
        return 60;
    return delimiter != '\t' && looks_like_rows(head->text, delimiter) ? 30 : 0;
}

const struct importer importer_csv = {
    .name = "csv",
    .title = "CSV: one cell a line, one report a line, or the official form",
    .claims = claims,
    .read = read_csv,
};
