/* Prose against the tables: a figure told may be any of several sums, so each is tried. */
#include "core/check/judge.h"
#include "core/store/statement.h"

/* What the comparison of one measure came to. */
struct comparison {
    bool told, matched, open; /* open: a cell that it may be the sum of holds no figure */
    bool differs;
    uint32_t way;
    wide value;               /* of that way */
    const struct told *first;
};

static bool whole(const struct told *told, wide *out)
{
    int64_t value = told->value;
    for (int i = 0; i < told->decimals; i++) {
        if (value % 10 != 0)
            return false;
        value /= 10;
    }
    *out = value;
    return true;
}

static void compare(const struct relation *relation, const struct told *told,
                    const struct panel *now, struct comparison *out)
{
    wide said;
    if (!whole(told, &said))
        return;
    for (uint32_t way = 0; way < relation->ways; way++) {
        struct sum sum = evaluate_side(&relation->right[way], now, NULL);
        if (sum.absent)
            continue;
        if (sum.gaps) {
            out->open = true;
        } else if (sum.value == said) {
            out->matched = true;
        } else if (!out->differs) {
            out->differs = true;
            out->way = way;
            out->value = sum.value;
            out->first = told;
        }
    }
}

/* A composite may speak of the government's office alone: compares with the office's own report. */
static int compare_office(struct judge *judge, const struct trial *trial,
                          const struct relation *relation, const struct told *told,
                          struct comparison *out, struct err *err)
{
    const struct subject *subject = trial->subject;
    if (subject->scope != SCOPE_COMPOSITE || !subject->division.n)
        return 0;
    sqlite3_stmt *stmt = warehouse_statement(judge->warehouse, "check.office", err);
    if (!stmt)
        return -1;
    bind_str(stmt, 1, subject->division);
    sqlite3_bind_int(stmt, 2, subject->year);
    int got = statement_next(judge->warehouse, stmt, err);
    if (got <= 0)
        return got;
    int64_t report_id = sqlite3_column_int64(stmt, 0), presence_id = sqlite3_column_int64(stmt, 1);
    sqlite3_reset(stmt);
    struct panel office;
    if (reader_panel(judge->reader, report_id, presence_id, &office, err) < 0)
        return -1;
    struct comparison beside = {0};
    compare(relation, told, &office, &beside);
    out->matched |= beside.matched;
    return 0;
}

static int judge_measure(struct judge *judge, struct trial *trial, const struct relation *relation,
                         const struct told *list, uint32_t count, struct err *err)
{
    struct comparison result = {0};
    for (uint32_t i = 0; i < count; i++)
        if (str_eq(list[i].measure, relation->measure)) {
            result.told = true;
            compare(relation, &list[i], trial->now, &result);
        }
    for (uint32_t i = 0; result.differs && !result.matched && i < count; i++)
        if (str_eq(list[i].measure, relation->measure) &&
            compare_office(judge, trial, relation, &list[i], &result, err) < 0)
            return -1;
    if (!result.told)
        return 0;
    enum outcome outcome = result.matched                   ? OUTCOME_PASS
                           : result.open || !result.differs ? OUTCOME_UNVERIFIABLE
                                                            : OUTCOME_FAIL;
    judge_count(judge, relation->rule, outcome);
    if (outcome != OUTCOME_FAIL)
        return 0;
    wide said = 0;
    whole(result.first, &said);
    struct verdict verdict = {.outcome = OUTCOME_FAIL, .left = said, .right = result.value,
                              .way = result.way};
    struct sentence with = {
        .cell = relation->right[result.way].terms[0].cell,
        .figures = true,
        .reported = said,
        .computed = result.value,
        .relation = relation,
        .verdict = &verdict,
        .sentence = result.first->sentence,
    };
    return judge_find(judge, trial, relation->rule, &with, relation->measure, NULL,
                      result.first->line, err);
}

int judge_prose(struct judge *judge, struct trial *trial, struct err *err)
{
    struct told *list;
    uint32_t count;
    if (reader_told(judge->reader, trial->subject->report_id, &judge->scratch, &list, &count,
                    err) < 0)
        return -1;
    for (uint32_t i = 0; count && i < judge->set->relation_count; i++) {
        const struct relation *relation = &judge->set->relations[i];
        if (relation->rule->kind == RULE_PROSE &&
            rule_for_form(judge->set, relation->rule, trial->subject->form) &&
            judge_measure(judge, trial, relation, list, count, err) < 0)
            return -1;
    }
    return 0;
}
