/* digest.h - SHA-256: the identity of originals, of a report's figures, of the built-in tables. */
#ifndef GONGKAI_TEXT_DIGEST_H
#define GONGKAI_TEXT_DIGEST_H

#include "core/base/err.h"
#include "core/base/str.h"

/* Room for 64 hex digits and a NUL. */
enum { DIGEST_HEX = 65 };

/* A digest in the making, for bytes that come in pieces. Free with digest_free. */
struct digest;
int digest_new(struct digest **out, struct err *err);
int digest_add(struct digest *digest, struct str bytes, struct err *err);
/* Writes the digest and makes ready for the next one. */
int digest_end(struct digest *digest, char hex[DIGEST_HEX], struct err *err);
void digest_free(struct digest *digest);

/* The digest of one run of bytes. */
int digest_of(struct str bytes, char hex[DIGEST_HEX], struct err *err);

#endif
