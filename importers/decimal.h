/* decimal.h - the figures of a spreadsheet, which stores them as text of binary numbers:
 * 59237.244900000001 is what Excel keeps of 59237.2449. Text in, text out, no binary numbers. */
#ifndef GONGKAI_IMPORTERS_DECIMAL_H
#define GONGKAI_IMPORTERS_DECIMAL_H

#include "core/base/arena.h"

/* The number as Excel shows it in full: rounded to 15 significant digits, without exponent and
 * trailing zeros; `shift` moves its point to the right (2: as a percentage). Text that is no
 * number comes back as it is. p is NULL when memory ran out. */
struct str decimal_shown(struct arena *arena, struct str stored, int shift);

/* The date (2024-01-31) of a day number as Excel counts them, since 1900 or 1904; a time of day
 * is left out. Text that is none comes back as it is. */
struct str decimal_date(struct arena *arena, struct str stored, bool since_1904);

#endif
