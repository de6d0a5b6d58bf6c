/* pile.h - pieces of bytes, each of some number, that come in any order and are handed back by
 * number, those of one number in the order in which they came. Memory is bounded: what does not
 * fit lies sorted in a temporary file. */
#ifndef GONGKAI_BASE_PILE_H
#define GONGKAI_BASE_PILE_H

#include <stdint.h>

#include "core/base/err.h"
#include "core/base/str.h"

enum {
    PILE_PIECE = 16 * 1024,        /* bytes of a piece at most */
    PILE_BYTES = 16 * 1024 * 1024, /* held in memory … */
    PILE_PIECES = 1024 * 1024,     /* … and how many pieces, before they are put into the file */
};

/* `at` up to `end` is room in the piece of `number` that is being written. `fresh`: it has just been
 * begun; whoever writes clears that. */
struct pile {
    char *at, *end;
    uint32_t number;
    bool fresh;
    struct pile_parts *parts;
};

/* An empty pile: PILE_BYTES and PILE_PIECES, or less for a test (0: as usual). */
int pile_new(struct pile *pile, size_t bytes, size_t pieces, struct err *err);
void pile_free(struct pile *pile);

/* For pile_room: begins a piece. */
int pile_begin(struct pile *pile, uint32_t number, struct err *err);

/* Room for `size` bytes (at most PILE_PIECE) of a number at pile->at, which the caller moves on
 * behind what it writes: in the piece at hand when that is of the same number, else in a new one.
 * 0, or -1 with `err`. */
static inline int pile_room(struct pile *pile, uint32_t number, size_t size, struct err *err)
{
    if (number == pile->number && (size_t)(pile->end - pile->at) >= size)
        return 0;
    return pile_begin(pile, number, err);
}

/* Ends the writing; then pile_next hands the pieces back, each good until the next. 1: there is
 * one, 0: no more, -1. */
int pile_back(struct pile *pile, struct err *err);
int pile_next(struct pile *pile, uint32_t *number, struct str *bytes, struct err *err)
    __attribute__((warn_unused_result));

#endif
