#include "core/model/catalog.h"
#include "tests/tap.h"

int main(void)
{
    struct catalog *catalog = NULL;
    struct err err = {0};
    if (!ok(catalog_load(&catalog, &err) == 0, "the compiled-in forms agree with themselves")) {
        diag("%s", err.english);
        return done();
    }
    static const struct {
        int form;
        uint32_t cells;
    } sizes[] = {{2014, 58}, {2019, 198}, {2021, 200}};
    for (int i = 0; i < 3; i++) {
        const struct form *form = catalog_form(catalog, sizes[i].form);
        uint32_t n = 0;
        for (uint32_t k = 0; k < form->count; k++)
            n += form->cells[k].id != CELL_NONE;
        ok(n == sizes[i].cells, "form %d has %u cells", sizes[i].form, sizes[i].cells);
    }
    ok(catalog_form_for(catalog, 2013) == NULL, "before 2014 there was no form");
    ok(catalog_form_for(catalog, 2018)->year == 2014, "form 2014 holds until 2018");
    ok(catalog_form_for(catalog, 2025)->year == 2021, "form 2021 holds for 2025 too");
    ok(catalog_find(catalog, STR("t2.fees.amount"))->kind == CELL_MONEY, "the fee is an amount");
    ok(catalog_find(catalog, STR("t9.nothing")) == NULL, "an unknown code is no cell");
    catalog_free(catalog);
    return done();
}
