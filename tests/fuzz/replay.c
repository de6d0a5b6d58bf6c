/* replay - runs a fuzz target once over each of its seeds, with any compiler: what fuzzing once
 * found stays found. Linked with fuzz_WHAT.c; the seeds are the files of fixtures/fuzz/WHAT, each
 * whole, without its last half, and with every 97th byte changed. */
#include <dirent.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tests/tap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes of a file, exactly as many as it has: a read past them is seen by ASan. */
static uint8_t *slurp(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = NULL;
    if (!file)
        return NULL;
    if (fseek(file, 0, SEEK_END) == 0) {
        *size = (size_t)ftell(file);
        rewind(file);
        bytes = malloc(*size ? *size : 1);
        if (bytes && fread(bytes, 1, *size, file) != *size) {
            free(bytes);
            bytes = NULL;
        }
    }
    fclose(file);
    return bytes;
}

static void run(const uint8_t *bytes, size_t size, size_t stride)
{
    uint8_t *copy = malloc(size ? size : 1);
    if (!copy)
        return;
    memcpy(copy, bytes, size);
    for (size_t i = stride; stride && i < size; i += stride)
        copy[i] ^= 0x55;
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

int main(int argc, char **argv)
{
    (void)argc;
    const char *what = strstr(argv[0], "fuzz_");
    char folder[512], path[1024];
    snprintf(folder, sizeof folder, "fixtures/fuzz/%s", what ? what + strlen("fuzz_") : "");
    struct dirent **entries = NULL;
    int n = scandir(folder, &entries, visible, alphasort);
    run((const uint8_t *)"", 0, 0);
    ok(true, "%s survives no bytes at all", what);
    ok(n > 0, "%s has seeds in %s", what, folder);
    for (int i = 0; i < n; i++) {
        size_t size = 0;
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        uint8_t *bytes = slurp(path, &size);
        if (bytes) {
            run(bytes, size, 0);
            run(bytes, size / 2, 0);
            run(bytes, size, 97);
        }
        ok(bytes != NULL, "%s survives %s, cut and changed too", what, entries[i]->d_name);
        free(bytes);
        free(entries[i]);
    }
    free(entries);
    return done();
}
