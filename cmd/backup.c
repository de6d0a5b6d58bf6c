/* backup: a consistent, verified copy of the warehouse. */
#include "core/store/backup.h"

#include <unistd.h>

#include "cmd/output.h"
#include "cmd/session.h"
#include "core/base/lang.h"

static int run(struct session *session, struct err *err)
{
    if (output_file(session, session->arguments[0], err) < 0 || session_read(session, err) < 0)
        return -1;
    bool empty;
    if (warehouse_is_empty(session->warehouse, &empty, err) < 0)
        return -1;
    if (empty && access(session->arguments[0], F_OK) == 0)
        return err_set(err, ERR_USAGE, "the warehouse %s is empty and %s is there already; name the "
                       "warehouse with --warehouse, or remove the file first",
                       session->warehouse_path, session->arguments[0]);
    if (session->dry_run) {
        fputs(tr("nothing was written (--dry-run)\n"), session->out);
        return EXIT_WELL;
    }
    if (warehouse_backup(session->warehouse, session->arguments[0], err) < 0)
        return -1;
    fprintf(session->out, tr("%s is a whole copy of %s\n"), session->arguments[0],
            session->warehouse_path);
    return EXIT_WELL;
}

static const struct option_row options[] = {
    {"dry-run", 'n', NULL, "do everything but write; say what would be done"},
    {0},
};

static const struct example examples[] = {
    {"Copy the warehouse, also while an import runs", "gongkai backup /backup/gongkai.db"},
    {"Put a copy back (no run may be under way)", "cp /backup/gongkai.db gongkai.db"},
    {0},
};

const struct command command_backup = {
    .name = "backup",
    .summary = "write a consistent, verified copy of the warehouse to FILE",
    .arguments = "FILE",
    .details = "The last finished state is copied, also while a run writes; the copy is looked at, "
               "flushed to disk, and takes the place of an older one in one step. It is a warehouse "
               "itself: to restore, put it where the warehouse was.",
    .options = options,
    .examples = examples,
    .least = 1,
    .most = 1,
    .run = run,
};
