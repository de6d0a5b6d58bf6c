/* check: holds the reports to the rules, and says which findings stand. */
#include "core/check/check.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/session.h"
#include "core/base/lang.h"
#include "core/check/own_rules.h"
#include "core/store/statement.h"

enum { REGIONS_SHOWN = 20 };

/* What stands, of all divisions and years or of those asked for. */
struct wanted {
    const char *division; /* NULL: all */
    long year;            /* 0: all */
};

struct standing {
    int64_t errors, warnings, waived;
};

static sqlite3_stmt *ask(struct session *session, const char *name, const struct wanted *wanted,
                         struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(session->warehouse, name, err);
    if (!stmt)
        return NULL;
    if (wanted->division)
        bind_str(stmt, 1, str_from(wanted->division));
    if (wanted->year)
        sqlite3_bind_int64(stmt, 2, wanted->year);
    return stmt;
}

/* How often a rule held, failed, and could not be verified in this run: its rows added up. */
static struct tally tally_of(const struct check_result *result, struct str rule)
{
    struct tally sum = {0};
    for (uint32_t i = 0; i < result->set->rule_count; i++)
        for (int k = 0; k <= OUTCOME_UNVERIFIABLE && str_eq(result->set->rules[i].id, rule); k++)
            sum.outcomes[k] += result->tallies[i].outcomes[k];
    return sum;
}

static void show_rule(struct session *session, struct json *json, sqlite3_stmt *stmt)
{
    struct str rule = column_str(stmt, 0), severity = column_str(stmt, 1);
    int64_t count = sqlite3_column_int64(stmt, 2), waived = sqlite3_column_int64(stmt, 3);
    int64_t reports = sqlite3_column_int64(stmt, 4);
    if (json) {
        json_object(json, NULL);
        json_str(json, "rule", rule);
        json_str(json, "severity", severity);
        json_int(json, "findings", count);
        json_int(json, "waived", waived);
        json_int(json, "reports", reports);
        json_end_object(json);
    } else {
        fprintf(session->out, "  %-12.*s %-8.*s %8lld %8lld %8lld\n", STR_ARG(rule),
                STR_ARG(severity), (long long)count, (long long)waived, (long long)reports);
    }
}

static int show_rules(struct session *session, struct json *json, const struct wanted *wanted,
                      struct standing *standing, struct err *err)
{
    sqlite3_stmt *stmt = ask(session, "check.by_rule", wanted, err);
    int got;
    bool any = false;
    if (!stmt)
        return -1;
    if (json)
        json_array(json, "rules");
    while ((got = statement_next(session->warehouse, stmt, err)) > 0) {
        int64_t open = sqlite3_column_int64(stmt, 2) - sqlite3_column_int64(stmt, 3);
        bool error = str_eq(column_str(stmt, 1), STR("error"));
        *(error ? &standing->errors : &standing->warnings) += open;
        standing->waived += sqlite3_column_int64(stmt, 3);
        if (!json && !any)
            fprintf(session->out, "%s\n",
                    tr("  rule         severity findings   waived  reports"));
        any = true;
        show_rule(session, json, stmt);
    }
    if (json)
        json_end_array(json);
    return got;
}

static void show_region(struct session *session, struct json *json, sqlite3_stmt *stmt)
{
    struct str code = column_str(stmt, 0), name = column_str(stmt, 1);
    int64_t errors = sqlite3_column_int64(stmt, 2), warnings = sqlite3_column_int64(stmt, 3);
    int64_t waived = sqlite3_column_int64(stmt, 4);
    if (json) {
        json_object(json, NULL);
        json_str(json, "division_code", code);
        json_str(json, "division", name);
        json_int(json, "errors", errors);
        json_int(json, "warnings", warnings);
        json_int(json, "waived", waived);
        json_int(json, "reports", sqlite3_column_int64(stmt, 5));
        json_end_object(json);
    } else {
        fprintf(session->out, "  %-12.*s %8lld %8lld %8lld  %.*s\n", STR_ARG(code),
                (long long)errors, (long long)warnings, (long long)waived, STR_ARG(name));
    }
}

static int show_regions(struct session *session, struct json *json, const struct wanted *wanted,
                        struct err *err)
{
    sqlite3_stmt *stmt = ask(session, "check.by_region", wanted, err);
    int got, rows = 0;
    if (!stmt)
        return -1;
    if (json)
        json_array(json, "regions");
    while ((got = statement_next(session->warehouse, stmt, err)) > 0) {
        if (!json && rows == 0)
            fprintf(session->out, "%s\n", tr("  region         errors warnings   waived"));
        if (json || rows < REGIONS_SHOWN)
            show_region(session, json, stmt);
        rows++;
    }
    if (json)
        json_end_array(json);
    else if (rows > REGIONS_SHOWN) {
        fprintf(session->out, tr("  and %d more; see v_finding, or ask with --division"),
                rows - REGIONS_SHOWN);
        putc('\n', session->out);
    }
    return got;
}

/* Waivers that no longer apply: a person should take them out. */
static int show_waivers(struct session *session, struct json *json, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(session->warehouse, "check.stale_waivers", err);
    int got;
    if (!stmt)
        return -1;
    if (json)
        json_array(json, "waivers_without_finding");
    while ((got = statement_next(session->warehouse, stmt, err)) > 0) {
        struct str agency = column_str(stmt, 0), rule = column_str(stmt, 2),
                   code = column_str(stmt, 3);
        if (json) {
            json_object(json, NULL);
            json_str(json, "agency", agency);
            json_int(json, "year", sqlite3_column_int(stmt, 1));
            json_str(json, "rule", rule);
            json_str(json, "code", code);
            json_str(json, "reason", column_str(stmt, 4));
            json_end_object(json);
        } else {
            fprintf(session->out, tr("waiver no longer needed: %.*s %d %.*s %.*s"), STR_ARG(agency),
                    sqlite3_column_int(stmt, 1), STR_ARG(rule), STR_ARG(code));
            putc('\n', session->out);
        }
    }
    if (json)
        json_end_array(json);
    return got;
}

static void show_outcomes(struct json *json, const struct check_result *result)
{
    json_array(json, "outcomes");
    for (uint32_t i = 0; i < result->set->rule_count; i++) {
        const struct rule *rule = &result->set->rules[i];
        bool first = true;
        for (uint32_t k = 0; k < i; k++)
            first &= !str_eq(result->set->rules[k].id, rule->id);
        if (!first)
            continue;
        struct tally sum = tally_of(result, rule->id);
        json_object(json, NULL);
        json_str(json, "rule", rule->id);
        json_int(json, "pass", sum.outcomes[OUTCOME_PASS]);
        json_int(json, "fail", sum.outcomes[OUTCOME_FAIL]);
        json_int(json, "unverifiable", sum.outcomes[OUTCOME_UNVERIFIABLE]);
        json_end_object(json);
    }
    json_end_array(json);
}

static int show_json(struct session *session, const struct check_result *result,
                     const struct wanted *wanted, struct standing *standing, struct err *err)
{
    struct json json = session_json(session);
    json_object(&json, NULL);
    json_bool(&json, "all", result->all);
    json_int(&json, "reports_checked", result->reports);
    json_int(&json, "appeared", result->findings.appeared);
    json_int(&json, "changed", result->findings.changed);
    json_int(&json, "disappeared", result->findings.disappeared);
    show_outcomes(&json, result);
    if (show_rules(session, &json, wanted, standing, err) < 0 ||
        show_regions(session, &json, wanted, err) < 0 || show_waivers(session, &json, err) < 0)
        return -1;
    json_int(&json, "errors", standing->errors);
    json_int(&json, "warnings", standing->warnings);
    json_int(&json, "waived", standing->waived);
    json_end_object(&json);
    json_finish(&json);
    return 0;
}

static int show_text(struct session *session, const struct check_result *result,
                     const struct wanted *wanted, struct standing *standing, struct err *err)
{
    if (show_rules(session, NULL, wanted, standing, err) < 0 ||
        show_regions(session, NULL, wanted, err) < 0 || show_waivers(session, NULL, err) < 0)
        return -1;
    fprintf(session->out, tr("checked %lld reports: %lld findings new, %lld changed, %lld gone"),
            (long long)result->reports, (long long)result->findings.appeared,
            (long long)result->findings.changed, (long long)result->findings.disappeared);
    putc('\n', session->out);
    fprintf(session->out, tr("standing: %lld errors, %lld warnings, %lld waived"),
            (long long)standing->errors, (long long)standing->warnings,
            (long long)standing->waived);
    putc('\n', session->out);
    return 0;
}

static int check(struct session *session, const struct wanted *wanted, struct check_result *result,
                 struct err *err)
{
    const char *rules = session_option(session, "rules");
    uint32_t count;
    struct standing standing = {0};
    if (warehouse_begin(session->warehouse, err) < 0)
        return -1;
    if ((rules && own_rules_replace(session->warehouse, rules, &count, err) < 0) ||
        check_update(session->warehouse, session_flag(session, "all"), session_stopped, result,
                     err) < 0) {
        warehouse_rollback(session->warehouse);
        if (rules && err->kind == ERR_INPUT)
            err->kind = ERR_USAGE;
        return -1;
    }
    if (warehouse_commit(session->warehouse, err) < 0)
        return -1;
    warehouse_now_ask(session->warehouse);
    if ((session->json ? show_json(session, result, wanted, &standing, err)
                       : show_text(session, result, wanted, &standing, err)) < 0)
        return -1;
    return standing.errors ? EXIT_FINDINGS : EXIT_WELL;
}

static int run(struct session *session, struct err *err)
{
    struct wanted wanted = {.division = session_option(session, "division")};
    struct check_result result = {0};
    if (session_number(session, "year", 1949, 9999, 0, &wanted.year, err) < 0 ||
        session_write(session, err) < 0 ||
        (wanted.division && session_division(session, str_from(wanted.division), err) < 0))
        return -1;
    int code = check(session, &wanted, &result, err);
    check_result_free(&result);
    return code;
}

static const struct option_row options[] = {
    {"all", 0, NULL, "check every report, not only what changed and what depends on it"},
    {"division", 0, "CODE", "show what stands in this region, with all below it"},
    {"year", 0, "YEAR", "show what stands for this year"},
    {"rules", 0, "FILE", "keep these rules beside the built-in ones, in place of those given before"},
    {0},
};

static const struct example examples[] = {
    {"Check what an import brought", "gongkai check"},
    {"Which errors stand in a city", "gongkai check --division 321300 --year 2023"},
    {"Add an office's own rules", "gongkai check --rules rules.csv"},
    {"Everything again, as figures", "gongkai check --all --json"},
    {0},
};

const struct command command_check = {
    .name = "check",
    .summary = "hold the reports to the rules",
    .arguments = "",
    .details = "Every break is a row of v_finding: the rule, the cell, what is printed and what it "
               "should be, a sentence for the unit, and where the arithmetic tells it the likely "
               "cause. Nothing is ever repaired. A blank makes a rule unverifiable, not broken, "
               "unless the figures beside it exceed the total by themselves. Exit code 4 when "
               "errors stand that are not waived. Own rules come in a CSV: name, forms (2019 2021, "
               "or *), severity (error, warning), left, op (=, <=, >=), right; if need be where "
               "(own, composite), each (c=person business fills in {c}), limit (the tolerance), "
               "cell, message, message_zh. A side is a sum of codes: t3.granted.{c} + 2 * "
               "t3.denied_*.{c} - t3.new.{c}[-1], where * stands for all that fit and [-1] for the "
               "year before; sides parted by | are alternatives.",
    .options = options,
    .examples = examples,
    .traits = COMMAND_WRITES | COMMAND_FIGURES,
    .run = run,
};
