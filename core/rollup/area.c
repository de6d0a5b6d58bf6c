/* Keeping areas: dense in memory, sparse in the tables area, total, total_gap, total_series. */
#include "core/rollup/area.h"

#include <stdlib.h>
#include <string.h>

#include "core/store/statement.h"

struct area *area_new(void)
{
    struct area *area = calloc(1, sizeof *area);
    if (area)
        area->missing = buf_new((size_t)1 << 20);
    return area;
}

void area_free(struct area *area)
{
    if (!area)
        return;
    buf_free(&area->missing);
    free(area);
}

void area_clear(struct area *area)
{
    memset(area->count, 0, sizeof area->count);
    memset(&area->sums, 0, sizeof area->sums);
    buf_reset(&area->missing);
}

static uint64_t mix(uint64_t hash, uint64_t more)
{
    return (hash ^ more) * UINT64_C(1099511628211);
}

/* On the bases own and best six digits (GB/T 2260) as they stand, so that ids run like years and
 * codes; all else by its hash, above all of those. */
int64_t area_id(const struct area *area)
{
    uint64_t place = 0, hash = UINT64_C(14695981039346656037);
    bool best = strcmp(area->basis, BASIS_BEST) == 0;
    bool digits = area->code.n == 6 && (best || strcmp(area->basis, BASIS_OWN) == 0);
    for (size_t i = 0; i < area->code.n; i++) {
        unsigned char c = (unsigned char)area->code.p[i];
        digits = digits && c >= '0' && c <= '9';
        place = place * 10 + (uint64_t)(c - '0');
        hash = mix(hash, c);
    }
    uint64_t year = (uint64_t)area->year * 2 + best, low = area->region;
    if (digits)
        return (int64_t)((year * 1000000 + place) * 2 + low);
    hash = mix(hash, year);
    for (const char *p = area->basis; *p; p++)
        hash = mix(hash, (unsigned char)*p);
    hash ^= hash >> 32;
    return (int64_t)((hash >> 3 << 1 | low) | UINT64_C(1) << 62);
}

void area_name_missing(struct area *area, struct str name)
{
    if (area->count[AREA_MISSING_NAMED]++ >= AREA_NAMES)
        return;
    if (area->missing.n > 0)
        buf_text(&area->missing, "、");
    buf_add(&area->missing, name);
}

/* Takes over a part's names, as far as there is room, and its count of them. */
static void add_names(struct area *area, const struct area *part)
{
    struct str rest = {part->missing.p, part->missing.n}, mark = STR("、");
    int64_t shown = part->count[AREA_MISSING_NAMED], all = shown;
    if (shown > AREA_NAMES)
        shown = AREA_NAMES;
    for (int64_t i = 0; i < shown; i++) {
        ptrdiff_t end = i + 1 < shown ? str_find(rest, mark) : -1;
        area_name_missing(area, end < 0 ? rest : str_slice(rest, 0, (size_t)end));
        rest = end < 0 ? (struct str){0} : str_skip(rest, (size_t)end + mark.n);
    }
    area->count[AREA_MISSING_NAMED] += all - shown;
}

int area_add(struct area *area, const struct area *part, const struct catalog *catalog,
             struct err *err)
{
    add_names(area, part);
    for (int i = 0; i < AREA_MISSING_NAMED; i++)
        area->count[i] += part->count[i];
    return sums_add(&area->sums, &part->sums, catalog, err);
}

/* Which cells stand on the year's form: theirs alone go without a row of total_gap. */
static struct cell_set cells_of(const struct form *form)
{
    struct cell_set set = {{0}};
    for (uint32_t i = 0; form && i < form->count; i++)
        if (form->cells[i].id != CELL_NONE)
            cell_set_add(&set, form->cells[i].id);
    return set;
}

static uint32_t summands(const struct area *area)
{
    return (uint32_t)(area->count[AREA_REPORTED] + area->count[AREA_STANDING_IN]);
}

/* Runs a statement whose only parameter is the area's id. */
static int run_on(const char *name, int64_t id, struct warehouse *warehouse, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, name, err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, id);
    return statement_run(warehouse, stmt, err);
}

static int forget_figures(int64_t id, struct warehouse *warehouse, struct err *err)
{
    if (run_on("rollup.forget_total", id, warehouse, err) < 0 ||
        run_on("rollup.forget_gap", id, warehouse, err) < 0)
        return -1;
    return run_on("rollup.forget_series", id, warehouse, err);
}

int area_remove(const struct area *area, struct warehouse *warehouse, struct err *err)
{
    int64_t id = area_id(area);
    if (forget_figures(id, warehouse, err) < 0)
        return -1;
    return run_on("rollup.forget_area", id, warehouse, err);
}

static int write_head(const struct area *area, int64_t id, struct warehouse *warehouse,
                      struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "rollup.area", err);
    if (!stmt)
        return -1;
    if (area->missing.failed)
        return err_memory(err);
    sqlite3_bind_int64(stmt, 1, id);
    sqlite3_bind_text(stmt, 2, area->basis, -1, SQLITE_STATIC);
    bind_str(stmt, 3, area->code);
    sqlite3_bind_int(stmt, 4, area->year);
    sqlite3_bind_text(stmt, 5, area->region ? "region" : "self", -1, SQLITE_STATIC);
    if (area->form)
        sqlite3_bind_int(stmt, 6, area->form->year);
    bind_text(stmt, 7, area->name);
    bind_text(stmt, 8, area->level);
    bind_str(stmt, 9, area->parent);
    for (int i = 0; i < AREA_COUNTS; i++)
        sqlite3_bind_int64(stmt, 10 + i, area->count[i]);
    bind_text(stmt, 10 + AREA_COUNTS, (struct str){area->missing.p, area->missing.n});
    if (statement_run(warehouse, stmt, err) < 0)
        return -1;
    if (sqlite3_changes(warehouse->db) != 1) /* two hashes met: see area_id */
        return err_set(err, ERR_SYSTEM, "division %.*s cannot be told from another one; give it "
                                        "another code", STR_ARG(area->code));
    return 0;
}

static int write_line(const struct area *area, int64_t id, unsigned line,
                      struct warehouse *warehouse, struct err *err)
{
    const struct sums *sums = &area->sums;
    const unsigned first = line * CATALOG_SLOTS, slots = CATALOG_SLOTS - 1;
    bool zero = true;
    for (unsigned c = first; c < first + slots; c++)
        zero &= sums->value[c] == 0 && sums->largest[c] == 0;
    if (zero)
        return 0;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "rollup.total", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, id);
    sqlite3_bind_int(stmt, 2, (int)line);
    for (unsigned slot = 0; slot < slots; slot++)
        if (sums->stated[first + slot] > 0) {
            sqlite3_bind_int64(stmt, (int)(3 + slot), sums->value[first + slot]);
            sqlite3_bind_int64(stmt, (int)(3 + slots + slot), sums->largest[first + slot]);
        }
    return statement_run(warehouse, stmt, err);
}

static int write_gap(const struct area *area, int64_t id, unsigned cell,
                     struct warehouse *warehouse, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "rollup.gap", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, id);
    sqlite3_bind_int(stmt, 2, (int)cell);
    sqlite3_bind_int64(stmt, 3, area->sums.stated[cell]);
    sqlite3_bind_int64(stmt, 4, area->sums.blank[cell]);
    return statement_run(warehouse, stmt, err);
}

static int write_series(const struct area *area, int64_t id, unsigned number,
                        struct warehouse *warehouse, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "rollup.series", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, id);
    sqlite3_bind_int(stmt, 2, (int)number);
    sqlite3_bind_int64(stmt, 3, area->sums.series[number]);
    sqlite3_bind_int64(stmt, 4, area->sums.series_stated[number]);
    return statement_run(warehouse, stmt, err);
}

int area_write(const struct area *area, struct warehouse *warehouse, struct err *err)
{
    const int64_t id = area_id(area);
    const struct cell_set form = cells_of(area->form);
    const struct sums *sums = &area->sums;
    if (forget_figures(id, warehouse, err) < 0 || write_head(area, id, warehouse, err) < 0)
        return -1;
    for (unsigned line = 0; line < CATALOG_LINES; line++)
        if (write_line(area, id, line, warehouse, err) < 0)
            return -1;
    for (unsigned c = 0; c < CATALOG_CELLS; c++) {
        uint32_t usual = cell_set_has(&form, c) ? summands(area) : 0;
        if ((sums->stated[c] != usual || sums->blank[c] > 0) &&
            write_gap(area, id, c, warehouse, err) < 0)
            return -1;
    }
    for (unsigned s = 0; s < SERIES_MAX; s++)
        if (sums->series_stated[s] > 0 && write_series(area, id, s, warehouse, err) < 0)
            return -1;
    return 0;
}

static int read_head(struct area *area, int64_t id, struct warehouse *warehouse, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "rollup.read_area", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, id);
    int got = statement_next(warehouse, stmt, err);
    if (got <= 0)
        return got;
    for (int i = 0; i < AREA_COUNTS; i++)
        area->count[i] = sqlite3_column_int64(stmt, i);
    buf_add(&area->missing, column_str(stmt, AREA_COUNTS));
    sqlite3_reset(stmt);
    if (area->missing.failed)
        return err_memory(err);
    return 1;
}

static int read_totals(struct sums *sums, int64_t id, struct warehouse *warehouse, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "rollup.read_total", err);
    if (!stmt)
        return -1;
    int got;
    sqlite3_bind_int64(stmt, 1, id);
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        unsigned line = (unsigned)sqlite3_column_int(stmt, 0);
        for (unsigned slot = 0; line < CATALOG_LINES && slot < CATALOG_SLOTS - 1; slot++) {
            unsigned c = line * CATALOG_SLOTS + slot;
            sums->value[c] = sqlite3_column_int64(stmt, (int)slot + 1);
            sums->largest[c] = sqlite3_column_int64(stmt, (int)slot + CATALOG_SLOTS);
        }
    }
    return got;
}

static int read_gaps(struct area *area, int64_t id, struct warehouse *warehouse, struct err *err)
{
    const struct cell_set form = cells_of(area->form);
    for (unsigned c = 0; c < CATALOG_CELLS; c++)
        area->sums.stated[c] = cell_set_has(&form, c) ? summands(area) : 0;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "rollup.read_gap", err);
    if (!stmt)
        return -1;
    int got;
    sqlite3_bind_int64(stmt, 1, id);
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        unsigned c = (unsigned)sqlite3_column_int(stmt, 0);
        if (c >= CATALOG_CELLS)
            continue;
        area->sums.stated[c] = (uint32_t)sqlite3_column_int64(stmt, 1);
        area->sums.blank[c] = (uint32_t)sqlite3_column_int64(stmt, 2);
    }
    return got;
}

static int read_series(struct sums *sums, int64_t id, struct warehouse *warehouse, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "rollup.read_series", err);
    if (!stmt)
        return -1;
    int got;
    sqlite3_bind_int64(stmt, 1, id);
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        unsigned s = (unsigned)sqlite3_column_int(stmt, 0);
        if (s >= SERIES_MAX)
            continue;
        sums->series[s] = sqlite3_column_int64(stmt, 1);
        sums->series_stated[s] = (uint32_t)sqlite3_column_int64(stmt, 2);
    }
    return got;
}

int area_read(struct area *area, struct warehouse *warehouse, struct err *err)
{
    const int64_t id = area_id(area);
    area_clear(area);
    int got = read_head(area, id, warehouse, err);
    if (got <= 0)
        return got;
    if (read_totals(&area->sums, id, warehouse, err) < 0 ||
        read_gaps(area, id, warehouse, err) < 0 ||
        read_series(&area->sums, id, warehouse, err) < 0)
        return -1;
    return 1;
}

bool area_same(const struct area *a, const struct area *b)
{
    return memcmp(a->count, b->count, sizeof a->count) == 0 &&
           str_eq((struct str){a->missing.p, a->missing.n},
                  (struct str){b->missing.p, b->missing.n}) &&
           memcmp(&a->sums, &b->sums, sizeof a->sums) == 0;
}
