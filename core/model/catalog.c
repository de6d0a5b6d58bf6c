#include "core/model/catalog.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/base/table.h"

static unsigned hash(struct str s)
{
    unsigned h = 2166136261u;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 16777619u;
    return h % 1024;
}

static int contradiction(const struct table *table, struct err *err)
{
    return err_set(err, ERR_SYSTEM, "sql/%s:%u contradicts itself; correct the table", table->name,
                   table->line);
}

static int kind_of(struct str s, enum cell_kind *kind)
{
    static const char *const names[] = {"count", "signed", "money"};
    for (int i = 0; i < 3; i++)
        if (str_eq(s, str_from(names[i]))) {
            *kind = (enum cell_kind)i;
            return 0;
        }
    return -1;
}

static int adding_of(struct str s, enum adding *adding)
{
    static const char *const names[] = {"sum", "first", "last", "none"};
    for (int i = 0; i < 4; i++)
        if (str_eq(s, str_from(names[i]))) {
            *adding = (enum adding)i;
            return 0;
        }
    return -1;
}

static int load_cells(struct catalog *catalog, struct err *err)
{
    struct table t;
    if (table_open(&t, "forms/cells.tsv", err) < 0)
        return -1;
    while (table_next(&t)) {
        long line = table_number(&t, "line", CATALOG_LINES);
        long slot = table_number(&t, "slot", CATALOG_SLOTS);
        if (line >= CATALOG_LINES || slot >= CATALOG_SLOTS - 1)
            return contradiction(&t, err);
        uint16_t id = (uint16_t)(line * CATALOG_SLOTS + slot);
        struct cell *cell = &catalog->cells[id];
        struct str code = arena_copy(&catalog->arena, table_get(&t, "code"));
        if (!code.p)
            return err_memory(err);
        if (cell->code || code.n == 0 || catalog_find(catalog, code) ||
            kind_of(table_get(&t, "kind"), &cell->kind) < 0 ||
            adding_of(table_get(&t, "over_regions"), &cell->over_regions) < 0 ||
            adding_of(table_get(&t, "over_years"), &cell->over_years) < 0)
            return contradiction(&t, err);
        cell->code = code.p;
        cell->id = id;
        unsigned i = hash(code);
        while (catalog->by_code[i])
            i = (i + 1) % 1024;
        catalog->by_code[i] = cell;
    }
    return 0;
}

static int load_form(struct catalog *catalog, struct form *form, struct err *err)
{
    char name[32];
    snprintf(name, sizeof name, "forms/form-%d.tsv", form->year);
    struct table t;
    if (table_open(&t, name, err) < 0)
        return -1;
    size_t capacity = 0;
    while (table_next(&t)) {
        if (arena_grow(&catalog->arena, &form->cells, form->count, &capacity,
                       sizeof *form->cells) < 0)
            return err_memory(err);
        struct str code = table_get(&t, "code");
        const struct cell *cell = catalog_find(catalog, code);
        if (code.n > 0 && !cell)
            return contradiction(&t, err);
        struct str row = table_get(&t, "row");
        form->cells[form->count++] = (struct form_cell){
            .id = cell ? cell->id : CELL_NONE,
            .table = table_get(&t, "table"),
            .number = table_get(&t, "number"),
            .row = row.n ? row : table_get(&t, "label"),
            .column = table_get(&t, "column"),
            .unit = table_get(&t, "unit"),
        };
    }
    return 0;
}

int catalog_load(struct catalog **out, struct err *err)
{
    struct catalog *catalog = calloc(1, sizeof *catalog);
    if (!catalog)
        return err_refused(err);
    catalog->arena = arena_new((size_t)8 << 20);
    struct table t;
    if (load_cells(catalog, err) < 0 || table_open(&t, "forms/forms.tsv", err) < 0)
        goto fail;
    while (table_next(&t)) {
        if (catalog->form_count == CATALOG_FORMS) {
            contradiction(&t, err);
            goto fail;
        }
        struct form *form = &catalog->forms[catalog->form_count++];
        form->year = (int)table_number(&t, "form", 0);
        form->first_year = (int)table_number(&t, "first_year", 0);
        form->last_year = (int)table_number(&t, "last_year", 0);
        form->basis = table_get(&t, "basis");
        form->title = table_get(&t, "title");
        if (load_form(catalog, form, err) < 0)
            goto fail;
    }
    *out = catalog;
    return 0;
fail:
    catalog_free(catalog);
    return -1;
}

void catalog_free(struct catalog *catalog)
{
    if (!catalog)
        return;
    arena_free(&catalog->arena);
    free(catalog);
}

const struct cell *catalog_find(const struct catalog *catalog, struct str code)
{
    if (code.n == 0)
        return NULL;
    for (unsigned i = hash(code); catalog->by_code[i]; i = (i + 1) % 1024)
        if (str_eq(str_from(catalog->by_code[i]->code), code))
            return catalog->by_code[i];
    return NULL;
}

const struct form *catalog_form(const struct catalog *catalog, int year)
{
    for (uint32_t i = 0; i < catalog->form_count; i++)
        if (catalog->forms[i].year == year)
            return &catalog->forms[i];
    return NULL;
}

const struct form *catalog_form_for(const struct catalog *catalog, int report_year)
{
    for (uint32_t i = 0; i < catalog->form_count; i++) {
        const struct form *form = &catalog->forms[i];
        if (report_year >= form->first_year && (!form->last_year || report_year <= form->last_year))
            return form;
    }
    return NULL;
}
