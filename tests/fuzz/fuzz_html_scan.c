/* Where the scanner of plain pages is certain, it gives the document that gumbo gives. */
#include "tests/fuzz/html_pair.h"
#include "tests/fuzz/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_holds(html_pair((struct str){(const char *)data, size}, FUZZ_MEMORY) >= 0);
    return 0;
}
