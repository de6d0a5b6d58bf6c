#include "core/recognise/parts.h"

int prose_read(const struct recogniser *recogniser, const struct document *doc,
               const struct tables_seen *seen, const struct outline *outline,
               struct report *report, struct err *err)
{
    (void)recogniser, (void)doc, (void)seen, (void)outline, (void)report, (void)err;
    return 0;
}
