/* rollup: brings the totals up to date. */
#include "core/rollup/rollup.h"

#include "cmd/session.h"
#include "core/base/lang.h"

static void show(struct session *session, const struct rollup_result *result)
{
    if (session->json) {
        struct json json = session_json(session);
        json_object(&json, NULL);
        json_bool(&json, "all", result->all);
        json_int(&json, "years", result->years);
        json_int(&json, "divisions", result->divisions);
        json_end_object(&json);
        json_finish(&json);
    } else if (result->divisions == 0 && result->years == 0) {
        fprintf(session->out, "%s\n", tr("The totals were up to date."));
    } else {
        fprintf(session->out, result->all ? tr("All totals made anew: %u divisions in %u years.")
                                          : tr("Totals brought up to date: %u divisions in %u years."),
                result->divisions, result->years);
        putc('\n', session->out);
    }
}

static int run(struct session *session, struct err *err)
{
    struct rollup_result result;
    if (session_write(session, err) < 0 ||
        rollup_update(session->warehouse, session_flag(session, "all"), &result, err) < 0)
        return -1;
    show(session, &result);
    return EXIT_WELL;
}

static const struct option_row options[] = {
    {"all", 0, NULL, "make every total anew, not only those that changes touch"},
    {0},
};

static const struct example examples[] = {
    {"Bring the totals up to date after an import", "gongkai rollup"},
    {"Make them from scratch; the result is the same to the byte", "gongkai rollup --all"},
    {"How much there is to do", "gongkai rollup --dry-run --json"},
    {0},
};

const struct command command_rollup = {
    .name = "rollup",
    .summary = "bring the totals up to date",
    .arguments = "",
    .details = "Adds up the agencies' current own reports, each once, to county, city, province and "
               "nation, for 本级 and 本行政区域; only what changes touch is computed again. See the "
               "views v_total, v_series, v_rate, v_coverage, v_missing, v_composite.",
    .options = options,
    .examples = examples,
    .traits = COMMAND_WRITES | COMMAND_FIGURES,
    .run = run,
};
