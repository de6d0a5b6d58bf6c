/* An encoding told by content: decoding a stream gives what decoding the whole gives. */
#include <stdlib.h>
#include <string.h>

#include "core/text/encoding.h"
#include "tests/fuzz/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = arena_new(64 << 20);
    struct str bytes = {(const char *)data, size}, whole = {0};
    struct stream *in = NULL;
    struct decoder *decoder = NULL;
    struct err err = {0};
    char *text = malloc(3 * size + 64);
    size_t n = 0;
    ssize_t got = -1;
    int status = encoding_decode(&whole, &arena, bytes, ENCODING_BY_CONTENT, &err);
    fuzz_holds(status == 0 || (err.kind == ERR_INPUT && err.line > 0));
    if (text && stream_memory(&in, bytes, NULL) == 0 &&
        decoder_new(&decoder, in, ENCODING_BY_CONTENT, NULL) == 0)
        while (n + 32 <= 3 * size + 64 && (got = decoder_read(decoder, text + n, 32, NULL)) > 0)
            n += (size_t)got;
    if (status == 0 && size <= STREAM_PEEK)
        fuzz_holds(got == 0 && str_eq(whole, (struct str){text, n}));
    if (status == 0)
        fuzz_holds(encoding_utf8(whole) == whole.n);
    decoder_free(decoder);
    stream_close(in);
    free(text);
    arena_free(&arena);
    return 0;
}
