/* import: files, folders, archives and standard input into the warehouse. */
#include "cmd/intake.h"
#include "core/base/lang.h"

/* The figures of a run, for people or programs. */
void intake_show(struct session *session)
{
    const struct run_counts *c = &session->counts;
    if (session->json) {
        struct json json = session_json(session);
        json_object(&json, NULL);
        json_int(&json, "run_id", session->run_id);
        json_int(&json, "read", c->read);
        json_int(&json, "loaded", c->loaded);
        json_int(&json, "unchanged", c->unchanged);
        json_int(&json, "rejected", c->rejected);
        json_int(&json, "new_rejects", c->new_rejects);
        json_int(&json, "new_reports", c->reports);
        json_int(&json, "revisions", c->revisions);
        json_int(&json, "duplicates", c->duplicates);
        json_bool(&json, "dry_run", session->dry_run);
        json_end_object(&json);
        json_finish(&json);
        return;
    }
    fprintf(session->out, tr("read %lld = loaded %lld + unchanged %lld + rejected %lld\n"),
            (long long)c->read, (long long)c->loaded, (long long)c->unchanged,
            (long long)c->rejected);
    fprintf(session->out, tr("reports: %lld new, %lld revised, %lld known already\n"),
            (long long)c->reports, (long long)c->revisions, (long long)c->duplicates);
    if (session->dry_run)
        fputs(tr("nothing was written (--dry-run)\n"), session->out);
}

int intake_exit(struct session *session)
{
    const struct run_counts *c = &session->counts;
    if (c->new_rejects == 0) {
        err_set(&session->closing, ERR_NONE, "all well: %lld read, %lld loaded, %lld unchanged",
                (long long)c->read, (long long)c->loaded, (long long)c->unchanged);
        return EXIT_WELL;
    }
    err_set(&session->closing, ERR_NONE, "done, but %lld inputs or reports were rejected that were "
                                         "not known rejects; v_reject and `gongkai status` list "
                                         "them", (long long)c->new_rejects);
    return EXIT_REJECTS;
}

int intake_run(struct session *session, const struct intake_options *options, char *const *paths,
               int count, struct err *err)
{
    struct intake intake;
    if (options->division.n && session_division(session, options->division, err) < 0)
        return -1;
    if (intake_open(&intake, session, options, err) < 0)
        return -1;
    for (int i = 0; i < count && intake.progress; i++)
        intake.expected += intake_progress_expected(paths[i]);
    int status = warehouse_begin(session->warehouse, err);
    for (int i = 0; i < count && status == 0; i++)
        status = intake_path(&intake, paths[i], err);
    if (status == 0)
        status = intake_drain(&intake, err);
    intake_close(&intake);
    return status;
}

static int run(struct session *session, struct err *err)
{
    struct intake_options options;
    if (intake_options_read(session, &options, err) < 0 || session_write(session, err) < 0 ||
        intake_run(session, &options, session->arguments, session->argument_count, err) < 0)
        return -1;
    int code = intake_exit(session);
    if (session_end_run(session, code, err) < 0 || warehouse_commit(session->warehouse, err) < 0)
        return -1;
    intake_show(session);
    return code;
}

static const struct option_row options_table[] = {INTAKE_OPTIONS, {0}};

static const struct example examples[] = {
    {"Import a folder of reports, with all folders below it", "gongkai import inbox/"},
    {"Say what a file does not say itself",
     "gongkai import --agency 常德市教育局 --year 2023 report.txt"},
    {"Import an archive, and a page from standard input",
     "curl -s https://example.org/report.html | gongkai import reports.zip -"},
    {"See what would happen", "gongkai import --dry-run inbox/"},
    {0},
};

const struct command command_import = {
    .name = "import",
    .summary = "read files, folders, archives or standard input (-) into the warehouse",
    .arguments = "PATH...",
    .details = "Any mix of formats, told apart by content: text, CSV, HTML, XLSX and DOCX; PDF where "
               "pdftotext is installed; old Word, Excel and WPS files, RTF and OpenDocument where "
               "LibreOffice is; packed or not. Folders are read with all below them, in the order of "
               "names; links are not followed, names that begin with a dot are left out. A file that "
               "has not changed is not read again. A file that cannot be taken is rejected with file, "
               "line and reason, and its bytes are kept; all others load.",
    .options = options_table,
    .examples = examples,
    .traits = COMMAND_WRITES | COMMAND_FIGURES | COMMAND_FILLS,
    .least = 1,
    .most = -1,
    .run = run,
};
