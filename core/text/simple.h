/* simple.h - single characters in simplified form, for comparing names and headings that are
 * printed in traditional ones (sql/traditional.tsv). Other than fold.h it changes nothing else, so
 * that every character keeps its place. */
#ifndef GONGKAI_TEXT_SIMPLE_H
#define GONGKAI_TEXT_SIMPLE_H

#include <stdint.h>

#include "core/base/err.h"
#include "core/base/str.h"

struct simple;
int simple_new(struct simple **out, struct err *err);
void simple_free(struct simple *simple);

/* The simplified form of one UTF-8 character, written to `to`; its length. Characters that stand
 * in names of divisions (乾县) are left as they are, and so is everything when `simple` is NULL. */
size_t simple_char(const struct simple *simple, struct str c, char to[4]);

/* Bytes of a reading in small Latin letters and brackets at the head of s, as some pages put it
 * behind a character: (jù) of 據(jù). 0 for anything else. */
size_t latin_reading(struct str s);

/* What each character of the basic plane is in simplified form, 0: itself. */
const uint16_t *simple_table(const struct simple *simple);

#endif
