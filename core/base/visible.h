/* visible.h - text of unknown origin made fit for a terminal or a log. */
#ifndef GONGKAI_BASE_VISIBLE_H
#define GONGKAI_BASE_VISIBLE_H

#include <stdio.h>

#include "core/base/buf.h"

/* Appends `s` with everything escaped that could move a cursor, break a line or reorder text:
 * control characters (\n, \x1b …), what is no UTF-8 (\xff), and the marks of text direction and
 * line separation (\u202e). A backslash becomes two. */
void visible_add(struct buf *out, struct str s);

/* A stream for a terminal: what is written to it goes on to `to`, with the same escaped but line ends, tabs
 * and backslashes. Close it with fclose, which leaves `to` open. NULL when memory ran out. */
FILE *visible_stream(FILE *to);

#endif
