/* rollup: brings the totals up to date. */
#include "core/rollup/rollup.h"

#include "cmd/session.h"
#include "core/base/lang.h"

static void show(struct session *session, const struct rollup_result *result, bool registered)
{
    if (session->json) {
        struct json json = session_json(session);
        json_object(&json, NULL);
        json_bool(&json, "all", result->all);
        json_int(&json, "years", result->years);
        json_int(&json, "divisions", result->divisions);
        json_bool(&json, "registered", registered);
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
    if (!session->json && !registered)
        fprintf(session->out, "%s\n",
                tr("No register of agencies is loaded, so no report is expected and none counts as "
                   "missing: see gongkai register agencies."));
}

static const char *const boundaries_names[] = {"reported", "current", NULL};

/* What the options ask for: the usual totals first, since the others are read beside them. */
static int make(struct session *session, struct rollup_result *result, bool *registered,
                struct err *err)
{
    struct warehouse *warehouse = session->warehouse;
    const char *date = session_option(session, "as-of"), *drop = session_option(session, "drop");
    int boundaries;
    if (session_choice(session, "boundaries", boundaries_names, &boundaries, err) < 0 ||
        rollup_update(warehouse, session_flag(session, "all"), result, err) < 0)
        return -1;
    *registered = result->registered;
    if ((drop && rollup_drop(warehouse, drop, err) < 0) ||
        (boundaries == 1 && rollup_today(warehouse, result, err) < 0) ||
        (date && rollup_as_of(warehouse, date, result, err) < 0))
        return -1;
    return 0;
}

static int run(struct session *session, struct err *err)
{
    struct rollup_result result;
    bool registered;
    if (session_write(session, err) < 0 || make(session, &result, &registered, err) < 0)
        return -1;
    show(session, &result, registered);
    return EXIT_WELL;
}

static const struct option_row options[] = {
    {"all", 0, NULL, "make every total anew, not only those that changes touch"},
    {"boundaries", 0, "reported|current",
     "current: also keep totals by the divisions of today (v_total_today)"},
    {"as-of", 0, "DATE", "also keep totals as they stood at the end of that day (v_total_as_of)"},
    {"drop", 0, "BASIS", "forget kept totals: today, or \"as-of DATE\" (v_basis lists them)"},
    {0},
};

static const struct example examples[] = {
    {"Bring the totals up to date after an import", "gongkai rollup"},
    {"Make them from scratch; the result is the same to the byte", "gongkai rollup --all"},
    {"How much there is to do", "gongkai rollup --dry-run --json"},
    {"Totals by the divisions of today, kept up to date from now on",
     "gongkai rollup --boundaries current"},
    {"Totals as they stood on the last of March", "gongkai rollup --as-of 2024-03-31"},
    {0},
};

const struct command command_rollup = {
    .name = "rollup",
    .summary = "bring the totals up to date",
    .arguments = "",
    .details = "Adds up the agencies' current own reports, each once, to county, city, province and "
               "nation, for 本级 and 本行政区域; only what changes touch is computed again. See the "
               "views v_total, v_series, v_rate, v_coverage, v_missing, v_composite. v_total_best has "
               "the totals where a composite stands in for a region without own reports.",
    .options = options,
    .examples = examples,
    .traits = COMMAND_WRITES | COMMAND_FIGURES,
    .run = run,
};
