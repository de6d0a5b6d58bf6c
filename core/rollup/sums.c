/* Adding reports up: sparse rows of the facts in, dense sums by cell out. */
#include "core/rollup/sums.h"

#include <stdlib.h>
#include <string.h>

enum { PLANS = 1024 }; /* presences remembered at a time; most warehouses have a few dozen */

/* What a report with this presence states, as long as none of its cells is an exception. */
struct plan {
    int64_t presence_id; /* 0: free */
    struct cell_set stated;
    uint8_t choice[SERIES_MAX];
};

/* The two statements that run for each report are looked up once. */
struct figures {
    struct warehouse *warehouse;
    sqlite3_stmt *facts, *exceptions;
    struct series_table series;
    struct plan *plan;
};

int figures_new(struct figures **out, struct warehouse *warehouse, struct err *err)
{
    struct figures *figures = calloc(1, sizeof *figures);
    if (!figures)
        return err_memory(err);
    figures->warehouse = warehouse;
    figures->plan = calloc(PLANS, sizeof *figures->plan);
    if (!figures->plan) {
        free(figures);
        return err_memory(err);
    }
    figures->facts = warehouse_statement(warehouse, "rollup.facts", err);
    figures->exceptions = warehouse_statement(warehouse, "rollup.exceptions", err);
    if (!figures->facts || !figures->exceptions ||
        series_load(&figures->series, warehouse->catalog, err) < 0) {
        figures_free(figures);
        return -1;
    }
    *out = figures;
    return 0;
}

void figures_free(struct figures *figures)
{
    if (!figures)
        return;
    series_free(&figures->series);
    free(figures->plan);
    free(figures);
}

/* The plan of a presence: one place in the cache for each remainder, the last one met stays. */
static const struct plan *plan_of(struct figures *figures, int64_t presence_id, struct err *err)
{
    struct plan *plan = &figures->plan[(uint64_t)presence_id % PLANS];
    if (plan->presence_id == presence_id)
        return plan;
    struct warehouse *warehouse = figures->warehouse;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "rollup.presence", err);
    if (!stmt)
        return NULL;
    struct plan fresh = {.presence_id = presence_id};
    int status;
    sqlite3_bind_int64(stmt, 1, presence_id);
    while ((status = sqlite3_step(stmt)) == SQLITE_ROW) {
        int cell = sqlite3_column_int(stmt, 0);
        if (cell >= 0 && cell < CATALOG_CELLS)
            cell_set_add(&fresh.stated, (unsigned)cell);
    }
    if (status != SQLITE_DONE) {
        warehouse_error(warehouse, err);
        return NULL;
    }
    sqlite3_reset(stmt);
    series_choose(&figures->series, &fresh.stated, fresh.choice);
    *plan = fresh;
    return plan;
}

static int too_large(const char *what, struct err *err)
{
    return err_set(err, ERR_SYSTEM, "the total of %s does not fit; look for a report with an "
                                    "impossible figure and withdraw it", what);
}

static int64_t larger(int64_t a, int64_t b)
{
    uint64_t x = a < 0 ? -(uint64_t)a : (uint64_t)a, y = b < 0 ? -(uint64_t)b : (uint64_t)b;
    if (x != y)
        return x > y ? a : b;
    return a > b ? a : b;
}

static const char *code_of(const struct catalog *catalog, unsigned cell)
{
    const char *code = catalog->cells[cell].code;
    return code ? code : "a cell";
}

static int add_figure(struct sums *sums, const struct figures *figures, const uint8_t *choice,
                      unsigned cell, int64_t value, struct err *err)
{
    const char *code = code_of(figures->warehouse->catalog, cell);
    if (__builtin_add_overflow(sums->value[cell], value, &sums->value[cell]))
        return too_large(code, err);
    sums->largest[cell] = larger(sums->largest[cell], value);
    const struct series_table *series = &figures->series;
    for (uint32_t i = series->first[cell]; i < series->first[cell + 1]; i++) {
        const struct series_term *term = &series->term[i];
        int64_t part, *sum = &sums->series[term->series];
        if (term->choice != choice[term->series])
            continue;
        if (__builtin_mul_overflow(value, (int64_t)term->coefficient, &part) ||
            __builtin_add_overflow(*sum, part, sum))
            return too_large(code, err);
    }
    return 0;
}

static int add_facts(struct sums *sums, const struct figures *figures, int64_t report_id,
                     const struct cell_set *stated, const uint8_t *choice, struct err *err)
{
    struct warehouse *warehouse = figures->warehouse;
    sqlite3_stmt *stmt = figures->facts;
    int status;
    sqlite3_reset(stmt);
    sqlite3_bind_int64(stmt, 1, report_id);
    while ((status = sqlite3_step(stmt)) == SQLITE_ROW) {
        int line = sqlite3_column_int(stmt, 0);
        if (line < 0 || line >= CATALOG_LINES)
            continue;
        for (int slot = 0; slot < CATALOG_SLOTS - 1; slot++) {
            int64_t value = sqlite3_column_int64(stmt, slot + 1); /* NULL reads as 0 */
            unsigned cell = (unsigned)(line * CATALOG_SLOTS + slot);
            if (value != 0 && cell_set_has(stated, cell) &&
                add_figure(sums, figures, choice, cell, value, err) < 0)
                return -1;
        }
    }
    if (status != SQLITE_DONE)
        return warehouse_error(warehouse, err);
    sqlite3_reset(stmt);
    return 0;
}

/* Takes the cells that hold no figure out of `stated` and counts them. */
static int take_exceptions(struct sums *sums, const struct figures *figures, int64_t report_id,
                           struct cell_set *stated, bool *any, struct err *err)
{
    struct warehouse *warehouse = figures->warehouse;
    sqlite3_stmt *stmt = figures->exceptions;
    int status;
    *any = false;
    sqlite3_reset(stmt);
    sqlite3_bind_int64(stmt, 1, report_id);
    while ((status = sqlite3_step(stmt)) == SQLITE_ROW) {
        int cell = sqlite3_column_int(stmt, 0);
        if (cell < 0 || cell >= CATALOG_CELLS || !cell_set_has(stated, (unsigned)cell))
            continue;
        cell_set_remove(stated, (unsigned)cell);
        sums->blank[cell]++;
        *any = true;
    }
    if (status != SQLITE_DONE)
        return warehouse_error(warehouse, err);
    sqlite3_reset(stmt);
    return 0;
}

int sums_add_report(struct sums *sums, struct figures *figures, int64_t report_id,
                    int64_t presence_id, struct err *err)
{
    const struct plan *plan = plan_of(figures, presence_id, err);
    if (!plan)
        return -1;
    struct cell_set stated = plan->stated;
    const uint8_t *choice = plan->choice;
    uint8_t own_choice[SERIES_MAX];
    bool any;
    if (take_exceptions(sums, figures, report_id, &stated, &any, err) < 0)
        return -1;
    if (any) {
        series_choose(&figures->series, &stated, own_choice);
        choice = own_choice;
    }
    for (unsigned w = 0; w < CATALOG_CELLS / 64; w++)
        for (uint64_t bits = stated.word[w]; bits; bits &= bits - 1)
            sums->stated[w * 64 + (unsigned)__builtin_ctzll(bits)]++;
    for (unsigned s = 0; s < SERIES_MAX; s++)
        sums->series_stated[s] += choice[s] != SERIES_NO_CHOICE;
    return add_facts(sums, figures, report_id, &stated, choice, err);
}

int sums_add(struct sums *sums, const struct sums *more, const struct catalog *catalog,
             struct err *err)
{
    for (unsigned c = 0; c < CATALOG_CELLS; c++) {
        if (__builtin_add_overflow(sums->value[c], more->value[c], &sums->value[c]))
            return too_large(code_of(catalog, c), err);
        sums->largest[c] = larger(sums->largest[c], more->largest[c]);
        sums->stated[c] += more->stated[c];
        sums->blank[c] += more->blank[c];
    }
    for (unsigned s = 0; s < SERIES_MAX; s++) {
        if (__builtin_add_overflow(sums->series[s], more->series[s], &sums->series[s]))
            return too_large("a series", err);
        sums->series_stated[s] += more->series_stated[s];
    }
    return 0;
}
