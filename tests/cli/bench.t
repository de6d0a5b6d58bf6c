#!/bin/sh
# The benchmarks run, and every engine that is there finds the sums of the generator. How long anything
# takes is not asked.
. "$(dirname "$0")/lib.sh"
[ -x "${TOOLS:-$top/build/release/tests}/measure" ] || {
    echo "1..0 # skipped: no measure"
    exit 0
}
BENCH_DIR=$work/bench ROUNDS=1 JOBS="html warehouse unchanged" sh "$top/tests/bench/bench.sh" tiny >"$work/out" 2>"$work/err"
code=$?
is "$code $(grep -c 'agree, 0 do not or failed' "$work/out")" "0 1" "every engine finds the same sums" || said
for job in html rules roll-up unchanged; do
    ok "$(grep -q "^| $job |" "$work/out"; echo $?)" "$job is in the table"
done
done_testing
