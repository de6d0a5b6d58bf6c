/* A file of users' own rules, header and all: it is refused, or its rules are those that hold. */
#include "core/check/own_rules.h"
#include "tests/fuzz/files.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    struct rule_set *set = NULL;
    struct err err = {0};
    uint32_t count = 0;
    if (size > 8192)
        return 0;
    int fd = fuzz_file(data, size, path);
    struct warehouse *w = fuzz_warehouse();
    fuzz_holds(warehouse_begin(w, &err) == 0);
    if (own_rules_replace(w, path, &count, &err) < 0) {
        fuzz_holds(err.kind != ERR_NONE && err.english[0]);
    } else {
        fuzz_holds(own_rules_load(&set, w, &err) == 0 && set->rule_count >= count);
        rule_set_free(set);
    }
    warehouse_rollback(w);
    close(fd);
    return 0;
}
