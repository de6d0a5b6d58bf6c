#include "core/store/report_read.h"

#include "core/store/origins.h"
#include "core/store/statement.h"

static sqlite3_stmt *of_report(struct warehouse *warehouse, const char *name, int64_t report_id,
                               struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, name, err);
    if (stmt)
        sqlite3_bind_int64(stmt, 1, report_id);
    return stmt;
}

static int contradiction(int64_t report_id, struct err *err)
{
    return err_set(err, ERR_SYSTEM, "the rows of report %lld contradict one another; restore the "
                                    "warehouse from a backup", (long long)report_id);
}

/* Every stated cell, as a zero for the moment. */
static int read_presence(struct warehouse *warehouse, int64_t report_id, struct report *report,
                         struct err *err)
{
    sqlite3_stmt *stmt = of_report(warehouse, "store.cells_of", report_id, err);
    int got = stmt ? 0 : -1;
    while (stmt && (got = statement_next(warehouse, stmt, err)) > 0)
        if (report_fact(report, (struct fact){.cell = (uint16_t)sqlite3_column_int(stmt, 0)}) < 0) {
            sqlite3_reset(stmt);
            return err_memory(err);
        }
    return got;
}

static struct fact *find(struct report *report, int cell)
{
    return cell >= 0 && cell < CATALOG_CELLS ? (struct fact *)report_find(report, (uint16_t)cell)
                                             : NULL;
}

static int read_figures(struct warehouse *warehouse, int64_t report_id, struct report *report,
                        struct err *err)
{
    sqlite3_stmt *stmt = of_report(warehouse, "store.facts_of", report_id, err);
    int got = stmt ? 0 : -1;
    while (stmt && (got = statement_next(warehouse, stmt, err)) > 0)
        for (int slot = 0; slot < 7; slot++) {
            if (sqlite3_column_type(stmt, 1 + slot) == SQLITE_NULL)
                continue;
            struct fact *fact = find(report, sqlite3_column_int(stmt, 0) * CATALOG_SLOTS + slot);
            if (!fact) {
                sqlite3_reset(stmt);
                return contradiction(report_id, err);
            }
            fact->value = sqlite3_column_int64(stmt, 1 + slot);
        }
    return got;
}

static int read_exceptions(struct warehouse *warehouse, int64_t report_id, struct report *report,
                           struct err *err)
{
    sqlite3_stmt *stmt = of_report(warehouse, "store.exceptions_of", report_id, err);
    int got = stmt ? 0 : -1;
    while (stmt && (got = statement_next(warehouse, stmt, err)) > 0) {
        struct fact *fact = find(report, sqlite3_column_int(stmt, 0));
        if (!fact) {
            sqlite3_reset(stmt);
            return contradiction(report_id, err);
        }
        fact->state = (uint8_t)sqlite3_column_int(stmt, 1);
        fact->text = arena_copy(report->arena, column_str(stmt, 2));
        fact->note = arena_copy(report->arena, column_str(stmt, 3));
        if (!fact->text.p || !fact->note.p) {
            sqlite3_reset(stmt);
            return err_memory(err);
        }
    }
    return got;
}

static int read_lines(struct warehouse *warehouse, int64_t report_id, struct report *report,
                      struct err *err)
{
    uint16_t cells[CATALOG_CELLS];
    uint32_t lines[CATALOG_CELLS], n = report->fact_count;
    if (n > CATALOG_CELLS)
        return contradiction(report_id, err);
    for (uint32_t i = 0; i < n; i++)
        cells[i] = report->facts[i].cell;
    sqlite3_stmt *stmt = of_report(warehouse, "store.origins_of", report_id, err);
    int got = stmt ? statement_next(warehouse, stmt, err) : -1;
    if (got < 0)
        return -1;
    if (got == 0)
        return err_set(err, ERR_USAGE, "there is no report %lld; v_revision lists them",
                       (long long)report_id);
    struct str blob = {sqlite3_column_blob(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0)};
    int status = origins_decode(blob, sqlite3_column_int64(stmt, 1), cells, n, lines);
    sqlite3_reset(stmt);
    if (status < 0)
        return contradiction(report_id, err);
    for (uint32_t i = 0; i < n; i++)
        report->facts[i].line = lines[i];
    return 0;
}

int report_read(struct warehouse *warehouse, int64_t report_id, struct report *report,
                struct err *err)
{
    report->fact_count = 0;
    if (read_presence(warehouse, report_id, report, err) < 0 ||
        read_figures(warehouse, report_id, report, err) < 0 ||
        read_exceptions(warehouse, report_id, report, err) < 0)
        return -1;
    return read_lines(warehouse, report_id, report, err);
}

static bool same_figure(const struct fact *a, const struct fact *b)
{
    return a->cell == b->cell && a->state == b->state &&
           (a->state != STATE_VALUE || a->value == b->value) &&
           (a->state != STATE_TEXT || str_eq(a->text, b->text));
}

int report_figures_same(struct warehouse *warehouse, int64_t report_id, const struct report *report,
                        bool *same, struct err *err)
{
    struct arena arena = arena_new((size_t)64 << 20);
    struct report *there = report_new(&arena);
    int status = there ? report_read(warehouse, report_id, there, err) : err_memory(err);
    *same = status == 0 && there->fact_count == report->fact_count;
    for (uint32_t i = 0; *same && i < report->fact_count; i++)
        *same = same_figure(&there->facts[i], &report->facts[i]);
    arena_free(&arena);
    return status;
}

int report_line_of(struct warehouse *warehouse, int64_t report_id, uint16_t cell, uint32_t *line,
                   struct err *err)
{
    struct arena arena = arena_new(1 << 20);
    struct report *report = report_new(&arena);
    int status = !report                                                    ? err_memory(err)
                 : read_presence(warehouse, report_id, report, err) < 0 ? -1
                                                            : read_lines(warehouse, report_id, report,
                                                                         err);
    if (status == 0) {
        const struct fact *fact = report_find(report, cell);
        *line = fact ? fact->line : 0;
    }
    arena_free(&arena);
    return status;
}
