#!/bin/sh
# 宿迁 2023: a published composite, and eleven reports written for its parts.
. "$(dirname "$0")/lib.sh"
parts="$top/fixtures/suqian"

run register agencies "$parts/agencies.csv"
run import "$parts/in"
is "$code $(tail -n 1 "$work/err" | grep -c 'read, 12 loaded\|12 read, 12 loaded')" "0 1" "the twelve reports load"
run rollup
is "$code" 0 "the totals are made"

total() {
    ask "SELECT sum(value) FROM v_total WHERE division_code = '$1' AND year = 2023 AND part = '$2'
            AND code IN ('t3.new.total', 't3.carried_in.total')"
}
is "$(total 321300 region)" 3607 "the city handles 3607 applications, as published"
is "$(ask "SELECT value FROM v_total WHERE division_code = '321300' AND year = 2023
              AND part = 'region' AND code = 't3.new.total'")" 3511 "3511 of them new"
is "$(ask "SELECT value FROM v_total WHERE division_code = '321300' AND year = 2023
              AND part = 'region' AND code = 't3.carried_in.total'")" 96 "and 96 carried in"
is "$(total 321300 self)" 1282 "本级 is the government's 349 and its departments' 933, without zones"
for county in 321322:477 321323:301 321324:874 321311:216 321302:348; do
    is "$(total ${county%:*} region)" ${county#*:} "${county%:*} has its ${county#*:}"
done
is "$(ask "SELECT group_concat(n, '+') FROM (SELECT sum(c.value) AS n FROM v_cell c
             JOIN agency a ON a.name = c.agency WHERE a.kind = 'zone' AND c.scope = 'own'
              AND c.code IN ('t3.new.total', 't3.carried_in.total')
            GROUP BY a.name ORDER BY n DESC)")" 55+26+16+12 "the four zones are in the region alone"
is "$(ask "SELECT count(*), sum(difference <> 0), sum(difference IS NULL) FROM v_composite
            WHERE division_code = '321300' AND year = 2023")" "200|0|0" \
    "every cell of the composite is the sum of the parts, money to the last digit"
is "$(ask "SELECT DISTINCT missing_contributors FROM v_composite WHERE year = 2023")" 宿迁市财政局 \
    "the one that is missing is named, one that ended in 2022 is not"
is "$(ask "SELECT expected, received, missing, composite_received FROM v_coverage
            WHERE division_code = '321300'")" "12|11|1|1" "coverage counts own reports, the composite apart"

run explain --division 321300 --year 2023 --code t3.new.total --part self
is "$code $(grep -c '%  宿迁' "$work/out")" "0 2" "explain shows the two summands of 本级"
grep -q '宿迁市自然资源和规划局2023年政府信息公开工作年度报告.txt:' "$work/out"
ok $? "each with its file and line"
line=$(sed -n 's/.*宿迁市自然资源和规划局2023年政府信息公开工作年度报告.txt:\([0-9]*\).*/\1/p' "$work/out")
sed -n "${line}p" "$parts/in/宿迁市自然资源和规划局2023年政府信息公开工作年度报告.txt" | grep -q '^一、本年新收'
ok $? "and the line is the one that prints the figure"
grep -q '宿迁市财政局' "$work/out"
ok $? "the missing unit stands at the end"
run explain -d 321300 -y 2023 -c t3.new.total --json
is "$(sed -n 's/^ *"value": \([0-9]*\),*$/\1/p' "$work/out" | awk 'NR == 1 { t = $1 } NR > 1 { s += $1 } END { print t, s }')" \
    "3511 3511" "in JSON the summands add up to the total"
run explain -d 321300 -y 2023 -c t2.fees.amount --format csv --no-bom
is "$(grep -c ',value,[0-9]' "$work/out") $(grep -c ',missing,' "$work/out")" "11 1" "in CSV every summand is a row"
run explain -d 321300 -y 2031 -c t3.new.total
is "$code" 2 "a total that is not there is an error that says so"
run explain -d 321300 -y 2023 -c t9.nothing
is "$code" 2 "as is a cell that is none"

printf '年份,范围,截止日期\n2023年,本机关,2024/1/15\n' >"$work/calendar.csv"
run register calendar "$work/calendar.csv"
is "$code" 0 "a calendar as Excel saves it loads"
run rollup
is "$(ask "SELECT late FROM v_coverage WHERE division_code = '321300'")" 5 \
    "late is what is dated after the calendar's day"
printf 'year,scope,due\n2023,own,2024-01-31\n2022,own,soon\n' >"$work/calendar.csv"
run register calendar "$work/calendar.csv"
is "$code $(ask "SELECT due FROM deadline")" "3 2024-01-15" "while a line is bad nothing of it is taken"

before=$(ask "SELECT * FROM area" && ask "SELECT * FROM total" && ask "SELECT * FROM total_gap" &&
    ask "SELECT * FROM total_series")
run rollup --all
after=$(ask "SELECT * FROM area" && ask "SELECT * FROM total" && ask "SELECT * FROM total_gap" &&
    ask "SELECT * FROM total_series")
[ -n "$before" ] && [ "$before" = "$after" ]
ok $? "made from scratch the totals are the same"

# One county's report goes: its part is missing in the city, and the city's composite stands alone.
rm -f "$work/gongkai.db"*
mkdir "$work/in"
cp "$parts"/in/*.txt "$work/in"
rm "$work"/in/泗洪县*
grep -v 泗洪县 "$parts/agencies.csv" >"$work/agencies.csv"
run register agencies "$work/agencies.csv"
run import "$work/in"
run rollup
is "$(ask "SELECT difference, missing_contributors FROM v_composite
            WHERE code = 't3.new.total' AND division_code = '321300'")" "857|宿迁市财政局、泗洪县" \
    "a county that the register does not know and from which nothing has come is named too"
done_testing
