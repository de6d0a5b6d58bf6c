/* html_out.h - writes HTML to a sink: what is data is escaped, what is markup is a literal. */
#ifndef GONGKAI_TEXT_HTML_OUT_H
#define GONGKAI_TEXT_HTML_OUT_H

#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/lang.h"
#include "core/base/sink.h"

/* Once a write fails nothing more is written and html_out_close says why. */
struct html_out {
    struct sink sink;
    enum lang lang; /* of the document */
    struct err failure;
    bool failed;
    struct buf buf;
};

void html_out_open(struct html_out *html, struct sink sink, enum lang lang);

/* Markup as it stands: a literal of the program, never data. */
void html_markup(struct html_out *html, const char *markup);

/* Markup with %d, %u, %lld for numbers; never %s for data. */
void html_format(struct html_out *html, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A whole number with its thousands grouped: 63,609. */
void html_number(struct html_out *html, int64_t value);

/* Data, for an element's text or for an attribute in double quotes. Bytes that are not allowed in
 * HTML (control characters) become U+FFFD. */
void html_text(struct html_out *html, struct str text);

/* Markup, data, markup: <td>…</td>. */
void html_element(struct html_out *html, const char *before, struct str text, const char *after);

/* Markup, words of the program in the document's language, markup. */
void html_words(struct html_out *html, const char *before, const char *english, const char *after);

/* From <!DOCTYPE> into <head>: the document's language, its encoding, the width of a phone. */
void html_document(struct html_out *html);

/* Writes what is left; -1 with the first failure. */
int html_out_close(struct html_out *html, struct err *err);

#endif
