/* letters.h - small numbers as a text, each one character: number n is the character of code n + 2.
 * Most take one byte, and plain SQL reads them: unicode(substr(text, position, 1)) - 2. A number
 * that no character stands for is the character of code 1, and stands elsewhere (big_number). */
#ifndef GONGKAI_STORE_LETTERS_H
#define GONGKAI_STORE_LETTERS_H

#include <stdint.h>

#include "core/base/buf.h"

/* Whether a character stands for the number. */
bool letter_holds(int64_t number);

/* Appends a number, or the mark of one that stands elsewhere. */
void letter_add(struct buf *out, int64_t number);

#endif
