#!/bin/sh
# run.sh TARGET SECONDS - fuzzes with a copy of the target's seeds; what it finds is left in
# build/fuzz/, to be made small (TARGET -minimize_crash=1) and kept in fixtures/fuzz/.
set -eu
target=$1
what=${target##*/fuzz_}
mkdir -p "build/fuzz/corpus/$what" "fixtures/fuzz/$what"
echo "fuzzing $what for $2 s"
if ! "$target" -max_total_time="$2" -timeout=10 -rss_limit_mb=1024 -verbosity=0 -print_final_stats=1 \
    -artifact_prefix="build/fuzz/$what-" "build/fuzz/corpus/$what" "fixtures/fuzz/$what" \
    >"build/fuzz/$what.log" 2>&1; then
    tail -n 40 "build/fuzz/$what.log"
    echo "fuzzing $what failed; the input is build/fuzz/$what-*"
    exit 1
fi
grep -E 'number_of_executed_units|peak_rss' "build/fuzz/$what.log"
