#include "cmd/output.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/export/page.h"

/* The same file, or two names for what is not there yet: of one folder, by the same name. */
static bool is_same_file(const char *a, const char *b)
{
    struct stat x, y;
    if (stat(a, &x) == 0 && stat(b, &y) == 0)
        return x.st_dev == y.st_dev && x.st_ino == y.st_ino;
    const char *path[] = {a, b}, *name[2];
    char folder[2][PATH_MAX];
    for (int i = 0; i < 2; i++) {
        const char *slash = strrchr(path[i], '/');
        size_t n = slash ? (size_t)(slash - path[i]) + 1 : 0;
        name[i] = path[i] + n;
        if (n >= PATH_MAX)
            return false;
        memcpy(folder[i], n ? path[i] : "./", n ? n : 3);
        folder[i][n ? n : 2] = 0;
    }
    return strcmp(name[0], name[1]) == 0 && stat(folder[0], &x) == 0 && stat(folder[1], &y) == 0 &&
           x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

int output_file(const struct session *session, const char *path, struct err *err)
{
    char own[PATH_MAX];
    if (!*path)
        return err_set(err, ERR_USAGE, "an empty name is given for what is to be written");
    for (size_t i = 0; i < WAREHOUSE_FILES; i++)
        if (snprintf(own, sizeof own, "%s%s", session->warehouse_path, warehouse_tails[i]) <
                (int)sizeof own &&
            is_same_file(path, own))
            return err_set(err, ERR_USAGE, "%s belongs to the warehouse; name another file to write",
                           path);
    return 0;
}

int output_folder(const struct session *session, const char *path, const char *inbox,
                  struct err *err)
{
    if (output_file(session, path, err) < 0)
        return -1;
    if (inbox && is_same_file(path, inbox))
        return err_set(err, ERR_USAGE, "%s is the inbox; name another folder for the files, or they "
                                       "would be read as reports", path);
    return 0;
}

int output_pages(struct session *session, const char *folder, bool lazy, struct package_counts *counts,
                 struct err *err)
{
    struct package_counts pages = {0};
    struct stat st;
    char *within = NULL;
    int status;
    if (asprintf(&within, "%s/page", folder) < 0)
        return err_refused(err);
    struct page_options options = {{within, session->dry_run, session_stopped},
                                   .lang = session_document_lang(session), .lazy = lazy};
    if (lstat(within, &st) == 0 && !S_ISDIR(st.st_mode))
        status = err_set(err, ERR_SYSTEM, "%s is a link or no folder; remove it", within);
    else
        status = page_export(session->warehouse, &options, &pages, err);
    free(within);
    counts->files += pages.files;
    counts->changed += pages.changed;
    counts->removed += pages.removed;
    counts->bytes += pages.bytes;
    return status;
}
