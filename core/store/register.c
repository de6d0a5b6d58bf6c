#include "core/store/register.h"

#include "core/store/register_job.h"
#include "core/store/statement.h"

/* Whether a head cell is one of the names joined by |, in any case. */
static bool is_named(struct str head, const char *names)
{
    struct str rest = str_from(names), name;
    head = str_trim(head);
    while (str_split(&rest, '|', &name)) {
        size_t i = 0;
        while (name.n == head.n && i < name.n) {
            char c = head.p[i];
            if (c >= 'A' && c <= 'Z')
                c = (char)(c + 'a' - 'A');
            if (c != name.p[i])
                break;
            i++;
        }
        if (name.n == head.n && i == name.n)
            return true;
    }
    return false;
}

bool register_has(const struct register_file *file, const char *names)
{
    for (size_t i = 0; i < file->head.count; i++)
        if (is_named(file->head.fields[i], names))
            return true;
    return false;
}

static void note_extra(struct register_job *job, struct str head)
{
    struct err what = {0};
    if (head.n == 0 || !job->sink->note)
        return;
    err_reject(&what, "", job->file->head.line, "the column %.*s is not known and is left out",
               STR_ARG(head));
    job->sink->note(job->sink->self, &what);
}

int register_columns(struct register_job *job, const struct register_column *columns, int count,
                     struct err *err)
{
    const struct register_row *head = &job->file->head;
    for (int c = 0; c < COLUMNS_MAX; c++)
        job->at[c] = -1;
    for (size_t i = 0; i < head->count; i++) {
        int c = 0;
        while (c < count && !is_named(head->fields[i], columns[c].names))
            c++;
        if (c == count)
            note_extra(job, str_trim(head->fields[i]));
        else if (job->at[c] >= 0)
            return err_reject(err, "csv-header", head->line, "the column %.*s stands twice",
                              STR_ARG(head->fields[i]));
        else
            job->at[c] = (int)i;
    }
    for (int c = 0; c < count; c++)
        if (columns[c].needed && job->at[c] < 0)
            return err_reject(err, "csv-header", head->line,
                              "the head line has no column %s (one of these names)",
                              columns[c].names);
    return 0;
}

struct str register_field(const struct register_job *job, const struct register_row *row,
                          int column)
{
    int at = job->at[column];
    return at < 0 || (size_t)at >= row->count ? (struct str){0} : str_trim(row->fields[at]);
}

bool register_year(struct str s, int *year)
{
    if (str_ends(s, STR("年")))
        s.n -= sizeof "年" - 1;
    *year = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || i == 4)
            return false;
        *year = *year * 10 + (s.p[i] - '0');
    }
    return s.n == 0 || (*year >= 1949 && *year <= 2100);
}

void register_bad(struct register_job *job, const struct err *why)
{
    job->bad++;
    if (job->sink->bad)
        job->sink->bad(job->sink->self, why);
}

int register_change(struct register_job *job, int64_t agency_id, struct str division,
                    struct err *err)
{
    if (job->all_told)
        return 0;
    sqlite3_stmt *stmt = warehouse_statement(job->warehouse, "register.followed", err);
    int got = stmt ? statement_next(job->warehouse, stmt, err) : -1;
    if (got < 0)
        return -1;
    if (!sqlite3_column_int(stmt, 0)) {
        agency_id = 0;
        division = (struct str){0};
        job->all_told = true;
    }
    sqlite3_reset(stmt);
    stmt = warehouse_statement(job->warehouse, "register.change", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, job->run_id);
    if (agency_id)
        sqlite3_bind_int64(stmt, 2, agency_id);
    bind_filled(stmt, 3, division);
    return statement_run(job->warehouse, stmt, err);
}

int register_load(struct warehouse *warehouse, int64_t run_id, enum register_kind kind,
                  const struct register_file *file, const struct register_sink *sink,
                  struct register_result *result, struct err *err)
{
    *result = (struct register_result){.rows = (uint32_t)file->count};
    struct register_job job = {warehouse, run_id, file, sink, result, {0}, 0, false};
    int status = -1;
    if (kind == REGISTER_WAIVERS)
        status = register_waivers(&job, err);
    else if (kind == REGISTER_CALENDAR)
        status = register_calendar(&job, err);
    else if (kind == REGISTER_AGENCIES)
        status = register_agencies(&job, err);
    else if (register_has(file, "new_code|新代码|新区划代码"))
        status = register_successors(&job, err);
    else
        status = register_divisions(&job, err);
    if (status < 0)
        return -1;
    if (job.bad)
        return err_reject(err, "register-line", 0,
                          "%u lines cannot be taken, so nothing of the file was; correct them and "
                          "load it again", (unsigned)job.bad);
    return 0;
}
