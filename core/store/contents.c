#include "core/store/contents.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/store/origins.h"
#include "core/store/remark_text.h"
#include "core/store/statement.h"
#include "core/text/digest.h"
#include "core/text/hash.h"

static int half_digest(struct str bytes, char hex[CONTENTS_HEX], struct err *err)
{
    char whole[DIGEST_HEX];
    if (digest_of(bytes, whole, err) < 0)
        return -1;
    memcpy(hex, whole, CONTENTS_HEX - 1);
    hex[CONTENTS_HEX - 1] = 0;
    return 0;
}

enum { NUMBERS_MOST = 4, NUMBER_BYTES = 21 };

/* Numbers in decimal with a space behind each, the last with `end`. */
static void add_numbers(struct buf *b, const long long *numbers, int count, char end)
{
    char text[NUMBERS_MOST * NUMBER_BYTES], *p = text + sizeof text;
    for (int i = count; i-- > 0;) {
        unsigned long long rest = (unsigned long long)numbers[i];
        rest = numbers[i] < 0 ? 0 - rest : rest;
        *--p = i + 1 < count ? ' ' : end;
        do
            *--p = (char)('0' + rest % 10);
        while ((rest /= 10) > 0);
        if (numbers[i] < 0)
            *--p = '-';
    }
    buf_add(b, (struct str){p, (size_t)(text + sizeof text - p)});
}
#define NUMBERS(b, end, ...)                                                                       \
    add_numbers(b, (long long[]){__VA_ARGS__},                                                     \
                (int)(sizeof((long long[]){__VA_ARGS__}) / sizeof(long long)), end)

int contents_digest(const struct report *report, char hex[CONTENTS_HEX], struct err *err)
{
    struct buf b = buf_new((size_t)64 << 20);
    for (uint32_t i = 0; i < report->fact_count; i++) {
        const struct fact *f = &report->facts[i];
        NUMBERS(&b, ' ', f->cell, f->state);
        if (f->state == STATE_VALUE) {
            NUMBERS(&b, '\n', f->value);
        } else if (f->state == STATE_TEXT) {
            NUMBERS(&b, ' ', (long long)f->text.n);
            buf_add(&b, f->text);
            buf_char(&b, '\n');
        }
    }
    struct str bytes = buf_str(&b);
    int status = b.failed ? err_memory(err) : half_digest(bytes, hex, err);
    buf_free(&b);
    return status;
}

static void add_text(struct buf *b, struct str s)
{
    NUMBERS(b, ' ', (long long)s.n);
    buf_add(b, s);
}

/* A hash of all that was recognised but remarks. */
static int hash_words(const struct report *report, struct buf *b, uint64_t *out)
{
    const struct str heads[] = {report->title, report->dated, report->period_from,
                                report->period_to};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        add_text(b, heads[i]);
    NUMBERS(b, '\n', report->form, report->line);
    for (uint32_t i = 0; i < report->fact_count; i++) {
        const struct fact *f = &report->facts[i];
        NUMBERS(b, ' ', f->cell, f->state, f->line, f->state == STATE_VALUE ? f->value : 0);
        add_text(b, f->text);
        add_text(b, f->note);
    }
    for (uint32_t i = 0; i < report->section_count; i++) {
        NUMBERS(b, ' ', report->sections[i].number, report->sections[i].line);
        add_text(b, report->sections[i].heading);
        add_text(b, report->sections[i].text);
    }
    for (uint32_t i = 0; i < report->figure_count; i++) {
        const struct prose_figure *f = &report->figures[i];
        NUMBERS(b, ' ', f->section, f->line, f->value, f->decimals);
        add_text(b, f->unit);
        add_text(b, f->sentence);
        add_text(b, f->measure);
    }
    struct str bytes = buf_str(b);
    *out = hash_text(bytes, 0);
    return b->failed ? -1 : 0;
}

int64_t contents_fingerprint(const struct report *report, const struct prepared *prepared)
{
    uint64_t hash = prepared->words;
    for (uint32_t i = 0; i < report->remark_count; i++) {
        const struct remark *r = &report->remarks[i];
        const uint32_t place[] = {r->cell, r->line};
        hash = hash_text(str_from(r->rule), hash);
        hash = hash_text(str_from(r->topic), hash);
        hash = hash_text((struct str){(const char *)place, sizeof place}, hash);
        hash = hash_text(r->detail, hash);
    }
    return (int64_t)hash;
}

/* The ids of the stated cells. */
static struct str list_cells(const struct report *report, uint16_t cells[CATALOG_CELLS])
{
    uint32_t n = 0;
    for (; n < report->fact_count && n < CATALOG_CELLS; n++)
        cells[n] = report->facts[n].cell;
    return (struct str){(const char *)cells, n * sizeof *cells};
}

int contents_prepare(const struct report *report, struct prepared *out, struct err *err)
{
    uint16_t cells[CATALOG_CELLS];
    struct prepared made = {0};
    if (contents_digest(report, made.figures, err) < 0 ||
        half_digest(list_cells(report, cells), made.presence, err) < 0)
        return -1;
    struct buf b = buf_new((size_t)128 << 20);
    int status = hash_words(report, &b, &made.words);
    buf_reset(&b);
    origins_encode(&b, report->facts, report->fact_count);
    if (status == 0 && !b.failed)
        made.origins = arena_copy(report->arena, buf_str(&b));
    buf_free(&b);
    if (!made.origins.p)
        return err_memory(err);
    *out = made;
    return 0;
}

static int find_presence(struct warehouse *warehouse, const char *hex, int64_t *id, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.presence", err);
    if (!stmt)
        return -1;
    bind_str(stmt, 1, str_from(hex));
    int got = statement_next(warehouse, stmt, err);
    if (got > 0) {
        *id = sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
    }
    return got;
}

int contents_presence(struct warehouse *warehouse, const struct report *report,
                      const struct prepared *prepared, int64_t *presence_id, struct err *err)
{
    int got = find_presence(warehouse, prepared->presence, presence_id, err);
    if (got != 0)
        return got < 0 ? -1 : 0;
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.presence_new", err);
    if (!stmt)
        return -1;
    bind_str(stmt, 1, str_from(prepared->presence));
    if (statement_run(warehouse, stmt, err) < 0)
        return -1;
    *presence_id = sqlite3_last_insert_rowid(warehouse->db);
    for (uint32_t i = 0; i < report->fact_count; i++) {
        stmt = warehouse_statement(warehouse, "store.presence_cell", err);
        if (!stmt)
            return -1;
        sqlite3_bind_int64(stmt, 1, *presence_id);
        sqlite3_bind_int(stmt, 2, report->facts[i].cell);
        if (statement_run(warehouse, stmt, err) < 0)
            return -1;
    }
    return 0;
}

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
        sqlite3_bind_int64(stmt, 1, report_id);
        sqlite3_bind_int(stmt, 2, line);
        for (uint32_t k = i; k < end; k++)
            if (report->facts[k].state == STATE_VALUE)
                sqlite3_bind_int64(stmt, 3 + (report->facts[k].cell & 7), report->facts[k].value);
        if (statement_run(warehouse, stmt, err) < 0)
            return -1;
    }
    return 0;
}

static int write_exceptions(struct warehouse *warehouse, int64_t report_id,
                            const struct report *report, struct err *err)
{
    static const char *const states[] = {"value", "blank", "na", "text"};
    for (uint32_t i = 0; i < report->fact_count; i++) {
        const struct fact *f = &report->facts[i];
        if (f->state == STATE_VALUE && f->note.n == 0)
            continue;
        sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.exception", err);
        if (!stmt)
            return -1;
        sqlite3_bind_int64(stmt, 1, report_id);
        sqlite3_bind_int(stmt, 2, f->cell);
        bind_str(stmt, 3, str_from(states[f->state]));
        if (f->state == STATE_TEXT)
            bind_text(stmt, 4, f->text);
        bind_filled(stmt, 5, f->note);
        if (statement_run(warehouse, stmt, err) < 0)
            return -1;
    }
    return 0;
}

static int write_prose(struct warehouse *warehouse, int64_t report_id, const struct report *report,
                       bool keep, struct err *err)
{
    for (uint32_t i = 0; i < report->section_count; i++) {
        const struct section *s = &report->sections[i];
        sqlite3_stmt *heading = warehouse_statement(warehouse, "store.heading", err);
        sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.section", err);
        if (!heading || !stmt)
            return -1;
        bind_text(heading, 1, s->heading);
        if (statement_run(warehouse, heading, err) < 0)
            return -1;
        sqlite3_bind_int64(stmt, 1, report_id);
        sqlite3_bind_int(stmt, 2, s->number);
        sqlite3_bind_int64(stmt, 3, s->line);
        bind_text(stmt, 4, s->heading);
        if (keep)
            bind_text(stmt, 5, s->text);
        if (statement_run(warehouse, stmt, err) < 0)
            return -1;
    }
    for (uint32_t i = 0; i < report->figure_count; i++) {
        const struct prose_figure *f = &report->figures[i];
        sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.prose_figure", err);
        if (!stmt)
            return -1;
        sqlite3_bind_int64(stmt, 1, report_id);
        sqlite3_bind_int64(stmt, 2, i + 1);
        sqlite3_bind_int(stmt, 3, f->section);
        sqlite3_bind_int64(stmt, 4, f->line);
        sqlite3_bind_int64(stmt, 5, f->value);
        sqlite3_bind_int(stmt, 6, f->decimals);
        bind_text(stmt, 7, f->unit);
        bind_text(stmt, 8, f->measure);
        if (keep)
            bind_text(stmt, 9, f->sentence);
        if (statement_run(warehouse, stmt, err) < 0)
            return -1;
    }
    return 0;
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
                   bool keep_prose, struct err *err)
{
    if (write_facts(warehouse, report_id, report, err) < 0 ||
        write_exceptions(warehouse, report_id, report, err) < 0 ||
        write_prose(warehouse, report_id, report, keep_prose, err) < 0)
        return -1;
    return write_remarks(warehouse, report_id, report, err);
}

int contents_remove(struct warehouse *warehouse, int64_t report_id, struct err *err)
{
    static const char *const names[] = {"store.facts_away", "store.exceptions_away",
                                        "store.sections_away", "store.prose_away",
                                        "store.remarks_away"};
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
