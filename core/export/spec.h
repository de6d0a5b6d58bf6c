/* spec.h - the exports: each is one file of sql/exports/, a statement with its description in the
 * comment lines at its head. Adding an export is adding such a file.
 *
 *   -- file: city-year.csv              where it goes; {form} or {division_code} is filled in
 *   -- title: English | 中文
 *   -- about: English | 中文
 *   -- key: division_code year          the columns that name a row
 *   -- when: cells                      written only when asked for (export --cells)
 *   -- each: form                       run once a form, with :form bound
 *   -- split: division_code             one file a value of this column, or of these, which come
 *                                       ordered
 *   -- pivot: code value                turns the last two columns into one column a code
 *   -- by: cells                        its rows are written by the program, which is faster (cells:
 *                                       cells_out.h, facts: facts_out.h, totals LEVEL:
 *                                       totals_out.h); the statement says what they are
 *   -- column: name type unit | English | 中文    one that sql/exports/columns.tsv has not
 */
#ifndef GONGKAI_EXPORT_SPEC_H
#define GONGKAI_EXPORT_SPEC_H

#include <stdbool.h>

#include "core/base/err.h"
#include "core/base/str.h"

/* Views of the compiled-in text; empty where the head says nothing. */
struct export_spec {
    struct str name; /* city-year: the name of the file of sql/exports/ */
    struct str file, title, title_zh, about, about_zh, key, when, each, split, pivot, by;
    const char *sql; /* the whole text: the head is comment */
};

/* What a column holds. `type` as in Table Schema: string, integer, number, year, date, datetime,
 * boolean. */
struct export_column {
    struct str name, type, unit, about, about_zh;
};

/* The exports one by one, by name: call with *cursor 0 first; false at the end. */
bool spec_next(uint32_t *cursor, struct export_spec *out);

/* The meaning of a column of an export: from its head, else from sql/exports/columns.tsv. Fails
 * when neither names it. */
int spec_column(const struct export_spec *spec, struct str name, struct export_column *out,
                struct err *err);

#endif
