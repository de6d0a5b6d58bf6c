#!/bin/bash
# A run that is killed leaves the state of the last finished one; the next run does the work.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2

report 常德市教育局 2023 5 >template.txt
mkdir in
for i in $(seq 100 219); do
    sed "s/2023/2022/g;s/2024年1月/2023年1月/;s/| 5 |/| $i |/g;s/常德市教育局/常德市第${i}中心/g" template.txt >"in/$i.txt"
done
mkdir first && cp in/10*.txt first
run import first
is "$code" 0 "a first run is finished"
ask .dump | grep -v "INTO run\\|INTO seal VALUES('run'" | sort >before
"$gongkai" backup first.db >/dev/null 2>&1
whole=0 kept=0 killed=0
for ms in 5 15 30 60 90 130; do
    "$gongkai" import in >/dev/null 2>&1 &
    pid=$!
    sleep "0.$(printf %03d $ms)"
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
    if [ $? -ne 137 ]; then # it was faster than that: once more from the beginning
        rm -f "$GONGKAI_WAREHOUSE"*
        cp first.db "$GONGKAI_WAREHOUSE"
        continue
    fi
    killed=$((killed + 1))
    "$gongkai" verify -q && whole=$((whole + 1))
    if ask .dump | grep -v "INTO run\\|INTO seal VALUES('run'" | sort | cmp -s - before; then
        kept=$((kept + 1))
    elif [ "$(ask "SELECT loaded FROM v_run WHERE exit_code = 0 ORDER BY run_id DESC LIMIT 1")" = 120 ]; then
        kept=$((kept + 1)) # killed after its commit: finished, and whole
        rm -f "$GONGKAI_WAREHOUSE"*
        cp first.db "$GONGKAI_WAREHOUSE"
    fi
done
is "$((killed > 0)) $whole $kept" "1 $killed $killed" \
    "after each kill the file is whole, and holds what the last finished run left, or all of this one ($killed killed)"
run import in
is "$code $(head -n 1 out)" "0 read 120 = loaded 120 + unchanged 0 + rejected 0" \
    "the next run does the work"
ask "SELECT agency, year, code, state, value FROM v_cell ORDER BY 1, 2, 3" >after
rm gongkai.db*
run import first
run import in
is "$(ask "SELECT agency, year, code, state, value FROM v_cell ORDER BY 1, 2, 3" | cmp - after)" "" \
    "with the same outcome as if it had never been killed"

"$gongkai" import --agency x in >out 2>err &
pid=$!
sleep 0.02
kill -TERM $pid 2>/dev/null
wait $pid
code=$?
ok "$([ $code -eq 7 ] || [ $code -eq 0 ] || [ $code -eq 143 ]; echo $?)" \
    "SIGTERM stops a run between two inputs (exit $code)"
run verify -q
is "$code" 0 "and the warehouse is whole"
is "$(ls gongkai.db*)" "gongkai.db
gongkai.db.lock" "at rest it is one file, with its lock beside it"
done_testing
