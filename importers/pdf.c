/* pdf.c - PDF files, through pdftotext where that is installed: its lines keep the columns of the
 * page, and are read like any text. */
#include "core/base/buf.h"
#include "importers/pipe.h"
#include "importers/text.h"

enum { SECONDS = 60, MEMORY_BYTES = 1 << 30, FILES = 64 };

static int read_pdf(struct stream *in, const struct import_options *options,
                    struct document_sink *sink, struct err *err)
{
    static const char *const arguments[] = {"pdftotext", "-q", "-layout", "-enc", "UTF-8", "-", "-",
                                            NULL};
    static const struct pipe_program program = {.arguments = arguments,
                                                .converter = "pdftotext",
                                                .seconds = SECONDS,
                                                .memory_bytes = MEMORY_BYTES,
                                                .files = FILES};
    struct import_options of_text = *options;
    struct arena arena = arena_new(options->memory_max);
    struct buf out = buf_new(options->memory_max / 2);
    struct document *doc = NULL;
    of_text.encoding = ENCODING_UTF8;
    int status = pipe_through(&program, in, &out, err);
    if (status == 0 && str_trim(buf_str(&out)).n == 0)
        status = err_reject(err, "images", 0, "holds pictures of pages and no text; ask for the "
                            "report as text");
    if (status == 0)
        status = text_document(&doc, &arena, buf_str(&out), &of_text, err);
    if (status == 0)
        status = sink->take(sink->self, doc, err);
    buf_free(&out);
    arena_free(&arena);
    return status;
}

static int claims(const struct import_head *head)
{
    return str_starts(head->bytes, STR("%PDF-")) ? 95 : 0;
}

const struct importer importer_pdf = {
    .name = "pdf",
    .claims = claims,
    .read = read_pdf,
};
