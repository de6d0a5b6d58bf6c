#!/bin/bash
# A week of nights: new, changed, broken, mended and removed files.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2

night() {
    GONGKAI_NOW=2025-03-0$1T02:00:00Z run nightly -q --inbox inbox --out files
}
mkdir inbox
report 常德市教育局 2023 5 >inbox/a.txt
report 常德市财政局 2023 7 >inbox/b.txt
run nightly --json --dry-run --inbox inbox --out files
is "$code $(python3 -c 'import json; d=json.load(open("out")); print(d["loaded"], d["reports_checked"])') $(ls)" \
    "0 2 2 err
inbox
out" "a dry run before the first one makes nothing"
night 1
is "$code$(cat out err)" 0 "a night when all is well is silent"
is "$(ls files | grep -c '\.csv$' | awk '{print ($1 > 5)}')" 1 "the files are written"
is "$(ask "SELECT value FROM v_total WHERE division_code = '430700' AND year = 2023 AND part = 'self'
    AND code = 't3.new.total'")" 12 "the totals are made"
(cd files && find . -type f -exec sha256sum {} + | sort) >before
night 2
is "$code $(cd files && find . -type f -exec sha256sum {} + | sort | cmp - ../before)" "0 " "a night without news changes no file"
is "$(find files -type f -newer before)" "" "and touches none"

echo broken >inbox/c.txt
night 3
is "$code $(grep -c 'warning: reject source=c.txt' err)" "3 1" "a broken file makes exit 3 and is named"
is "$(tail -n 1 err | grep -c 'exit=3: new rejects; read 3 = loaded 0 + unchanged 2 + rejected 1')" 1 \
    "one closing line tells the figures"
night 4
is "$code$(cat out err)" 0 "the next night it is known, and silence returns"
run nightly --json --inbox inbox --out files
is "$(python3 -c 'import json; d=json.load(open("out")); print(d["read"], d["reports_checked"], d["errors"], d["files_changed"])')" \
    "3 0 0 0" "the same figures come as JSON"
run status
is "$(grep -c '1 stand, the last one c.txt' out)" 1 "status goes on listing it"
is "$(wc -l <out | tr -d ' ')" 9 "in ten lines or less"
run status --rejects
is "$(wc -l <out | tr -d ' ') $(grep -c '^c.txt: none of the statutory tables.*(run 3, no-tables)$' out)" "1 1" \
    "and names each on request, with what to do"
is "$(cat inbox/c.txt)" broken "it is left where it is"

rm inbox/b.txt
report 常德市教育局 2023 6 >inbox/a.txt
report 常德市审计局 2023 1 >inbox/c.txt
night 5
is "$code $(ask "SELECT value FROM v_total WHERE division_code = '430700' AND year = 2023 AND
    part = 'self' AND code = 't3.new.total'")" "0 14" \
    "corrected, mended: the totals follow; a file that is gone withdraws nothing"
sed 's/| 6 | 0 | 0 | 0 | 0 | 0 | 6 | ||$/| 6 | 0 | 0 | 0 | 0 | 0 | 9 | ||/' inbox/a.txt >inbox/d.txt
sed -i 's/教育局/体育局/g' inbox/d.txt
night 6
is "$code" 0 "findings alone are no failure"
GONGKAI_NOW=2025-03-07T02:00:00Z run nightly -q --fail-on-findings --inbox inbox --out files
is "$code $(tail -n 1 err | grep -c 'exit=4: errors stand')" "4 1" "unless that is asked for"
is "$(ask "SELECT DISTINCT agency FROM v_finding WHERE severity = 'error'")" 常德市体育局 \
    "whose errors they are stands in v_finding"
echo x >inbox/e.txt
GONGKAI_NOW=2025-03-08T02:00:00Z run nightly -q --max-rejects 0 --inbox inbox --out files
is "$code $(ask 'SELECT count(*) FROM v_reject')" "6 0" "--max-rejects holds for the night too"
run nightly --inbox nowhere --out files
is "$code" 2 "an inbox that is not there is a mistake of configuration"
(
    flock 9
    run nightly -q --inbox inbox --out files
    echo "$code" >code
) 9>gongkai.db.lock
is "$(cat code)" 5 "two nights at once: the second gives way"
run nightly --log-format json --inbox inbox --out files --max-rejects 0
is "$code $(python3 - err <<'END'
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
print(lines[0]['event'], lines[0]['source'], lines[0]['reason'], lines[-1]['event'], lines[-1]['exit'],
      len(lines), all('at' in line and 'level' in line for line in lines))
END
)" "6 reject e.txt no-tables nightly 6 2 True" "every event is one line of JSON on request, the closing one too"
mkdir many && for i in $(seq 300); do sed "s/教育局/第${i}中心/g" inbox/a.txt >many/$i.txt; done
GONGKAI_WAREHOUSE=$work/many.db "$gongkai" nightly -q --inbox many --out many.files 2>err &
job=$!
sleep 0.05
kill -TERM $job 2>/dev/null
wait $job
code=$?
ok "$({ [ $code -eq 7 ] && tail -n 1 err | grep -q 'exit=7: .*stop'; } || [ $code -eq 0 ] || [ $code -eq 143 ]; echo $?)" \
    "SIGTERM ends a night with a word (exit $code)"
GONGKAI_WAREHOUSE=$work/many.db run nightly -q --inbox many --out many.files
is "$code $(sqlite3 many.db 'SELECT count(*) FROM v_report')" "0 300" "and the next one does the work"
(cd files && find . -type f -exec sha256sum {} + | sort) >before
rm inbox/e.txt
run nightly --dry-run --inbox inbox --out files
is "$code $(cd files && find . -type f -exec sha256sum {} + | sort | cmp - ../before)" "0 " "a dry run writes nothing"
is "$(ask 'SELECT count(*) FROM v_run')" 10 "every night is on record, a dry run is not"

# From scratch in one night: the same files but for what only the history tells.
ask "SELECT agency, year, code, state, value FROM v_cell ORDER BY 1, 2, 3" >cells
ask "SELECT * FROM v_total ORDER BY 1, 4, 5, 6" >totals
mkdir again && cp -p inbox/* again && report 常德市财政局 2023 7 >again/b.txt
GONGKAI_WAREHOUSE=$work/again.db run nightly -q --inbox again --out again.files
is "$(sqlite3 again.db "SELECT agency, year, code, state, value FROM v_cell ORDER BY 1, 2, 3" | cmp - cells)" \
    "" "a week of nights ends with the cells of a single one"
is "$(sqlite3 again.db "SELECT * FROM v_total ORDER BY 1, 4, 5, 6" | cmp - totals)" "" "and its totals"
run verify -q
is "$code" 0 "the warehouse is whole"
# what a terminal shows
mkdir terminal
for i in $(seq 130); do echo "no report, $i" >terminal/$i.txt; done
terminal() {
    python3 -c 'import pty, sys; pty.spawn(sys.argv[1:])' "$gongkai" "$@" -w shown.db </dev/null | tr '\r' '\n'
}
terminal nightly --inbox terminal --out shown >shown.txt
is "$(grep -o '^\[#*\.*\]  *[0-9]*%' shown.txt | tr -s ' ' | tr '\n' ';')" \
    "[#######.........] 49%;[###############.] 98%;" "on a terminal a bar shows how far the inbox is read"
terminal nightly --inbox terminal --out shown --log-format json >shown.txt
terminal nightly --inbox terminal --out shown -q >>shown.txt
is "$(grep -c '\[#' shown.txt)" 0 "none where the log is read by programs, or nothing is to be said"

done_testing
