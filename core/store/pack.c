#include "core/store/pack.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

/* Pages pack to less than half at the lowest level; higher ones take longer and win a fiftieth. */
enum { LEVEL = 1 };

struct packer {
    struct libdeflate_compressor *compressor;
};

int packer_new(struct packer **out, struct err *err)
{
    struct packer *packer = malloc(sizeof *packer);
    if (!packer)
        return err_memory(err);
    packer->compressor = libdeflate_alloc_compressor(LEVEL);
    if (!packer->compressor) {
        free(packer);
        return err_memory(err);
    }
    *out = packer;
    return 0;
}

void packer_free(struct packer *packer)
{
    if (!packer)
        return;
    libdeflate_free_compressor(packer->compressor);
    free(packer);
}

struct str packer_pack(struct packer *packer, struct str bytes, char *to)
{
    size_t size = 0;
    if (bytes.n > 1) /* what does not fit into less is told by 0 */
        size = libdeflate_zlib_compress(packer->compressor, bytes.p, bytes.n, to, bytes.n - 1);
    return size ? (struct str){to, size} : bytes;
}

int packed_read(struct str packed, char *to, int64_t size)
{
    if (size < 0 || packed.n > (size_t)size)
        return -1;
    if (packed.n == (size_t)size) {
        if (size)
            memcpy(to, packed.p, packed.n);
        return 0;
    }
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    if (!decompressor)
        return -1;
    enum libdeflate_result result = libdeflate_zlib_decompress(decompressor, packed.p, packed.n, to,
                                                               (size_t)size, NULL);
    libdeflate_free_decompressor(decompressor);
    return result == LIBDEFLATE_SUCCESS ? 0 : -1;
}
