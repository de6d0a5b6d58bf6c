#include "core/recognise/flat.h"

#include <string.h>

size_t char_count(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

bool char_most(struct str s, size_t most)
{
    return s.n <= most || (s.n <= 4 * most && char_count(s) <= most);
}

/* The code point of a character of two or three bytes, else 0. */
static uint32_t code_point(struct str c)
{
    const unsigned char *p = (const unsigned char *)c.p;
    if (c.n == 2)
        return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
    if (c.n == 3)
        return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    return 0;
}

static bool is_space(struct str c)
{
    if (c.n == 1)
        return (unsigned char)c.p[0] <= ' ' || c.p[0] == 0x7F;
    uint32_t u = code_point(c);
    return u == 0xA0 || u == 0x3000 || u == 0xFEFF || (u >= 0x2000 && u <= 0x200F) ||
           u == 0x202F || u == 0x205F || u == 0x2060;
}

/* Bytes at the head of s that are flat as they are: Chinese characters in their simplified form,
 * neither spaces nor brackets nor full-width ones. */
static size_t flat_head(const uint16_t *simplified, struct str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t n = 0;
    for (; s.n - n >= 3; n += 3, p += 3) {
        bool chinese = p[0] >= 0xE4 && p[0] <= 0xE9 && (p[1] & 0xC0) == 0x80 &&
                       (p[2] & 0xC0) == 0x80;
        if (!chinese || simplified[(p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu)])
            break;
    }
    return n;
}

int flatten(const struct simple *simple, struct arena *arena, struct str printed,
            struct flat *out)
{
    char *text = arena_bytes(arena, printed.n + 4), *clean = arena_bytes(arena, printed.n + 1);
    uint32_t *from = (void *)arena_bytes(arena, (printed.n + 5) * sizeof *from);
    if (!text || !clean || !from)
        return -1;
    const uint16_t *table = simple ? simple_table(simple) : NULL;
    size_t n = 0, m = 0;
    for (size_t at = 0, size; at < printed.n; at += size) {
        struct str c = str_skip(printed, at);
        size = table ? flat_head(table, c) : 0;
        if (size > 0) {
            memcpy(clean + m, c.p, size);
            memcpy(text + n, c.p, size);
            for (size_t end = n + size; n < end; n += 3, m += 3)
                from[n] = from[n + 1] = from[n + 2] = (uint32_t)m;
            continue;
        }
        size = c.n = char_size(c);
        if (is_space(c))
            continue;
        size_t reading = m && (c.p[0] == '(' || c.n == 3)
                             ? latin_reading(str_skip(printed, at)) : 0;
        if (reading) {
            size = reading;
            continue;
        }
        uint32_t u = code_point(c);
        size_t bytes = 1;
        if (u >= 0xFF01 && u <= 0xFF5E)
            text[n] = (char)(u - 0xFEE0);
        else
            bytes = simple_char(simple, c, text + n);
        for (size_t i = 0; i < bytes; i++)
            from[n + i] = (uint32_t)m;
        memcpy(clean + m, c.p, c.n);
        n += bytes;
        m += c.n;
    }
    from[n] = (uint32_t)m;
    text[n] = clean[m] = 0;
    *out = (struct flat){{text, n}, {clean, m}, from};
    return 0;
}

struct str flat_printed(const struct flat *flat, size_t from, size_t to)
{
    if (to > flat->text.n)
        to = flat->text.n;
    if (from >= to)
        return (struct str){flat->clean.p, 0};
    return str_slice(flat->clean, flat->from[from], flat->from[to]);
}

/* Most words differ in their first byte: that is what this is quick at. */
size_t starts_any(struct str s, const char *words)
{
    size_t longest = 0;
    for (const char *w = words; s.n > 0 && *w; w += *w != 0) {
        if (*w != s.p[0] && *w != '|') {
            w = strchrnul(w + 1, '|');
            continue;
        }
        size_t n = 0;
        while (*w && *w != '|' && n < s.n && *w == s.p[n]) {
            w++;
            n++;
        }
        if ((*w == 0 || *w == '|') && n > longest)
            longest = n;
        w = strchrnul(w, '|');
    }
    return longest;
}

/* Goes over the words between bars; false at the end. */
static bool next_word(struct str *words, struct str *word)
{
    return str_split(words, '|', word);
}

ptrdiff_t find_any(struct str s, const char *words, size_t *length)
{
    struct str rest = str_from(words), word;
    ptrdiff_t first = -1;
    while (next_word(&rest, &word)) {
        ptrdiff_t at = str_find(s, word);
        if (at < 0 || (first >= 0 && (at > first || (at == first && word.n <= *length))))
            continue;
        first = at;
        *length = word.n;
    }
    return first;
}

bool has_any(struct str s, const char *words)
{
    struct str rest = str_from(words), word;
    while (next_word(&rest, &word))
        if (str_has(s, word))
            return true;
    return false;
}

size_t ends_any(struct str s, const char *words)
{
    size_t longest = 0;
    for (const char *w = words, *end; s.n > 0 && *w; w = end + (*end != 0)) {
        end = strchrnul(w, '|');
        size_t n = (size_t)(end - w);
        if (n > longest && n <= s.n && end[-1] == s.p[s.n - 1] &&
            memcmp(w, s.p + s.n - n, n) == 0)
            longest = n;
    }
    return longest;
}

int chinese_digit(struct str s)
{
    if (s.n < 3 || (unsigned char)s.p[0] < 0xE2)
        return -1;
    switch (code_point(str_slice(s, 0, 3))) {
    case 0x3007: case 0x25CB: case 0x96F6: case 0xFF2F: return 0;
    case 0x4E00: return 1;
    case 0x4E8C: return 2;
    case 0x4E09: return 3;
    case 0x56DB: return 4;
    case 0x4E94: return 5;
    case 0x516D: return 6;
    case 0x4E03: return 7;
    case 0x516B: return 8;
    case 0x4E5D: return 9;
    default: return -1;
    }
}
