/* The register of divisions: those of the state under other names or years, zones and other
 * divisions of one's own, and which code took the place of which. */
#include <string.h>

#include "core/model/gazetteer.h"
#include "core/store/agency_adopt.h"
#include "core/store/register_job.h"
#include "core/store/statement.h"

enum { CODE, NAME, LEVEL, PARENT, FIRST, LAST };

static const struct register_column columns[] = {
    [CODE] = {"code|代码|区划代码|行政区划代码", true},
    [NAME] = {"name|名称|区划名称", true},
    [LEVEL] = {"level|级别|层级", true},
    [PARENT] = {"parent_code|parent|上级代码|上级", true},
    [FIRST] = {"first_year|起始年份|开始年份|首年", true},
    [LAST] = {"last_year|截止年份|结束年份|末年", true},
};

enum { OLD_CODE, YEAR, NEW_CODE };

static const struct register_column successor_columns[] = {
    [OLD_CODE] = {"code|代码|区划代码|原代码", true},
    [YEAR] = {"year|年份|年", true},
    [NEW_CODE] = {"new_code|新代码|新区划代码", true},
};

/* A row read. `last` is 0 for a division that is valid today. */
struct period {
    struct str code, name, parent;
    int level, first, last;
};

static int level_of(struct str s)
{
    static const char *const chinese[] = {"全国", "省", "地", "县", "开发区"};
    static const char *const other[] = {"国家级", "省级", "地级", "县级", "功能区"};
    int level = division_level_from(s);
    for (int i = 0; i < 5 && level < 0; i++)
        if (str_eq(s, str_from(chinese[i])) || str_eq(s, str_from(other[i])))
            level = i;
    return level;
}

static bool is_code(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
              c == '-' || c == '_'))
            return false;
    }
    return s.n >= 2 && s.n <= 24;
}

/* Reads a row; false with the reason it cannot be taken. */
static bool read_period(const struct register_job *job, const struct register_row *row,
                        struct period *out, struct err *why)
{
    struct period p = {
        .code = register_field(job, row, CODE),
        .name = register_field(job, row, NAME),
        .parent = register_field(job, row, PARENT),
        .level = level_of(register_field(job, row, LEVEL)),
    };
    if (!is_code(p.code) || p.name.n == 0)
        return err_reject(why, "register-line", row->line,
                          "a division needs a code (letters, digits, - and _) and a name") == 0;
    if (p.level <= LEVEL_NATION)
        return err_reject(why, "register-line", row->line,
                          "the level of %.*s is province, prefecture, county or zone, not \"%.*s\"",
                          STR_ARG(p.code), STR_ARG(register_field(job, row, LEVEL))) == 0;
    if (!register_year(register_field(job, row, FIRST), &p.first) ||
        !register_year(register_field(job, row, LAST), &p.last) || p.first == 0 ||
        (p.last && p.last < p.first))
        return err_reject(why, "register-line", row->line,
                          "the years of %.*s are four digits each, the first not after the last; an "
                          "empty last year means valid today", STR_ARG(p.code)) == 0;
    if (p.last == 2024) /* the end of the built-in list: still valid */
        p.last = 0;
    if (p.parent.n == 0 && p.level == LEVEL_PROVINCE)
        p.parent = NATION_CODE;
    if (p.parent.n == 0 || str_eq(p.parent, p.code))
        return err_reject(why, "register-line", row->line,
                          "%.*s needs the code of the division above it", STR_ARG(p.code)) == 0;
    *out = p;
    return true;
}

static int run_code(struct register_job *job, const char *name, struct str code, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(job->warehouse, name, err);
    if (!stmt)
        return -1;
    bind_str(stmt, 1, code);
    return statement_run(job->warehouse, stmt, err);
}

/* Whether a statement with one code yields a row. */
static int has_code(struct register_job *job, const char *name, struct str code, bool *out,
                    struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(job->warehouse, name, err);
    if (!stmt)
        return -1;
    bind_str(stmt, 1, code);
    int got = statement_next(job->warehouse, stmt, err);
    if (got > 0)
        sqlite3_reset(stmt);
    *out = got > 0;
    return got < 0 ? -1 : 0;
}

/* The periods of a code as one text, so that a load can tell whether it changed them. */
static int fingerprint(struct register_job *job, struct str code, char text[512], struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(job->warehouse, "register.periods", err);
    if (!stmt)
        return -1;
    bind_str(stmt, 1, code);
    text[0] = 0;
    int got = statement_next(job->warehouse, stmt, err);
    if (got > 0) {
        struct str s = column_str(stmt, 0);
        size_t n = s.n < 511 ? s.n : 511;
        if (n)
            memcpy(text, s.p, n);
        text[n] = 0;
        sqlite3_reset(stmt);
    }
    return got < 0 ? -1 : 0;
}

/* Whether rows of the same code before this one overlap it in years. */
static bool overlaps(const struct period *periods, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        const struct period *a = &periods[i], *b = &periods[at];
        if (str_eq(a->code, b->code) && (!a->last || a->last >= b->first) &&
            (!b->last || b->last >= a->first))
            return true;
    }
    return false;
}

static bool first_of_code(const struct period *periods, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (str_eq(periods[i].code, periods[at].code))
            return false;
    return true;
}

static int insert_period(struct register_job *job, const struct period *p, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(job->warehouse, "register.period", err);
    if (!stmt)
        return -1;
    bind_str(stmt, 1, p->code);
    sqlite3_bind_int(stmt, 2, p->first);
    if (p->last)
        sqlite3_bind_int(stmt, 3, p->last);
    bind_str(stmt, 4, p->name);
    bind_str(stmt, 5, str_from(division_level_name((enum division_level)p->level)));
    bind_str(stmt, 6, p->parent);
    return statement_run(job->warehouse, stmt, err);
}

/* Writes what was read: codes first, since periods refer to their parents. */
static int write_periods(struct register_job *job, const struct period *periods, size_t count,
                         struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        bool there;
        if (!periods[i].code.n || !first_of_code(periods, i))
            continue;
        if (has_code(job, "register.division_there", periods[i].code, &there, err) < 0 ||
            run_code(job, "register.division", periods[i].code, err) < 0)
            return -1;
        job->result->added += !there;
        job->result->changed += there; /* until it turns out unchanged */
    }
    for (size_t i = 0; i < count; i++) {
        char before[512], after[512];
        if (!periods[i].code.n || !first_of_code(periods, i))
            continue;
        if (fingerprint(job, periods[i].code, before, err) < 0 ||
            run_code(job, "register.forget_periods", periods[i].code, err) < 0)
            return -1;
        for (size_t k = i; k < count; k++)
            if (str_eq(periods[k].code, periods[i].code) &&
                insert_period(job, &periods[k], err) < 0)
                return -1;
        if (fingerprint(job, periods[i].code, after, err) < 0)
            return -1;
        if (strcmp(before, after) == 0) {
            job->result->changed--;
            job->result->unchanged++;
        }
    }
    return 0;
}

/* A parent that neither the file nor the warehouse knows is a bad line. */
static int check_parents(struct register_job *job, struct period *periods, struct err *err)
{
    for (size_t i = 0; i < job->file->count; i++) {
        bool known = false;
        if (!periods[i].code.n)
            continue;
        for (size_t k = 0; k < job->file->count && !known; k++)
            known = str_eq(periods[k].code, periods[i].parent);
        if (!known && has_code(job, "register.division_there", periods[i].parent, &known, err) < 0)
            return -1;
        struct err why = {0};
        if (!known) {
            err_reject(&why, "register-line", job->file->rows[i].line,
                       "the division above %.*s, %.*s, is not known", STR_ARG(periods[i].code),
                       STR_ARG(periods[i].parent));
            register_bad(job, &why);
        } else if (overlaps(periods, i)) {
            err_reject(&why, "register-line", job->file->rows[i].line,
                       "two periods of %.*s overlap", STR_ARG(periods[i].code));
            register_bad(job, &why);
        }
    }
    return 0;
}

int register_divisions(struct register_job *job, struct err *err)
{
    struct arena arena = arena_new((size_t)64 << 20);
    size_t count = job->file->count;
    struct period *periods = arena_array(&arena, count + 1, sizeof *periods);
    int status = periods ? register_columns(job, columns, 6, err) : err_memory(err);
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct err why = {0};
        if (!read_period(job, &job->file->rows[i], &periods[i], &why))
            register_bad(job, &why);
    }
    if (status == 0)
        status = check_parents(job, periods, err);
    if (status == 0 && !job->bad)
        status = write_periods(job, periods, count, err);
    arena_free(&arena);
    if (status < 0 || job->bad)
        return status;
    bool loops;
    if (has_code(job, "register.loop", (struct str){0}, &loops, err) < 0)
        return -1;
    if (loops)
        return err_reject(err, "register-line", 0,
                          "a division lies below itself; correct the column parent_code");
    if (job->result->added + job->result->changed == 0)
        return 0;
    if (register_change(job, 0, (struct str){0}, err) < 0)
        return -1;
    return agencies_place_again(job, err);
}

int register_successors(struct register_job *job, struct err *err)
{
    if (register_columns(job, successor_columns, 3, err) < 0)
        return -1;
    for (size_t i = 0; i < job->file->count; i++) {
        const struct register_row *row = &job->file->rows[i];
        struct str code = register_field(job, row, OLD_CODE);
        struct str next = register_field(job, row, NEW_CODE);
        int year = 0;
        bool known = false, next_known = false;
        struct err why = {0};
        if (has_code(job, "register.division_there", code, &known, err) < 0 ||
            has_code(job, "register.division_there", next, &next_known, err) < 0)
            return -1;
        if (!register_year(register_field(job, row, YEAR), &year) || !year || !known ||
            !next_known || str_eq(code, next)) {
            err_reject(&why, "register-line", row->line,
                       "a successor needs two known codes and a year, not \"%.*s,%.*s,%.*s\"",
                       STR_ARG(code), STR_ARG(register_field(job, row, YEAR)), STR_ARG(next));
            register_bad(job, &why);
            continue;
        }
        sqlite3_stmt *stmt = warehouse_statement(job->warehouse, "register.division_successor", err);
        if (!stmt)
            return -1;
        bind_str(stmt, 1, code);
        sqlite3_bind_int(stmt, 2, year);
        bind_str(stmt, 3, next);
        if (statement_run(job->warehouse, stmt, err) < 0)
            return -1;
        bool fresh = sqlite3_changes(job->warehouse->db) > 0;
        job->result->added += fresh;
        job->result->unchanged += !fresh;
    }
    return job->result->added ? register_change(job, 0, (struct str){0}, err) : 0;
}
