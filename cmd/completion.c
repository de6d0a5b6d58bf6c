/* completion: the shell's completion of this program, made from the tables of commands and options. */
#include <string.h>

#include "cmd/session.h"
#include "core/base/lang.h"

/* Calls `each` for every option that the command takes. */
static void each_option(FILE *to, const struct command *command,
                        void (*each)(FILE *to, const struct command *command,
                                     const struct option_row *option))
{
    for (const struct option_row *o = command ? command->options : NULL; o && o->name; o++)
        each(to, command, o);
    if (command && command->traits & COMMAND_WRITES)
        each(to, command, &dry_run_option);
    if (command && command->traits & COMMAND_FIGURES)
        each(to, command, &json_option);
    for (const struct option_row *o = common_options; o->name; o++)
        each(to, command, o);
}

/* Whether an option's value is one of a few words: csv|html|xlsx. */
static bool is_choice(const struct option_row *option)
{
    return option->argument && strchr(option->argument, '|');
}

static void bash_word(FILE *to, const struct command *command,
                      const struct option_row *option)
{
    (void)command;
    fprintf(to, " --%s", option->name);
}

static void bash_choice(FILE *to, const struct command *command,
                        const struct option_row *option)
{
    (void)command;
    if (!is_choice(option))
        return;
    fprintf(to, "    --%s) words='", option->name);
    for (const char *p = option->argument; *p; p++)
        fputc(*p == '|' ? ' ' : *p, to);
    fputs("' ;;\n", to);
}

static void bash(FILE *to)
{
    fputs("# Completion of gongkai for bash, made by `gongkai completion bash`.\n"
          "_gongkai() {\n"
          "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words= name= i\n"
          "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
          "    case ${COMP_WORDS[i]} in -*) ;; *) name=${COMP_WORDS[i]}; break ;; esac\n"
          "  done\n"
          "  case $name in\n"
          "  '') words='",
          to);
    for (const struct command *const *c = commands; *c; c++)
        fprintf(to, "%s%s", c == commands ? "" : " ", (*c)->name);
    each_option(to, NULL, bash_word);
    fputs("' ;;\n", to);
    for (const struct command *const *c = commands; *c; c++) {
        fprintf(to, "  %s)\n    words='", (*c)->name);
        each_option(to, *c, bash_word);
        fputs("'\n    case $previous in\n", to);
        each_option(to, *c, bash_choice);
        fputs("    esac ;;\n", to);
    }
    fputs("  esac\n"
          "  if [[ $current == -* || -z $name || $words != *--help* ]]; then\n"
          "    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
          "  else\n"
          "    COMPREPLY=($(compgen -f -- \"$current\"))\n"
          "  fi\n"
          "}\n"
          "complete -o filenames -F _gongkai gongkai\n",
          to);
}

/* A text inside single quotes of zsh's or fish's own syntax. */
static void quoted(FILE *to, const char *text, const char *escaped)
{
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\''", to);
        else if (strchr(escaped, *text))
            fprintf(to, "\\%c", *text);
        else
            fputc(*text, to);
    }
}

static void zsh_option(FILE *to, const struct command *command,
                       const struct option_row *option)
{
    (void)command;
    fprintf(to, "      '--%s[", option->name);
    quoted(to, tr(option->help), "[]:");
    fputc(']', to);
    if (is_choice(option)) {
        fprintf(to, ":%s:(", option->name);
        for (const char *p = option->argument; *p; p++)
            fputc(*p == '|' ? ' ' : *p, to);
        fputc(')', to);
    } else if (option->argument) {
        fprintf(to, ":%s:_files", option->argument);
    }
    fputs("' \\\n", to);
}

static void zsh(FILE *to)
{
    fputs("#compdef gongkai\n# Completion of gongkai for zsh, made by `gongkai completion zsh`.\n"
          "_gongkai() {\n  local -a commands\n  commands=(\n",
          to);
    for (const struct command *const *c = commands; *c; c++) {
        fprintf(to, "    '%s:", (*c)->name);
        quoted(to, tr((*c)->summary), ":");
        fputs("'\n", to);
    }
    fputs("  )\n  if ((CURRENT == 2)); then\n    _describe command commands\n    return\n  fi\n"
          "  case $words[2] in\n",
          to);
    for (const struct command *const *c = commands; *c; c++) {
        fprintf(to, "    %s)\n      _arguments \\\n", (*c)->name);
        each_option(to, *c, zsh_option);
        fputs("      '*:file:_files' ;;\n", to);
    }
    fputs("  esac\n}\n_gongkai \"$@\"\n", to);
}

static void fish_option(FILE *to, const struct command *command, const struct option_row *option)
{
    fprintf(to, "complete -c gongkai -n '__fish_seen_subcommand_from %s' -l %s", command->name,
            option->name);
    if (option->letter)
        fprintf(to, " -s %c", option->letter);
    if (is_choice(option)) {
        fputs(" -x -a '", to);
        for (const char *p = option->argument; *p; p++)
            fputc(*p == '|' ? ' ' : *p, to);
        fputc('\'', to);
    } else if (option->argument) {
        fputs(" -r", to);
    }
    fputs(" -d '", to);
    quoted(to, tr(option->help), "");
    fputs("'\n", to);
}

static void fish(FILE *to)
{
    fputs("# Completion of gongkai for fish, made by `gongkai completion fish`.\n", to);
    for (const struct command *const *c = commands; *c; c++) {
        fprintf(to, "complete -c gongkai -f -n __fish_use_subcommand -a %s -d '", (*c)->name);
        quoted(to, tr((*c)->summary), "");
        fputs("'\n", to);
    }
    for (const struct command *const *c = commands; *c; c++)
        each_option(to, *c, fish_option);
}

static int run(struct session *session, struct err *err)
{
    static const struct {
        const char *name;
        void (*write)(FILE *to);
    } shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (strcmp(session->arguments[0], shells[i].name) == 0) {
            shells[i].write(session->out);
            return EXIT_WELL;
        }
    return err_set(err, ERR_USAGE, "completion knows bash, zsh and fish, not \"%s\"",
                   session->arguments[0]);
}

static const struct example examples[] = {
    {"For this shell, now", "eval \"$(gongkai completion bash)\""},
    {0},
};

const struct command command_completion = {
    .name = "completion",
    .summary = "print the completion for a shell: bash, zsh or fish",
    .arguments = "SHELL",
    .details = "",
    .examples = examples,
    .least = 1,
    .most = 1,
    .run = run,
};
