/* What a report is compared by. Numbers go in little-endian: the digests stand in the warehouse. */
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/store/contents.h"
#include "core/store/origins.h"
#include "core/text/hash.h"

/* A digest that stands in every report's row: 48 bits, which SQLite keeps in six bytes. */
static int64_t short_digest(uint64_t hash)
{
    return (int64_t)(hash << 16) >> 16;
}

static void add_number(struct buf *b, int64_t number)
{
    uint64_t n = htole64((uint64_t)number);
    buf_add(b, (struct str){(const char *)&n, sizeof n});
}

static void add_text(struct buf *b, struct str s)
{
    add_number(b, (int64_t)s.n);
    buf_add(b, s);
}

static int64_t cell_and_state(const struct fact *f)
{
    return (int64_t)f->cell << 8 | f->state;
}

static int digest(const struct report *report, struct buf *b, int64_t *out)
{
    buf_reset(b);
    for (uint32_t i = 0; i < report->fact_count; i++) {
        const struct fact *f = &report->facts[i];
        add_number(b, cell_and_state(f));
        if (f->state == STATE_VALUE)
            add_number(b, f->value);
        else if (f->state == STATE_TEXT)
            add_text(b, f->text);
    }
    *out = short_digest(hash_text(buf_str(b), 0));
    return b->failed ? -1 : 0;
}

int contents_digest(const struct report *report, int64_t *out, struct err *err)
{
    struct buf b = buf_new((size_t)64 << 20);
    int status = digest(report, &b, out);
    buf_free(&b);
    return status < 0 ? err_memory(err) : 0;
}

/* A hash of all that was recognised but remarks. */
static uint64_t hash_words(const struct report *report, const struct prepared *p, struct buf *b)
{
    const struct str heads[] = {report->title, report->dated, report->period_from,
                                report->period_to};
    buf_reset(b);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        add_text(b, heads[i]);
    add_number(b, report->form);
    add_number(b, report->line);
    add_number(b, p->figures);
    for (uint32_t i = 0; i < report->fact_count; i++) {
        const struct fact *f = &report->facts[i];
        add_number(b, (int64_t)f->line << 16 | f->cell);
        if (f->note.n)
            add_text(b, f->note);
    }
    for (uint32_t i = 0; i < report->section_count; i++) {
        add_number(b, (int64_t)report->sections[i].line << 8 | report->sections[i].number);
        add_text(b, report->sections[i].heading);
        add_text(b, report->sections[i].text);
    }
    for (uint32_t i = 0; i < report->figure_count; i++) {
        const struct prose_figure *f = &report->figures[i];
        add_number(b, (int64_t)f->line << 16 | (int64_t)f->section << 8 | f->decimals);
        add_number(b, f->value);
        add_text(b, f->unit);
        add_text(b, f->sentence);
        add_text(b, f->measure);
    }
    return hash_text(buf_str(b), 0);
}

int64_t contents_fingerprint(const struct report *report, const struct prepared *prepared)
{
    uint64_t hash = prepared->words;
    for (uint32_t i = 0; i < report->remark_count; i++) {
        const struct remark *r = &report->remarks[i];
        const uint32_t place[] = {htole32(r->cell), htole32(r->line)};
        hash = hash_text(str_from(r->rule), hash);
        hash = hash_text(str_from(r->topic), hash);
        hash = hash_text((struct str){(const char *)place, sizeof place}, hash);
        hash = hash_text(r->detail, hash);
    }
    return short_digest(hash);
}

static uint64_t hash_presence(const struct report *report)
{
    uint16_t cells[CATALOG_CELLS];
    uint32_t n = 0;
    for (; n < report->fact_count && n < CATALOG_CELLS; n++)
        cells[n] = htole16(report->facts[n].cell);
    return hash_text((struct str){(const char *)cells, n * sizeof *cells}, 0);
}

static int by_number(const void *a, const void *b)
{
    const struct section *x = a, *y = b;
    return x->number != y->number ? (x->number > y->number) - (x->number < y->number)
                                  : (x->line > y->line) - (x->line < y->line);
}

/* The texts of a section that is printed in two pieces, with a line break between them. */
static int join(struct arena *arena, struct section *to, struct str more)
{
    char *p = arena_alloc(arena, to->text.n + 1 + more.n + 1);
    if (!p)
        return -1;
    if (to->text.n)
        memcpy(p, to->text.p, to->text.n);
    p[to->text.n] = '\n';
    if (more.n)
        memcpy(p + to->text.n + 1, more.p, more.n);
    to->text = (struct str){p, to->text.n + 1 + more.n};
    return 0;
}

static int order_sections(const struct report *report, struct prepared *p)
{
    uint32_t n = 0;
    p->outline = 0;
    if (report->section_count == 0)
        return 0;
    p->sections = arena_array(report->arena, report->section_count, sizeof *p->sections);
    if (!p->sections)
        return -1;
    memcpy(p->sections, report->sections, report->section_count * sizeof *p->sections);
    qsort(p->sections, report->section_count, sizeof *p->sections, by_number);
    for (uint32_t i = 0; i < report->section_count; i++) {
        if (n == 0 || p->sections[n - 1].number != p->sections[i].number)
            p->sections[n++] = p->sections[i];
        else if (join(report->arena, &p->sections[n - 1], p->sections[i].text) < 0)
            return -1;
    }
    p->section_count = n;
    uint64_t hash = 0;
    for (uint32_t i = 0; i < n; i++)
        hash = hash_text(p->sections[i].heading, hash + (uint64_t)p->sections[i].number);
    p->outline = (int64_t)hash;
    return 0;
}

int contents_prepare(const struct report *report, struct prepared *out, struct err *err)
{
    struct prepared made = {0};
    struct buf b = buf_new((size_t)128 << 20);
    int status = digest(report, &b, &made.figures);
    made.presence = (int64_t)hash_presence(report);
    made.words = hash_words(report, &made, &b);
    made.title = titled_split(report->title);
    if (status == 0)
        status = b.failed ? -1 : order_sections(report, &made);
    buf_reset(&b);
    origins_encode(&b, report->facts, report->fact_count);
    if (status == 0 && !b.failed)
        made.lines = arena_copy(report->arena, buf_str(&b));
    made.origin = (int64_t)hash_text(made.lines, 0);
    buf_free(&b);
    if (status < 0 || !made.lines.p)
        return err_memory(err);
    *out = made;
    return 0;
}
