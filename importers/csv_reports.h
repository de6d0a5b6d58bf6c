/* csv_reports.h - collects the cells of many reports that come in any order, packed tightly, and
 * hands each report out as a document of its own, its cells stated by name (code or path). */
#ifndef GONGKAI_IMPORTERS_CSV_REPORTS_H
#define GONGKAI_IMPORTERS_CSV_REPORTS_H

#include "importers/importer.h"

struct csv_reports;
struct csv_report; /* one of them; lives as long as they */

int csv_reports_new(struct csv_reports **out, struct err *err);
void csv_reports_free(struct csv_reports *reports);

/* The number of a cell by the name the file gives it (code or path); the same name has the same. */
int csv_reports_cell(struct csv_reports *reports, struct str name, uint32_t *out, struct err *err);

/* The report a line is about, by its first four columns as they stand; empty where there are
 * none. A year or scope that is none makes the report a reject. */
int csv_reports_of(struct csv_reports *reports, const struct str columns[4], uint32_t line,
                   struct csv_report **out, struct err *err);

/* Adds one cell to a report. */
int csv_reports_add(struct csv_reports *reports, struct csv_report *report, uint32_t cell,
                    struct str value, uint32_t line, struct err *err);

/* Rejects a report: `why` is told when the documents are handed out. The first word counts. */
int csv_reports_reject(struct csv_reports *reports, struct csv_report *report,
                       const struct err *why, struct err *err);

/* Hands all of them to the sink, in the order in which they first appeared, a document or a
 * reject each. The same cell twice with different values is a reject. */
int csv_reports_give(struct csv_reports *reports, const struct import_options *options,
                     struct document_sink *sink, struct err *err);

#endif
