#!/bin/sh
# Whose a report is, where the input says too little or something unknown.
. "$(dirname "$0")/lib.sh"
mkdir "$work/a" "$work/b"

findings() {
    ask "SELECT rule, severity, message FROM v_finding WHERE rule = 'reading' AND message LIKE '%$1%'" | cut -c 1-40
}

report 审计局 2023 5 >"$work/a/1.txt"
report 审计局 2023 6 >"$work/b/2.txt"
run import "$work/a"
is "$(findings 'two agencies')" "" "a bare name is nothing to remark on when it comes once"
run import "$work/b"
is "$(findings 'two agencies')" "reading|warning|another file states othe" \
    "two files with one bare name and other figures may be two agencies, and that is a finding" || said
report 审计局 2023 7 >"$work/c.txt"
GONGKAI_WAREHOUSE=$work/other.db
run import "$work/c.txt"
report 审计局 2023 8 >"$work/c.txt"
run import "$work/c.txt"
is "$(ask 'SELECT revision FROM v_report') $(findings 'two agencies')" "2 " "a file that was corrected is a revision alone"

cat >"$work/long.csv" <<END
agency,division,year,scope,code,value
常德市审计局,999999,2023,own,t3.new.total,5
END
run import "$work/long.csv"
is "$(findings 'register of divisions')" "reading|warning|the division stated (999" \
    "a division code that is not registered is a finding" || said
run reread
is "$code $(findings 'register of divisions')" "0 reading|warning|the division stated (999" "reading again says it again"

cat >"$work/zone.csv" <<END
agency,division,year,scope,code,value
常德经济技术开发区管理委员会,430700,2022,,t3.new.total,50
常德经济技术开发区党政办公室,430700,2022,,t3.new.total,20
常德市人民政府办公室,430700,2022,,t3.new.total,7
END
GONGKAI_WAREHOUSE=$work/zone.db
run import "$work/zone.csv"
is "$(ask "SELECT agency, substr(message, 1, 14) FROM v_finding WHERE message LIKE '%counted twice%'")" \
    "常德经济技术开发区党政办公室|常德经济技术开发区管理委员会" \
    "a 管委会 and its own office that are not registered may count twice, and that is a finding" || said

# A year that cannot be.
GONGKAI_WAREHOUSE=$work/years.db
report 常德市教育局 2099 5 2024年1月16日 >"$work/early.txt"
report 常德市财政局 2023 5 2023年12月29日 >"$work/due.txt"
printf '%s\n' agency,division,year,scope,code,value 常德市民政局,430700,2077,own,t3.new.total,7 \
    常德市水利局,430700,2024,own,t3.new.total,7 >"$work/late.csv"
run import "$work/early.txt" "$work/due.txt" "$work/late.csv"
is "$(ask "SELECT agency, year, substr(message, 1, 26) FROM v_finding WHERE rule = 'year' ORDER BY agency")" \
    "常德市教育局|2099|the report is dated in a y
常德市民政局|2077|the report is for a year t" \
    "a report dated before its year, or of a year that has not begun, is a finding; one of a year just ending is none" || said
done_testing
