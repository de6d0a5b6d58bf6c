/* dates.h - years and dates as reports print them: 2020年1月16日, 二〇二〇年一月十六日, 2020-01-16,
 * and such as lost their 年 and 月 on the way (202311日). Works on flat text. */
#ifndef GONGKAI_RECOGNISE_DATES_H
#define GONGKAI_RECOGNISE_DATES_H

#include <stdint.h>

#include "core/base/arena.h"

enum { YEAR_FIRST = 2003, YEAR_LAST = 2099 };

/* A day; month and day are 0 where only the year was told. */
struct date {
    int year, month, day;
};

/* The date that s begins with: its length in bytes, 0 for none. With `lossy`, 年 and 月 may be
 * missing as long as one reading alone is a day: 202311日 is 2023-01-01. */
size_t date_at(struct str s, bool lossy, struct date *out);

/* The first year at or after `from` (2019, 二〇一九, 2019年, 2019年度): its offset, or -1; `length`
 * holds the bytes up to and with 年 or 年度. `marked`: 年 follows. Digits of longer numbers, and
 * the years of dates and quarters (2019年3月), are none. */
ptrdiff_t year_find(struct str s, size_t from, int *year, size_t *length, bool *marked);

/* ISO text in the arena; p is NULL when memory ran out. */
struct str date_text(struct arena *arena, struct date date);

#endif
