#include "core/check/judge.h"

#include "core/store/statement.h"

enum { RELATIONS_MOST = 2048 };

void judge_count(struct judge *judge, const struct rule *rule, enum outcome outcome)
{
    judge->tallies[rule - judge->set->rules].outcomes[outcome]++;
}

static int line_of(struct judge *judge, struct trial *trial, uint16_t cell, uint32_t *line,
                   struct err *err)
{
    *line = 0;
    if (cell == CELL_NONE)
        return 0;
    if (!trial->lines && reader_lines(judge->reader, trial->subject->report_id, &judge->scratch,
                                      &trial->lines, err) < 0)
        return -1;
    *line = trial->lines[cell];
    return 0;
}

/* The text made so far, kept in the scratch arena. */
static int keep_text(struct judge *judge, struct str *out, struct err *err)
{
    struct str text = buf_str(&judge->text);
    *out = judge->text.failed ? (struct str){0} : arena_copy(&judge->scratch, text);
    buf_reset(&judge->text);
    return out->p ? 0 : err_memory(err);
}

static int write_texts(struct judge *judge, struct finding *finding, const struct sentence *with,
                       const struct cause *cause, struct err *err)
{
    const struct rule *rule = finding->rule;
    for (int chinese = 0; chinese < 2; chinese++) {
        struct str template = chinese ? rule->message_zh : rule->message;
        if (!template.n)
            template = chinese ? STR("{label}：{left}，另一侧为{right}，相差{difference}，请核对")
                               : STR("{label}: {left} against {right} (difference {difference})");
        sentence_fill(&judge->text, template, with, chinese);
        if (keep_text(judge, chinese ? &finding->message_zh : &finding->message, err) < 0)
            return -1;
        hint_write(&judge->text, with->catalog, with->form, with->year, cause, chinese);
        if (keep_text(judge, chinese ? &finding->hint_zh : &finding->hint, err) < 0)
            return -1;
    }
    return 0;
}

int judge_find(struct judge *judge, struct trial *trial, const struct rule *rule,
               struct sentence *with, struct str about, const struct cause *cause, uint32_t line,
               struct err *err)
{
    const struct subject *subject = trial->subject;
    with->catalog = judge->set->catalog;
    with->form = subject->form;
    with->year = subject->year;
    with->agency = subject->agency;
    with->now = trial->now;
    with->before = trial->before;
    struct finding finding = {
        .rule = rule,
        .subject = subject,
        .about = about,
        .cell = with->cell,
        .figures = with->figures,
        .money = with->money,
        .reported = with->reported,
        .computed = with->computed,
        .line = line,
    };
    if ((!line && line_of(judge, trial, with->cell, &finding.line, err) < 0) ||
        write_texts(judge, &finding, with, cause, err) < 0)
        return -1;
    return findings_write(judge->findings, &finding, err);
}

/* Whether the agency may make 规章: 1 yes, 0 no, -1 error. Not known counts as yes. */
static int may_make_rules(struct judge *judge, const struct subject *subject, struct err *err)
{
    static const char *const below[] = {"township", "subdistrict", "zone"};
    for (int i = 0; i < 3; i++)
        if (str_eq(subject->kind, str_from(below[i])))
            return 0;
    if (!subject->division.n)
        return 1;
    sqlite3_stmt *stmt = warehouse_statement(judge->warehouse, "check.place", err);
    if (!stmt)
        return -1;
    bind_str(stmt, 1, subject->division);
    sqlite3_bind_int(stmt, 2, subject->year);
    int got = statement_next(judge->warehouse, stmt, err), may = got == 0;
    if (got > 0) {
        struct str name = column_str(stmt, 0), level = column_str(stmt, 1);
        bool city = str_eq(level, STR("prefecture")) && !str_ends(name, STR("地区")) &&
                    !str_ends(name, STR("盟"));
        may = city || str_eq(level, STR("province")) || str_eq(level, STR("nation"));
        sqlite3_reset(stmt);
    }
    return got < 0 ? -1 : may;
}

/* Whether the rule is for this report: 1 yes, 0 no, -1 error. */
static int applies(struct judge *judge, const struct trial *trial, const struct rule *rule,
                   struct err *err)
{
    switch (rule->where) {
    case WHERE_OWN:
        return trial->subject->scope == SCOPE_OWN;
    case WHERE_COMPOSITE:
        return trial->subject->scope == SCOPE_COMPOSITE;
    case WHERE_NO_RULEMAKING: {
        int may = may_make_rules(judge, trial->subject, err);
        return may < 0 ? -1 : !may;
    }
    case WHERE_ANY:
        break;
    }
    return 1;
}

/* Evaluates every relation that is for this report. Whether an agency may make 规章 is asked only
 * where the relation fails: it is seldom needed, and costs a look-up. */
static int evaluate_all(struct judge *judge, const struct trial *trial, struct judged *judged,
                        uint32_t *count, uint32_t *failed, struct err *err)
{
    const struct rule_set *set = judge->set;
    *count = *failed = 0;
    for (uint32_t i = 0; i < set->relation_count && *count < RELATIONS_MOST; i++) {
        const struct relation *relation = &set->relations[i];
        const struct rule *rule = relation->rule;
        if (rule->kind > RULE_AT_LEAST || !rule_for_form(set, rule, trial->subject->form))
            continue;
        bool late = rule->where == WHERE_NO_RULEMAKING;
        if (!late && !applies(judge, trial, rule, err))
            continue;
        struct verdict verdict = evaluate(set->catalog, relation, trial->now, trial->before);
        if (late && verdict.outcome == OUTCOME_FAIL) {
            int yes = applies(judge, trial, rule, err);
            if (yes < 0)
                return -1;
            if (!yes)
                verdict.outcome = OUTCOME_PASS;
        }
        judge_count(judge, rule, verdict.outcome);
        *failed += verdict.outcome == OUTCOME_FAIL;
        judged[(*count)++] = (struct judged){relation, verdict, NULL};
    }
    return 0;
}

static int write_failed(struct judge *judge, struct trial *trial, const struct judged *judged,
                        uint32_t count, struct err *err)
{
    for (uint32_t i = 0; i < count; i++) {
        if (judged[i].verdict.outcome != OUTCOME_FAIL)
            continue;
        struct sentence with = {
            .cell = judged[i].relation->cell,
            .money = judged[i].relation->money,
            .figures = true,
            .reported = judged[i].verdict.left,
            .computed = judged[i].verdict.right,
            .relation = judged[i].relation,
            .verdict = &judged[i].verdict,
        };
        if (judge_find(judge, trial, judged[i].relation->rule, &with, (struct str){0},
                       judged[i].cause, 0, err) < 0)
            return -1;
    }
    return 0;
}

static int judge_signs(struct judge *judge, struct trial *trial, struct err *err)
{
    const struct rule *rule = rule_set_code(judge->set, "sign");
    bool failed = false;
    for (uint16_t cell = 0; cell < CATALOG_CELLS; cell++) {
        if (trial->now->value[cell] >= 0 || trial->now->state[cell] != PANEL_VALUE ||
            judge->set->catalog->cells[cell].kind != CELL_COUNT)
            continue;
        struct sentence with = {.cell = cell, .figures = true,
                                .reported = trial->now->value[cell]};
        failed = true;
        if (judge_find(judge, trial, rule, &with, (struct str){0}, NULL, 0, err) < 0)
            return -1;
    }
    judge_count(judge, rule, failed ? OUTCOME_FAIL : OUTCOME_PASS);
    return 0;
}

/* Whether words are a number with decimals: 3.5, -12.50, １２．５ as the recogniser kept it. */
static bool is_fraction(struct str s)
{
    size_t digits = 0, points = 0;
    s = str_trim(s);
    for (size_t i = 0; i < s.n; i++) {
        bool sign = i == 0 && (s.p[i] == '-' || s.p[i] == '+');
        digits += s.p[i] >= '0' && s.p[i] <= '9';
        points += s.p[i] == '.';
        if (!sign && s.p[i] != '.' && s.p[i] != ',' && !(s.p[i] >= '0' && s.p[i] <= '9'))
            return false;
    }
    return points == 1 && digits >= 2;
}

static int judge_whole(struct judge *judge, struct trial *trial, struct err *err)
{
    const struct rule *rule = rule_set_code(judge->set, "integer");
    bool words = false, failed = false;
    for (uint16_t cell = 0; cell < CATALOG_CELLS; cell++)
        words |= trial->now->state[cell] == PANEL_TEXT;
    struct words_cell *list = NULL;
    uint32_t count = 0;
    if (words && reader_words(judge->reader, trial->subject->report_id, &judge->scratch, &list,
                              &count, err) < 0)
        return -1;
    for (uint32_t i = 0; i < count; i++) {
        if (judge->set->catalog->cells[list[i].cell].kind == CELL_MONEY ||
            !is_fraction(list[i].text))
            continue;
        struct sentence with = {.cell = list[i].cell, .sentence = list[i].text};
        failed = true;
        if (judge_find(judge, trial, rule, &with, (struct str){0}, NULL, 0, err) < 0)
            return -1;
    }
    judge_count(judge, rule, failed ? OUTCOME_FAIL : OUTCOME_PASS);
    return 0;
}

int judge_relations(struct judge *judge, struct trial *trial, struct err *err)
{
    struct judged *judged = arena_array(&judge->scratch, judge->set->relation_count + 1,
                                        sizeof *judged);
    uint32_t count, failed;
    if (!judged)
        return err_memory(err);
    if (evaluate_all(judge, trial, judged, &count, &failed, err) < 0)
        return -1;
    if (failed && (hint_find(judge->set->catalog, judged, count, trial->now, trial->before,
                             &judge->scratch, err) < 0 ||
                   write_failed(judge, trial, judged, count, err) < 0))
        return -1;
    if (judge_signs(judge, trial, err) < 0)
        return -1;
    return judge_whole(judge, trial, err);
}
