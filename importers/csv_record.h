/* csv_record.h - the records of a CSV stream, one after the other, each with its lines. libcsv in
 * strict mode says what a record is; lines without a quote, which need no grammar, are split
 * directly (a test proves the two equal). A record that cannot be read costs its own line and
 * nothing behind it, also when a quote is never closed. */
#ifndef GONGKAI_IMPORTERS_CSV_RECORD_H
#define GONGKAI_IMPORTERS_CSV_RECORD_H

#include "core/base/stream.h"
#include "core/text/encoding.h"

struct csv_field {
    struct str text; /* without quotes, spaces around it trimmed; line breaks are \n */
    uint32_t line;   /* on which it begins */
};

/* A record, good until the next is read. `broken` says why it is none; then its one field is the
 * line as it stands. */
struct csv_record {
    struct csv_field *fields;
    size_t count;
    uint32_t line, lines; /* its first line, and how many it takes */
    const char *broken;
};

struct csv_reader;

/* Reads `in` from where it stands; it stays the caller's. */
int csv_reader_new(struct csv_reader **out, struct stream *in, enum encoding encoding,
                   struct err *err);
void csv_reader_free(struct csv_reader *reader);

/* What parts the fields: comma, tab or semicolon. */
void csv_reader_delimiter(struct csv_reader *reader, char delimiter);
char csv_reader_parted(const struct csv_reader *reader);

/* The next record that is not a blank line. 1: there is one, 0: the end, -1 with `err`. */
int csv_next(struct csv_reader *reader, struct csv_record *out, struct err *err)
    __attribute__((warn_unused_result));

/* For a look at what the file is, before anything else: the first 64 KiB as text (less only when
 * there is no more); from then on all is kept and csv_back returns to the begin, until csv_go. */
int csv_look(struct csv_reader *reader, struct str *out, struct err *err);
void csv_back(struct csv_reader *reader);
void csv_go(struct csv_reader *reader);

/* Takes back the last record but for its first line: what follows is read again. For a record
 * over several lines that turns out not to be one. */
void csv_resume(struct csv_reader *reader);

/* For whoever can take lines as they stand (csv_alike.h), where a record begins: what comes next, in
 * whole lines as far as it is at hand; empty where it has to be decoded first. `raw`: it is not
 * decoded yet, nor known to be UTF-8. What has been taken of it is passed over: bytes of
 * so many whole lines. */
struct csv_ahead {
    struct str text;
    bool raw;
    uint32_t line; /* of its first byte */
};
int csv_look_ahead(struct csv_reader *reader, struct csv_ahead *out, struct err *err)
    __attribute__((warn_unused_result));
void csv_pass(struct csv_reader *reader, size_t bytes, uint32_t lines);

/* Reads by libcsv alone and shows nothing ahead, for the tests that compare. */
void csv_reader_plain(struct csv_reader *reader, bool plain);
bool csv_reader_is_plain(const struct csv_reader *reader);

#endif
