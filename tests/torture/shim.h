/* shim.h - a library put before the C library (LD_PRELOAD) whose disk and memory fail at a chosen
 * moment. Programs of other names pass through it untouched. What it does stands in variables:
 *
 * SHIM_COUNT=FILE    at the end writes how many calls changed a disk, how many pieces of memory were
 *                    asked for, how many of them were not given back
 * SHIM_KILL=N        SIGKILL before the N-th call that changes a disk; with SHIM_HALF=1 after half of it,
 *                    where it is a write
 * SHIM_FAIL=N        the N-th such call fails with SHIM_ERRNO (ENOSPC or EIO); with SHIM_STAY=1 all from the
 *                    N-th on; with SHIM_HALF=1 the N-th writes half, those after it fail
 * SHIM_JOURNAL=FILE  writes down each such call with its bytes, for disk.py
 * SHIM_ALLOC=N       the N-th piece of memory is refused; with SHIM_STAY=1 all from the N-th on; with
 *                    SHIM_SHOW=1 it is said where, for addr2line
 *
 * Nothing is flushed for real: no test pulls the plug. */
#ifndef GONGKAI_TESTS_TORTURE_SHIM_H
#define GONGKAI_TESTS_TORTURE_SHIM_H

#include <stdbool.h>

/* Whether this is the program under test. */
bool shim_armed(void);

/* The number in a variable, 0 where there is none. */
long shim_number(const char *variable);

/* The counts of the other file, for SHIM_COUNT. */
void shim_memory_counts(long *asked, long *kept);

/* The function `name` that this library stands before. */
void shim_next(const char *name, void *function);

#endif
