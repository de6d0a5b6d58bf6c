/* Records of CSV: lines split directly are split as libcsv splits them, whatever the pieces. */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "importers/csv_record.h"
#include "tests/fuzz/read.h"

struct pieces {
    struct str rest;
    size_t step;
};

static ssize_t pull(void *self, void *to, size_t size, struct err *err)
{
    struct pieces *p = self;
    (void)err;
    size_t n = p->step < size ? p->step : size;
    n = n < p->rest.n ? n : p->rest.n;
    if (n)
        memcpy(to, p->rest.p, n);
    p->rest = str_skip(p->rest, n);
    return (ssize_t)n;
}

/* Writes the records to `out`; or that the input is refused, which undoes those before, however far
 * ahead of them that was noticed. */
static void records(struct buf *out, struct str bytes, size_t step, bool plain, char delimiter)
{
    struct pieces pieces = {bytes, step};
    struct stream *in = NULL;
    struct csv_reader *reader = NULL;
    struct csv_record record;
    uint32_t line = 0;
    int more = -1;
    if (stream_pull(&in, pull, &pieces, NULL) == 0 &&
        csv_reader_new(&reader, in, ENCODING_BY_CONTENT, NULL) == 0) {
        csv_reader_plain(reader, plain);
        csv_reader_delimiter(reader, delimiter);
        while ((more = csv_next(reader, &record, NULL)) > 0) {
            fuzz_holds(record.line > line && record.count > 0);
            line = record.line + record.lines - 1;
            buf_printf(out, "%u+%u%s", (unsigned)record.line, (unsigned)record.lines,
                       record.broken ? record.broken : "");
            for (size_t i = 0; i < record.count; i++) {
                buf_printf(out, "@%u[", (unsigned)record.fields[i].line);
                buf_add(out, record.fields[i].text);
                buf_char(out, ']');
            }
        }
    }
    if (more < 0)
        buf_reset(out);
    buf_printf(out, "%d", more);
    csv_reader_free(reader);
    stream_close(in);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf one = buf_new(16 << 20), two = buf_new(16 << 20);
    char delimiter = size > 0 && data[0] & 1 ? '\t' : ',';
    struct str bytes = {(const char *)data, size};
    records(&one, bytes, SIZE_MAX, false, delimiter);
    records(&two, bytes, 1 + size % 7, true, delimiter);
    fuzz_holds(one.failed || two.failed || str_eq(buf_str(&one), buf_str(&two)));
    buf_free(&one);
    buf_free(&two);
    return 0;
}
