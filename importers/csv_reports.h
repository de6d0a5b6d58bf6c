/* csv_reports.h - collects the cells of many reports that come in any order, packed tightly and in
 * bounded memory, and hands each report out as a document of its own, its cells stated by name (code
 * or path). A report is called by its number, in the order of first appearance. */
#ifndef GONGKAI_IMPORTERS_CSV_REPORTS_H
#define GONGKAI_IMPORTERS_CSV_REPORTS_H

#include "importers/csv_spelled.h"
#include "importers/importer.h"

#define CSV_NOBODY UINT32_MAX

struct csv_reports;

/* `held`: bytes and pieces that are held in memory (core/base/pile.h), 0: as many as usual. */
int csv_reports_new(struct csv_reports **out, size_t held, struct err *err);
void csv_reports_free(struct csv_reports *reports);

/* The number of a cell by the name the file gives it (code or path); the same name has the same. */
int csv_reports_cell(struct csv_reports *reports, struct str name, uint32_t *out, struct err *err);
/* Whether a name has been met; and all names. */
bool csv_reports_find(const struct csv_reports *reports, struct str name, uint32_t *out);
const struct stated_names *csv_reports_names(const struct csv_reports *reports);

/* The report a line is about, by its first four columns as they stand; empty where there are
 * none. A year or scope that is none makes the report a reject. `*again`: it was met before. */
int csv_reports_of(struct csv_reports *reports, const struct str columns[4], uint32_t line,
                   uint32_t *out, bool *again, struct err *err);

/* The same by another way to write whose it is, once that has been said to be the report's. */
bool csv_reports_spelled(const struct csv_reports *reports, enum csv_spelling kind,
                         struct str text, uint32_t *report);
int csv_reports_spell(struct csv_reports *reports, enum csv_spelling kind, struct str text,
                      uint32_t report, struct err *err);

/* Adds one cell to a report. */
int csv_reports_add(struct csv_reports *reports, uint32_t report, uint32_t cell,
                    struct str value, uint32_t line, struct err *err);
/* Where the cells of a report that is not rejected may be packed as well. */
struct csv_packer *csv_reports_packer(struct csv_reports *reports);
bool csv_reports_rejected(const struct csv_reports *reports, uint32_t report);

/* Rejects a report: `why` is told when the documents are handed out. The first word counts. */
int csv_reports_reject(struct csv_reports *reports, uint32_t report, const struct err *why,
                       struct err *err);

/* Hands all of them to the sink, in the order in which they first appeared, a document or a
 * reject each. The same cell twice with different values is a reject. */
int csv_reports_give(struct csv_reports *reports, const struct import_options *options,
                     struct document_sink *sink, struct err *err);

#endif
