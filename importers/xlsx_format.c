#include "importers/xlsx_format.h"

#include <string.h>
#include <strings.h>

#include "core/base/buf.h"
#include "core/text/fold.h"
#include "core/text/number.h"

enum { CODE_MAX = 256, SECTIONS = 4 }; /* Excel keeps 255 characters */

const char *xlsx_format_code(long id)
{
    static const struct {
        long first, last;
        const char *code;
    } codes[] = {
        {1, 1, "0"},
        {2, 2, "0.00"},
        {3, 3, "#,##0"},
        {4, 4, "#,##0.00"},
        {5, 6, "#,##0;-#,##0"},
        {7, 8, "#,##0.00;-#,##0.00"},
        {9, 10, "0%"},
        {11, 11, "0.00E+00"},
        {12, 13, "# ?/?"},
        {14, 22, "yyyy-mm-dd"},
        {27, 36, "yyyy-mm-dd"},
        {37, 38, "#,##0;-#,##0"},
        {39, 40, "#,##0.00;-#,##0.00"},
        {41, 42, "#,##0;-#,##0;\"-\""},
        {43, 44, "#,##0.00;-#,##0.00;\"-\""},
        {45, 47, "mm:ss"},
        {48, 48, "##0.0E+0"},
        {50, 58, "yyyy-mm-dd"},
    };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (id >= codes[i].first && id <= codes[i].last)
            return codes[i].code;
    return NULL;
}

enum xlsx_format_kind xlsx_format_kind(const char *code)
{
    bool quoted = false;
    for (const char *p = code; *p; p++) {
        if (*p == '"') {
            quoted = !quoted;
        } else if (quoted) {
            continue;
        } else if (strchr("\\!_*", *p) && p[1]) {
            p++;
        } else if (*p == '[') { /* a colour, a condition; [h] counts hours */
            if (p[1] && strchr("hmsHMS", p[1]) && strchr("hmsHMS]", p[2]))
                return XLSX_DATE;
            while (p[1] && *p != ']')
                p++;
        } else if (*p == '%') {
            return XLSX_PERCENT;
        } else if (strchr("ymdhsYMDHS", *p)) {
            return XLSX_DATE;
        } else if (*p == ';') {
            break; /* the parts behind are for other signs */
        }
    }
    return XLSX_NUMBER;
}

/* Sections --------------------------------------------------------------------------------------- */

/* One part of a code: what it prints before and behind the digits, and which digits. */
struct section {
    char before[CODE_MAX], behind[CODE_MAX];
    size_t before_n, behind_n;
    int decimals;
    bool placed;  /* a place for digits stands in it */
    bool zero;    /* so that 0 shows a digit */
    bool general; /* the number in full */
    bool point, comma, text, odd;
};

/* Bytes of what stands at the head of a code and belongs together: quoted words, an escaped
 * character, a bracket, else one character. */
static size_t piece_at(struct str code)
{
    size_t n;
    utf8_next(code, &n);
    if (code.p[0] == '"' || code.p[0] == '[') {
        char close = code.p[0] == '"' ? '"' : ']';
        const char *end = memchr(code.p + 1, close, code.n - 1);
        return end ? (size_t)(end - code.p) + 1 : code.n;
    }
    if (strchr("\\!_*", code.p[0]) && code.p[0] && code.n > 1) {
        utf8_next(str_skip(code, 1), &n);
        return n + 1;
    }
    return n;
}

static struct str next_section(struct str *rest, bool *more)
{
    struct str whole = *rest;
    size_t at = 0;
    while (at < whole.n && whole.p[at] != ';')
        at += piece_at(str_skip(whole, at));
    *more = at < whole.n;
    *rest = str_skip(whole, at + 1);
    return str_slice(whole, 0, at);
}

/* Words beside the digits. The sign of the yuan says nothing that the form does not. */
static void add_words(struct section *s, struct str words)
{
    bool behind = s->placed || s->point;
    size_t n;
    for (; words.n > 0; words = str_skip(words, n)) {
        uint32_t c = utf8_next(words, &n);
        if (c == 0xA5 || c == 0xFFE5)
            continue;
        memcpy(behind ? s->behind + s->behind_n : s->before + s->before_n, words.p, n);
        *(behind ? &s->behind_n : &s->before_n) += n;
    }
}

static void add_place(struct section *s, char c)
{
    s->odd |= s->behind_n > 0; /* words between digits */
    s->placed = true;
    s->comma = false;
    s->zero |= c == '0';
    s->decimals += s->point;
}

/* [$¥-804] prints its sign; [>5] is for some numbers only; what is left are colours and scripts. */
static void add_bracket(struct section *s, struct str bracket)
{
    if (bracket.n > 2 && bracket.p[1] == '$') {
        size_t end = 2;
        while (end < bracket.n && bracket.p[end] != '-' && bracket.p[end] != ']')
            end++;
        add_words(s, str_slice(bracket, 2, end));
    } else if (memchr(bracket.p, '<', bracket.n) || memchr(bracket.p, '>', bracket.n) ||
               memchr(bracket.p, '=', bracket.n)) {
        s->odd = true;
    }
}

static size_t general_at(struct str code)
{
    const struct str local = STR("G/\xE9\x80\x9A\xE7\x94\xA8\xE6\xA0\xBC\xE5\xBC\x8F"); /* 通用格式 */
    if (str_starts(code, local))
        return local.n;
    if (code.n >= strlen("General") && strncasecmp(code.p, "General", strlen("General")) == 0)
        return strlen("General");
    return code.n > 0 && code.p[0] == '@';
}

static void add_piece(struct section *s, struct str piece)
{
    char c = piece.p[0];
    if (c == '"') {
        add_words(s, str_slice(piece, 1, piece.n - (piece.n > 1)));
    } else if ((c == '\\' || c == '!' || c == '*') && piece.n > 1) {
        if (c != '*' || piece.p[1] != ' ')
            add_words(s, str_skip(piece, 1));
    } else if (c == '[') {
        add_bracket(s, piece);
    } else if (c == '0' || c == '?' || c == '#') {
        add_place(s, c);
    } else if (c == '.') {
        s->odd |= s->point || s->behind_n > 0;
        s->point = true;
    } else if (c == ',') {
        s->odd |= !s->placed || s->behind_n > 0;
        s->comma = true; /* between digits thousands, behind them a scale */
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '%' ||
               (c == '/' && s->placed)) {
        s->odd = true; /* a power, a fraction, a date */
    } else if (c != '_') {
        add_words(s, piece);
    }
}

static void read_section(struct section *s, struct str code)
{
    *s = (struct section){.odd = false};
    while (code.n > 0) {
        size_t n = general_at(code);
        if (n > 0) {
            s->text |= code.p[0] == '@';
            s->general = true;
            add_place(s, '0');
        } else {
            n = piece_at(code);
            add_piece(s, str_slice(code, 0, n));
        }
        code = str_skip(code, n);
    }
    s->odd |= s->comma;
}

/* The section that is for a number. `*alone`: it is for all signs, and - is printed before it. */
static void section_of(struct section *s, struct str code, bool negative, bool zero, bool *alone)
{
    struct str sections[SECTIONS];
    size_t count = 0;
    for (bool more = true; more && count < SECTIONS;)
        sections[count++] = next_section(&code, &more);
    read_section(s, sections[count - 1]);
    if (count == SECTIONS || (count > 1 && s->text)) /* the last is for texts */
        count--;
    *alone = count == 1;
    read_section(s, sections[negative && count > 1 ? 1 : zero && count > 2 ? 2 : 0]);
}

/* Cells ------------------------------------------------------------------------------------------ */

static struct str copy_and_free(struct arena *arena, struct buf *text)
{
    struct str whole = str_trim(buf_str(text));
    struct str copy = text->failed ? (struct str){0} : arena_copy(arena, whole);
    buf_free(text);
    return copy;
}

static struct str bracketed(struct arena *arena, struct str code, struct str number)
{
    struct buf text = buf_new(number.n + code.n + 8);
    buf_char(&text, '[');
    buf_add(&text, number);
    buf_text(&text, code.n > 0 ? " " : "");
    buf_add(&text, code);
    buf_char(&text, ']');
    return copy_and_free(arena, &text);
}

/* Whether the words are dashes and nothing else, as accounts print for 0. */
static bool is_dash(const struct section *s)
{
    size_t dashes = 0, spaces = 0;
    for (size_t i = 0; i < s->before_n; i++) {
        dashes += s->before[i] == '-';
        spaces += s->before[i] == ' ';
    }
    for (size_t i = 0; i < s->behind_n; i++) {
        dashes += s->behind[i] == '-';
        spaces += s->behind[i] == ' ';
    }
    return dashes > 0 && dashes + spaces == s->before_n + s->behind_n;
}

static int decimals_of(struct str digits)
{
    const char *point = memchr(digits.p, '.', digits.n);
    return point ? (int)(digits.p + digits.n - point) - 1 : 0;
}

/* Whether what is printed is the number, or no number at all: which then is told where it is read. */
static bool says_same(struct str printed, struct str number)
{
    struct number a = number_read(printed), b = number_read(number);
    return a.state == NUMBER_OTHER || (a.state == NUMBER_VALUE && b.state == NUMBER_VALUE &&
                                       a.digits == b.digits && a.decimals == b.decimals);
}

struct str xlsx_format_shown(struct arena *arena, struct str code, struct str number)
{
    struct section s;
    bool negative = number.n > 0 && number.p[0] == '-', zero = str_eq(number, STR("0")), alone;
    struct str digits = str_skip(number, negative);
    if (digits.n == 0 || digits.p[0] < '0' || digits.p[0] > '9') /* no number: as it is */
        return number;
    if (code.n > CODE_MAX)
        return bracketed(arena, STR(""), number);
    section_of(&s, code, negative, zero, &alone);
    if (s.odd)
        return bracketed(arena, code, number);
    if (zero && !s.zero)
        return is_dash(&s) ? number : bracketed(arena, code, number);
    if (!s.placed || (!s.general && decimals_of(digits) > s.decimals))
        return bracketed(arena, code, number);
    if (s.before_n + s.behind_n == 0 && (!negative || alone))
        return number;
    struct buf text = buf_new(2 * CODE_MAX + number.n + 8);
    buf_text(&text, negative && alone ? "-" : "");
    buf_add(&text, (struct str){s.before, s.before_n});
    buf_add(&text, digits);
    buf_add(&text, (struct str){s.behind, s.behind_n});
    struct str printed = copy_and_free(arena, &text);
    if (!printed.p || says_same(printed, number))
        return printed;
    return bracketed(arena, code, number);
}
