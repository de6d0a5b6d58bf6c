/* year.h - what totals of one year go by: its divisions, its form, until when reports were due. */
#ifndef GONGKAI_ROLLUP_YEAR_H
#define GONGKAI_ROLLUP_YEAR_H

#include "core/rollup/tree.h"

enum { DUE_OWN, DUE_COMPOSITE, DUES };

struct rollup_year {
    int year;
    struct tree tree;        /* on the basis today: of today */
    const struct form *form; /* NULL before the first one */
    char due[DUES][32];      /* the last day in time, ISO */
};

/* Reads it; `today`: with the divisions of today. Free with rollup_year_free, before the periods. */
int rollup_year_load(struct rollup_year *out, struct warehouse *warehouse,
                     const struct periods *periods, int year, bool today, struct err *err);
void rollup_year_free(struct rollup_year *year);

#endif
