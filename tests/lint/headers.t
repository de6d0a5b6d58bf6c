#!/bin/sh
# Each header compiles alone.
cd "$(dirname "$0")/../.." || exit
n=0
for header in core/*/*.h importers/*.h cmd/*.h tests/*.h tests/*/*.h; do
    [ -e "$header" ] || continue
    n=$((n + 1))
    if said=$(printf '#include "%s"\ntypedef int not_empty;\n' "$header" | ${CC:-cc} -std=c17 \
        -D_GNU_SOURCE -I. -Wall -Wextra -Wno-unused -Werror -fsyntax-only -x c - 2>&1); then
        echo "ok $n - $header compiles alone"
    else
        echo "not ok $n - $header compiles alone"
        printf '%s\n' "$said" | head -n 5 | sed 's/^/# /'
    fi
done
echo "1..$n"
