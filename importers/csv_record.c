#include "importers/csv_record.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"

enum {
    BLOCK = 256 * 1024,
    RECORD_BYTES = 1024 * 1024, /* a longer record is a quote that was never closed … */
    RECORD_LINES = 1000,        /* … and so is one of more lines */
    FIELDS_MAX = 64 * 1024,
    LINE_BYTES = 1024, /* most lines are shorter */
};

/* `text` holds decoded bytes, of which `from` to `to` are still to come. `start` is where the
 * last record began: it is kept until the next one is asked for. */
struct csv_reader {
    struct decoder *decoder;
    char *text;
    size_t start, from, to, capacity;
    uint32_t start_line, line; /* of `start` and `from` */
    bool ended, libcsv_only, looked;
    char delimiter;
    struct csv_field *fields;
    size_t count, field_capacity;
    uint32_t field_line; /* where the field that libcsv is in began */
    struct buf quoted;   /* texts of the fields that libcsv gave */
    bool row, failed;    /* libcsv ended a row; memory ran out */
};

int csv_reader_new(struct csv_reader **out, struct stream *in, enum encoding encoding,
                   struct err *err)
{
    struct csv_reader *r = calloc(1, sizeof *r);
    char *text = malloc(BLOCK);
    if (!r || !text) {
        free(r);
        free(text);
        return err_refused(err);
    }
    r->text = text;
    r->capacity = BLOCK;
    r->line = r->start_line = 1;
    r->delimiter = ',';
    r->quoted = buf_new(2 * RECORD_BYTES);
    if (decoder_new(&r->decoder, in, encoding, err) < 0) {
        csv_reader_free(r);
        return -1;
    }
    *out = r;
    return 0;
}

void csv_reader_free(struct csv_reader *r)
{
    if (!r)
        return;
    decoder_free(r->decoder);
    buf_free(&r->quoted);
    free(r->fields);
    free(r->text);
    free(r);
}

void csv_reader_delimiter(struct csv_reader *r, char delimiter)
{
    r->delimiter = delimiter;
}

char csv_reader_parted(const struct csv_reader *r)
{
    return r->delimiter;
}

void csv_reader_plain(struct csv_reader *r, bool plain)
{
    r->libcsv_only = plain;
}

bool csv_reader_is_plain(const struct csv_reader *r)
{
    return r->libcsv_only;
}

/* Has no more decoded than one line, where the next may be taken as it stands. */
static int decode_line(struct csv_reader *r, struct err *err)
{
    struct str ahead = {0};
    const char *lf = NULL;
    for (size_t size = LINE_BYTES; !lf && size <= STREAM_PEEK; size *= 8) {
        if (decoder_ahead(r->decoder, size, &ahead, err) < 0)
            return -1;
        lf = ahead.n ? memchr(ahead.p, '\n', ahead.n) : NULL;
        if (ahead.n < size)
            break;
    }
    decoder_most(r->decoder, lf ? (size_t)(lf - ahead.p) + 1 : 0);
    return 0;
}

/* More text behind `to`; what lies before `start` is given up. 0 also at the end. */
static int fill(struct csv_reader *r, struct err *err)
{
    if (r->start > 0 && !r->looked) {
        memmove(r->text, r->text + r->start, r->to - r->start);
        r->from -= r->start;
        r->to -= r->start;
        r->start = 0;
    }
    if (r->capacity - r->to < BLOCK / 2) {
        char *wider = realloc(r->text, r->capacity * 2);
        if (!wider)
            return err_refused(err);
        r->text = wider;
        r->capacity *= 2;
    }
    if (!r->looked && !r->libcsv_only && decode_line(r, err) < 0)
        return -1;
    ssize_t got = decoder_read(r->decoder, r->text + r->to, r->capacity - r->to, err);
    if (got < 0)
        return -1;
    r->to += (size_t)got;
    r->ended = got == 0;
    return 0;
}

int csv_look(struct csv_reader *r, struct str *out, struct err *err)
{
    r->looked = true;
    while (r->to < STREAM_PEEK && !r->ended)
        if (fill(r, err) < 0)
            return -1;
    *out = (struct str){r->text, r->to < STREAM_PEEK ? r->to : STREAM_PEEK};
    return 0;
}

void csv_back(struct csv_reader *r)
{
    r->start = r->from = 0;
    r->start_line = r->line = 1;
}

void csv_go(struct csv_reader *r)
{
    r->looked = false;
}

/* One line behind `at`: its bytes without the end, and where the next begins. 1, 0 when the text
 * ends before `at`, -1. `at` counts from `start`, since the text may move. */
static int line_at(struct csv_reader *r, size_t at, struct str *line, size_t *next, struct err *err)
{
    size_t known = at; /* no line end before it */
    for (;;) {
        const char *p = r->text + r->start;
        size_t have = r->to - r->start;
        const char *lf = have > known ? memchr(p + known, '\n', have - known) : NULL;
        size_t end = lf ? (size_t)(lf - p) : have;
        const char *cr = end > known ? memchr(p + known, '\r', end - known) : NULL;
        if (cr)
            end = (size_t)(cr - p);
        /* a CR at the very end may be half a CRLF */
        bool sure = (lf || cr) && (!cr || end + 1 < have || r->ended);
        if (sure || (r->ended && have > at)) {
            bool crlf = cr && end + 1 < have && p[end + 1] == '\n';
            *line = (struct str){p + at, end - at};
            *next = end + (cr || lf) + crlf;
            return 1;
        }
        if (r->ended)
            return 0;
        if (have - at > RECORD_BYTES)
            return err_reject(err, "csv-line", r->line,
                              "line %u is longer than %d bytes, so this is no CSV file", (unsigned)r->line,
                              RECORD_BYTES);
        known = cr ? end : have;
        if (fill(r, err) < 0)
            return -1;
    }
}

static int add_field(struct csv_reader *r, struct str text, uint32_t line)
{
    if (r->count == r->field_capacity) {
        size_t wider = r->field_capacity ? r->field_capacity * 2 : 16;
        struct csv_field *fields =
            wider > FIELDS_MAX ? NULL : realloc(r->fields, wider * sizeof *fields);
        if (!fields)
            return -1;
        r->fields = fields;
        r->field_capacity = wider;
    }
    r->fields[r->count++] = (struct csv_field){text, line};
    return 0;
}

static bool is_padding(const struct csv_reader *r, char c)
{
    return (c == ' ' || c == '\t') && c != r->delimiter;
}

/* A line without quotes: fields between delimiters, trimmed as libcsv does. Most are a digit or two:
 * they are gone through byte by byte. */
static int split(struct csv_reader *r, struct str line)
{
    const char *at = line.p, *end = at + line.n;
    for (;; at++) {
        const char *from = at;
        while (at < end && *at != r->delimiter)
            at++;
        struct str field = {from, (size_t)(at - from)};
        while (field.n > 0 && is_padding(r, field.p[0]))
            field = str_skip(field, 1);
        while (field.n > 0 && is_padding(r, field.p[field.n - 1]))
            field.n--;
        if (add_field(r, field, r->start_line) < 0)
            return -1;
        if (at == end)
            return 0;
    }
}

/* libcsv's callbacks. A text is kept by its place in `quoted`, which may still move. */
static void on_field(void *text, size_t n, void *self)
{
    struct csv_reader *r = self;
    size_t place = r->quoted.n;
    buf_add(&r->quoted, (struct str){text, n});
    r->failed |= add_field(r, (struct str){(const char *)(uintptr_t)place, n}, r->field_line) < 0;
    r->field_line = r->line;
}

static void on_row(int end, void *self)
{
    struct csv_reader *r = self;
    (void)end;
    r->row = true;
}

/* Feeds libcsv line by line until it ends a row. 1: a record, whose end is `*next`; 0: none, for
 * the reason `*broken`; -1 with `err`. */
static int parse(struct csv_reader *r, struct str line, size_t *next, const char **broken,
                 struct err *err)
{
    struct csv_parser parser;
    int status = 1;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return err_memory(err);
    csv_set_delim(&parser, (unsigned char)r->delimiter);
    r->row = r->failed = false;
    r->field_line = r->line;
    buf_reset(&r->quoted);
    *broken = NULL;
    for (uint32_t lines = 1; !r->row && !*broken; lines++) {
        size_t fed = csv_parse(&parser, line.p, line.n, on_field, on_row, r);
        if (fed == line.n)
            fed += csv_parse(&parser, "\n", 1, on_field, on_row, r);
        if (csv_error(&parser) == CSV_ENOMEM)
            err_refused(NULL);
        if (fed != line.n + 1)
            *broken = csv_error(&parser) == CSV_EPARSE
                          ? "a quotation mark stands where none may"
                          : "it cannot be parsed";
        r->line++;
        if (r->row || *broken)
            break;
        if (lines == RECORD_LINES || *next > RECORD_BYTES) {
            *broken = "a quotation mark is never closed";
            break;
        }
        status = line_at(r, *next, &line, next, err);
        if (status < 0)
            break;
        if (status == 0)
            *broken = "a quotation mark is never closed";
    }
    csv_free(&parser);
    if (status >= 0 && (r->failed || r->quoted.failed))
        *broken = "it is too long";
    return status < 0 ? -1 : !*broken;
}

/* Texts that libcsv gave were kept as places: make them views. */
static void settle(struct csv_reader *r)
{
    struct str all = buf_str(&r->quoted);
    for (size_t i = 0; i < r->count; i++)
        r->fields[i].text.p = all.p + (uintptr_t)r->fields[i].text.p;
}

static bool is_blank(struct str line)
{
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] != ' ' && line.p[i] != '\t')
            return false;
    return true;
}

int csv_next(struct csv_reader *r, struct csv_record *out, struct err *err)
{
    struct str line = {0};
    size_t next = 0;
    const char *broken = NULL;
    for (;;) {
        r->start = r->from;
        r->start_line = r->line;
        int got = line_at(r, 0, &line, &next, err);
        if (got <= 0)
            return got;
        if (!is_blank(line))
            break;
        r->from = r->start + next;
        r->line++;
    }
    size_t first = next; /* where the line behind this one begins */
    r->count = 0;
    if (!r->libcsv_only && !(line.n > 0 && memchr(line.p, '"', line.n))) {
        r->line++;
        if (split(r, line) < 0)
            broken = "it is too long";
    } else {
        int whole = parse(r, line, &next, &broken, err);
        if (whole < 0)
            return -1;
        if (whole)
            settle(r);
    }
    if (broken) {
        r->count = 0;
        next = first;
        r->line = r->start_line + 1;
        line = (struct str){r->text + r->start, first};
        if (r->field_capacity == 0 && add_field(r, line, r->start_line) < 0)
            return err_memory(err);
        r->fields[0] = (struct csv_field){str_trim(line), r->start_line};
        r->count = 1;
    }
    r->from = r->start + next;
    *out = (struct csv_record){r->fields, r->count, r->start_line, r->line - r->start_line, broken};
    return 1;
}

void csv_resume(struct csv_reader *r)
{
    struct str line = {0};
    size_t next = 0;
    if (r->line - r->start_line < 2 || line_at(r, 0, &line, &next, NULL) <= 0)
        return;
    r->from = r->start + next;
    r->line = r->start_line + 1;
}

int csv_look_ahead(struct csv_reader *r, struct csv_ahead *out, struct err *err)
{
    *out = (struct csv_ahead){.line = r->line};
    if (r->libcsv_only)
        return 0;
    if (r->from < r->to) {
        out->text = (struct str){r->text + r->from, r->to - r->from};
        return 0;
    }
    out->raw = !decoder_is_utf8(r->decoder);
    if (decoder_ahead(r->decoder, LINE_BYTES, &out->text, err) < 0)
        return -1;
    if (out->text.n < LINE_BYTES || memchr(out->text.p, '\n', out->text.n))
        return 0;
    return decoder_ahead(r->decoder, STREAM_PEEK, &out->text, err);
}

void csv_pass(struct csv_reader *r, size_t bytes, uint32_t lines)
{
    if (r->from < r->to)
        r->from += bytes;
    else
        decoder_pass(r->decoder, bytes, lines);
    r->line += lines;
}
