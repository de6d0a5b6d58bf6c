#include "core/export/composite.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/export/english.h"
#include "core/export/rule_name.h"
#include "core/export/sentences.h"
#include "core/store/statement.h"

enum { MEMORY = 256 << 20, FINDINGS_KEPT = 5000 };

static const char *part_of(const struct composite *c)
{
    return c->self ? "self" : "region";
}

/* A statement about one division, year and part, ready to step. */
static sqlite3_stmt *ask(struct warehouse *warehouse, const struct composite *c, const char *name,
                         int year, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, name, err);
    if (!stmt)
        return NULL;
    bind_str(stmt, 1, c->code);
    if (sqlite3_bind_parameter_count(stmt) >= 2)
        sqlite3_bind_int(stmt, 2, year);
    if (sqlite3_bind_parameter_count(stmt) >= 3)
        bind_str(stmt, 3, str_from(part_of(c)));
    if (sqlite3_bind_parameter_count(stmt) >= 4)
        sqlite3_bind_int(stmt, 4, c->best);
    return stmt;
}

static int read_coverage(struct composite *c, struct warehouse *warehouse, struct err *err)
{
    sqlite3_stmt *stmt = ask(warehouse, c, "export.area", c->year, err);
    int got = stmt ? statement_next(warehouse, stmt, err) : -1;
    if (got < 0)
        return -1;
    if (got == 0) {
        stmt = ask(warehouse, c, "export.division", c->year, err);
        got = stmt ? statement_next(warehouse, stmt, err) : -1;
        if (got < 0)
            return -1;
        if (got == 0)
            return err_set(err, ERR_USAGE, "%.*s is no division that is known; see the register",
                           STR_ARG(c->code));
        return err_set(err, ERR_USAGE, "there are no totals of %s for %d; run gongkai rollup, or "
                       "import its reports first", (const char *)sqlite3_column_text(stmt, 0),
                       c->year);
    }
    c->name = arena_copy(&c->arena, column_str(stmt, 0));
    c->coverage = (struct coverage){
        .code = c->code,
        .name = c->name,
        .expected = sqlite3_column_int64(stmt, 1),
        .reported = sqlite3_column_int64(stmt, 2),
        .missing = sqlite3_column_int64(stmt, 3),
        .late = sqlite3_column_int64(stmt, 4),
        .unregistered = sqlite3_column_int64(stmt, 5),
    };
    sqlite3_reset(stmt);
    return c->name.p ? 0 : err_memory(err);
}

static int read_figures(struct composite *c, struct warehouse *warehouse, int year,
                        struct figure figures[CATALOG_CELLS], struct err *err)
{
    int got;
    sqlite3_stmt *stmt = ask(warehouse, c, "export.totals", year, err);
    if (!stmt)
        return -1;
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        const struct cell *cell = catalog_find(c->catalog, column_str(stmt, 0));
        if (!cell)
            continue;
        struct figure *figure = &figures[cell->id];
        figure->stated = sqlite3_column_int64(stmt, 2);
        figure->blank = sqlite3_column_int64(stmt, 3);
        figure->whole = sqlite3_column_type(stmt, 1) == SQLITE_INTEGER;
        figure->value = sqlite3_column_int64(stmt, 1);
        if (sqlite3_column_type(stmt, 1) == SQLITE_NULL)
            continue;
        figure->digits = arena_copy(&c->arena, column_str(stmt, 1));
        if (!figure->digits.p)
            return err_memory(err);
    }
    return got;
}

static int read_parts(struct composite *c, struct warehouse *warehouse, struct err *err)
{
    int got;
    sqlite3_stmt *stmt = c->self ? NULL : ask(warehouse, c, "export.parts", c->year, err);
    if (!stmt)
        return c->self ? 0 : -1;
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        if (arena_grow(&c->arena, &c->parts, c->part_count, &c->part_capacity,
                       sizeof *c->parts) < 0)
            return err_memory(err);
        c->parts[c->part_count++] = (struct coverage){
            .code = arena_copy(&c->arena, column_str(stmt, 0)),
            .name = arena_copy(&c->arena, column_str(stmt, 1)),
            .expected = sqlite3_column_int64(stmt, 2),
            .reported = sqlite3_column_int64(stmt, 3),
            .missing = sqlite3_column_int64(stmt, 4),
            .late = sqlite3_column_int64(stmt, 5),
            .unregistered = sqlite3_column_int64(stmt, 6),
        };
    }
    return got;
}

static int read_missing(struct composite *c, struct warehouse *warehouse, struct err *err)
{
    int got;
    sqlite3_stmt *stmt = ask(warehouse, c, "export.missing", c->year, err);
    if (!stmt)
        return -1;
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        if (arena_grow(&c->arena, &c->missing, c->missing_count, &c->missing_capacity,
                       sizeof *c->missing) < 0)
            return err_memory(err);
        c->missing[c->missing_count++] = (struct missing_agency){
            arena_copy(&c->arena, column_str(stmt, 0)), arena_copy(&c->arena, column_str(stmt, 1))};
    }
    return got;
}

static int read_stand_ins(struct composite *c, struct warehouse *warehouse, struct err *err)
{
    int got;
    sqlite3_stmt *stmt = ask(warehouse, c, "export.stand_ins", c->year, err);
    if (!stmt)
        return -1;
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        if (arena_grow(&c->arena, &c->stand_ins, c->stand_in_count, &c->stand_in_capacity,
                       sizeof *c->stand_ins) < 0)
            return err_memory(err);
        c->stand_ins[c->stand_in_count++] = arena_copy(&c->arena, column_str(stmt, 0));
    }
    return got;
}

/* A rule as a person reads it; its id alone when memory ran out. */
static struct str rule_of(struct composite *c, struct str rule)
{
    struct buf name = buf_new(4096);
    struct err none = {0};
    bool good = rule_name_add(&name, rule, c->lang, &none) == 0 && !name.failed;
    struct str kept = arena_copy(&c->arena, good ? buf_str(&name) : rule);
    buf_free(&name);
    return kept;
}

static int read_findings(struct composite *c, struct warehouse *warehouse, struct err *err)
{
    int got;
    sqlite3_stmt *stmt = ask(warehouse, c, "export.findings", c->year, err);
    if (!stmt)
        return -1;
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        bool error = str_eq(column_str(stmt, 2), STR("error"));
        bool waived = sqlite3_column_int(stmt, 6) != 0;
        c->error_count += error && !waived;
        c->waived_count += waived;
        if (c->finding_count++ >= FINDINGS_KEPT)
            continue;
        uint32_t at = c->finding_kept++;
        if (arena_grow(&c->arena, &c->findings, at, &c->finding_capacity, sizeof *c->findings) < 0)
            return err_memory(err);
        const struct cell *cell = catalog_find(c->catalog, column_str(stmt, 3));
        c->findings[at] = (struct open_finding){
            .agency = arena_copy(&c->arena, column_str(stmt, 0)),
            .rule = rule_of(c, column_str(stmt, 1)),
            .severity = str_from(waived  ? lang_in(c->lang, "waived")
                                 : error ? lang_in(c->lang, "error")
                                         : lang_in(c->lang, "warning")),
            .code = cell ? str_from(cell->code) : (struct str){0},
            .label = cell ? composite_label(c, cell->id) : (struct str){0},
            .message = arena_copy(&c->arena, column_str(stmt, c->lang == LANG_ZH ? 5 : 4)),
        };
    }
    return got;
}

static int read_trends(struct composite *c, struct warehouse *warehouse, struct err *err)
{
    int got;
    sqlite3_stmt *stmt = ask(warehouse, c, "export.trends", c->year, err);
    if (!stmt)
        return -1;
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        struct str label = column_str(stmt, c->lang == LANG_ZH ? 0 : 5);
        uint32_t i = c->trend_count;
        if (i == 0 || !str_eq(c->trends[i - 1].label, label)) {
            if (i == TRENDS)
                continue;
            c->trends[i] = (struct trend){.label = arena_copy(&c->arena, label),
                                          .unit = arena_copy(&c->arena, column_str(stmt, 1)),
                                          .line = sqlite3_column_int(stmt, 4) != 0};
            c->trend_count = ++i;
        }
        int at = sqlite3_column_int(stmt, 2) - c->year + TREND_YEARS - 1;
        if (at < 0 || at >= TREND_YEARS || sqlite3_column_type(stmt, 3) == SQLITE_NULL)
            continue;
        struct figure *figure = &c->trends[i - 1].figure[at];
        figure->whole = sqlite3_column_type(stmt, 3) == SQLITE_INTEGER;
        figure->value = sqlite3_column_int64(stmt, 3);
        figure->digits = arena_copy(&c->arena, column_str(stmt, 3));
        if (!figure->digits.p)
            return err_memory(err);
    }
    return got;
}

int composite_read(struct composite **out, struct warehouse *warehouse,
                   const struct composite_question *question, struct err *err)
{
    struct composite *c = calloc(1, sizeof *c);
    if (!c)
        return err_memory(err);
    c->arena = arena_new(MEMORY);
    c->catalog = warehouse->catalog;
    c->code = arena_copy(&c->arena, question->division);
    c->year = question->year;
    c->self = question->self;
    c->best = question->best;
    c->lang = question->lang;
    const struct form *form = catalog_form_for(warehouse->catalog, c->year);
    int status = 0;
    if (!form)
        status = err_set(err, ERR_USAGE, "no form was prescribed for %d; the first year is %d",
                         c->year, warehouse->catalog->forms[0].first_year);
    if (status < 0 || face_of(&c->arena, form, &c->face, err) < 0 ||
        read_coverage(c, warehouse, err) < 0 ||
        read_figures(c, warehouse, c->year, c->figure, err) < 0 ||
        read_figures(c, warehouse, c->year - 1, c->last, err) < 0 ||
        read_parts(c, warehouse, err) < 0 || read_missing(c, warehouse, err) < 0 ||
        read_stand_ins(c, warehouse, err) < 0 || read_findings(c, warehouse, err) < 0 ||
        (c->stand_in_count == 0 && read_trends(c, warehouse, err) < 0) ||
        sentences_draft(c, err) < 0) {
        composite_free(c);
        return -1;
    }
    *out = c;
    return 0;
}

void composite_free(struct composite *composite)
{
    if (!composite)
        return;
    arena_free(&composite->arena);
    free(composite);
}

/* The buffer's text in the composite's arena; frees the buffer. Empty when memory ran out. */
static struct str keep(struct composite *c, struct buf *buf)
{
    struct str text = buf->failed ? (struct str){"", 0} : arena_copy(&c->arena, buf_str(buf));
    buf_free(buf);
    return text.p ? text : (struct str){"", 0};
}

struct str composite_title(struct composite *c)
{
    struct buf buf = buf_new(4096);
    buf_printf(&buf, lang_chinese("%.*s, %d: annual report on government-information disclosure"),
               STR_ARG(c->name), c->year);
    return keep(c, &buf);
}

struct str composite_heading(struct composite *c)
{
    struct buf buf = buf_new(4096);
    buf_printf(&buf, lang_in(c->lang, "%.*s, %d: annual report on government-information disclosure"),
               STR_ARG(c->name), c->year);
    return keep(c, &buf);
}

struct str composite_section_one(void)
{
    return str_from(lang_chinese("1. Overview"));
}

/* The first names of a list, and how many there are when some are left out. */
static void name_some(struct buf *buf, const struct composite *c, const char *lead, uint32_t i,
                      uint32_t count, struct str name)
{
    enum { NAMED = 20 };
    bool chinese = c->lang == LANG_ZH;
    if (i == 0)
        buf_text(buf, lead);
    if (i < NAMED)
        buf_printf(buf, "%s%.*s", !i ? "" : chinese ? "、" : ", ", STR_ARG(name));
    if (i + 1 == count && count > NAMED)
        buf_printf(buf, lang_in(c->lang, " and others, %u in all"), count);
    if (i + 1 == count)
        buf_text(buf, chinese ? "。" : ". ");
}

struct str composite_coverage_text(struct composite *c)
{
    const struct coverage *v = &c->coverage;
    struct buf buf = buf_new(1 << 16);
    enum lang lang = c->lang;
    buf_text(&buf, c->self ? lang_in(lang, "Covers 本级, the government and its departments alone. ")
                           : lang_in(lang, "Covers 本行政区域, the whole region. "));
    if (v->expected > 0)
        buf_printf(&buf, lang_in(lang, "%lld reports expected, %lld missing; "), (long long)v->expected,
                   (long long)v->missing);
    else
        buf_text(&buf, lang_in(lang, "No agency is registered to report; "));
    buf_printf(&buf, lang_in(lang, "%lld received"), (long long)v->reported);
    if (v->unregistered > 0)
        buf_printf(&buf, lang_in(lang, ", %lld of them from agencies not in the register"),
                   (long long)v->unregistered);
    if (v->late > 0)
        buf_printf(&buf, lang_in(lang, ", %lld late"), (long long)v->late);
    buf_text(&buf, lang == LANG_ZH ? "。" : ". ");
    for (uint32_t i = 0; i < c->stand_in_count; i++)
        name_some(&buf, c,
                  lang_in(lang, "For want of reports of their agencies the published composite stands in "
                                "for: "),
                  i, c->stand_in_count, c->stand_ins[i]);
    const char *lead = c->stand_in_count ? lang_in(lang, "Reports are missing from: ")
                                         : lang_in(lang, "Reports are missing, and their figures left "
                                                         "out, from: ");
    for (uint32_t i = 0; i < c->missing_count; i++)
        name_some(&buf, c, lead, i, c->missing_count, c->missing[i].name);
    return keep(c, &buf);
}

bool composite_on_form(const struct composite *c, uint16_t cell)
{
    for (uint32_t i = 0; i < c->face.form->count; i++)
        if (c->face.form->cells[i].id == cell)
            return true;
    return false;
}

struct str composite_label(struct composite *c, uint16_t cell)
{
    const struct form *form = c->face.form;
    const struct form_cell *found = NULL;
    for (uint32_t f = 0; !found && f <= c->catalog->form_count; f++) {
        const struct form *at = f ? &c->catalog->forms[f - 1] : form;
        for (uint32_t i = 0; !found && i < at->count; i++)
            if (at->cells[i].id == cell)
                found = &at->cells[i];
    }
    if (!found)
        return (struct str){"", 0};
    struct buf buf = buf_new(4096);
    buf_add(&buf, found->row);
    if (found->column.n > 0)
        buf_char(&buf, '/');
    buf_add(&buf, found->column);
    struct str chinese = label_in_print(&c->arena, keep(c, &buf));
    if (c->lang == LANG_ZH)
        return chinese;
    buf = buf_new(4096);
    english_add(&buf, label_in_print(&c->arena, found->row));
    if (found->column.n > 0)
        buf_text(&buf, " / ");
    english_add(&buf, label_in_print(&c->arena, found->column));
    buf_text(&buf, " · ");
    buf_add(&buf, chinese);
    return keep(c, &buf);
}
