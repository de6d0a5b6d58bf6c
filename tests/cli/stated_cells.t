#!/bin/sh
# CSV files that state whose report it is cell by cell are taken at their word.
. "$(dirname "$0")/lib.sh"

cat >"$work/long.csv" <<END
agency,division,year,scope,code,value
常德市审计局,430700,2023,own,t3.new.total,99999999999999999999
常德市民政局,430700,2023,own,t3.new.total,
END
run import "$work/long.csv"
is "$code $(ask "SELECT agency, state, value FROM v_cell")" "0 常德市审计局|text|99999999999999999999
常德市民政局|blank|" "a report of nothing but words, or blanks, is loaded as such" || said
is "$(ask "SELECT agency FROM v_finding WHERE rule = 'reading' AND code = 't3.new.total'")" 常德市审计局 \
    "what is no figure is a finding"
printf '单位,区划,年份,范围,表三/本年新收/自然人\n常德市水利局,430700,2023,own,5\n' >"$work/wide.csv"
run import "$work/wide.csv"
is "$code $(ask "SELECT code, value FROM v_cell WHERE agency = '常德市水利局'")" "0 t3.new.person|5" \
    "one column of cells is a wide file too" || said
is "$(ask "SELECT DISTINCT form FROM v_report")" 2021 "cells that stand in two forms are of the year's form"
printf '单位,区划,年份,指标,数值\n常德市水利局,430700,2022,表二/没有这一项,5\n' >"$work/none.csv"
run import "$work/none.csv"
is "$(ask "SELECT reason, line FROM v_reject")" "csv-line|2" "a path that names no cell is a bad line, and said to be one"
cat >"$work/years.csv" <<END
agency,division,year,scope,t2.licences.items_last_year,t2.licences.decisions,t2.rules.repealed,t3.new.total
常德市水利局,430700,2019,own,12,3,,5
常德市水利局,430700,2021,own,/,4,1,6
END
warehouse="$work/years.db"
GONGKAI_WAREHOUSE="$warehouse" run import "$work/years.csv"
is "$code $(sqlite3 "$warehouse" "SELECT year, form, group_concat(code || '=' || coalesce(value, ''), ' ')
      FROM (SELECT * FROM v_cell JOIN v_report USING (report_id) ORDER BY report_id, code) GROUP BY report_id")" \
    "0 2019|2019|t2.licences.decisions=3 t2.licences.items_last_year=12 t3.new.total=5
2021|2021|t2.licences.decisions=4 t2.rules.repealed=1 t3.new.total=6" "a wide file of several years has the columns of several forms: each report is of its own" || said
is "$(sqlite3 "$warehouse" "SELECT count(*) FROM v_finding WHERE message LIKE '%different forms%'")" 0 \
    "columns of the other form that are blank, or do not apply, mix no forms"
printf 'agency,division,year,scope,code,value\n常德市林业局,430700,2019,own,t2.licences.items_last_year,7\n常德市林业局,430700,2019,own,t2.rules.repealed,\n' >"$work/lines.csv"
run import "$work/lines.csv"
is "$code $(ask "SELECT code, value FROM v_cell WHERE agency = '常德市林业局'")" "0 t2.licences.items_last_year|7" \
    "nor is a blank line of the other form an error of a long file" || said
done_testing
