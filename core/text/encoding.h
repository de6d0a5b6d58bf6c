/* encoding.h - tells the encoding of a text by its bytes, and turns it into UTF-8.
 *
 * The rule, in this order: a byte order mark; NUL bytes are no text (UTF-16 without a mark is
 * taken on an explicit option only); strict UTF-8; strict GB18030, in which a lone 0x80 is the
 * euro sign, as in CP936. What a file says of itself (charset=gb2312) is not asked: GB2312 and
 * GBK are parts of GB18030, and such labels are often wrong. What cannot be decoded is a reject
 * with its line and byte; no replacement character is ever put in. */
#ifndef GONGKAI_TEXT_ENCODING_H
#define GONGKAI_TEXT_ENCODING_H

#include "core/base/arena.h"
#include "core/base/err.h"
#include "core/base/stream.h"

enum encoding {
    ENCODING_BY_CONTENT,
    ENCODING_UTF8,
    ENCODING_GB18030,
    ENCODING_UTF16, /* by its mark, little-endian without one */
    ENCODING_UTF16LE,
    ENCODING_UTF16BE,
    ENCODING_UTF32LE,
    ENCODING_UTF32BE,
    ENCODING_BIG5,
};

/* The encoding of that name, in any case, with or without hyphens; "" is by content. GB2312, GBK
 * and CP936 mean GB18030. ERR_USAGE for a name that is none. */
int encoding_named(enum encoding *out, const char *name, struct err *err);

/* How many bytes at the head of `s` are strict UTF-8, whole characters only. */
size_t encoding_utf8(struct str s);

/* All of `bytes` as UTF-8 without byte order mark: a view where they are UTF-8 already, else a
 * copy in the arena. `given` is what the user says, or ENCODING_BY_CONTENT. */
int encoding_decode(struct str *out, struct arena *arena, struct str bytes, enum encoding given,
                    struct err *err);

/* The head of a file as UTF-8, for a look at what it is: as much as fits into `to` and can be
 * decoded. A view of `head` where that is UTF-8 already. Empty for what is no text. */
struct str encoding_look(struct str head, enum encoding given, char *to, size_t size);

/* Decodes a stream as it is read, by the same rule. Where nothing but ASCII has come so far the
 * encoding is still open; it is told from the 64 KiB behind the first other byte. */
struct decoder;
int decoder_new(struct decoder **out, struct stream *in, enum encoding given, struct err *err);
void decoder_free(struct decoder *decoder);

/* Up to `size` bytes of UTF-8 (`size` at least 16), whole characters only; 0 at the end. */
ssize_t decoder_read(struct decoder *decoder, char *to, size_t size, struct err *err)
    __attribute__((warn_unused_result));

/* The bytes that come next, not yet decoded, where each line ends in a byte LF of its own (not in
 * UTF-16): empty elsewhere and at the end. All that are at hand: at least `least` (at most
 * STREAM_PEEK), fewer only before the end. Whoever knows that some of them decode, since the same
 * bytes have, may pass over them: `size` bytes of whole lines, so many of them. */
int decoder_ahead(struct decoder *decoder, size_t least, struct str *out, struct err *err)
    __attribute__((warn_unused_result));
void decoder_pass(struct decoder *decoder, size_t size, uint32_t lines);

/* How many of them decoder_read takes at a time, to the end of a line; 0: any number. */
void decoder_most(struct decoder *decoder, size_t bytes);

/* Whether those bytes are known to be the text itself. */
bool decoder_is_utf8(const struct decoder *decoder);

#endif
