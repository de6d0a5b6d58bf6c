#include "core/text/hash.h"

#include <xxhash.h>

uint64_t hash_text(struct str text, uint64_t seed)
{
    return XXH3_64bits_withSeed(text.n ? text.p : "", text.n, seed);
}
