/* catalog.h - the forms and their cells, read from sql/forms/: the one list that recognition,
 * rules, totals, dictionary and exports all go by. */
#ifndef GONGKAI_MODEL_CATALOG_H
#define GONGKAI_MODEL_CATALOG_H

#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/err.h"

/* A cell id says where its figure is kept: line * 8 + slot. Ids never change once used. */
enum {
    CATALOG_SLOTS = 8,
    CATALOG_LINES = 64,
    CATALOG_CELLS = CATALOG_LINES * CATALOG_SLOTS,
    CATALOG_FORMS = 8,
};
#define CELL_NONE UINT16_MAX

enum cell_kind {
    CELL_COUNT,  /* an integer >= 0 */
    CELL_SIGNED, /* an integer: 本年增/减 */
    CELL_MONEY,  /* an amount in 万元, kept as an integer of MONEY_SCALE parts */
};

enum adding { ADD_SUM, ADD_FIRST, ADD_LAST, ADD_NONE };

/* One cell, whatever forms it stands in. `code` is its name everywhere, NULL: no such cell. */
struct cell {
    const char *code;
    uint16_t id;
    enum cell_kind kind;
    enum adding over_regions, over_years;
};

/* A cell as one form prints it. `row` and `column` are Chinese paths joined by '/'; form 2014
 * has no columns, and headings among its rows (id CELL_NONE). `number` is set in form 2014. */
struct form_cell {
    uint16_t id;
    struct str table, number, row, column, unit;
};

/* A form; `year` names it. `last_year` is 0 when it is in force today. */
struct form {
    int year, first_year, last_year;
    struct str basis, title;
    struct form_cell *cells;
    uint32_t count;
};

struct catalog {
    struct arena arena;
    struct cell cells[CATALOG_CELLS]; /* by id; unused ones have a NULL code */
    struct form forms[CATALOG_FORMS];
    uint32_t form_count;
    const struct cell *by_code[1024]; /* hash table, read through catalog_find */
};

/* Reads the compiled-in tables. Free with catalog_free. Fails on a table that contradicts
 * itself (a code twice, a cell of a form that has no line). */
int catalog_load(struct catalog **out, struct err *err);
void catalog_free(struct catalog *catalog);

/* The cell of a code, NULL when there is none. */
const struct cell *catalog_find(const struct catalog *catalog, struct str code);

/* The form of that name, NULL when there is none. */
const struct form *catalog_form(const struct catalog *catalog, int year);

/* The form prescribed for a report year, NULL before the first one. */
const struct form *catalog_form_for(const struct catalog *catalog, int report_year);

#endif
