#!/bin/bash
# Many at one warehouse: analysts read while nights write, two nights at once, another program that holds a
# lock. Waits are bounded, words are clear, and every reader sees a finished state.
. "$(dirname "$0")/../cli/lib.sh"
cd "$work" || exit 2
seconds=6
[ "${TORTURE:-}" != long ] || seconds=240
mkdir in
for i in $(seq 10 29); do report "常德市第${i}局" 2023 "$i" >"in/$i.txt"; done
"$gongkai" nightly -q --inbox in --out files >out 2>err
is "$(ask 'SELECT count(*) FROM v_report')" 20 "a first night is finished" || said

# Two analysts: one asks again and again, one reads a long query row by row. Each report has the same figure
# in two cells, so a state half written would show.
cat >analyst.py <<'END'
import sqlite3, sys, time
path, seconds = sys.argv[1], float(sys.argv[2])
end, asked, wrong = time.time() + seconds, 0, 0
while time.time() < end:
    db = sqlite3.connect("file:%s?mode=ro" % path, uri=True, timeout=20, isolation_level=None)
    db.execute("BEGIN")
    total, = db.execute("SELECT value FROM v_total WHERE division_code = '430700' AND year = 2023"
                        " AND part = 'self' AND code = 't3.new.total'").fetchone()
    summed, = db.execute("SELECT sum(value) FROM v_cell WHERE code = 't3.new.total'").fetchone()
    for row in db.execute("SELECT * FROM v_cell ORDER BY report_id, code"):
        pass
    again, = db.execute("SELECT sum(value) FROM v_cell WHERE code = 't3.granted.total'").fetchone()
    asked, wrong = asked + 1, wrong + (summed != again or total != summed)
    db.execute("COMMIT")
    db.close()
print(asked, wrong)
END
for k in 1 2; do python3 analyst.py gongkai.db $seconds >analyst.$k 2>analyst.$k.err & done
nights=0 good=0 end=$((SECONDS + seconds))
while [ $SECONDS -lt $end ]; do
    nights=$((nights + 1))
    report "常德市第10局" 2023 $((nights + 100)) >in/10.txt
    report "常德市第$((nights % 7 + 40))局" 2023 "$nights" >"in/new$((nights % 7)).txt"
    "$gongkai" nightly -q --inbox in --out files >out 2>err && good=$((good + 1))
done
wait
read -r asked1 wrong1 <analyst.1
read -r asked2 wrong2 <analyst.2
is "$good $((nights > 0))" "$nights 1" "nights are finished while analysts read ($nights)" || said
is "$((${asked1:-0} > 0)) ${wrong1:-x} $((${asked2:-0} > 0)) ${wrong2:-x}" "1 0 1 0" \
    "and analysts see finished states alone (${asked1:-0} and ${asked2:-0} readings)" || cat analyst.*.err
echo "# figure: $nights nights beside two analysts for $seconds s: $((${asked1:-0} + ${asked2:-0})) readings, each of one finished state"

# Two nights at once: one does the work, the other says so and ends.
for i in $(seq 100 160); do report "常德市第${i}局" 2023 "$i" >"in/$i.txt"; done
for k in 1 2 3; do
    ("$gongkai" nightly -q --inbox in --out files >n.$k 2>&1; echo $? >n.$k.code) &
done
wait
is "$(sort n.1.code n.2.code n.3.code | grep -c '^[05]$') $(cat n.?.code | grep -c '^0$' | grep -c '[123]')" "3 1" \
    "of nights at once at least one is well, and the others end with 5 or are well after it"
is "$(grep -l 'exit=5' n.1 n.2 n.3 | wc -l)" "$(grep -lx 5 n.?.code | wc -l)" "who ends with 5 says why"
run verify
is "$code $(ask "SELECT count(*) FROM v_report WHERE agency LIKE '常德市第1__局'")" "0 61" "and each report is there once" || said

# Another program that holds a lock for writing, and one that will not let anybody in.
hold() { # BEGIN...: sqlite3 with a transaction open until stopped
    mkfifo hold
    sqlite3 gongkai.db <hold >/dev/null 2>&1 &
    holder=$!
    exec 9>hold
    echo "$1; SELECT count(*) FROM report; CREATE TEMP TABLE x (y);" >&9
    sleep 0.5
}
let_go() {
    exec 9>&-
    wait $holder
    rm -f hold
}
hold "BEGIN IMMEDIATE"
report 常德市教育局 2023 5 >in/later.txt
start=$SECONDS
timeout 60 "$gongkai" import in >out 2>err
code=$?
waited=$((SECONDS - start))
is "$code $((waited <= 40)) $(grep -c 'holds the warehouse' err)" "5 1 1" \
    "a warehouse on which another program holds a lock: after a while the run ends with 5 and says so ($waited s)" || said
timeout 60 "$gongkai" status >out 2>err
is "$?" 0 "meanwhile it can be read"
let_go
run import in
is "$code" 0 "once it is let go the run does its work" || said
run verify
is "$code" 0 "and the warehouse is whole" || said
done_testing
