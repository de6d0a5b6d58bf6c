#include "core/store/agency_adopt.h"

#include "core/store/report_store.h"
#include "core/store/statement.h"

struct known *agency_provisional(const struct agencies *agencies, const struct agency_name *name,
                                 struct str division, bool alias)
{
    struct known *lists[] = {agency_index_name(agencies, name->clean),
                             agency_index_key(agencies, name->key)};
    for (int list = 0; list < 2; list++)
        for (struct known *k = lists[list]; k; k = list ? k->next_key : k->next_name) {
            bool same = list ? str_eq(k->key, name->key) : str_eq(k->name, name->clean);
            bool nowhere = !k->division.n && !list;
            bool here = str_eq(k->division, division) ||
                        (nowhere && !name->own_region && (alias || agency_is_distinct(name, k->kind)));
            if (same && here && !k->registered && !k->gone)
                return k;
        }
    return NULL;
}

/* A report of the agency that goes. */
struct report_row {
    int64_t report_id;
    int year;
    enum scope scope;
    int64_t figures;
    bool current;
};

static int read_reports(struct register_job *job, struct arena *arena, int64_t agency_id,
                        struct report_row **out, size_t *count, struct err *err)
{
    size_t capacity = 0;
    sqlite3_stmt *stmt = warehouse_statement(job->warehouse, "register.reports_of", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, agency_id);
    int got;
    *out = NULL;
    *count = 0;
    while ((got = statement_next(job->warehouse, stmt, err)) > 0) {
        if (arena_grow(arena, out, *count, &capacity, sizeof **out) < 0) {
            sqlite3_reset(stmt);
            return err_memory(err);
        }
        (*out)[(*count)++] = (struct report_row){
            .report_id = sqlite3_column_int64(stmt, 0),
            .year = sqlite3_column_int(stmt, 1),
            .scope = str_eq(column_str(stmt, 2), STR("own")) ? SCOPE_OWN : SCOPE_COMPOSITE,
            .figures = sqlite3_column_int64(stmt, 3),
            .current = sqlite3_column_int(stmt, 4),
        };
    }
    return got;
}

/* Runs a statement of one or two integers. */
static int run(struct register_job *job, const char *name, int64_t first, int64_t second,
               struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(job->warehouse, name, err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, first);
    if (second)
        sqlite3_bind_int64(stmt, 2, second);
    return statement_run(job->warehouse, stmt, err);
}

/* The report of the new agency that has the same figures; 0 for none. */
static int find_same(struct register_job *job, const struct report_row *row, int64_t agency_id,
                     int64_t *out, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(job->warehouse, "register.same_figures", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, agency_id);
    sqlite3_bind_int(stmt, 2, row->year);
    bind_str(stmt, 3, scope_name(row->scope));
    sqlite3_bind_int64(stmt, 4, row->figures);
    int got = statement_next(job->warehouse, stmt, err);
    *out = got > 0 ? sqlite3_column_int64(stmt, 0) : 0;
    if (got > 0)
        sqlite3_reset(stmt);
    return got < 0 ? -1 : 0;
}

/* The report is another's twin: it steps down, and its files are the other's too. */
static int step_behind(struct register_job *job, const struct report_row *row, int64_t twin,
                       struct err *err)
{
    if (run(job, "register.share_sources", twin, row->report_id, err) < 0)
        return -1;
    return row->current ? report_step_down(job->warehouse, row->report_id, err) : 0;
}

int agency_merge(struct register_job *job, struct known *from, int64_t to, struct err *err)
{
    struct arena arena = arena_new((size_t)64 << 20);
    struct report_row *rows;
    size_t count;
    int status = read_reports(job, &arena, from->agency_id, &rows, &count, err);
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct report_key key = {to, rows[i].year, rows[i].scope};
        int64_t twin = 0;
        status = find_same(job, &rows[i], to, &twin, err);
        if (status == 0 && twin)
            status = step_behind(job, &rows[i], twin, err);
        if (status == 0)
            status = report_move(job->warehouse, job->run_id, rows[i].report_id, &key, err);
    }
    arena_free(&arena);
    if (status < 0 || run(job, "register.hand_over_changes", from->agency_id, to, err) < 0 ||
        run(job, "register.hand_over_withdrawals", from->agency_id, to, err) < 0 ||
        (from->division.n && register_change(job, to, from->division, err) < 0) ||
        run(job, "register.agency_away", from->agency_id, 0, err) < 0)
        return -1;
    from->gone = true;
    job->result->moved += (uint32_t)count;
    job->result->adopted++;
    return 0;
}

/* Where the name itself says the agency lies, when that is nearer than what was known; empty
 * otherwise. */
static struct str nearer(const struct agencies *agencies, const struct known *known,
                         const struct agency_name *name)
{
    const struct places *places = &name->chain.last;
    bool township = name->kind == KIND_TOWNSHIP || name->kind == KIND_SUBDISTRICT;
    if (places->count != 1 || str_eq(places->place[0]->code, known->division) ||
        (township && places->place[0]->level < LEVEL_COUNTY &&
         gazetteer_has_below(agencies->gazetteer, places->place[0], 0)) ||
        (known->division.n && !gazetteer_below(agencies->gazetteer, places->place[0],
                                               known->division, 0)))
        return (struct str){0};
    return places->place[0]->code;
}

/* The agency that one would be once it lies in `division`; NULL when there is none yet. */
static struct known *settled(const struct agencies *agencies, const struct known *self,
                             const struct agency_name *name, struct str division)
{
    for (struct known *k = agency_index_key(agencies, name->key); k; k = k->next_key)
        if (str_eq(k->key, name->key) && str_eq(k->division, division) && !k->gone &&
            k->agency_id != self->agency_id)
            return k;
    return NULL;
}

static int place_again(struct register_job *job, struct agencies *agencies, struct known *known,
                       struct err *err)
{
    struct agency_name name;
    arena_reset(&agencies->scratch);
    if (agency_name_read(agencies->gazetteer, agencies->kinds, &agencies->scratch, known->name, 0,
                         &name) < 0)
        return err_memory(err);
    struct str code = nearer(agencies, known, &name);
    if (!code.n)
        return 0;
    struct known *other = settled(agencies, known, &name, code);
    if (other)
        return agency_merge(job, known, other->agency_id, err);
    sqlite3_stmt *stmt = warehouse_statement(job->warehouse, "register.place", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, known->agency_id);
    bind_str(stmt, 2, code);
    bind_str(stmt, 3, str_from(agency_kind_name(name.kind)));
    if (statement_run(job->warehouse, stmt, err) < 0 ||
        (known->division.n &&
         register_change(job, known->agency_id, known->division, err) < 0))
        return -1;
    known->division = code;
    job->result->adopted++;
    return register_change(job, known->agency_id, code, err);
}

int agencies_place_again(struct register_job *job, struct err *err)
{
    struct agencies *agencies;
    int status = 0;
    if (agencies_open(&agencies, job->warehouse, err) < 0)
        return -1;
    for (size_t head = 0; status == 0 && head < INDEX_HEADS; head++)
        for (struct known *k = agencies->by_name[head]; status == 0 && k; k = k->next_name)
            if (!k->registered && !k->alias && !k->gone)
                status = place_again(job, agencies, k, err);
    agencies_close(agencies);
    return status;
}
