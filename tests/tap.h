/* tap.h - a test program prints one line a test, named as a sentence, for tests/run.sh. */
#ifndef GONGKAI_TESTS_TAP_H
#define GONGKAI_TESTS_TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

static int tap_count, tap_failed;

/* Reports one test: whether it holds, and the sentence it is named by. */
__attribute__((format(printf, 2, 3), unused)) static bool ok(bool holds, const char *name, ...)
{
    va_list args;
    va_start(args, name);
    tap_failed += !holds;
    printf("%sok %d - ", holds ? "" : "not ", ++tap_count);
    vprintf(name, args);
    putchar('\n');
    va_end(args);
    return holds;
}

/* Something to know about the test before it. */
__attribute__((format(printf, 1, 2), unused)) static void diag(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    printf("# ");
    vprintf(format, args);
    putchar('\n');
    va_end(args);
}

/* Ends the program: return done(); */
__attribute__((unused)) static int done(void)
{
    printf("1..%d\n", tap_count);
    return tap_failed != 0;
}

#endif
