/* A manifest: it is refused in words, or each path it names is found again, under the name it has. */
#include "cmd/intake.h"
#include "tests/fuzz/files.h"

static void look_up(const struct manifest *manifest, struct str text)
{
    struct str line, name;
    while (str_line(&text, &line)) {
        str_split(&line, ',', &name);
        const struct manifest_row *row = manifest_find(manifest, name, "/proc/self/exe");
        fuzz_holds(!row || (row->year >= 0 && row->year <= 9999));
        fuzz_holds(!row || str_eq(row->path, name) || row->path.n > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64], *said = NULL;
    size_t said_size = 0;
    struct manifest *manifest = NULL;
    struct err err = {0};
    if (size > 1 << 16)
        return 0;
    int fd = fuzz_file(data, size, path);
    FILE *to = open_memstream(&said, &said_size);
    fuzz_holds(to != NULL);
    struct log log = log_new(to, LOG_TEXT, false);
    if (manifest_read(&manifest, path, &log, &err) == 0)
        look_up(manifest, (struct str){(const char *)data, size});
    else
        fuzz_holds(err.kind == ERR_USAGE && err.english[0]);
    manifest_free(manifest);
    log_free(&log);
    fclose(to);
    for (size_t i = 0; i < said_size; i++)
        fuzz_holds(said[i] == '\n' || (unsigned char)said[i] >= 0x20);
    free(said);
    close(fd);
    return 0;
}
