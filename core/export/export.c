#include "core/export/export.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/resource.h"
#include "core/export/cells_out.h"
#include "core/export/resource_json.h"
#include "core/export/spec.h"
#include "core/export/standing.h"
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
    struct warehouse *warehouse;
    struct package *package;
    struct json *json; /* its datapackage.json */
    const struct export_options *options;
    struct export_spec spec;
    const struct form *form; /* of "each: form", else NULL */
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
    return job->spec.pivot.n > 0;
}

/* The export's path with {form} and {<split column>} filled in. What does not belong in a file
 * name becomes '_': a code from a register may hold anything. */
static int path_of(const struct job *job, struct str part, char path[PATH_LIMIT], struct err *err)
{
    struct str file = job->spec.file;
    ptrdiff_t open = str_find(file, STR("{")), close = str_find(file, STR("}"));
    char year[16] = "", *to = path;
    snprintf(year, sizeof year, "%d", job->form ? job->form->year : 0);
    struct str filling = job->form ? str_from(year) : part;
    if (open < 0 || close < open) {
        open = close = (ptrdiff_t)file.n;
        filling = (struct str){0};
    }
    if (file.n + filling.n >= PATH_LIMIT)
        return err_set(err, ERR_SYSTEM, "the name %.80s… is too long for a file", part.p);
    memcpy(to, file.p, (size_t)open);
    to += open;
    for (size_t i = 0; i < filling.n; i++) {
        char c = filling.p[i];
        bool fits = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                    c == '-';
        *to++ = fits ? c : '_';
    }
    struct str rest = str_skip(file, (size_t)close + 1);
    if (rest.n > 0)
        memcpy(to, rest.p, rest.n);
    to[rest.n] = 0;
    return 0;
}

static void put_heads(struct job *job)
{
    for (int i = 0; i < job->columns; i++)
        csv_out_text(&job->csv, job->column[i].name);
    for (uint32_t i = 0; pivots(job) && i < job->form->count; i++)
        if (job->form->cells[i].id != CELL_NONE)
            csv_out_text(&job->csv,
                         str_from(job->warehouse->catalog->cells[job->form->cells[i].id].code));
    csv_out_row(&job->csv);
}

static int begin_file(struct job *job, struct str part, struct err *err)
{
    char path[PATH_LIMIT];
    struct sink sink;
    if (path_of(job, part, path, err) < 0 ||
        package_begin(job->package, path, job->options->gzip, &sink, err) < 0)
        return -1;
    csv_out_open(&job->csv, sink, job->options->bom);
    put_heads(job);
    job->open = true;
    return 0;
}

static int end_file(struct job *job, struct err *err)
{
    if (!job->open)
        return 0;
    job->open = false;
    if (csv_out_close(&job->csv, err) < 0 || package_end(job->package, err) < 0)
        return -1;
    resource_json(job->json, &job->spec, job->column, job->columns, job->warehouse->catalog,
                  pivots(job) ? job->form : NULL);
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
    for (uint32_t i = 0; i < job->form->count; i++) {
        if (job->form->cells[i].id == CELL_NONE)
            continue;
        const struct figure *figure = &job->figure[job->form->cells[i].id];
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
        catalog_find(job->warehouse->catalog, column_str(job->stmt, job->columns));
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

static int split_column(const struct job *job)
{
    for (int i = 0; job->spec.split.n > 0 && i < job->columns; i++)
        if (str_eq(job->column[i].name, job->spec.split))
            return i;
    return -1;
}

/* Steps through the rows; with a split a new file begins with each new value of its column. */
static int write_rows(struct job *job, struct err *err)
{
    int split = split_column(job), step;
    char part[PATH_LIMIT] = "";
    if (split < 0 && begin_file(job, (struct str){0}, err) < 0)
        return -1;
    if (str_eq(job->spec.by, STR("program")))
        return cells_out(job->warehouse, &job->csv, err) < 0 ? -1 : end_file(job, err);
    while ((step = sqlite3_step(job->stmt)) == SQLITE_ROW && !job->csv.failed) {
        if (split >= 0) {
            struct str value = column_str(job->stmt, split);
            if (!job->open || !str_eq(value, str_from(part))) {
                if (end_file(job, err) < 0 || begin_file(job, value, err) < 0)
                    return -1;
                snprintf(part, sizeof part, "%.*s", STR_ARG(value));
            }
        }
        if (!pivots(job))
            put_row(job);
        else if (gather(job, err) < 0)
            return -1;
    }
    if (step != SQLITE_DONE && step != SQLITE_ROW)
        return warehouse_error(job->warehouse, err);
    if (pivots(job))
        put_gathered(job);
    return end_file(job, err);
}

static int describe_columns(struct job *job, struct err *err)
{
    job->columns = sqlite3_column_count(job->stmt) - (pivots(job) ? 2 : 0);
    if (job->columns > COLUMNS || job->columns < 1 || (pivots(job) && !job->form))
        return err_set(err, ERR_SYSTEM, "sql/exports/%.*s.sql: its columns do not fit its head",
                       STR_ARG(job->spec.name));
    for (int i = 0; i < job->columns; i++)
        if (spec_column(&job->spec, str_from(sqlite3_column_name(job->stmt, i)), &job->column[i],
                        err) < 0)
            return -1;
    return 0;
}

static int write_export(struct job *job, struct err *err)
{
    if (sqlite3_prepare_v2(job->warehouse->db, job->spec.sql, -1, &job->stmt, NULL) != SQLITE_OK)
        return err_set(err, ERR_SYSTEM, "sql/exports/%.*s.sql cannot be prepared: %s",
                       STR_ARG(job->spec.name), sqlite3_errmsg(job->warehouse->db));
    int form = sqlite3_bind_parameter_index(job->stmt, ":form");
    if (form > 0 && job->form)
        sqlite3_bind_int(job->stmt, form, job->form->year);
    int status = describe_columns(job, err);
    if (status == 0)
        status = write_rows(job, err);
    forget_gathered(job);
    sqlite3_finalize(job->stmt);
    job->stmt = NULL;
    return status;
}

/* Whether the export belongs to what is asked for. */
static bool is_wanted(const struct job *job)
{
    struct str also = str_from(job->options->also);
    if (str_eq(also, STR(EXPORT_PARTITIONED)))
        return str_eq(job->spec.when, also);
    return job->spec.when.n == 0 || str_eq(job->spec.when, also);
}

/* The files of sql/partitioned/ as they stand. */
static int write_ddl(struct job *job, struct err *err)
{
    static const char folder[] = "partitioned/";
    for (const struct resource *r = resources; r->path; r++) {
        struct sink sink;
        if (!str_starts(str_from(r->path), STR(folder)))
            continue;
        if (package_begin(job->package, r->path + sizeof folder - 1, false, &sink, err) < 0 ||
            sink_write(sink, r->text, r->size, err) < 0 || package_end(job->package, err) < 0)
            return -1;
        json_text(job->json, "mediatype", "application/sql");
    }
    return 0;
}

static int write_all(struct job *job, struct err *err)
{
    const struct catalog *catalog = job->warehouse->catalog;
    if (strcmp(job->options->also, EXPORT_PARTITIONED) == 0 && write_ddl(job, err) < 0)
        return -1;
    for (uint32_t cursor = 0; spec_next(&cursor, &job->spec);) {
        if (!is_wanted(job))
            continue;
        bool forms = str_eq(job->spec.each, STR("form"));
        for (uint32_t i = 0; i < (forms ? catalog->form_count : 1); i++) {
            job->form = forms ? &catalog->forms[i] : NULL;
            if (write_export(job, err) < 0)
                return -1;
        }
    }
    return 0;
}

static void describe_package(struct json *json)
{
    json_text(json, "profile", "data-package");
    json_text(json, "name", "gongkai");
    json_text(json, "title", "Annual reports on government-information disclosure: totals, "
                             "coverage, findings");
    json_text(json, "title_zh", "政府信息公开工作年度报告：汇总、报送情况、问题");
}

static int write_package(struct job *job, struct package_counts *counts, struct err *err)
{
    struct warehouse *warehouse = job->warehouse;
    int status = package_open(&job->package, job->options->folder, job->options->dry, &job->json,
                              err);
    if (status == 0)
        describe_package(job->json);
    /* what must be sorted goes to a file when it grows, and all files show one view of the
     * warehouse, whatever is written meanwhile */
    if (!warehouse->in_transaction)
        sqlite3_exec(warehouse->db, "PRAGMA temp_store = FILE", NULL, NULL, NULL);
    bool within = status == 0 && !warehouse->in_transaction &&
                  sqlite3_exec(warehouse->db, "BEGIN", NULL, NULL, NULL) == SQLITE_OK;
    if (status == 0)
        status = write_all(job, err);
    if (within)
        sqlite3_exec(warehouse->db, "COMMIT", NULL, NULL, NULL);
    if (status == 0)
        return package_close(job->package, counts, err);
    package_abandon(job->package);
    return -1;
}

static int write_all_files(struct warehouse *warehouse, const struct export_options *options,
                           struct package_counts *counts, struct err *err)
{
    struct job *job = calloc(1, sizeof *job);
    if (!job)
        return err_memory(err);
    job->warehouse = warehouse;
    job->options = options;
    int status = write_package(job, counts, err);
    free(job);
    return status;
}

/* A warehouse that is empty, as one is that was just made for want of another, must not replace
 * what an earlier export has written. */
static int check_replaced(struct warehouse *warehouse, const struct export_options *options,
                          struct err *err)
{
    struct export_options dry = *options;
    struct package_counts counts = {0};
    bool empty;
    if (warehouse_is_empty(warehouse, &empty, err) < 0)
        return -1;
    if (!empty || !standing_any(options->folder))
        return 0;
    dry.dry = true;
    int status = write_all_files(warehouse, &dry, &counts, err);
    if (status == 0 && counts.changed + counts.removed > 0)
        return err_set(err, ERR_USAGE, "the warehouse is empty and %s holds an export; name the right "
                       "warehouse with --warehouse, or another folder, or remove that export first",
                       options->folder);
    return status;
}

int export_all(struct warehouse *warehouse, const struct export_options *options,
               struct package_counts *counts, struct err *err)
{
    char state[DIGEST_HEX], words[64];
    snprintf(words, sizeof words, "%d %d %s", options->bom, options->gzip, options->also);
    if (standing_state(warehouse, words, state, err) < 0)
        return -1;
    if (options->lazy && standing_holds(options->folder, state, counts))
        return 0;
    int status = check_replaced(warehouse, options, err);
    if (status == 0)
        status = write_all_files(warehouse, options, counts, err);
    if (status == 0 && !options->dry)
        status = standing_note(options->folder, state, err);
    return status;
}
