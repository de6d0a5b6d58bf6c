/* The manifest: what a person says of files that do not say it themselves. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/intake.h"
#include "core/base/arena.h"
#include "importers/csv_header.h"

enum { MANIFEST_MOST = 64 << 20 };

struct row {
    struct manifest_row said;
    const char *real; /* the file it means, NULL when there is none */
};

struct manifest {
    struct arena arena;
    struct row *rows; /* by path */
    size_t count, capacity;
    const struct row **by_real;
    size_t real_count;
};

/* Columns of the manifest: `path` and those that csv_header.h knows. */
struct columns {
    int path, agency, division, year, scope;
};

static bool is_path(struct str head)
{
    static const char *const names[] = {"path", "file", "source", "路径", "文件", "文件名", "来源"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(head, str_from(names[i])))
            return true;
    return false;
}

/* A column whose name is written wrongly would else say nothing, and nobody would know. */
static void say_unknown(struct log *log, struct str manifest, struct str name)
{
    struct err what = {0};
    err_reject(&what, "", 1, "the column %.*s is not known and is left out", STR_ARG(str_slice(name, 0, 60)));
    log_err(log, LOG_WARNING, "note", manifest, &what);
}

static int find_columns(const struct csv_record *head, const char *path, struct log *log,
                        struct columns *out, struct err *err)
{
    *out = (struct columns){-1, -1, -1, -1, -1};
    for (size_t i = 0; i < head->count; i++) {
        struct str name = head->fields[i].text;
        enum csv_column column = csv_column_of(name);
        int *at = is_path(name)              ? &out->path
                  : column == CSV_AGENCY   ? &out->agency
                  : column == CSV_DIVISION ? &out->division
                  : column == CSV_YEAR     ? &out->year
                  : column == CSV_SCOPE    ? &out->scope
                                           : NULL;
        if (at && *at < 0)
            *at = (int)i;
        else if (name.n > 0)
            say_unknown(log, str_from(path), name);
    }
    if (out->path < 0)
        return err_set(err, ERR_USAGE, "the manifest has no column path (路径); its first line names "
                                       "the columns path,agency,division,year,scope");
    return 0;
}

static struct str field(const struct csv_record *record, int column)
{
    if (column < 0 || (size_t)column >= record->count)
        return (struct str){0};
    return str_trim(record->fields[column].text);
}

static int read_scope(struct str s, enum scope *out)
{
    struct str scope = csv_scope(s);
    *out = str_eq(scope, STR("own"))         ? SCOPE_OWN
           : str_eq(scope, STR("composite")) ? SCOPE_COMPOSITE
                                             : SCOPE_UNKNOWN;
    return scope.p ? 0 : -1;
}

/* The absolute path of what a row means, seen from the folder of the manifest. */
static int find_real(struct manifest *manifest, const char *path, struct row *row)
{
    char joined[PATH_MAX], real[PATH_MAX] = "";
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path + 1) : 0;
    struct str p = row->said.path;
    bool absolute = p.n > 0 && p.p[0] == '/';
    int n = snprintf(joined, sizeof joined, "%.*s%.*s", absolute ? 0 : folder, path, STR_ARG(p));
    if (n < 0 || n >= (int)sizeof joined || !realpath(joined, real))
        return 0;
    row->real = arena_copy(&manifest->arena, str_from(real)).p;
    return row->real ? 0 : -1;
}

static int add_row(struct manifest *manifest, const char *path, const struct csv_record *record,
                   const struct columns *columns, struct err *err)
{
    struct row row = {0};
    struct str said = field(record, columns->path);
    while (str_starts(said, STR("./")))
        said = str_skip(said, 2);
    if (said.n == 0)
        return 0;
    row.said.year = csv_year(field(record, columns->year));
    if (record->broken || row.said.year < 0 ||
        read_scope(field(record, columns->scope), &row.said.scope) < 0)
        return err_set(err, ERR_USAGE, "line %u of the manifest cannot be read: the year has four "
                                       "digits, the scope is own or composite (本机关, 汇总)",
                       record->line);
    row.said.path = arena_copy(&manifest->arena, said);
    row.said.agency = arena_copy(&manifest->arena, field(record, columns->agency));
    row.said.division = arena_copy(&manifest->arena, field(record, columns->division));
    if (!row.said.path.p || !row.said.agency.p || !row.said.division.p ||
        find_real(manifest, path, &row) < 0 ||
        arena_grow(&manifest->arena, &manifest->rows, manifest->count, &manifest->capacity,
                   sizeof row) < 0)
        return err_memory(err);
    manifest->rows[manifest->count++] = row;
    return 0;
}

static int by_path(const void *a, const void *b)
{
    return str_cmp(((const struct row *)a)->said.path, ((const struct row *)b)->said.path);
}

static int by_real(const void *a, const void *b)
{
    return strcmp((*(const struct row *const *)a)->real, (*(const struct row *const *)b)->real);
}

/* Orders the rows for finding; two rows for one path contradict each other. */
static int order(struct manifest *manifest, struct err *err)
{
    if (manifest->count == 0)
        return 0;
    qsort(manifest->rows, manifest->count, sizeof *manifest->rows, by_path);
    manifest->by_real = arena_array(&manifest->arena, manifest->count, sizeof *manifest->by_real);
    if (!manifest->by_real)
        return err_memory(err);
    for (size_t i = 0; i < manifest->count; i++) {
        const struct row *row = &manifest->rows[i];
        if (i > 0 && str_eq(row->said.path, row[-1].said.path))
            return err_set(err, ERR_USAGE, "the manifest names %.*s twice", STR_ARG(row->said.path));
        if (row->real)
            manifest->by_real[manifest->real_count++] = row;
    }
    if (manifest->real_count)
        qsort(manifest->by_real, manifest->real_count, sizeof *manifest->by_real, by_real);
    return 0;
}

static int read_rows(struct manifest *manifest, struct csv_reader *reader, const char *path,
                     struct log *log, struct err *err)
{
    struct csv_record record;
    struct columns columns = {0};
    int got = csv_next(reader, &record, err);
    if (got < 0 || (got == 0 ? err_set(err, ERR_USAGE, "the manifest %s is empty", path)
                             : find_columns(&record, path, log, &columns, err)) < 0)
        return -1;
    while ((got = csv_next(reader, &record, err)) > 0)
        if (add_row(manifest, path, &record, &columns, err) < 0)
            return -1;
    return got < 0 ? -1 : order(manifest, err);
}

int manifest_read(struct manifest **out, const char *path, struct log *log, struct err *err)
{
    if (access(path, R_OK) != 0)
        return err_set(err, ERR_USAGE, "%s cannot be found (%s)", path, strerror(errno));
    struct stream *in = NULL;
    struct csv_reader *reader = NULL;
    struct manifest *manifest = calloc(1, sizeof *manifest);
    if (!manifest)
        return err_refused(err);
    manifest->arena = arena_new(MANIFEST_MOST);
    int status = stream_open(&in, path, err);
    if (status == 0)
        status = csv_reader_new(&reader, in, ENCODING_BY_CONTENT, err);
    if (status == 0)
        status = read_rows(manifest, reader, path, log, err);
    if (reader)
        csv_reader_free(reader);
    stream_close(in);
    if (status < 0) {
        if (err->kind == ERR_INPUT)
            err->kind = ERR_USAGE; /* the manifest is configuration, no input */
        manifest_free(manifest);
        return -1;
    }
    *out = manifest;
    return 0;
}

void manifest_free(struct manifest *manifest)
{
    if (!manifest)
        return;
    arena_free(&manifest->arena);
    free(manifest);
}

const struct manifest_row *manifest_find(const struct manifest *manifest, struct str shown,
                                         const char *real)
{
    char absolute[PATH_MAX];
    struct row key = {.said.path = shown};
    const struct row *row =
        manifest->count
            ? bsearch(&key, manifest->rows, manifest->count, sizeof *manifest->rows, by_path)
            : NULL;
    if (row || !real || !manifest->real_count || !realpath(real, absolute))
        return row ? &row->said : NULL;
    key.real = absolute;
    const struct row *wanted = &key;
    const struct row *const *found = bsearch(&wanted, manifest->by_real, manifest->real_count,
                                             sizeof *manifest->by_real, by_real);
    return found ? &(*found)->said : NULL;
}
