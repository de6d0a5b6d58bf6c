#include "core/store/contents.h"

#include "core/store/letters.h"
#include "core/store/remark_text.h"
#include "core/store/statement.h"

/* One row a line of the form; a line of zeros alone is left out, the presence set says it. */
static int write_facts(struct warehouse *warehouse, int64_t report_id, const struct report *report,
                       struct err *err)
{
    for (uint32_t i = 0, end; i < report->fact_count; i = end) {
        int line = report->facts[i].cell >> 3;
        bool some = false;
        for (end = i; end < report->fact_count && report->facts[end].cell >> 3 == line; end++)
            some = some || (report->facts[end].state == STATE_VALUE && report->facts[end].value);
        if (!some)
            continue;
        sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.fact", err);
        if (!stmt)
            return -1;
        sqlite3_bind_int64(stmt, 1, report_id * CATALOG_LINES + line);
        for (uint32_t k = i; k < end; k++)
            if (report->facts[k].state == STATE_VALUE)
                sqlite3_bind_int64(stmt, 2 + (report->facts[k].cell & 7), report->facts[k].value);
        if (statement_run(warehouse, stmt, err) < 0)
            return -1;
    }
    return 0;
}

static int write_exceptions(struct warehouse *warehouse, int64_t report_id,
                            const struct report *report, struct err *err)
{
    for (uint32_t i = 0; i < report->fact_count; i++) {
        const struct fact *f = &report->facts[i];
        if (f->state == STATE_VALUE && f->note.n == 0)
            continue;
        sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.exception", err);
        if (!stmt)
            return -1;
        sqlite3_bind_int64(stmt, 1, report_id);
        sqlite3_bind_int(stmt, 2, f->cell);
        sqlite3_bind_int(stmt, 3, f->state);
        if (f->state == STATE_TEXT)
            bind_text(stmt, 4, f->text);
        bind_filled(stmt, 5, f->note);
        if (statement_run(warehouse, stmt, err) < 0)
            return -1;
    }
    return 0;
}

/* A text that stands below the report: of a section, of a figure in prose. */
static int write_text(struct warehouse *warehouse, const char *name, int64_t report_id,
                      int64_t number, struct str text, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, name, err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, report_id);
    sqlite3_bind_int64(stmt, 2, number);
    bind_text(stmt, 3, text);
    return statement_run(warehouse, stmt, err);
}

/* A number that the report's row has no character for. */
static int write_number(struct warehouse *warehouse, int64_t report_id, struct str part,
                        uint32_t position, int64_t number, struct err *err)
{
    if (letter_holds(number))
        return 0;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.big_number", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, report_id);
    bind_str(stmt, 2, part);
    sqlite3_bind_int64(stmt, 3, position);
    sqlite3_bind_int64(stmt, 4, number);
    return statement_run(warehouse, stmt, err);
}

/* The view prose_figure counts by the table ordinal. */
static int have_ordinals(struct warehouse *warehouse, uint32_t wanted, struct err *err)
{
    enum { STEP = 64 };
    if (wanted <= warehouse->ordinals)
        return 0;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.ordinals", err);
    int got = stmt ? statement_next(warehouse, stmt, err) : -1;
    if (got < 0)
        return -1;
    int64_t there = sqlite3_column_int64(stmt, 0), most = (wanted / STEP + 1) * (int64_t)STEP;
    sqlite3_reset(stmt);
    if (there < wanted) {
        stmt = warehouse_statement(warehouse, "store.ordinals_more", err);
        if (!stmt)
            return -1;
        sqlite3_bind_int64(stmt, 1, there);
        sqlite3_bind_int64(stmt, 2, most);
        if (statement_run(warehouse, stmt, err) < 0)
            return -1;
        there = most;
    }
    warehouse->ordinals = (uint32_t)there;
    return 0;
}

static int write_prose(struct warehouse *warehouse, int64_t report_id, const struct report *report,
                       const struct prepared *prepared, bool keep, struct err *err)
{
    for (uint32_t i = 0; i < prepared->section_count; i++) {
        const struct section *s = &prepared->sections[i];
        if (write_number(warehouse, report_id, STR("section_lines"), i + 1, s->line, err) < 0 ||
            (keep && write_text(warehouse, "store.section_text", report_id, s->number, s->text,
                                err) < 0))
            return -1;
    }
    for (uint32_t i = 0; i < report->figure_count; i++) {
        const struct prose_figure *f = &report->figures[i];
        if (write_number(warehouse, report_id, STR("prose"), 3 * i + 2, f->line, err) < 0 ||
            write_number(warehouse, report_id, STR("prose"), 3 * i + 3, f->value, err) < 0 ||
            (keep && write_text(warehouse, "store.prose_sentence", report_id, i + 1, f->sentence,
                                err) < 0))
            return -1;
    }
    return have_ordinals(warehouse, report->figure_count, err);
}

static int write_remarks(struct warehouse *warehouse, int64_t report_id,
                         const struct report *report, struct err *err)
{
    for (uint32_t i = 0; i < report->remark_count; i++) {
        const struct remark *r = &report->remarks[i];
        struct remark_text text;
        remark_words(warehouse->catalog, r, &text);
        sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.remark", err);
        if (!stmt)
            return -1;
        sqlite3_bind_int64(stmt, 1, report_id);
        sqlite3_bind_int64(stmt, 2, i + 1);
        bind_str(stmt, 3, str_from(r->rule));
        bind_str(stmt, 4, str_from(r->topic));
        if (r->cell != CELL_NONE)
            sqlite3_bind_int(stmt, 5, r->cell);
        sqlite3_bind_int64(stmt, 6, r->line);
        bind_str(stmt, 7, str_from(text.english));
        bind_str(stmt, 8, str_from(text.chinese));
        if (statement_run(warehouse, stmt, err) < 0)
            return -1;
    }
    return 0;
}

int contents_write(struct warehouse *warehouse, int64_t report_id, const struct report *report,
                   const struct prepared *prepared, bool keep_prose, struct err *err)
{
    if (write_facts(warehouse, report_id, report, err) < 0 ||
        write_exceptions(warehouse, report_id, report, err) < 0 ||
        write_prose(warehouse, report_id, report, prepared, keep_prose, err) < 0)
        return -1;
    return write_remarks(warehouse, report_id, report, err);
}

int contents_remove(struct warehouse *warehouse, int64_t report_id, struct err *err)
{
    static const char *const names[] = {"store.facts_away", "store.exceptions_away",
                                        "store.sections_away", "store.sentences_away",
                                        "store.big_numbers_away", "store.remarks_away"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        sqlite3_stmt *stmt = warehouse_statement(warehouse, names[i], err);
        if (!stmt)
            return -1;
        sqlite3_bind_int64(stmt, 1, report_id);
        if (statement_run(warehouse, stmt, err) < 0)
            return -1;
    }
    return 0;
}
