/* fold.h - folds text for matching, so that one label printed in many ways is one key. The text
 * itself is kept as it is; only the copy made here is compared. */
#ifndef GONGKAI_TEXT_FOLD_H
#define GONGKAI_TEXT_FOLD_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/err.h"
#include "core/base/str.h"

/* What stands for any opening and closing bracket in folded text. */
enum { FOLD_OPEN = '(', FOLD_CLOSE = ')' };

/* One entry for each character of the basic plane: what it folds to, 0: it is dropped. */
struct folding;
int folding_new(struct folding **out, struct err *err);
void folding_free(struct folding *folding);

/* Folds `text` into at most `most` characters, cut there; returns how many. White space,
 * punctuation and marks are dropped, all brackets become FOLD_OPEN and FOLD_CLOSE, full-width and
 * compatibility forms become plain, letters small and bare, traditional characters simplified, and
 * a reading in Latin letters behind a character (據(jù)) is dropped. */
size_t fold(const struct folding *folding, struct str text, uint16_t *to, size_t most);

/* Drops the brackets of folded text: their content too where it explains (two characters or more
 * that are no ordinal; up to the end where no bracket closes) and `explanations` is false. Works
 * in place, and on the tags of the characters where `tags` is not NULL; returns the new length. */
size_t fold_unbracket(uint16_t *s, uint32_t *tags, size_t n, bool explanations);

/* How many of the first characters are an ordinal: 一, 十二, 1, 12. */
size_t fold_ordinal(const uint16_t *s, size_t n);

/* The next character of UTF-8 text and its length in bytes; 0xFFFD for bad bytes. n > 0. */
uint32_t utf8_next(struct str s, size_t *length);

#endif
