#!/bin/bash
# A night with one corrected report looks at what that report touches, not at the warehouse.
. "$(dirname "$0")/lib.sh"
tools=${TOOLS:-$top/build/release/tests}
cd "$work" || exit 2
"$tools/bench-data" --out . --format text --agencies 150 --years 4 >/dev/null || exit 2
run register agencies agencies.csv
run import in
all=$(ask "SELECT count(*) FROM v_report")
run check
run rollup

# number NAME: what the last run, with --json, says of it.
number() {
    python3 -c 'import json, sys; print(json.load(open("out"))[sys.argv[1]])' "$1"
}
changed=$(find in -name '*.txt' | sort | sed -n 100p)
sed -i '0,/ | 0 | 0 | 0 | 0 | 0 | 0 | 0/s// | 1 | 0 | 0 | 0 | 0 | 0 | 1/' "$changed"
run import in
is "$(sed -n '$p' out)" "reports: 0 new, 1 revised, 0 known already" "one of $all reports is corrected" || said
run rollup --json
divisions=$(number divisions)
ok $((divisions > 8 || divisions < 4)) "its county, city, province and the nation are added up again ($divisions)"
run check --json
checked=$(number reports_checked)
ok $((checked * 4 > all || checked < 1)) "its county's reports of two years are checked again ($checked of $all)"
run verify
is "$code" 0 "and all totals are those of the cells"
run check --json
is "$(number reports_checked)" 0 "nothing is looked at when nothing has changed"

sqlite3 "$GONGKAI_WAREHOUSE" "UPDATE total SET v0 = v0 + 1 WHERE area_id = (SELECT max(area_id) FROM total)"
run verify
is "$code $(grep -c 'table total ' err)" "7 1" "a total that another program changed is found"
run rollup --all
run verify
is "$code" 0 "totals that are all made anew are whole again" || said
done_testing
