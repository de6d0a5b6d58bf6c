#include "core/export/export.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/resource.h"
#include "core/export/rows.h"
#include "core/export/standing.h"

/* The exports being written. */
struct job {
    struct warehouse *warehouse;
    struct package *package;
    struct json *json; /* its datapackage.json */
    const struct export_options *options;
    struct export_spec spec;
};

/* Whether a name is one of a list with commas between. */
static bool is_listed(const char *list, struct str name)
{
    struct str rest = str_from(list), word;
    while (str_split(&rest, ',', &word))
        if (str_eq(word, name))
            return true;
    return false;
}

/* Those that can be asked for by name: all but the set for other databases. */
static bool has_name(const struct export_spec *spec)
{
    return !str_eq(spec->when, STR(EXPORT_PARTITIONED));
}

static int check_names(const char *only, struct err *err)
{
    struct str rest = str_from(only), word;
    while (str_split(&rest, ',', &word)) {
        struct export_spec spec;
        struct buf names = buf_new(1 << 12);
        bool found = false;
        for (uint32_t cursor = 0; !found && spec_next(&cursor, &spec);) {
            found = has_name(&spec) && str_eq(spec.name, word);
            if (has_name(&spec))
                buf_printf(&names, "%s%.*s", names.n ? ", " : "", STR_ARG(spec.name));
        }
        if (!found)
            err_set(err, ERR_USAGE, "no export is called \"%.*s\"; --only takes, with commas between: %s",
                    STR_ARG(word), buf_str(&names).p ? names.p : "");
        buf_free(&names);
        if (!found)
            return -1;
    }
    return 0;
}

/* Whether the export belongs to what is asked for. */
static bool is_wanted(const struct job *job)
{
    struct str also = str_from(job->options->also);
    if (job->options->only)
        return has_name(&job->spec) && is_listed(job->options->only, job->spec.name);
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
            struct rows_wanted wanted = {
                .warehouse = job->warehouse,
                .package = job->package,
                .json = job->json,
                .spec = &job->spec,
                .form = forms ? &catalog->forms[i] : NULL,
                .bom = job->options->bom,
                .gzip = job->options->gzip,
            };
            if (rows_export(&wanted, err) < 0)
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
    json_text(json, "title_zh", "政府信息公开工作年度报告：汇总、报送情况、问题"); /* lint: of both languages */
}

static int write_package(struct job *job, struct package_counts *counts, struct err *err)
{
    struct warehouse *warehouse = job->warehouse;
    struct package_options folder = {job->options->folder, job->options->dry,
                                     job->options->stopped};
    int status = package_open(&job->package, &folder, &job->json, err);
    if (status == 0)
        describe_package(job->json);
    /* all files show one view of the warehouse, whatever is written meanwhile */
    warehouse_now_ask(warehouse);
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
    struct job job = {.warehouse = warehouse, .options = options};
    return write_package(&job, counts, err);
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
    char state[DIGEST_HEX];
    const char *only = options->only ? options->only : "";
    struct buf words = buf_new(1 << 16);
    buf_printf(&words, "%d %d %s %s", options->bom, options->gzip, options->also, only);
    int told = options->only ? check_names(only, err) : 0;
    if (told == 0)
        told = buf_str(&words).p ? standing_state(warehouse, words.p, state, err) : err_memory(err);
    buf_free(&words);
    if (told < 0)
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
