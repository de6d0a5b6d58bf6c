/* encode.h - the bytes of a file: encodings, line ends, gzip. */
#ifndef GONGKAI_TESTS_ENCODE_H
#define GONGKAI_TESTS_ENCODE_H

#include "core/base/buf.h"

struct encoding {
    const char *name, *iconv, *mark; /* what iconv calls it; the bytes before the text */
    bool crlf, gzip;
};

extern const struct encoding encodings[];
extern const int encoding_count;

/* The one of that name, NULL when there is none. */
const struct encoding *encoding_find(struct str name);

/* Appends UTF-8 `text` in that encoding. -1 when it cannot be expressed. */
int encode(struct buf *out, struct str text, const struct encoding *encoding);

int write_file(const char *path, struct str bytes);

#endif
