#!/bin/sh
# run.sh TEST... - runs test programs that print TAP, JOBS of them at a time (2), shows what
# failed, ends with one line: "N passed, N failed". A program that dies, runs longer than
# TEST_SECONDS (300), or prints no plan, counts as one failure. TIMES=1 shows how long each took,
# FIGURES=1 what each says it has done (its lines "# figure: ...").
set -u
jobs=${JOBS:-2}
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
trap 'exit 130' INT TERM
export results

n=0
for test in "$@"; do
    n=$((n + 1))
    printf '%d %s\n' "$n" "$test"
done | xargs -L 1 -P "$jobs" sh -c '
    start=$(date +%s%N)
    timeout "${TEST_SECONDS:-300}" "$2" >"$results/$1.out" 2>&1 </dev/null
    echo $? >"$results/$1.status"
    echo $((($(date +%s%N) - start) / 1000000)) >"$results/$1.time"' run

passed=0 failed=0 skipped=0 n=0
[ -z "${AFTER:-}" ] || read -r passed failed skipped <"$AFTER"
for test in "$@"; do
    n=$((n + 1))
    out=$results/$n.out
    status=$(cat "$results/$n.status" 2>/dev/null || echo none)
    good=$(grep -c '^ok ' "$out")
    bad=$(grep -c '^not ok ' "$out")
    without=$(grep -c '^ok .*# SKIP ' "$out")
    plan=$(sed -n 's/^1\.\.\([0-9][0-9]*\).*$/\1/p' "$out" | tail -n 1)
    if [ "${plan:-none}" != "$((good + bad))" ] || { [ "$status" != 0 ] && [ "$bad" -eq 0 ]; }; then
        bad=$((bad + 1))
        echo "# $test"
        [ "$status" = 124 ] && why="took too long" || why="ended early"
        echo "not ok - $test $why (exit $status, ${plan:-no} planned, $good passed)"
        grep -v '^ok ' "$out" | tail -n 30 | sed 's/^/    /'
    elif [ "$bad" -gt 0 ]; then
        echo "# $test"
        awk '/^not ok /{show = 30} /^ok /{show = 0} show-- > 0' "$out"
    fi
    sed -n 's/^ok [0-9]* - \(.* # SKIP .*\)/skipped: \1/p' "$out"
    [ -z "${TIMES:-}" ] || printf '%8d ms  %4d  %s\n' "$(cat "$results/$n.time")" "$good" "$test"
    [ -z "${FIGURES:-}" ] || sed -n "s|^# figure: |$(basename "$test"): |p" "$out"
    passed=$((passed + good - without)) failed=$((failed + bad)) skipped=$((skipped + without))
done
[ -z "${COUNTS:-}" ] || echo "$passed $failed $skipped" >"$COUNTS"
echo "$passed passed, $failed failed$([ "$skipped" -eq 0 ] || echo ", $skipped skipped")"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
