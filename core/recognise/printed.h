/* printed.h - what one printed text is, taken by itself: a figure, a unit, a note, a heading, a page
 * mark, prose. Where a `word` is passed it is the lexicon's entry of that text, or NULL: what is
 * found is kept there. Private to this folder. */
#ifndef GONGKAI_RECOGNISE_PRINTED_H
#define GONGKAI_RECOGNISE_PRINTED_H

#include "core/recognise/labels.h"
#include "core/recognise/lexicon.h"
#include "core/text/number.h"

enum { KEY_MAX = 2 * LABEL_MAX }; /* characters of folded text that may be a label */

/* Folds a text into `key`; KEY_MAX + 1 when it is longer than any label. */
size_t printed_fold(const struct labels *labels, struct lexicon *lexicon, struct word *word,
                    struct str text, uint16_t key[KEY_MAX + 1]);

/* The heading that a whole line or cell is; NULL when it is none. */
const struct meaning *printed_heading(const struct labels *labels, struct str text,
                                      struct word *word);

/* Whether a line is the mark of a page, - 4 - or 第4页; whether it holds a sentence. */
bool printed_page_mark(struct str line, struct word *word);
bool printed_prose(struct str line);

/* What a token of a line is, apart from what stands before it: figure, unit, note, glued. */
struct word printed_token(const struct labels *labels, struct str text, struct word *word);

/* The next run of anything but white space; moves `rest` and its column behind it. */
bool printed_next(struct str *rest, uint32_t *x, struct str *token);

/* The text of a cell without white space and the asterisks of bold around it; `*word` is that of the
 * cell before, and of the plain text afterwards. What a cell with that plain text is. */
struct str printed_plain(struct lexicon *lexicon, struct str text, struct word **word);
enum number_state printed_cell(struct str text, struct word *word, bool *unit);

/* Columns that a text takes in a line: a Chinese character takes two. */
uint32_t printed_width(struct str s);

#endif
