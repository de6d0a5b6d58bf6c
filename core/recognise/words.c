#include "core/recognise/words.h"

#include "core/recognise/flat.h"

/* A mark of the last character of s: of one of three bytes the same as words_mark. */
static unsigned last_mark(struct str s)
{
    unsigned last = (unsigned char)s.p[s.n - 1];
    return last < 0x80 || s.n < 2 ? last : (s.p[s.n - 2] & 0x3Fu) << 6 | (last & 0x3Fu);
}

void words_prepare(struct words *words)
{
    struct str rest = str_from(words->list), word;
    while (str_split(&rest, '|', &word)) {
        if (word.n == 0)
            continue;
        unsigned first = words_mark(word), last = last_mark(word);
        words->first[first / 64] |= UINT64_C(1) << first % 64;
        words->last[last / 64] |= UINT64_C(1) << last % 64;
    }
    words->ready = true;
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
    unsigned mark = s.n ? last_mark(s) : 0;
    return s.n && words->last[mark / 64] >> mark % 64 & 1 ? ends_any(s, words->list) : 0;
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
