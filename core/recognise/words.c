#include "core/recognise/words.h"

#include "core/recognise/flat.h"

/* A mark of the character that begins at `p`, of which `n` bytes are there: the code point's lower
 * bits, or the first byte of a short one. */
static unsigned first_mark(const char *p, size_t n)
{
    unsigned a = (unsigned char)p[0];
    return a < 0xE0 || n < 3 ? a : (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
}

/* The same of the character whose last byte is p[n - 1]. */
static unsigned last_mark(const char *p, size_t n)
{
    unsigned z = (unsigned char)p[n - 1];
    return z < 0x80 || n < 2 ? z : (p[n - 2] & 0x3Fu) << 6 | (z & 0x3Fu);
}

void words_prepare(struct words *words)
{
    struct str rest = str_from(words->list), word;
    while (str_split(&rest, '|', &word)) {
        if (word.n == 0)
            continue;
        unsigned first = first_mark(word.p, word.n), last = last_mark(word.p, word.n);
        words->first[first / 64] |= UINT64_C(1) << first % 64;
        words->last[last / 64] |= UINT64_C(1) << last % 64;
    }
    words->ready = true;
}

static bool has_mark(const uint64_t *marks, unsigned mark)
{
    return marks[mark / 64] >> mark % 64 & 1;
}

size_t words_start_slow(struct words *words, struct str s)
{
    if (!words->ready)
        words_prepare(words);
    return s.n > 0 && words_may_start(words, s) ? starts_any(s, words->list) : 0;
}

size_t words_end(struct words *words, struct str s)
{
    if (!words->ready)
        words_prepare(words);
    if (s.n == 0 || !has_mark(words->last, last_mark(s.p, s.n)))
        return 0;
    return ends_any(s, words->list);
}

ptrdiff_t words_find(struct words *words, struct str s, size_t *length)
{
    if (!words->ready)
        words_prepare(words);
    for (size_t at = 0, size; at < s.n; at += size) {
        unsigned char c = (unsigned char)s.p[at];
        size = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        if (!words_may_start(words, (struct str){s.p + at, s.n - at}))
            continue;
        size_t n = starts_any(str_skip(s, at), words->list);
        if (n) {
            *length = n;
            return (ptrdiff_t)at;
        }
    }
    return -1;
}

bool words_in(struct words *words, struct str s)
{
    return words_find(words, s, &(size_t){0}) >= 0;
}
