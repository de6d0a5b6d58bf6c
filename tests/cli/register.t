#!/bin/sh
# Registers from the command line: encodings, separators, bad lines, dry runs, and what they do to
# reports that were there before.
. "$(dirname "$0")/lib.sh"

cat >"$work/agencies.csv" <<'END'
agency,division,kind,first_year,last_year,successor,aliases,telephone
常德市扶贫开发办公室,430700,department,2014,2020,常德市乡村振兴局,常德市扶贫办;市扶贫办,0736
常德市乡村振兴局,430700,,2021,,,,
迁安市大五里镇人民政府,130283,,,,,,
END
run register agencies "$work/agencies.csv" --json
is "$code" 0 "a register is loaded"
is "$(grep -o '"added": *3' "$work/out" | tr -d ' ')" '"added":3' "and says how many it added"
ok "$(grep -q telephone "$work/err"; echo $?)" "a column that is not known is left out with a note"
is "$(ask "SELECT name, kind FROM agency WHERE division_code = '130283'")" \
    "迁安市大五里镇人民政府|township" "a kind that is not given is told by the name"

printf '单位;区划;类别\n常德市教育局;湖南省常德市;部门\n' | iconv -f UTF-8 -t GB18030 >"$work/gbk.csv"
run register agencies "$work/gbk.csv"
is "$code $(ask "SELECT division_code FROM agency WHERE name = '常德市教育局'")" "0 430700" \
    "a file saved by Excel in GBK, parted by semicolons, is read"
printf '\357\273\277agency,division\r\n"常德市民政局",430700\r\n,\r\n' >"$work/bom.csv"
run register agencies "$work/bom.csv"
is "$code $(ask "SELECT count(*) FROM agency WHERE name = '常德市民政局'")" "0 1" \
    "so is one with a byte order mark, and empty lines at its end"

printf 'agency,division\n常德市水利局,430700\n常德市林业局,439999\n' >"$work/bad.csv"
run register agencies "$work/bad.csv"
is "$code" 3 "a bad line ends with exit 3"
ok "$(grep -q 'line=3' "$work/err"; echo $?)" "and is told with its line"
is "$(ask "SELECT count(*) FROM agency WHERE name = '常德市水利局'")" 0 "nothing else of its file is kept"
run register agencies "$work/none.csv"
ok "$([ "$code" -ne 0 ] && [ "$code" -ne 1 ]; echo $?)" "a file that is not there is an error"
run register offices "$work/bad.csv"
is "$code" 2 "a register of another name is a wrong use"
printf 'agency,division\n常德市统计局,430700\n' >"$work/dry.csv"
run register agencies "$work/dry.csv" --dry-run --json
is "$code $(ask "SELECT count(*) FROM agency WHERE name = '常德市统计局'")" "0 0" \
    "a dry run says what it would do and writes nothing"
"$gongkai" register agencies - <"$work/dry.csv" >/dev/null 2>&1
is "$(ask "SELECT count(*) FROM agency WHERE name = '常德市统计局'")" 1 "a register may come by standard input"

# Reports that came before their agency was registered.
mkdir -p "$work/inbox/湖南省/常德市"
cat >"$work/inbox/湖南省/常德市/long.csv" <<'END'
单位,区划,年份,范围,指标,数值
县志办,430722,2021,own,t3.new.total,5
水利局,430722,2021,own,t3.new.total,7
END
run import "$work/inbox"
is "$(ask "SELECT count(*) FROM v_report")" 2 "reports of agencies in no register are kept"
printf 'agency,division,aliases\n汉寿县地方志编纂室,430722,县志办\n汉寿县水利局,430722,\n' >"$work/more.csv"
run register agencies "$work/more.csv"
is "$(ask "SELECT agency FROM v_report ORDER BY agency")" "汉寿县地方志编纂室
汉寿县水利局" "once they are registered, by name or alias, the reports are theirs"
is "$(ask "SELECT count(*) FROM agency WHERE registered = 0")" 0 "no provisional agency is left"
run rollup
is "$(ask "SELECT value, n_reported, n_unregistered FROM v_total WHERE division_code = '430722'
    AND year = 2021 AND part = 'self' AND code = 't3.new.total'")" "12|2|0" "and the totals know it"

printf 'code,name,level,parent_code,first_year,last_year\n3213Z4,洋河新区,zone,321300,2011,2024\n' \
    >"$work/zones.csv"
run register divisions "$work/zones.csv"
is "$code $(ask "SELECT level FROM division_period WHERE code = '3213Z4'")" "0 zone" \
    "a zone is registered"
printf 'agency,year,rule,code,reason\n汉寿县水利局,2021,balance,,已核实\n' >"$work/waivers.csv"
run register waivers "$work/waivers.csv"
is "$code $(ask "SELECT reason FROM waiver")" "0 已核实" "a waiver is registered with its reason"
done_testing
