/* status: what is in the warehouse, what is missing, how the last runs ended, in ten lines. */
#include <string.h>

#include "cmd/session.h"
#include "core/base/lang.h"
#include "core/base/visible.h"
#include "core/store/statement.h"

enum { YEARS = 3, RUNS = 3, FIGURES = 5 };

struct year_line {
    int64_t year, expected, received, missing;
};

struct run_line {
    int64_t run_id, read, loaded, unchanged, rejected, exit_code;
    char command[24], started[32];
    bool finished;
};

/* All that is shown. */
struct picture {
    int64_t reports[FIGURES];   /* current, own, composite, first and last year */
    int64_t revisions[FIGURES]; /* older ones, withdrawn; sources, originals */
    int64_t agencies[FIGURES];  /* registered, provisional, without a division */
    int64_t findings[FIGURES];  /* errors, warnings, waived */
    int64_t rejects[FIGURES];   /* standing */
    char reject_source[300], reject_reason[64];
    int64_t unchecked, unadded; /* changes that check and rollup have not seen */
    struct year_line years[YEARS];
    struct run_line runs[RUNS];
    int year_count, run_count;
};

/* The first row of a statement as integers. */
static int figures(struct warehouse *w, const char *name, const char *parameter,
                   int64_t out[FIGURES], struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(w, name, err);
    if (!stmt)
        return -1;
    if (parameter)
        bind_str(stmt, 1, str_from(parameter));
    int got = statement_next(w, stmt, err);
    if (got < 0)
        return -1;
    for (int i = 0; got && i < FIGURES && i < sqlite3_column_count(stmt); i++)
        out[i] = sqlite3_column_int64(stmt, i);
    sqlite3_reset(stmt);
    return 0;
}

static void keep(char *to, size_t size, struct str s)
{
    struct buf shown = buf_new(size - 1);
    visible_add(&shown, s);
    struct str text = buf_str(&shown);
    size_t n = text.n < size - 1 ? text.n : size - 1;
    if (n)
        memcpy(to, text.p, n);
    to[n] = 0;
    buf_free(&shown);
}

static int read_years(struct warehouse *w, struct picture *p, struct err *err)
{
    int got = 0;
    sqlite3_stmt *stmt = warehouse_statement(w, "status.missing", err);
    while (stmt && (got = statement_next(w, stmt, err)) > 0 && p->year_count < YEARS)
        p->years[p->year_count++] = (struct year_line){
            sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1),
            sqlite3_column_int64(stmt, 2), sqlite3_column_int64(stmt, 3)};
    sqlite3_reset(stmt);
    return stmt && got >= 0 ? 0 : -1;
}

static int read_runs(struct warehouse *w, struct picture *p, struct err *err)
{
    int got = 0;
    sqlite3_stmt *stmt = warehouse_statement(w, "status.runs", err);
    while (stmt && (got = statement_next(w, stmt, err)) > 0 && p->run_count < RUNS) {
        struct run_line *r = &p->runs[p->run_count++];
        r->run_id = sqlite3_column_int64(stmt, 0);
        keep(r->command, sizeof r->command, column_str(stmt, 1));
        keep(r->started, sizeof r->started, column_str(stmt, 2));
        r->finished = sqlite3_column_type(stmt, 3) != SQLITE_NULL;
        r->read = sqlite3_column_int64(stmt, 4);
        r->loaded = sqlite3_column_int64(stmt, 5);
        r->unchanged = sqlite3_column_int64(stmt, 6);
        r->rejected = sqlite3_column_int64(stmt, 7);
        r->exit_code = sqlite3_column_int64(stmt, 8);
    }
    sqlite3_reset(stmt);
    return stmt && got >= 0 ? 0 : -1;
}

static int read_rejects(struct warehouse *w, struct picture *p, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(w, "status.rejects", err);
    int got = stmt ? statement_next(w, stmt, err) : -1;
    if (got <= 0)
        return got;
    p->rejects[0] = sqlite3_column_int64(stmt, 0);
    keep(p->reject_source, sizeof p->reject_source, column_str(stmt, 1));
    keep(p->reject_reason, sizeof p->reject_reason, column_str(stmt, 2));
    sqlite3_reset(stmt);
    return 0;
}

static int look(struct warehouse *w, struct picture *p, struct err *err)
{
    int64_t behind[FIGURES] = {0};
    if (figures(w, "status.reports", NULL, p->reports, err) < 0 ||
        figures(w, "status.revisions", NULL, p->revisions, err) < 0 ||
        figures(w, "status.agencies", NULL, p->agencies, err) < 0 ||
        figures(w, "status.findings", NULL, p->findings, err) < 0 ||
        figures(w, "status.behind", "check", behind, err) < 0)
        return -1;
    p->unchecked = behind[0];
    if (figures(w, "status.behind", "rollup", behind, err) < 0 || read_rejects(w, p, err) < 0 ||
        read_years(w, p, err) < 0)
        return -1;
    p->unadded = behind[0];
    return read_runs(w, p, err);
}

static void show_run(FILE *out, const struct run_line *r)
{
    fprintf(out, tr("run %lld: %s at %s, "), (long long)r->run_id, r->command, r->started);
    if (!r->finished) {
        fputs(tr("under way, or was stopped\n"), out);
        return;
    }
    fprintf(out, tr("exit %lld; read %lld = loaded %lld + unchanged %lld + rejected %lld\n"),
            (long long)r->exit_code, (long long)r->read, (long long)r->loaded,
            (long long)r->unchanged, (long long)r->rejected);
}

static void show_text(FILE *out, const char *path, const struct picture *p)
{
    fprintf(out, tr("warehouse: %s, %lld inputs met, %lld originals\n"), path,
            (long long)p->revisions[2], (long long)p->revisions[3]);
    fprintf(out, tr("reports: %lld current (%lld own, %lld composite), years %lld to %lld; "
                    "%lld older revisions, %lld withdrawals\n"),
            (long long)p->reports[0], (long long)p->reports[1], (long long)p->reports[2],
            (long long)p->reports[3], (long long)p->reports[4], (long long)p->revisions[0],
            (long long)p->revisions[1]);
    fprintf(out, tr("agencies: %lld registered, %lld provisional, %lld without a division\n"),
            (long long)p->agencies[0], (long long)p->agencies[1], (long long)p->agencies[2]);
    fputs(tr("missing:"), out);
    for (int i = 0; i < p->year_count; i++)
        fprintf(out, tr(" %lld: %lld of %lld expected;"), (long long)p->years[i].year,
                (long long)p->years[i].missing, (long long)p->years[i].expected);
    fputs(p->unadded ? tr(" totals are behind, run gongkai rollup\n")
                     : tr(" totals are up to date\n"), out);
    if (p->rejects[0])
        fprintf(out, tr("rejects: %lld stand, the last one %s (%s); --rejects lists them\n"),
                (long long)p->rejects[0], p->reject_source, p->reject_reason);
    else
        fputs(tr("rejects: none stand\n"), out);
    fprintf(out, tr("findings: %lld errors, %lld warnings, %lld waived; "), (long long)p->findings[0],
            (long long)p->findings[1], (long long)p->findings[2]);
    fputs(p->unchecked ? tr("rules are behind, run gongkai check\n") : tr("all reports checked\n"),
          out);
    for (int i = 0; i < p->run_count; i++)
        show_run(out, &p->runs[i]);
}

/* Every standing reject, for programs. */
static int json_rejects(struct session *session, struct json *json, struct err *err)
{
    int got = 0;
    sqlite3_stmt *stmt = warehouse_statement(session->warehouse, "status.reject_list", err);
    json_array(json, "rejects");
    while (stmt && (got = statement_next(session->warehouse, stmt, err)) > 0) {
        json_object(json, NULL);
        json_int(json, "run_id", sqlite3_column_int64(stmt, 0));
        json_str(json, "source", column_str(stmt, 1));
        json_int(json, "line", sqlite3_column_int64(stmt, 2));
        json_str(json, "reason", column_str(stmt, 3));
        json_str(json, "message", column_str(stmt, lang_get() == LANG_ZH ? 5 : 4));
        json_end_object(json);
    }
    json_end_array(json);
    return stmt && got >= 0 ? 0 : -1;
}

static int show_json(struct session *session, const struct picture *p, struct err *err)
{
    struct json json = session_json(session);
    json_object(&json, NULL);
    json_text(&json, "warehouse", session->warehouse_path);
    json_int(&json, "reports", p->reports[0]);
    json_int(&json, "own", p->reports[1]);
    json_int(&json, "composite", p->reports[2]);
    json_int(&json, "first_year", p->reports[3]);
    json_int(&json, "last_year", p->reports[4]);
    json_int(&json, "older_revisions", p->revisions[0]);
    json_int(&json, "withdrawals", p->revisions[1]);
    json_int(&json, "inputs", p->revisions[2]);
    json_int(&json, "originals", p->revisions[3]);
    json_int(&json, "agencies_registered", p->agencies[0]);
    json_int(&json, "agencies_provisional", p->agencies[1]);
    json_int(&json, "agencies_without_division", p->agencies[2]);
    json_int(&json, "errors", p->findings[0]);
    json_int(&json, "warnings", p->findings[1]);
    json_int(&json, "waived", p->findings[2]);
    json_int(&json, "unchecked_changes", p->unchecked);
    json_int(&json, "unadded_changes", p->unadded);
    json_array(&json, "coverage");
    for (int i = 0; i < p->year_count; i++) {
        json_object(&json, NULL);
        json_int(&json, "year", p->years[i].year);
        json_int(&json, "expected", p->years[i].expected);
        json_int(&json, "received", p->years[i].received);
        json_int(&json, "missing", p->years[i].missing);
        json_end_object(&json);
    }
    json_end_array(&json);
    int status = json_rejects(session, &json, err);
    json_array(&json, "runs");
    for (int i = 0; i < p->run_count; i++) {
        const struct run_line *r = &p->runs[i];
        json_object(&json, NULL);
        json_int(&json, "run_id", r->run_id);
        json_text(&json, "command", r->command);
        json_text(&json, "started_at", r->started);
        json_int(&json, "read", r->read);
        json_int(&json, "loaded", r->loaded);
        json_int(&json, "unchanged", r->unchanged);
        json_int(&json, "rejected", r->rejected);
        if (r->finished)
            json_int(&json, "exit_code", r->exit_code);
        else
            json_null(&json, "exit_code");
        json_end_object(&json);
    }
    json_end_array(&json);
    json_end_object(&json);
    json_finish(&json);
    return status;
}

/* Every standing reject, a line each, for people. */
static int show_rejects(struct session *session, struct err *err)
{
    int got = 0;
    struct buf line = buf_new(1 << 20);
    sqlite3_stmt *stmt = warehouse_statement(session->warehouse, "status.reject_list", err);
    while (stmt && (got = statement_next(session->warehouse, stmt, err)) > 0) {
        buf_reset(&line);
        visible_add(&line, column_str(stmt, 1));
        buf_text(&line, ": ");
        visible_add(&line, column_str(stmt, lang_get() == LANG_ZH ? 5 : 4));
        fprintf(session->out, tr("%.*s (run %lld, %s)\n"), STR_ARG(buf_str(&line)),
                (long long)sqlite3_column_int64(stmt, 0), (const char *)sqlite3_column_text(stmt, 3));
    }
    buf_free(&line);
    return stmt && got >= 0 ? EXIT_WELL : -1;
}

static int run(struct session *session, struct err *err)
{
    struct picture picture = {0};
    if (session_read(session, err) < 0)
        return -1;
    if (session_flag(session, "rejects") && !session->json)
        return show_rejects(session, err);
    if (look(session->warehouse, &picture, err) < 0)
        return -1;
    if (session->json)
        return show_json(session, &picture, err) < 0 ? -1 : EXIT_WELL;
    show_text(session->out, session->warehouse_path, &picture);
    return EXIT_WELL;
}

static const struct option_row options_table[] = {
    {"rejects", 0, NULL, "list every file and report that could not be taken, and why"},
    {0},
};

static const struct example examples[] = {
    {"What is in the warehouse of this folder", "gongkai status"},
    {"Which files were refused, and what to do about them", "gongkai status --rejects"},
    {"All of it for another program, every standing reject too",
     "gongkai status --json --warehouse /srv/gongkai.db"},
    {0},
};

const struct command command_status = {
    .name = "status",
    .summary = "what is in the warehouse, what is missing, how the last runs ended",
    .arguments = "",
    .details = "",
    .options = options_table,
    .examples = examples,
    .traits = COMMAND_FIGURES,
    .run = run,
};
