/* source_kit.h - inputs for tests of what is stored of them. */
#ifndef GONGKAI_TESTS_SOURCE_KIT_H
#define GONGKAI_TESTS_SOURCE_KIT_H

#include <stdio.h>

#include "core/store/source_store.h"

/* The source that run 1 met at that path below folder 1, with the bytes number `bytes`. -1: it failed. */
__attribute__((unused)) static int64_t source_kit(struct warehouse *warehouse, const char *path,
                                                  long long bytes)
{
    struct source_place place = {.path = str_from(path), .folder_id = 1};
    char sha256[DIGEST_HEX];
    struct err err = {0};
    int64_t source_id = -1;
    bool known;
    snprintf(sha256, sizeof sha256, "%064llx", bytes);
    if (source_put(warehouse, &place, sha256, 1, "text", STR(""), 1, &source_id, &known, &err) < 0) {
        printf("# %s\n", err.english);
        return -1;
    }
    return source_id;
}

#endif
