/* reread: recognises the kept originals again, after an upgrade or a changed register or manifest. */
#include "cmd/reread.h"

#include <stdlib.h>

#include "core/base/lang.h"
#include "core/store/statement.h"

/* The ids first: reading again changes what the query would find. */
static int list_sources(struct warehouse *w, int64_t **out, size_t *count, struct err *err)
{
    int got = 0;
    int64_t *ids = NULL;
    size_t n = 0, capacity = 0;
    sqlite3_stmt *stmt = warehouse_statement(w, "store.reread_sources", err);
    while (stmt && (got = statement_next(w, stmt, err)) > 0) {
        if (n == capacity) {
            capacity = capacity ? capacity * 2 : 256;
            int64_t *more = realloc(ids, capacity * sizeof *more);
            if (!more) {
                sqlite3_reset(stmt);
                free(ids);
                return err_refused(err);
            }
            ids = more;
        }
        ids[n++] = sqlite3_column_int64(stmt, 0);
    }
    if (!stmt || got < 0) {
        free(ids);
        return -1;
    }
    *out = ids;
    *count = n;
    return 0;
}

static int reread_all(struct intake *intake, struct reread_counts *counts, struct err *err)
{
    struct rereading r = rereading_new(intake, counts);
    int64_t *ids = NULL;
    size_t count = 0;
    int status = list_sources(intake->warehouse, &ids, &count, err);
    for (size_t i = 0; i < count && status == 0; i++) {
        r.source_id = ids[i];
        status = session_stopped()
                     ? err_set(err, ERR_SYSTEM, "the run was asked to stop: nothing of it was kept")
                     : reread_source(&r, err);
    }
    if (status == 0)
        status = agencies_sweep(intake->warehouse, NULL, err);
    free(ids);
    rereading_free(&r);
    return status;
}

static void show(struct session *session, const struct reread_counts *c)
{
    const struct run_counts *run = &session->counts;
    if (session->json) {
        struct json json = session_json(session);
        json_object(&json, NULL);
        json_int(&json, "run_id", session->run_id);
        json_int(&json, "read", run->read);
        json_int(&json, "loaded", run->loaded);
        json_int(&json, "unchanged", run->unchanged);
        json_int(&json, "rejected", run->rejected);
        json_int(&json, "figures_changed", c->figures);
        json_int(&json, "words_changed", c->words);
        json_int(&json, "moved", c->moved);
        json_int(&json, "added", c->added);
        json_int(&json, "gone", c->gone);
        json_int(&json, "not_kept", c->not_kept);
        json_end_object(&json);
        json_finish(&json);
        return;
    }
    fprintf(session->out, tr("read %lld = loaded %lld + unchanged %lld + rejected %lld\n"),
            (long long)run->read, (long long)run->loaded, (long long)run->unchanged,
            (long long)run->rejected);
    fprintf(session->out, tr("reports: %lld with other figures, %lld with other words alone, %lld of "
                             "another agency, year or scope, %lld new, %lld gone; %lld originals not "
                             "kept\n"),
            (long long)c->figures, (long long)c->words, (long long)c->moved, (long long)c->added,
            (long long)c->gone, (long long)c->not_kept);
}

static int run(struct session *session, struct err *err)
{
    struct intake_options options = {.keep_originals = true, .max_rejects = -1,
                                     .manifest = session_option(session, "manifest")};
    struct reread_counts counts = {0};
    struct intake intake;
    if (session_number(session, "max-rejects", 0, 100000000, -1, &options.max_rejects, err) < 0 ||
        session_write(session, err) < 0 || intake_open(&intake, session, &options, err) < 0)
        return -1;
    int status = warehouse_begin(session->warehouse, err);
    if (status == 0)
        status = reread_all(&intake, &counts, err);
    if (status == 0)
        status = intake_too_many(&intake, err);
    intake_close(&intake);
    if (status < 0)
        return -1;
    int code = intake_exit(session);
    if (session_end_run(session, code, err) < 0 || warehouse_commit(session->warehouse, err) < 0)
        return -1;
    show(session, &counts);
    return code;
}

static const struct option_row options_table[] = {
    {"manifest", 0, "FILE", "a CSV (path,agency,division,year,scope) that says it file by file"},
    {"max-rejects", 0, "N", "commit nothing when more inputs are rejected"},
    {0},
};

static const struct example examples[] = {
    {"After an upgrade: what would be read differently", "gongkai reread --dry-run"},
    {"After new agencies and aliases were registered", "gongkai reread"},
    {"With a manifest that says more", "gongkai reread --manifest manifest.csv"},
    {0},
};

const struct command command_reread = {
    .name = "reread",
    .summary = "recognise the kept originals again, after an upgrade or a changed register",
    .arguments = "",
    .details = "A report keeps its number and revision; what has changed is said, report by report: "
               "its figures, its words, or whose it is. Rejects are tried again too. What was said "
               "at the import (--agency, a manifest) still holds unless a manifest says otherwise. "
               "Reports that a person gave to another agency or year stay there.",
    .options = options_table,
    .examples = examples,
    .traits = COMMAND_WRITES | COMMAND_FIGURES,
    .run = run,
};
