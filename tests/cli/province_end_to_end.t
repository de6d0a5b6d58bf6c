#!/bin/sh
# The whole way, on the made-up province: a folder of files to a warehouse, to totals, to files; the
# totals are those worked out without the program.
. "$(dirname "$0")/lib.sh"
province=$top/fixtures/province
inbox=$work/inbox
cp -r "$province/inbox" "$inbox"

run register agencies "$province/agencies.csv"
is "$code" 0 "the register is loaded" || said
run import "$inbox"
is "$code" 3 "the folder is imported; 3 says that some files were refused" || said
files=$(find "$inbox" -type f ! -name '*.zip' | wc -l)
members=$(grep -c '\.zip/' "$province/plan.tsv")
is "$(ask "SELECT read, read = loaded + unchanged + rejected, rejected FROM v_run
           WHERE command = 'import'")" "$((files + members))|1|3" \
    "every file and every member of the archive is counted once; three are refused"
is "$(ask "SELECT replace(source, rtrim(source, replace(source, '/', '')), '') FROM v_reject ORDER BY 1")" \
    "关于做好2021年政府信息公开工作年度报告编制发布工作的通知.txt
武陵区民政局2022年政府信息公开工作年度报告.txt.gz
益阳市2022年第三季度政府信息公开情况统计表.html" \
    "the damaged file, the notice and the quarterly table are refused, each by name"
is "$(ask "SELECT count(*) FROM v_reject WHERE reason = '' OR message = ''")" 0 \
    "each refusal has its reason and its words"

# Every cell of every current report.
awk -F, 'NR > 1' "$province/truth.csv" >"$work/truth"
sqlite3 "$work/cells.db" "CREATE TABLE truth (agency, year, scope, code, state, value)" ".mode csv" \
    ".import '$work/truth' truth" "ATTACH '$GONGKAI_WAREHOUSE' AS w" \
    "CREATE TABLE got AS SELECT agency, year, scope, code, state, value FROM w.v_cell" \
    "CREATE INDEX got_at ON got (agency, year, scope, code)"
is "$(sqlite3 "$work/cells.db" "SELECT DISTINCT agency, year, scope FROM got EXCEPT
       SELECT DISTINCT agency, CAST(year AS INTEGER), scope FROM truth")" "" "no report is in the warehouse that is not in the plan"
is "$(sqlite3 "$work/cells.db" "SELECT t.agency, t.year, t.scope, t.code, t.state, t.value, 'found', g.state, g.value
       FROM truth t LEFT JOIN got g ON g.agency = t.agency AND g.year = CAST(t.year AS INTEGER)
        AND g.scope = t.scope AND g.code = t.code
       WHERE g.state IS NULL OR g.state <> t.state
          OR (t.state = 'value' AND CAST(g.value AS NUMERIC) <> CAST(t.value AS NUMERIC))")" "" \
    "$(wc -l <"$work/truth") figures are in the warehouse as they were printed"
is "$(sqlite3 "$work/cells.db" "SELECT g.* FROM got g LEFT JOIN truth t ON t.agency = g.agency
        AND CAST(t.year AS INTEGER) = g.year AND t.scope = g.scope AND t.code = g.code
       WHERE t.code IS NULL AND (g.state <> 'value' OR CAST(g.value AS NUMERIC) <> 0)")" "" \
    "and all others are 0"

run rollup
is "$code" 0 "the totals are brought up to date" || said
cat >"$work/totals.sql" <<'SQL'
SELECT division_code, year, part, code, ifnull(value, ''), n_expected, n_reported, n_missing, n_blank,
       n_unregistered
  FROM v_total
 WHERE n_reported > 0 AND (value IS NULL OR CAST(value AS NUMERIC) <> 0 OR n_blank > 0);
SQL
totals() {
    sqlite3 -readonly "$GONGKAI_WAREHOUSE" <"$work/totals.sql" | LC_ALL=C sort
}
totals >"$work/totals"
is "$(diff "$province/expected/totals.txt" "$work/totals" | head -n 10)" "" \
    "$(wc -l <"$province/expected/totals.txt") totals are those worked out without the program"
is "$(ask "SELECT division_code, agency, year FROM v_missing WHERE year BETWEEN 2020 AND 2022 ORDER BY 3, 1, 2")" \
    "430725|桃源县公安局|2021
430702|武陵区民政局|2022
430903|赫山区审计局|2022" "the missing units are named"
is "$(ask "SELECT expected, received, missing FROM v_coverage WHERE division_code = '430000' AND year = 2021")" \
    "29|29|1" "the province's coverage counts the missing"
is "$(ask "SELECT late FROM v_coverage WHERE division_code = '430722' AND year = 2021")" 1 "and a county's the late"

run check
is "$code" 4 "the check ends with 4: an error stands" || said
is "$(ask "SELECT DISTINCT agency, year, code FROM v_finding WHERE severity = 'error' AND rule = 'row-total'")" \
    "赫山区教育局|2022|t3.granted.total" "the slip that was published is found"
is "$(ask "SELECT DISTINCT agency, year FROM v_finding WHERE severity = 'error'")" "赫山区教育局|2022" \
    "and no report is blamed that is sound"
is "$(ask "SELECT DISTINCT agency, year FROM v_finding WHERE rule IN ('reading', 'year', 'level')
           AND message NOT LIKE '%其他主动公开文件%'")" "" \
    "nothing had to be guessed; only a row that the form does not have is remarked on"
is "$(ask "SELECT DISTINCT division_code, year, missing_contributors LIKE '武陵区民政局%' FROM v_composite
           WHERE difference <> 0")" "430700|2022|1" \
    "the one composite that differs from its parts names the part that is missing"
is "$(ask "SELECT count(*) FROM v_source s JOIN v_report r USING (report_id)
           WHERE r.agency = '常德市财政局' AND r.year = 2021")" 2 "a report found twice is one report with two sources"
is "$(ask "SELECT r.revision, (SELECT count(*) FROM v_revision v WHERE v.agency = r.agency AND v.year = r.year)
           FROM v_report r WHERE r.agency = '益阳市教育局' AND r.year = 2021")" "2|2" \
    "a report put right is revision 2, and both are kept"

run export "$work/files"
is "$code" 0 "the files are written" || said
is "$(head -c 3 "$work/files/city-year.csv" | od -An -tx1 | tr -d ' ')" efbbbf "they begin with the mark that Excel wants"
is "$(sqlite3 :memory: ".import --csv $work/files/city-year.csv t" "SELECT division_code, year, part, value, n_missing
        FROM t WHERE code = 't3.new.total' AND division_code = '430900' AND part = 'region' ORDER BY year")" \
    "$(grep '^430900|.*|region|t3.new.total|' "$province/expected/totals.txt" | cut -d'|' -f1,2,3,5,8)" \
    "the exported totals of a city are those worked out without the program"

# Once more, and nothing changes.
cp -r "$work/files" "$work/files-before"
ask "SELECT * FROM v_report ORDER BY report_id; SELECT * FROM v_cell ORDER BY report_id, code" >"$work/before"
run import "$inbox"
is "$code" 0 "importing the same folder again is well: known refusals are no news" || said
is "$(ask "SELECT loaded, rejected, read = unchanged FROM v_run WHERE command = 'import' ORDER BY run_id DESC LIMIT 1")" \
    "0|0|1" "and counts every input as unchanged"
ask "SELECT * FROM v_report ORDER BY report_id; SELECT * FROM v_cell ORDER BY report_id, code" >"$work/after"
is "$(cmp "$work/before" "$work/after" 2>&1)" "" "the warehouse holds what it held"
run rollup && run export "$work/files"
is "$(diff -r "$work/files-before" "$work/files" 2>&1)" "" "the files are the same, byte for byte"
totals | cmp -s - "$work/totals"
ok $? "so are the totals"
run rollup --all
totals | cmp -s - "$work/totals"
ok $? "and those made from scratch"

# The unit sends its damaged file again, whole: the refusal goes, the totals follow.
bad=$inbox/2022/武陵区/武陵区民政局2022年政府信息公开工作年度报告.txt.gz
report 武陵区民政局 2022 17 | gzip -n >"$bad"
before=$(ask "SELECT value FROM v_total WHERE division_code = '430702' AND year = 2022 AND part = 'self'
              AND code = 't3.new.total'")
run import "$inbox"
is "$code|$(ask "SELECT loaded, unchanged + 1 = read, rejected FROM v_run WHERE command = 'import'
                 ORDER BY run_id DESC LIMIT 1")" "0|1|1|0" "one changed file is one file to load"
run rollup
is "$(ask "SELECT value, n_missing FROM v_total WHERE division_code = '430702' AND year = 2022 AND part = 'self'
           AND code = 't3.new.total'")" "$((before + 17))|0" "its figures come into the totals"
is "$(ask "SELECT count(*) FROM v_reject WHERE source LIKE '%民政局%'")" 0 "its refusal no longer stands"
done_testing
