#include "core/text/fold.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "core/base/table.h"

enum { PLANE = 0x10000 };

struct folding {
    uint16_t to[PLANE];
};

uint32_t utf8_next(struct str s, size_t *length)
{
    unsigned char c = (unsigned char)s.p[0];
    size_t n = c < 0x80 ? 1 : c >= 0xC2 && c < 0xE0 ? 2 : c >= 0xE0 && c < 0xF0 ? 3
             : c >= 0xF0 && c < 0xF5 ? 4 : 0;
    *length = 1;
    if (n == 1)
        return c;
    if (n == 0 || n > s.n)
        return 0xFFFD;
    uint32_t point = c & (0xFFu >> (n + 1));
    for (size_t i = 1; i < n; i++) {
        if (((unsigned char)s.p[i] & 0xC0) != 0x80)
            return 0xFFFD;
        point = point << 6 | ((unsigned char)s.p[i] & 0x3F);
    }
    *length = n;
    return point;
}

/* What a character that is no bracket folds to, by its compatibility form: its first letter or
 * digit. */
static uint16_t fold_of(uint32_t point)
{
    utf8proc_int32_t parts[32];
    int boundary = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)point, parts, 32,
                                                 UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                                     UTF8PROC_CASEFOLD,
                                                 &boundary);
    for (utf8proc_ssize_t i = 0; i < n && i < 32; i++) {
        utf8proc_category_t c = utf8proc_category(parts[i]);
        bool letter = c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
        bool digit = c >= UTF8PROC_CATEGORY_ND && c <= UTF8PROC_CATEGORY_NO;
        if ((letter || digit) && parts[i] < PLANE)
            return (uint16_t)parts[i];
    }
    return 0;
}

static void fill(struct folding *folding)
{
    static const char opening[] = "(（﹙[［【〔〖{｛〈《<＜「『", closing[] = ")）﹚]］】〕〗}｝〉》>＞」』";
    for (uint32_t c = 0; c < PLANE; c++) {
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                     (c >= 0x3400 && c < 0xA000);
        folding->to[c] = plain ? (uint16_t)c : c >= 0xD800 && c < 0xF900 ? 0 : fold_of(c);
    }
    size_t n;
    for (struct str s = str_from(opening); s.n > 0; s = str_skip(s, n))
        folding->to[utf8_next(s, &n)] = FOLD_OPEN;
    for (struct str s = str_from(closing); s.n > 0; s = str_skip(s, n))
        folding->to[utf8_next(s, &n)] = FOLD_CLOSE;
}

static int simplify(struct folding *folding, struct err *err)
{
    struct table t;
    if (table_open(&t, "traditional.tsv", err) < 0)
        return -1;
    while (table_next(&t)) {
        struct str to = table_get(&t, "simplified"), from = table_get(&t, "traditional");
        size_t n;
        uint32_t simple = to.n ? utf8_next(to, &n) : 0;
        for (; from.n > 0; from = str_skip(from, n)) {
            uint32_t point = utf8_next(from, &n);
            if (point < PLANE && simple < PLANE)
                folding->to[point] = (uint16_t)simple;
        }
    }
    /* compatibility ideographs and radicals fold to characters that may be traditional */
    for (uint32_t c = 0; c < PLANE; c++)
        if (folding->to[c] >= 0x3400)
            folding->to[c] = folding->to[folding->to[c]];
    return 0;
}

int folding_new(struct folding **out, struct err *err)
{
    struct folding *folding = calloc(1, sizeof *folding);
    if (!folding)
        return err_refused(err);
    fill(folding);
    if (simplify(folding, err) < 0) {
        free(folding);
        return -1;
    }
    *out = folding;
    return 0;
}

void folding_free(struct folding *folding)
{
    free(folding);
}

static bool is_latin(uint16_t c)
{
    return c >= 'a' && c <= 'z';
}

/* Where a bracketed reading begins that ends at n: behind a Chinese character, Latin letters
 * only. Returns n when there is none. */
static size_t reading_begin(const uint16_t *s, size_t n)
{
    size_t i = n;
    while (i > 0 && is_latin(s[i - 1]))
        i--;
    return i < n && i >= 2 && s[i - 1] == FOLD_OPEN && s[i - 2] >= 0x3400 ? i - 1 : n;
}

size_t fold(const struct folding *folding, struct str text, uint16_t *to, size_t most)
{
    size_t n = 0, length;
    for (; text.n > 0 && n < most; text = str_skip(text, length)) {
        uint32_t point = utf8_next(text, &length);
        uint16_t c = point < PLANE ? folding->to[point] : 0;
        if (c == FOLD_CLOSE) {
            size_t begin = reading_begin(to, n);
            if (begin < n) {
                n = begin;
                continue;
            }
        }
        if (c)
            to[n++] = c;
    }
    return n;
}

static bool is_ordinal_digit(uint16_t c)
{
    static const uint16_t chinese[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D,
                                       0x4E03, 0x516B, 0x4E5D, 0x5341}; /* 一 to 十 */
    if (c >= '0' && c <= '9')
        return true;
    for (size_t i = 0; i < sizeof chinese / sizeof *chinese; i++)
        if (chinese[i] == c)
            return true;
    return false;
}

size_t fold_ordinal(const uint16_t *s, size_t n)
{
    size_t i = 0;
    while (i < n && i < 3 && is_ordinal_digit(s[i]))
        i++;
    return i;
}

size_t fold_unbracket(uint16_t *s, uint32_t *tags, size_t n, bool explanations)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (s[i] == FOLD_OPEN && !explanations) {
            size_t end = i + 1, depth = 1;
            for (; end < n && depth > 0; end++)
                depth += s[end] == FOLD_OPEN, depth -= s[end] == FOLD_CLOSE;
            size_t inside = end - i - 1 - (depth == 0);
            if (inside > 0 && fold_ordinal(s + i + 1, inside) < inside) {
                i = end - 1;
                continue;
            }
        }
        if (s[i] == FOLD_OPEN || s[i] == FOLD_CLOSE)
            continue;
        if (tags)
            tags[kept] = tags[i];
        s[kept++] = s[i];
    }
    return kept;
}
