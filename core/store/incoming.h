/* incoming.h - bytes on their way into the warehouse, of any length: hashed as they come and, where
 * they are to be kept, packed part by part into a nameless temporary file, so that memory stays
 * bounded. */
#ifndef GONGKAI_STORE_INCOMING_H
#define GONGKAI_STORE_INCOMING_H

#include "core/base/stream.h"
#include "core/text/digest.h"

/* What is held in memory at a time; longer bytes are kept in parts of this size. */
enum { ORIGINAL_PART = 4 << 20 };

struct incoming;
int incoming_new(struct incoming **out, bool keep, struct err *err);
int incoming_add(struct incoming *incoming, struct str bytes, struct err *err);
/* Adds all the rest of a stream. */
int incoming_read(struct incoming *incoming, struct stream *in, struct err *err);
/* Ends them: `hex` and `size` are those of all bytes. */
int incoming_end(struct incoming *incoming, char hex[DIGEST_HEX], int64_t *size, struct err *err);
void incoming_free(struct incoming *incoming);

/* Reads kept bytes from the beginning, after incoming_end. Close it before the bytes go. */
int incoming_stream(struct incoming *incoming, struct stream **out, struct err *err);

/* The same, told again; the number of parts is 0 when they are not kept. */
const char *incoming_hex(const struct incoming *incoming);
int64_t incoming_size(const struct incoming *incoming);
size_t incoming_parts(const struct incoming *incoming);

/* A part as it was packed (to be freed), and the size it unpacks to. */
int incoming_part(struct incoming *incoming, size_t index, char **data, size_t *packed,
                  int64_t *size, struct err *err);

#endif
