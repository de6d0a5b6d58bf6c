/* many.h - what a table of many reports is read as, written down to be compared: by libcsv alone, or
 * with the lines taken as they stand that look like those before. */
#ifndef GONGKAI_TESTS_FUZZ_MANY_H
#define GONGKAI_TESTS_FUZZ_MANY_H

#include <string.h>

#include "core/base/buf.h"
#include "importers/csv_header.h"
#include "importers/csv_many.h"

/* How it is read. `look`: the head of the text is decoded before, as it is for a look. */
struct many {
    struct str rest;
    size_t step, held; /* bytes a time, 0: all; see csv_reports_new */
    bool plain, look;
    bool headed; /* a head line was found; only then does the rest count */
    struct buf out;
};

static inline ssize_t many_pull(void *self, void *to, size_t size, struct err *err)
{
    struct many *m = self;
    (void)err;
    size_t n = m->step && m->step < size ? m->step : size;
    n = n < m->rest.n ? n : m->rest.n;
    if (n)
        memcpy(to, m->rest.p, n);
    m->rest = str_skip(m->rest, n);
    return (ssize_t)n;
}

static inline int many_take(void *self, struct document *doc, struct err *err)
{
    struct many *m = self;
    (void)err;
    buf_printf(&m->out, "D %.*s/%.*s/%d/%.*s@%u\n", STR_ARG(doc->declared.agency),
               STR_ARG(doc->declared.division), doc->declared.year, STR_ARG(doc->declared.scope),
               (unsigned)doc->line);
    for (uint32_t i = 0; i < doc->stated_count; i++) {
        const struct stated_cell *s = &doc->stated[i];
        buf_add(&m->out, doc->names->name[s->name]);
        buf_char(&m->out, '=');
        buf_add(&m->out, s->text);
        buf_printf(&m->out, "@%u\n", (unsigned)s->line);
    }
    return 0;
}

static inline int many_reject(void *self, const struct declared *whose, const struct err *why)
{
    struct many *m = self;
    buf_printf(&m->out, "X %.*s/%d/%.*s %s\n", STR_ARG(whose->agency), whose->year,
               STR_ARG(whose->scope), why->english);
    return 0;
}

static inline void many_note(void *self, const struct err *what)
{
    struct many *m = self;
    buf_printf(&m->out, "N %s\n", what->english);
}

/* Reads them, the first record being the head line; what was made of them is in m->out. Notes of a file that is refused in the end do not count. */
static inline void many_read(struct many *m, struct str bytes, char delimiter)
{
    struct document_sink sink = {many_take, many_reject, many_note, m};
    struct import_options options = {.memory_max = (size_t)64 << 20};
    struct stream *in = NULL;
    struct csv_reader *reader = NULL;
    struct csv_record head;
    struct str look;
    struct err err = {0};
    m->rest = bytes;
    m->out = buf_new((size_t)256 << 20);
    int status = stream_pull(&in, many_pull, m, &err);
    if (status == 0)
        status = csv_reader_new(&reader, in, ENCODING_BY_CONTENT, &err);
    if (status == 0) {
        csv_reader_plain(reader, m->plain);
        csv_reader_delimiter(reader, delimiter);
        status = m->look ? csv_look(reader, &look, &err) : 0;
    }
    m->headed = status == 0 && csv_next(reader, &head, &err) > 0 && !head.broken &&
                csv_shape_of(head.fields, head.count, NULL) != CSV_FORM;
    if (m->headed) {
        csv_go(reader);
        if (csv_many_read(reader, &head, m->held, &options, &sink, &err) < 0) {
            buf_reset(&m->out);
            buf_printf(&m->out, "refused %u %s %s", (unsigned)err.line, err.reason, err.english);
        }
    }
    csv_reader_free(reader);
    stream_close(in);
}

#endif
