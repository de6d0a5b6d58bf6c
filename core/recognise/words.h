/* words.h - lists of words that are looked for in very many texts: whether one stands in a text is
 * told in one pass over its characters. Private to this folder. */
#ifndef GONGKAI_RECOGNISE_WORDS_H
#define GONGKAI_RECOGNISE_WORDS_H

#include <stdint.h>

#include "core/base/str.h"

enum { WORDS_BITS = 4096, WORDS_KEPT = 64 };

/* Words between bars. What they begin and end with is worked out on first use, in place: such a list
 * is _Thread_local, or has one owner. */
struct words {
    const char *list;
    bool ready;
    uint64_t first[WORDS_BITS / 64], last[WORDS_BITS / 64]; /* marks of characters */
    uint32_t head[WORDS_KEPT], mask[WORDS_KEPT]; /* up to three bytes that a word begins with */
    uint16_t at[WORDS_KEPT], size[WORDS_KEPT];   /* where it stands in the list */
    uint16_t count;                              /* more than WORDS_KEPT: only the list is looked at */
};
#define WORDS(words) {.list = (words)}

/* Works that out at once: a list that several threads read is prepared by the one that makes it. */
void words_prepare(struct words *words);

/* As starts_any, ends_any, find_any and has_any of flat.h. The words and s are whole characters. */
size_t words_start_slow(struct words *words, struct str s);
size_t words_end(struct words *words, struct str s);
ptrdiff_t words_find(struct words *words, struct str s, size_t *length);
bool words_in(struct words *words, struct str s);

/* A mark of the character at the head of s, which is not empty: the code point's lower bits, or the
 * first byte of a short one. */
static inline unsigned words_mark(struct str s)
{
    unsigned first = (unsigned char)s.p[0];
    return first < 0xE0 || s.n < 3 ? first : (s.p[1] & 0x3Fu) << 6 | (s.p[2] & 0x3Fu);
}

/* Whether a word may begin with that character. */
static inline bool words_may_start(const struct words *words, struct str s)
{
    unsigned mark = words_mark(s);
    return words->first[mark / 64] >> mark % 64 & 1;
}

/* The next place from `at` on where a word may begin; s.n or more when there is none. */
static inline size_t words_next(struct words *words, struct str s, size_t at)
{
    if (!words->ready)
        words_prepare(words);
    while (at < s.n) {
        unsigned char c = (unsigned char)s.p[at];
        if (words_may_start(words, (struct str){s.p + at, s.n - at}))
            break;
        at += c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    }
    return at;
}

static inline size_t words_start(struct words *words, struct str s)
{
    if (words->ready && (s.n == 0 || !words_may_start(words, s)))
        return 0;
    return words_start_slow(words, s);
}

#endif
