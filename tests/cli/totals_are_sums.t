#!/bin/sh
# Every total of the fixtures, computed a second way: plain SQL over v_cell (tests/totals.sql).
. "$(dirname "$0")/lib.sh"

# agrees FIXTURES: the totals of the warehouse are those of the second way.
agrees() {
    sqlite3 "$GONGKAI_WAREHOUSE" <"$top/tests/totals.sql" >"$work/second"
    is "$(tail -n 1 "$work/second" | cut -d'|' -f2-)" "0 otherwise|0 too many|0 shown otherwise" \
        "$1: $(tail -n 1 "$work/second" | cut -d'|' -f1), each the sum of its reports"
    head -n 5 "$work/second" | grep '^second\|^v_total' | sed 's/^/# /'
}

run register agencies "$top/fixtures/province/agencies.csv"
run import "$top/fixtures/province/inbox"
run rollup
is "$code" 0 "the province is added up"
agrees "the small province"
for file in "$top"/fixtures/suqian/in/*.txt; do
    run import "$file"
done
run rollup
agrees "and 宿迁 beside it, file by file"
run import "$top/fixtures/samples"
run rollup
agrees "and the samples"
report=$(ask "SELECT report_id FROM v_report WHERE scope = 'own' ORDER BY report_id LIMIT 1")
run withdraw "$report" --reason test
is "$code" 0 "a report is withdrawn"
run rollup
agrees "and one withdrawn"
run rollup --all
agrees "and all made anew"
run verify
is "$code" 0 "verify agrees"
done_testing
