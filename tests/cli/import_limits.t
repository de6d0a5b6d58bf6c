#!/bin/bash
# What import refuses, leaves alone, or takes back.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2

mkdir in
report 常德市教育局 2023 5 >in/a.txt
run import --dry-run in
is "$code $(ls)" "0 err
in
out" "a dry run makes no file at all"
is "$(head -n 1 out)" "read 1 = loaded 1 + unchanged 0 + rejected 0" "but says what would be done"
run import in
report 常德市教育局 2023 6 >in/a.txt
sha256sum gongkai.db >before
run import --dry-run in
is "$(head -n 2 out | tail -n 1)" "reports: 0 new, 1 revised, 0 known already" \
    "a dry run over a warehouse sees the revision"
is "$(sha256sum gongkai.db; ls)" "$(cat before; printf 'before\nerr\ngongkai.db\ngongkai.db.lock\nin\nout')" \
    "and leaves the file as it was, and no other beside it"

echo nothing >in/b.txt
echo nothing else >in/c.txt
run import --max-rejects 1 in
is "$code" 6 "more rejects than allowed make exit 6"
is "$(ask 'SELECT count(*) FROM v_source; SELECT count(*) FROM v_reject')" "1
0" "and nothing is committed"
is "$(ask 'SELECT exit_code FROM v_run ORDER BY run_id DESC LIMIT 1')" 6 "but the run is on record"
run import --max-rejects 2 in
is "$code" 3 "as many as allowed do not"

(
    flock 9
    run import in
    echo "$code" >code
) 9>gongkai.db.lock
is "$(cat code)" 5 "a run that holds the lock makes exit 5"
is "$(grep -c 'another run holds the lock' err)" 1 "and says so"
run import in
is "$code" 0 "a lock file that nobody holds is no obstacle"

version=$(sqlite3 gongkai.db 'PRAGMA user_version')
sqlite3 gongkai.db 'PRAGMA user_version = 99'
run import in
is "$code $(grep -c newer err)" "7 1" "a warehouse of a newer version is refused"
sqlite3 gongkai.db "PRAGMA user_version = $version"

run import nowhere
is "$code" 2 "a path that is not there is a mistake of usage"
run import in nowhere
is "$code $(ask 'SELECT count(*) FROM v_source')" "2 2" "of which nothing comes"
run import
is "$code" 2 "so is no path"
run import --year 20x3 in
is "$code" 2 "and a year that is none"
run import --wrong in
is "$code $(tail -n 1 err | grep -c 'exit=2')" "2 1" "and an unknown option"

mkdir odd outside
report 常德市民政局 2023 1 >outside/away.txt
ln -s "$work/outside/away.txt" odd/link.txt
ln -s "$work/outside" odd/folder
ln -s odd odd/round
mkfifo odd/pipe.txt
report 常德市水利局 2023 1 >"odd/$(printf 'line\nbreak\033[31m.txt')"
mkdir odd/.hidden && report 常德市林业局 2023 1 >odd/.hidden/x.txt
timeout 20 "$gongkai" import odd >out 2>err
is "$? $(head -n 1 out)" "0 read 1 = loaded 1 + unchanged 0 + rejected 0" \
    "links, pipes and hidden files are left alone"
is "$(grep -c skipped err)" 4 "and named"
report 常德市水利局 2023 2 >"odd/$(printf 'line\nbreak\033[31m.txt')"
run import odd
is "$(grep -c 'revision source=line.nbreak.x1b\[31m.txt' err)" 1 \
    "a name with a line break and an escape sequence is never written raw"
is "$(tr -d '\n' <err | tr -cd '\000-\037' | wc -c | tr -d ' ')" 0 "no control character reaches the terminal"
run import --log-format json odd/../in
is "$(python3 -c 'import json,sys
for line in open("err"): json.loads(line)' 2>&1)" "" "every event is a line of JSON on request"

report 常德市教育局 2023 5 >in/a.txt
run import -q in
is "$code$(cat out err)" 0 "-q prints nothing when all is well"
echo nothing at all >in/d.txt
run import -q in
is "$code $(grep -c "warning: reject" err) $(head -n 1 out)" "3 1 read 4 = loaded 0 + unchanged 3 + rejected 1" \
    "and everything when it is not"
run import --json in
is "$(python3 -c 'import json; d=json.load(open("out")); print(d["read"], d["unchanged"])')" "4 4" \
    "figures come as JSON on request"
run import --lang zh in
is "$(head -n 1 out)" "读取 4 = 载入 0 + 未变 4 + 拒收 0" "and in Chinese"

mkdir amounts
for i in 1 2 3; do
    report "常德市第$i局" 2023 "$i" | sed 's/^行政事业性收费 | 0/行政事业性收费 | 90000000000/' >"amounts/$i.txt"
done
report 常德市教育局 2023 5 | sed 's/^行政事业性收费 | 0/行政事业性收费 | 12.5/' >amounts/4.txt
run import amounts
run rollup
is "$code $(ask "SELECT value, n_blank FROM v_total WHERE division_code = '430700' AND year = 2023
                  AND part = 'region' AND code = 't2.fees.amount'")" "0 12.5|3" \
    "amounts beyond belief keep no total from being made"
is "$(ask "SELECT count(*), min(state), min(value) FROM v_cell
            WHERE code = 't2.fees.amount' AND agency LIKE '%第_局';
           SELECT count(*) FROM v_finding WHERE rule = 'reading' AND code = 't2.fees.amount'")" \
    "3|text|90000000000
3" "they are kept as printed, and each is a finding"
done_testing
