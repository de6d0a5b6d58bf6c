/* composite_xlsx.h - a composite as a workbook: the official tables with merged heads, last year
 * beside this year, coverage, open findings, charts. The same composite gives the same bytes. */
#ifndef GONGKAI_EXPORT_COMPOSITE_XLSX_H
#define GONGKAI_EXPORT_COMPOSITE_XLSX_H

#include "core/base/sink.h"
#include "core/export/composite.h"

int composite_xlsx(struct composite *composite, struct sink sink, struct err *err);

#endif
