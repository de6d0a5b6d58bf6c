#!/bin/bash
# datapackage.json, judged by the reference implementation of the Data Package standard: what it says
# of the files is so, cell by cell.
. "$(dirname "$0")/lib.sh"
need node npm:datapackage
provinces
judge() {
    node "$top/tests/all/datapackage.cjs" "$@" >"$work/said" 2>&1
    tail -n 1 "$work/said" | sed 's/^0 tables, 0 rows$/valid/'
    sed '$d' "$work/said" | head -n 5
}
run export "$work/office" --page
is "$(judge "$work/office/datapackage.json")" valid "what an office gets is a valid package"
is "$(judge "$work/office/page/datapackage.json")" valid "so is the overview"

run export "$work/plain" --no-bom --cells
said=$(judge "$work/plain/datapackage.json" rows)
rows=$(find "$work/plain" -name '*.csv' -exec tail -q -n +2 {} + | wc -l)
tables=$(find "$work/plain" -name '*.csv' | wc -l)
is "$said" "$tables tables, $rows rows" "every cell of every file is of its column's type, every key is one row's"
sed -i '2s/,[0-9]*,/,many,/' "$work/plain/coverage.csv"
ok "$(judge "$work/plain/datapackage.json" rows | grep -q '^coverage: '; echo $?)" \
    "a word among the numbers is found"

run export "$work/set" --partitioned
is "$(judge "$work/set/datapackage.json")" valid "the partitioned set is a valid package"
find "$work/set" -name '*.gz' -exec gzip -d {} +
sed 's/\.csv\.gz"/.csv"/; /"compression"/d' "$work/set/datapackage.json" >"$work/set/plain.json"
rows=$(find "$work/set" -name '*.csv' -exec tail -q -n +2 {} + | wc -l)
tables=$(find "$work/set" -name '*.csv' | wc -l)
is "$(judge "$work/set/plain.json" rows)" "$tables tables, $rows rows" "and its cells are of their types"
done_testing
