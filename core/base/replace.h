/* replace.h - writes a file so that readers see the old one or the whole new one, nothing between.
 *
 * The new bytes go to `.NAME.new` in the same folder; replace_commit flushes it to the disk and
 * renames it over NAME. When the bytes are those that stand there already nothing is touched: the
 * file keeps its time. A run that is killed leaves `.NAME.new` behind, which the next one takes
 * over; two runs at once are told apart by a lock on it (ERR_BUSY for the second). */
#ifndef GONGKAI_BASE_REPLACE_H
#define GONGKAI_BASE_REPLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/err.h"
#include "core/base/sink.h"
#include "core/base/str.h"

struct replace;

/* Begins to write `folder`/`name`. `folder` is the user's and may be a symbolic link; the folders
 * inside `name` (findings/430700.csv) are made when absent and must be no links: nothing is ever
 * written outside `folder`. A target that is a link or no regular file is refused. */
int replace_open(struct replace **out, const char *folder, const char *name, struct err *err);

/* The same for one path as a user gives it (--output FILE); its folder must be there. */
int replace_open_path(struct replace **out, const char *path, struct err *err);

/* Adds bytes to it. After a failure only replace_abandon is left. */
int replace_write(struct replace *replace, const void *bytes, size_t size, struct err *err);

/* The same as a sink. */
struct sink replace_sink(struct replace *replace);

/* Puts the new file in the place of the old one. `changed` (may be NULL) says whether its bytes
 * differ from the old ones. Frees `replace`, also on failure, which leaves the old file whole. */
int replace_commit(struct replace *replace, bool *changed, struct err *err);

/* The same in two steps, for many files: flushed one after the other when all are written, they cost
 * the disk little more than one. replace_seal ends the writing; a file that is not changed is freed
 * and *replace becomes NULL, as on failure. replace_commit_all puts sealed files in the place of
 * the old ones, in their order, none before all have reached the disk; it frees them, also on
 * failure, which leaves the old files of those that were not reached. */
int replace_seal(struct replace **replace, bool *changed, struct err *err);
int replace_commit_all(struct replace **sealed, size_t count, struct err *err);

/* Gives the new bytes up and frees `replace` (may be NULL). */
void replace_abandon(struct replace *replace);

/* All in one: a file with this content. */
int replace_file(const char *folder, const char *name, struct str content, bool *changed,
                 struct err *err);

/* Makes a folder and those above it where they are absent; each is flushed to the disk. */
int replace_make_folder(const char *folder, struct err *err);

/* Removes a file below `folder` without following links; true when it was there and is gone. */
bool replace_remove(const char *folder, const char *name);

#endif
