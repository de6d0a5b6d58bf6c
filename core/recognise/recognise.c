#include "core/recognise/recognise.h"

#include <stdlib.h>

#include "core/recognise/labels.h"
#include "core/recognise/lexicon.h"
#include "core/recognise/measure.h"
#include "core/recognise/outline.h"
#include "core/recognise/parts.h"
#include "core/recognise/several.h"
#include "core/text/simple.h"

int recogniser_new(struct recogniser **out, const struct catalog *catalog, struct err *err)
{
    struct recogniser *r = calloc(1, sizeof *r);
    if (!r)
        return err_refused(err);
    r->catalog = catalog;
    if (labels_new(&r->labels, catalog, err) < 0 || simple_new(&r->simple, err) < 0 ||
        identity_new(&r->identity, r->simple, err) < 0 ||
        measures_new(&r->measures, err) < 0) {
        recogniser_free(r);
        return -1;
    }
    *out = r;
    return 0;
}

void recogniser_free(struct recogniser *recogniser)
{
    if (!recogniser)
        return;
    lexicon_free(recogniser->lexicon);
    if (recogniser->shared) {
        free(recogniser->identity);
        free(recogniser);
        return;
    }
    labels_free(recogniser->labels);
    identity_free(recogniser->identity);
    measures_free(recogniser->measures);
    simple_free(recogniser->simple);
    free(recogniser);
}

int recogniser_share(struct recogniser **out, const struct recogniser *recogniser, struct err *err)
{
    struct recogniser *r = malloc(sizeof *r);
    if (!r)
        return err_refused(err);
    *r = *recogniser;
    r->shared = true;
    r->lexicon = NULL;
    r->identity = NULL;
    if (lexicon_new(&r->lexicon, err) < 0 ||
        identity_share(&r->identity, recogniser->identity, r->lexicon, err) < 0) {
        recogniser_free(r);
        return -1;
    }
    *out = r;
    return 0;
}

enum { NAME_SHOWN = 120 };

/* Whether a fact comes from this line; it is looked for from *next on, where it mostly is. */
static bool states_line(const struct report *report, uint32_t line, uint32_t *next)
{
    for (uint32_t i = 0; i < report->fact_count; i++) {
        uint32_t at = *next < report->fact_count ? *next : 0;
        *next = at + 1;
        if (report->facts[at].line == line)
            return true;
    }
    return false;
}

/* A file that states who reports and a cell a line (long CSV) is written by a program or a careful
 * hand: a line of it that no cell came from names no cell of the forms, and is an error of the
 * file: it rejects the report. */
static int check_lines(const struct recogniser *recogniser, const struct document *doc,
                       const struct report *report, struct err *err)
{
    if (!document_declares(doc))
        return 0;
    uint32_t next = 0;
    for (uint32_t b = 0; b < doc->count; b++) {
        const struct grid *grid = &doc->blocks[b].grid;
        for (uint32_t r = 0; doc->blocks[b].kind == BLOCK_GRID && r < grid->rows; r++) {
            if (grid->first[r + 1] - grid->first[r] != 2)
                continue;
            const struct grid_cell *cells = &grid->cells[grid->first[r]];
            size_t n = cells[0].text.n < NAME_SHOWN ? cells[0].text.n : NAME_SHOWN;
            while (n < cells[0].text.n && n > 0 && ((unsigned char)cells[0].text.p[n] & 0xc0) == 0x80)
                n--; /* never inside a character */
            if (!states_line(report, cells[1].line, &next) &&
                labels_cell(recogniser->labels, cells[0].text) == CELL_NONE)
                return err_reject(err, "csv-line", cells[1].line, "\"%.*s\" is no cell of any form; "
                                  "see v_dictionary for the codes, and correct the line",
                                  (int)n, cells[0].text.p);
        }
    }
    return 0;
}

/* A document that says whose it is and states plain figures by name: there is no text to be looked
 * through. 1: done, 0: it is to be read as any other. */
static int recognise_stated(const struct recogniser *recogniser, const struct document *doc,
                            const struct context *context, struct report *report, struct err *err)
{
    static const struct outline nothing = {.heading = {NOWHERE, NOWHERE, NOWHERE, NOWHERE, NOWHERE,
                                                       NOWHERE, NOWHERE},
                                           .dated = NOWHERE, .signed_by = NOWHERE};
    static const struct tables_seen seen;
    if (!document_declares(doc))
        return 0;
    int read = tables_stated(recogniser, doc, report, err);
    if (read <= 0)
        return read;
    struct stated_names *names = doc->names;
    if (!names->claims)
        names->claims = path_claims_read(recogniser, context, names->arena);
    if (!names->claims)
        return err_memory(err);
    report->line = doc->line;
    return identity_read(recogniser, doc, context, &seen, &nothing, names->claims, report, err) < 0
               ? -1
               : 1;
}

static int read_document(const struct recogniser *recogniser, const struct document *whole,
                         const struct context *context, struct arena *arena, struct report **out,
                         struct err *err)
{
    struct report *report = report_new(arena);
    if (!report)
        return err_memory(err);
    struct document laid;
    if (whole->stated) {
        int read = recognise_stated(recogniser, whole, context, report, err);
        if (read > 0)
            *out = report;
        if (read != 0)
            return read > 0 ? 0 : -1;
        if (document_lay_out(whole, arena, &laid) < 0)
            return arena_failed(arena, err);
        whole = &laid;
    }
    struct tables_seen seen = {0};
    struct document part;
    const struct document *doc = &part;
    struct remark several = {.rule = "reading", .topic = "several-reports", .cell = CELL_NONE};
    if (several_part(recogniser, whole, context, arena, &part, &several.detail,
                     &several.line) < 0 ||
        (several.detail.n && report_remark(report, several) < 0))
        return err_memory(err);
    lexicon_next(recogniser->lexicon);
    report->line = doc->line;
    struct outline outline;
    if (tables_read(recogniser, doc, report, &seen, err) < 0)
        return -1;
    if (outline_read(recogniser, doc, &seen, arena, &outline) < 0)
        return err_memory(err);
    /* What states cell by cell whose and which they are is taken at its word, figures or not. */
    bool stated = document_declares(doc) && report->fact_count > 0;
    if (check_lines(recogniser, doc, report, err) < 0 ||
        (!stated && refusal_check(recogniser, doc, context, &seen, &outline, err) < 0) ||
        identity_read(recogniser, doc, context, &seen, &outline, NULL, report, err) < 0 ||
        prose_read(recogniser, doc, &seen, &outline, report, err) < 0)
        return -1;
    report_sort(report);
    *out = report;
    return 0;
}

/* What runs out of the memory that one document may have is to be refused; only where there is none
 * for anybody the run must end. */
int recognise(const struct recogniser *recogniser, const struct document *doc,
              const struct context *context, struct arena *arena, struct report **out,
              struct err *err)
{
    struct err why = {0};
    if (read_document(recogniser, doc, context, arena, out, &why) == 0)
        return 0;
    if (why.kind == ERR_SYSTEM && (arena->full || doc->arena->full) && !doc->arena->starved)
        return arena_failed(arena, err);
    if (err)
        *err = why;
    return -1;
}
