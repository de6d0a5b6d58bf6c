#!/bin/bash
# Where a composite stands in for a region without own reports, everything that shows it says so.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2

mkdir in
report 宿迁市教育局 2023 1 >in/a.txt
report 沭阳县教育局 2023 10 >in/b.txt
report 沭阳县人民政府 2023 500 >in/c.txt
report 泗阳县人民政府 2023 70 >in/d.txt
run import in
run rollup
is "$(ask "SELECT division_code, stand_in_code, stand_in FROM v_stand_in WHERE year = 2023 ORDER BY 1")" \
    "000000|321323|泗阳县
320000|321323|泗阳县
321300|321323|泗阳县
321323|321323|泗阳县" "v_stand_in has the region under every total that rests on its composite"
for format in csv html; do
    run report -d 321300 -y 2023 -f $format
    ok "$(! grep -q 代入 out; echo $?)" "the composite as $format is of own reports alone"
    run report -d 321300 -y 2023 -f $format --basis best
    ok "$(grep -q '以下地区没有单位报告，以其公布的汇总报告代入：泗阳县。' out; echo $?)" \
        "on the basis best it says as $format which region's composite stands in"
done
run report -d 321300 -y 2023 --basis best --no-bom -o best.csv
run import -w again.db best.csv
is "$(sqlite3 again.db "SELECT value FROM v_cell WHERE code = 't3.new.total'")" 81 "with its figures in the table"
run report -d 321322 -y 2023 --basis best
ok "$(! grep -q 代入 out; echo $?)" "where own reports have come nothing stands in"
run export --no-bom files
is "$(grep '^"321300",宿迁市,prefecture,2023,region,t3.new.total,' files/best-year.csv | cut -d, -f 8-12)" \
    "件,81,11,1,泗阳县" "best-year.csv has the figure with it and without, and names the region"
is "$(cut -d, -f 1 files/best-year.csv | sort -u | tr '\n' ' ')" \
    '"000000" "320000" "321300" "321323" division_code ' "and nothing but totals that rest on one"
is "$(grep -c '"321300".*t3.new.total,.*,件,11,' files/city-year.csv)" 1 "city-year.csv has own reports alone"
done_testing
