#!/bin/sh
# The made-up province: its files are those its plan describes, and the totals beside it are those
# that a script works out from its tables alone.
. "$(dirname "$0")/lib.sh"
province=$top/fixtures/province

"${TOOLS:-$top/build/release/tests}/province-maker" "$province/agencies.csv" "$province/plan.tsv" "$work"
ok $? "the province is written from its plan"
# (what other versions of the libraries would pack otherwise is only looked for)
is "$(cd "$work" && find inbox -name '*.zip' -o -name '*.docx' -o -name '*.xlsx' -o -type f \
    -exec cmp {} "$province/{}" \; 2>&1)" "" "every file is the one that is kept, byte for byte"
is "$(cd "$work" && find inbox -type f | while read -r f; do [ -e "$province/$f" ] || echo "$f"; done)" "" \
    "none is lacking"
is "$(cd "$province" && find inbox -type f | while read -r f; do
    [ -e "$work/$f" ] || basename "$f"; done | sort)" \
    "关于做好2021年政府信息公开工作年度报告编制发布工作的通知.txt
益阳市2022年第三季度政府信息公开情况统计表.html" "two files more are kept, which are no reports"
is "$(cmp "$work/truth.csv" "$province/truth.csv" 2>&1)" "" "so is the table of figures"
"$province/expect.sh" >"$work/totals"
is "$(cmp "$work/totals" "$province/expected/totals.txt" 2>&1)" "" \
    "the expected totals are those that the tables add up to"
done_testing
