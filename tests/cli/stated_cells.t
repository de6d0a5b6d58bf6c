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
done_testing
