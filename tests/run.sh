#!/bin/sh
# run.sh TEST... - runs test programs that print TAP, shows what failed, ends with one line:
# "N passed, N failed". A program that dies, or prints no plan, counts as one failure.
set -u
passed=0 failed=0
for test in "$@"; do
    out=$("$test" 2>&1)
    status=$?
    good=$(printf '%s\n' "$out" | grep -c '^ok ')
    bad=$(printf '%s\n' "$out" | grep -c '^not ok ')
    plan=$(printf '%s\n' "$out" | sed -n 's/^1\.\.\([0-9][0-9]*\)$/\1/p' | tail -n 1)
    if [ "${plan:-none}" != "$((good + bad))" ] || { [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; }; then
        bad=$((bad + 1))
        echo "not ok - $test ended early (exit $status, ${plan:-no} planned, $good passed)"
        printf '%s\n' "$out" | tail -n 20 | sed 's/^/    /'
    elif [ "$bad" -gt 0 ]; then
        echo "# $test"
        printf '%s\n' "$out" | grep -A 12 '^not ok ' | grep -v '^ok '
    fi
    passed=$((passed + good)) failed=$((failed + bad))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
