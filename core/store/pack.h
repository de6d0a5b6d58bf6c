/* pack.h - packs bytes as the table sqlar (`sqlite3 -A`) keeps them: as a zlib stream, or as they
 * are where that is no shorter. */
#ifndef GONGKAI_STORE_PACK_H
#define GONGKAI_STORE_PACK_H

#include "core/base/err.h"
#include "core/base/str.h"

/* What packing needs, one for each thread. Free with packer_free. */
struct packer;
int packer_new(struct packer **out, struct err *err);
void packer_free(struct packer *packer);

/* Packs bytes into `to`, which has room for as many, and returns those that are to be kept: in `to`,
 * or `bytes` themselves where packing makes them no shorter. */
struct str packer_pack(struct packer *packer, struct str bytes, char *to);

/* Unpacks what was packed: `size` bytes into `to`. -1 when it is damaged. */
int packed_read(struct str packed, char *to, int64_t size);

#endif
