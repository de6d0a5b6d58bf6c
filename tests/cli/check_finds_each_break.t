#!/bin/sh
# Reports with one break planted in each, beside clean ones: fixtures/breaks.
. "$(dirname "$0")/lib.sh"
breaks=$top/fixtures/breaks
inbox=$work/inbox
mkdir "$inbox"

run register agencies "$breaks/agencies.csv"
cp "$breaks"/clean/*.txt "$inbox"
run import "$inbox"
run check
is "$code $(tail -n 1 "$work/out")" "0 standing: 0 errors, 0 warnings, 0 waived" \
    "clean reports break no rule, and check ends with 0"

cp "$breaks"/broken/*.txt "$inbox"
run import "$inbox"
run check
is "$code" 4 "errors stand: check ends with 4"
is "$(ask "SELECT agency, year, rule, severity, code, reported, computed, difference FROM v_finding
           WHERE rule <> 'reading' ORDER BY agency, year, rule, code")" \
    "$(cat "$breaks/expected.txt")" "each break is found, and nothing else"
is "$(ask "SELECT count(*) FROM v_finding WHERE code IS NOT NULL AND line = 0")" 0 \
    "every finding about a cell says its line"
is "$(ask "SELECT count(*) FROM v_finding WHERE message = '' OR message_zh = ''
              OR message LIKE '%{%' OR message_zh LIKE '%{%'")" 0 \
    "every finding has a sentence in both languages"
is "$(ask "SELECT message FROM v_finding WHERE agency = '常德市档案局' ORDER BY message")" \
    "Section 1 (总体情况) says nothing
Section 6 (其他需要报告的事项) is missing" "a section without words, and one that is not there, are named"
is "$(ask "SELECT DISTINCT hint FROM v_finding WHERE agency = '常德市民政局'")" \
    "Likely cause (a hint, nothing was changed): table 3 (三)不予公开/6.属于四类过程性信息 / 总计 (t3.denied_process.total) says 12; with 21 all these rules would hold (two digits swapped)" \
    "the likely cause is named"
is "$(ask "SELECT count(*) FROM v_cell WHERE code = 't3.denied_process.total' AND value = 12")" 1 \
    "and the figure stays as it was printed"
run check
is "$code $(sed -n 's/^checked //p' "$work/out")" "4 0 reports: 0 findings new, 0 changed, 0 gone" \
    "again without a change nothing is looked at, and the errors stand"
run check --all
is "$(sed -n 's/^checked //p' "$work/out")" "23 reports: 0 findings new, 0 changed, 0 gone" \
    "everything again finds the same"
run check --json
is "$(python3 -c 'import json, sys
d = json.load(sys.stdin)
print(d["errors"], d["waived"], sum(r["findings"] for r in d["rules"] if r["severity"] == "error"))
' <"$work/out")" "14 0 14" "--json tells the same figures"
run check --year 2022
is "$code" 0 "for a year without errors it ends with 0"
run check --division 430722
is "$(grep -c '^  4307' "$work/out")" 1 "a division alone can be asked for"

cat >"$work/waivers.csv" <<END
agency,year,rule,code,reason
常德市公安局,2023,case-total,,上级机关已核实
常德市民政局,2023,row-total,t3.denied_process.total,口径说明见附件
常德市民政局,2023,sign,,不再适用
END
run register waivers "$work/waivers.csv"
run check
is "$(grep '^waiver\|^standing' "$work/out")" "waiver no longer needed: 常德市民政局 2023 sign 
standing: 12 errors, $(ask "SELECT count(*) FROM v_finding WHERE severity = 'warning'") warnings, 2 waived" \
    "waived findings no longer count as errors; a waiver without finding is told"

cat >"$work/rules.csv" <<END
name,forms,severity,left,op,right,message_zh
own-granted,2021,error,t3.granted.total,>=,t3.new.total - 200,予以公开过少
END
run check --rules "$work/rules.csv"
is "$(ask "SELECT agency, rule, reported, computed, message_zh FROM v_finding WHERE rule = 'own-granted' ORDER BY agency")" \
    "常德市商务局|own-granted|1141|1182|予以公开过少
常德市林业局|own-granted|1141|1182|予以公开过少" "users' own rules are kept to as well"
printf 'name,forms,severity,left,op,right\nbad,2021,error,t3.granted.totl,=,t3.new.total\n' >"$work/bad.csv"
run check --rules "$work/bad.csv"
is "$code $(grep -c 't3.granted.totl' "$work/err")" "2 1" "a rule that names no cell is refused"
printf 'name,forms,severity,left,op,right\nbad,2021,error,t4.review.total,=,t4.review.upheld\n' >"$work/bad.csv"
run check --rules "$work/bad.csv"
is "$code" 2 "and so is one that contradicts the others"
is "$(ask "SELECT count(*) FROM v_finding WHERE rule = 'own-granted'")" 2 "the rules stay as they were then"
printf 'name,forms,severity,left,op,right\n' >"$work/none.csv"
run check --rules "$work/none.csv"
is "$(ask "SELECT count(*) FROM v_finding WHERE rule = 'own-granted'")" 0 \
    "a file without rules takes them away again"

cp "$breaks"/clean/*.txt "$inbox"
run import "$inbox"
run check --dry-run
is "$code $(ask "SELECT count(*) > 0 FROM finding WHERE rule = 'case-total'")" "0 1" \
    "--dry-run says what would be, and leaves everything"
run check
is "$code $(ask "SELECT count(*) FROM v_finding")" "0 0" "corrected reports clear their findings"
done_testing
