#include <string.h>

#include "core/recognise/identity.h"

/* The last part of a path, its extensions cut off: a.tar.gz/b/报告.txt.gz is 报告. */
static struct str stem_of(struct str path)
{
    static const char extensions[] = ".gz|.txt|.html|.htm|.csv|.tsv|.xlsx|.xls|.docx|.doc|.pdf|.md|"
                                     ".wps|.et|.zip|.tar|.tgz|.shtml|.TXT|.HTML|.CSV|.PDF|.DOC|.DOCX|"
                                     ".XLSX|.XLS|.HTM|.text|.jsp|.aspx";
    for (size_t i = path.n; i-- > 0;)
        if (path.p[i] == '/') {
            path = str_skip(path, i + 1);
            break;
        }
    for (size_t n; (n = ends_any(path, extensions)) > 0 && n < path.n;)
        path.n -= n;
    return path;
}

int claim_from_file_name(const struct identity *identity, struct arena *arena, struct str path,
                         struct claim *out)
{
    *out = (struct claim){0};
    struct str stem = stem_of(path);
    return stem.n ? claim_from_title(identity, arena, stem, out) : 0;
}

/* The folders of a path, the nearest first; false when none is left. */
static bool next_folder(struct str *path, struct str *folder)
{
    while (path->n) {
        struct str whole = *path;
        while (path->n && path->p[path->n - 1] != '/')
            path->n--;
        *folder = str_skip(whole, path->n);
        if (path->n)
            path->n--;
        if (folder->n)
            return true;
    }
    return false;
}

int claim_from_folders(const struct identity *identity, struct arena *arena, struct str path,
                       struct claim *out)
{
    struct str folder;
    struct claim found = {0};
    next_folder(&path, &folder); /* the file itself */
    while (next_folder(&path, &folder)) {
        struct claim claim;
        if (claim_from_title(identity, arena, stem_of(folder), &claim) < 0)
            return -1;
        if (!found.year)
            found.year = claim.year;
        /* a folder named by a division holds reports of those below it: a place, no agency */
        if (!found.agency.n && claim.agency.n && !claim.whole) {
            found.agency = claim.agency;
            found.naming = claim.naming;
        }
    }
    *out = found;
    return 0;
}
