#include "core/base/resource.h"

#include <string.h>

const char *resource_text(const char *path)
{
    for (const struct resource *r = resources; r->path; r++)
        if (strcmp(r->path, path) == 0)
            return r->text;
    return NULL;
}
