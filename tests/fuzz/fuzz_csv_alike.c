/* Long CSV: lines taken as they stand because they look like those before are what libcsv reads of
 * them, whatever the pieces they come in and the memory there is. */
#include <stdlib.h>

#include "tests/fuzz/many.h"
#include "tests/fuzz/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str bytes = {(const char *)data, size};
    struct many plain = {.plain = true}, direct = {.step = size > 0 ? data[size - 1] % 40u : 0};
    direct.look = direct.step & 1;
    direct.held = direct.step & 2;
    many_read(&plain, bytes, ',');
    many_read(&direct, bytes, ',');
    fuzz_holds(!plain.headed || !direct.headed || plain.out.failed || direct.out.failed ||
               str_eq(buf_str(&plain.out), buf_str(&direct.out)));
    buf_free(&plain.out);
    buf_free(&direct.out);
    return 0;
}
