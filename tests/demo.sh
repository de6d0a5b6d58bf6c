#!/bin/sh
# demo.sh DIR - the whole job on the made-up province, in DIR: files to a warehouse, to totals, to
# files. Shows each command and what it says, and totals beside those worked out without it.
set -u
here=$1
province=fixtures/province
rm -rf "$here"
mkdir -p "$here"
export GONGKAI_WAREHOUSE="$here/gongkai.db" LC_ALL=C.UTF-8
failed=0
[ -t 1 ] && bold=$(printf '\033[1m') plain=$(printf '\033[0m') || bold='' plain=''

# step EXIT ARGUMENT...: shows and runs a command, which has to end with that exit code.
step() {
    wanted=$1
    shift
    printf '\n%s$ gongkai %s%s\n' "$bold" "$*" "$plain"
    "$GONGKAI" "$@" >"$here/log" 2>&1
    got=$?
    tail -n 14 "$here/log"
    [ "$got" -eq "$wanted" ] || {
        echo "demo: exit code $got, not $wanted"
        failed=1
    }
}
title() {
    printf '\n%s%s%s\n' "$bold" "$1" "$plain"
}
ask() {
    sqlite3 -readonly -header -separator ' | ' "$GONGKAI_WAREHOUSE" "$1"
}

title "A province of 30 agencies, three years, files in mixed formats: $province/inbox"
step 0 register agencies $province/agencies.csv
step 3 import $province/inbox
step 0 rollup
step 4 check
step 0 export "$here/out"
step 0 report --division 430700 --year 2022 --format html --output "$here/常德市2022.html"

title "Files that were refused, and why"
ask "SELECT source, line, reason FROM v_reject"
title "New applications by region and year: the warehouse beside $province/expected/totals.txt"
grep '|region|t3.new.total|' $province/expected/totals.txt | tr '|' '\t' >"$here/expected.tsv"
sqlite3 "$GONGKAI_WAREHOUSE" "ATTACH ':memory:' AS m" \
    "CREATE TABLE m.expected (division_code, year, part, code, value, n_expected, n_reported, n_missing, b, u)" \
    ".mode tabs" ".import $here/expected.tsv expected --schema m" ".mode list" ".separator ' | '" ".headers on" \
    "SELECT t.division, t.year, t.value AS total, e.value AS expected, t.n_expected AS agencies,
            t.n_missing AS missing, iif(t.value = CAST(e.value AS INTEGER), '=', 'DIFFERS') AS same
       FROM m.expected e JOIN v_total t ON t.division_code = e.division_code
        AND t.year = CAST(e.year AS INTEGER) AND t.part = e.part AND t.code = e.code
      WHERE t.level IN ('province', 'prefecture') ORDER BY t.division_code, t.year" | tee "$here/totals"
grep -q DIFFERS "$here/totals" && failed=1
grep -q = "$here/totals" || failed=1
title "What the check found in reports"
ask "SELECT agency, year, rule, code, reported, computed FROM v_finding WHERE severity = 'error' LIMIT 5"
"$GONGKAI" explain --division 430903 --year 2022 --code t3.granted.total 2>/dev/null | head -n 12
title "Who has not reported"
ask "SELECT m.division_code, m.agency, m.year FROM v_missing m WHERE year BETWEEN 2020 AND 2022"
title "Where it lies"
echo "warehouse: $here/gongkai.db"
echo "files:     $here/out ($(find "$here/out" -type f | wc -l) files)"
echo "composite: $here/常德市2022.html"
rm -f "$here/log" "$here/expected.tsv" "$here/totals"
exit $failed
