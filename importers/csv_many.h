/* csv_many.h - a table of many reports: long (one cell a line) or wide (one report a line), from a
 * CSV file or a spreadsheet. A bad line rejects the report it belongs to; the others go on. */
#ifndef GONGKAI_IMPORTERS_CSV_MANY_H
#define GONGKAI_IMPORTERS_CSV_MANY_H

#include "importers/csv_record.h"
#include "importers/importer.h"

struct csv_many;

/* Begins behind the head line, which csv_shape_of has found to be one. `delimiter` parts the
 * fields of a line that cannot be read, 0: none. `held` as for csv_reports_new. `sink` must stay. */
int csv_many_new(struct csv_many **out, const struct csv_record *head, char delimiter, size_t held,
                 struct document_sink *sink, struct err *err);
void csv_many_free(struct csv_many *many);

/* Takes the next record. 1: it took several lines and is none; those behind its first must be
 * read again (csv_resume). */
int csv_many_add(struct csv_many *many, struct csv_record *record, struct err *err);

/* Hands out the reports, a document or a reject each. */
int csv_many_end(struct csv_many *many, const struct import_options *options, struct err *err);

/* All of this for the records that a reader has behind the head line. */
int csv_many_read(struct csv_reader *reader, const struct csv_record *head, size_t held,
                  const struct import_options *options, struct document_sink *sink,
                  struct err *err);

#endif
