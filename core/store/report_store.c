#include "core/store/report_store.h"

#include <string.h>

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

/* Ends the reign of a report; one that never lasted until anybody could see it leaves no trace. */
static int step_down(struct warehouse *warehouse, int64_t report_id, struct err *err)
{
    static const char *const names[] = {"store.tenure_end", "store.tenure_unseen"};
    for (int i = 0; i < 2; i++) {
        sqlite3_stmt *stmt = warehouse_statement(warehouse, names[i], err);
        if (!stmt)
            return -1;
        sqlite3_bind_int64(stmt, 1, report_id);
        bind_str(stmt, 2, str_from(warehouse_now()));
        if (statement_run(warehouse, stmt, err) < 0)
            return -1;
    }
    return RUN(warehouse, "store.not_current", err, report_id);
}

static int step_up(struct warehouse *warehouse, int64_t run_id, int64_t report_id, const char *what,
                   struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.tenure_begin", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, report_id);
    bind_str(stmt, 2, str_from(warehouse_now()));
    if (statement_run(warehouse, stmt, err) < 0 ||
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
    if (now && (step_down(warehouse, now, err) < 0 ||
                (!next && note_change(warehouse, run_id, "withdraw", now, err) < 0)))
        return -1;
    return next ? step_up(warehouse, run_id, next, what, err) : 0;
}

static int link_source(struct warehouse *warehouse, int64_t report_id, int64_t source_id,
                       struct err *err)
{
    return RUN(warehouse, "store.report_source", err, report_id, source_id);
}

/* What a report row says of its figures' place in its source. */
static void bind_contents(sqlite3_stmt *stmt, int at, const struct report *report,
                          int64_t presence_id, const struct prepared *prepared)
{
    struct str origins = prepared->origins;
    sqlite3_bind_int(stmt, at, report->form);
    sqlite3_bind_int64(stmt, at + 1, presence_id);
    bind_str(stmt, at + 2, str_from(prepared->figures));
    bind_text(stmt, at + 3, report->title);
    bind_filled(stmt, at + 4, report->dated);
    bind_filled(stmt, at + 5, report->period_from);
    bind_filled(stmt, at + 6, report->period_to);
    sqlite3_bind_int64(stmt, at + 7, report->line);
    sqlite3_bind_blob64(stmt, at + 8, origins.p, origins.n, SQLITE_TRANSIENT);
    sqlite3_bind_int64(stmt, at + 9, contents_fingerprint(report, prepared));
}

static int insert(struct warehouse *warehouse, const struct report_key *key,
                  const struct report_origin *origin, const struct report *report,
                  const struct prepared *prepared, int revision, int64_t *report_id,
                  struct err *err)
{
    int64_t presence_id;
    if (contents_presence(warehouse, report, prepared, &presence_id, err) < 0)
        return -1;
    sqlite3_stmt *stmt = keyed(warehouse, "store.report_new", key, err);
    if (!stmt)
        return -1;
    sqlite3_bind_int(stmt, 4, revision);
    sqlite3_bind_int64(stmt, 5, origin->source_id);
    sqlite3_bind_int64(stmt, 6, origin->run_id);
    bind_str(stmt, 7, str_from(warehouse_now()));
    bind_contents(stmt, 8, report, presence_id, prepared);
    if (statement_run(warehouse, stmt, err) < 0)
        return -1;
    *report_id = sqlite3_last_insert_rowid(warehouse->db);
    if (contents_write(warehouse, *report_id, report, origin->keep_prose, err) < 0)
        return -1;
    return link_source(warehouse, *report_id, origin->source_id, err);
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
    if (step_down(warehouse, now->report_id, err) < 0)
        return -1;
    return step_up(warehouse, origin->run_id, out->report_id, "load", err);
}

/* A report with the same figures: 1 with its row in *stmt, 0 when there is none. */
static int find_same(struct warehouse *warehouse, const char *name, const struct report_key *key,
                     const char *figures, sqlite3_stmt **stmt, struct err *err)
{
    *stmt = keyed(warehouse, name, key, err);
    if (!*stmt)
        return -1;
    bind_str(*stmt, 4, str_from(figures));
    return statement_next(warehouse, *stmt, err);
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

int report_store(struct warehouse *warehouse, const struct report_key *key,
                 const struct report_origin *origin, const struct report *report,
                 struct stored_report *out, struct err *err)
{
    struct prepared own;
    const struct prepared *prepared = origin->prepared;
    struct incumbent now;
    struct stored_report stored = {0};
    int64_t last;
    if (prepare(report, &prepared, &own, err) < 0 ||
        find_incumbent(warehouse, key, origin->source_id, &now, err) < 0)
        return -1;
    sqlite3_stmt *stmt = NULL;
    int got = find_same(warehouse, "store.same_figures", key, prepared->figures, &stmt, err);
    if (got == 0)
        got = find_same(warehouse, "store.same_given_away", key, prepared->figures, &stmt, err);
    if (got < 0)
        return -1;
    if (got > 0) {
        if (store_again(warehouse, origin, report, &now, stmt, &stored, err) < 0)
            return -1;
        *out = stored;
        return 0;
    }
    if (now.same_source)
        return err_reject(err, "twice", report->line, "the file states this report twice, with "
                          "different figures; keep one of them");
    if (first(warehouse, keyed(warehouse, "store.last_revision", key, err), &last, err) < 0)
        return -1;
    stored.revision = (int)last + 1;
    stored.how = !now.report_id ? STORED_NEW
                 : date_order(report->dated, str_from(now.dated)) < 0 ? STORED_OLDER
                                                                      : STORED_REVISION;
    if (insert(warehouse, key, origin, report, prepared, stored.revision, &stored.report_id,
               err) < 0)
        return -1;
    if (stored.how == STORED_REVISION && step_down(warehouse, now.report_id, err) < 0)
        return -1;
    if (stored.how != STORED_OLDER &&
        step_up(warehouse, origin->run_id, stored.report_id, "load", err) < 0)
        return -1;
    *out = stored;
    return 0;
}

int report_rewrite(struct warehouse *warehouse, int64_t report_id,
                   const struct report_origin *origin, const struct report *report,
                   enum rewritten *out, struct err *err)
{
    struct prepared own;
    const struct prepared *prepared = origin->prepared;
    int64_t presence_id;
    if (prepare(report, &prepared, &own, err) < 0 ||
        contents_presence(warehouse, report, prepared, &presence_id, err) < 0)
        return -1;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.figures_of", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, report_id);
    int got = statement_next(warehouse, stmt, err);
    if (got < 0)
        return -1;
    bool differs = got == 0 || !str_eq(column_str(stmt, 0), str_from(prepared->figures));
    bool same = got > 0 && sqlite3_column_int64(stmt, 2) == contents_fingerprint(report, prepared);
    sqlite3_reset(stmt);
    *out = differs ? REWRITTEN_FIGURES : same ? REWRITTEN_NOTHING : REWRITTEN_WORDS;
    if (same && !differs)
        return 0;
    stmt = warehouse_statement(warehouse, "store.report_again", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, report_id);
    bind_contents(stmt, 2, report, presence_id, prepared);
    if (statement_run(warehouse, stmt, err) < 0 ||
        contents_remove(warehouse, report_id, err) < 0 ||
        contents_write(warehouse, report_id, report, origin->keep_prose, err) < 0)
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
    if (step_down(warehouse, report_id, err) < 0)
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
        if (step_down(warehouse, now, err) < 0)
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
        (now && step_down(warehouse, now, err) < 0))
        return -1;
    return step_up(warehouse, run_id, report_id, "load", err);
}
