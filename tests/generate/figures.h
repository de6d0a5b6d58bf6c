/* figures.h - the cells of one made-up report: random, and balanced as the form asks. */
#ifndef GONGKAI_TESTS_FIGURES_H
#define GONGKAI_TESTS_FIGURES_H

#include <stdio.h>

#include "core/model/catalog.h"
#include "core/model/report.h"
#include "tests/generate/random.h"

struct figure {
    enum state state;
    int64_t value; /* as in struct fact */
};

/* `cells` are the cells in the order of the form. They are the form's own, except that a report on
 * form 2021 may print the one row (六) of form 2019 (other_in_one). */
struct figures {
    const struct catalog *catalog;
    const struct form *form;
    bool other_in_one;
    struct form_cell cells[CATALOG_CELLS];
    uint32_t count;
    struct figure figure[CATALOG_CELLS]; /* by cell id */
};

/* What kind of report to make. */
struct figures_kind {
    int form;
    int size;          /* 0: all zero; 1: a department; 2: a city */
    bool other_in_one; /* form 2021 with the one row (六) of form 2019 */
    bool department;   /* issues no 规章 */
    bool steady;       /* organisations seldom apply; most figures are near those of `before` */
    const struct figures *before; /* last year's, whose stocks this year begins with; or NULL */
};

void figures_make(struct figures *figures, const struct catalog *catalog, struct figures_kind kind,
                  struct random *random);

/* An empty report of the form, all cells 0: a composite to add to. */
void figures_zero(struct figures *figures, const struct catalog *catalog, int form);

/* Adds what `part` states; a row (六) of `part` goes to 其他 where `sum` has three. */
void figures_add(struct figures *sum, const struct figures *part);

/* Leaves a few cells without a figure: a row of table 二, now and then table 四, the 总计 of all but
 * four rows of table 三. */
void figures_leave_out(struct figures *figures, enum state state, struct random *random);

/* Writes a cell as "code,state,value" and a line break, as the truth files have it. */
void figures_print(const struct figures *figures, uint16_t id, FILE *file);

#endif
