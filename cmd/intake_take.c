/* The writer's side: what is offered of each input is stored, or it is rejected and leaves nothing
 * else. */
#include <stdlib.h>
#include <string.h>

#include "cmd/intake_offer.h"
#include "core/base/lang.h"
#include "core/store/report_store.h"
#include "core/store/statement.h"

enum { REJECTS_LOGGED = 20, AGENCY_MOST = 600 /* bytes: no body has a name of 200 characters */ };

/* The file at hand, and the input in it. */
struct intake_taking {
    struct intake *intake;
    struct offer *file, *offer; /* of the file as a whole; of the input */
    bool passed_over;           /* the input has not changed, or is a reject already */
    int64_t source_id;
    bool path_known;            /* of the input: other versions of it are there */
    int64_t reports, rejects, new_rejects; /* of this input */
    bool agencies_made;
    struct run_counts before;   /* the input */
};

int intake_taking_new(struct intake_taking **out, struct intake *intake, struct err *err)
{
    struct intake_taking *t = calloc(1, sizeof *t);
    if (!t)
        return err_refused(err);
    t->intake = intake;
    *out = t;
    return 0;
}

void intake_taking_free(struct intake_taking *taking)
{
    free(taking); /* its offers are the pool's */
}

static const struct intake_input *input_of(const struct intake_taking *t)
{
    return &t->offer->input;
}

static void say_reject(struct intake_taking *t, const struct err *why)
{
    struct log *log = &t->intake->session->log;
    if (t->rejects < REJECTS_LOGGED) {
        log_err(log, LOG_WARNING, "reject", input_of(t)->place.path, why);
    } else if (t->rejects == REJECTS_LOGGED) {
        log_begin(log, LOG_WARNING, "reject");
        log_str(log, "source", input_of(t)->place.path);
        log_end(log, tr("more reports of this file are rejected; v_reject lists them"));
    }
}

/* A report of a file of many that cannot be taken: the others can. */
static int reject_report(struct intake_taking *t, struct str whose, const struct err *why,
                         struct err *err)
{
    struct warehouse *w = t->intake->warehouse;
    int64_t run_id = t->intake->session->run_id;
    bool known = false;
    if (input_of(t)->size > 0 && /* what could not be read has no bytes to be known by */
        reject_is_known(w, run_id, t->source_id, whose, why, &known, err) < 0)
        return -1;
    if (!known)
        say_reject(t, why);
    t->rejects++;
    t->new_rejects += !known;
    return reject_put(w, run_id, t->source_id, whose, why, err);
}

static void say_stored(struct intake_taking *t, const struct stored_report *stored,
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
    log_str(log, "source", input_of(t)->place.path);
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
static int say_left_behind(struct intake_taking *t, struct err *err)
{
    struct warehouse *w = t->intake->warehouse;
    struct log *log = &t->intake->session->log;
    sqlite3_stmt *stmt = source_left_behind(w, &input_of(t)->place, t->source_id, err);
    int got = 0;
    if (!stmt)
        return -1;
    while ((got = statement_next(w, stmt, err)) > 0) {
        log_begin(log, LOG_WARNING, "left-behind");
        log_str(log, "source", input_of(t)->place.path);
        log_int(log, "report", sqlite3_column_int64(stmt, 0));
        log_str(log, "agency", column_str(stmt, 1));
        log_int(log, "year", sqlite3_column_int64(stmt, 2));
        log_end(log, tr("the file no longer states this report, which still counts; withdraw it if it "
                        "was wrong"));
    }
    return got;
}

static int store(struct intake_taking *t, const struct offer *offer, struct err *err)
{
    struct report *report = offer->report;
    struct intake *intake = t->intake;
    struct agency_match match;
    struct stored_report stored;
    if (report->agency.n == 0)
        return err_reject(err, "no-agency", report->line, "the agency cannot be told from the file; "
                          "say it with --agency or a manifest");
    if (report->agency.n > AGENCY_MOST)
        return err_reject(err, "no-agency", report->line, "what stands for the agency's name takes "
                          "more than %d bytes, as no name does; say it with --agency or a manifest",
                          AGENCY_MOST);
    if (report->year == 0)
        return err_reject(err, "no-year", report->line, "the year cannot be told from the file; say "
                          "it with --year or a manifest");
    if (intake_match(intake, report, t->source_id, &match, err) < 0)
        return -1;
    t->agencies_made = t->agencies_made || match.made;
    struct report_key key = {match.agency_id, report->year, match.scope};
    struct report_origin origin = {intake->session->run_id, t->source_id,
                                   intake->options.keep_originals, &offer->prepared};
    if (report_store(intake->warehouse, &key, &origin, report, &stored, err) < 0)
        return -1;
    say_stored(t, &stored, report);
    t->reports++;
    return 0;
}

static int take_report(struct intake_taking *t, struct offer *offer, struct err *err)
{
    if (store(t, offer, err) == 0)
        return 0;
    if (err->kind != ERR_INPUT)
        return -1;
    struct err why = *err;
    return reject_report(t, offer->whose, &why, err);
}

/* Inputs -------------------------------------------------------------------------------------- */

/* Keeps the bytes of a long file by reading it once more; a reject when it has changed. */
static int keep_long(struct intake_taking *t, const struct original_name *name, struct err *err)
{
    struct incoming *incoming = NULL;
    struct stream *in = NULL;
    char hex[DIGEST_HEX];
    int64_t size, original_id;
    int status = stream_open(&in, input_of(t)->real, err);
    if (status == 0)
        status = incoming_new(&incoming, true, err);
    if (status == 0)
        status = incoming_read(incoming, in, err);
    stream_close(in);
    if (status == 0)
        status = incoming_end(incoming, hex, &size, err);
    if (status == 0 && strcmp(hex, input_of(t)->sha256) != 0)
        status = err_reject(err, "changed", 0, "the file changed while it was read; it will be read "
                                               "again by the next run");
    if (status == 0)
        status = original_put_incoming(t->intake->warehouse, incoming, name, &original_id, err);
    incoming_free(incoming);
    return status;
}

/* The bytes and the source; `keep`: the bytes are kept. */
static int record(struct intake_taking *t, bool keep, struct err *err)
{
    const struct intake_input *input = input_of(t);
    struct original_name name = {input->place.path, input->place.stamp.time / 1000000000};
    struct warehouse *w = t->intake->warehouse;
    int64_t original_id;
    int status = 0;
    if (keep && input->incoming)
        status = original_put_incoming(w, input->incoming, &name, &original_id, err);
    else if (keep && input->packed.p)
        status = original_put_packed(w, input->sha256, input->size, input->packed, &name,
                                     &original_id, err);
    else if (keep && input->bytes.p)
        status = original_put(w, input->sha256, input->size, input->bytes, &name, &original_id, err);
    else if (keep)
        status = keep_long(t, &name, err);
    if (status < 0)
        return -1;
    return source_put(w, &input->place, input->sha256, input->size, input->format, input->said.hints,
                      t->intake->session->run_id, &t->source_id, &t->path_known, err);
}

/* Undoes all that this input has stored. */
static int undo(struct intake_taking *t, struct err *err)
{
    struct intake *intake = t->intake;
    intake->session->counts = t->before;
    if (warehouse_part_undo(intake->warehouse, err) < 0)
        return -1;
    if (t->agencies_made) {
        agencies_close(intake->agencies); /* to be read again when another one is matched */
        intake->agencies = NULL;
    }
    return 0;
}

static int begin(struct intake_taking *t, struct err *err)
{
    t->reports = t->rejects = t->new_rejects = 0;
    t->agencies_made = false;
    t->before = t->intake->session->counts;
    return warehouse_part(t->intake->warehouse, err);
}

static int finish(struct intake_taking *t, struct err *err)
{
    struct run_counts *counts = &t->intake->session->counts;
    counts->read++;
    counts->loaded += t->reports > 0;
    counts->rejected += t->reports == 0 && t->new_rejects > 0;
    counts->unchanged += t->reports == 0 && t->new_rejects == 0;
    counts->new_rejects += t->new_rejects;
    return warehouse_part_keep(t->intake->warehouse, err);
}

static int settle(struct intake_taking *t, struct err *err)
{
    if (!t->path_known)
        return 0;
    return reject_settle(t->intake->warehouse, t->intake->session->run_id, &input_of(t)->place, err);
}

/* The input as a whole is rejected. */
static int reject_input(struct intake_taking *t, const struct err *why, struct err *err)
{
    struct err local;
    t->reports = t->rejects = t->new_rejects = 0;
    int status = record(t, true, &local);
    if (status < 0 && local.kind == ERR_INPUT)
        status = record(t, false, &local); /* its bytes have changed, or are gone */
    if (status < 0) {
        *err = local;
        return -1;
    }
    if (settle(t, err) < 0)
        return -1;
    return reject_report(t, STR(""), why, err);
}

/* Whether the path's latest version has these very bytes: then only its stamp is noted, and when
 * options or manifest say something else of it now, it is read again under its own name. */
static int is_unchanged(struct intake_taking *t, const struct intake_input *input, bool *unchanged,
                        struct err *err)
{
    struct intake *intake = t->intake;
    struct source_latest latest;
    *unchanged = false;
    if (source_find(intake->warehouse, &input->place, input->said.hints, &latest, err) < 0)
        return -1;
    if (!latest.source_id || strcmp(latest.sha256, input->sha256) != 0)
        return 0;
    int again = latest.same_hints ? 0 : reread_one(intake, latest.source_id, err);
    if (again < 0)
        return -1;
    *unchanged = latest.same_hints || again > 0;
    if (!*unchanged)
        return 0;
    if (!again)
        intake_unchanged(intake, 1);
    return source_touch(intake->warehouse, latest.source_id, &input->place.stamp, err);
}

static int take_input(struct intake_taking *t, struct err *err)
{
    t->passed_over = false;
    if (t->offer->member && is_unchanged(t, input_of(t), &t->passed_over, err) < 0)
        return -1;
    if (t->passed_over)
        return 0;
    if (begin(t, err) < 0)
        return -1;
    if (record(t, t->intake->options.keep_originals, err) == 0)
        return settle(t, err);
    if (err->kind != ERR_INPUT)
        return -1;
    struct err why = *err;
    t->passed_over = true;
    if (undo(t, err) < 0 || reject_input(t, &why, err) < 0)
        return -1;
    return finish(t, err);
}

static int end_input(struct intake_taking *t, const struct offer *end, struct err *err)
{
    if (end->failed) {
        if (undo(t, err) < 0 || reject_input(t, &end->why, err) < 0)
            return -1;
    } else if (t->rejects > 0 && !t->intake->options.keep_originals && record(t, true, err) < 0) {
        return -1; /* the bytes of what was rejected are kept in any case */
    }
    if (t->reports > 0 && t->path_known && say_left_behind(t, err) < 0)
        return -1;
    return finish(t, err);
}

/* What cannot be read at all: a reject with the bytes there are, unless it is known. */
static int refuse(struct intake_taking *t, struct offer *offer, const struct err *why,
                  struct err *err)
{
    bool unchanged;
    if (is_unchanged(t, &offer->input, &unchanged, err) < 0)
        return -1;
    if (unchanged)
        return 0;
    t->offer = offer;
    if (begin(t, err) < 0 || reject_input(t, why, err) < 0 || finish(t, err) < 0)
        return -1;
    t->offer = NULL;
    return 0;
}

/* Files --------------------------------------------------------------------------------------- */

static int end_file(struct intake_taking *t, struct offer *end, struct err *err)
{
    int status = 0;
    if (end->failed && end->why.kind != ERR_INPUT) {
        *err = end->why;
        status = -1;
    } else if (end->failed) {
        status = refuse(t, t->file, &end->why, err);
    }
    return status;
}

static void spend(struct intake_taking *t, struct offer **offer)
{
    if (*offer)
        offer_spent(t->intake->pool, *offer);
    *offer = NULL;
}

static int take(struct intake_taking *t, struct intake_job *job, struct offer *offer,
                struct err *err)
{
    bool skip = atomic_load_explicit(&job->skip, memory_order_relaxed);
    switch (offer->kind) {
    case OFFER_FILE:
        t->file = offer;
        if (is_unchanged(t, &offer->input, &skip, err) < 0)
            return -1;
        atomic_store(&job->skip, skip);
        return 0;
    case OFFER_INPUT:
        t->offer = offer;
        return skip ? 0 : take_input(t, err);
    case OFFER_REPORT:
        return skip || t->passed_over ? 0 : take_report(t, offer, err);
    case OFFER_REJECT:
        return skip || t->passed_over ? 0 : reject_report(t, offer->whose, &offer->why, err);
    case OFFER_NOTE:
        if (!skip && !t->passed_over)
            log_err(&t->intake->session->log, LOG_INFO, "note", input_of(t)->place.path, &offer->why);
        return 0;
    case OFFER_INPUT_END:
        return skip || t->passed_over ? 0 : end_input(t, offer, err);
    case OFFER_REFUSED:
        return skip ? 0 : refuse(t, offer, &offer->why, err);
    case OFFER_FILE_END:
        return skip ? 0 : end_file(t, offer, err);
    }
    return 0;
}

int intake_take(struct intake_taking *t, struct intake_job *job, struct offer *offer, bool *done,
                struct err *err)
{
    enum offer_kind kind = offer->kind;
    int status = take(t, job, offer, err);
    if (kind != OFFER_FILE && kind != OFFER_INPUT)
        offer_spent(t->intake->pool, offer);
    if (kind == OFFER_INPUT_END || kind == OFFER_FILE_END)
        spend(t, &t->offer);
    if (kind == OFFER_FILE_END)
        spend(t, &t->file);
    *done = kind == OFFER_FILE_END;
    return status;
}
