#include "tests/generate/encode.h"

#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <zlib.h>

const struct encoding encodings[] = {
    {"utf8", NULL, "", false, false},
    {"gb18030", "GB18030", "", false, false},
    {"utf8_bom", NULL, "\xef\xbb\xbf", true, false},
    {"gb18030_crlf", "GB18030", "", true, false},
    {"utf16le_bom", "UTF-16LE", "\xff\xfe", true, false},
    {"utf16be_bom", "UTF-16BE", "\xfe\xff", false, false},
    {"utf8_gz", NULL, "", false, true},
    {"gb18030_gz", "GB18030", "", true, true},
};
const int encoding_count = sizeof encodings / sizeof *encodings;

static int transcode(struct buf *out, struct str text, const char *to)
{
    iconv_t cd = iconv_open(to, "UTF-8");
    if (cd == (iconv_t)-1)
        return -1;
    char *in = (char *)text.p;
    size_t left = text.n, failed = 0;
    while (left && failed != (size_t)-1 && buf_reserve(out, left * 4 + 16) == 0) {
        char *at = out->p + out->n;
        size_t room = out->capacity - out->n;
        size_t before = room;
        failed = iconv(cd, &in, &left, &at, &room);
        out->n += before - room;
    }
    iconv_close(cd);
    return left ? -1 : 0;
}

/* gzip without a time or a name: the same text gives the same bytes. */
static int pack(struct buf *out, struct str bytes)
{
    z_stream z = {0};
    if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return -1;
    size_t room = deflateBound(&z, bytes.n) + 32;
    int done = Z_MEM_ERROR;
    if (buf_reserve(out, room) == 0) {
        z.next_in = (unsigned char *)bytes.p;
        z.avail_in = (unsigned)bytes.n;
        z.next_out = (unsigned char *)out->p + out->n;
        z.avail_out = (unsigned)room;
        done = deflate(&z, Z_FINISH);
        out->n += room - z.avail_out;
    }
    deflateEnd(&z);
    return done == Z_STREAM_END ? 0 : -1;
}

const struct encoding *encoding_find(struct str name)
{
    for (int i = 0; i < encoding_count; i++)
        if (str_eq(name, str_from(encodings[i].name)))
            return &encodings[i];
    return NULL;
}

int encode(struct buf *out, struct str text, const struct encoding *encoding)
{
    struct buf lines = buf_new(SIZE_MAX / 8), bytes = buf_new(SIZE_MAX / 8);
    for (size_t i = 0; i < text.n; i++) {
        if (encoding->crlf && text.p[i] == '\n')
            buf_char(&lines, '\r');
        buf_char(&lines, text.p[i]);
    }
    buf_text(&bytes, encoding->mark);
    int failed = 0;
    if (encoding->iconv)
        failed = transcode(&bytes, buf_str(&lines), encoding->iconv);
    else
        buf_add(&bytes, buf_str(&lines));
    if (!failed && encoding->gzip)
        failed = pack(out, buf_str(&bytes));
    else
        buf_add(out, buf_str(&bytes));
    failed |= bytes.failed || lines.failed || out->failed;
    buf_free(&lines);
    buf_free(&bytes);
    return failed ? -1 : 0;
}

int write_file(const char *path, struct str bytes)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return -1;
    size_t written = fwrite(bytes.p, 1, bytes.n, file);
    return fclose(file) == 0 && written == bytes.n ? 0 : -1;
}
