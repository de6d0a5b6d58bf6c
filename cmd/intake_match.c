/* Whose a recognised report is, and what has to be said of that. */
#include "cmd/intake.h"
#include "core/store/contents.h"
#include "core/store/report_store.h"
#include "core/store/statement.h"

/* Whether another path has given other figures under the same bare name. */
static int name_is_shared(struct warehouse *w, const struct report *report, int64_t source_id,
                          const struct agency_match *match, bool *shared, struct err *err)
{
    int64_t figures;
    sqlite3_stmt *stmt = warehouse_statement(w, "store.name_shared", err);
    if (!stmt || contents_digest(report, &figures, err) < 0)
        return -1;
    sqlite3_bind_int64(stmt, 1, match->agency_id);
    sqlite3_bind_int(stmt, 2, report->year);
    bind_text(stmt, 3, scope_name(match->scope));
    sqlite3_bind_int64(stmt, 4, figures);
    sqlite3_bind_int64(stmt, 5, source_id);
    int got = statement_next(w, stmt, err);
    if (got < 0)
        return -1;
    *shared = got > 0 && sqlite3_column_int(stmt, 0);
    sqlite3_reset(stmt);
    return 0;
}

static int say(struct report *report, const char *topic, struct str detail, struct err *err)
{
    struct remark remark = {"reading", topic, CELL_NONE, report->line, detail};
    return report_remark(report, remark) < 0 ? err_memory(err) : 0;
}

/* Says so where a 管委会 and its own office both report their own: the register tells which of them
 * is the composite. */
static int say_counted_twice(struct intake *intake, struct report *report,
                             const struct agency_match *match, struct err *err)
{
    if (match->scope != SCOPE_OWN || (match->kind != KIND_ZONE && match->kind != KIND_OFFICE))
        return 0;
    sqlite3_stmt *stmt = warehouse_statement(intake->warehouse, "store.zone_twice", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, match->agency_id);
    sqlite3_bind_int(stmt, 2, report->year);
    int got = statement_next(intake->warehouse, stmt, err);
    if (got > 0) {
        struct str other = arena_copy(report->arena, column_str(stmt, 0));
        got = other.p ? say(report, "zone-twice", other, err) : err_memory(err);
        sqlite3_reset(stmt);
    }
    return got;
}

int intake_match(struct intake *intake, struct report *report, int64_t source_id,
                 struct agency_match *out, struct err *err)
{
    struct agency_match match;
    bool shared = false;
    if ((!intake->agencies && agencies_open(&intake->agencies, intake->warehouse, err) < 0) ||
        agencies_match(intake->agencies, report, &match, err) < 0)
        return -1;
    if (match.misplaced && say(report, "division-unknown", report->division, err) < 0)
        return -1;
    if (!match.registered && !match.placed &&
        name_is_shared(intake->warehouse, report, source_id, &match, &shared, err) < 0)
        return -1;
    if (shared && say(report, "name-shared", report->agency, err) < 0)
        return -1;
    if (say_counted_twice(intake, report, &match, err) < 0)
        return -1;
    *out = match;
    return 0;
}
