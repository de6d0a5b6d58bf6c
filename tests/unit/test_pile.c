/* Piles: pieces come back by number, in their order, whether they fit into memory or not. */
#include "core/base/pile.h"

#include <stdlib.h>
#include <string.h>

#include "tests/tap.h"

enum { NUMBERS = 300, WORDS = 20000 };

static unsigned seed = 7;

static unsigned any(unsigned below)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % below;
}

/* Writes words of chance and compares what comes back with what was written, number by number. */
static bool comes_back(size_t bytes, size_t pieces, bool in_order, unsigned longest)
{
    static char written[NUMBERS][WORDS];
    static size_t size[NUMBERS];
    struct pile pile = {0};
    struct err err = {0};
    struct str piece;
    uint32_t number = 0, last = 0;
    memset(size, 0, sizeof size);
    if (pile_new(&pile, bytes, pieces, &err) < 0)
        return false;
    for (int i = 0; i < WORDS; i++) {
        size_t n = 1 + any(longest);
        if (in_order ? any(60) == 0 && number + 1 < NUMBERS : any(3) == 0)
            number = in_order ? number + 1 : any(NUMBERS);
        if (size[number] + n > WORDS)
            continue;
        if (pile_room(&pile, number, n, &err) < 0)
            return false;
        pile.fresh = false;
        memset(pile.at, 'a' + i % 26, n);
        memcpy(written[number] + size[number], pile.at, n);
        size[number] += n;
        pile.at += n;
    }
    size_t at[NUMBERS] = {0};
    bool same = pile_back(&pile, &err) == 0;
    int more = 0;
    while (same && (more = pile_next(&pile, &number, &piece, &err)) > 0) {
        same = number >= last && number < NUMBERS && at[number] + piece.n <= size[number] &&
               memcmp(written[number] + at[number], piece.p, piece.n) == 0;
        at[number] += piece.n;
        last = number;
    }
    same = same && more == 0 && memcmp(at, size, sizeof at) == 0;
    pile_free(&pile);
    return same;
}

int main(void)
{
    struct pile pile = {0};
    struct err err = {0};
    struct str piece;
    uint32_t number;
    ok(comes_back(0, 0, true, 9), "pieces that come in order are handed back");
    ok(comes_back(0, 0, false, 9), "pieces that come in any order are handed back by number");
    ok(comes_back(PILE_PIECE, 0, true, 900), "so they are from a file, written in order");
    ok(comes_back(PILE_PIECE, 0, false, 900), "and in any order");
    ok(comes_back(0, 100, false, 3), "when there are too many of them");
    ok(comes_back(3 * PILE_PIECE, 1000, false, PILE_PIECE), "and when they are long");
    ok(pile_new(&pile, 0, 0, &err) == 0 && pile_back(&pile, &err) == 0 &&
           pile_next(&pile, &number, &piece, &err) == 0, "an empty pile hands nothing back");
    pile_free(&pile);
    return done();
}
