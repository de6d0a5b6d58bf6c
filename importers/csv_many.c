#include "importers/csv_many.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "importers/csv_alike.h"
#include "importers/csv_header.h"
#include "importers/csv_reports.h"

/* A file of many reports: what its columns are. */
struct layout {
    enum csv_shape shape;
    size_t count;
    int at[CSV_NAMED]; /* the column of each, -1: none */
    enum csv_column *columns;
    uint32_t *cells; /* of a CSV_CELL column: its number in csv_reports */
    struct buf head; /* the head line, to know it when it comes again */
};

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
        return err_refused(err);
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
    struct str head = {layout->head.p, layout->head.n};
    for (size_t i = 0; i < record->count; i++) {
        struct str text = record->fields[i].text;
        if (!str_starts(head, text) || !str_starts(str_skip(head, text.n), STR("\n")))
            return false;
        head = str_skip(head, text.n + 1);
    }
    return head.n == 0;
}

/* A line of totals among an office's reports is no report of its own. */
static bool is_totals(struct str agency)
{
    static const struct str names[] = {{"合计", 6}, {"总计", 6}, {"小计", 6}, {"共计", 6},
                                       {"汇总", 6}, {"total", 5}, {"Total", 5}, {"TOTAL", 5}};
    agency = str_trim(agency);
    for (size_t i = 0; agency.n <= 6 && i < sizeof names / sizeof *names; i++)
        if (str_eq(agency, names[i]))
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

struct csv_many {
    struct csv_reports *reports;
    struct document_sink *sink;
    struct layout layout;
    char delimiter;
    struct csv_alike *alike; /* NULL: no lines are taken as they stand */
    uint32_t last;           /* report of the last good line, CSV_NOBODY: none */
    struct err orphan;       /* a bad line that names no report: whose is it? */
    uint32_t before;         /* report of the line before it */
};

static int whose(struct csv_many *c, const struct csv_record *record, uint32_t *out, bool *again,
                 struct err *err)
{
    const int *at = c->layout.at;
    struct str columns[4] = {field_at(record, at[CSV_AGENCY]), field_at(record, at[CSV_DIVISION]),
                             field_at(record, at[CSV_YEAR]), field_at(record, at[CSV_SCOPE])};
    return csv_reports_of(c->reports, columns, record->line, out, again, err);
}

/* A bad line that names no report lies inside one when its neighbours are the same report: that
 * one is rejected. Else it is told by itself. */
static int settle_orphan(struct csv_many *c, uint32_t next, struct err *err)
{
    static const struct declared nobody;
    if (c->orphan.kind == ERR_NONE)
        return 0;
    struct err why = c->orphan;
    c->orphan = (struct err){0};
    if (next != CSV_NOBODY && next == c->before)
        return csv_reports_reject(c->reports, next, &why, err);
    return c->sink->reject(c->sink->self, &nobody, &why);
}

/* Whether the first four columns can be told from a line that is not whole: they must stand
 * before the place where it breaks off, and be written plainly. */
static bool names_report(const struct csv_many *c, const struct csv_record *record)
{
    const int *at = c->layout.at;
    for (int i = CSV_AGENCY; i <= CSV_SCOPE; i++)
        if (at[i] >= 0 && (size_t)at[i] >= record->count)
            return false;
    return at[CSV_AGENCY] >= 0 && str_trim(field_at(record, at[CSV_AGENCY])).n > 0;
}

/* Up to its first quotation mark a broken line is plain: its begin may name the report. */
static void plain_head(const struct csv_many *c, const struct csv_record *broken,
                       struct csv_field *fields, size_t most, struct csv_record *out)
{
    struct str rest = broken->fields[0].text, field;
    ptrdiff_t quote = str_find(rest, STR("\""));
    rest = quote > 0 ? str_slice(rest, 0, (size_t)quote) : (struct str){0};
    *out = (struct csv_record){.fields = fields, .line = broken->line};
    while (out->count < most && str_split(&rest, c->delimiter, &field))
        fields[out->count++] = (struct csv_field){str_trim(field), broken->line};
    out->count -= out->count > 0; /* the last one is cut off by the quotation mark */
}

/* Rejects the report that a bad line belongs to. 1: its lines behind the first must be read
 * again. */
static int bad_line(struct csv_many *c, const struct csv_record *record, struct err *err)
{
    struct err why = {0};
    uint32_t report;
    bool met;
    struct csv_field fields[16];
    struct csv_record plain = *record;
    int again = !record->broken && record->lines > 1;
    if (record->broken) {
        err_reject(&why, "csv-line", record->line, "line %u cannot be read: %s",
                   (unsigned)record->line, record->broken);
        plain_head(c, record, fields, sizeof fields / sizeof *fields, &plain);
    } else {
        err_reject(&why, "csv-line", record->line,
                   "line %u has %zu fields, the head line %zu; mend the line",
                   (unsigned)record->line, record->count, c->layout.count);
    }
    if (names_report(c, &plain)) {
        if (whose(c, &plain, &report, &met, err) < 0 ||
            csv_reports_reject(c->reports, report, &why, err) < 0)
            return -1;
        c->last = report;
        return settle_orphan(c, report, err) < 0 ? -1 : again;
    }
    if (settle_orphan(c, CSV_NOBODY, err) < 0)
        return -1;
    c->orphan = why;
    c->before = c->last;
    return again;
}

static int note_totals(struct csv_many *c, const struct csv_record *record)
{
    struct err note = {0};
    err_set(&note, ERR_INPUT, "line %u holds totals (%.*s), which are no report; it is kept out",
            (unsigned)record->line,
            STR_ARG(str_slice(field_at(record, c->layout.at[CSV_AGENCY]), 0, 60)));
    note.line = record->line;
    c->sink->note(c->sink->self, &note);
    return 0;
}

/* As str_trim; most fields begin and end with something to be seen. */
static struct str trim(struct str s)
{
    bool bare = s.n > 0 && s.p[0] > ' ' && s.p[s.n - 1] > ' ';
    return bare ? s : str_trim(s);
}

static int good_line(struct csv_many *c, const struct csv_record *record, struct err *err)
{
    const struct layout *layout = &c->layout;
    uint32_t report, cell;
    bool again;
    if (is_totals(field_at(record, layout->at[CSV_AGENCY])))
        return note_totals(c, record);
    if (whose(c, record, &report, &again, err) < 0 || settle_orphan(c, report, err) < 0)
        return -1;
    c->last = report;
    if (c->alike && csv_alike_learn(c->alike, record, report, again, err) < 0)
        return -1;
    if (layout->shape == CSV_LONG) {
        const struct csv_field *value = &record->fields[layout->at[CSV_VALUE]];
        struct str code = trim(field_at(record, layout->at[CSV_CODE]));
        return csv_reports_cell(c->reports, code, &cell, err) < 0 ||
                       csv_reports_add(c->reports, report, cell, trim(value->text),
                                       value->line, err) < 0
                   ? -1
                   : 0;
    }
    for (size_t i = 0; i < layout->count; i++)
        if (layout->columns[i] == CSV_CELL &&
            csv_reports_add(c->reports, report, layout->cells[i],
                            trim(record->fields[i].text), record->fields[i].line, err) < 0)
            return -1;
    return 0;
}

/* Lines may be taken as they stand where code and value are the last two columns. */
static int make_alike(struct csv_many *c, const struct csv_record *head, struct err *err)
{
    const struct layout *l = &c->layout;
    int value = (int)l->count - 1;
    if (l->shape != CSV_LONG || !c->delimiter || l->at[CSV_VALUE] != value ||
        l->at[CSV_CODE] != value - 1)
        return 0;
    return csv_alike_new(&c->alike, c->reports, c->delimiter, l->count,
                         head->fields[value - 1].text, err);
}

int csv_many_new(struct csv_many **out, const struct csv_record *head, char delimiter, size_t held,
                 struct document_sink *sink, struct err *err)
{
    struct csv_many *c = calloc(1, sizeof *c);
    if (!c)
        return err_refused(err);
    c->sink = sink;
    c->delimiter = delimiter;
    c->last = CSV_NOBODY;
    if (csv_reports_new(&c->reports, held, err) < 0 ||
        layout_of(&c->layout, head, c->reports, sink, err) < 0 || make_alike(c, head, err) < 0) {
        csv_many_free(c);
        return -1;
    }
    *out = c;
    return 0;
}

void csv_many_free(struct csv_many *c)
{
    if (!c)
        return;
    csv_alike_free(c->alike);
    csv_reports_free(c->reports);
    layout_free(&c->layout);
    free(c);
}

int csv_many_add(struct csv_many *c, struct csv_record *record, struct err *err)
{
    drop_empty_tail(record, c->layout.count);
    if (record->broken)
        return bad_line(c, record, err);
    if (is_empty(record) || is_head_again(&c->layout, record))
        return 0;
    return record->count == c->layout.count ? good_line(c, record, err) : bad_line(c, record, err);
}

int csv_many_end(struct csv_many *c, const struct import_options *options, struct err *err)
{
    if (settle_orphan(c, CSV_NOBODY, err) < 0)
        return -1;
    return csv_reports_give(c->reports, options, c->sink, err);
}

int csv_many_read(struct csv_reader *reader, const struct csv_record *head, size_t held,
                  const struct import_options *options, struct document_sink *sink,
                  struct err *err)
{
    struct csv_many *c = NULL;
    struct csv_record record;
    int more = csv_many_new(&c, head, csv_reader_parted(reader), held, sink, err) < 0 ? -1 : 1;
    while (more > 0) {
        if (c->alike && c->orphan.kind == ERR_NONE &&
            csv_alike_take(c->alike, reader, &c->last, err) < 0)
            more = -1;
        if (more > 0 && (more = csv_next(reader, &record, err)) > 0) {
            int again = csv_many_add(c, &record, err);
            if (again > 0)
                csv_resume(reader);
            more = again < 0 ? -1 : more;
        }
    }
    if (more == 0)
        more = csv_many_end(c, options, err);
    csv_many_free(c);
    return more;
}
