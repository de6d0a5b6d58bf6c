/* One input: what is recognised in it is stored, or it is rejected and leaves nothing else. */
#include <string.h>

#include "cmd/intake.h"
#include "core/base/lang.h"
#include "core/store/report_store.h"
#include "core/store/statement.h"
#include "importers/archive.h"
#include "importers/importer.h"

enum { DOCUMENT_MOST = 64 << 20, REJECTS_LOGGED = 20 };

/* An input in the works. */
struct taking {
    struct intake *intake;
    const struct intake_input *input;
    struct context context;
    int64_t original_id, source_id;
    int64_t reports, rejects, new_rejects; /* of this input */
    bool agencies_made;
};

static void say_reject(struct taking *t, const struct err *why)
{
    struct log *log = &t->intake->session->log;
    if (t->rejects < REJECTS_LOGGED) {
        log_err(log, LOG_WARNING, "reject", t->input->place.path, why);
    } else if (t->rejects == REJECTS_LOGGED) {
        log_begin(log, LOG_WARNING, "reject");
        log_str(log, "source", t->input->place.path);
        log_end(log, tr("more reports of this file are rejected; v_reject lists them"));
    }
}

/* A report of a file of many that cannot be taken: the others can. */
static int reject_report(struct taking *t, const struct declared *whose, const struct err *why,
                         struct err *err)
{
    struct buf words = buf_new(4096);
    if (whose && (whose->agency.n || whose->year))
        buf_printf(&words, "%.*s/%d/%.*s", STR_ARG(whose->agency), whose->year,
                   STR_ARG(whose->scope));
    struct warehouse *w = t->intake->warehouse;
    int64_t run_id = t->intake->session->run_id;
    bool known = false;
    int status = 0;
    if (t->input->size > 0) /* what could not be read has no bytes to be known by */
        status = reject_is_known(w, run_id, t->source_id, t->original_id, buf_str(&words), why, &known,
                                 err);
    if (!known)
        say_reject(t, why);
    t->rejects++;
    t->new_rejects += !known;
    if (status == 0)
        status = reject_put(w, run_id, t->source_id, buf_str(&words), why, err);
    buf_free(&words);
    return status;
}

static void say_stored(struct taking *t, const struct stored_report *stored,
                       const struct report *report)
{
    static const char *const events[] = {NULL, "revision", "older", NULL, "restored", "withdrawn"};
    struct run_counts *counts = &t->intake->session->counts;
    struct log *log = &t->intake->session->log;
    counts->reports += stored->how == STORED_NEW;
    bool again = stored->how == STORED_AGAIN || stored->how == STORED_WITHDRAWN;
    counts->duplicates += again;
    counts->revisions += stored->how != STORED_NEW && !again;
    if (!events[stored->how])
        return;
    log_begin(log, LOG_INFO, events[stored->how]);
    log_str(log, "source", t->input->place.path);
    log_str(log, "agency", report->agency);
    log_int(log, "year", report->year);
    log_int(log, "revision", stored->revision);
    bool stays = stored->how == STORED_WITHDRAWN;
    log_end(log, stays ? tr("this report was withdrawn or given away by a person, and stays so; see "
                            "v_withdrawal")
                       : NULL);
}

/* Current reports that only earlier versions of this path stated: the file may have been corrected
 * to be another agency's or year's. A person decides; nothing is taken out by itself. */
static int say_left_behind(struct taking *t, struct err *err)
{
    struct warehouse *w = t->intake->warehouse;
    struct log *log = &t->intake->session->log;
    sqlite3_stmt *stmt = warehouse_statement(w, "store.left_behind", err);
    int got = 0;
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, t->source_id);
    while ((got = statement_next(w, stmt, err)) > 0) {
        log_begin(log, LOG_WARNING, "left-behind");
        log_str(log, "source", t->input->place.path);
        log_int(log, "report", sqlite3_column_int64(stmt, 0));
        log_str(log, "agency", column_str(stmt, 1));
        log_int(log, "year", sqlite3_column_int64(stmt, 2));
        log_end(log, tr("the file no longer states this report, which still counts; withdraw it if it "
                        "was wrong"));
    }
    return got;
}

static int store(struct taking *t, struct report *report, struct err *err)
{
    struct intake *intake = t->intake;
    struct agency_match match;
    struct stored_report stored;
    if (report->agency.n == 0)
        return err_reject(err, "no-agency", report->line, "the agency cannot be told from the file; "
                          "say it with --agency or a manifest");
    if (report->year == 0)
        return err_reject(err, "no-year", report->line, "the year cannot be told from the file; say "
                          "it with --year or a manifest");
    if (intake_match(intake, report, t->source_id, &match, err) < 0)
        return -1;
    t->agencies_made = t->agencies_made || match.made;
    struct report_key key = {match.agency_id, report->year, match.scope};
    struct report_origin origin = {intake->session->run_id, t->source_id,
                                   intake->options.keep_originals, NULL};
    if (report_store(intake->warehouse, &key, &origin, report, &stored, err) < 0)
        return -1;
    say_stored(t, &stored, report);
    t->reports++;
    return 0;
}

static int take_document(void *self, struct document *doc, struct err *err)
{
    struct taking *t = self;
    struct report *report = NULL;
    arena_reset(&t->intake->scratch);
    int status = recognise(t->intake->recogniser, doc, &t->context, &t->intake->scratch, &report,
                           err);
    if (status == 0)
        status = store(t, report, err);
    if (status == 0 || err->kind != ERR_INPUT)
        return status;
    struct err why = *err;
    return reject_report(t, &doc->declared, &why, err);
}

static int take_reject(void *self, const struct declared *whose, const struct err *why)
{
    struct err err = {0};
    return reject_report(self, whose, why, &err);
}

static void take_note(void *self, const struct err *what)
{
    struct taking *t = self;
    log_err(&t->intake->session->log, LOG_INFO, "note", t->input->place.path, what);
}

/* The bytes and the source; `keep`: the bytes are kept. */
static int record(struct taking *t, const char *format, bool keep, struct err *err)
{
    const struct intake_input *input = t->input;
    struct intake *intake = t->intake;
    struct original_name name = {input->place.path, input->place.stamp.time / 1000000000};
    struct warehouse *w = intake->warehouse;
    int status;
    if (input->incoming && keep)
        status = original_put_incoming(w, input->incoming, &name, &t->original_id, err);
    else if (input->bytes.p || !keep)
        status = original_put(w, input->sha256, input->size,
                              keep ? input->bytes : (struct str){0}, &name, &t->original_id, err);
    else
        status = intake_keep_long(intake, input, &name, &t->original_id, err);
    if (status < 0)
        return -1;
    return source_put(w, &input->place, t->original_id, format, buf_str(&intake->hints),
                      intake->session->run_id, &t->source_id, err);
}

/* Undoes all that this input has stored. */
static int undo(struct taking *t, struct err *err)
{
    struct intake *intake = t->intake;
    if (warehouse_run_script(intake->warehouse, "ROLLBACK TO input", err) < 0)
        return -1;
    if (!t->agencies_made)
        return 0;
    agencies_close(intake->agencies);
    intake->agencies = NULL;
    return agencies_open(&intake->agencies, intake->warehouse, err);
}

static int finish(struct taking *t, struct err *err)
{
    struct run_counts *counts = &t->intake->session->counts;
    counts->read++;
    counts->loaded += t->reports > 0;
    counts->rejected += t->reports == 0 && t->new_rejects > 0;
    counts->unchanged += t->reports == 0 && t->new_rejects == 0;
    counts->new_rejects += t->new_rejects;
    return warehouse_run_script(t->intake->warehouse, "RELEASE input", err);
}

static int begin(struct taking *t, struct err *err)
{
    return warehouse_run_script(t->intake->warehouse, "SAVEPOINT input", err);
}

/* The input as a whole is rejected. */
static int reject_input(struct taking *t, const char *format, const struct err *why,
                        struct err *err)
{
    struct intake *intake = t->intake;
    t->reports = t->rejects = t->new_rejects = 0;
    if (record(t, format, true, err) < 0 ||
        reject_settle(intake->warehouse, intake->session->run_id, &t->input->place, err) < 0)
        return -1;
    return reject_report(t, NULL, why, err);
}

int intake_take(struct intake *intake, const struct intake_input *input, struct stream *in,
                struct err *err)
{
    struct taking t = {.intake = intake, .input = input};
    struct document_sink sink = {take_document, take_reject, take_note, &t};
    struct import_options options = {intake->options.encoding, input->place.path, DOCUMENT_MOST};
    struct run_counts before = intake->session->counts;
    const struct importer *importer = NULL;
    struct str head = {0};
    if (intake_context(intake, input->place.path, input->real, &t.context, err) < 0 ||
        begin(&t, err) < 0)
        return -1;
    int status = stream_peek(in, STREAM_PEEK, &head, err);
    const char *format = "";
    if (status == 0) {
        importer = importer_for(head, &options);
        format = importer->name;
        status = record(&t, format, intake->options.keep_originals, err);
    }
    if (status == 0)
        status = reject_settle(intake->warehouse, intake->session->run_id, &input->place, err);
    if (status == 0)
        status = importer->read(in, &options, &sink, err);
    if (status == 0 && t.reports == 0 && t.rejects == 0)
        status = err_reject(err, "empty", 0, "there is no report in it");
    if (status < 0) {
        if (err->kind != ERR_INPUT)
            return -1;
        struct err why = *err;
        intake->session->counts = before;
        if (undo(&t, err) < 0 || reject_input(&t, format, &why, err) < 0)
            return -1;
    } else if (t.rejects > 0 && !intake->options.keep_originals && record(&t, format, true, err) < 0) {
        return -1; /* the bytes of what was rejected are kept in any case */
    }
    if (t.reports > 0 && say_left_behind(&t, err) < 0)
        return -1;
    return finish(&t, err);
}

int intake_refuse(struct intake *intake, const struct intake_input *input, const struct err *why,
                  struct err *err)
{
    struct taking t = {.intake = intake, .input = input};
    if (begin(&t, err) < 0 || reject_input(&t, "", why, err) < 0)
        return -1;
    return finish(&t, err);
}
