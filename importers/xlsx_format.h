/* xlsx_format.h - number formats of a workbook: what they print, and whether it is the number that
 * the cell holds. */
#ifndef GONGKAI_IMPORTERS_XLSX_FORMAT_H
#define GONGKAI_IMPORTERS_XLSX_FORMAT_H

#include "core/base/arena.h"

enum xlsx_format_kind { XLSX_NUMBER, XLSX_DATE, XLSX_PERCENT };

/* The code of a format that every workbook has; NULL: General, which prints the number. */
const char *xlsx_format_code(long id);

/* What the code of a format makes of a number. */
enum xlsx_format_kind xlsx_format_kind(const char *code);

/* What a number prints by a code of the kind XLSX_NUMBER, `number` being its digits in full: the
 * same, with the words around it when there are any. Where it prints another number or none, rounds,
 * or is not understood: [the number and the code], which is a text and no figure. A dash for 0 is 0.
 * p is NULL when memory ran out. */
struct str xlsx_format_shown(struct arena *arena, struct str code, struct str number);

#endif
