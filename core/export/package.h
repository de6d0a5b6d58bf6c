/* package.h - a folder of written files with their description beside them: datapackage.json
 * (Data Package, frictionlessdata.io) and SHA256SUMS, which `sha256sum -c` takes.
 *
 * Each file is replaced in one step and only when its bytes change, some at a time (see
 * replace_commit_all); datapackage.json and SHA256SUMS come last. A file that an earlier run wrote and
 * this one does not is removed when it still has the hash written down for it; nothing else in the
 * folder is ever touched. */
#ifndef GONGKAI_EXPORT_PACKAGE_H
#define GONGKAI_EXPORT_PACKAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/err.h"
#include "core/base/json.h"
#include "core/base/sink.h"
#include "core/base/str.h"

struct package;

struct package_counts {
    uint32_t files, changed, removed;
    uint64_t bytes;
};

struct package_options {
    const char *folder;
    bool dry;              /* write nothing, only count */
    bool (*stopped)(void); /* asked again and again, it fails once that is true; may be NULL */
};

/* Opens the folder, making it when absent. `json` is datapackage.json inside its outermost object:
 * the caller adds name and title before the first file. */
int package_open(struct package **out, const struct package_options *options, struct json **json,
                 struct err *err);

/* Begins the file at `path` (packed when `gzip`, then .gz is added) and gives where its bytes go.
 * One file at a time. */
int package_begin(struct package *package, const char *path, bool gzip, struct sink *sink,
                  struct err *err);

/* Ends it. The caller may add members to its resource in datapackage.json, which has name, path,
 * bytes and hash already, until the next call. */
int package_end(struct package *package, struct err *err);

/* Writes the two lists, removes leftovers, frees it also on failure. `counts` may be NULL. */
int package_close(struct package *package, struct package_counts *counts, struct err *err);

/* Gives up: of what was ended some stands already, what was begun does not. May be NULL. */
void package_abandon(struct package *package);

#endif
