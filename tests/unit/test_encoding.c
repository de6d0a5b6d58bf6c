#include <string.h>

#include "core/text/encoding.h"
#include "tests/tap.h"

/* 年报 in the encodings that are met. */
#define UTF8 "\xE5\xB9\xB4\xE6\x8A\xA5"
#define GBK "\xC4\xEA\xB1\xA8"

static struct arena arena;
static struct err err;

static bool decodes(struct str bytes, enum encoding given, struct str want)
{
    struct str got = {0};
    err = (struct err){0};
    bool good = encoding_decode(&got, &arena, bytes, given, &err) == 0 && str_eq(got, want);
    if (!good)
        diag("got \"%.*s\" %s", STR_ARG(got), err.english);
    return good;
}

static bool rejects(struct str bytes, enum encoding given, uint32_t line, const char *words)
{
    struct str got = STR("untouched");
    err = (struct err){0};
    bool good = encoding_decode(&got, &arena, bytes, given, &err) < 0 && err.kind == ERR_INPUT &&
                strcmp(err.reason, "encoding") == 0 && err.line == line &&
                strstr(err.english, words) && str_eq(got, STR("untouched"));
    if (!good)
        diag("line %u: %s", (unsigned)err.line, err.english);
    return good;
}

static void test_whole(void)
{
    ok(decodes(STR("a\n" UTF8), 0, STR("a\n" UTF8)), "UTF-8 is taken as it stands");
    ok(decodes(STR("\xEF\xBB\xBF" UTF8), 0, STR(UTF8)), "a byte order mark is no text");
    ok(decodes(STR(GBK), 0, STR(UTF8)), "what is not UTF-8 is read as GB18030");
    ok(decodes(STR("\x81\x39\xEE\x39"), 0, STR("\xE3\x90\x80")),
       "a character of four bytes, outside GBK, is read");
    ok(decodes(STR(GBK "\x80"), 0, STR(UTF8 "\xE2\x82\xAC")), "a lone 0x80 is a euro sign");
    ok(decodes(STR("\xFF\xFE\x74\x5E\xA5\x62"), 0, STR(UTF8)), "UTF-16LE is told by its mark");
    ok(decodes(STR("\xFE\xFF\x5E\x74\x62\xA5"), 0, STR(UTF8)), "UTF-16BE is told by its mark");
    ok(decodes(STR("\x74\x5E\xA5\x62"), ENCODING_UTF16LE, STR(UTF8)),
       "UTF-16 without a mark is read when asked for");
    ok(rejects(STR("a\nb\0c\0"), 0, 2, "byte 4 is NUL"), "and refused with a hint when not");
    ok(decodes(STR("\xA6\x7E\xB3\xF8"), ENCODING_BIG5, STR("\xE5\xB9\xB4\xE5\xA0\xB1")),
       "Big5 is read when asked for");
    ok(rejects(STR("a\r\nb\rc\n" GBK "\xFF" GBK), 0, 4, "byte 12"),
       "an undecodable byte is a reject with its line and place");
    ok(rejects(STR(UTF8 "\n" UTF8 "\xE5\n"), 0, 2, "byte 14"),
       "a UTF-8 text with a character cut short is refused at that character");
    ok(rejects(STR("\xEF\xBB\xBF" "a\n\xC4\xEA"), 0, 2, "byte 6"),
       "a marked UTF-8 file is not guessed to be GB18030");
    ok(rejects(STR("\xED\xA0\x80"), ENCODING_UTF8, 1, "byte 1"), "a lone surrogate is no UTF-8");
    ok(rejects(STR("\xFF\xFE\x74\x5E\xA5"), 0, 1, "UTF-16"), "half a UTF-16 unit is refused");
    ok(decodes(STR(""), 0, STR("")), "an empty text is an empty text");
}

static void test_names(void)
{
    enum encoding encoding = ENCODING_UTF8;
    ok(encoding_named(&encoding, "GB2312", NULL) == 0 && encoding == ENCODING_GB18030,
       "gb2312 means GB18030");
    ok(encoding_named(&encoding, "utf-16LE", NULL) == 0 && encoding == ENCODING_UTF16LE,
       "names are known in any case and with hyphens");
    ok(encoding_named(&encoding, "klingon", &err) < 0 && err.kind == ERR_USAGE,
       "an unknown name is a mistake of the user");
}

/* Hands out a few bytes at a time. */
struct dribble {
    struct str rest;
    size_t step;
};

static ssize_t dribble(void *self, void *to, size_t size, struct err *e)
{
    struct dribble *d = self;
    (void)e;
    size_t n = d->step < size ? d->step : size;
    n = n < d->rest.n ? n : d->rest.n;
    memcpy(to, d->rest.p, n);
    d->rest = str_skip(d->rest, n);
    return (ssize_t)n;
}

/* What a decoder makes of `bytes`, read in `step`s of 16 bytes of output. */
static struct str streamed(struct str bytes, size_t step, char *to)
{
    struct dribble from = {bytes, step};
    struct stream *in = NULL;
    struct decoder *decoder = NULL;
    ssize_t got = -1;
    size_t n = 0;
    err = (struct err){0};
    if (stream_pull(&in, dribble, &from, &err) == 0 && decoder_new(&decoder, in, 0, &err) == 0)
        while ((got = decoder_read(decoder, to + n, 16, &err)) > 0)
            n += (size_t)got;
    decoder_free(decoder);
    stream_close(in);
    return got < 0 ? (struct str){0} : (struct str){to, n};
}

static void test_streams(void)
{
    static const struct {
        struct str bytes, text;
        const char *name;
    } cases[] = {
        {{"abc\n" UTF8 "def" UTF8, 19}, {"abc\n" UTF8 "def" UTF8, 19}, "UTF-8"},
        {{"abc\n" GBK GBK "de" GBK, 18}, {"abc\n" UTF8 UTF8 "de" UTF8, 24}, "GB18030"},
        {{"\xFF\xFE\x74\x5E\xA5\x62", 6}, {UTF8, 6}, "UTF-16"},
        {{"\xEF\xBB\xBF" "a,b\n" UTF8, 13}, {"a,b\n" UTF8, 10}, "UTF-8 with a mark"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool same = true;
        for (size_t step = 1; step <= cases[i].bytes.n; step++) {
            char to[256];
            same = same && str_eq(streamed(cases[i].bytes, step, to), cases[i].text);
        }
        ok(same, "%s decodes to the same text whatever the size of the pieces", cases[i].name);
    }
    char to[64];
    streamed(STR("a\r\nb\n" UTF8 "\n\xFF"), 1, to);
    ok(err.line == 4 && strstr(err.english, "byte 13"), "a stream tells line and byte too");
    if (err.line != 4)
        diag("line %u: %s", (unsigned)err.line, err.english);
}

int main(void)
{
    arena = arena_new(1 << 20);
    test_whole();
    test_names();
    test_streams();
    arena_free(&arena);
    return done();
}
