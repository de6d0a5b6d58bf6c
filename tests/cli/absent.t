#!/bin/sh
# A warehouse that is not there.
. "$(dirname "$0")/lib.sh"

for line in "status --json" "verify --json" "check --json" "rollup --json" "reread --json" \
    "export $work/files --json" "backup $work/copy.db"; do
    rm -f "$GONGKAI_WAREHOUSE"
    run $line
    [ $code -eq 0 ] && [ -s "$GONGKAI_WAREHOUSE" ] && grep -q 'absent.*an empty one is made' "$work/err"
    ok $? "${line%% *} makes an empty warehouse when absent, and says so" || said
done
for line in "explain --division 430700 --year 2021 --code t3.new.total" \
    "report --division 430700 --year 2021"; do
    rm -f "$GONGKAI_WAREHOUSE"
    run $line
    [ $code -eq 2 ] && [ -s "$GONGKAI_WAREHOUSE" ] && grep -q 'absent.*an empty one is made' "$work/err"
    ok $? "${line%% *} does too, and finds nothing in it" || said
done
rm -f "$GONGKAI_WAREHOUSE"
run export "$work/dry" --dry-run
ok $((code != 0 || $(ls -d "$GONGKAI_WAREHOUSE" "$work/dry" 2>/dev/null | wc -l))) "a trial makes none"
run -q status
is "$code $(cat "$work/out" "$work/err")" "0 " "with -q nothing is said of it"

report 常德市审计局 2023 7 >"$work/a.txt"
run import "$work/a.txt"
run rollup
run export "$work/files"
before=$(cat "$work/files/SHA256SUMS")
good=$GONGKAI_WAREHOUSE
GONGKAI_WAREHOUSE=$work/wrong.db
for line in export nightly export; do
    case $line in
    nightly) mkdir "$work/inbox" && run nightly --inbox "$work/inbox" --out "$work/files" ;;
    *) run export "$work/files" ;;
    esac
    is "$code $(cat "$work/files/SHA256SUMS" | cksum)" "2 $(echo "$before" | cksum)" \
        "$line from an empty warehouse replaces no export" || said
done
grep -q 'name the right warehouse' "$work/err"
ok $? "and says what to do"
run export "$work/new"
is "$(cut -d: -f 2 <"$work/out" | sed 's/\([0-9]*\) files, \1 changed, 0 removed/all/')" " all" \
    "of a first export all files are changed, and no more than all" || said
run export "$work/new"
is $code 0 "its own export may be written again"
run backup "$good"
is "$code $(sqlite3 "$good" 'SELECT count(*) FROM v_report')" "2 1" "an empty warehouse replaces no backup"
done_testing
