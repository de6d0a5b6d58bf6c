#!/bin/sh
# clang-tidy over every source, two files at a time: one test a file. Part of `make lint`.
cd "$(dirname "$0")/../.." || exit
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export work
set -- core/*/*.c importers/*.c cmd/*.c tests/generate/*.c
printf '%s\n' "$@" | xargs -P 2 -I {} sh -c '
    name=$(echo {} | tr / _)
    clang-tidy --quiet {} -- -std=c17 -D_GNU_SOURCE -I. >"$work/$name" 2>"$work/err" && rm -f "$work/$name"'
n=0
for file; do
    n=$((n + 1))
    found=$work/$(echo "$file" | tr / _)
    if [ -e "$found" ]; then
        echo "not ok $n - clang-tidy finds nothing in $file"
        head -n 20 "$found" | sed 's/^/# /'
    else
        echo "ok $n - clang-tidy finds nothing in $file"
    fi
done
echo "1..$n"
