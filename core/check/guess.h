/* guess.h - how a printed figure may have come about from the right one. */
#ifndef GONGKAI_CHECK_GUESS_H
#define GONGKAI_CHECK_GUESS_H

#include <stdbool.h>
#include <stdint.h>

/* The least telling first. */
enum guess {
    GUESS_NONE,
    GUESS_DIGIT,     /* one digit is another: 17 for 11 */
    GUESS_LOST,      /* a digit was lost: 1 for 10 */
    GUESS_ADDED,     /* a digit too many: 372 for 72 */
    GUESS_NEIGHBOUR, /* the figure of a cell beside it */
    GUESS_ZEROS,     /* zeros too many or too few */
    GUESS_WAN,       /* 元 for 万元, or the other way round */
    GUESS_SWAPPED,   /* two digits swapped: 12 for 21 */
    GUESS_SIGN,      /* a minus too many or too few */
    GUESS_TOTAL,     /* a total left at 0 */
    GUESS_EXCHANGED, /* two figures in each other's place */
    GUESS_SHIFTED,   /* a row moved by one column */
    GUESS_SPLIT,     /* one figure read as two: 10 as 1 and 0 */
    GUESS_JOINED,    /* two figures read as one */
};

/* The most telling relation of the printed figure to the right one, by their digits alone. */
enum guess guess_of(int64_t printed, int64_t right, bool total);

/* The words for a guess: "two digits swapped", "数字颠倒"; empty for GUESS_NONE. */
const char *guess_words(enum guess guess, bool chinese);

#endif
