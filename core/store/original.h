/* original.h - the bytes of the inputs: known by their SHA-256, kept compressed in the layout of
 * `sqlite3 -A` (table sqlar) under <16 hex digits of the hash>/<name>. The same bytes are kept
 * once. Bytes of more than ORIGINAL_PART are kept in parts <name>.part0001 … to be joined, so
 * that memory stays bounded whatever an input's size. */
#ifndef GONGKAI_STORE_ORIGINAL_H
#define GONGKAI_STORE_ORIGINAL_H

#include "core/base/stream.h"
#include "core/store/incoming.h"
#include "core/store/warehouse.h"

/* What to call them. `name` is the path or file name they came by; `mtime` seconds since 1970. */
struct original_name {
    struct str name;
    int64_t mtime;
};

/* Keeps bytes: as they are; as a packer (core/store/pack.h) made them ready, on whatever thread, from
 * `size` bytes; or as they have come in (with `keep`). Bytes that are kept already are not written
 * again. Where there are none (no p) they may be kept all the same; *original_id is 0 if not. */
int original_put(struct warehouse *warehouse, const char *hex, int64_t size, struct str bytes,
                 const struct original_name *name, int64_t *original_id, struct err *err);
int original_put_packed(struct warehouse *warehouse, const char *hex, int64_t size,
                        struct str packed, const struct original_name *name, int64_t *original_id,
                        struct err *err);
int original_put_incoming(struct warehouse *warehouse, struct incoming *incoming,
                          const struct original_name *name, int64_t *original_id, struct err *err);

/* Opens kept bytes to read them again: close the stream first, then the reader. Fails with
 * ERR_INPUT ("not-kept") when they were not kept, and while they are read with ERR_SYSTEM when
 * they are damaged. Other statements may run in between. */
struct original_reader;
int original_open(struct warehouse *warehouse, int64_t original_id,
                  struct original_reader **reader, struct stream **out, struct err *err);
void original_close(struct original_reader *reader);

/* Reads kept bytes and compares size and hash: 1 all is well, 0 not kept, -1 damaged (`err`). */
int original_verify(struct warehouse *warehouse, int64_t original_id, struct err *err);

#endif
