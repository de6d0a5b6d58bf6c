/* What a report is made of: its tables, its form, its period. The recogniser has seen more of the
 * source and says so in remarks; where it has, nothing is said twice. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/check/judge.h"
#include "core/store/statement.h"

/* Whether the recogniser has remarked on that rule of this report; `about` narrows it to remarks
 * whose words hold it. 1, 0, or -1. */
static int remarked(struct judge *judge, const struct subject *subject, const char *rule,
                    const char *about, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(judge->warehouse, "check.remarked", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, subject->report_id);
    bind_str(stmt, 2, str_from(rule));
    bind_str(stmt, 3, str_from(about));
    int got = statement_next(judge->warehouse, stmt, err);
    if (got > 0)
        sqlite3_reset(stmt);
    return got;
}

static int say(struct judge *judge, struct trial *trial, const char *rule, const char *remark_rule,
               const char *about, struct sentence *with, struct err *err)
{
    const struct rule *found = rule_set_code(judge->set, rule);
    int known = remarked(judge, trial->subject, remark_rule, about, err);
    if (known < 0)
        return -1;
    judge_count(judge, found, OUTCOME_FAIL);
    with->cell = CELL_NONE;
    return known ? 0 : judge_find(judge, trial, found, with, str_from(about), NULL, 0, err);
}

struct table_name {
    const char *prefix, *english, *chinese;
};

static int judge_table(struct judge *judge, struct trial *trial, const struct form *form,
                       const struct table_name *table, struct err *err)
{
    uint32_t cells = 0, printed = 0;
    for (uint32_t i = 0; i < form->count; i++) {
        if (form->cells[i].id == CELL_NONE ||
            !str_eq(form->cells[i].table, str_from(table->prefix)))
            continue;
        uint8_t state = trial->now->state[form->cells[i].id];
        if (state == PANEL_VALUE)
            return 0;
        cells++;
        printed += state != PANEL_ABSENT;
    }
    if (!cells)
        return 0;
    struct sentence with = {.table = str_from(table->english), .table_zh = str_from(table->chinese)};
    return say(judge, trial, printed ? "section-empty" : "section-missing", "section",
               table->chinese, &with, err);
}

/* The sections that are prose alone. A report without any section came as figures alone. */
static int judge_sections(struct judge *judge, struct trial *trial, struct err *err)
{
    static const struct {
        int number;
        struct table_name name;
    } prose[] = {
        {1, {"", "Section 1 (总体情况)", "第一部分“总体情况”"}},
        {5, {"", "Section 5 (存在的主要问题及改进情况)", "第五部分“存在的主要问题及改进情况”"}},
        {6, {"", "Section 6 (其他需要报告的事项)", "第六部分“其他需要报告的事项”"}},
    };
    sqlite3_stmt *stmt = warehouse_statement(judge->warehouse, "check.sections", err);
    bool there[7] = {0}, filled[7] = {0};
    int got, sections = 0;
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, trial->subject->report_id);
    while ((got = statement_next(judge->warehouse, stmt, err)) > 0) {
        int number = sqlite3_column_int(stmt, 0);
        if (number < 1 || number > 6)
            continue;
        sections++;
        there[number] = true;
        filled[number] = sqlite3_column_int(stmt, 1) != 0;
    }
    for (size_t i = 0; got == 0 && sections >= 2 && i < sizeof prose / sizeof *prose; i++) {
        struct sentence with = {.table = str_from(prose[i].name.english),
                                .table_zh = str_from(prose[i].name.chinese)};
        if (!filled[prose[i].number])
            got = say(judge, trial, there[prose[i].number] ? "section-blank" : "section-missing",
                      "section", prose[i].name.chinese, &with, err);
    }
    return got;
}

static int judge_form(struct judge *judge, struct trial *trial, struct err *err)
{
    const struct form *due = catalog_form_for(judge->set->catalog, trial->subject->year);
    if (!due || due->year == trial->subject->form)
        return 0;
    char is[12], should[12];
    snprintf(is, sizeof is, "%d", trial->subject->form);
    snprintf(should, sizeof should, "%d", due->year);
    struct sentence with = {.sentence = str_from(is), .other = str_from(should)};
    return say(judge, trial, "section-form", "section", "格式", &with, err);
}

static bool of_year(struct str date, int year)
{
    return date.n < 4 || (date.p[0] - '0') * 1000 + (date.p[1] - '0') * 100 +
                             (date.p[2] - '0') * 10 + (date.p[3] - '0') == year;
}

static int judge_period(struct judge *judge, struct trial *trial, struct err *err)
{
    const struct subject *subject = trial->subject;
    if (of_year(subject->period_from, subject->year) && of_year(subject->period_to, subject->year))
        return 0;
    char period[64];
    snprintf(period, sizeof period, "%.*s – %.*s", STR_ARG(subject->period_from),
             STR_ARG(subject->period_to));
    struct sentence with = {.sentence = str_from(period)};
    return say(judge, trial, "year-period", "year", "", &with, err);
}

int judge_shape(struct judge *judge, struct trial *trial, struct err *err)
{
    static const struct table_name tables[] = {
        {"t1", "The statistics table (统计表)", "统计表"},
        {"t2", "Table 2 (主动公开政府信息情况)", "表二"},
        {"t3", "Table 3 (收到和处理政府信息公开申请情况)", "表三"},
        {"t4", "Table 4 (行政复议、行政诉讼情况)", "表四"},
    };
    const struct form *form = catalog_form(judge->set->catalog, trial->subject->form);
    for (size_t i = 0; form && i < sizeof tables / sizeof *tables; i++)
        if (judge_table(judge, trial, form, &tables[i], err) < 0)
            return -1;
    if (form && form->first_year >= 2019 && judge_sections(judge, trial, err) < 0)
        return -1;
    if (judge_form(judge, trial, err) < 0)
        return -1;
    return judge_period(judge, trial, err);
}
