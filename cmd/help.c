#include "cmd/help.h"

#include <stdbool.h>
#include <string.h>

#include "core/base/lang.h"

/* Names are ASCII: padding by bytes is padding by columns. */
enum { NAME_WIDTH = 27, LINE_WIDTH = 78 };

/* A paragraph in lines of LINE_WIDTH columns, a Chinese character taking two: broken at blanks,
 * or before such a character, but not before punctuation that closes. */
static void paragraph(FILE *to, const char *text)
{
    static const char closing[] = "，。；：、）”";
    int column = 0;
    bool blank = false; /* between the word before and this one */
    while (*text) {
        size_t n = 0;
        int width = 0;
        if ((unsigned char)*text < 0x80) {
            n = strcspn(text, " ");
            for (size_t i = 0; i < n; i++)
                if ((unsigned char)text[i] >= 0x80)
                    n = i;
            width = (int)n;
        } else {
            do
                n += (unsigned char)text[n] >= 0xe0 ? 3 : 2, width += 2;
            while (text[n] && strlen(text + n) >= 3 && (unsigned char)text[n] >= 0xe0 &&
                   memmem(closing, sizeof closing - 1, text + n, 3));
        }
        if (column + blank + width > LINE_WIDTH && column > 0) {
            putc('\n', to);
            column = 0;
        } else if (blank) {
            putc(' ', to);
            column++;
        }
        fwrite(text, 1, n, to);
        column += width;
        text += n;
        blank = *text == ' ';
        text += blank;
    }
    putc('\n', to);
}

static void option_line(FILE *to, const struct option_row *option)
{
    char name[80];
    snprintf(name, sizeof name, "%s--%s%s%s", "", option->name, option->argument ? " " : "",
             option->argument ? option->argument : "");
    char letter[8] = "    ";
    if (option->letter)
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    fprintf(to, "  %s%-*s  %s\n", letter, NAME_WIDTH, name, tr(option->help));
}

void help_program(FILE *to)
{
    fprintf(to, "%s\n\n%s gongkai COMMAND [OPTION]... [ARGUMENT]...\n\n%s\n",
            tr("gongkai (公开): from agencies' annual disclosure reports to a warehouse, to totals, "
               "to files"),
            tr("usage:"), tr("Commands:"));
    for (const struct command *const *c = commands; *c; c++)
        fprintf(to, "  %-12s  %s\n", (*c)->name, tr((*c)->summary));
    fprintf(to, "\n%s\n", tr("Options of every command:"));
    for (const struct option_row *o = common_options; o->name; o++)
        option_line(to, o);
    fprintf(to, "\n%s\n", tr("Exit codes:"));
    static const int codes[] = {0, 2, 3, 4, 5, 6, 7};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        fprintf(to, "  %d  %s\n", codes[i], exit_code_text(codes[i]));
    fprintf(to, "\n%s\n", tr("`gongkai COMMAND --help` shows a command's options and examples."));
}

void help_command(FILE *to, const struct command *command)
{
    fprintf(to, "%s gongkai %s [OPTION]...%s%s\n\n%s\n", tr("usage:"), command->name,
            *command->arguments ? " " : "", command->arguments, tr(command->summary));
    if (*command->details) {
        putc('\n', to);
        paragraph(to, tr(command->details));
    }
    fprintf(to, "\n%s\n", tr("Options:"));
    for (const struct option_row *o = command->options; o && o->name; o++)
        option_line(to, o);
    if (command->traits & COMMAND_WRITES)
        option_line(to, &dry_run_option);
    if (command->traits & COMMAND_FIGURES)
        option_line(to, &json_option);
    for (const struct option_row *o = common_options; o->name; o++)
        option_line(to, o);
    if (command->examples && command->examples->what)
        fprintf(to, "\n%s\n", tr("Examples:"));
    for (const struct example *e = command->examples; e && e->what; e++)
        fprintf(to, "  # %s\n  %s\n", tr(e->what), e->line);
}
