#!/bin/sh
# Every query of sql/examples/ says what it answers, runs, and has an answer on a small city.
. "$(dirname "$0")/lib.sh"
parts="$top/fixtures/suqian"

# Two years of the city; in the second a correction, an error, a late report.
mkdir "$work/2022" "$work/2023" "$work/later"
for file in "$parts"/in/*.txt; do
    name=$(basename "$file")
    cp "$file" "$work/2023/$name"
    sed 's/2024/2O24/g; s/2023/2022/g; s/2O24/2023/g' "$file" >"$work/2022/${name%2023*}2022.txt"
done
sed 's/^\(一、本年新收[^|]*\)| 829 \(.*\) | 857/\1| 9999 \2 | 10027/; s/2024年1月/2024年2月/' \
    "$work/2023/泗洪县人民政府办公室2023年政府信息公开工作年度报告.txt" >"$work/later/泗洪县更正.txt"
run register agencies "$parts/agencies.csv"
GONGKAI_NOW=2024-03-01T02:00:00Z run import "$work/2022" "$work/2023"
GONGKAI_NOW=2024-05-01T02:00:00Z run import "$work/later"
run rollup --as-of 2024-03-31
run rollup --as-of 2024-05-31
run check
for query in "$top"/sql/examples/*.sql; do
    name=$(basename "$query" .sql)
    head -n 1 "$query" | grep -q '^-- .*[.?]' || echo "# $name does not begin with what it answers"
    sqlite3 -readonly "$GONGKAI_WAREHOUSE" <"$query" >"$work/rows" 2>"$work/errors"
    [ ! -s "$work/errors" ] && [ -s "$work/rows" ] && head -n 1 "$query" | grep -q '^-- .*[.?]'
    ok $? "$name has an answer: $(head -n 1 "$query" | cut -c 4-)"
    sed 's/^/# /' "$work/errors"
done
is "$(ask "SELECT code, before_value, after_value, difference FROM v_revision_change
            WHERE code = 't3.new.person'" | cut -d'|' -f1,3)" "t3.new.person|9999" \
    "a revision's changed cells are listed with what they were"
is "$(sqlite3 -readonly "$GONGKAI_WAREHOUSE" <"$top/sql/examples/changed_between_two_dates.sql" | grep new.total)" \
    "2023|t3.new.total|3511|12681|9170|2024-05-01T02:00:00Z revised 泗洪县人民政府办公室 " \
    "a diff between two days names the report that moved the total, and nothing else"
is "$(sqlite3 -readonly "$GONGKAI_WAREHOUSE" <"$top/sql/examples/several_years.sql" | grep 'new\|carried' | cut -d'|' -f 1-3)" \
    "t3.carried_in.total|first|96
t3.carried_out.total|last|$(ask "SELECT value FROM v_total WHERE division_code = '321300' AND year = 2023
                                   AND part = 'region' AND code = 't3.carried_out.total'")
t3.new.total|sum|16192" "over years flows add up, and stocks are the first or the last year's"
plan=$(ask "EXPLAIN QUERY PLAN SELECT count(*) FROM v_cell c JOIN v_cell p ON p.agency = c.agency
              AND p.division_code = c.division_code AND p.year = c.year - 1 AND p.scope = c.scope
              AND p.code = 't3.carried_out.total' WHERE c.code = 't3.carried_in.total'")
echo "$plan" | grep -q 'agency_by_name (name=? AND division_code=?)'
ok $? "a join of one year to the next by agency and division goes by an index"
done_testing
