#include "cmd/command.h"

#include <stddef.h>
#include <string.h>

#include "core/base/lang.h"

/* One line a command, in the order of the help; each ends with a backslash, the last one too. */
#define COMMANDS(X) \
    X(import) \
    X(reread) \
    X(withdraw) \
    X(register) \
    X(check) \
    X(rollup) \
    X(explain) \
    X(export) \
    X(report) \
    X(nightly) \
    X(status) \
    X(verify) \
    X(backup) \
    X(completion) \
    X(manual) \

#define DECLARE(name) extern const struct command command_##name;
COMMANDS(DECLARE)
#define ROW(name) &command_##name,
const struct command *const commands[] = {COMMANDS(ROW) NULL};

const struct option_row common_options[] = {
    {"warehouse", 'w', "FILE", "the warehouse, made when absent; else $GONGKAI_WAREHOUSE, else "
                               "./gongkai.db"},
    {"quiet", 'q', NULL, "print nothing unless the exit code is not 0"},
    {"lang", 0, "en|zh", "the language of messages, else that of the locale; and of report and the "
                         "overview, else Chinese"},
    {"log-format", 0, "text|json", "how events are written to standard error (text)"},
    {"help", 'h', NULL, "show this help"},
    {0},
};
const struct option_row json_option = {"json", 0, NULL, "print figures as JSON"};
const struct option_row dry_run_option = {"dry-run", 'n', NULL,
                                          "do everything but write; say what would be done"};

const struct command *command_find(const char *name)
{
    for (const struct command *const *c = commands; *c; c++)
        if (strcmp((*c)->name, name) == 0)
            return *c;
    return NULL;
}

int exit_code_of(const struct err *err)
{
    switch (err->kind) {
    case ERR_NONE:
        return EXIT_WELL;
    case ERR_USAGE:
        return EXIT_USAGE;
    case ERR_INPUT:
        return EXIT_REJECTS;
    case ERR_BUSY:
        return EXIT_LOCKED;
    case ERR_LIMIT:
        return EXIT_LIMIT;
    case ERR_SYSTEM:
        break;
    }
    return EXIT_SYSTEM;
}

const char *exit_code_text(int code)
{
    switch (code) {
    case EXIT_WELL:
        return tr("all well");
    case EXIT_USAGE:
        return tr("usage or configuration");
    case EXIT_REJECTS:
        return tr("done, but inputs were rejected that were not known rejects");
    case EXIT_FINDINGS:
        return tr("errors stand");
    case EXIT_LOCKED:
        return tr("another run holds the lock");
    case EXIT_LIMIT:
        return tr("more rejects than allowed, nothing was committed");
    default:
        return tr("disk, database or system error");
    }
}
