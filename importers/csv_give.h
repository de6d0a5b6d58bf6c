/* csv_give.h - the reports of a file as they come back from their pile, handed out as documents. */
#ifndef GONGKAI_IMPORTERS_CSV_GIVE_H
#define GONGKAI_IMPORTERS_CSV_GIVE_H

#include "importers/csv_packing.h"
#include "importers/importer.h"

/* The begin of a CSV_OTHER_WHOSE: the first line of the report, and the lengths of the four columns
 * that follow. */
struct csv_whose {
    uint32_t line;
    size_t lengths[4];
};

/* Whether year and scope among the columns that name a report are such. */
bool csv_whose_is_told(const struct str columns[4]);

/* Hands out the reports in the pile by their numbers, a document or a reject each. */
int csv_give(struct pile *pile, struct stated_names *names, const struct import_options *options,
             struct document_sink *sink, struct err *err);

#endif
