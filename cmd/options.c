#include "cmd/options.h"

#include <getopt.h>
#include <string.h>

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

int options_refuse(struct err *err, const char *format, const char *word)
{
    enum { SHOWN = 80 };
    struct str all = str_from(word), some = str_slice(all, 0, SHOWN);
    while (some.n < all.n && some.n > 0 && ((unsigned char)word[some.n] & 0xC0) == 0x80)
        some.n--; /* no cut inside a character */
    char shown[SHOWN + sizeof "…"];
    snprintf(shown, sizeof shown, "%.*s%s", STR_ARG(some), some.n < all.n ? "…" : "");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    err_set(err, ERR_USAGE, format, shown);
#pragma GCC diagnostic pop
    return -1;
}

int options_read(struct session *session, const struct command *command, int argc, char **argv,
                 struct err *err)
{
    struct parser parser;
    parser_fill(&parser, command);
    opterr = 0;
    optind = 0; /* begin: getopt has state of its own */
    for (int got; (got = getopt_long(argc, argv, parser.letters, parser.longs, NULL)) != -1;) {
        const char *word = argv[optind > 0 ? optind - 1 : 0];
        if (got == ':')
            return options_refuse(err, "%s needs a value; see --help", word);
        if (got == '?')
            return options_refuse(err, "%s is no option of this command, or takes no value; see "
                                       "--help", word);
        const struct option_row *row = row_of(&parser, got);
        if (!row || session->given_count == SESSION_OPTIONS)
            return options_refuse(err, "%s: too many options", word);
        session->given[session->given_count].row = row;
        session->given[session->given_count++].value = optarg ? optarg : "";
    }
    session->arguments = argv + optind;
    session->argument_count = argc - optind;
    return 0;
}
