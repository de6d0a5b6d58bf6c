/* csv_out.h - writes CSV that opens in Excel and reads back exactly.
 *
 * UTF-8 with a BOM (or none, for programs); lines end in LF, which Excel takes as well as CRLF and
 * line tools take better. Numbers stand bare, text in quotes wherever it could be taken for
 * something else: a code such as 430700 is "430700". NULL is nothing between the commas, empty
 * text is "". Text beginning with = + - @, a tab, CR, LF or a full-width ＝＋－＠ that is no number
 * is a formula to Excel: it gets an apostrophe in front. Text that begins with apostrophes before
 * such a character gets one more, so that a reader who takes one away always has the original. */
#ifndef GONGKAI_TEXT_CSV_OUT_H
#define GONGKAI_TEXT_CSV_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/err.h"
#include "core/base/sink.h"
#include "core/base/str.h"

enum { CSV_OUT_BUFFER = 1 << 15 };

/* A CSV being written. Once a write fails nothing more is written and csv_out_close says why:
 * write many times, look once. */
struct csv_out {
    struct sink sink;
    struct err failure;
    bool failed, within; /* within: the row has a cell already */
    size_t used;
    char buffer[CSV_OUT_BUFFER];
};

/* Begins a CSV that goes to `sink`; `bom` for Excel. Nothing is allocated. */
void csv_out_open(struct csv_out *csv, struct sink sink, bool bom);

/* One cell. A `text` with p NULL is NULL. `decimal` takes digits as they stand (an exact amount);
 * what is no number there is written as text. */
void csv_out_text(struct csv_out *csv, struct str text);
void csv_out_integer(struct csv_out *csv, int64_t value);
void csv_out_decimal(struct csv_out *csv, struct str digits);
void csv_out_null(struct csv_out *csv);

/* Cells that are CSV already, commas between them and none at the end. */
void csv_out_raw(struct csv_out *csv, struct str cells);

/* Ends the row. */
void csv_out_row(struct csv_out *csv);

/* Writes what is left. -1 with the first failure. */
int csv_out_close(struct csv_out *csv, struct err *err);

/* Whether the text is a plain number: a sign, digits, a point with digits behind it. */
bool csv_out_is_number(struct str text);

#endif
