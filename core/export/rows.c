#include "core/export/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/export/cells_out.h"
#include "core/export/facts_out.h"
#include "core/export/resource_json.h"
#include "core/export/totals_out.h"
#include "core/text/csv_out.h"

enum { COLUMNS = 64, PATH_LIMIT = 512 };

/* A figure of the row that a pivot gathers. */
struct figure {
    enum { FIGURE_NONE, FIGURE_INTEGER, FIGURE_DECIMAL } kind;
    int64_t integer;
    char digits[32];
};

/* One export being written. */
struct job {
    struct rows_wanted wanted;
    const struct catalog *catalog;
    sqlite3_stmt *stmt;
    struct export_column column[COLUMNS];
    int columns; /* without code and value of a pivot */
    bool open;   /* a file is begun */
    struct csv_out csv;
    sqlite3_value *key[COLUMNS]; /* of the row that a pivot gathers; NULL: none yet */
    struct figure figure[CATALOG_CELLS];
};

static bool pivots(const struct job *job)
{
    return job->wanted.spec->pivot.n > 0;
}

/* What fills a {name} of the export's path: the form's year, or the row's value in a column that the
 * export is split by. */
static struct str filling(const struct job *job, sqlite3_stmt *row, struct str name, char year[16])
{
    if (str_eq(name, STR("form"))) {
        snprintf(year, 16, "%d", job->wanted.form ? job->wanted.form->year : 0);
        return str_from(year);
    }
    for (int i = 0; i < sqlite3_column_count(row); i++)
        if (str_eq(str_from(sqlite3_column_name(row, i)), name))
            return column_str(row, i);
    return (struct str){0};
}

/* The export's path with its {names} filled in. What does not belong in a file name becomes '_': a
 * code from a register may hold anything. */
static int path_of(const struct job *job, sqlite3_stmt *row, struct buf *path, struct err *err)
{
    struct str rest = job->wanted.spec->file;
    char year[16];
    for (ptrdiff_t open, close; (open = str_find(rest, STR("{"))) >= 0;
         rest = str_skip(rest, (size_t)close + 1)) {
        close = str_find(rest, STR("}"));
        if (close < open)
            break;
        struct str text = filling(job, row, str_slice(rest, (size_t)open + 1, (size_t)close), year);
        buf_add(path, str_slice(rest, 0, (size_t)open));
        for (size_t i = 0; i < text.n; i++) {
            char c = text.p[i];
            bool fits = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                        (c >= 'a' && c <= 'z') || c == '-';
            buf_char(path, fits ? c : '_');
        }
    }
    buf_add(path, rest);
    if (path->failed)
        return err_refused_met()
                   ? err_memory(err)
                   : err_set(err, ERR_SYSTEM, "the name %.80s… is too long for a file", path->p);
    return 0;
}

static void put_heads(struct job *job)
{
    for (int i = 0; i < job->columns; i++)
        csv_out_text(&job->csv, job->column[i].name);
    for (uint32_t i = 0; pivots(job) && i < job->wanted.form->count; i++)
        if (job->wanted.form->cells[i].id != CELL_NONE)
            csv_out_text(&job->csv,
                         str_from(job->catalog->cells[job->wanted.form->cells[i].id].code));
    csv_out_row(&job->csv);
}

/* Begins the file that the row belongs to; `row` is NULL where there is one file alone. */
static int begin_file(struct job *job, sqlite3_stmt *row, struct err *err)
{
    struct buf path = buf_new(PATH_LIMIT);
    struct sink sink;
    int status = path_of(job, row, &path, err);
    if (status == 0)
        status = package_begin(job->wanted.package, buf_str(&path).p, job->wanted.gzip, &sink, err);
    buf_free(&path);
    if (status < 0)
        return -1;
    csv_out_open(&job->csv, sink, job->wanted.bom);
    put_heads(job);
    job->open = true;
    return 0;
}

static int end_file(struct job *job, struct err *err)
{
    if (!job->open)
        return 0;
    job->open = false;
    if (csv_out_close(&job->csv, err) < 0 || package_end(job->wanted.package, err) < 0)
        return -1;
    resource_json(job->wanted.json, job->wanted.spec, job->column, job->columns, job->catalog,
                  pivots(job) ? job->wanted.form : NULL);
    return 0;
}

/* What one field of a row holds, whoever holds it. */
struct item {
    int kind; /* SQLITE_INTEGER, SQLITE_TEXT … */
    int64_t integer;
    struct str text;
};

static struct item item_of_column(sqlite3_stmt *stmt, int i)
{
    struct item item = {.kind = sqlite3_column_type(stmt, i)};
    if (item.kind == SQLITE_INTEGER)
        item.integer = sqlite3_column_int64(stmt, i);
    item.text = column_str(stmt, i);
    return item;
}

static struct item item_of_value(sqlite3_value *value)
{
    struct item item = {.kind = sqlite3_value_type(value)};
    if (item.kind == SQLITE_INTEGER)
        item.integer = sqlite3_value_int64(value);
    item.text.p = (const char *)sqlite3_value_text(value);
    item.text.n = item.text.p ? (size_t)sqlite3_value_bytes(value) : 0;
    return item;
}

/* Writes one field. A type of string keeps codes as text, whatever SQLite made of them. */
static void put_item(struct csv_out *csv, struct item item, struct str type)
{
    if (item.kind == SQLITE_NULL)
        csv_out_null(csv);
    else if (item.kind == SQLITE_INTEGER && !str_eq(type, STR("string")))
        csv_out_integer(csv, item.integer);
    else if (item.kind == SQLITE_TEXT && (str_eq(type, STR("number")) || str_eq(type, STR("any"))))
        csv_out_decimal(csv, item.text);
    else
        csv_out_text(csv, item.text);
}

/* Writes the gathered row of a pivot. */
static void put_gathered(struct job *job)
{
    if (!job->key[0])
        return;
    for (int i = 0; i < job->columns; i++)
        put_item(&job->csv, item_of_value(job->key[i]), job->column[i].type);
    for (uint32_t i = 0; i < job->wanted.form->count; i++) {
        if (job->wanted.form->cells[i].id == CELL_NONE)
            continue;
        const struct figure *figure = &job->figure[job->wanted.form->cells[i].id];
        if (figure->kind == FIGURE_INTEGER)
            csv_out_integer(&job->csv, figure->integer);
        else if (figure->kind == FIGURE_DECIMAL)
            csv_out_decimal(&job->csv, str_from(figure->digits));
        else
            csv_out_null(&job->csv);
    }
    csv_out_row(&job->csv);
}

static void forget_gathered(struct job *job)
{
    for (int i = 0; i < COLUMNS; i++) {
        sqlite3_value_free(job->key[i]);
        job->key[i] = NULL;
    }
    memset(job->figure, 0, sizeof job->figure);
}

static bool same_item(struct item a, struct item b)
{
    return a.kind == b.kind && str_eq(a.text, b.text);
}

/* Takes a row (…, code, value) into the gathered one, which it first writes when it is another. */
static int gather(struct job *job, struct err *err)
{
    bool same = job->key[0] != NULL;
    for (int i = 0; same && i < job->columns; i++)
        same = same_item(item_of_value(job->key[i]), item_of_column(job->stmt, i));
    if (!same) {
        put_gathered(job);
        forget_gathered(job);
        for (int i = 0; i < job->columns; i++) {
            job->key[i] = sqlite3_value_dup(sqlite3_column_value(job->stmt, i));
            if (!job->key[i])
                return err_memory(err);
        }
    }
    const struct cell *cell =
        catalog_find(job->catalog, column_str(job->stmt, job->columns));
    if (!cell)
        return 0;
    struct figure *figure = &job->figure[cell->id];
    int kind = sqlite3_column_type(job->stmt, job->columns + 1);
    if (kind == SQLITE_INTEGER) {
        figure->kind = FIGURE_INTEGER;
        figure->integer = sqlite3_column_int64(job->stmt, job->columns + 1);
    } else if (kind == SQLITE_TEXT) {
        struct str digits = column_str(job->stmt, job->columns + 1);
        figure->kind = FIGURE_DECIMAL;
        snprintf(figure->digits, sizeof figure->digits, "%.*s", STR_ARG(digits));
    }
    return 0;
}

static void put_row(struct job *job)
{
    for (int i = 0; i < job->columns; i++)
        put_item(&job->csv, item_of_column(job->stmt, i), job->column[i].type);
    csv_out_row(&job->csv);
}

/* With a split, begins a new file where the row has other values in its columns than the last; else
 * there is one file, begun already. `last` holds the values. */
static int turn_page(struct job *job, sqlite3_stmt *row, struct buf *last, struct err *err)
{
    struct str rest = job->wanted.spec->split, name;
    struct buf now = buf_new(PATH_LIMIT);
    char year[16];
    while (rest.n > 0 && str_split(&rest, ' ', &name)) {
        buf_add(&now, filling(job, row, name, year));
        buf_char(&now, 0);
    }
    bool same = job->open && str_eq(buf_str(&now), buf_str(last));
    buf_free(last);
    *last = now;
    if (now.failed)
        return err_memory(err);
    return same ? 0 : end_file(job, err) < 0 ? -1 : begin_file(job, row, err);
}

/* Facts come report by report. */
static int write_facts(struct job *job, struct buf *last, struct err *err)
{
    int got = 0;
    struct facts_out *facts = NULL;
    if (facts_out_open(&facts, job->wanted.warehouse, err) < 0)
        return -1;
    while (!job->csv.failed && (got = facts_out_next(facts, err)) > 0 &&
           (got = turn_page(job, facts_out_row(facts), last, err)) == 0)
        facts_out_put(facts, &job->csv);
    facts_out_close(facts);
    return got;
}

/* The rows as the statement gives them. */
static int write_stepping(struct job *job, struct buf *last, struct err *err)
{
    int step, status = 0;
    while ((step = sqlite3_step(job->stmt)) == SQLITE_ROW && !job->csv.failed && status == 0) {
        if (job->wanted.spec->split.n > 0 && turn_page(job, job->stmt, last, err) < 0)
            return -1;
        if (pivots(job))
            status = gather(job, err);
        else
            put_row(job);
    }
    if (step != SQLITE_DONE && step != SQLITE_ROW)
        return warehouse_error(job->wanted.warehouse, err);
    if (pivots(job))
        put_gathered(job);
    return status;
}

/* Writes the rows, as "by" says. */
static int write_rows(struct job *job, struct err *err)
{
    struct str by = job->wanted.spec->by;
    struct buf last = buf_new(PATH_LIMIT);
    int status = 0;
    if (job->wanted.spec->split.n == 0)
        status = begin_file(job, NULL, err);
    if (status < 0)
        ;
    else if (str_eq(by, STR("facts")))
        status = write_facts(job, &last, err);
    else if (str_eq(by, STR("cells")))
        status = cells_out(job->wanted.warehouse, &job->csv, err);
    else if (str_starts(by, STR("totals ")))
        status = totals_out(job->wanted.warehouse, str_skip(by, 7),
                            pivots(job) ? job->wanted.form : NULL, &job->csv, err);
    else
        status = write_stepping(job, &last, err);
    buf_free(&last);
    return status < 0 ? -1 : end_file(job, err);
}

static int describe_columns(struct job *job, struct err *err)
{
    job->columns = sqlite3_column_count(job->stmt) - (pivots(job) ? 2 : 0);
    if (job->columns > COLUMNS || job->columns < 1 || (pivots(job) && !job->wanted.form))
        return err_set(err, ERR_SYSTEM, "sql/exports/%.*s.sql: its columns do not fit its head",
                       STR_ARG(job->wanted.spec->name));
    for (int i = 0; i < job->columns; i++)
        if (spec_column(job->wanted.spec, str_from(sqlite3_column_name(job->stmt, i)), &job->column[i],
                        err) < 0)
            return -1;
    return 0;
}

static int write_export(struct job *job, struct err *err)
{
    sqlite3 *db = job->wanted.warehouse->db;
    const struct export_spec *spec = job->wanted.spec;
    if (sqlite3_prepare_v2(db, spec->sql, -1, &job->stmt, NULL) != SQLITE_OK)
        return err_set(err, ERR_SYSTEM, "sql/exports/%.*s.sql cannot be prepared: %s",
                       STR_ARG(spec->name), sqlite3_errmsg(db));
    int form = sqlite3_bind_parameter_index(job->stmt, ":form");
    if (form > 0 && job->wanted.form)
        sqlite3_bind_int(job->stmt, form, job->wanted.form->year);
    int status = describe_columns(job, err);
    if (status == 0)
        status = write_rows(job, err);
    forget_gathered(job);
    sqlite3_finalize(job->stmt);
    return status;
}

int rows_export(const struct rows_wanted *wanted, struct err *err)
{
    struct job *job = calloc(1, sizeof *job);
    if (!job)
        return err_memory(err);
    job->wanted = *wanted;
    job->catalog = wanted->warehouse->catalog;
    int status = write_export(job, err);
    free(job);
    return status;
}
