#include "core/check/finding.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/check/sentence.h"
#include "core/store/statement.h"
#include "core/text/hash.h"

/* `ids` are those of the findings that stood before this run, in order when `sorted`; `written` has a
 * bit for each that stands again. Eight bytes a finding: there may be millions. */
struct findings {
    struct warehouse *warehouse;
    int64_t *ids;
    uint64_t *written;
    size_t count, capacity;
    bool sorted;
    struct findings_count done;
};

int findings_new(struct findings **out, struct warehouse *warehouse, struct err *err)
{
    struct findings *findings = calloc(1, sizeof *findings);
    if (!findings)
        return err_memory(err);
    findings->warehouse = warehouse;
    *out = findings;
    return 0;
}

void findings_free(struct findings *findings)
{
    if (!findings)
        return;
    free(findings->ids);
    free(findings->written);
    free(findings);
}

struct findings_count findings_count(const struct findings *findings)
{
    return findings->done;
}

/* The name of a finding, hashed: 63 bits, so that no two of a warehouse meet. */
static int64_t id_of(const struct finding *finding)
{
    char name[256];
    int n = snprintf(name, sizeof name, "%" PRId64 " %d %d %.*s %u %.*s",
                     finding->subject->agency_id, finding->subject->year,
                     (int)finding->subject->scope, STR_ARG(finding->rule->name),
                     (unsigned)finding->cell, STR_ARG(finding->about));
    if (n >= (int)sizeof name)
        n = (int)sizeof name - 1;
    return (int64_t)(hash_text((struct str){name, (size_t)n}, 0) >> 1);
}

static int make_room(struct findings *findings, struct err *err)
{
    if (findings->count < findings->capacity)
        return 0;
    size_t wider = findings->capacity ? findings->capacity * 2 : 1024;
    int64_t *ids = realloc(findings->ids, wider * sizeof *ids);
    if (!ids)
        return err_memory(err);
    findings->ids = ids;
    findings->capacity = wider;
    return 0;
}

static int expect(struct findings *findings, sqlite3_stmt *stmt, struct err *err)
{
    int got;
    while ((got = statement_next(findings->warehouse, stmt, err)) > 0) {
        if (make_room(findings, err) < 0)
            return -1;
        findings->ids[findings->count++] = sqlite3_column_int64(stmt, 0);
        findings->sorted = false;
    }
    return got;
}

int findings_expect(struct findings *findings, const struct subject *subject, bool parts,
                    struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(findings->warehouse, "check.standing", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, subject->agency_id);
    sqlite3_bind_int(stmt, 2, subject->year);
    sqlite3_bind_int(stmt, 3, parts);
    return expect(findings, stmt, err);
}

int findings_expect_all(struct findings *findings, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(findings->warehouse, "check.standing_all", err);
    return stmt ? expect(findings, stmt, err) : -1;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* All that are expected are known by now: puts them in order, with none written. */
static int settle(struct findings *findings, struct err *err)
{
    if (findings->sorted)
        return 0;
    free(findings->written);
    findings->written = calloc(findings->count / 64 + 1, sizeof *findings->written);
    if (!findings->written)
        return err_memory(err);
    size_t at = 1;
    while (at < findings->count && findings->ids[at - 1] <= findings->ids[at])
        at++;
    if (at < findings->count)
        qsort(findings->ids, findings->count, sizeof *findings->ids, by_id);
    findings->sorted = true;
    return 0;
}

/* Notes that a finding stands again. 1 when it stood before, 0 when not, -1 without memory. */
static int stands_again(struct findings *findings, int64_t id, struct err *err)
{
    if (settle(findings, err) < 0)
        return -1;
    const int64_t *found = findings->count ? bsearch(&id, findings->ids, findings->count,
                                                     sizeof *findings->ids, by_id)
                                           : NULL;
    if (!found)
        return 0;
    size_t at = (size_t)(found - findings->ids);
    findings->written[at / 64] |= UINT64_C(1) << at % 64;
    return 1;
}

/* A figure as the table keeps it: an integer where it is one that fits, else exact text. */
static void bind_figure(sqlite3_stmt *stmt, int at, wide value, bool money)
{
    char text[FIGURE_TEXT];
    if (!money && value >= INT64_MIN && value <= INT64_MAX) {
        sqlite3_bind_int64(stmt, at, (int64_t)value);
        return;
    }
    figure_text(text, value, money);
    sqlite3_bind_text(stmt, at, text, -1, SQLITE_TRANSIENT);
}

int findings_write(struct findings *findings, const struct finding *finding, struct err *err)
{
    struct warehouse *warehouse = findings->warehouse;
    int64_t id = id_of(finding);
    int standing = stands_again(findings, id, err);
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "check.write", err);
    if (standing < 0 || !stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, id);
    bind_text(stmt, 2, finding->rule->id);
    bind_text(stmt, 3, finding->rule->severity == SEVERITY_ERROR ? STR("error") : STR("warning"));
    sqlite3_bind_int64(stmt, 4, finding->subject->report_id);
    bind_filled(stmt, 5, finding->subject->division);
    sqlite3_bind_int(stmt, 6, finding->subject->year);
    if (finding->cell != CELL_NONE)
        sqlite3_bind_int(stmt, 7, finding->cell);
    if (finding->figures) {
        bind_figure(stmt, 8, finding->reported, finding->money);
        bind_figure(stmt, 9, finding->computed, finding->money);
        bind_figure(stmt, 10, finding->reported - finding->computed, finding->money);
    }
    sqlite3_bind_int64(stmt, 11, finding->line);
    bind_text(stmt, 12, finding->message);
    bind_text(stmt, 13, finding->message_zh);
    bind_text(stmt, 14, finding->hint);
    bind_text(stmt, 15, finding->hint_zh);
    bind_text(stmt, 16, str_from(warehouse_now()));
    int64_t before = sqlite3_total_changes64(warehouse->db);
    if (statement_run(warehouse, stmt, err) < 0)
        return -1;
    bool moved = sqlite3_total_changes64(warehouse->db) != before;
    findings->done.appeared += moved && !standing;
    findings->done.changed += moved && standing;
    return 0;
}

static int take_away(struct findings *findings, int64_t id, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(findings->warehouse, "check.take_away", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, id);
    if (statement_run(findings->warehouse, stmt, err) < 0)
        return -1;
    findings->done.disappeared += sqlite3_changes64(findings->warehouse->db);
    return 0;
}

int findings_remove(struct findings *findings, const struct finding *finding, struct err *err)
{
    int64_t id = id_of(finding);
    if (stands_again(findings, id, err) < 0)
        return -1;
    return take_away(findings, id, err);
}

int findings_sweep(struct findings *findings, struct err *err)
{
    if (settle(findings, err) < 0)
        return -1;
    for (size_t i = 0; i < findings->count; i++)
        if (!(findings->written[i / 64] >> i % 64 & 1) &&
            take_away(findings, findings->ids[i], err) < 0)
            return -1;
    findings->count = 0;
    findings->sorted = false;
    return 0;
}
