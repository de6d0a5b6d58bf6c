#include "core/recognise/words.h"

#include "core/recognise/flat.h"

/* A mark of the last character of s: of one of three bytes the same as words_mark. */
static unsigned last_mark(struct str s)
{
    unsigned last = (unsigned char)s.p[s.n - 1];
    return last < 0x80 || s.n < 2 ? last : (s.p[s.n - 2] & 0x3Fu) << 6 | (last & 0x3Fu);
}

/* The first three bytes of s, fewer of a shorter one. */
static uint32_t head_of(struct str s)
{
    uint32_t head = (unsigned char)s.p[0];
    head |= s.n > 1 ? (uint32_t)(unsigned char)s.p[1] << 8 : 0;
    return head | (s.n > 2 ? (uint32_t)(unsigned char)s.p[2] << 16 : 0);
}

static void keep(struct words *words, struct str word)
{
    if (words->count < WORDS_KEPT) {
        words->head[words->count] = head_of(word);
        words->mask[words->count] = word.n == 1 ? 0xFF : word.n == 2 ? 0xFFFF : 0xFFFFFF;
        words->at[words->count] = (uint16_t)(word.p - words->list);
        words->size[words->count] = (uint16_t)word.n;
    }
    if (words->count <= WORDS_KEPT)
        words->count++;
}

void words_prepare(struct words *words)
{
    struct str rest = str_from(words->list), word;
    if (rest.n > UINT16_MAX)
        words->count = WORDS_KEPT + 1;
    while (str_split(&rest, '|', &word)) {
        if (word.n == 0)
            continue;
        unsigned first = words_mark(word), last = last_mark(word);
        words->first[first / 64] |= UINT64_C(1) << first % 64;
        words->last[last / 64] |= UINT64_C(1) << last % 64;
        keep(words, word);
    }
    words->ready = true;
}

/* Bytes of the longest word that s begins with, s not being empty. */
static size_t longest_start(const struct words *words, struct str s)
{
    if (words->count > WORDS_KEPT)
        return starts_any(s, words->list);
    uint32_t head = head_of(s);
    size_t longest = 0;
    for (unsigned i = 0; i < words->count; i++) {
        size_t n = words->size[i];
        if ((head & words->mask[i]) == words->head[i] && n > longest && n <= s.n &&
            (n <= 3 || memcmp(words->list + words->at[i] + 3, s.p + 3, n - 3) == 0))
            longest = n;
    }
    return longest;
}

size_t words_start_slow(struct words *words, struct str s)
{
    if (!words->ready)
        words_prepare(words);
    return s.n > 0 && words_may_start(words, s) ? longest_start(words, s) : 0;
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
    for (size_t at = words_next(words, s, 0); at < s.n; at = words_next(words, s, at)) {
        size_t n = longest_start(words, (struct str){s.p + at, s.n - at});
        if (n) {
            *length = n;
            return (ptrdiff_t)at;
        }
        at += char_size((struct str){s.p + at, s.n - at});
    }
    return -1;
}

bool words_in(struct words *words, struct str s)
{
    return words_find(words, s, &(size_t){0}) >= 0;
}
