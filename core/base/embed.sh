#!/bin/sh
# embed.sh FILE... - prints a C file that holds each FILE below sql/ as a string.
# sed and not xxd (unreadable), not awk (mawk loses backslashes), not .incbin (unseen by -MMD).
set -eu
echo '#include "core/base/resource.h"'
n=0
for file in "$@"; do
    n=$((n + 1))
    printf 'static const char text_%d[] =\n""\n' "$n"
    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/?/\\?/g' -e 's/^/"/' -e 's/$/\\n"/' "$file"
    echo ';'
done
echo 'const struct resource resources[] = {'
n=0
for file in "$@"; do
    n=$((n + 1))
    printf '    {"%s", text_%d, sizeof text_%d - 1},\n' "${file#sql/}" "$n" "$n"
done
echo '    {0},'
echo '};'
