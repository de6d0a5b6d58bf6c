#include "core/model/money.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/model/report.h"

void money_text(int64_t parts, char out[MONEY_TEXT])
{
    uint64_t size = parts < 0 ? -(uint64_t)parts : (uint64_t)parts;
    snprintf(out, MONEY_TEXT, "%s%" PRIu64 ".%08" PRIu64, parts < 0 ? "-" : "",
             size / (uint64_t)MONEY_SCALE, size % (uint64_t)MONEY_SCALE);
    size_t n = strlen(out);
    while (out[n - 1] == '0')
        out[--n] = '\0';
    if (out[n - 1] == '.')
        out[n - 1] = '\0';
}
