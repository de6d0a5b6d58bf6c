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

/* Writes UTF-8 `text` to a file in that encoding. -1 when it cannot be written or expressed. */
int encode_to_file(const char *path, struct str text, const struct encoding *encoding);

#endif
