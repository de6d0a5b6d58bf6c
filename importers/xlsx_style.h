/* xlsx_style.h - the styles of a workbook: what a cell that is a number prints. */
#ifndef GONGKAI_IMPORTERS_XLSX_STYLE_H
#define GONGKAI_IMPORTERS_XLSX_STYLE_H

#include "core/base/arena.h"
#include "core/base/err.h"
#include "importers/ooxml.h"

struct xlsx_styles;

/* Reads xl/styles.xml into the arena. -1 with `err`, or with none when memory ran out. */
int xlsx_styles_read(struct xlsx_styles **out, struct ooxml *ooxml, struct arena *arena,
                     struct err *err);

/* What a number prints in a style (the s of its cell). p is NULL when memory ran out. */
struct str xlsx_shown(const struct xlsx_styles *styles, long style, struct str stored,
                      bool since_1904);

/* Whether a style raises, lowers or strikes out what stands in the cell. */
bool xlsx_style_is_aside(const struct xlsx_styles *styles, long style);

#endif
