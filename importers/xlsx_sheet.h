/* xlsx_sheet.h - one sheet of a workbook: its cells as texts, its merges. */
#ifndef GONGKAI_IMPORTERS_XLSX_SHEET_H
#define GONGKAI_IMPORTERS_XLSX_SHEET_H

#include "importers/sheet.h"
#include "importers/xlsx_style.h"

/* What the cells of all sheets of a workbook refer to. */
struct xlsx_shared {
    struct arena *arena;
    struct str *strings;
    size_t string_count;
    struct xlsx_styles *styles;
    bool since_1904;
};

/* Reads the sheet that a part holds. -1 with `err`, or with none when memory ran out. */
int xlsx_sheet_read(struct sheet **out, const struct xlsx_shared *shared, struct ooxml *ooxml,
                    const char *part, struct err *err);

/* The whole number at the head of an attribute; `otherwise` when there is none. */
long xlsx_number(const char *text, long otherwise);

#endif
