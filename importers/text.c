/* text.c - plain text. Each line is a paragraph, but lines with cell separators that stand
 * together are a grid. A separator is | (also its full-width and box-drawing forms); in lines
 * without one, a tab behind some text. One or two blank lines do not end a grid. */
#include "importers/text.h"

#include <string.h>

enum { LOOKING_LIKE_TEXT = 10, BLANKS_INSIDE = 2 };

static const struct str bars[] = {
    {"|", 1}, {"\xEF\xBD\x9C", 3}, {"\xE2\x94\x82", 3}, {"\xE2\x94\x83", 3}, {"\xE2\x95\x91", 3},
};

enum line_kind { LINE_BLANK, LINE_PROSE, LINE_BARS, LINE_TABS, LINE_INDENTED, LINE_RULE };

/* A line of the text, without its end. */
struct line {
    struct str text;
    uint32_t number;
    enum line_kind kind;
};

/* A cursor over the lines: of a text, in which form feeds and U+2028 begin another line under the
 * same number, or of `given` ones. */
struct reader {
    struct str rest;
    uint32_t number;
    const struct text_line *given, *given_end;
};

/* What a byte may begin: most begin nothing that matters here. */
enum { PLAIN, BREAK, TAB, ESCAPE, BAR, MAYBE };

static const uint8_t classes[256] = {
    ['\n'] = BREAK, ['\v'] = BREAK, ['\f'] = BREAK, ['\r'] = BREAK, ['\t'] = TAB,
    ['\\'] = ESCAPE, ['|'] = BAR, [0xE2] = MAYBE, [0xEF] = MAYBE,
};

static inline uint8_t class_of(struct str s, size_t at)
{
    return classes[(unsigned char)s.p[at]];
}

/* Where the next byte stands that is not plain, from `at` on; s.n: none does. */
static size_t next_special(struct str s, size_t at)
{
    typedef unsigned char sixteen __attribute__((vector_size(16)));
    while (at < s.n && class_of(s, at) == PLAIN) {
        sixteen v;
        uint64_t half[2];
        at++;
        while (s.n - at >= sizeof v) { /* prose goes by in large pieces */
            memcpy(&v, s.p + at, sizeof v);
            v = (sixteen)((v < 0x0E) | (v == '\\') | (v == '|') | (v == 0xE2) | (v == 0xEF));
            memcpy(half, &v, sizeof v);
            if (half[0] | half[1])
                break;
            at += sizeof v;
        }
        while (at < s.n && class_of(s, at) == PLAIN)
            at++;
    }
    return at;
}

static size_t bar_at(struct str s, size_t at)
{
    uint8_t class = class_of(s, at);
    if (class != MAYBE)
        return class == BAR;
    struct str rest = str_skip(s, at);
    for (size_t i = 0; i < sizeof bars / sizeof *bars; i++)
        if (str_starts(rest, bars[i]))
            return bars[i].n;
    return 0;
}

/* A line between rows that holds no cells: | --- | :-: |, +----+, box drawing. */
static bool is_rule(struct str s)
{
    size_t dashes = 0, bar_count = 0;
    for (size_t i = 0; i < s.n;) {
        size_t bar = bar_at(s, i);
        unsigned char c = (unsigned char)s.p[i];
        if (bar > 0) {
            bar_count++;
            i += bar;
        } else if (s.n - i >= 3 && c == 0xE2 && (s.p[i + 1] == '\x94' || s.p[i + 1] == '\x95')) {
            dashes += 3; /* U+2500 to U+257F */
            i += 3;
        } else if (c == '-' || c == '=' || c == '+') {
            dashes++;
            bar_count += c == '+';
            i++;
        } else if (c == ' ' || c == '\t' || c == ':') {
            i++;
        } else {
            return false;
        }
    }
    return dashes >= 3 && (bar_count > 0 || dashes >= 6);
}

/* A rule of dashes inside a grid may also be cells that say - or --: those are short. */
static bool is_short_dashes(struct str s)
{
    size_t run = 0, longest = 0;
    for (size_t i = 0; i < s.n; i++) {
        run = s.p[i] == '-' ? run + 1 : 0;
        longest = run > longest ? run : longest;
        if ((unsigned char)s.p[i] >= 0x80 || s.p[i] == ':' || s.p[i] == '=' || s.p[i] == '+')
            return false;
    }
    return longest < 3;
}

/* What kind of line `s` is, when it holds bars or tabs. */
static enum line_kind kind_of(struct str s, bool bar, bool tab)
{
    struct str trimmed = str_trim(s);
    if (trimmed.n == 0)
        return LINE_BLANK;
    if (is_rule(trimmed) && !is_short_dashes(trimmed))
        return LINE_RULE;
    if (bar)
        return LINE_BARS;
    if (!tab)
        return LINE_PROSE;
    return memchr(trimmed.p, '\t', trimmed.n) ? LINE_TABS : LINE_INDENTED;
}

/* Where the line at the head of `s` ends; `end`: how many bytes end it, 0 at the end of the text. */
static size_t line_length(struct str s, size_t *end, bool *bar, bool *tab)
{
    size_t i = next_special(s, 0);
    for (; i < s.n; i = next_special(s, i + 1)) {
        uint8_t class = class_of(s, i);
        *tab |= class == TAB;
        *bar |= class >= BAR && bar_at(s, i) > 0;
        bool separator = class == MAYBE && (str_starts(str_skip(s, i), STR("\xE2\x80\xA8")) ||
                                            str_starts(str_skip(s, i), STR("\xE2\x80\xA9")));
        if (class == BREAK || separator) {
            *end = separator ? 3 : s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n' ? 2 : 1;
            break;
        }
    }
    return i;
}

static bool next_line(struct reader *reader, struct line *line)
{
    struct str s = reader->rest;
    bool bar = false, tab = false;
    if (reader->given < reader->given_end) {
        *line = (struct line){.text = reader->given->text, .number = reader->given->number};
        for (size_t i = next_special(line->text, 0); i < line->text.n;
             i = next_special(line->text, i + 1)) {
            tab |= class_of(line->text, i) == TAB;
            bar |= bar_at(line->text, i) > 0;
        }
        line->kind = kind_of(line->text, bar, tab);
        reader->given++;
        return true;
    }
    if (s.n == 0)
        return false;
    size_t end = 0, length = line_length(s, &end, &bar, &tab);
    *line = (struct line){.text = str_slice(s, 0, length), .number = reader->number};
    line->kind = kind_of(line->text, bar, tab);
    reader->number += end > 0 && (s.p[length] == '\n' || s.p[length] == '\r');
    reader->rest = str_skip(s, length + end);
    return true;
}

static bool same_grid(enum line_kind grid, enum line_kind line)
{
    return line == grid || line == LINE_RULE || (grid == LINE_TABS && line == LINE_INDENTED);
}

/* A cell without the backslashes that keep a bar from separating: a view where there is none. */
static struct str unescape(struct arena *arena, struct str s, bool escaped)
{
    if (!escaped)
        return s;
    struct str copy = arena_copy(arena, s);
    if (!copy.p)
        return copy;
    char *to = (char *)copy.p;
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == '|'))
            *to++ = s.p[i];
    return (struct str){copy.p, (size_t)(to - copy.p)};
}

/* Splits a line of bars. A bar at its head is an outer one, and then so is one at its end. */
static int bar_row(struct grid_builder *grid, struct arena *arena, struct line line)
{
    struct str s = str_trim(line.text);
    size_t head = bar_at(s, 0); /* a line of bars is not empty */
    s = str_skip(s, head);
    size_t from = 0;
    bool escaped = false;
    for (size_t i = 0; i <= s.n;) {
        i = next_special(s, i);
        size_t bar = i < s.n ? bar_at(s, i) : 0;
        if (i + 1 < s.n && s.p[i] == '\\' && s.p[i + 1] == '|') {
            escaped = true;
            i += 2;
            continue;
        }
        if (i < s.n && bar == 0) {
            i++;
            continue;
        }
        if (i == s.n && from == s.n && head > 0 && from > 0)
            break;
        struct str text = unescape(arena, str_trim(str_slice(s, from, i)), escaped);
        if ((!text.p && text.n) ||
            grid_cell(grid, (struct grid_cell){.text = text, .line = line.number}) < 0)
            return -1;
        if (i == s.n)
            break;
        i += bar;
        from = i;
        escaped = false;
    }
    return 0;
}

static int tab_row(struct grid_builder *grid, struct line line)
{
    struct str rest = line.text, field;
    while (str_split(&rest, '\t', &field))
        if (grid_cell(grid, (struct grid_cell){.text = str_trim(field), .line = line.number}) < 0)
            return -1;
    return 0;
}

static bool has_tab(struct str s)
{
    return s.n > 0 && memchr(s.p, '\t', s.n);
}

/* Reads the grid that begins with `line`; leaves the reader behind its last line. */
static int read_grid(struct document *doc, struct reader *reader, struct line line)
{
    enum line_kind kind = line.kind;
    const char *begin = line.text.p, *end = begin;
    struct grid_builder *grid = document_grid(doc, line.number);
    struct reader behind = *reader;
    int blanks = 0;
    if (!grid)
        return -1;
    for (;;) {
        if (line.kind == LINE_BLANK) {
            blanks++;
        } else {
            if (line.kind != LINE_RULE &&
                (grid_row(grid) < 0 ||
                 (kind == LINE_BARS ? bar_row(grid, doc->arena, line) : tab_row(grid, line)) < 0))
                return -1;
            behind = *reader;
            end = line.text.p + line.text.n;
            blanks = 0;
        }
        bool more = next_line(reader, &line);
        if (more && kind == LINE_TABS && line.kind == LINE_BLANK && has_tab(line.text))
            line.kind = LINE_TABS; /* a row left empty */
        if (!more ||
            (line.kind == LINE_BLANK ? blanks == BLANKS_INSIDE : !same_grid(kind, line.kind)))
            break;
    }
    *reader = behind;
    if (!reader->given)
        doc->blocks[doc->count - 1].text = (struct str){begin, (size_t)(end - begin)};
    return grid_end(grid);
}

static int read_blocks(struct document *doc, struct reader reader)
{
    struct line line;
    while (next_line(&reader, &line)) {
        bool grid = line.kind == LINE_BARS || line.kind == LINE_TABS;
        if (line.kind == LINE_INDENTED) {
            struct reader ahead = reader;
            struct line next;
            grid = next_line(&ahead, &next) && next.kind == LINE_TABS;
            if (grid)
                line.kind = LINE_TABS;
        }
        if (grid ? read_grid(doc, &reader, line) < 0
                 : document_paragraph(doc, line.text, line.number) < 0)
            return -1;
    }
    return 0;
}

int text_flow_add(struct text_flow *flow, struct str text, uint32_t line)
{
    struct arena *arena = flow->doc->arena;
    struct text_line added = {arena_copy(arena, text), line};
    if (!added.text.p ||
        arena_grow(arena, &flow->lines, flow->count, &flow->capacity, sizeof *flow->lines) < 0)
        return -1;
    flow->lines[flow->count++] = added;
    return 0;
}

int text_flow_end(struct text_flow *flow)
{
    struct reader reader = {.given = flow->lines};
    if (flow->count == 0)
        return 0;
    reader.given_end = flow->lines + flow->count;
    flow->count = 0;
    return read_blocks(flow->doc, reader);
}

int text_block(struct document *doc, struct str text, uint32_t line)
{
    return read_blocks(doc, (struct reader){.rest = text, .number = line});
}

static int claims(const struct import_head *head)
{
    return head->bytes.n == 0 || head->text.n > 0 ? LOOKING_LIKE_TEXT : 0;
}

int text_document(struct document **out, struct arena *arena, struct str bytes,
                  const struct import_options *options, struct err *err)
{
    struct str text;
    if (encoding_decode(&text, arena, bytes, options->encoding, err) < 0)
        return -1;
    if (str_trim(text).n == 0)
        return err_reject(err, "empty", 0, "holds no text; get the file again");
    struct document *doc = document_new(arena);
    if (!doc || text_block(doc, text, 1) < 0)
        return arena_failed(arena, err);
    *out = doc;
    return 0;
}

static int read_text(struct stream *in, const struct import_options *options,
                     struct document_sink *sink, struct err *err)
{
    struct arena arena = arena_new(options->memory_max);
    struct str bytes;
    struct document *doc = NULL;
    int status = stream_all(in, &arena, options->memory_max, &bytes, err);
    if (status == 0)
        status = text_document(&doc, &arena, bytes, options, err);
    if (status == 0)
        status = sink->take(sink->self, doc, err);
    arena_free(&arena);
    return status;
}

const struct importer importer_text = {
    .name = "text",
    .claims = claims,
    .read = read_text,
};
