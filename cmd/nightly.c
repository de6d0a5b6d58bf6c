/* nightly: the job that nobody watches: import, rules, totals, files; one closing line. */
#include <stdlib.h>
#include <sys/stat.h>

#include "cmd/intake.h"
#include "cmd/output.h"
#include "core/check/check.h"
#include "core/export/export.h"
#include "core/rollup/rollup.h"
#include "core/store/statement.h"

/* What the night has brought. */
struct night {
    struct check_result check;
    struct rollup_result rollup;
    struct package_counts files;
    int64_t checked, errors, warnings;
};

static int count_findings(struct session *session, struct night *night, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(session->warehouse, "status.findings", err);
    int got = stmt ? statement_next(session->warehouse, stmt, err) : -1;
    if (got <= 0)
        return got;
    night->errors = sqlite3_column_int64(stmt, 0);
    night->warnings = sqlite3_column_int64(stmt, 1);
    sqlite3_reset(stmt);
    return 0;
}

/* All that is stored, in one transaction: analysts see last night's state or this one's. */
static int store(struct session *session, const struct intake_options *options, char *inbox,
                 struct night *night, int *code, struct err *err)
{
    struct warehouse *w = session->warehouse;
    if (intake_run(session, options, &inbox, 1, err) < 0 ||
        check_update(w, false, session_stopped, &night->check, err) < 0 ||
        rollup_update(w, false, &night->rollup, err) < 0 || count_findings(session, night, err) < 0)
        return -1;
    night->checked = night->check.reports;
    *code = session->counts.new_rejects ? EXIT_REJECTS : EXIT_WELL;
    if (night->errors && session_flag(session, "fail-on-findings"))
        *code = EXIT_FINDINGS;
    if (session_end_run(session, *code, err) < 0)
        return -1;
    return warehouse_commit(w, err);
}

static int write_files(struct session *session, struct night *night, struct err *err)
{
    struct export_options options = {
        .folder = session_option(session, "out"),
        .bom = !session_flag(session, "no-bom"),
        .dry = session->dry_run,
        .lazy = true,
        .stopped = session_stopped,
        .also = "",
    };
    if (export_all(session->warehouse, &options, &night->files, err) < 0)
        return -1;
    return session_flag(session, "page") ? output_pages(session, options.folder, true, &night->files, err)
                                          : 0;
}

static void close_with(struct session *session, const struct night *night, int code)
{
    const struct run_counts *c = &session->counts;
    const char *format =
        code == EXIT_FINDINGS
            ? "errors stand; read %lld = loaded %lld + unchanged %lld + rejected %lld; %lld errors and "
              "%lld warnings stand; %lld reports checked; %u files, %u changed"
        : code == EXIT_REJECTS
            ? "new rejects; read %lld = loaded %lld + unchanged %lld + rejected %lld; %lld errors and "
              "%lld warnings stand; %lld reports checked; %u files, %u changed"
            : "all well; read %lld = loaded %lld + unchanged %lld + rejected %lld; %lld errors and "
              "%lld warnings stand; %lld reports checked; %u files, %u changed";
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    err_set(&session->closing, ERR_NONE, format, (long long)c->read, (long long)c->loaded,
            (long long)c->unchanged, (long long)c->rejected, (long long)night->errors,
            (long long)night->warnings, (long long)night->checked, night->files.files,
            night->files.changed);
#pragma GCC diagnostic pop
}

static void show_json(struct session *session, const struct night *night, int code)
{
    const struct run_counts *c = &session->counts;
    struct json json = session_json(session);
    json_object(&json, NULL);
    json_int(&json, "run_id", session->run_id);
    json_int(&json, "read", c->read);
    json_int(&json, "loaded", c->loaded);
    json_int(&json, "unchanged", c->unchanged);
    json_int(&json, "rejected", c->rejected);
    json_int(&json, "new_rejects", c->new_rejects);
    json_int(&json, "reports_checked", night->checked);
    json_int(&json, "errors", night->errors);
    json_int(&json, "warnings", night->warnings);
    json_int(&json, "files", night->files.files);
    json_int(&json, "files_changed", night->files.changed);
    json_int(&json, "exit_code", code);
    json_end_object(&json);
    json_finish(&json);
}

static int read_options(struct session *session, struct intake_options *options, char **inbox,
                        struct err *err)
{
    struct stat st;
    *inbox = (char *)session_option(session, "inbox");
    if (!*inbox || !session_option(session, "out"))
        return err_set(err, ERR_USAGE, "nightly needs --inbox DIR and --out DIR");
    if (stat(*inbox, &st) < 0 || !S_ISDIR(st.st_mode))
        return err_set(err, ERR_USAGE, "the inbox %s is no folder", *inbox);
    if (output_folder(session, session_option(session, "out"), *inbox, err) < 0 ||
        intake_options_read(session, options, err) < 0)
        return -1;
    options->leave_out = session_option(session, "out");
    return 0;
}

static int run(struct session *session, struct err *err)
{
    struct intake_options options;
    struct night night = {0};
    char *inbox;
    int code = EXIT_WELL;
    if (read_options(session, &options, &inbox, err) < 0 || session_write(session, err) < 0)
        return -1;
    int status = store(session, &options, inbox, &night, &code, err);
    check_result_free(&night.check);
    if (status < 0)
        return -1;
    if (write_files(session, &night, err) < 0) {
        session->run_ended = false; /* what is stored stands; how the run ended is recorded anew */
        return -1;
    }
    close_with(session, &night, code);
    if (session->json)
        show_json(session, &night, code);
    return code;
}

static const struct option_row options_table[] = {
    {"inbox", 0, "DIR", "the folder that the agencies' reports are put into"},
    {"out", 0, "DIR", "the folder that the summary files are written to"},
    {"fail-on-findings", 0, NULL, "exit code 4 when errors stand that are not waived"},
    {"page", 0, NULL, "write the overview too: static pages in DIR/page, one a region"},
    {"no-bom", 0, NULL, "no byte order mark: for programs; Excel wants one"},
    INTAKE_OPTIONS,
    {0},
};

static const struct example examples[] = {
    {"A line for cron: silent unless something is wrong",
     "30 2 * * * gongkai nightly -q --warehouse /srv/gongkai.db --inbox /srv/inbox --out /srv/out"},
    {"Stop when far more is rejected than usual",
     "gongkai nightly --inbox inbox --out out --max-rejects 20"},
    {0},
};

const struct command command_nightly = {
    .name = "nightly",
    .summary = "lock, import the inbox, check, roll up, export; one closing line",
    .arguments = "",
    .details = "What is stored is stored in one transaction: when the run is stopped (SIGTERM) or "
               "dies, the state of the last finished run stands, and the next run does the work. "
               "Files that could not be taken are left where they are; they count once as rejects "
               "(exit code 3), and as unchanged from then on.",
    .options = options_table,
    .examples = examples,
    .traits = COMMAND_WRITES | COMMAND_FIGURES | COMMAND_FILLS,
    .run = run,
};
