/* english.h - the English of what the forms print, for who reads a composite in English. */
#ifndef GONGKAI_EXPORT_ENGLISH_H
#define GONGKAI_EXPORT_ENGLISH_H

#include "core/base/buf.h"
#include "core/base/str.h"

/* The English of a label as it is printed (a row of sql/forms/english.tsv); p NULL: there is none.
 * Lives as long as the program. */
struct str english_of(struct str printed);

/* Adds the English of a path, its pieces parted by /; a piece that has none as it stands. */
void english_add(struct buf *out, struct str path);

#endif
