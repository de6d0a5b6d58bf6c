#include "tests/generate/figures.h"

#include <inttypes.h>
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

static int64_t last_year(const struct figures *before, uint16_t id)
{
    return before && before->figure[id].state == STATE_VALUE ? before->figure[id].value : 0;
}

/* `value`, or in a steady office most often about what it was last year. */
static int64_t usual(const struct figures_kind *kind, uint16_t id, int64_t value, struct random *r)
{
    int64_t last = last_year(kind->before, id);
    if (!kind->steady || !kind->before || !random_chance(r, last ? 85 : 95))
        return value;
    if (last > 0 && last < 10) /* a fifth of it would be nothing */
        return last - 1 + (int64_t)random_below(r, 3);
    return last * (int64_t)(80 + random_below(r, 41)) / 100;
}

static void make_table_three(struct figures *f, const struct figures_kind *kind, struct random *r)
{
    const struct figures *before = kind->before;
    int size = kind->size;
    unsigned organisations = kind->steady ? 8 : 40;
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
            int most = column == 0 ? size : size && random_chance(r, organisations) ? 1 : 0;
            int64_t value = usual(kind, id, some(r, most), r);
            set(f, id, value);
            handled += value;
            sums[id >> 3] += value;
        }
        int pending = kind->steady && !random_chance(r, 20) ? 0 : size;
        int64_t out = some(r, pending), all = handled + out;
        int64_t in = all && !before ? (int64_t)random_below(r, (uint64_t)all / 4 + 1) : 0;
        if (before)
            in = last_year(before, first[3] + column);
        if (in > all) { /* more was carried in than is accounted for: it is pending still */
            out += in - all;
            all = in;
        }
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

static void make_table_four(struct figures *f, const struct figures_kind *kind, struct random *r)
{
    static const char *const blocks[] = {"review", "suit_direct", "suit_after_review"};
    static const char *const parts[] = {"upheld", "corrected", "other", "pending", "total"};
    for (int b = 0; b < 3; b++) {
        int64_t total = 0;
        for (int p = 0; p < 5; p++) {
            char code[64];
            snprintf(code, sizeof code, "t4.%s.%s", blocks[b], parts[p]);
            uint16_t id = cell_of(f, code);
            int most = kind->steady && !random_chance(r, 20) ? 0 : kind->size;
            int64_t value = p == 4 ? total : usual(kind, id, some(r, most), r);
            total += value;
            set(f, id, value);
        }
    }
}

/* Tables without arithmetic: 二, and the one of form 2014. */
static void make_plain(struct figures *f, const struct figures_kind *kind, struct random *r)
{
    int size = kind->size;
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
        set(f, id, usual(kind, id, value, r));
    }
}

/* 现行有效 = that of last year + issued - repealed. */
static void make_stock(struct figures *f, const char *what, const struct figures *before)
{
    char code[3][48];
    static const char *const parts[] = {"issued", "repealed", "in_force"};
    for (int i = 0; i < 3; i++)
        snprintf(code[i], sizeof code[i], "t2.%s.%s", what, parts[i]);
    if (cell_of(f, code[2]) == CELL_NONE || !catalog_find(f->catalog, str_from(code[0])))
        return;
    struct figure *issued = &f->figure[cell_of(f, code[0])];
    struct figure *repealed = &f->figure[cell_of(f, code[1])];
    struct figure *in_force = &f->figure[cell_of(f, code[2])];
    bool chained = before && before->form->year == 2021;
    int64_t begun = chained ? last_year(before, cell_of(f, code[2])) : in_force->value;
    if (repealed->value > begun + issued->value)
        repealed->value = begun + issued->value;
    in_force->value = begun + issued->value - repealed->value;
}

static void issue_no_rules(struct figures *f)
{
    for (uint32_t i = 0; i < f->count; i++)
        if (f->cells[i].id != CELL_NONE && !strncmp(code_of(f, f->cells[i].id), "t2.rules.", 9))
            f->figure[f->cells[i].id].value = 0;
}

static void begin(struct figures *f, const struct catalog *catalog, int form, bool other_in_one)
{
    memset(f, 0, sizeof *f);
    f->catalog = catalog;
    f->form = catalog_form(catalog, form);
    f->other_in_one = other_in_one && form == 2021;
    list_cells(f);
}

void figures_make(struct figures *f, const struct catalog *catalog, struct figures_kind kind,
                  struct random *random)
{
    begin(f, catalog, kind.form, kind.other_in_one);
    make_plain(f, &kind, random);
    if (kind.form == 2014)
        return;
    if (kind.department)
        issue_no_rules(f);
    if (kind.form == 2021) {
        make_stock(f, "rules", kind.before);
        make_stock(f, "normative", kind.before);
    }
    make_table_three(f, &kind, random);
    make_table_four(f, &kind, random);
}

void figures_zero(struct figures *f, const struct catalog *catalog, int form)
{
    begin(f, catalog, form, false);
}

void figures_add(struct figures *sum, const struct figures *part)
{
    for (uint32_t i = 0; i < part->count; i++) {
        uint16_t id = part->cells[i].id, to = id;
        if (id == CELL_NONE || part->figure[id].state != STATE_VALUE)
            continue;
        if (part->other_in_one && !strncmp(code_of(part, id), "t3.other.", 9))
            to = (uint16_t)(cell_of(sum, "t3.other_misc.person") + (id & 7));
        sum->figure[to].value += part->figure[id].value;
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

void figures_print(const struct figures *f, uint16_t id, FILE *file)
{
    static const char *const states[] = {"value", "blank", "na", "text"};
    const struct cell *cell = &f->catalog->cells[id];
    struct figure figure = f->figure[id];
    int64_t scale = cell->kind == CELL_MONEY ? MONEY_SCALE : 1;
    fprintf(file, "%s,%s,", cell->code, states[figure.state]);
    if (figure.state == STATE_VALUE)
        fprintf(file, "%" PRId64, figure.value / scale);
    if (figure.state == STATE_VALUE && figure.value % scale) {
        char decimals[16];
        int n = snprintf(decimals, sizeof decimals, ".%08" PRId64, figure.value % scale);
        while (decimals[n - 1] == '0')
            decimals[--n] = 0;
        fputs(decimals, file);
    }
    fputc('\n', file);
}
