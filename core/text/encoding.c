#include "core/text/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name; /* lower case, without hyphens and underscores */
    enum encoding encoding;
} names[] = {
    {"", ENCODING_BY_CONTENT},      {"auto", ENCODING_BY_CONTENT}, {"utf8", ENCODING_UTF8},
    {"gb18030", ENCODING_GB18030},  {"gbk", ENCODING_GB18030},     {"gb2312", ENCODING_GB18030},
    {"cp936", ENCODING_GB18030},    {"utf16", ENCODING_UTF16},     {"utf16le", ENCODING_UTF16LE},
    {"utf16be", ENCODING_UTF16BE},  {"big5", ENCODING_BIG5},       {"cp950", ENCODING_BIG5},
    {"utf32le", ENCODING_UTF32LE},  {"utf32be", ENCODING_UTF32BE},
};

/* As iconv calls them, and as people do. */
static const struct {
    const char *iconv, *title;
} titles[] = {
    [ENCODING_BY_CONTENT] = {"UTF-8", "UTF-8"}, [ENCODING_UTF8] = {"UTF-8", "UTF-8"},
    [ENCODING_GB18030] = {"GB18030", "GB18030"}, [ENCODING_UTF16] = {"UTF-16LE", "UTF-16"},
    [ENCODING_UTF16LE] = {"UTF-16LE", "UTF-16LE"}, [ENCODING_UTF16BE] = {"UTF-16BE", "UTF-16BE"},
    [ENCODING_UTF32LE] = {"UTF-32LE", "UTF-32LE"}, [ENCODING_UTF32BE] = {"UTF-32BE", "UTF-32BE"},
    [ENCODING_BIG5] = {"BIG5", "Big5"},
};

static const struct {
    struct str bytes;
    enum encoding encoding;
} marks[] = {
    {{"\xEF\xBB\xBF", 3}, ENCODING_UTF8},
    {{"\xFF\xFE\0\0", 4}, ENCODING_UTF32LE}, /* before UTF-16, whose mark begins it */
    {{"\0\0\xFE\xFF", 4}, ENCODING_UTF32BE},
    {{"\xFF\xFE", 2}, ENCODING_UTF16LE},
    {{"\xFE\xFF", 2}, ENCODING_UTF16BE},
    {{"\x84\x31\x95\x33", 4}, ENCODING_GB18030},
};

int encoding_named(enum encoding *out, const char *name, struct err *err)
{
    char plain[16] = "";
    size_t n = 0;
    for (const char *p = name ? name : ""; *p; p++) {
        if (*p == '-' || *p == '_' || *p == ' ')
            continue;
        if (n == sizeof plain - 1)
            break;
        plain[n++] = (char)(*p >= 'A' && *p <= 'Z' ? *p + 32 : *p);
    }
    plain[n] = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(plain, names[i].name) == 0) {
            *out = names[i].encoding;
            return 0;
        }
    return err_set(err, ERR_USAGE,
                   "no encoding is called \"%s\"; known are utf-8, gb18030 (gbk, gb2312), utf-16, "
                   "utf-16le, utf-16be and big5", name);
}

/* Bytes of the character at the head of p, 0 when it is none; then `cut` says whether it is the
 * beginning of one. */
static size_t utf8_length(const unsigned char *p, size_t n, bool *cut)
{
    unsigned char c = p[0];
    size_t size = c < 0x80 ? 1 : c >= 0xC2 && c <= 0xDF ? 2 : c >= 0xE0 && c <= 0xEF ? 3
                  : c >= 0xF0 && c <= 0xF4 ? 4 : 0;
    *cut = false;
    for (size_t i = 1; i < size; i++) {
        if (i == n) {
            *cut = true;
            return 0;
        }
        unsigned char low = 0x80, high = 0xBF; /* no surrogates, nothing overlong, none past 10FFFF */
        if (i == 1) {
            low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
            high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
        }
        if (p[i] < low || p[i] > high)
            return 0;
    }
    return size;
}

/* Whether a byte begins a character of three bytes whatever the other two are: E1 to EF, but ED,
 * which begins surrogates too. */
static inline bool leads_three(unsigned char c)
{
    return c >= 0xE1 && c <= 0xEF && c != 0xED;
}

/* Whether eight bytes begin with two such characters: Chinese, mostly. */
static inline bool two_of_three(const unsigned char *p)
{
    static const unsigned char care[8] = {0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0};
    static const unsigned char want[8] = {0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80};
    uint64_t eight, mask, value;
    memcpy(&eight, p, sizeof eight);
    memcpy(&mask, care, sizeof mask);
    memcpy(&value, want, sizeof value);
    return (eight & mask) == value && leads_three(p[0]) && leads_three(p[3]);
}

/* As encoding_utf8; `cut` says whether what follows is the beginning of a character. */
static size_t utf8_head(struct str s, bool *cut)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t i = 0;
    *cut = false;
    while (i < s.n) {
        while (s.n - i >= 8 && two_of_three(p + i))
            i += 6;
        for (uint64_t eight; s.n - i >= sizeof eight; i += sizeof eight) {
            memcpy(&eight, p + i, sizeof eight);
            if (eight & UINT64_C(0x8080808080808080))
                break;
        }
        size_t n = i == s.n ? 0
                   : p[i] < 0x80 ? 1
                   : s.n - i >= 3 && leads_three(p[i]) && (p[i + 1] & 0xC0) == 0x80 &&
                             (p[i + 2] & 0xC0) == 0x80 ? 3
                   : utf8_length(p + i, s.n - i, cut);
        if (n == 0)
            break;
        i += n;
    }
    return i;
}

size_t encoding_utf8(struct str s)
{
    bool cut;
    return utf8_head(s, &cut);
}

static size_t ascii_head(struct str s)
{
    size_t i = 0;
    while (i < s.n && (unsigned char)s.p[i] < 0x80 && s.p[i] != 0)
        i++;
    return i;
}

/* Lines ended in `s`: CR, LF or CRLF. */
static uint32_t lines_of(struct str s)
{
    uint32_t lines = 0;
    const char *end = s.p + s.n, *at = s.p;
    for (; at < end && (at = memchr(at, '\n', (size_t)(end - at))); at++)
        lines++;
    for (at = s.p; at < end && (at = memchr(at, '\r', (size_t)(end - at))); at++)
        lines += at + 1 == end || at[1] != '\n';
    return lines;
}

static enum encoding mark_of(struct str *bytes)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_starts(*bytes, marks[i].bytes)) {
            *bytes = str_skip(*bytes, marks[i].bytes.n);
            return marks[i].encoding;
        }
    return ENCODING_BY_CONTENT;
}

/* What the mark says counts, unless the user said something that contradicts it. */
static enum encoding settle(enum encoding given, enum encoding mark)
{
    if (given == ENCODING_BY_CONTENT)
        return mark;
    if (given == ENCODING_UTF16 && (mark == ENCODING_UTF16LE || mark == ENCODING_UTF16BE))
        return mark;
    return given;
}

/* Conversion ------------------------------------------------------------------------------- */

/* Converts from `in` to `to` until either ends; both are moved on. 0: the input is used up but
 * for the beginning of a character; 1: no more room; -1: the next byte cannot be decoded. */
static int convert(iconv_t cd, enum encoding encoding, struct str *in, char **to, size_t *room)
{
    for (;;) {
        char *from = (char *)(uintptr_t)in->p; /* iconv does not write through it */
        size_t n = in->n;
        size_t status = iconv(cd, &from, &n, to, room);
        *in = (struct str){from, n};
        if (status != (size_t)-1 || errno == EINVAL)
            return 0;
        if (errno == E2BIG)
            return 1;
        if (encoding != ENCODING_GB18030 || in->n == 0 || in->p[0] != '\x80')
            return -1;
        if (*room < 3) /* a lone 0x80: the euro sign of CP936 */
            return 1;
        memcpy(*to, "\xE2\x82\xAC", 3);
        *to += 3;
        *room -= 3;
        *in = str_skip(*in, 1);
    }
}

static iconv_t converter(enum encoding encoding, struct err *err)
{
    iconv_t cd = iconv_open("UTF-8", titles[encoding].iconv);
    if (cd == (iconv_t)-1) /* for want of memory the C library may say that it knows no such thing */
        cd = iconv_open("UTF-8", titles[encoding].iconv);
    if (cd == (iconv_t)-1 && errno == ENOMEM)
        err_refused(err);
    else if (cd == (iconv_t)-1)
        err_set(err, ERR_SYSTEM, "this system cannot decode %s: %s", titles[encoding].title,
                strerror(errno));
    return cd;
}

static int undecodable(enum encoding encoding, uint32_t line, uint64_t byte, struct err *err)
{
    return err_reject(err, "encoding", line,
                      "line %u, byte %llu is not %s; save the file as UTF-8, or name its encoding "
                      "with --encoding", (unsigned)line, (unsigned long long)byte + 1,
                      titles[encoding].title);
}

/* Neither of the two it may be: told by the one that went farther. */
static int undecided(struct str bytes, uint32_t line, uint64_t base, size_t utf8, size_t gb,
                     struct err *err)
{
    size_t at = utf8 > gb ? utf8 : gb;
    unsigned long long byte = base + at + 1;
    line += lines_of(str_slice(bytes, 0, at));
    return err_reject(err, "encoding", line,
                      "line %u, byte %llu: the text is neither UTF-8 nor GB18030; save it as UTF-8, "
                      "or name its encoding with --encoding", (unsigned)line, byte);
}

static int has_nul(struct str bytes, size_t at, uint32_t line, uint64_t base, struct err *err)
{
    unsigned long long byte = base + at + 1;
    return err_reject(err, "encoding", line + lines_of(str_slice(bytes, 0, at)),
                      "byte %llu is NUL: no text, or UTF-16 without a byte order mark; save it as "
                      "UTF-8, or say --encoding utf-16le", byte);
}

/* How far strict GB18030 goes in `bytes`; `whole` is false when more bytes follow them. */
static int gb18030_head(struct str bytes, size_t *head, struct err *err)
{
    char sink[4096];
    iconv_t cd = converter(ENCODING_GB18030, err);
    if (cd == (iconv_t)-1)
        return -1;
    struct str rest = bytes;
    for (int status = 1; status > 0;) {
        char *to = sink;
        size_t room = sizeof sink;
        status = convert(cd, ENCODING_GB18030, &rest, &to, &room);
    }
    iconv_close(cd);
    *head = bytes.n - rest.n;
    return 0;
}

/* Tells UTF-8 from GB18030 by `bytes`; `whole`: nothing follows them. */
static int tell(enum encoding *out, struct str bytes, bool whole, uint32_t line, uint64_t base,
                struct err *err)
{
    bool cut;
    size_t utf8 = utf8_head(bytes, &cut), gb;
    if (utf8 == bytes.n || (cut && !whole)) {
        *out = ENCODING_UTF8;
        return 0;
    }
    if (gb18030_head(bytes, &gb, err) < 0)
        return -1;
    if (gb < bytes.n && (whole || bytes.n - gb > 4))
        return undecided(bytes, line, base, utf8, gb, err);
    *out = ENCODING_GB18030;
    return 0;
}

static int too_large(const struct arena *arena, struct err *err)
{
    return err_reject(err, "too-large", 0,
                      "is larger than %zu bytes; split it, or raise the limit", arena->limit);
}

/* Decodes as much as is good; `rest` is what is not. */
static int decode_head(struct str *out, struct arena *arena, struct str *rest,
                       enum encoding encoding, struct err *err)
{
    size_t capacity = rest->n + rest->n / 2 + 16;
    char *text = arena_alloc(arena, capacity), *to = text;
    size_t room = capacity;
    if (!text)
        return too_large(arena, err);
    iconv_t cd = converter(encoding, err);
    if (cd == (iconv_t)-1)
        return -1;
    while (text && convert(cd, encoding, rest, &to, &room) == 1) {
        size_t n = (size_t)(to - text);
        char *wider = arena_alloc(arena, capacity * 2);
        if (wider)
            memcpy(wider, text, n);
        text = wider;
        capacity *= 2;
        to = text ? text + n : NULL;
        room = capacity - n;
    }
    iconv_close(cd);
    if (!text)
        return too_large(arena, err);
    *out = (struct str){text, (size_t)(to - text)};
    return 0;
}

static int decode_all(struct str *out, struct arena *arena, struct str bytes, uint64_t base,
                      enum encoding encoding, struct err *err)
{
    struct str rest = bytes, decoded;
    if (decode_head(&decoded, arena, &rest, encoding, err) < 0)
        return -1;
    if (rest.n > 0)
        return undecodable(encoding, 1 + lines_of(decoded), base + bytes.n - rest.n, err);
    *out = decoded;
    return 0;
}

/* By content: told and decoded in one go. */
static int decode_told(struct str *out, struct arena *arena, struct str bytes, struct err *err)
{
    size_t utf8 = encoding_utf8(bytes);
    struct str rest = bytes, decoded = bytes;
    if (utf8 < bytes.n) {
        if (decode_head(&decoded, arena, &rest, ENCODING_GB18030, err) < 0)
            return -1;
        if (rest.n > 0)
            return undecided(bytes, 1, 0, utf8, bytes.n - rest.n, err);
    }
    *out = decoded;
    return 0;
}

int encoding_decode(struct str *out, struct arena *arena, struct str bytes, enum encoding given,
                    struct err *err)
{
    size_t whole = bytes.n;
    enum encoding encoding = settle(given, mark_of(&bytes));
    uint64_t base = whole - bytes.n;
    if (encoding == ENCODING_BY_CONTENT || encoding == ENCODING_UTF8) {
        const char *nul = bytes.n ? memchr(bytes.p, 0, bytes.n) : NULL;
        if (nul)
            return has_nul(bytes, (size_t)(nul - bytes.p), 1, base, err);
    }
    if (encoding == ENCODING_BY_CONTENT)
        return decode_told(out, arena, bytes, err);
    if (encoding != ENCODING_UTF8)
        return decode_all(out, arena, bytes, base, encoding, err);
    size_t good = encoding_utf8(bytes);
    if (good < bytes.n)
        return undecodable(encoding, 1 + lines_of(str_slice(bytes, 0, good)), base + good, err);
    *out = bytes;
    return 0;
}

/* As the head of a file in GB18030: what of it fits. False where it is none. */
static bool look_gb18030(struct str head, char *to, size_t *size)
{
    enum { CUT = 4 }; /* a character that goes on behind the head */
    iconv_t cd = converter(ENCODING_GB18030, NULL);
    if (cd == (iconv_t)-1)
        return false;
    char *end = to;
    size_t room = *size;
    int status = convert(cd, ENCODING_GB18030, &head, &end, &room);
    *size = (size_t)(end - to);
    while (status > 0) { /* is the rest good, too? */
        char more[4096];
        end = more;
        room = sizeof more;
        status = convert(cd, ENCODING_GB18030, &head, &end, &room);
    }
    iconv_close(cd);
    return head.n <= CUT;
}

struct str encoding_look(struct str head, enum encoding given, char *to, size_t size)
{
    enum encoding encoding = settle(given, mark_of(&head));
    if (encoding == ENCODING_BY_CONTENT) {
        if (head.n && memchr(head.p, 0, head.n))
            return (struct str){0};
        bool cut;
        size_t utf8 = utf8_head(head, &cut), n = size;
        if (utf8 < head.n && !cut && look_gb18030(head, to, &n))
            return (struct str){to, n};
        return str_slice(head, 0, utf8); /* its ASCII says something too */
    }
    if (encoding == ENCODING_UTF8)
        return str_slice(head, 0, encoding_utf8(head));
    iconv_t cd = converter(encoding, NULL);
    if (cd == (iconv_t)-1)
        return (struct str){0};
    char *end = to;
    convert(cd, encoding, &head, &end, &size);
    iconv_close(cd);
    return (struct str){to, (size_t)(end - to)};
}

/* Streams ---------------------------------------------------------------------------------- */

struct decoder {
    struct stream *in;
    enum encoding encoding; /* ENCODING_BY_CONTENT while only ASCII has come */
    iconv_t cd;
    uint64_t at;   /* bytes taken from `in` */
    size_t most;   /* to be taken at a time, 0: any number */
    uint32_t line;
    bool was_cr; /* the last character was CR: an LF behind it ends no other line */
};

int decoder_new(struct decoder **out, struct stream *in, enum encoding given, struct err *err)
{
    struct str head;
    if (stream_peek(in, 4, &head, err) < 0)
        return -1;
    struct decoder *d = calloc(1, sizeof *d);
    if (!d)
        return err_refused(err);
    size_t n = head.n;
    *d = (struct decoder){.in = in, .cd = (iconv_t)-1, .line = 1};
    d->encoding = settle(given, mark_of(&head));
    d->at = n - head.n;
    char mark[4];
    bool fine = d->at == 0 || stream_read(in, mark, d->at, err) >= 0;
    if (fine && d->encoding > ENCODING_UTF8)
        fine = (d->cd = converter(d->encoding, err)) != (iconv_t)-1;
    if (!fine) {
        decoder_free(d);
        return -1;
    }
    *out = d;
    return 0;
}

void decoder_free(struct decoder *d)
{
    if (!d)
        return;
    if (d->cd != (iconv_t)-1)
        iconv_close(d->cd);
    free(d);
}

static void count_lines(struct decoder *d, struct str text)
{
    if (text.n == 0)
        return;
    d->line += lines_of(text);
    if (d->was_cr && text.p[0] == '\n')
        d->line--;
    d->was_cr = text.p[text.n - 1] == '\r';
}

/* Takes bytes of the window. */
static void drop(struct decoder *d, size_t n)
{
    stream_skip(d->in, n);
    d->at += n;
}

/* The first byte of the window is no ASCII: which encoding is it? */
static int decide(struct decoder *d, struct err *err)
{
    struct str window;
    if (stream_peek(d->in, STREAM_PEEK, &window, err) < 0)
        return -1;
    if (tell(&d->encoding, window, window.n < STREAM_PEEK, d->line, d->at, err) < 0)
        return -1;
    if (d->encoding != ENCODING_UTF8 && (d->cd = converter(d->encoding, err)) == (iconv_t)-1)
        return -1;
    return 0;
}

/* Copies the good UTF-8 (or ASCII) at the head of the window. */
static ssize_t copy(struct decoder *d, struct str window, char *to, struct err *err)
{
    size_t good = d->encoding == ENCODING_UTF8 ? encoding_utf8(window) : ascii_head(window);
    const char *nul = good ? memchr(window.p, 0, good) : NULL;
    if (nul || (good < window.n && window.p[good] == 0))
        return has_nul(window, nul ? (size_t)(nul - window.p) : good, d->line, d->at, err);
    memcpy(to, window.p, good);
    count_lines(d, (struct str){to, good});
    drop(d, good);
    return (ssize_t)good;
}

ssize_t decoder_read(struct decoder *d, char *to, size_t size, struct err *err)
{
    struct str window;
    for (;;) {
        if (stream_peek(d->in, d->most ? d->most : size, &window, err) < 0)
            return -1;
        window = str_slice(window, 0, size);
        if (window.n == 0)
            return 0;
        if (d->encoding <= ENCODING_UTF8) {
            ssize_t n = copy(d, window, to, err);
            if (n != 0)
                return n;
            if (d->encoding == ENCODING_UTF8)
                return undecodable(d->encoding, d->line, d->at, err);
            if (decide(d, err) < 0)
                return -1;
            continue;
        }
        struct str rest = window;
        char *end = to;
        int status = convert(d->cd, d->encoding, &rest, &end, &size);
        size_t n = (size_t)(end - to);
        count_lines(d, (struct str){to, n});
        drop(d, window.n - rest.n);
        if (n > 0)
            return (ssize_t)n;
        if (status < 0 || rest.n > 0)
            return undecodable(d->encoding, d->line, d->at, err);
    }
}

int decoder_ahead(struct decoder *d, size_t least, struct str *out, struct err *err)
{
    bool by_bytes = d->encoding <= ENCODING_GB18030 || d->encoding == ENCODING_BIG5;
    *out = (struct str){0};
    return by_bytes ? stream_ahead(d->in, least, out, err) : 0;
}

void decoder_pass(struct decoder *d, size_t size, uint32_t lines)
{
    d->line += lines;
    d->was_cr = false;
    drop(d, size);
}

void decoder_most(struct decoder *d, size_t bytes)
{
    d->most = bytes;
}

bool decoder_is_utf8(const struct decoder *d)
{
    return d->encoding == ENCODING_UTF8;
}
