/* manual: the manual page, made from the tables of commands and options. */
#include <string.h>

#include "cmd/session.h"
#include "core/base/lang.h"

/* Text for troff: what would be markup is escaped, a dot or quote at a line's start too. */
static void plain(FILE *to, const char *text)
{
    bool start = true;
    for (; *text; text++) {
        if (start && (*text == '.' || *text == '\''))
            fputs("\\&", to);
        if (*text == '\\')
            fputs("\\e", to);
        else if (*text == '-')
            fputs("\\-", to);
        else
            fputc(*text, to);
        start = *text == '\n';
    }
}

static void paragraph(FILE *to, const char *text)
{
    fputs(".PP\n", to);
    plain(to, text);
    fputc('\n', to);
}

static void section(FILE *to, const char *name)
{
    fputs(".SH ", to);
    plain(to, name);
    fputc('\n', to);
}

static void option(FILE *to, const struct option_row *row)
{
    fputs(".TP\n", to);
    if (row->letter)
        fprintf(to, "\\fB\\-%c\\fR, ", row->letter);
    fputs("\\fB\\-\\-", to);
    plain(to, row->name);
    fputs("\\fR", to);
    if (row->argument) {
        fputs(" \\fI", to);
        plain(to, row->argument);
        fputs("\\fR", to);
    }
    fputc('\n', to);
    plain(to, tr(row->help));
    fputc('\n', to);
}

static void command(FILE *to, const struct command *command)
{
    fprintf(to, ".SS gongkai %s \\fR[\\fIOPTION\\fR]... \\fI", command->name);
    plain(to, command->arguments);
    fputs("\\fR\n", to);
    plain(to, tr(command->summary));
    fputc('\n', to);
    if (*command->details)
        paragraph(to, tr(command->details));
    for (const struct option_row *o = command->options; o && o->name; o++)
        option(to, o);
    if (command->traits & COMMAND_WRITES)
        option(to, &dry_run_option);
    if (command->traits & COMMAND_FIGURES)
        option(to, &json_option);
    for (const struct example *e = command->examples; e && e->what; e++) {
        fputs(".PP\n", to);
        plain(to, tr(e->what));
        fputs(":\n.PP\n.nf\n.RS\n", to);
        plain(to, e->line);
        fputs("\n.RE\n.fi\n", to);
    }
}

static void entry(FILE *to, const char *name, const char *text)
{
    fputs(".TP\n\\fB", to);
    plain(to, name);
    fputs("\\fR\n", to);
    plain(to, text);
    fputc('\n', to);
}

static int run(struct session *session, struct err *err)
{
    (void)err;
    FILE *to = session->out;
    fputs(".\\\" Made by `gongkai manual`.\n.TH GONGKAI 1 \"\" gongkai gongkai\n", to);
    section(to, tr("NAME"));
    fputs("gongkai \\- ", to);
    plain(to, tr("annual reports on government-information disclosure, from pages to totals"));
    fputc('\n', to);
    section(to, tr("SYNOPSIS"));
    fputs("\\fBgongkai\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR]... [\\fIARGUMENT\\fR]...\n", to);
    section(to, tr("DESCRIPTION"));
    plain(to, tr("Reads agencies' annual reports (政府信息公开工作年度报告) from text, HTML, CSV, office "
                 "files and archives into one warehouse, a SQLite file; checks them by the rules of "
                 "the forms; adds them up to county, city, province and nation; writes the totals "
                 "with what is missing beside them. What cannot be read exactly is not stored: it is "
                 "listed, with file, line and reason."));
    fputc('\n', to);
    section(to, tr("COMMANDS"));
    for (const struct command *const *c = commands; *c; c++)
        command(to, *c);
    section(to, tr("OPTIONS OF EVERY COMMAND"));
    for (const struct option_row *o = common_options; o->name; o++)
        option(to, o);
    section(to, tr("EXIT STATUS"));
    static const char *const codes[] = {"0", "", "2", "3", "4", "5", "6", "7"};
    for (int i = 0; i < 8; i++)
        if (*codes[i])
            entry(to, codes[i], exit_code_text(i));
    paragraph(to, tr("The highest that applies; the last line on standard error says which and "
                     "why."));
    section(to, tr("ENVIRONMENT"));
    entry(to, "GONGKAI_WAREHOUSE", tr("the warehouse, where --warehouse does not say"));
    entry(to, "LC_ALL, LC_MESSAGES, LANG", tr("the language of messages: Chinese where the first "
                                              "one set begins with zh"));
    section(to, tr("FILES"));
    entry(to, "gongkai.db", tr("the warehouse, where nothing else is said; any SQLite tool reads its "
                               "views (v_report, v_cell, v_total ...)"));
    entry(to, "datapackage.json, SHA256SUMS", tr("beside exported files: types, units, descriptions, "
                                                 "hashes"));
    section(to, tr("SEE ALSO"));
    fputs("\\fBsqlite3\\fR(1), \\fBcron\\fR(8), \\fBsystemd.timer\\fR(5)\n", to);
    return EXIT_WELL;
}

static const struct example examples[] = {
    {"Read it without installing", "gongkai manual | man -l -"},
    {0},
};

const struct command command_manual = {
    .name = "manual",
    .summary = "print the manual page",
    .arguments = "",
    .details = "",
    .examples = examples,
    .run = run,
};
