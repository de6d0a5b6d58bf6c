/* flat.h - text as it is compared: without white space and readings in Latin letters, half-width,
 * in simplified characters; each of its characters knows the printed one it came from. */
#ifndef GONGKAI_RECOGNISE_FLAT_H
#define GONGKAI_RECOGNISE_FLAT_H

#include <stdint.h>

#include "core/base/arena.h"
#include "core/text/simple.h"

/* `text` is for comparing; `clean` is the printed text without white space and readings.
 * from[i] is the offset in `clean` of the character that byte i of `text` belongs to;
 * from[text.n] is clean.n. */
struct flat {
    struct str text, clean;
    const uint32_t *from;
};

/* Flattens printed text. -1 when memory ran out. */
int flatten(const struct simple *simple, struct arena *arena, struct str printed,
            struct flat *out);

/* What was printed where text[from..to) is compared. */
struct str flat_printed(const struct flat *flat, size_t from, size_t to);

/* Bytes of the UTF-8 character at the head of s (at least 1), and their number in s. */
static inline size_t char_size(struct str s)
{
    size_t n = 1;
    while (n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n++;
    return n;
}
size_t char_count(struct str s);

/* Whether s has at most that many characters. */
bool char_most(struct str s, size_t most);

/* Whether one of the `|`-separated words stands in s; the offset of the first one, or -1; whether
 * s ends with one, begins with one (its length, or 0). */
bool has_any(struct str s, const char *words);
ptrdiff_t find_any(struct str s, const char *words, size_t *length);
size_t ends_any(struct str s, const char *words);
size_t starts_any(struct str s, const char *words);

/* The digit that the Chinese numeral at the head of s stands for (〇 零 ○ 一 … 九, three bytes
 * each), -1 for none. */
int chinese_digit(struct str s);

#endif
