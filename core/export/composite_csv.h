/* composite_csv.h - a composite as CSV in the form's own layout: what covers several fields of the
 * form leaves the others empty, as a spreadsheet saves it. Importing it gives the same cells. */
#ifndef GONGKAI_EXPORT_COMPOSITE_CSV_H
#define GONGKAI_EXPORT_COMPOSITE_CSV_H

#include "core/base/sink.h"
#include "core/export/composite.h"

int composite_csv(struct composite *composite, struct sink sink, bool bom, struct err *err);

#endif
