#include "cmd/reread.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/store/statement.h"
#include "core/store/withdrawal.h"
#include "importers/archive.h"
#include "importers/importer.h"

enum { DOCUMENT_MOST = 64 << 20, WORDS_MOST = 1 << 16 };

static sqlite3_stmt *with_id(struct rereading *r, const char *name, int64_t id, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(r->intake->warehouse, name, err);
    if (stmt)
        sqlite3_bind_int64(stmt, 1, id);
    return stmt;
}

/* The file that a source came from, where a manifest may name it: below the folder given, or
 * given by itself in its folder. */
static void find_file(struct str folder, struct str path, struct buf *real)
{
    for (int alone = 0; alone < 2; alone++) {
        buf_reset(real);
        buf_add(real, folder);
        buf_char(real, '/');
        for (size_t i = path.n; alone && i > 0; i--)
            if (path.p[i - 1] == '/') {
                path = str_skip(path, i);
                break;
            }
        buf_add(real, path);
        if (buf_str(real).p && access(real->p, F_OK) == 0)
            return;
    }
}

static int read_source(struct rereading *r, struct err *err)
{
    sqlite3_stmt *stmt = with_id(r, "store.reread_source", r->source_id, err);
    int got = stmt ? statement_next(r->intake->warehouse, stmt, err) : -1;
    if (got <= 0)
        return got;
    buf_reset(&r->path);
    buf_reset(&r->hints);
    buf_add(&r->path, column_str(stmt, 0));
    buf_add(&r->hints, column_str(stmt, 3));
    r->original_id = sqlite3_column_int64(stmt, 2);
    r->place = (struct source_place){.path = buf_str(&r->path),
                                     .folder_id = sqlite3_column_int64(stmt, 1)};
    struct buf real = buf_new(1 << 16);
    buf_reset(&r->folder);
    buf_add(&r->folder, column_str(stmt, 4));
    find_file(column_str(stmt, 4), r->place.path, &real);
    sqlite3_reset(stmt);
    /* A manifest given now has the last word; else what was said then holds. */
    struct str folder = buf_str(&r->folder), hints = buf_str(&r->hints);
    arena_reset(&r->arena);
    int status = intake_say(r->intake, &r->arena, r->place.path, folder, buf_str(&real).p, &r->said,
                            err);
    buf_free(&real);
    struct source_latest latest;
    if (status < 0 || source_find(r->intake->warehouse, &r->place, STR(""), &latest, err) < 0)
        return -1;
    r->latest = latest.source_id == r->source_id;
    if (r->said.hints.n == 0) {
        intake_say_stored(hints, r->place.path, &r->said);
        r->said.context.folder = folder;
    }
    return r->path.failed || r->hints.failed || r->folder.failed ? err_memory(err) : 1;
}

static int read_priors(struct rereading *r, struct err *err)
{
    int got = 0;
    size_t capacity = 0;
    free(r->priors);
    r->priors = NULL;
    r->prior_count = 0;
    sqlite3_stmt *stmt = with_id(r, "store.reread_reports", r->source_id, err);
    while (stmt && (got = statement_next(r->intake->warehouse, stmt, err)) > 0) {
        if (r->prior_count == capacity) {
            capacity = capacity ? capacity * 2 : 8;
            struct prior *more = realloc(r->priors, capacity * sizeof *more);
            if (!more) {
                sqlite3_reset(stmt);
                return err_refused(err);
            }
            r->priors = more;
        }
        r->priors[r->prior_count++] = (struct prior){
            .report_id = sqlite3_column_int64(stmt, 0),
            .key = {sqlite3_column_int64(stmt, 1), sqlite3_column_int(stmt, 2),
                    str_eq(column_str(stmt, 3), STR("own")) ? SCOPE_OWN : SCOPE_COMPOSITE},
            .line = sqlite3_column_int64(stmt, 4),
            .given = sqlite3_column_type(stmt, 5) != SQLITE_NULL,
        };
        struct prior *last = &r->priors[r->prior_count - 1];
        last->old = (struct report_key){sqlite3_column_int64(stmt, 5), sqlite3_column_int(stmt, 6),
                                        last->key.scope};
    }
    return stmt && got >= 0 ? 0 : -1;
}

static bool same_key(const struct report_key *a, const struct report_key *b)
{
    return a->agency_id == b->agency_id && a->year == b->year && a->scope == b->scope;
}

/* The report that this one was before: by the line it begins on, else by whose it is; in a file
 * of one report it is that one. */
static struct prior *find_prior(struct rereading *r, const struct report *report,
                                const struct report_key *key)
{
    for (size_t i = 0; i < r->prior_count; i++)
        if (!r->priors[i].found && r->priors[i].line == report->line)
            return &r->priors[i];
    for (size_t i = 0; i < r->prior_count; i++)
        if (!r->priors[i].found && (same_key(&r->priors[i].key, key) ||
                                    (r->priors[i].given && same_key(&r->priors[i].old, key))))
            return &r->priors[i];
    bool only = r->prior_count == 1 && !r->priors[0].found && r->priors[0].line;
    return only ? &r->priors[0] : NULL;
}

static void say(struct rereading *r, const char *event, const struct report *report)
{
    struct log *log = &r->intake->session->log;
    log_begin(log, LOG_INFO, event);
    log_str(log, "source", r->place.path);
    if (report) {
        log_str(log, "agency", report->agency);
        log_int(log, "year", report->year);
    }
    log_end(log, NULL);
    r->changes++;
}

static int unlink_source(struct rereading *r, int64_t report_id, struct err *err)
{
    sqlite3_stmt *stmt = with_id(r, "store.source_unlink", report_id, err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 2, r->source_id);
    return statement_run(r->intake->warehouse, stmt, err);
}

static int add_report(struct rereading *r, const struct report_key *key,
                      const struct report_origin *origin, const struct report *report,
                      struct err *err)
{
    struct stored_report stored;
    if (!r->latest)
        return 0; /* an earlier version of the path adds nothing that it had not */
    if (report_store(r->intake->warehouse, key, origin, report, &stored, err) < 0)
        return -1;
    r->counts->added++;
    say(r, "added", report);
    return 0;
}

/* A report that was read from this source, and is now whose it is and what it is. */
static int renew(struct rereading *r, struct prior *prior, const struct report_key *key,
                 const struct report_origin *origin, const struct report *report, struct err *err)
{
    struct warehouse *w = r->intake->warehouse;
    enum rewritten how;
    if (!prior->given && !same_key(&prior->key, key)) {
        if (report_move(w, origin->run_id, prior->report_id, key, err) < 0)
            return -1;
        r->counts->moved++;
        say(r, "moved", report);
    }
    if (report_rewrite(w, prior->report_id, origin, report, &how, err) < 0)
        return -1;
    r->counts->figures += how == REWRITTEN_FIGURES;
    r->counts->words += how == REWRITTEN_WORDS;
    if (how != REWRITTEN_NOTHING)
        say(r, how == REWRITTEN_FIGURES ? "figures-changed" : "words-changed", report);
    return 0;
}

static int reconcile(struct rereading *r, struct report *report, struct err *err)
{
    struct intake *intake = r->intake;
    struct agency_match match;
    if (report->agency.n == 0 || report->year == 0)
        return err_reject(err, report->year ? "no-agency" : "no-year", report->line,
                          "agency or year cannot be told from the file; say them with a manifest");
    if (intake_match(intake, report, r->source_id, &match, err) < 0)
        return -1;
    struct report_key key = {match.agency_id, report->year, match.scope};
    struct report_origin origin = {intake->session->run_id, r->source_id, true, NULL};
    struct prior *prior = find_prior(r, report, &key);
    r->reports++;
    if (!prior)
        return add_report(r, &key, &origin, report, err);
    prior->found = true;
    if (prior->line)
        return renew(r, prior, &key, &origin, report, err);
    /* One more source of a report that is read from another: it stays one, or becomes its own. */
    struct stored_report stored;
    if (unlink_source(r, prior->report_id, err) < 0 ||
        report_store(intake->warehouse, &key, &origin, report, &stored, err) < 0)
        return -1;
    if (stored.report_id != prior->report_id) {
        r->counts->moved++;
        say(r, "moved", report);
    }
    return 0;
}

static void note_reject(struct rereading *r, const struct err *why)
{
    if (r->rejects++ == 0)
        r->why = *why;
}

static int take_document(void *self, struct document *doc, struct err *err)
{
    struct rereading *r = self;
    struct report *report = NULL;
    if (intake_recogniser(r->intake, err) < 0)
        return -1;
    arena_reset(&r->intake->scratch);
    int status = recognise(r->intake->recogniser, doc, &r->said.context, &r->intake->scratch, &report,
                           err);
    if (status == 0)
        status = reconcile(r, report, err);
    if (status == 0 || err->kind != ERR_INPUT)
        return status;
    note_reject(r, err);
    return 0;
}

static int take_reject(void *self, const struct declared *whose, const struct err *why)
{
    (void)whose;
    note_reject(self, why);
    return 0;
}

static void take_note(void *self, const struct err *what)
{
    (void)self, (void)what; /* said when the file was imported */
}

static int take_input(void *self, struct str path, bool member, struct stream *in, struct err *err)
{
    struct rereading *r = self;
    struct document_sink sink = {take_document, take_reject, take_note, r};
    struct import_options options = {r->said.encoding, r->place.path, DOCUMENT_MOST};
    struct str head;
    (void)path;
    if (member)
        return err_reject(err, "nested", 0, "an archive that was damaged can be read now; import it "
                                            "again");
    if (stream_peek(in, STREAM_PEEK, &head, err) < 0)
        return -1;
    const struct importer *importer = importer_for(head, &options);
    r->format = importer->name;
    return importer->read(in, &options, &sink, err);
}

static int refuse_member(void *self, struct str path, const struct err *why, struct err *err)
{
    (void)path, (void)err;
    note_reject(self, why);
    return 0;
}

/* Makes another source the one that a report is read from: 1, or 0 when there is none. */
static int find_other_source(struct rereading *r, int64_t report_id, struct err *err)
{
    sqlite3_stmt *stmt = with_id(r, "store.report_other_source", report_id, err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 2, r->source_id);
    int got = statement_next(r->intake->warehouse, stmt, err);
    sqlite3_reset(stmt);
    return got;
}

/* A report that its source no longer gives: another source may; else it is taken out. */
static int let_go(struct rereading *r, const struct prior *prior, struct err *err)
{
    struct warehouse *w = r->intake->warehouse;
    int other = prior->line ? find_other_source(r, prior->report_id, err) : 1;
    if (other != 0)
        return other < 0 ? -1 : unlink_source(r, prior->report_id, err);
    struct withdrawal_choice choice = {.report_id = prior->report_id};
    struct withdrawal_target nowhere = {0};
    int64_t count;
    r->counts->gone++;
    say(r, "gone", NULL);
    return withdrawal_make(w, r->intake->session->run_id, &choice, &nowhere,
                           STR("read again, its source no longer gives it"), &count, err);
}

/* What the source was rejected for before, and is now. */
static int settle_rejects(struct rereading *r, bool *known, struct err *err)
{
    struct warehouse *w = r->intake->warehouse;
    struct session *session = r->intake->session;
    sqlite3_stmt *stmt = with_id(r, "store.rejects_of", r->source_id, err);
    int got = stmt ? statement_next(w, stmt, err) : -1;
    if (got < 0)
        return -1;
    int64_t before = sqlite3_column_int64(stmt, 1);
    *known = before > 0 && r->rejects > 0 &&
             str_eq(column_str(stmt, 0), str_from(r->why.reason));
    sqlite3_reset(stmt);
    if (*known || (before == 0 && r->rejects == 0))
        return 0;
    stmt = with_id(r, "store.rejects_of_settle", r->source_id, err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 2, session->run_id);
    if (statement_run(w, stmt, err) < 0)
        return -1;
    if (r->rejects == 0 || !r->latest)
        return 0;
    session->counts.new_rejects++;
    log_err(&session->log, LOG_WARNING, "reject", r->place.path, &r->why);
    return reject_put(w, session->run_id, r->source_id, STR(""), &r->why, err);
}

static int remember_hints(struct rereading *r, struct err *err)
{
    return source_say(r->intake->warehouse, r->source_id, r->format ? r->format : "", r->said.hints,
                      err);
}

/* Reads the kept bytes; a reject of the whole source is noted, not handed on. */
static int read_again(struct rereading *r, struct err *err)
{
    struct archive_sink sink = {take_input, refuse_member, r};
    struct archive_limits limits = archive_limits_usual();
    struct original_reader *reader = NULL;
    struct stream *in = NULL;
    if (original_open(r->intake->warehouse, r->original_id, &reader, &in, err) < 0)
        return -1;
    int status = archive_each(in, r->place.path, &limits, &sink, err);
    original_close(reader);
    return status;
}

static int finish(struct rereading *r, struct err *err)
{
    struct run_counts *counts = &r->intake->session->counts;
    bool known = false;
    for (size_t i = 0; i < r->prior_count; i++)
        if (!r->priors[i].found && let_go(r, &r->priors[i], err) < 0)
            return -1;
    if (settle_rejects(r, &known, err) < 0 || (r->latest && remember_hints(r, err) < 0))
        return -1;
    counts->read++;
    if (r->reports == 0 && r->rejects > 0 && !known)
        counts->rejected++;
    else if (r->changes > 0)
        counts->loaded++;
    else
        counts->unchanged++;
    return warehouse_part_keep(r->intake->warehouse, err);
}

static int skip(struct rereading *r, struct err *err)
{
    r->intake->session->counts.read++;
    r->intake->session->counts.unchanged++;
    r->counts->not_kept++;
    if (warehouse_part_undo(r->intake->warehouse, err) < 0)
        return -1;
    return warehouse_part_keep(r->intake->warehouse, err);
}

int reread_source(struct rereading *r, struct err *err)
{
    r->reports = r->changes = r->rejects = 0;
    r->format = NULL;
    int got = read_source(r, err);
    if (got <= 0)
        return got;
    if (read_priors(r, err) < 0 ||
        warehouse_part(r->intake->warehouse, err) < 0)
        return -1;
    if (read_again(r, err) < 0) {
        if (err->kind != ERR_INPUT)
            return -1;
        if (strcmp(err->reason, "not-kept") == 0)
            return skip(r, err);
        note_reject(r, err);
    }
    return finish(r, err);
}

struct rereading rereading_new(struct intake *intake, struct reread_counts *counts)
{
    return (struct rereading){.intake = intake, .counts = counts, .path = buf_new(WORDS_MOST),
                              .hints = buf_new(WORDS_MOST), .folder = buf_new(WORDS_MOST),
                              .arena = arena_new(4 * WORDS_MOST)};
}

void rereading_free(struct rereading *r)
{
    free(r->priors);
    buf_free(&r->path);
    buf_free(&r->hints);
    buf_free(&r->folder);
    arena_free(&r->arena);
}

int reread_one(struct intake *intake, int64_t source_id, struct err *err)
{
    struct reread_counts counts = {0};
    struct rereading r = rereading_new(intake, &counts);
    r.source_id = source_id;
    sqlite3_stmt *stmt = with_id(&r, "store.reread_can", source_id, err);
    int got = stmt ? statement_next(intake->warehouse, stmt, err) : -1;
    if (got > 0) {
        sqlite3_reset(stmt);
        got = reread_source(&r, err) < 0 ? -1 : 1;
    }
    rereading_free(&r);
    return got;
}
