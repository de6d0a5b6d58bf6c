/* Whatever lies in the inbox: unpacked where it is packed, read by the importer that claims it. */
#include "tests/fuzz/read.h"

static int take(void *self, struct str path, bool member, struct stream *in, struct err *err)
{
    (void)self, (void)member, (void)err;
    fuzz_stream(in, NULL, path);
    return 0;
}

static int reject(void *self, struct str path, const struct err *why, struct err *err)
{
    (void)self, (void)path, (void)err;
    fuzz_holds(why->kind == ERR_INPUT && why->reason[0]);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct archive_limits limits = {16 << 20, 1000};
    struct archive_sink sink = {take, reject, NULL};
    struct stream *in = NULL;
    struct err err = {0};
    if (stream_memory(&in, (struct str){(const char *)data, size}, &err) == 0)
        archive_each(in, STR("a"), &limits, &sink, &err);
    return 0;
}
