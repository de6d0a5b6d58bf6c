/* report: a region's composite in the official form. */
#include <string.h>
#include <unistd.h>

#include "cmd/output.h"
#include "cmd/session.h"
#include "core/base/replace.h"
#include "core/export/composite_csv.h"
#include "core/export/composite_html.h"
#include "core/export/composite_xlsx.h"

enum { FORMAT_CSV, FORMAT_HTML, FORMAT_XLSX };
static const char *const format_names[] = {"csv", "html", "xlsx", NULL};
static const char *const part_names[] = {"region", "self", NULL};
static const char *const basis_names[] = {"own", "best", NULL};

static int write_format(struct composite *composite, int format, bool bom, struct sink sink,
                        struct err *err)
{
    if (format == FORMAT_HTML)
        return composite_html(composite, sink, err);
    if (format == FORMAT_XLSX)
        return composite_xlsx(composite, sink, err);
    return composite_csv(composite, sink, bom, err);
}

static int write_output(struct session *session, struct composite *composite, int format,
                        struct err *err)
{
    const char *path = session_option(session, "output");
    bool bom = !session_flag(session, "no-bom");
    if (!path || strcmp(path, "-") == 0) {
        if (format == FORMAT_XLSX && !session->quiet && isatty(STDOUT_FILENO))
            return err_set(err, ERR_USAGE, "a workbook is not for a terminal; name a file with "
                           "--output");
        return write_format(composite, format, bom, sink_stream(session->out), err);
    }
    struct replace *file = NULL;
    if (output_file(session, path, err) < 0 || replace_open_path(&file, path, err) < 0)
        return -1;
    if (write_format(composite, format, bom, replace_sink(file), err) < 0) {
        replace_abandon(file);
        return -1;
    }
    return replace_commit(file, NULL, err);
}

static int run(struct session *session, struct err *err)
{
    long year;
    int format, part, basis;
    const char *division = session_option(session, "division");
    if (!division || !session_flag(session, "year"))
        return err_set(err, ERR_USAGE, "report needs --division CODE and --year Y");
    if (session_number(session, "year", 1990, 2200, 0, &year, err) < 0 ||
        session_choice(session, "format", format_names, &format, err) < 0 ||
        session_choice(session, "part", part_names, &part, err) < 0 ||
        session_choice(session, "basis", basis_names, &basis, err) < 0 ||
        session_read(session, err) < 0)
        return -1;
    struct composite_question question = {str_from(division), (int)year, part == 1, basis == 1,
                                          session_document_lang(session)};
    struct composite *composite = NULL;
    if (composite_read(&composite, session->warehouse, &question, err) < 0)
        return -1;
    int status = write_output(session, composite, format, err);
    composite_free(composite);
    return status;
}

static const struct option_row options_table[] = {
    {"division", 'd', "CODE", "the division, for example 430700"},
    {"year", 'y', "YEAR", "the year reported on"},
    {"part", 0, "region|self", "the whole region (本行政区域), or the government and its departments "
                               "alone (本级)"},
    {"basis", 0, "own|best", "best: a composite stands in for a region without own reports (own)"},
    {"format", 'f', "csv|html|xlsx", "the kind of file (csv)"},
    {"output", 'o', "FILE", "the file to write; else standard output"},
    {"no-bom", 0, NULL, "no byte order mark in CSV"},
    {0},
};

static const struct example examples[] = {
    {"A workbook for the office", "gongkai report --division 430700 --year 2023 --format xlsx "
                                  "--output 常德市2023.xlsx"},
    {"A page to read or print", "gongkai report -d 430700 -y 2023 -f html -o report.html"},
    {"A page for a reader of English", "gongkai report -d 430700 -y 2023 -f html --lang en "
                                       "-o report.html"},
    {"The government and its departments alone", "gongkai report -d 430700 -y 2023 --part self"},
    {0},
};

const struct command command_report = {
    .name = "report",
    .summary = "a region's composite (汇总) in the official form",
    .arguments = "",
    .details = "Tables 二, 三 and 四 as the form prints them, filled with the region's totals, with "
               "the reports that are missing on its face, draft sentences that restate the figures, "
               "and in a workbook last year's figures, coverage, findings and charts. The form and its "
               "text are Chinese; with --lang en what stands around them is English, and the English of "
               "the labels beside them. The locale changes nothing.",
    .options = options_table,
    .examples = examples,
    .run = run,
};
