/* csv_header.h - what the head line of a CSV file says: one cell a line (long), one report a line
 * (wide), or neither (the official form as laid out in Excel). */
#ifndef GONGKAI_IMPORTERS_CSV_HEADER_H
#define GONGKAI_IMPORTERS_CSV_HEADER_H

#include "importers/csv_record.h"

enum csv_shape { CSV_FORM, CSV_LONG, CSV_WIDE };

/* What a column holds. The first six stand in a file at most once. */
enum csv_column {
    CSV_AGENCY,
    CSV_DIVISION,
    CSV_YEAR,
    CSV_SCOPE,
    CSV_CODE,
    CSV_VALUE,
    CSV_CELL,  /* wide: the figures of one cell of the form */
    CSV_EXTRA, /* not ours: kept out */
};
#define CSV_NAMED CSV_CELL /* the first that may stand in several columns */

/* What a head cell names, in English or Chinese, any case. */
enum csv_column csv_column_of(struct str head);

/* The shape that such a head line makes, CSV_FORM when it is none. A column named twice makes it
 * none too: `twice` (may be NULL) is then the name, else empty. */
enum csv_shape csv_shape_of(const struct csv_field *heads, size_t count, struct str *twice);

/* The shape of a text by one of its first lines, for a look only. */
enum csv_shape csv_shape_of_text(struct str text);

/* A year as people write it: 2021, 2021年, 2021年度, in full-width digits too. 0: empty, -1: it is
 * none. */
int csv_year(struct str text);

/* "own" or "composite", also by their Chinese names; empty when empty, p is NULL when neither. */
struct str csv_scope(struct str text);

#endif
