/* explain: from a total down to the reports, files and lines it is made of. */
#include "core/rollup/explain.h"

#include <inttypes.h>

#include "cmd/session.h"
#include "core/base/lang.h"
#include "core/model/money.h"
#include "core/text/csv_out.h"

enum { FORMAT_TABLE, FORMAT_CSV };
static const char *const format_names[] = {"table", "csv", NULL};
static const char *const part_names[] = {"region", "self", NULL};
static const char *const basis_names[] = {"own", "best", NULL};
static const char *const state_names[] = {"value", "blank", "na", "text", "absent"};

/* What is printed, and how far it has come. */
struct printing {
    struct session *session;
    const struct explain_question *question;
    const struct explain_total *total;
    struct json json;
    long limit;        /* rows of a table; 0: all */
    int64_t sum, rows; /* of the figures seen */
    int64_t zeros, absent, cut, cut_sum;
};

static const char *figure(const struct printing *p, int64_t value, char text[MONEY_TEXT])
{
    if (p->question->cell->kind == CELL_MONEY)
        money_text(value, text);
    else
        snprintf(text, MONEY_TEXT, "%" PRId64, value);
    return text;
}

/* The part of the total in 1/10,000, rounded; -1 where that says nothing. */
static int64_t share(const struct printing *p, int64_t value)
{
    __int128 total = p->total->value;
    if (total <= 0 || value < 0 || value > p->total->value)
        return -1;
    return (int64_t)(((__int128)value * 20000 + total) / (total * 2));
}

/* The cell's Chinese label as the year's form, or else any form, prints it. */
static void print_label(const struct printing *p, FILE *out)
{
    const struct catalog *catalog = p->session->catalog;
    const struct form *first = catalog_form_for(catalog, p->question->year);
    for (uint32_t f = 0; f <= catalog->form_count; f++) {
        const struct form *form = f == 0 ? first : &catalog->forms[f - 1];
        for (uint32_t i = 0; form && i < form->count; i++)
            if (form->cells[i].id == p->question->cell->id) {
                fprintf(out, "%.*s%s%.*s", STR_ARG(form->cells[i].row),
                        form->cells[i].column.n ? "/" : "", STR_ARG(form->cells[i].column));
                return;
            }
    }
}

static void head_table(struct printing *p)
{
    const struct explain_total *t = p->total;
    FILE *out = p->session->out;
    char text[MONEY_TEXT];
    fprintf(out, "%.*s %.*s  %d  %s\n%s  ", STR_ARG(p->question->division), STR_ARG(t->division),
            p->question->year, p->question->region ? "本行政区域 (region)" : "本级 (self)",
            p->question->cell->code);
    print_label(p, out);
    fprintf(out, "\n%s: %s\n", tr("total"), t->stated ? figure(p, t->value, text) : "-");
    fprintf(out, tr("%lld reports received, %lld expected, %lld missing, %lld late; the cell is "
                    "stated by %lld, printed without a figure by %lld"),
            (long long)t->reported, (long long)t->expected, (long long)t->missing,
            (long long)t->late, (long long)t->n_stated, (long long)t->n_blank);
    putc('\n', out);
    if (t->standing_in > 0) {
        fprintf(out, tr("%lld composites stand in for regions without own reports"),
                (long long)t->standing_in);
        putc('\n', out);
    }
    if (t->behind)
        fprintf(out, "%s\n", tr("Reports have changed since the totals were made: run gongkai "
                                "rollup."));
    putc('\n', out);
}

static void row_table(struct printing *p, const struct summand *s)
{
    FILE *out = p->session->out;
    char text[MONEY_TEXT];
    if (s->state == SUMMAND_VALUE && s->value == 0) {
        p->zeros++;
        return;
    }
    if (s->state == SUMMAND_ABSENT) {
        p->absent++;
        return;
    }
    if (p->limit > 0 && p->rows >= p->limit) {
        p->cut++;
        p->cut_sum += s->state == SUMMAND_VALUE ? s->value : 0;
        return;
    }
    p->rows++;
    int64_t part = s->state == SUMMAND_VALUE ? share(p, s->value) : -1;
    fprintf(out, "%16s ", s->state == SUMMAND_VALUE ? figure(p, s->value, text)
                                                    : state_names[s->state]);
    if (part >= 0)
        fprintf(out, "%3" PRId64 ".%02" PRId64 "%%", part / 100, part % 100);
    else
        fprintf(out, "       ");
    fprintf(out, "  %.*s  %.*s:%u", STR_ARG(s->agency), STR_ARG(s->source), s->line);
    if (s->revision > 1)
        fprintf(out, tr("  revision %d"), s->revision);
    if (str_eq(s->scope, STR("composite")))
        fprintf(out, "  %s", tr("composite (汇总)"));
    if (!s->registered)
        fprintf(out, "  %s", tr("not in the register"));
    if (s->text.n > 0)
        fprintf(out, "  “%.*s”", STR_ARG(s->text));
    if (s->note.n > 0)
        fprintf(out, "  (%.*s)", STR_ARG(s->note));
    if (s->findings.n > 0)
        fprintf(out, "  ! %.*s", STR_ARG(s->findings));
    putc('\n', out);
}

static void foot_table(struct printing *p)
{
    FILE *out = p->session->out;
    char text[MONEY_TEXT];
    if (p->cut > 0) {
        fprintf(out, "%16s         ", figure(p, p->cut_sum, text));
        fprintf(out, tr("%lld more reports; --limit 0 shows them"), (long long)p->cut);
        putc('\n', out);
    }
    if (p->zeros > 0) {
        fprintf(out, "%16d         ", 0);
        fprintf(out, tr("stated by %lld reports"), (long long)p->zeros);
        putc('\n', out);
    }
    if (p->absent > 0) {
        fprintf(out, "%16s         ", "-");
        fprintf(out, tr("%lld reports do not print the cell"), (long long)p->absent);
        putc('\n', out);
    }
}

static void head_json(struct printing *p)
{
    const struct explain_question *q = p->question;
    const struct explain_total *t = p->total;
    char text[MONEY_TEXT];
    p->json = session_json(p->session);
    json_object(&p->json, NULL);
    json_str(&p->json, "division_code", q->division);
    json_str(&p->json, "division", t->division);
    json_str(&p->json, "level", t->level);
    json_int(&p->json, "year", q->year);
    json_text(&p->json, "part", q->region ? "region" : "self");
    json_text(&p->json, "basis", basis_names[q->best]);
    json_text(&p->json, "code", q->cell->code);
    if (t->stated)
        json_decimal(&p->json, "value", str_from(figure(p, t->value, text)));
    else
        json_null(&p->json, "value");
    json_int(&p->json, "n_expected", t->expected);
    json_int(&p->json, "n_reported", t->reported);
    json_int(&p->json, "n_missing", t->missing);
    json_int(&p->json, "n_late", t->late);
    json_int(&p->json, "n_stated", t->n_stated);
    json_int(&p->json, "n_blank", t->n_blank);
    json_int(&p->json, "n_standing_in", t->standing_in);
    json_bool(&p->json, "behind", t->behind);
    json_array(&p->json, "summands");
}

static void row_json(struct printing *p, const struct summand *s)
{
    char text[MONEY_TEXT];
    json_object(&p->json, NULL);
    json_str(&p->json, "agency", s->agency);
    json_str(&p->json, "division_code", s->division_code);
    json_str(&p->json, "division", s->division);
    json_str(&p->json, "kind", s->kind);
    json_bool(&p->json, "registered", s->registered);
    json_text(&p->json, "state", state_names[s->state]);
    if (s->state == SUMMAND_VALUE)
        json_decimal(&p->json, "value", str_from(figure(p, s->value, text)));
    else if (s->state == SUMMAND_TEXT)
        json_str(&p->json, "value", s->text);
    else
        json_null(&p->json, "value");
    json_str(&p->json, "note", s->note);
    json_str(&p->json, "scope", s->scope);
    json_int(&p->json, "form", s->form);
    json_str(&p->json, "source", s->source);
    json_int(&p->json, "line", s->line);
    json_int(&p->json, "report_id", s->report_id);
    json_int(&p->json, "revision", s->revision);
    json_str(&p->json, "dated", s->dated);
    json_str(&p->json, "findings", s->findings);
    json_int(&p->json, "all_findings", s->all_findings);
    json_end_object(&p->json);
}

static void missing_json(struct printing *p, const struct missing_unit *m)
{
    json_object(&p->json, NULL);
    json_str(&p->json, "division_code", m->division_code);
    json_str(&p->json, "agency", m->agency);
    json_str(&p->json, "kind", m->kind);
    json_str(&p->json, "due", m->due);
    json_end_object(&p->json);
}

/* As a table for people, or as JSON. */
static int print(struct printing *p, struct explain *explain, struct err *err)
{
    bool json = p->session->json;
    FILE *out = p->session->out;
    struct summand summand;
    struct missing_unit missing;
    int got;
    bool first = true;
    (json ? head_json : head_table)(p);
    while ((got = explain_next(explain, &summand, err)) > 0)
        (json ? row_json : row_table)(p, &summand);
    if (got < 0)
        return -1;
    if (json) {
        json_end_array(&p->json);
        json_array(&p->json, "missing");
    } else {
        foot_table(p);
    }
    while ((got = explain_next_missing(explain, &missing, err)) > 0) {
        if (json) {
            missing_json(p, &missing);
            continue;
        }
        if (first)
            fprintf(out, "\n%s\n", tr("Missing:"));
        first = false;
        fprintf(out, "  %.*s  %.*s  ", STR_ARG(missing.division_code), STR_ARG(missing.agency));
        fprintf(out, tr("due %.*s"), STR_ARG(missing.due));
        putc('\n', out);
    }
    if (got < 0)
        return -1;
    if (json) {
        json_end_array(&p->json);
        json_end_object(&p->json);
        json_finish(&p->json);
    }
    return 0;
}

static void row_csv(const struct printing *p, struct csv_out *csv, const struct summand *s)
{
    char text[MONEY_TEXT];
    csv_out_text(csv, s->division_code);
    csv_out_text(csv, s->division);
    csv_out_text(csv, s->agency);
    csv_out_text(csv, s->kind);
    csv_out_text(csv, str_from(state_names[s->state]));
    if (s->state == SUMMAND_VALUE)
        csv_out_decimal(csv, str_from(figure(p, s->value, text)));
    else if (s->state == SUMMAND_TEXT)
        csv_out_text(csv, s->text);
    else
        csv_out_null(csv);
    if (s->state == SUMMAND_VALUE && share(p, s->value) >= 0)
        csv_out_integer(csv, share(p, s->value));
    else
        csv_out_null(csv);
    csv_out_text(csv, s->note);
    csv_out_text(csv, s->scope);
    csv_out_integer(csv, s->form);
    csv_out_integer(csv, s->registered);
    csv_out_text(csv, s->source);
    csv_out_integer(csv, s->line);
    csv_out_integer(csv, s->revision);
    csv_out_text(csv, s->dated);
    csv_out_text(csv, s->findings);
    csv_out_row(csv);
}

static int write_csv(const struct printing *p, struct explain *explain, struct err *err)
{
    static const char *const header[] = {"division_code", "division",   "agency", "kind",
                                         "state",         "value",      "share_per_10000",
                                         "note",          "scope",      "form",   "registered",
                                         "source",        "line",       "revision",
                                         "dated",         "findings"};
    struct csv_out csv;
    struct summand summand;
    struct missing_unit missing;
    int got;
    csv_out_open(&csv, sink_stream(p->session->out), !session_flag(p->session, "no-bom"));
    for (size_t i = 0; i < sizeof header / sizeof *header; i++)
        csv_out_text(&csv, str_from(header[i]));
    csv_out_row(&csv);
    while ((got = explain_next(explain, &summand, err)) > 0)
        row_csv(p, &csv, &summand);
    if (got < 0)
        return -1;
    while ((got = explain_next_missing(explain, &missing, err)) > 0) {
        csv_out_text(&csv, missing.division_code);
        csv_out_null(&csv);
        csv_out_text(&csv, missing.agency);
        csv_out_text(&csv, missing.kind);
        csv_out_text(&csv, STR("missing"));
        for (int i = 5; i < 16; i++)
            csv_out_null(&csv);
        csv_out_row(&csv);
    }
    if (got < 0)
        return -1;
    return csv_out_close(&csv, err);
}

static int read_question(struct session *session, struct explain_question *q, struct err *err)
{
    const char *division = session_option(session, "division"), *code = session_option(session, "code");
    long year;
    int part, basis;
    if (!division || !code || !session_flag(session, "year"))
        return err_set(err, ERR_USAGE, "explain needs --division CODE, --year Y and --code C");
    if (session_number(session, "year", 1990, 2200, 0, &year, err) < 0 ||
        session_choice(session, "part", part_names, &part, err) < 0 ||
        session_choice(session, "basis", basis_names, &basis, err) < 0 ||
        session_read(session, err) < 0)
        return -1;
    *q = (struct explain_question){.division = str_from(division),
                                   .year = (int)year,
                                   .cell = catalog_find(session->catalog, str_from(code)),
                                   .region = part == 0,
                                   .best = basis == 1};
    if (!q->cell)
        return err_set(err, ERR_USAGE, "there is no cell %s; v_dictionary lists them, for example "
                                       "t3.new.total", code);
    return 0;
}

static int run(struct session *session, struct err *err)
{
    struct explain_question question;
    struct explain *explain;
    struct printing p = {.session = session, .question = &question};
    int format;
    if (session_choice(session, "format", format_names, &format, err) < 0 ||
        session_number(session, "limit", 0, 1000000000, 40, &p.limit, err) < 0 ||
        read_question(session, &question, err) < 0 ||
        explain_new(&explain, session->warehouse, &question, err) < 0)
        return -1;
    p.total = explain_total(explain);
    int status = format == FORMAT_CSV && !session->json ? write_csv(&p, explain, err)
                                                        : print(&p, explain, err);
    explain_free(explain);
    return status < 0 ? -1 : EXIT_WELL;
}

static const struct option_row options[] = {
    {"division", 'd', "CODE", "the division, for example 430700"},
    {"year", 'y', "YEAR", "the year reported on"},
    {"code", 'c', "CODE", "the cell, for example t3.new.total (v_dictionary lists them)"},
    {"part", 0, "region|self", "the whole region (本行政区域), or the government and its departments "
                               "alone (本级)"},
    {"basis", 0, "own|best", "best: a composite stands in for a region without own reports (own)"},
    {"format", 'f', "table|csv", "how it is printed (table)"},
    {"limit", 0, "N", "rows of the table, 0 for all (40)"},
    {"no-bom", 0, NULL, "no byte order mark in CSV"},
    {0},
};

static const struct example examples[] = {
    {"Who received the applications of a city",
     "gongkai explain --division 430700 --year 2023 --code t3.new.total"},
    {"Its government and departments alone",
     "gongkai explain -d 430700 -y 2023 -c t3.new.total --part self"},
    {"Every report of a province, for Excel",
     "gongkai explain -d 430000 -y 2023 -c t3.new.total --format csv > received.csv"},
    {0},
};

const struct command command_explain = {
    .name = "explain",
    .summary = "from a total down to the reports, files and lines it is made of",
    .arguments = "",
    .details = "Lists the reports that a total adds up, the largest figure first, each with its "
               "source file and line, revision and standing findings; then the units whose report is "
               "missing. A report that prints the cell without a figure is listed as blank, na (/) or "
               "text.",
    .options = options,
    .examples = examples,
    .traits = COMMAND_FIGURES,
    .run = run,
};
