#include "core/recognise/parts.h"

int identity_new(struct identity **out, struct err *err)
{
    (void)err;
    *out = NULL;
    return 0;
}

void identity_free(struct identity *identity)
{
    (void)identity;
}

int identity_read(const struct recogniser *recogniser, const struct document *doc,
                  const struct context *context, const struct tables_seen *seen,
                  struct report *report, struct err *err)
{
    (void)recogniser, (void)doc, (void)seen, (void)err;
    report->agency = context->agency;
    report->year = context->year;
    return 0;
}
