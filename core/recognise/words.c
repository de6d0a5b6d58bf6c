#include "core/recognise/words.h"

#include "core/recognise/flat.h"

/* A mark of the character that begins at `p`, of which `n` bytes are there: few share one. */
static unsigned first_mark(const char *p, size_t n)
{
    unsigned a = (unsigned char)p[0];
    if (a < 0xE0 || n < 3)
        return a;
    return 0x80 + ((unsigned char)p[2] * 5u + (unsigned char)p[1] * 67u + a * 3u) %
                      (WORDS_BITS - 0x80);
}

/* The same of the character whose last byte is p[n - 1]: that byte and the one before tell enough. */
static unsigned last_mark(const char *p, size_t n)
{
    unsigned z = (unsigned char)p[n - 1];
    if (z < 0x80 || n < 2)
        return z;
    return 0x80 + (z * 5u + (unsigned char)p[n - 2] * 67u) % (WORDS_BITS - 0x80);
}

static void make_ready(struct words *words)
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

size_t words_start(struct words *words, struct str s)
{
    if (!words->ready)
        make_ready(words);
    if (s.n == 0 || !has_mark(words->first, first_mark(s.p, s.n)))
        return 0;
    return starts_any(s, words->list);
}

size_t words_end(struct words *words, struct str s)
{
    if (!words->ready)
        make_ready(words);
    if (s.n == 0 || !has_mark(words->last, last_mark(s.p, s.n)))
        return 0;
    return ends_any(s, words->list);
}

ptrdiff_t words_find(struct words *words, struct str s, size_t *length)
{
    if (!words->ready)
        make_ready(words);
    for (size_t at = 0; at < s.n; at++) {
        if (((unsigned char)s.p[at] & 0xC0) == 0x80 ||
            !has_mark(words->first, first_mark(s.p + at, s.n - at)))
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
