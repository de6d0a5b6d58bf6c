/* The calendar: until which day reports are in time, where it is not the statutory one. */
#include <stdio.h>

#include "core/store/register_job.h"
#include "core/store/statement.h"

enum { YEAR, SCOPE, DUE };
enum { DATE_TEXT = 11 };

static const struct register_column columns[] = {
    [YEAR] = {"year|年份|年度|年", true},
    [SCOPE] = {"scope|范围", true},
    [DUE] = {"due|截止日期|报送期限|期限", true},
};

/* The next whole number of at most `most` digits; moves behind it. -1 for none. */
static int number(struct str *s, size_t most)
{
    int n = 0;
    size_t i = 0;
    for (; i < s->n && i < most && s->p[i] >= '0' && s->p[i] <= '9'; i++)
        n = n * 10 + (s->p[i] - '0');
    *s = str_skip(*s, i);
    return i ? n : -1;
}

static void pass(struct str *s, const char *marks)
{
    struct str rest = str_from(marks), mark;
    while (str_split(&rest, '|', &mark))
        if (str_starts(*s, mark)) {
            *s = str_skip(*s, mark.n);
            return;
        }
}

/* A date as ISO writes it, as Excel turns it (2024/1/31), or in Chinese (2024年1月31日). */
static bool read_date(struct str s, char out[DATE_TEXT])
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = number(&s, 4);
    pass(&s, "-|/|.|年");
    int month = number(&s, 2);
    pass(&s, "-|/|.|月");
    int day = number(&s, 2);
    pass(&s, "日");
    if (s.n > 0 || year < 1949 || year > 2200 || month < 1 || month > 12 || day < 1 ||
        day > days[month - 1])
        return false;
    snprintf(out, DATE_TEXT, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100,
             (unsigned)day % 100);
    return true;
}

static struct str read_scope(struct str s)
{
    if (str_eq(s, STR("own")) || str_eq(s, STR("本机关")) || str_eq(s, STR("本单位")))
        return STR("own");
    if (str_eq(s, STR("composite")) || str_eq(s, STR("汇总")))
        return STR("composite");
    return (struct str){0};
}

static int put(struct register_job *job, int year, struct str scope, const char *due,
               struct err *err)
{
    static const char *const names[] = {"register.deadline_there", "register.deadline"};
    for (int i = 0; i < 2; i++) {
        sqlite3_stmt *stmt = warehouse_statement(job->warehouse, names[i], err);
        if (!stmt)
            return -1;
        sqlite3_bind_int(stmt, 1, year);
        bind_str(stmt, 2, scope);
        if (i == 1) {
            bind_str(stmt, 3, str_from(due));
            return statement_run(job->warehouse, stmt, err);
        }
        int got = statement_next(job->warehouse, stmt, err);
        if (got < 0)
            return -1;
        bool same = got > 0 && str_eq(column_str(stmt, 0), str_from(due));
        sqlite3_reset(stmt);
        job->result->unchanged += same;
        job->result->changed += got > 0 && !same;
        job->result->added += got == 0;
        if (same)
            return 0;
    }
    return 0;
}

/* Who is late stands in every total's coverage: all are made anew when a day moves. */
int register_calendar(struct register_job *job, struct err *err)
{
    if (register_columns(job, columns, 3, err) < 0)
        return -1;
    for (size_t i = 0; i < job->file->count; i++) {
        const struct register_row *row = &job->file->rows[i];
        struct err why = {0};
        struct str scope = read_scope(register_field(job, row, SCOPE));
        char due[DATE_TEXT];
        int year = 0;
        if (!register_year(register_field(job, row, YEAR), &year) || !year || !scope.n ||
            !read_date(register_field(job, row, DUE), due)) {
            err_reject(&why, "register-line", row->line,
                       "a line of the calendar needs a year of four digits, own or composite, and a "
                       "date such as 2024-01-31");
            register_bad(job, &why);
            continue;
        }
        if (put(job, year, scope, due, err) < 0)
            return -1;
    }
    if (job->result->added + job->result->changed > 0)
        return register_change(job, 0, (struct str){0}, err);
    return 0;
}
