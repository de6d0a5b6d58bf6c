/* hash.h - a fast hash of text, for tables in memory. Not for identities: see digest.h. */
#ifndef GONGKAI_TEXT_HASH_H
#define GONGKAI_TEXT_HASH_H

#include <stdint.h>

#include "core/base/str.h"

/* The same bytes and seed give the same hash; a hash of one text may seed that of the next. */
uint64_t hash_text(struct str text, uint64_t seed);

#endif
