#include "core/text/csv_out.h"

#include <string.h>

void csv_out_open(struct csv_out *csv, struct sink sink, bool bom)
{
    csv->sink = sink;
    csv->failure = (struct err){0};
    csv->failed = csv->within = false;
    csv->used = 0;
    if (bom) {
        memcpy(csv->buffer, "\xef\xbb\xbf", 3);
        csv->used = 3;
    }
}

static void flush(struct csv_out *csv)
{
    if (!csv->failed && csv->used > 0)
        csv->failed = sink_write(csv->sink, csv->buffer, csv->used, &csv->failure) < 0;
    csv->used = 0;
}

static void put(struct csv_out *csv, struct str s)
{
    while (s.n > CSV_OUT_BUFFER - csv->used) {
        size_t n = CSV_OUT_BUFFER - csv->used;
        memcpy(csv->buffer + csv->used, s.p, n);
        csv->used += n;
        s = str_skip(s, n);
        flush(csv);
    }
    if (s.n > 0)
        memcpy(csv->buffer + csv->used, s.p, s.n);
    csv->used += s.n;
}

static void put_char(struct csv_out *csv, char c)
{
    if (csv->used == CSV_OUT_BUFFER)
        flush(csv);
    csv->buffer[csv->used++] = c;
}

static void next_cell(struct csv_out *csv)
{
    if (csv->within)
        put_char(csv, ',');
    csv->within = true;
}

static size_t skip_digits(struct str s, size_t from)
{
    while (from < s.n && s.p[from] >= '0' && s.p[from] <= '9')
        from++;
    return from;
}

bool csv_out_is_number(struct str s)
{
    size_t start = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+');
    size_t i = skip_digits(s, start);
    if (i == start)
        return false;
    if (i < s.n && s.p[i] == '.') {
        start = i + 1;
        i = skip_digits(s, start);
        if (i == start)
            return false;
    }
    return i == s.n;
}

/* Whether Excel would take the text for a formula, also behind apostrophes. */
static bool is_formula(struct str s)
{
    while (s.n > 0 && s.p[0] == '\'')
        s = str_skip(s, 1);
    if (s.n == 0)
        return false;
    return memchr("=+-@\t\r\n", s.p[0], 7) || str_starts(s, STR("＝")) ||
           str_starts(s, STR("＋")) || str_starts(s, STR("－")) || str_starts(s, STR("＠"));
}

/* Whether the text must be quoted: it holds what CSV (or a spreadsheet that separates by ; or tab)
 * gives a meaning to, or a spreadsheet would trim it or take it for something else. */
static bool needs_quotes(struct str s)
{
    if (s.n == 0 || memchr("0123456789+-.' ", s.p[0], 15) || s.p[s.n - 1] == ' ')
        return true;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == ',' || s.p[i] == ';' || s.p[i] == '"' || (unsigned char)s.p[i] < ' ')
            return true;
    return false;
}

void csv_out_text(struct csv_out *csv, struct str text)
{
    next_cell(csv);
    if (!text.p)
        return;
    bool formula = is_formula(text) && !csv_out_is_number(text);
    if (!formula && !needs_quotes(text)) {
        put(csv, text);
        return;
    }
    put_char(csv, '"');
    if (formula)
        put_char(csv, '\'');
    for (const char *quote; text.n > 0 && (quote = memchr(text.p, '"', text.n)) != NULL;) {
        size_t n = (size_t)(quote - text.p) + 1;
        put(csv, str_slice(text, 0, n));
        put_char(csv, '"');
        text = str_skip(text, n);
    }
    put(csv, text);
    put_char(csv, '"');
}

void csv_out_integer(struct csv_out *csv, int64_t value)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do
        digits[--at] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (value < 0)
        digits[--at] = '-';
    next_cell(csv);
    put(csv, (struct str){digits + at, sizeof digits - at});
}

void csv_out_decimal(struct csv_out *csv, struct str digits)
{
    if (!digits.p || !csv_out_is_number(digits)) {
        csv_out_text(csv, digits);
        return;
    }
    next_cell(csv);
    put(csv, digits);
}

void csv_out_null(struct csv_out *csv)
{
    next_cell(csv);
}

void csv_out_raw(struct csv_out *csv, struct str cells)
{
    next_cell(csv);
    put(csv, cells);
}

void csv_out_row(struct csv_out *csv)
{
    put_char(csv, '\n');
    csv->within = false;
}

int csv_out_close(struct csv_out *csv, struct err *err)
{
    flush(csv);
    if (csv->failed && err)
        *err = csv->failure;
    return csv->failed ? -1 : 0;
}
