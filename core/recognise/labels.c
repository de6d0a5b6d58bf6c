#include "core/recognise/parts.h"

int labels_new(struct labels **out, const struct catalog *catalog, struct err *err)
{
    (void)catalog, (void)err;
    *out = NULL;
    return 0;
}

void labels_free(struct labels *labels)
{
    (void)labels;
}
