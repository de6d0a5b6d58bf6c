#include "core/text/html_out.h"

#include <stdarg.h>
#include <stdio.h>

enum { BUFFER = 1 << 15, LONGEST = 1 << 24 };

void html_out_open(struct html_out *html, struct sink sink, enum lang lang)
{
    *html = (struct html_out){.sink = sink, .lang = lang, .buf = buf_new(LONGEST)};
}

static void flush(struct html_out *html, size_t above)
{
    if (html->buf.failed && !html->failed) {
        err_memory(&html->failure);
        html->failed = true;
    }
    if (html->buf.n <= above)
        return;
    if (!html->failed)
        html->failed = sink_write(html->sink, html->buf.p, html->buf.n, &html->failure) < 0;
    buf_reset(&html->buf);
}

void html_markup(struct html_out *html, const char *markup)
{
    buf_text(&html->buf, markup);
    flush(html, BUFFER);
}

void html_format(struct html_out *html, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof text)
        html->buf.failed = true;
    else
        buf_add(&html->buf, (struct str){text, (size_t)n});
    flush(html, BUFFER);
}

void html_text(struct html_out *html, struct str text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        const char *escape = c == '&'    ? "&amp;"
                             : c == '<'  ? "&lt;"
                             : c == '>'  ? "&gt;"
                             : c == '"'  ? "&quot;"
                             : c == '\'' ? "&#39;"
                             : (c < ' ' && c != '\n' && c != '\t') || c == 0x7f ? "\xef\xbf\xbd"
                                                                               : NULL;
        if (!escape)
            continue;
        buf_add(&html->buf, str_slice(text, from, i));
        buf_text(&html->buf, escape);
        from = i + 1;
    }
    buf_add(&html->buf, str_skip(text, from));
    flush(html, BUFFER);
}

void html_element(struct html_out *html, const char *before, struct str text, const char *after)
{
    html_markup(html, before);
    html_text(html, text);
    html_markup(html, after);
}

void html_number(struct html_out *html, int64_t value)
{
    char digits[32], out[48];
    int n = snprintf(digits, sizeof digits, "%lld", (long long)value), k = 0;
    for (int i = 0; i < n; i++) {
        if (i > 0 && digits[i - 1] != '-' && (n - i) % 3 == 0)
            out[k++] = ',';
        out[k++] = digits[i];
    }
    html_text(html, (struct str){out, (size_t)k});
}

void html_words(struct html_out *html, const char *before, const char *english, const char *after)
{
    html_element(html, before, str_from(lang_in(html->lang, english)), after);
}

void html_document(struct html_out *html)
{
    html_markup(html, "<!DOCTYPE html>\n");
    html_markup(html, html->lang == LANG_ZH ? "<html lang=\"zh-CN\">\n" : "<html lang=\"en\">\n");
    html_markup(html, "<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
}

int html_out_close(struct html_out *html, struct err *err)
{
    flush(html, 0);
    buf_free(&html->buf);
    if (html->failed && err)
        *err = html->failure;
    return html->failed ? -1 : 0;
}
