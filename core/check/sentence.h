/* sentence.h - the sentences of findings, filled in from the templates of the rules.
 *
 * A template holds names in braces: {agency} {year} {before} (the year before) {code} {label}
 * {row} {column} {reported} {computed} {difference} {left} {right} (sums spelt out: 10 + 1 = 11)
 * {sentence} {region} {effect} {rank} {other} {table}. What a rule does not know stays empty. */
#ifndef GONGKAI_CHECK_SENTENCE_H
#define GONGKAI_CHECK_SENTENCE_H

#include "core/base/buf.h"
#include "core/check/evaluate.h"

enum { FIGURE_TEXT = 56 };

/* Writes a figure: a whole number, or an amount in 万元 with its decimals, never rounded. */
void figure_text(char out[FIGURE_TEXT], wide value, bool money);

/* Finds the cell as that form prints it, or as another does when that form lacks it. */
const struct form_cell *label_of(const struct catalog *catalog, int form, uint16_t cell);

/* Writes the row and the column of a cell, short, as a person would call it. */
void label_row(struct buf *buf, const struct form_cell *cell);
void label_column(struct buf *buf, const struct form_cell *cell);
/* Writes "表三 (一)予以公开 自然人"; `chinese` false: "table 3 …". */
void label_cell(struct buf *buf, const struct form_cell *cell, bool chinese);

/* What a template may be filled with. Empty strings and NULL: not known. */
struct sentence {
    const struct catalog *catalog;
    int form, year;
    uint16_t cell;
    bool money, figures;          /* figures: reported and computed are there */
    wide reported, computed;
    const struct relation *relation; /* for {left} and {right} */
    const struct verdict *verdict;
    const struct panel *now, *before;
    struct str agency, sentence, region, effect, rank, other, table, table_zh;
};

/* Fills a template in, in English or Chinese, into `buf`. */
void sentence_fill(struct buf *buf, struct str template, const struct sentence *with,
                   bool chinese);

#endif
