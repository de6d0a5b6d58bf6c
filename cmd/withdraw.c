/* withdraw: takes a report out, or gives it to another agency or year; undone by --undo. */
#include <errno.h>
#include <stdlib.h>

#include "cmd/session.h"
#include "core/base/lang.h"
#include "core/store/agency.h"
#include "core/store/withdrawal.h"

static int report_id_of(const char *text, int64_t *out, struct err *err)
{
    char *end = NULL;
    errno = 0;
    long long n = strtoll(text, &end, 10);
    if (errno || end == text || *end || n < 1)
        return err_set(err, ERR_USAGE, "a report is named by its number (report_id of v_report), not "
                                       "\"%.100s\"", text);
    *out = n;
    return 0;
}

/* The agency that an option names; 0 when the option is not given. */
static int agency_option(struct session *session, struct agencies *agencies, const char *option,
                         long year, int64_t *out, struct err *err)
{
    const char *name = session_option(session, option);
    *out = 0;
    if (!name)
        return 0;
    return agencies_find(agencies, str_from(name), str_from(session_option(session, "division")),
                         (int)year, out, err);
}

struct request {
    struct withdrawal_choice choice;
    struct withdrawal_target target;
    struct str reason;
    bool undo;
};

static int read_names(struct session *session, struct request *request, long year, long to_year,
                      struct err *err)
{
    struct agencies *agencies;
    if (agencies_open(&agencies, session->warehouse, err) < 0)
        return -1;
    int status = agency_option(session, agencies, "agency", year, &request->choice.agency_id, err);
    if (status == 0)
        status = agency_option(session, agencies, "to-agency", to_year ? to_year : year,
                               &request->target.agency_id, err);
    agencies_close(agencies);
    return status;
}

static int check_request(const struct session *session, const struct request *request, long year,
                         struct err *err)
{
    bool by_agency = session_option(session, "agency") && year;
    if ((session->argument_count == 1) == by_agency)
        return err_set(err, ERR_USAGE, "name the report by its number, or by --agency and --year");
    if (!request->undo && request->reason.n == 0)
        return err_set(err, ERR_USAGE, "a withdrawal needs a --reason");
    if (request->undo && (session_option(session, "to-agency") || session_option(session, "to-year")))
        return err_set(err, ERR_USAGE, "--undo puts a report back where it was; it takes no --to-agency "
                                       "or --to-year");
    return 0;
}

static int work(struct session *session, struct request *request, int64_t *count, struct err *err)
{
    struct warehouse *w = session->warehouse;
    if (request->undo)
        return withdrawal_undo(w, session->run_id, &request->choice, count, err);
    return withdrawal_make(w, session->run_id, &request->choice, &request->target, request->reason,
                           count, err);
}

static void show(struct session *session, const struct request *request, int64_t count)
{
    bool given = request->target.agency_id || request->target.year;
    if (session->json) {
        struct json json = session_json(session);
        json_object(&json, NULL);
        json_int(&json, request->undo ? "restored" : given ? "given_away" : "withdrawn", count);
        json_end_object(&json);
        json_finish(&json);
        return;
    }
    const char *format = request->undo ? tr("%lld revisions put back\n")
                         : given       ? tr("%lld revisions given away\n")
                                       : tr("%lld revisions withdrawn\n");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    fprintf(session->out, format, (long long)count);
#pragma GCC diagnostic pop
}

static int run(struct session *session, struct err *err)
{
    static const char *const scopes[] = {"", "own", "composite", NULL};
    struct request request = {.reason = str_from(session_option(session, "reason")),
                              .undo = session_flag(session, "undo")};
    long year, to_year;
    int scope;
    int64_t count = 0;
    if (session_number(session, "year", 1990, 2100, 0, &year, err) < 0 ||
        session_number(session, "to-year", 1990, 2100, 0, &to_year, err) < 0 ||
        session_choice(session, "scope", scopes, &scope, err) < 0 ||
        check_request(session, &request, year, err) < 0 ||
        (session->argument_count == 1 &&
         report_id_of(session->arguments[0], &request.choice.report_id, err) < 0) ||
        session_write(session, err) < 0 || read_names(session, &request, year, to_year, err) < 0)
        return -1;
    request.choice.year = (int)year;
    request.choice.scope = (enum scope)scope;
    request.target.year = (int)to_year;
    if (warehouse_begin(session->warehouse, err) < 0 || work(session, &request, &count, err) < 0)
        return -1;
    if (count == 0)
        return err_set(err, ERR_USAGE, request.undo
                                           ? "there is no such withdrawal; v_withdrawal lists them"
                                           : "there is no such report; v_report lists them");
    if (session_end_run(session, EXIT_WELL, err) < 0 ||
        warehouse_commit(session->warehouse, err) < 0)
        return -1;
    show(session, &request, count);
    return EXIT_WELL;
}

static const struct option_row options[] = {
    {"reason", 0, "TEXT", "why; kept with it"},
    {"agency", 0, "NAME", "the agency whose report it is"},
    {"division", 0, "CODE", "its division, where several agencies bear the name"},
    {"year", 0, "YEAR", "the report year"},
    {"scope", 0, "own|composite", "only the agency's own report, or only the composite"},
    {"to-agency", 0, "NAME", "give it to this agency instead of taking it out"},
    {"to-year", 0, "YEAR", "give it to this year instead of taking it out"},
    {"undo", 0, NULL, "put it back"},
    {0},
};

static const struct example examples[] = {
    {"Take out a report that belongs to nobody here",
     "gongkai withdraw 17 --reason 'a hijacked clone of the site'"},
    {"All revisions of an agency's report of a year",
     "gongkai withdraw --agency 常德市教育局 --year 2023 --reason 重复报送"},
    {"It is of another year", "gongkai withdraw 17 --to-year 2022 --reason '标题年份有误'"},
    {"Put it back", "gongkai withdraw 17 --undo"},
    {0},
};

const struct command command_withdraw = {
    .name = "withdraw",
    .summary = "take a report out, or give it to another agency or year, with a reason",
    .arguments = "[REPORT]",
    .details = "By its number that revision alone is taken out, and the one before it stands again; "
               "by agency and year all revisions are. What is withdrawn is kept and shown in "
               "v_withdrawal, and comes back by --undo.",
    .options = options,
    .examples = examples,
    .traits = COMMAND_WRITES | COMMAND_FIGURES,
    .most = 1,
    .run = run,
};
