#include "tests/generate/figures.h"

#include <stdio.h>
#include <string.h>

enum { TOTAL = 6 }; /* the column 总计 of table 三 */

static uint16_t cell_of(const struct figures *f, const char *code)
{
    const struct cell *cell = catalog_find(f->catalog, str_from(code));
    return cell ? cell->id : CELL_NONE;
}

static bool table_is(const struct form_cell *cell, const char *table)
{
    return cell->id != CELL_NONE && str_eq(cell->table, str_from(table));
}

static const char *code_of(const struct figures *f, uint16_t id)
{
    return f->catalog->cells[id].code;
}

/* The form's cells; with `other_in_one` the row (六) of form 2019 for the three rows of 2021. */
static void list_cells(struct figures *f)
{
    const struct form *old = catalog_form(f->catalog, 2019);
    bool replaced = false;
    for (uint32_t i = 0; i < f->form->count; i++) {
        const struct form_cell *cell = &f->form->cells[i];
        bool other = cell->id != CELL_NONE && !strncmp(code_of(f, cell->id), "t3.other_", 9);
        if (!f->other_in_one || !other) {
            f->cells[f->count++] = *cell;
        } else if (!replaced) {
            for (uint32_t k = 0; k < old->count; k++)
                if (!strncmp(code_of(f, old->cells[k].id), "t3.other.", 9))
                    f->cells[f->count++] = old->cells[k];
            replaced = true;
        }
    }
}

static int64_t some(struct random *r, int size)
{
    if (size == 0 || random_chance(r, size == 1 ? 80 : 35))
        return 0;
    if (size == 1)
        return (int64_t)random_below(r, random_chance(r, 80) ? 10 : 120);
    return (int64_t)random_below(r, random_chance(r, 70) ? 300 : 15000);
}

static void set(struct figures *f, uint16_t id, int64_t value)
{
    f->figure[id] = (struct figure){STATE_VALUE, value};
}

static void make_table_three(struct figures *f, int size, struct random *r)
{
    uint16_t first[] = {cell_of(f, "t3.new.person"), cell_of(f, "t3.carried_in.person"),
                        cell_of(f, "t3.handled.person"), cell_of(f, "t3.carried_out.person")};
    int64_t sums[CATALOG_LINES] = {0};
    for (uint16_t column = 0; column < TOTAL; column++) {
        int64_t handled = 0;
        for (uint32_t i = 0; i < f->count; i++) {
            uint16_t id = f->cells[i].id;
            if (!table_is(&f->cells[i], "t3") || (id & 7) != column)
                continue;
            uint16_t row = id & ~7;
            if (row == (first[0] & ~7) || row == (first[1] & ~7) || row == (first[2] & ~7) ||
                row == (first[3] & ~7))
                continue;
            int64_t value = some(r, column == 0 ? size : size && random_chance(r, 40) ? 1 : 0);
            set(f, id, value);
            handled += value;
            sums[id >> 3] += value;
        }
        int64_t out = some(r, size), all = handled + out;
        int64_t in = all ? (int64_t)random_below(r, (uint64_t)all / 4 + 1) : 0;
        int64_t four[] = {all - in, in, handled, out};
        for (int k = 0; k < 4; k++) {
            set(f, first[k] + column, four[k]);
            sums[first[k] >> 3] += four[k];
        }
    }
    for (uint32_t i = 0; i < f->count; i++)
        if (table_is(&f->cells[i], "t3") && (f->cells[i].id & 7) == TOTAL)
            set(f, f->cells[i].id, sums[f->cells[i].id >> 3]);
}

static void make_table_four(struct figures *f, int size, struct random *r)
{
    static const char *const blocks[] = {"review", "suit_direct", "suit_after_review"};
    static const char *const parts[] = {"upheld", "corrected", "other", "pending", "total"};
    for (int b = 0; b < 3; b++) {
        int64_t total = 0;
        for (int p = 0; p < 5; p++) {
            char code[64];
            snprintf(code, sizeof code, "t4.%s.%s", blocks[b], parts[p]);
            int64_t value = p == 4 ? total : some(r, size);
            total += value;
            set(f, cell_of(f, code), value);
        }
    }
}

/* Tables without arithmetic: 二, and the one of form 2014. */
static void make_plain(struct figures *f, int size, struct random *r)
{
    static const int64_t parts[] = {MONEY_SCALE, MONEY_SCALE / 100, MONEY_SCALE / 10000};
    for (uint32_t i = 0; i < f->count; i++) {
        if (!table_is(&f->cells[i], "t2") && !table_is(&f->cells[i], "t1"))
            continue;
        uint16_t id = f->cells[i].id;
        int64_t value = some(r, size);
        if (size && random_chance(r, 20))
            value = (int64_t)random_below(r, size == 1 ? 3000 : 12000000);
        switch (f->catalog->cells[id].kind) {
        case CELL_COUNT:
            break;
        case CELL_SIGNED:
            value = random_chance(r, 50) ? -value : value;
            break;
        case CELL_MONEY:
            value *= parts[random_below(r, 3)];
            break;
        }
        set(f, id, value);
    }
}

void figures_make(struct figures *f, const struct catalog *catalog, int form, bool other_in_one,
                  int size, struct random *random)
{
    memset(f, 0, sizeof *f);
    f->catalog = catalog;
    f->form = catalog_form(catalog, form);
    f->other_in_one = other_in_one && form == 2021;
    list_cells(f);
    make_plain(f, size, random);
    if (form != 2014) {
        make_table_three(f, size, random);
        make_table_four(f, size, random);
    }
}

static bool in_few_rows(const char *code)
{
    static const char *const rows[] = {"t3.new.", "t3.carried_in.", "t3.handled.", "t3.carried_out."};
    for (int i = 0; i < 4; i++)
        if (!strncmp(code, rows[i], strlen(rows[i])))
            return true;
    return false;
}

void figures_leave_out(struct figures *f, enum state state, struct random *random)
{
    bool four = random_chance(random, 25), totals = random_chance(random, 30);
    uint16_t row = 0;
    bool leave = false;
    for (uint32_t i = 0; i < f->count; i++) {
        const struct form_cell *cell = &f->cells[i];
        if (cell->id == CELL_NONE)
            continue;
        bool out;
        if (table_is(cell, "t4"))
            out = four;
        else if (table_is(cell, "t3"))
            out = totals && (cell->id & 7) == TOTAL && !in_few_rows(code_of(f, cell->id));
        else if (table_is(cell, "t2")) {
            if (row != cell->id >> 3) {
                row = cell->id >> 3;
                leave = random_chance(random, 40);
            }
            out = leave;
        } else
            out = random_chance(random, 15);
        if (out)
            f->figure[cell->id] = (struct figure){state, 0};
    }
}
