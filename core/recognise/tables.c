#include "core/recognise/parts.h"

int tables_read(const struct recogniser *recogniser, const struct document *doc,
                struct report *report, struct tables_seen *seen, struct err *err)
{
    (void)recogniser, (void)report;
    seen->block_table = arena_array(doc->arena, doc->count + 1, sizeof *seen->block_table);
    return seen->block_table ? 0 : err_memory(err);
}
