#include "core/store/report_store.h"

#include <stdio.h>
#include <string.h>

#include "core/store/letters.h"
#include "core/store/report_read.h"
#include "core/store/shared.h"
#include "core/store/statement.h"

struct str scope_name(enum scope scope)
{
    return scope == SCOPE_COMPOSITE ? STR("composite") : STR("own");
}

static sqlite3_stmt *keyed(struct warehouse *warehouse, const char *name,
                           const struct report_key *key, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, name, err);
    if (!stmt)
        return NULL;
    sqlite3_bind_int64(stmt, 1, key->agency_id);
    sqlite3_bind_int(stmt, 2, key->year);
    bind_str(stmt, 3, scope_name(key->scope));
    return stmt;
}

/* Runs a statement whose parameters are integers. */
static int run(struct warehouse *warehouse, const char *name, struct err *err, int count,
               const int64_t *values)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, name, err);
    if (!stmt)
        return -1;
    for (int i = 0; i < count; i++)
        sqlite3_bind_int64(stmt, i + 1, values[i]);
    return statement_run(warehouse, stmt, err);
}
#define RUN(warehouse, name, err, ...)                                                             \
    run(warehouse, name, err, (int)(sizeof((int64_t[]){__VA_ARGS__}) / sizeof(int64_t)),           \
        (int64_t[]){__VA_ARGS__})

/* The first column of a statement's first row, 0 when there is none. */
static int first(struct warehouse *warehouse, sqlite3_stmt *stmt, int64_t *out, struct err *err)
{
    int got = stmt ? statement_next(warehouse, stmt, err) : -1;
    if (got < 0)
        return -1;
    *out = got ? sqlite3_column_int64(stmt, 0) : 0;
    sqlite3_reset(stmt);
    return 0;
}

static int note_change(struct warehouse *warehouse, int64_t run_id, const char *what,
                       int64_t report_id, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.change", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, run_id);
    bind_str(stmt, 2, str_from(what));
    sqlite3_bind_int64(stmt, 3, report_id);
    return statement_run(warehouse, stmt, err);
}

/* A new report. Those that come one after the other are noted as one, by warehouse_flush. */
static int note_load(struct warehouse *warehouse, int64_t run_id, int64_t report_id, struct err *err)
{
    if (!warehouse->first_new || report_id < warehouse->first_new)
        return note_change(warehouse, run_id, "load", report_id, err);
    warehouse->loading_run = run_id;
    if (report_id > warehouse->last_loaded)
        warehouse->last_loaded = report_id;
    return 0;
}

static int run_now(struct warehouse *warehouse, const char *name, int64_t report_id,
                   struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, name, err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, report_id);
    bind_str(stmt, 2, str_from(warehouse_now()));
    return statement_run(warehouse, stmt, err);
}

int report_step_down(struct warehouse *warehouse, int64_t report_id, struct err *err)
{
    if (run_now(warehouse, "store.tenure_end", report_id, err) < 0)
        return -1;
    bool open = sqlite3_changes(warehouse->db) > 0;
    if (run_now(warehouse, open ? "store.tenure_unseen" : "store.tenure_ended", report_id, err) < 0)
        return -1;
    return RUN(warehouse, "store.not_current", err, report_id);
}

static int step_up(struct warehouse *warehouse, int64_t run_id, int64_t report_id, const char *what,
                   struct err *err)
{
    if (run_now(warehouse, "store.tenure_begin", report_id, err) < 0 ||
        RUN(warehouse, "store.is_current", err, report_id) < 0)
        return -1;
    return note_change(warehouse, run_id, what, report_id, err);
}

int report_elect(struct warehouse *warehouse, int64_t run_id, const struct report_key *key,
                 const char *what, struct err *err)
{
    int64_t now = 0, next = 0;
    if (first(warehouse, keyed(warehouse, "store.current", key, err), &now, err) < 0 ||
        first(warehouse, keyed(warehouse, "store.heir", key, err), &next, err) < 0)
        return -1;
    if (now == next) /* a revision behind it came or went: whether the first was late may change */
        return now ? note_change(warehouse, run_id, what, now, err) : 0;
    if (now && (report_step_down(warehouse, now, err) < 0 ||
                (!next && note_change(warehouse, run_id, "withdraw", now, err) < 0)))
        return -1;
    return next ? step_up(warehouse, run_id, next, what, err) : 0;
}

static int link_source(struct warehouse *warehouse, int64_t report_id, int64_t source_id,
                       struct err *err)
{
    return RUN(warehouse, "store.report_source", err, report_id, source_id);
}

/* An ISO date as one number, small for one in the months after the year; else the words. */
static void bind_date(sqlite3_stmt *stmt, int at, int year, struct str date)
{
    int part[3] = {0};
    bool iso = date.n == 10 && date.p[4] == '-' && date.p[7] == '-';
    for (size_t i = 0; iso && i < date.n; i++)
        if (i != 4 && i != 7) {
            int *n = &part[i < 4 ? 0 : i < 7 ? 1 : 2];
            iso = date.p[i] >= '0' && date.p[i] <= '9';
            *n = *n * 10 + (date.p[i] - '0');
        }
    if (iso && part[1] >= 1 && part[1] <= 12 && part[2] >= 1 && part[2] <= 31)
        sqlite3_bind_int(stmt, at, ((part[0] - year - 1) * 12 + part[1] - 1) * 31 + part[2] - 1);
    else
        bind_filled(stmt, at, date);
}

static int bind_period(sqlite3_stmt *stmt, int at, int year, const struct report *report,
                       struct buf *buf)
{
    char first[16], last[16];
    snprintf(first, sizeof first, "%04d-01-01", year);
    snprintf(last, sizeof last, "%04d-12-31", year);
    struct str from = report->period_from, to = report->period_to;
    if (!from.n && !to.n)
        return sqlite3_bind_null(stmt, at);
    if (str_eq(from, str_from(first)) && str_eq(to, str_from(last)))
        return sqlite3_bind_int(stmt, at, 1);
    buf_reset(buf);
    buf_add(buf, from);
    buf_char(buf, '/');
    buf_add(buf, to);
    return bind_str(stmt, at, buf_str(buf));
}

/* The words of a title; or what it has in common with others, of which its head is mostly that of the
 * source's name. */
static int bind_title(struct warehouse *warehouse, sqlite3_stmt *stmt, int year,
                      const struct report *report, const struct titled *title, int64_t source_id,
                      struct err *err)
{
    int64_t head, tail;
    if (!title->year || title->year != year) {
        bind_text(stmt, 5, report->title);
        return 0;
    }
    if (shared_text(warehouse, SHARED_PHRASE, title->head, &head, err) < 0 ||
        shared_text(warehouse, SHARED_PHRASE, title->tail, &tail, err) < 0)
        return -1;
    sqlite3_bind_int64(stmt, 5, tail);
    if (source_id != warehouse->named_source || head != warehouse->named_head)
        sqlite3_bind_int64(stmt, 6, head);
    return 0;
}

/* The numbers of the sections' lines, or of the figures in prose, as characters. */
static int add_letters(struct warehouse *warehouse, const struct report *report,
                       const struct prepared *p, bool prose, struct buf *out, struct err *err)
{
    buf_reset(out);
    for (uint32_t i = 0; !prose && i < p->section_count; i++)
        letter_add(out, p->sections[i].line);
    for (uint32_t i = 0; prose && i < report->figure_count; i++) {
        int64_t kind;
        if (shared_prose_kind(warehouse, &report->figures[i], &kind, err) < 0)
            return -1;
        if (!letter_holds(kind))
            return err_set(err, ERR_SYSTEM, "the figures in prose are of more kinds than can be told apart");
        letter_add(out, kind);
        letter_add(out, report->figures[i].line);
        letter_add(out, report->figures[i].value);
    }
    buf_str(out);
    return out->failed ? err_memory(err) : 0;
}

/* What a report's row says of its contents: the first fourteen parameters of report_new and
 * report_again. `year`: that it stands under, which a person may have changed; `source_id`: it is
 * read from. Only what is kept can be read again, and compared. */
static int bind_contents(struct warehouse *warehouse, sqlite3_stmt *stmt, int year,
                         const struct report *report, const struct prepared *p, int64_t source_id,
                         bool kept, struct err *err)
{
    int64_t presence, origin, outline;
    struct buf buf = buf_new(1 << 20);
    int status = -1;
    if (shared_presence(warehouse, report, p, &presence, err) < 0 ||
        shared_origin(warehouse, p, &origin, err) < 0 ||
        shared_outline(warehouse, p, &outline, err) < 0 ||
        bind_title(warehouse, stmt, year, report, &p->title, source_id, err) < 0)
        goto done;
    sqlite3_bind_int(stmt, 1, report->form);
    sqlite3_bind_int64(stmt, 2, presence);
    sqlite3_bind_int64(stmt, 3, p->figures);
    sqlite3_bind_int64(stmt, 4, kept ? contents_fingerprint(report, p) : 0);
    bind_date(stmt, 7, year, report->dated);
    bind_period(stmt, 8, year, report, &buf);
    sqlite3_bind_int64(stmt, 9, report->line);
    sqlite3_bind_int64(stmt, 10, report->fact_count ? report->facts[0].line : 0);
    sqlite3_bind_int64(stmt, 11, origin);
    sqlite3_bind_int64(stmt, 12, outline);
    for (int prose = 0; prose < 2; prose++) {
        if (add_letters(warehouse, report, p, prose, &buf, err) < 0)
            goto done;
        bind_str(stmt, 13 + prose, buf.n ? buf_str(&buf) : STR(""));
    }
    status = 0;
done:
    buf_free(&buf);
    return status;
}

/* The number of a new report: that of its source, unless another report has it. */
static int choose_number(struct warehouse *warehouse, int64_t source_id, int64_t *report_id,
                         struct err *err)
{
    int64_t taken = warehouse->numbered == source_id;
    if (!taken && warehouse->new_source != source_id) {
        sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.report_there", err);
        if (!stmt)
            return -1;
        sqlite3_bind_int64(stmt, 1, source_id);
        if (first(warehouse, stmt, &taken, err) < 0)
            return -1;
    }
    warehouse->numbered = source_id;
    *report_id = source_id;
    return taken ? warehouse_number(warehouse, report_id, err) : 0;
}

int report_write(struct warehouse *warehouse, const struct report_place *place,
                 const struct report *report, const struct prepared *prepared, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.report_new", err);
    if (!stmt || bind_contents(warehouse, stmt, place->key.year, report, prepared, place->source_id,
                               place->keep_prose, err) < 0)
        return -1;
    sqlite3_bind_int64(stmt, 15, place->report_id);
    sqlite3_bind_int64(stmt, 16, place->key.agency_id);
    sqlite3_bind_int(stmt, 17, place->key.year);
    sqlite3_bind_int(stmt, 18, place->key.scope == SCOPE_COMPOSITE);
    sqlite3_bind_int(stmt, 19, place->revision);
    sqlite3_bind_int(stmt, 20, place->current ? 0 : place->revision);
    if (place->report_id != place->source_id)
        sqlite3_bind_int64(stmt, 21, place->source_id);
    sqlite3_bind_int64(stmt, 22, place->run_id);
    if (statement_run(warehouse, stmt, err) < 0)
        return -1;
    return contents_write(warehouse, place->report_id, report, prepared, place->keep_prose, err);
}

/* The current report of a key: id (0: none), its date, and whether the path of `source_id` has
 * held it. */
struct incumbent {
    int64_t report_id;
    char dated[16];
    bool same_path, same_source;
};

static int find_incumbent(struct warehouse *warehouse, const struct report_key *key,
                          int64_t source_id, struct incumbent *out, struct err *err)
{
    *out = (struct incumbent){0};
    sqlite3_stmt *stmt = keyed(warehouse, "store.incumbent", key, err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 4, source_id);
    int got = statement_next(warehouse, stmt, err);
    if (got <= 0)
        return got;
    struct str dated = column_str(stmt, 1);
    out->report_id = sqlite3_column_int64(stmt, 0);
    if (dated.n < sizeof out->dated && dated.n > 0)
        memcpy(out->dated, dated.p, dated.n);
    out->same_path = sqlite3_column_int(stmt, 2);
    out->same_source = sqlite3_column_int(stmt, 3);
    sqlite3_reset(stmt);
    return 0;
}

/* Whether a report of the first date comes before one of the second, as their dates tell. */
static int date_order(struct str a, struct str b)
{
    return a.n && b.n ? str_cmp(a, b) : 0;
}

/* The figures are there already, as report `there`: one more source; and where the path that
 * held the current revision has gone back to this one, so does the warehouse. */
static int store_again(struct warehouse *warehouse, const struct report_origin *origin,
                       const struct report *report,
                       const struct incumbent *now, sqlite3_stmt *there,
                       struct stored_report *out, struct err *err)
{
    out->report_id = sqlite3_column_int64(there, 0);
    out->revision = sqlite3_column_int(there, 1);
    out->how = STORED_AGAIN;
    bool withdrawn = sqlite3_column_int(there, 2);
    sqlite3_reset(there);
    if (link_source(warehouse, out->report_id, origin->source_id, err) < 0)
        return -1;
    if (withdrawn)
        out->how = STORED_WITHDRAWN;
    if (withdrawn || now->report_id == out->report_id || !now->report_id || !now->same_path ||
        date_order(report->dated, str_from(now->dated)) < 0)
        return 0;
    out->how = STORED_RESTORED;
    if (report_step_down(warehouse, now->report_id, err) < 0)
        return -1;
    return step_up(warehouse, origin->run_id, out->report_id, "load", err);
}

/* A report with the same figures: 1 with its row in *stmt, 0 when there is none. It is looked for by
 * their digest, which a figure can be made to fit: so they are compared. */
static int find_same(struct warehouse *warehouse, const char *name, const struct report_key *key,
                     const struct report *report, int64_t figures, sqlite3_stmt **stmt,
                     struct err *err)
{
    bool same = false;
    *stmt = keyed(warehouse, name, key, err);
    if (!*stmt)
        return -1;
    sqlite3_bind_int64(*stmt, 4, figures);
    int got = statement_next(warehouse, *stmt, err);
    if (got > 0 &&
        report_figures_same(warehouse, sqlite3_column_int64(*stmt, 0), report, &same, err) < 0)
        got = -1;
    if (got < 0 || same)
        return got;
    sqlite3_reset(*stmt);
    return 0;
}

/* Whether anything was ever withdrawn or given away. */
static int any_withdrawal(struct warehouse *warehouse, bool *any, struct err *err)
{
    int64_t some = 0;
    if (!warehouse->no_withdrawals) {
        if (first(warehouse, warehouse_statement(warehouse, "store.withdrawals", err), &some, err) < 0)
            return -1;
        warehouse->no_withdrawals = !some;
    }
    *any = some != 0;
    return 0;
}

/* Prepares the report unless that was done. */
static int prepare(const struct report *report, const struct prepared **prepared,
                   struct prepared *own, struct err *err)
{
    if (*prepared)
        return 0;
    *prepared = own;
    return contents_prepare(report, own, err);
}

/* A report of whose agency, year and scope there may be others. `last`: their last revision. */
static int store_beside(struct warehouse *warehouse, const struct report_key *key,
                        const struct report_origin *origin, const struct report *report,
                        const struct prepared *prepared, int64_t last, struct incumbent *now,
                        struct stored_report *out, bool *done, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool any;
    int got = 0;
    if (any_withdrawal(warehouse, &any, err) < 0)
        return -1;
    if (last && find_incumbent(warehouse, key, origin->source_id, now, err) < 0)
        return -1;
    if (last)
        got = find_same(warehouse, "store.same_figures", key, report, prepared->figures, &stmt, err);
    if (got == 0 && any)
        got = find_same(warehouse, "store.same_given_away", key, report, prepared->figures, &stmt,
                        err);
    *done = got > 0;
    if (got != 0)
        return got < 0 ? -1 : store_again(warehouse, origin, report, now, stmt, out, err);
    if (now->same_source)
        return err_reject(err, "twice", report->line, "the file states this report twice, with "
                          "different figures; keep one of them");
    return 0;
}

int report_store(struct warehouse *warehouse, const struct report_key *key,
                 const struct report_origin *origin, const struct report *report,
                 struct stored_report *out, struct err *err)
{
    struct prepared own;
    const struct prepared *prepared = origin->prepared;
    struct incumbent now = {0};
    struct stored_report stored = {0};
    int64_t last;
    bool done;
    if (prepare(report, &prepared, &own, err) < 0 ||
        first(warehouse, keyed(warehouse, "store.last_revision", key, err), &last, err) < 0 ||
        store_beside(warehouse, key, origin, report, prepared, last, &now, &stored, &done, err) < 0)
        return -1;
    if (done) {
        *out = stored;
        return 0;
    }
    stored.revision = (int)last + 1;
    stored.how = !now.report_id ? STORED_NEW
                 : date_order(report->dated, str_from(now.dated)) < 0 ? STORED_OLDER
                                                                      : STORED_REVISION;
    struct report_place place = {
        .key = *key,
        .revision = stored.revision,
        .current = stored.how != STORED_OLDER,
        .source_id = origin->source_id,
        .run_id = origin->run_id,
        .keep_prose = origin->keep_prose,
    };
    if ((stored.how == STORED_REVISION && report_step_down(warehouse, now.report_id, err) < 0) ||
        choose_number(warehouse, origin->source_id, &place.report_id, err) < 0 ||
        report_write(warehouse, &place, report, prepared, err) < 0 ||
        (place.current && note_load(warehouse, origin->run_id, place.report_id, err) < 0))
        return -1;
    stored.report_id = place.report_id;
    *out = stored;
    return 0;
}

int report_rewrite(struct warehouse *warehouse, int64_t report_id,
                   const struct report_origin *origin, const struct report *report,
                   enum rewritten *out, struct err *err)
{
    struct prepared own;
    const struct prepared *prepared = origin->prepared;
    if (prepare(report, &prepared, &own, err) < 0)
        return -1;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.figures_of", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, report_id);
    int got = statement_next(warehouse, stmt, err);
    if (got < 0)
        return -1;
    bool differs = got == 0 || sqlite3_column_int64(stmt, 0) != prepared->figures;
    int year = got > 0 ? sqlite3_column_int(stmt, 2) : report->year;
    bool same = got > 0 && sqlite3_column_int64(stmt, 1) == contents_fingerprint(report, prepared);
    sqlite3_reset(stmt);
    *out = differs ? REWRITTEN_FIGURES : same ? REWRITTEN_NOTHING : REWRITTEN_WORDS;
    if (same && !differs)
        return 0;
    stmt = warehouse_statement(warehouse, "store.report_again", err);
    if (!stmt || bind_contents(warehouse, stmt, year, report, prepared, origin->source_id,
                               origin->keep_prose, err) < 0)
        return -1;
    sqlite3_bind_int64(stmt, 15, report_id);
    if (statement_run(warehouse, stmt, err) < 0 ||
        contents_remove(warehouse, report_id, err) < 0 ||
        contents_write(warehouse, report_id, report, prepared, origin->keep_prose, err) < 0)
        return -1;
    return note_change(warehouse, origin->run_id, "load", report_id, err);
}

/* Where a report stands, with its date and revision. */
struct standing {
    struct report_key key;
    bool current;
    int revision;
    char dated[16];
};

static int find_standing(struct warehouse *warehouse, int64_t report_id, struct standing *out,
                         struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.standing", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, report_id);
    int got = statement_next(warehouse, stmt, err);
    if (got <= 0)
        return got < 0 ? -1 : err_set(err, ERR_USAGE, "there is no report %lld; v_revision lists them",
                                      (long long)report_id);
    *out = (struct standing){
        .key = {sqlite3_column_int64(stmt, 0), sqlite3_column_int(stmt, 1),
                str_eq(column_str(stmt, 2), STR("own")) ? SCOPE_OWN : SCOPE_COMPOSITE},
        .current = sqlite3_column_int(stmt, 3),
        .revision = sqlite3_column_int(stmt, 4),
    };
    struct str dated = column_str(stmt, 5);
    if (dated.n > 0 && dated.n < sizeof out->dated)
        memcpy(out->dated, dated.p, dated.n);
    sqlite3_reset(stmt);
    return 0;
}

int report_retire(struct warehouse *warehouse, int64_t run_id, int64_t report_id, struct err *err)
{
    struct standing own = {0};
    if (find_standing(warehouse, report_id, &own, err) < 0)
        return -1;
    if (!own.current)
        return 0;
    if (report_step_down(warehouse, report_id, err) < 0)
        return -1;
    return note_change(warehouse, run_id, "withdraw", report_id, err);
}

int report_restore(struct warehouse *warehouse, int64_t run_id, int64_t report_id, struct err *err)
{
    struct standing own = {0}, other = {0};
    int64_t now = 0;
    if (find_standing(warehouse, report_id, &own, err) < 0 ||
        first(warehouse, keyed(warehouse, "store.current", &own.key, err), &now, err) < 0)
        return -1;
    if (now == report_id)
        return 0;
    if (now) {
        if (find_standing(warehouse, now, &other, err) < 0)
            return -1;
        int order = date_order(str_from(own.dated), str_from(other.dated));
        if (order < 0 || (order == 0 && own.revision < other.revision))
            return 0;
        if (report_step_down(warehouse, now, err) < 0)
            return -1;
    }
    return step_up(warehouse, run_id, report_id, "restore", err);
}

int report_move(struct warehouse *warehouse, int64_t run_id, int64_t report_id,
                const struct report_key *to, struct err *err)
{
    struct standing own = {0};
    int64_t last = 0, now = 0;
    if (find_standing(warehouse, report_id, &own, err) < 0 ||
        first(warehouse, keyed(warehouse, "store.last_revision", to, err), &last, err) < 0 ||
        report_retire(warehouse, run_id, report_id, err) < 0)
        return -1;
    if (RUN(warehouse, "store.report_year_out", err, report_id, to->year) < 0)
        return -1;
    sqlite3_stmt *stmt = keyed(warehouse, "store.report_moved", to, err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 4, last + 1);
    sqlite3_bind_int64(stmt, 5, report_id);
    if (statement_run(warehouse, stmt, err) < 0 ||
        report_elect(warehouse, run_id, &own.key, "restore", err) < 0)
        return -1;
    if (!own.current)
        return report_elect(warehouse, run_id, to, "load", err);
    if (first(warehouse, keyed(warehouse, "store.current", to, err), &now, err) < 0 ||
        (now && report_step_down(warehouse, now, err) < 0))
        return -1;
    return step_up(warehouse, run_id, report_id, "load", err);
}
