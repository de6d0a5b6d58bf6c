#!/bin/sh
# What a manifest, a register or an option says wrongly is said, not passed over.
. "$(dirname "$0")/lib.sh"
report 某单位 2023 5 | sed 's/某单位/本机关/; s/2023年政府/政府/' >"$work/a.txt"

printf 'path,agnecy,year\na.txt,常德市审计局,2023\n' >"$work/typo.csv"
run import "$work/a.txt" --manifest "$work/typo.csv"
grep -q 'typo.csv.*agnecy.*not known' "$work/err"
ok $? "a column of the manifest that is not known is said" || said
printf '路径,单位,区划,年份,范围\na.txt,常德市审计局,430700,２０２３年度,全域\n' >"$work/full.csv"
run import "$work/a.txt" --manifest "$work/full.csv"
is "$code $(ask "SELECT agency, year, scope FROM v_report")" "0 常德市审计局|2023|composite" \
    "a manifest writes years and scopes as a CSV of reports does" || said
run import "$work/a.txt" --manifest "$work/none.csv"
grep -q "none.csv cannot be found" "$work/err"
is "$code $?" "2 0" "a manifest that is not there is named"
run register agencies "$work/none.csv"
grep -q "none.csv cannot be found" "$work/err"
is "$code $?" "2 0" "so is a register; it is no reject"
run import "$work/a.txt" --scope both
grep -q "one of own, composite, not" "$work/err"
is "$code $?" "2 0" "the choices of an option are listed plainly"
done_testing
