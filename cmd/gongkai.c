/* The program: finds the command, reads its options, runs it, ends with its exit code. */
#include <getopt.h>
#include <locale.h>
#include <string.h>

#include "cmd/help.h"
#include "cmd/session.h"
#include "core/base/lang.h"
#include "core/base/visible.h"

#define VERSION "0.1"

/* The rows of one command's options as getopt_long wants them. */
struct parser {
    const struct option_row *rows[SESSION_OPTIONS];
    struct option longs[SESSION_OPTIONS + 1];
    char letters[2 * SESSION_OPTIONS + 3];
    int count;
};

static void parser_add(struct parser *parser, const struct option_row *row)
{
    if (parser->count == SESSION_OPTIONS)
        return;
    int has = row->argument ? required_argument : no_argument;
    parser->rows[parser->count] = row;
    parser->longs[parser->count] = (struct option){row->name, has, NULL, 256 + parser->count};
    parser->count++;
    if (row->letter) {
        char *end = parser->letters + strlen(parser->letters);
        *end++ = row->letter;
        if (row->argument)
            *end++ = ':';
        *end = 0;
    }
}

/* The options of `command`, or the common ones alone when it is NULL. */
static void parser_fill(struct parser *parser, const struct command *command)
{
    *parser = (struct parser){.letters = ":"};
    if (!command)
        memcpy(parser->letters, "+:", sizeof "+:");
    for (const struct option_row *o = command ? command->options : NULL; o && o->name; o++)
        parser_add(parser, o);
    if (command && command->traits & COMMAND_WRITES)
        parser_add(parser, &dry_run_option);
    if (command && command->traits & COMMAND_FIGURES)
        parser_add(parser, &json_option);
    for (const struct option_row *o = common_options; o->name; o++)
        parser_add(parser, o);
}

static const struct option_row *row_of(const struct parser *parser, int got)
{
    if (got >= 256)
        return parser->rows[got - 256];
    for (int i = 0; i < parser->count; i++)
        if (parser->rows[i]->letter == got)
            return parser->rows[i];
    return NULL;
}

/* A word of the command line, fit to print. */
static int refuse(struct err *err, const char *format, const char *word)
{
    struct buf shown = buf_new(200);
    visible_add(&shown, str_from(word));
    const char *text = buf_str(&shown).p;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    err_set(err, ERR_USAGE, format, text && !shown.failed ? text : "?");
#pragma GCC diagnostic pop
    buf_free(&shown);
    return -1;
}

static int parse(struct session *session, const struct command *command, int argc, char **argv,
                 struct err *err)
{
    struct parser parser;
    parser_fill(&parser, command);
    opterr = 0;
    for (int got; (got = getopt_long(argc, argv, parser.letters, parser.longs, NULL)) != -1;) {
        const char *word = argv[optind > 0 ? optind - 1 : 0];
        if (got == ':')
            return refuse(err, "%s needs a value; see --help", word);
        if (got == '?')
            return refuse(err, "%s is no option of this command, or takes no value; see --help",
                          word);
        const struct option_row *row = row_of(&parser, got);
        if (!row || session->given_count == SESSION_OPTIONS)
            return refuse(err, "%s: too many options", word);
        session->given[session->given_count].row = row;
        session->given[session->given_count++].value = optarg ? optarg : "";
    }
    return 0;
}

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
    fprintf(stderr, "gongkai: %s%s exit=%d: %s\n", tr("error: "), "usage", EXIT_USAGE,
            err_text(err));
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    struct session session = {.lock = -1};
    struct err err = {0};
    setlocale(LC_CTYPE, "C.UTF-8"); /* names inside archives; figures never depend on it */
    lang_set(lang_from_environment());
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--version") == 0 && argc == 2) {
            printf("gongkai %s\n", VERSION);
            return EXIT_WELL;
        }
    if (parse(&session, NULL, argc, argv, &err) < 0 || choose_language(&session, &err) < 0)
        return fail(&err);
    const char *name = optind < argc ? argv[optind] : NULL;
    if (session_flag(&session, "help") || (name && strcmp(name, "help") == 0)) {
        const char *topic = optind + 1 < argc ? argv[optind + 1] : NULL;
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
        refuse(&err, "%s is no command; see gongkai --help", name);
        return fail(&err);
    }
    argc -= optind;
    argv += optind;
    optind = 0; /* begin again, with this command's options */
    if (parse(&session, command, argc, argv, &err) < 0 || choose_language(&session, &err) < 0)
        return fail(&err);
    if (session_flag(&session, "help")) {
        help_command(stdout, command);
        return EXIT_WELL;
    }
    session.arguments = argv + optind;
    session.argument_count = argc - optind;
    if (session.argument_count < command->least) {
        err_set(&err, ERR_USAGE, "%s needs %s; see gongkai %s --help", command->name,
                command->arguments, command->name);
        return fail(&err);
    }
    if (command->most >= 0 && session.argument_count > command->most) {
        refuse(&err, "\"%s\" is one argument too many; see --help", session.arguments[command->most]);
        return fail(&err);
    }
    if (session_start(&session, command, &err) < 0)
        return fail(&err);
    int result = command->run(&session, &err);
    return session_finish(&session, result, &err);
}
