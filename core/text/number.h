/* number.h - reads a printed cell: its state, its figure, and the note beside it. */
#ifndef GONGKAI_TEXT_NUMBER_H
#define GONGKAI_TEXT_NUMBER_H

#include <stdint.h>

#include "core/base/str.h"

/* What kind of text it is. */
enum number_state {
    NUMBER_BLANK, /* nothing but white space */
    NUMBER_NA,    /* / - -- — 无 不适用 N/A */
    NUMBER_VALUE,
    NUMBER_OTHER, /* something else: kept as found */
};

/* A figure is `digits` times ten to the power of -`decimals`, in `unit` (件, 万元 …, may be empty).
 * `note` is what stands behind it in brackets, or a footnote mark. */
struct number {
    enum number_state state;
    int64_t digits;
    uint8_t decimals;
    bool sign; /* + or - is printed */
    struct str unit, note;
};

/* Reads a cell exactly: thousands separators only where they part groups of three, at most 15
 * digits, no rounding. What does not fit is NUMBER_OTHER. */
struct number number_read(struct str text);

/* As number_read, but only what cannot be a word: for telling figures from labels in running
 * text, where 无 is a word. */
bool number_is_figure(struct str text);

/* Whether a text is digits alone, as many as count: the commonest figure, told at a glance. */
bool number_is_digits(struct str text);

/* The figure as a whole number; false when it has decimals other than zeros, or a unit of money. */
bool number_count(const struct number *number, int64_t *out);

/* The figure in 万元 times 100,000,000. `unit` is that of the header (元, 万元, 亿元), used when none
 * is printed in the cell. False when that is not exact, or a thousand million 万元 and more. */
bool number_money(const struct number *number, struct str unit, int64_t *out);

/* Whether a text is a unit of counting or money and nothing else. */
bool number_is_unit(struct str text);

#endif
