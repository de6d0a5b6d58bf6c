#!/bin/sh
# What the README says is so: its queries give the results it shows, its targets, commands and files
# are there.
. "$(dirname "$0")/lib.sh"
cd "$top" || exit

run register agencies fixtures/province/agencies.csv
run import fixtures/province/inbox
run rollup
run check
# ```sql query ``` followed by ```text result ```: into query-N and result-N
awk -v out="$work" '
    /^```sql/ { n++; to = out "/query-" n; next }
    /^```text/ { to = out "/result-" n; next }
    /^```/ { to = ""; next }
    to { print >to }' README.md
n=0
while [ -e "$work/query-$((n + 1))" ]; do
    n=$((n + 1))
    is "$(sqlite3 -readonly -header -separator ' | ' "$GONGKAI_WAREHOUSE" <"$work/query-$n" 2>&1)" \
        "$(cat "$work/result-$n")" "query $n of the README gives the result that it shows"
done
is "$n" 5 "there are five queries"
for target in $(grep -o 'make [a-z]*' README.md | cut -d' ' -f2 | sort -u); do
    grep -q "^$target:" Makefile
    ok $? "make $target is a target"
done
for command in $(sed -n '/^```sh/,/^```/p' README.md | grep -o '^gongkai [a-z]*' | cut -d' ' -f2 | sort -u) nightly explain status; do
    run "$command" --help
    is "$code" 0 "gongkai $command is a command"
done
for path in $(grep -oE '`(cmd|core|importers|sql|tests|fixtures)/[a-z0-9_./-]*`' README.md | tr -d '`' | sort -u); do
    [ -e "$path" ]
    ok $? "$path is there"
done
for view in $(grep -o 'v_[a-z][a-z]*' README.md | sort -u); do
    is "$(ask "SELECT count(*) FROM sqlite_schema WHERE type = 'view' AND name = '$view'")" 1 "$view is a view"
done
done_testing
