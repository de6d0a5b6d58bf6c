/* labels.h - what the forms print beside and above their figures, with all known variants: from
 * sql/forms/ and sql/labels.tsv. Private to this folder. */
#ifndef GONGKAI_RECOGNISE_LABELS_H
#define GONGKAI_RECOGNISE_LABELS_H

#include "core/recognise/parts.h"
#include "core/text/fold.h"

enum {
    LABEL_MAX = 96,    /* characters of a label */
    TABLE_ROWS = 64,   /* of one table, over all forms */
    TABLE_COLUMNS_MAX = 16,
    GROUP_ORGANISATIONS = 1, /* the index of 法人或其他组织 among groups; others have 0 */
};

enum place {
    PLACE_ROW,     /* stands beside figures: 规章 */
    PLACE_COLUMN,  /* stands above figures: 自然人 */
    PLACE_GROUP,   /* stands beside or above labels: (三)不予公开 */
    PLACE_HEADING, /* begins a section: 二、主动公开政府信息情况 */
};

/* One thing a key may mean. `index` is the row or column of its table. */
struct meaning {
    enum table_id table;
    enum place place;
    uint8_t index;
};

/* A key and its meanings: a chain of entries with the same text. */
struct label {
    const uint16_t *key;
    uint16_t n;
    struct meaning meaning;
    const struct label *same; /* the next meaning of this key */
    struct label *next;       /* in its bucket */
};

/* One way to print the label of a row. */
struct wording {
    const uint16_t *key;
    uint16_t n;
    struct wording *next;
};

/* The rows of one table in print order, over all forms, its columns, and its cells. In tables 2
 * to 4 a row and a column name a cell; table 1 has one column. Table 4 has its blocks for rows. */
struct table_labels {
    struct str row[TABLE_ROWS], column[TABLE_COLUMNS_MAX]; /* keys, as in codes */
    struct wording *wording[TABLE_ROWS]; /* folded, with the ordinal, brackets dropped */
    uint16_t cell[TABLE_ROWS][TABLE_COLUMNS_MAX];
    uint32_t rows, columns;
};

/* Bits of the cells of a form, of those that no other form has (a row (六)其他处理 alone is in all of
 * them), and of the rows of each table. */
struct form_labels {
    uint64_t cells[CATALOG_CELLS / 64], own[CATALOG_CELLS / 64], rows[TABLE_COUNT];
};

struct labels {
    struct arena arena;
    struct folding *folding;
    const struct catalog *catalog;
    struct table_labels table[TABLE_COUNT];
    uint8_t cell_forms[CATALOG_CELLS]; /* bit f: catalog->forms[f] has the cell */
    uint64_t cell_rows[CATALOG_CELLS]; /* bit k: row k of its table has it */
    struct form_labels form[CATALOG_FORMS];
    struct label *bucket[4096];
};

/* The meanings of exactly this folded text, NULL when it has none. */
const struct label *labels_find(const struct labels *labels, const uint16_t *key, size_t n);

/* The longest key that ends at the end of `s`, and how many characters it has. `fits` says
 * whether a key may begin at a place of s (NULL: anywhere) and mean this. */
const struct label *labels_suffix(const struct labels *labels, const uint16_t *s, size_t n,
                                  bool (*fits)(const void *self, size_t begin,
                                               const struct label *label),
                                  const void *self, size_t *length);

/* The meaning of that place in that table among the meanings of a key; NULL when there is none.
 * TABLE_NONE: of any table. */
const struct meaning *label_as(const struct label *label, enum table_id table, enum place place);

/* The row or column of a table by its key in codes; -1 when there is none. */
int labels_row(const struct table_labels *table, const char *key);
int labels_column(const struct table_labels *table, const char *key);

/* Whether a text looks like the name of a cell, a code or a Chinese path. */
bool labels_is_name(struct str text);

/* The cell that a code (t3.new.person) or a Chinese path (表三/本年新收/自然人) names, CELL_NONE when
 * it is neither. */
uint16_t labels_cell(const struct labels *labels, struct str name);

#endif
