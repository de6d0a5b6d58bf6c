#include "core/check/twin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/seal.h"
#include "core/store/statement.h"
#include "core/text/hash.h"

enum { TABLES = 4, MEMBERS_MOST = 1 << 16, NAMED_MOST = 32, YEARS = 64, DIGITS_MOST = 15 };
enum { NOTES = 1 << 16 };

/* Years since 1970 and how many more digits are asked for than the rule's limit. */
struct crowd {
    int year, more;
};

/* Who bears a digest. */
struct bearer {
    int64_t digest, report_id;
};

struct twins {
    struct judge *judge;
    struct arena arena;
    struct bearer *notes; /* of a check of all: written NOTES at a time, in the order of their key */
    size_t note_count;
    int64_t *touched; /* digests whose bearers changed */
    size_t count, capacity;
    bool all;
    uint16_t first[TABLES], last[TABLES]; /* cell ids of each table */
    struct crowd crowds[YEARS];
    int crowd_count;
};

/* The digest's two lowest bits say which table it is of, the four above how many digits it has. */
static const char *const english[TABLES] = {"The statistics table", "Table 2", "Table 3",
                                            "Table 4"};
static const char *const chinese[TABLES] = {"统计表", "表二", "表三", "表四"};

int twins_new(struct twins **out, struct judge *judge, struct err *err)
{
    struct twins *twins = calloc(1, sizeof *twins);
    if (!twins)
        return err_memory(err);
    twins->judge = judge;
    twins->arena = arena_new((size_t)64 << 20);
    for (uint16_t cell = CATALOG_CELLS; cell-- > 0;) {
        const char *code = judge->set->catalog->cells[cell].code;
        int table = code ? code[1] - '1' : -1;
        if (table < 0 || table >= TABLES)
            continue;
        twins->first[table] = cell;
        if (!twins->last[table])
            twins->last[table] = cell;
    }
    *out = twins;
    return 0;
}

void twins_free(struct twins *twins)
{
    if (!twins)
        return;
    arena_free(&twins->arena);
    free(twins->notes);
    free(twins);
}

static int touch(struct twins *twins, int64_t digest, struct err *err)
{
    if (arena_grow(&twins->arena, &twins->touched, twins->count, &twins->capacity,
                   sizeof *twins->touched) < 0)
        return err_memory(err);
    twins->touched[twins->count++] = digest;
    return 0;
}

int twins_forget_all(struct twins *twins, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(twins->judge->warehouse, "check.forget_digests", err);
    twins->all = true;
    if (!twins->notes)
        twins->notes = malloc(NOTES * sizeof *twins->notes);
    if (!twins->notes)
        return err_memory(err);
    if (!stmt || statement_run(twins->judge->warehouse, stmt, err) < 0)
        return -1;
    return seals_of_empty(twins->judge->warehouse, "table_digest", err);
}

int twins_forget(struct twins *twins, int64_t agency_id, int year, struct err *err)
{
    static const char *const names[] = {"check.digests_of", "check.forget_digests_of"};
    struct warehouse *warehouse = twins->judge->warehouse;
    for (int i = 0; i < 2; i++) {
        sqlite3_stmt *stmt = warehouse_statement(warehouse, names[i], err);
        int got;
        if (!stmt)
            return -1;
        sqlite3_bind_int64(stmt, 1, agency_id);
        sqlite3_bind_int(stmt, 2, year);
        while ((got = statement_next(warehouse, stmt, err)) > 0)
            if (touch(twins, sqlite3_column_int64(stmt, 0), err) < 0)
                return -1;
        if (got < 0)
            return -1;
    }
    return 0;
}

int twins_measure(struct twins *twins, struct buf *out, struct err *err)
{
    struct warehouse *warehouse = twins->judge->warehouse;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "check.crowds", err);
    int got;
    if (!stmt)
        return -1;
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        struct crowd crowd = {sqlite3_column_int(stmt, 0), 0};
        for (int64_t n = sqlite3_column_int64(stmt, 1); n >= 10; n /= 10)
            crowd.more++;
        buf_printf(out, "%d %d\n", crowd.year, crowd.more);
        if (twins->crowd_count < YEARS)
            twins->crowds[twins->crowd_count++] = crowd;
    }
    return got;
}

static int digits_wanted(const struct twins *twins, const struct rule *rule, int year)
{
    int wanted = (int)rule->limit;
    for (int i = 0; i < twins->crowd_count; i++)
        if (twins->crowds[i].year == year)
            wanted += twins->crowds[i].more;
    return wanted < DIGITS_MOST ? wanted : DIGITS_MOST;
}

/* Whether a table states anything that happens anew each year, and how much its figures tell it
 * apart: the digits of its different figures. */
static bool tells(const struct twins *twins, int table, const struct panel *panel, int *digits)
{
    int64_t seen[CATALOG_CELLS];
    uint32_t count = 0;
    *digits = 0;
    for (uint16_t cell = twins->first[table]; cell <= twins->last[table]; cell++) {
        const struct cell *of = &twins->judge->set->catalog->cells[cell];
        int64_t value = panel->value[cell];
        if (value == 0 || !of->code || of->over_years != ADD_SUM)
            continue;
        uint32_t at = 0;
        while (at < count && seen[at] != value)
            at++;
        if (at < count)
            continue;
        seen[count++] = value;
        for (; value; value /= 10)
            ++*digits;
    }
    return count > 0;
}

static bool same(const struct twins *twins, int table, const struct panel *a,
                 const struct panel *b)
{
    size_t first = twins->first[table], n = (size_t)twins->last[table] - first + 1;
    return memcmp(a->value + first, b->value + first, n * sizeof *a->value) == 0 &&
           memcmp(a->state + first, b->state + first, n) == 0;
}

static int64_t digest_of(const struct twins *twins, int table, int digits,
                         const struct subject *subject, const struct panel *panel)
{
    size_t first = twins->first[table], n = (size_t)twins->last[table] - first + 1;
    uint64_t seed = (uint64_t)subject->year * 2 + (subject->scope == SCOPE_OWN);
    struct str values = {(const char *)(panel->value + first), n * sizeof *panel->value};
    struct str states = {(const char *)(panel->state + first), n};
    uint64_t hash = hash_text(states, hash_text(values, seed));
    unsigned told = digits < DIGITS_MOST ? (unsigned)digits : DIGITS_MOST;
    return (int64_t)((hash >> 1 & ~UINT64_C(63)) | told << 2 | (unsigned)table);
}

static int write_note(struct twins *twins, const struct bearer *bearer, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(twins->judge->warehouse, "check.note_digest", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, bearer->digest);
    sqlite3_bind_int64(stmt, 2, bearer->report_id);
    return statement_run(twins->judge->warehouse, stmt, err);
}

static int by_key(const void *a, const void *b)
{
    const struct bearer *x = a, *y = b;
    if (x->digest != y->digest)
        return x->digest < y->digest ? -1 : 1;
    return (x->report_id > y->report_id) - (x->report_id < y->report_id);
}

static int write_notes(struct twins *twins, struct err *err)
{
    if (twins->note_count)
        qsort(twins->notes, twins->note_count, sizeof *twins->notes, by_key);
    for (size_t i = 0; i < twins->note_count; i++)
        if (write_note(twins, &twins->notes[i], err) < 0)
            return -1;
    twins->note_count = 0;
    return 0;
}

static int note(struct twins *twins, const struct subject *subject, int64_t digest, struct err *err)
{
    struct bearer bearer = {digest, subject->report_id};
    if (!twins->all)
        return write_note(twins, &bearer, err) < 0 ? -1 : touch(twins, digest, err);
    twins->notes[twins->note_count++] = bearer;
    return twins->note_count == NOTES ? write_notes(twins, err) : 0;
}

static int judge_before(struct twins *twins, struct trial *trial, int table, struct err *err)
{
    const struct rule *rule = rule_set_code(twins->judge->set, "twin-before");
    if (!trial->before || !rule)
        return 0;
    bool twin = same(twins, table, trial->now, trial->before);
    judge_count(twins->judge, rule, twin ? OUTCOME_FAIL : OUTCOME_PASS);
    if (!twin)
        return 0;
    struct sentence with = {.cell = CELL_NONE, .table = str_from(english[table]),
                            .table_zh = str_from(chinese[table])};
    return judge_find(twins->judge, trial, rule, &with, str_from(english[table]), NULL, 0, err);
}

int twins_note(struct twins *twins, struct trial *trial, struct err *err)
{
    const struct rule *other = rule_set_code(twins->judge->set, "twin-other");
    for (int table = 0; table < TABLES; table++) {
        int digits;
        if (!tells(twins, table, trial->now, &digits))
            continue;
        if (judge_before(twins, trial, table, err) < 0)
            return -1;
        if (other && digits >= other->limit &&
            note(twins, trial->subject,
                 digest_of(twins, table, digits, trial->subject, trial->now), err) < 0)
            return -1;
    }
    return 0;
}

/* Whether one composite holds the other: a region with one part only is the same as it. */
static int contains(struct twins *twins, const struct subject *a, const struct subject *b,
                    struct err *err)
{
    if (!a->division.n || !b->division.n)
        return 0;
    sqlite3_stmt *stmt = warehouse_statement(twins->judge->warehouse, "check.related", err);
    if (!stmt)
        return -1;
    bind_str(stmt, 1, a->division);
    bind_str(stmt, 2, b->division);
    int got = statement_next(twins->judge->warehouse, stmt, err);
    if (got > 0)
        sqlite3_reset(stmt);
    return got;
}

/* Names the first of the others, and how many more there are. Of composites each has to be asked
 * about, so that counting them ends somewhere. */
static int name_others(struct twins *twins, const struct subject *list, uint32_t count,
                       uint32_t self, struct buf *buf, struct err *err)
{
    uint32_t others = 0;
    if (list[self].scope == SCOPE_OWN && count > 1) {
        buf_add(buf, list[self == 0].agency);
        others = count - 1;
    }
    for (uint32_t i = 0; list[self].scope != SCOPE_OWN && i < count && others < NAMED_MOST; i++) {
        int within = i == self ? 1 : contains(twins, &list[self], &list[i], err);
        if (within < 0)
            return -1;
        if (!within && others++ == 0)
            buf_add(buf, list[i].agency);
    }
    if (others > 1)
        buf_printf(buf, " (+%u)", others - 1);
    return others > 0;
}

static int settle_one(struct twins *twins, const struct subject *list, uint32_t count,
                      uint32_t self, int64_t digest, struct err *err)
{
    struct judge *judge = twins->judge;
    const struct rule *rule = rule_set_code(judge->set, "twin-other");
    struct buf others = buf_new(4096);
    int found = 0, digits = (int)(digest >> 2 & DIGITS_MOST), table = (int)(digest & 3);
    if (digits >= digits_wanted(twins, rule, list[self].year))
        found = name_others(twins, list, count, self, &others, err);
    struct trial trial = {.subject = &list[self]};
    char about[16];
    snprintf(about, sizeof about, "other %d", table);
    if (found > 0) {
        struct sentence with = {.cell = CELL_NONE, .table = str_from(english[table]),
                                .table_zh = str_from(chinese[table]), .other = buf_str(&others)};
        found = judge_find(judge, &trial, rule, &with, str_from(about), NULL, 0, err);
    } else if (found == 0) {
        struct finding gone = {.rule = rule, .subject = &list[self], .about = str_from(about),
                               .cell = CELL_NONE};
        found = findings_remove(judge->findings, &gone, err);
    }
    buf_free(&others);
    return found;
}

static int settle(struct twins *twins, int64_t digest, struct err *err)
{
    struct judge *judge = twins->judge;
    sqlite3_stmt *stmt = warehouse_statement(judge->warehouse, "check.bearers", err);
    struct subject *list = NULL;
    size_t capacity = 0;
    uint32_t count = 0;
    int got;
    if (!stmt)
        return -1;
    arena_reset(&judge->scratch);
    sqlite3_bind_int64(stmt, 1, digest);
    while ((got = statement_next(judge->warehouse, stmt, err)) > 0) {
        if (count == MEMBERS_MOST)
            continue;
        if (arena_grow(&judge->scratch, &list, count, &capacity, sizeof *list) < 0)
            return err_memory(err);
        if (reader_subject(stmt, &judge->scratch, &list[count++], err) < 0)
            return -1;
    }
    for (uint32_t i = 0; got == 0 && i < count; i++)
        got = settle_one(twins, list, count, i, digest, err);
    return got;
}

static int read_shared(struct twins *twins, struct err *err)
{
    struct warehouse *warehouse = twins->judge->warehouse;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "check.shared_digests", err);
    int got;
    if (!stmt)
        return -1;
    if (write_notes(twins, err) < 0)
        return -1;
    twins->all = false;
    while ((got = statement_next(warehouse, stmt, err)) > 0)
        if (touch(twins, sqlite3_column_int64(stmt, 0), err) < 0)
            return -1;
    return got;
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

int twins_settle(struct twins *twins, struct err *err)
{
    if (!rule_set_code(twins->judge->set, "twin-other") ||
        (twins->all && read_shared(twins, err) < 0))
        return -1;
    if (twins->count)
        qsort(twins->touched, twins->count, sizeof *twins->touched, by_value);
    for (size_t i = 0; i < twins->count; i++)
        if ((i == 0 || twins->touched[i] != twins->touched[i - 1]) &&
            settle(twins, twins->touched[i], err) < 0)
            return -1;
    twins->count = 0;
    return 0;
}
