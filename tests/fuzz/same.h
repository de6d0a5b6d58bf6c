/* same.h - what is recognised in a document, written down to be compared: for tests of a way that is
 * shorter than another and must come to the same. */
#ifndef GONGKAI_TESTS_FUZZ_SAME_H
#define GONGKAI_TESTS_FUZZ_SAME_H

#include "core/base/buf.h"
#include "core/recognise/recognise.h"

static inline void same_report(struct buf *out, const struct report *r)
{
    buf_printf(out, "%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%d %d %d|%d %d %d|%u %u %u\n",
               STR_ARG(r->agency), STR_ARG(r->place), STR_ARG(r->division), STR_ARG(r->title),
               STR_ARG(r->dated), STR_ARG(r->period_from), STR_ARG(r->period_to), r->agency_trust,
               r->year_trust, r->scope_trust, r->year, r->scope, r->form, (unsigned)r->line,
               (unsigned)r->section_count, (unsigned)r->figure_count);
    for (uint32_t i = 0; i < r->fact_count; i++) {
        const struct fact *f = &r->facts[i];
        buf_printf(out, "%u %u %u %lld [%.*s] [%.*s]\n", f->cell, f->state, (unsigned)f->line,
                   (long long)f->value, STR_ARG(f->text), STR_ARG(f->note));
    }
    for (uint32_t i = 0; i < r->remark_count; i++) {
        const struct remark *m = &r->remarks[i];
        buf_printf(out, "%s %s %u %u [%.*s]\n", m->rule, m->topic, m->cell, (unsigned)m->line,
                   STR_ARG(m->detail));
    }
}

/* What becomes of a document in that context: the report, or why there is none. */
static inline void same_recognise(struct buf *out, const struct recogniser *recogniser,
                                  const struct document *doc, const struct context *context)
{
    struct arena arena = arena_new((size_t)64 << 20);
    struct report *report = NULL;
    struct err err = {0};
    buf_reset(out);
    if (recognise(recogniser, doc, context, &arena, &report, &err) == 0)
        same_report(out, report);
    else
        buf_printf(out, "%d %s %u %s", err.kind, err.reason, (unsigned)err.line, err.english);
    arena_free(&arena);
}

#endif
