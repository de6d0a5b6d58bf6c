#!/bin/sh
# Reports are put right, sent damaged, taken out and given back; the totals follow each time.
. "$(dirname "$0")/lib.sh"
inbox=$work/inbox
mkdir "$inbox"
report 常德市教育局 2023 5 >"$inbox/教育局.txt"
report 常德市财政局 2023 7 >"$inbox/财政局.txt"
total() {
    run rollup
    ask "SELECT value FROM v_total WHERE division_code = '430700' AND year = 2023 AND part = 'self'
         AND code = 't3.new.total'"
}
last_run() {
    ask "SELECT read, loaded, unchanged, rejected, exit_code FROM v_run WHERE command = '${1:-import}'
         ORDER BY run_id DESC LIMIT 1"
}

run import "$inbox"
is "$code|$(last_run)" "0|2|2|0|0|0" "two reports are read and loaded" || said
is "$(total)" 12 "their city adds up to both"
run import "$inbox"
is "$code|$(last_run)" "0|2|0|2|0|0" "a second time both are unchanged"
grep -q 'read 2 = loaded 0 + unchanged 2 + rejected 0' "$work/out"
ok $? "and the run says so"

report 常德市教育局 2023 8 2024年3月2日 >"$inbox/教育局.txt"
run import "$inbox"
is "$code|$(last_run)" "0|2|1|1|0|0" "a corrected file is loaded again"
is "$(ask "SELECT revision FROM v_report WHERE agency = '常德市教育局'")" 2 "as revision 2"
is "$(ask "SELECT revision, value FROM v_revision JOIN (SELECT 5 AS value) WHERE agency = '常德市教育局'
           AND revision = 1")" "1|5" "the first one is kept"
is "$(total)" 15 "and the totals follow"

report 常德市民政局 2023 9 | head -c 900 >"$inbox/民政局.txt"
head -c 4000 /dev/urandom | sed '1s/^/PK/' >"$inbox/坏文件.xlsx"
run import "$inbox"
is "$code|$(last_run)" "3|4|0|2|2|3" "damaged files are refused, all others stand, the exit code is 3" || said
is "$(ask "SELECT count(*), sum(source IN ('民政局.txt', '坏文件.xlsx')), sum(reason <> ''), sum(message <> '')
           FROM v_reject")" "2|2|2|2" "each with its file, its reason and its words"
grep -q 坏文件 "$work/out" "$work/err"
ok $? "the run names them"
name=$(ask "SELECT sqlar_name FROM v_reject WHERE source = '民政局.txt'")
is "$(sqlite3 -readonly "$GONGKAI_WAREHOUSE" "SELECT sqlar_uncompress(data, sz) FROM sqlar WHERE name = '$name'" | cmp - "$inbox/民政局.txt" 2>&1 | grep -v EOF)" \
    "" "the bytes of a refused file are kept"
run import "$inbox"
is "$code|$(last_run)" "0|4|0|4|0|0" "met again they are known, and the run is well"
report 常德市民政局 2023 9 >"$inbox/民政局.txt"
run import "$inbox"
is "$code|$(last_run)" "0|4|1|3|0|0" "a good file in its place is loaded"
is "$(ask "SELECT source FROM v_reject")" 坏文件.xlsx "and its refusal no longer stands"
is "$(total)" 24 "and the totals follow"

id=$(ask "SELECT report_id FROM v_report WHERE agency = '常德市财政局'")
run withdraw --help
if [ "$code" -eq 0 ]; then
    run withdraw "$id" --reason "not theirs"
    is "$code" 0 "a report is withdrawn" || said
    is "$(total)" 17 "it leaves the totals"
    is "$(ask "SELECT reason FROM v_withdrawal WHERE report_id = $id")" "not theirs" "the reason is kept"
    run import "$inbox"
    is "$(total)" 17 "importing the same file again does not bring it back"
    run withdraw "$id" --undo
    is "$code" 0 "it is given back" || said
    is "$(total)" 24 "and is in the totals again"
fi
rm "$inbox/财政局.txt"
run import "$inbox"
is "$code|$(total)" "0|24" "a file gone from the inbox withdraws nothing"

# Figures whose digest was made to be that of others: what is the same is told by the figures themselves.
rm -f "$GONGKAI_WAREHOUSE"
rm -rf "$inbox"
mkdir "$inbox"
report 常德市审计局 2023 5 >"$work/five.txt"
report 常德市审计局 2023 6 >"$work/six.txt"
cp "$work/six.txt" "$inbox/审计局.txt"
run import "$inbox"
six=$(ask "SELECT figures FROM report")
rm -f "$GONGKAI_WAREHOUSE"
cp "$work/five.txt" "$inbox/审计局.txt"
run import "$inbox"
sqlite3 "$GONGKAI_WAREHOUSE" "UPDATE report SET figures = $six"
cp "$work/six.txt" "$inbox/转载.txt"
run import "$inbox"
is "$(tail -n 1 "$work/out")" "reports: 0 new, 1 revised, 0 known already" \
    "a report with another's digest and other figures is a revision, not that one once more" || said
done_testing
