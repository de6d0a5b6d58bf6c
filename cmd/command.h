/* command.h - the table of commands. A new command is one file that exports one of these and one
 * line in cmd/commands.c; parsing, help and the man page go by the same rows. */
#ifndef GONGKAI_CMD_COMMAND_H
#define GONGKAI_CMD_COMMAND_H

#include "core/base/err.h"

struct session;

/* The exit codes. Never 1. */
enum exit_code {
    EXIT_WELL = 0,
    EXIT_USAGE = 2,    /* wrong options or configuration */
    EXIT_REJECTS = 3,  /* done, but inputs were rejected that were not known rejects */
    EXIT_FINDINGS = 4, /* errors stand */
    EXIT_LOCKED = 5,   /* another run holds the lock */
    EXIT_LIMIT = 6,    /* more rejects than allowed: nothing committed */
    EXIT_SYSTEM = 7,   /* disk, database or system error */
};

/* An option. Texts are English; their Chinese are rows of sql/messages.tsv. */
struct option_row {
    const char *name;     /* "agency" is --agency; NULL ends the table */
    char letter;          /* 'q' is -q too; 0: none */
    const char *argument; /* what the help calls its value, NULL: it takes none */
    const char *help;
};

/* An example, run as it stands: what it does, and the line. */
struct example {
    const char *what; /* NULL ends the table */
    const char *line;
};

enum command_traits {
    COMMAND_WRITES = 1,  /* takes the lock and --dry-run, leaves a row in v_run */
    COMMAND_FIGURES = 2, /* takes --json */
    COMMAND_FILLS = 4,   /* begins a warehouse as a matter of course: others say that it was absent */
};

struct command {
    const char *name;
    const char *summary;   /* one line */
    const char *arguments; /* "PATH...", "" */
    const char *details;   /* a paragraph for --help, "" */
    const struct option_row *options;
    const struct example *examples;
    unsigned traits;
    int least, most; /* how many arguments; most < 0: any number */
    /* Does the work. Returns an exit code (0, 3, 4), or -1 with `err`: its kind decides the code. */
    int (*run)(struct session *session, struct err *err);
};

/* All commands in the order of the help; the last is NULL. */
extern const struct command *const commands[];

/* Options that every command takes. */
extern const struct option_row common_options[];
extern const struct option_row json_option, dry_run_option;

/* The command of that name, NULL when there is none. */
const struct command *command_find(const char *name);

/* The exit code of a failure. */
int exit_code_of(const struct err *err);

/* What an exit code means, in the language of this run. */
const char *exit_code_text(int code);

#endif
