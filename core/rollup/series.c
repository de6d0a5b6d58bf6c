/* Reading the series' terms, and choosing the form by which a report counts in each. */
#include "core/rollup/series.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/table.h"

/* Forms are tried newest first, whatever their order in the catalog. */
static int choice_of(const struct catalog *catalog, long form)
{
    int newer = 0;
    bool known = false;
    for (uint32_t i = 0; i < catalog->form_count; i++) {
        known |= catalog->forms[i].year == form;
        newer += catalog->forms[i].year > form;
    }
    return known ? newer : -1;
}

static int coefficient_of(const struct table *t)
{
    struct str s = table_get(t, "coefficient");
    return str_eq(s, STR("-1")) ? -1 : (int)table_number(t, "coefficient", 0);
}

static int by_cell(const void *a, const void *b)
{
    const struct series_term *x = a, *y = b;
    if (x->cell != y->cell)
        return x->cell < y->cell ? -1 : 1;
    if (x->series != y->series)
        return x->series < y->series ? -1 : 1;
    return (x->choice > y->choice) - (x->choice < y->choice);
}

static int read_term(const struct table *t, const struct catalog *catalog, struct series_term *out,
                     struct err *err)
{
    const struct cell *cell = catalog_find(catalog, table_get(t, "code"));
    int choice = choice_of(catalog, table_number(t, "form", 0));
    long number = table_number(t, "number", SERIES_MAX);
    if (!cell || choice < 0 || number >= SERIES_MAX || coefficient_of(t) == 0)
        return err_set(err, ERR_SYSTEM, "sql/%s:%u contradicts itself; correct the table", t->name,
                       t->line);
    *out = (struct series_term){.cell = cell->id,
                                .series = (uint8_t)number,
                                .choice = (uint8_t)choice,
                                .coefficient = coefficient_of(t)};
    return 0;
}

int series_load(struct series_table *out, const struct catalog *catalog, struct err *err)
{
    struct series_table table = {0};
    size_t capacity = 0;
    struct table t;
    if (table_open(&t, "series.tsv", err) < 0)
        return -1;
    while (table_next(&t)) {
        if (table.count == capacity) {
            capacity = capacity ? capacity * 2 : 256;
            struct series_term *more = realloc(table.term, capacity * sizeof *more);
            if (!more) {
                series_free(&table);
                return err_memory(err);
            }
            table.term = more;
        }
        if (read_term(&t, catalog, &table.term[table.count], err) < 0) {
            series_free(&table);
            return -1;
        }
        table.count++;
    }
    if (table.count > 0)
        qsort(table.term, table.count, sizeof *table.term, by_cell);
    for (uint32_t cell = 0, i = 0; cell <= CATALOG_CELLS; cell++) {
        while (i < table.count && table.term[i].cell < cell)
            i++;
        table.first[cell] = i;
    }
    *out = table;
    return 0;
}

void series_free(struct series_table *table)
{
    free(table->term);
    *table = (struct series_table){0};
}

void series_choose(const struct series_table *table, const struct cell_set *stated,
                   uint8_t choice[SERIES_MAX])
{
    memset(choice, SERIES_NO_CHOICE, SERIES_MAX);
    for (uint32_t i = 0; i < table->count; i++) {
        const struct series_term *term = &table->term[i];
        if (cell_set_has(stated, term->cell) && term->choice < choice[term->series])
            choice[term->series] = term->choice;
    }
}
