/* The register of waivers: findings that a person accepts, with the reason. */
#include "core/base/table.h"
#include "core/store/register_job.h"
#include "core/store/statement.h"

enum { AGENCY, YEAR, RULE, CODE, REASON };

static const struct register_column columns[] = {
    [AGENCY] = {"agency|单位|机关|单位名称|机关名称", true},
    [YEAR] = {"year|年份|年度|年", true},
    [RULE] = {"rule|规则", true},
    [CODE] = {"code|指标|指标代码", false},
    [REASON] = {"reason|理由|原因|说明", true},
};

/* Whether a finding may bear this rule: one of the table, or of those that need none. */
static bool is_rule(struct str rule)
{
    static const char *const others[] = {"reading", "section", "year", "twin", "composite", "jump",
                                         "carry",   "stock",   "level", "prose"};
    struct table t;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_eq(rule, str_from(others[i])))
            return true;
    if (rule.n == 0 || table_open(&t, "rules.tsv", NULL) < 0)
        return false;
    while (table_next(&t))
        if (str_eq(rule, table_get(&t, "rule")))
            return true;
    return false;
}

/* Reads a row; false with the reason it cannot be taken. */
static bool check(const struct register_job *job, const struct register_row *row, int *year,
                  struct err *why)
{
    struct str code = register_field(job, row, CODE), rule = register_field(job, row, RULE);
    if (register_field(job, row, AGENCY).n == 0 || register_field(job, row, REASON).n == 0 ||
        !register_year(register_field(job, row, YEAR), year) || !*year)
        return err_reject(why, "register-line", row->line,
                          "a waiver needs an agency, a year of four digits and a reason") == 0;
    if (!is_rule(rule))
        return err_reject(why, "register-line", row->line, "there is no rule \"%.*s\"",
                          STR_ARG(rule)) == 0;
    if (code.n && !catalog_find(job->warehouse->catalog, code))
        return err_reject(why, "register-line", row->line,
                          "there is no cell \"%.*s\"; v_dictionary lists them, and an empty code "
                          "means every cell", STR_ARG(code)) == 0;
    return true;
}

static sqlite3_stmt *keyed(const struct register_job *job, const char *name,
                           const struct register_row *row, int year, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(job->warehouse, name, err);
    if (!stmt)
        return NULL;
    bind_str(stmt, 1, register_field(job, row, AGENCY));
    sqlite3_bind_int(stmt, 2, year);
    bind_str(stmt, 3, register_field(job, row, RULE));
    bind_text(stmt, 4, register_field(job, row, CODE));
    return stmt;
}

static int put(struct register_job *job, const struct register_row *row, int year,
               struct err *err)
{
    struct str reason = register_field(job, row, REASON);
    sqlite3_stmt *stmt = keyed(job, "register.waiver_there", row, year, err);
    int got = stmt ? statement_next(job->warehouse, stmt, err) : -1;
    bool same = got > 0 && str_eq(column_str(stmt, 0), reason);
    if (got > 0)
        sqlite3_reset(stmt);
    if (got < 0)
        return -1;
    job->result->unchanged += same;
    job->result->changed += got > 0 && !same;
    job->result->added += got == 0;
    if (same)
        return 0;
    stmt = keyed(job, "register.waiver", row, year, err);
    if (!stmt)
        return -1;
    bind_str(stmt, 5, reason);
    bind_str(stmt, 6, str_from(warehouse_now()));
    return statement_run(job->warehouse, stmt, err);
}

int register_waivers(struct register_job *job, struct err *err)
{
    if (register_columns(job, columns, 5, err) < 0)
        return -1;
    for (size_t i = 0; i < job->file->count; i++) {
        const struct register_row *row = &job->file->rows[i];
        struct err why = {0};
        int year = 0;
        if (!check(job, row, &year, &why)) {
            register_bad(job, &why);
            continue;
        }
        if (put(job, row, year, err) < 0)
            return -1;
    }
    return 0;
}
