/* The program: finds the command, reads its options, runs it, ends with its exit code. */
#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/help.h"
#include "cmd/options.h"
#include "core/base/lang.h"

#define VERSION "0.1"

/* The language is needed before anything is said, also about wrong options. */
static int choose_language(struct session *session, struct err *err)
{
    static const char *const names[] = {"en", "zh", NULL};
    int choice;
    lang_set(lang_from_environment());
    if (!session_option(session, "lang"))
        return 0;
    if (session_choice(session, "lang", names, &choice, err) < 0)
        return -1;
    lang_set((enum lang)choice);
    return 0;
}

static int fail(const struct err *err)
{
    struct log log = log_new(stderr, LOG_TEXT, false);
    log_begin(&log, LOG_ERROR, "usage");
    log_int(&log, "exit", EXIT_USAGE);
    log_end(&log, err_text(err));
    log_free(&log);
    return EXIT_USAGE;
}

/* A stream that is closed would be the next file that is opened, the warehouse perhaps: what is written to it
 * fails instead. */
static void keep_streams(void)
{
    for (int fd = 0; fd < 3; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDONLY) != fd)
            exit(EXIT_SYSTEM);
}

int main(int argc, char **argv)
{
    keep_streams();
    struct session session = {.lock = -1};
    struct err err = {0};
    setlocale(LC_CTYPE, "C.UTF-8"); /* names inside archives; figures never depend on it */
    lang_set(lang_from_environment());
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--version") == 0 && argc == 2) {
            printf("gongkai %s\n", VERSION);
            return EXIT_WELL;
        }
    if (options_read(&session, NULL, argc, argv, &err) < 0 || choose_language(&session, &err) < 0)
        return fail(&err);
    const char *name = session.argument_count > 0 ? session.arguments[0] : NULL;
    if (session_flag(&session, "help") || (name && strcmp(name, "help") == 0)) {
        const char *topic = session.argument_count > 1 ? session.arguments[1] : NULL;
        const struct command *about = topic ? command_find(topic) : NULL;
        if (about)
            help_command(stdout, about);
        else
            help_program(stdout);
        return EXIT_WELL;
    }
    if (!name) {
        help_program(stderr);
        err_set(&err, ERR_USAGE, "no command is given; see gongkai --help");
        return fail(&err);
    }
    const struct command *command = command_find(name);
    if (!command) {
        options_refuse(&err, "%s is no command; see gongkai --help", name);
        return fail(&err);
    }
    if (options_read(&session, command, session.argument_count, session.arguments, &err) < 0 ||
        choose_language(&session, &err) < 0)
        return fail(&err);
    if (session_flag(&session, "help")) {
        help_command(stdout, command);
        return EXIT_WELL;
    }
    if (session.argument_count < command->least) {
        err_set(&err, ERR_USAGE, "%s needs %s; see gongkai %s --help", command->name,
                command->arguments, command->name);
        return fail(&err);
    }
    if (command->most >= 0 && session.argument_count > command->most) {
        options_refuse(&err, "\"%s\" is one argument too many; see --help",
                       session.arguments[command->most]);
        return fail(&err);
    }
    if (session_start(&session, command, &err) < 0)
        return fail(&err);
    int result = command->run(&session, &err);
    return session_finish(&session, result, &err);
}
