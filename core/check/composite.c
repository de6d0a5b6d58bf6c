#include "core/check/composite.h"

#include <stdio.h>

#include "core/store/statement.h"

enum { LIST_MOST = 2000 };

/* A cell in which the two differ. */
struct gap {
    uint16_t cell;
    int64_t published, computed;
    bool open; /* more may come to what is computed */
};

struct comparison {
    struct gap *gaps;
    uint32_t count;
    size_t capacity;
    uint32_t verified;
    int64_t received;
    struct str missing; /* names of units */
};

static int read_gaps(struct judge *judge, const struct subject *subject, struct comparison *out,
                     struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(judge->warehouse, "check.parts", err);
    int got;
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, subject->report_id);
    while ((got = statement_next(judge->warehouse, stmt, err)) > 0) {
        bool stated = sqlite3_column_type(stmt, 1) != SQLITE_NULL &&
                      sqlite3_column_type(stmt, 2) != SQLITE_NULL;
        struct gap gap = {(uint16_t)sqlite3_column_int(stmt, 0), sqlite3_column_int64(stmt, 1),
                          sqlite3_column_int64(stmt, 2), sqlite3_column_int(stmt, 4) != 0};
        out->received = sqlite3_column_int64(stmt, 3);
        if (!out->missing.p) {
            struct str missing = column_str(stmt, 5);
            size_t n = missing.n < LIST_MOST ? missing.n : LIST_MOST;
            while (n < missing.n && n > 0 && ((unsigned char)missing.p[n] & 0xc0) == 0x80)
                n--;
            out->missing = arena_copy(&judge->scratch, str_slice(missing, 0, n));
            if (!out->missing.p)
                return err_memory(err);
        }
        out->verified += stated;
        if (!stated || gap.published == gap.computed)
            continue;
        if (arena_grow(&judge->scratch, &out->gaps, out->count, &out->capacity,
                       sizeof *out->gaps) < 0)
            return err_memory(err);
        out->gaps[out->count++] = gap;
    }
    return got;
}

static struct sentence sentence_of(const struct judge *judge, const struct gap *gap)
{
    return (struct sentence){
        .cell = gap->cell,
        .money = judge->set->catalog->cells[gap->cell].kind == CELL_MONEY,
        .figures = true,
        .reported = gap->published,
        .computed = gap->computed,
    };
}

static int write_short(struct judge *judge, struct trial *trial, const struct comparison *c,
                       const struct gap *most, uint32_t cells, struct err *err)
{
    char count[16];
    snprintf(count, sizeof count, "%u", cells);
    struct sentence with = sentence_of(judge, most);
    with.rank = str_from(count);
    with.other = c->missing.n ? c->missing : STR("—");
    return judge_find(judge, trial, rule_set_code(judge->set, "composite-short"), &with,
                      (struct str){0}, NULL, 0, err);
}

static wide shortfall(const struct judge *judge, const struct gap *gap)
{
    wide gone = (wide)gap->published - gap->computed;
    bool money = judge->set->catalog->cells[gap->cell].kind == CELL_MONEY;
    return money ? gone / MONEY_SCALE : gone;
}

int composite_judge(struct judge *judge, const struct subject *subject, struct err *err)
{
    const struct rule *rule = rule_set_code(judge->set, "composite");
    struct comparison c = {0};
    arena_reset(&judge->scratch);
    if (read_gaps(judge, subject, &c, err) < 0)
        return -1;
    if (!c.received || !c.verified) {
        judge_count(judge, rule, OUTCOME_UNVERIFIABLE);
        return 0;
    }
    struct trial trial = {.subject = subject};
    const struct gap *most = NULL;
    uint32_t cells = 0;
    for (uint32_t i = 0; i < c.count; i++) {
        const struct gap *gap = &c.gaps[i];
        enum cell_kind kind = judge->set->catalog->cells[gap->cell].kind;
        if (gap->open && (gap->published > gap->computed || kind == CELL_SIGNED)) {
            cells++;
            if (!most || shortfall(judge, gap) > shortfall(judge, most))
                most = gap;
            continue;
        }
        struct sentence with = sentence_of(judge, gap);
        judge_count(judge, rule, OUTCOME_FAIL);
        if (judge_find(judge, &trial, rule, &with, (struct str){0}, NULL, 0, err) < 0)
            return -1;
    }
    if (!c.count)
        judge_count(judge, rule, OUTCOME_PASS);
    return most ? write_short(judge, &trial, &c, most, cells, err) : 0;
}
