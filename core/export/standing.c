#include "core/export/standing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/replace.h"
#include "core/base/resource.h"

static const char state_name[] = ".state";

int standing_state(struct warehouse *warehouse, const char *options, char state[DIGEST_HEX],
                   struct err *err)
{
    struct digest *digest = NULL;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "export.state", err);
    if (!stmt || digest_new(&digest, err) < 0)
        return -1;
    int status = sqlite3_step(stmt) == SQLITE_ROW
                     ? digest_add(digest, column_str(stmt, 0), err)
                     : warehouse_error(warehouse, err);
    sqlite3_reset(stmt);
    for (const struct resource *r = resources; status == 0 && r->path; r++)
        if (str_starts(str_from(r->path), STR("exports/")) ||
            str_starts(str_from(r->path), STR("queries/")) ||
            str_starts(str_from(r->path), STR("views.sql")))
            status = digest_add(digest, (struct str){r->text, r->size}, err);
    if (status == 0)
        status = digest_add(digest, str_from(options), err);
    /* another build of the program may write other files from the same data */
    struct stat self;
    char build[64];
    if (status == 0 && stat("/proc/self/exe", &self) == 0) {
        snprintf(build, sizeof build, "%lld %lld.%ld", (long long)self.st_size,
                 (long long)self.st_mtim.tv_sec, self.st_mtim.tv_nsec);
        status = digest_add(digest, str_from(build), err);
    }
    if (status == 0)
        status = digest_end(digest, state, err);
    digest_free(digest);
    return status;
}

static FILE *open_in(const char *folder, const char *name, struct stat *st)
{
    char *path = NULL;
    if (asprintf(&path, "%s/%s", folder, name) < 0)
        return NULL;
    FILE *f = fopen(path, "r");
    free(path);
    if (f && fstat(fileno(f), st) == 0)
        return f;
    if (f)
        fclose(f);
    return NULL;
}

/* Whether a listed file is there and not younger than the list. */
static bool is_untouched(const char *folder, const char *name, const struct stat *list)
{
    struct stat st;
    char *path = NULL;
    if (asprintf(&path, "%s/%s", folder, name) < 0)
        return false;
    bool good = lstat(path, &st) == 0 && S_ISREG(st.st_mode) &&
                (st.st_mtim.tv_sec < list->st_mtim.tv_sec ||
                 (st.st_mtim.tv_sec == list->st_mtim.tv_sec &&
                  st.st_mtim.tv_nsec <= list->st_mtim.tv_nsec));
    free(path);
    return good;
}

bool standing_any(const char *folder)
{
    struct stat st;
    FILE *list = open_in(folder, "datapackage.json", &st), *sums = open_in(folder, "SHA256SUMS", &st);
    bool any = list && sums;
    if (list)
        fclose(list);
    if (sums)
        fclose(sums);
    return any;
}

bool standing_holds(const char *folder, const char state[DIGEST_HEX],
                    struct package_counts *counts)
{
    char noted[DIGEST_HEX] = "", *line = NULL;
    struct stat note, st;
    struct package_counts found = {0};
    FILE *f = open_in(folder, state_name, &note);
    bool holds = f && fread(noted, 1, DIGEST_HEX - 1, f) == DIGEST_HEX - 1 &&
                 strcmp(noted, state) == 0;
    if (f)
        fclose(f);
    f = holds ? open_in(folder, "SHA256SUMS", &st) : NULL;
    holds = f && is_untouched(folder, "SHA256SUMS", &note) &&
            is_untouched(folder, "datapackage.json", &note);
    size_t room = 0;
    for (ssize_t n; holds && (n = getline(&line, &room, f)) > DIGEST_HEX + 1; found.files++) {
        line[n - 1] = 0;
        holds = is_untouched(folder, line + DIGEST_HEX + 1, &note);
    }
    free(line);
    if (f)
        fclose(f);
    if (holds)
        *counts = found;
    return holds;
}

int standing_note(const char *folder, const char state[DIGEST_HEX], struct err *err)
{
    /* the note must not be older than any file that it speaks for */
    replace_remove(folder, state_name);
    return replace_file(folder, state_name, (struct str){state, DIGEST_HEX - 1}, NULL, err);
}
