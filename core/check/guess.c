#include "core/check/guess.h"

#include <stdio.h>
#include <string.h>

enum { DIGITS = 24, WAN = 10000 };

static int write_digits(char out[DIGITS], int64_t value)
{
    return snprintf(out, DIGITS, "%lld", (long long)value);
}

static bool swapped(const char *a, const char *b, int n)
{
    int i = 0;
    while (i < n && a[i] == b[i])
        i++;
    return i + 1 < n && a[i] == b[i + 1] && a[i + 1] == b[i] && strcmp(a + i + 2, b + i + 2) == 0;
}

/* Whether `shorter` is `longer` without one digit. */
static bool one_missing(const char *shorter, const char *longer)
{
    int i = 0;
    while (shorter[i] && shorter[i] == longer[i])
        i++;
    return strcmp(shorter + i, longer + i + 1) == 0;
}

static bool one_differs(const char *a, const char *b, int n)
{
    int different = 0;
    for (int i = 0; i < n; i++)
        different += a[i] != b[i];
    return different == 1;
}

static bool power_apart(int64_t small, int64_t large)
{
    if (small <= 0)
        return false;
    while (small < large && small < INT64_MAX / 10)
        small *= 10;
    return small == large;
}

static bool wan_apart(int64_t small, int64_t large)
{
    return small > 0 && large % WAN == 0 && large / WAN == small;
}

enum guess guess_of(int64_t printed, int64_t right, bool total)
{
    if (printed == 0)
        return total ? GUESS_TOTAL : GUESS_NONE;
    if (right != INT64_MIN && printed == -right)
        return GUESS_SIGN;
    if (printed < 0 || right < 0)
        return GUESS_NONE;
    if (wan_apart(printed, right) || wan_apart(right, printed))
        return GUESS_WAN;
    if (power_apart(printed, right) || power_apart(right, printed))
        return GUESS_ZEROS;
    char a[DIGITS], b[DIGITS];
    int n = write_digits(a, printed), m = write_digits(b, right);
    if (n == m && swapped(a, b, n))
        return GUESS_SWAPPED;
    if (n == m + 1 && one_missing(b, a))
        return GUESS_ADDED;
    if (n + 1 == m && one_missing(a, b))
        return GUESS_LOST;
    if (n == m && n > 1 && one_differs(a, b, n))
        return GUESS_DIGIT;
    return GUESS_NONE;
}

const char *guess_words(enum guess guess, bool chinese)
{
    static const char *const words[][2] = {
        [GUESS_NONE] = {"", ""},
        [GUESS_DIGIT] = {"one digit mistyped", "一位数字误填"},
        [GUESS_LOST] = {"a digit lost", "漏填一位数字"},
        [GUESS_ADDED] = {"a digit too many", "多填一位数字"},
        [GUESS_NEIGHBOUR] = {"the figure of a cell beside it", "误填相邻单元格的数"},
        [GUESS_ZEROS] = {"zeros too many or too few", "多填或漏填0"},
        [GUESS_WAN] = {"元 for 万元, or the other way round", "元与万元混用"},
        [GUESS_SWAPPED] = {"two digits swapped", "数字颠倒"},
        [GUESS_SIGN] = {"a minus too many or too few", "正负号有误"},
        [GUESS_TOTAL] = {"a total left at 0", "总计漏填，留为0"},
        [GUESS_EXCHANGED] = {"two figures in each other's place", "两数填写位置互换"},
        [GUESS_SHIFTED] = {"the row moved by one column", "整行错开一列"},
        [GUESS_SPLIT] = {"one figure read as two, as 10 for 1 and 0", "一个数被拆成两格，如10拆成1和0"},
        [GUESS_JOINED] = {"two figures read as one", "两个数并入一格"},
    };
    return words[guess][chinese];
}
