#include "core/recognise/recognise.h"

#include <stdlib.h>

#include "core/recognise/measure.h"
#include "core/recognise/outline.h"
#include "core/recognise/parts.h"
#include "core/text/simple.h"

int recogniser_new(struct recogniser **out, const struct catalog *catalog, struct err *err)
{
    struct recogniser *r = calloc(1, sizeof *r);
    if (!r)
        return err_memory(err);
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
    labels_free(recogniser->labels);
    identity_free(recogniser->identity);
    measures_free(recogniser->measures);
    simple_free(recogniser->simple);
    free(recogniser);
}

int recognise(const struct recogniser *recogniser, const struct document *doc,
              const struct context *context, struct arena *arena, struct report **out,
              struct err *err)
{
    struct report *report = report_new(arena);
    if (!report)
        return err_memory(err);
    report->line = doc->line;
    struct tables_seen seen = {0};
    struct outline outline;
    if (tables_read(recogniser, doc, report, &seen, err) < 0)
        return -1;
    if (outline_read(recogniser, doc, &seen, arena, &outline) < 0)
        return err_memory(err);
    if (refusal_check(recogniser, doc, context, &seen, &outline, err) < 0 ||
        identity_read(recogniser, doc, context, &seen, &outline, report, err) < 0 ||
        prose_read(recogniser, doc, &seen, &outline, report, err) < 0)
        return -1;
    report_sort(report);
    *out = report;
    return 0;
}
