/* files.h - for fuzz targets of what is given as a file or goes into the warehouse: bytes as a file
 * that has a path, and a warehouse in memory that takes nothing for good. */
#ifndef GONGKAI_TESTS_FUZZ_FILES_H
#define GONGKAI_TESTS_FUZZ_FILES_H

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/store/warehouse.h"
#include "tests/fuzz/read.h"

/* A file in memory that holds the bytes, and its path. Close the descriptor; -1 on failure. */
static inline int fuzz_file(const uint8_t *data, size_t size, char path[64])
{
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    snprintf(path, 64, "/proc/self/fd/%d", fd);
    fuzz_holds(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    return fd;
}

/* Made once, with the built-in divisions, a run and an agency that has reported. What a target does
 * stands between warehouse_begin and warehouse_rollback. */
static inline struct warehouse *fuzz_warehouse(void)
{
    static struct warehouse *w;
    struct err err = {0};
    if (!w) {
        fuzz_holds(warehouse_open(&w, ":memory:", WAREHOUSE_TRY, fuzz_tables()->catalog, &err) == 0);
        fuzz_holds(warehouse_run_script(w,
            "INSERT INTO run (run_id, command, started_at) VALUES (1, 'fuzz', '2026');"
            "INSERT INTO agency (agency_id, name, division_code, kind, registered)"
            " VALUES (1, '常德市教育局', '430700', 'department', 0), (2, '教育局', NULL, 'department', 0)",
            &err) == 0);
    }
    return w;
}

#endif
