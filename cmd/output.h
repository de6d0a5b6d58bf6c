/* output.h - what a command may write to: never the warehouse itself. */
#ifndef GONGKAI_CMD_OUTPUT_H
#define GONGKAI_CMD_OUTPUT_H

#include "cmd/session.h"
#include "core/export/package.h"

/* Whether a file that a user names may be written: ERR_USAGE when there is no name, and when it is the
 * warehouse or what belongs to it (-wal, -shm, -journal, .lock), by name or as the same file. */
int output_file(const struct session *session, const char *path, struct err *err);

/* The same for a folder; `inbox` (or NULL) is where inputs lie: it must be another folder. */
int output_folder(const struct session *session, const char *path, const char *inbox,
                  struct err *err);

/* Writes the overview to a folder of its own inside that for the files, which must be no link, and adds what
 * was written to `counts`. `lazy`: pages that cannot have changed are passed over. */
int output_pages(struct session *session, const char *folder, bool lazy, struct package_counts *counts,
                 struct err *err);

#endif
