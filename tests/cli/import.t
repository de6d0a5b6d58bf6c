#!/bin/bash
# What import does with files that are new, the same, changed, broken, or none at all.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2

# Time passes from run to run.
hour=10
import_later() {
    hour=$((hour + 1))
    GONGKAI_NOW=2025-03-01T$hour:00:00Z run import "$@"
}

mkdir -p in/deep
report 常德市教育局 2023 5 >in/a.txt
report 常德市财政局 2023 7 >in/deep/b.txt
head -c 300 in/a.txt >in/deep/broken.txt
find in -type f -exec touch -d 2025-02-01 {} +
import_later in
is "$code" 3 "a file that cannot be read makes exit 3"
is "$(head -n 1 out)" "read 3 = loaded 2 + unchanged 0 + rejected 1" "all others are loaded"
is "$(tail -n 1 err | grep -c 'exit=3: ')" 1 "the last line says which exit code and why"
is "$(ask 'SELECT read, loaded, unchanged, rejected, exit_code FROM v_run')" "3|2|0|1|3" \
    "the same figures are stored"
is "$(ask 'SELECT source FROM v_report ORDER BY source')" "a.txt
deep/b.txt" "a source is named as it lies below the folder"
is "$(ask "SELECT source, reason, line > 0, message <> '', message_zh <> '' FROM v_reject")" \
    "deep/broken.txt|no-tables|1|1|1" "a reject has file, line, reason and words in both languages"
mkdir got && (cd got && sqlite3 -A -x -f "$GONGKAI_WAREHOUSE" >/dev/null 2>&1)
is "$(cat got/*/broken.txt | cmp - in/deep/broken.txt)" "" "its bytes are kept; sqlite3 -A gets them out"
is "$(cat got/*/a.txt | cmp - in/a.txt)" "" "so are those of a report"

ask .dump | grep -v "INTO run\\|INTO seal VALUES('run'" >before
import_later in
is "$code $(head -n 1 out)" "0 read 3 = loaded 0 + unchanged 3 + rejected 0" \
    "the same folder again: nothing has changed, a known reject neither"
is "$(ask .dump | grep -v "INTO run\\|INTO seal VALUES('run'" | cmp - before)" "" "and nothing has changed in the warehouse"
touch in/a.txt in/deep/broken.txt
import_later in
is "$code $(head -n 1 out)" "0 read 3 = loaded 0 + unchanged 3 + rejected 0" \
    "a file with a new time and the same bytes has not changed"

report 常德市教育局 2023 6 >in/a.txt
report 常德市审计局 2023 2 >in/deep/broken.txt
import_later in
is "$code $(head -n 1 out)" "0 read 3 = loaded 2 + unchanged 1 + rejected 0" \
    "a corrected file and a mended one are loaded"
is "$(ask "SELECT revision, current FROM v_revision WHERE source = 'a.txt' ORDER BY revision")" "1|0
2|1" "the corrected one is revision 2, the first is kept"
is "$(ask "SELECT value FROM v_cell WHERE agency = '常德市教育局' AND code = 't3.new.total'")" 6 \
    "v_cell follows"
is "$(ask 'SELECT count(*) FROM v_reject')" 0 "a good version settles the reject"

report 常德市教育局 2023 5 >in/a.txt
import_later in
is "$(ask "SELECT value FROM v_cell WHERE agency = '常德市教育局' AND code = 't3.new.total'")" 5 \
    "a path that goes back to its first version takes the warehouse with it"
is "$(ask "SELECT count(*) FROM v_revision WHERE agency = '常德市教育局'")" 2 \
    "which is no third revision"
is "$(ask "SELECT count(*) FROM tenure WHERE report_id = 1")" 2 "its second tenure is recorded"

gzip -c in/a.txt >in/copy.txt.gz
import_later in
is "$(head -n 2 out)" "read 4 = loaded 1 + unchanged 3 + rejected 0
reports: 0 new, 0 revised, 1 known already" "the same report in another file is known already"
is "$(ask "SELECT source FROM v_source WHERE report_id = 1 ORDER BY source")" "a.txt
copy.txt.gz" "it is one report with two sources"
mkdir -p other
report 常德市教育局 2023 1 2023年12月1日 >other/early.txt
import_later other
is "$(ask "SELECT value FROM v_cell WHERE agency = '常德市教育局' AND code = 't3.new.total'")" 5 \
    "one with an earlier date of its own does not become current"

report 常德市统计局 2023 4 >page.txt
import_later - <page.txt
is "$code $(ask "SELECT source FROM v_report WHERE agency = '常德市统计局'")" "0 -" \
    "standard input is read"
printf '路径,单位,区划,年份\nsay/x.txt,常德市气象局,430700,2022年\n' >manifest.csv
mkdir say && report '' 2023 3 | sed '1d;s/本报告由.*止。/本报告/' >say/x.txt
import_later say
first=$code
import_later --manifest manifest.csv say
is "$first $code $(ask "SELECT agency, division_code, year FROM v_report WHERE source = 'x.txt'")" \
    "3 0 常德市气象局|430700|2022" "a manifest says what a file does not, also of one known as a reject"
import_later say
is "$code $(head -n 1 out)" "0 read 1 = loaded 0 + unchanged 1 + rejected 0" \
    "without it the file has not changed"
ok "$([ "$(ask 'SELECT count(*) FROM v_run WHERE read <> loaded + unchanged + rejected')" = 0 ]; echo $?)" \
    "in every run read = loaded + unchanged + rejected"
import_later --agency 常德市人民防空办公室 --year 2023 say/x.txt
first=$(ask "SELECT report_id FROM v_report WHERE agency = '常德市人民防空办公室'")
import_later --agency 常德市司法局 --year 2023 say/x.txt
is "$code $(ask "SELECT agency, report_id = $first FROM v_report WHERE source = 'say/x.txt'")" \
    "0 常德市司法局|1" "what is said otherwise of the same file changes whose it is, and adds nothing"
report 常德市科技局 2023 6 >other/early.txt
import_later other
report 常德市科学技术局 2023 6 >other/early.txt
import_later other
is "$(grep -c 'left-behind source=early.txt .*agency=常德市科技局 year=2023' err)" 1 \
    "a report that its file no longer states is named, and stays"
run verify
is "$code" 0 "the warehouse is whole"
done_testing
