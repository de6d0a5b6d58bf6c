/* csv_alike.h - lines of a long CSV that look like those before them, taken as they stand: the head
 * of a line already read, one of the codes already met, and plain characters up to the line's end.
 * Everything else is left to csv_record.h; a test and a fuzz target prove the two equal. */
#ifndef GONGKAI_IMPORTERS_CSV_ALIKE_H
#define GONGKAI_IMPORTERS_CSV_ALIKE_H

#include "importers/csv_record.h"
#include "importers/csv_reports.h"

struct csv_alike;

/* For lines of `columns` fields, the last two of which are a code and a value. `head_code` is what the
 * head line has in the place of the code. */
int csv_alike_new(struct csv_alike **out, struct csv_reports *reports, char delimiter,
                  size_t columns, struct str head_code, struct err *err);
void csv_alike_free(struct csv_alike *alike);

/* Takes as many lines as it can. *report is whose the last one was, left alone when there was none. */
int csv_alike_take(struct csv_alike *alike, struct csv_reader *reader, uint32_t *report,
                   struct err *err);

/* A record that csv_alike_take had to leave was a good line of this report: the head of its line is
 * known from now on. `again`: it is not the first of the report. */
int csv_alike_learn(struct csv_alike *alike, const struct csv_record *record, uint32_t report,
                    bool again, struct err *err);

#endif
