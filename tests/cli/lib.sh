# lib.sh - for the tests beside it: `. "$(dirname "$0")/lib.sh"`. A test works in $work, which goes
# away with it, and calls ok and is, then done_testing.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
gongkai=${GONGKAI:-$top/build/release/gongkai}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
export LC_ALL=C.UTF-8 GONGKAI_WAREHOUSE="$work/gongkai.db" GONGKAI_NOW=2025-03-01T02:00:00Z
tests=0

# ok STATUS SENTENCE: holds when the status is 0.
ok() {
    tests=$((tests + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $tests - $2"
    else
        echo "not ok $tests - $2"
    fi
}

# is GOT WANTED SENTENCE
is() {
    tests=$((tests + 1))
    if [ "$1" = "$2" ]; then
        echo "ok $tests - $3"
    else
        echo "not ok $tests - $3"
        printf '%s\n' "$1" | head -n 20 | sed 's/^/#   found:  /'
        printf '%s\n' "$2" | head -n 20 | sed 's/^/#   wanted: /'
    fi
}

# run ARGUMENT...: the program; its output is in $work/out and $work/err, its exit code in $code.
run() {
    "$gongkai" "$@" >"$work/out" 2>"$work/err"
    code=$?
}

# ask SQL: the rows of the warehouse, columns between |.
ask() {
    sqlite3 -readonly "$GONGKAI_WAREHOUSE" "$1"
}

# said: what the program has written to both streams; for a test that fails.
said() {
    sed 's/^/#   /' "$work/out" "$work/err" | tail -n 20
}

done_testing() {
    echo "1..$tests"
}
