/* workbook.h - an XLSX in the making: libxlsxwriter with this program's strings, formats and
 * exactness. Everything is kept until all of it is drawn. */
#ifndef GONGKAI_EXPORT_WORKBOOK_H
#define GONGKAI_EXPORT_WORKBOOK_H

#include <stdint.h>
#include <xlsxwriter.h>

#include "core/base/arena.h"
#include "core/base/err.h"
#include "core/base/sink.h"

/* How a field looks. */
enum look {
    LOOK_TITLE,   /* large, centred */
    LOOK_TEXT,    /* a paragraph */
    LOOK_NOTE,    /* a paragraph that must be seen */
    LOOK_HEADING, /* bold, of a table */
    LOOK_HEAD,    /* a table's head, centred in a box */
    LOOK_LABEL,   /* a row's label, left in a box */
    LOOK_FIGURE,  /* a number in a box */
    LOOK_RATE,    /* a number with one decimal, in a box */
    LOOK_CELL,    /* text in a box */
    LOOK_EMPTY,   /* a figure that nobody states: hatched */
    LOOKS,
};

struct book {
    lxw_workbook *workbook;
    lxw_format *look[LOOKS];
    const char *title; /* of the workbook, printed over each page */
    struct arena arena; /* strings with a NUL behind them */
    bool failed;
};

/* Makes a workbook: `draw` fills its sheets, then it goes to the sink; `title` to its properties.
 * libxlsxwriter does not always look whether it was given memory, and crashes. So all that is done in
 * a process of its own, and only a workbook that is whole comes out of it. */
int book_make(struct str title, void (*draw)(struct book *book, void *self), void *self,
              struct sink sink, struct err *err);

/* A sheet of A4 pages, as wide as the page, the title and the sheet's name over each. */
lxw_worksheet *book_sheet(struct book *book, const char *name, bool landscape);

/* Text in a field, or over several that are merged: from `row`, `column`. */
void book_text(struct book *book, lxw_worksheet *sheet, uint32_t row, uint16_t column,
               uint32_t rows, uint16_t columns, struct str text, enum look look);

/* A figure: a number of at most 15 digits, what Excel holds exactly; longer ones as text. A text
 * with p NULL is an empty field. */
void book_figure(struct book *book, lxw_worksheet *sheet, uint32_t row, uint16_t column,
                 uint16_t columns, struct str digits, enum look look);

/* Lines that the text needs in a field of `width` Latin letters. */
uint32_t book_lines(struct str text, uint32_t width);

#endif
