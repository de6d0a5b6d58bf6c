#include "core/recognise/parts.h"

int refusal_check(const struct recogniser *recogniser, const struct document *doc,
                  const struct context *context, const struct tables_seen *seen,
                  struct err *err)
{
    (void)recogniser, (void)context;
    for (int t = TABLE_1; t < TABLE_COUNT; t++)
        if (seen->table[t].read)
            return 0;
    return err_reject(err, "no-tables", doc->line, "none of the statutory tables could be read");
}
