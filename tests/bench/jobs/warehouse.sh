# What is done to a whole warehouse: rules, totals, export; and how large it is.
make_data text --format text
make_data long --format long
db=$work/whole.db out=$work/out duck=$work/duck.db
sh -c "$(fresh "$db" text)"
ours import --originals none -w "$db" "$data/text/in"
figure 'warehouse, KiB, imported' $(($(stat -c %s "$db") / 1024))
ours rollup -w "$db"
ours check -w "$db"
figure 'warehouse, KiB, with totals and findings' $(($(stat -c %s "$db") / 1024))
sqlite3 -readonly "$db" "SELECT 'of it, KiB, ' || name || char(9) || (sum(pgsize) / 1024) FROM dbstat
    GROUP BY name ORDER BY sum(pgsize) DESC LIMIT 12" >>"$results/figures.tsv"

against rules 'import of the same' '' "'$gongkai' check -q --all -w '$db'" \
    "$(fresh "$work/again.db" text)" \
    "'$gongkai' import -q --originals none -w '$work/again.db' '$data/text/in'"
rm -rf "$work"/again.db*

rollup="'$gongkai' rollup -q --all -w '$db'"
export="'$gongkai' export -q --only cells --no-bom -w '$db' '$out'"
if have duckdb DuckDB; then
    rm -f "$duck"
    $duckdb "$duck" "$peers/store.sql" in="$data/long/in/long.csv"
    against 'roll-up' DuckDB '' "$rollup" '' "$duckdb '$duck' '$peers/rollup.sql'"
    $duckdb "$duck" "$peers/totals.sql" out="$work/totals.csv"
    agree 'roll-up' DuckDB "$(sums <"$work/totals.csv")" "$(wanted long)"
    against 'export of all cells' DuckDB "rm -rf '$out'" "$export" \
        '' "$duckdb '$duck' '$peers/export.sql' out='$work/cells.csv'"
    rm -f "$work"/*.csv "$duck"
else
    alone 'roll-up' '' "$rollup"
    alone 'export of all cells' "rm -rf '$out'" "$export"
fi
agree 'roll-up' gongkai "$(held "$db")" "$(wanted text)"
agree 'export of all cells' gongkai "$("$python" "$peers/cells.py" "$out/cells.csv" | sums)" "$(wanted text)"
alone 'export without cells' "rm -rf '$out'" "'$gongkai' export -q -w '$db' '$out'"

# A report of which one figure is another each time, and the totals that it moves.
change="awk -F, -v OFS=, -v now=\$(date +%N) 'NR > 1 && agency == \"\" { agency = \$1; year = \$3 }
        NR > 1 && (\$1 != agency || \$3 != year) { exit }
        \$5 == \"t3.new.person\" { \$6 = now % 100000 } { print }' '$data/long/in/long.csv' >'$work/changed.csv'
    '$gongkai' import -q --originals none -w '$db' '$work/changed.csv'"
alone 'roll-up, one changed report' "$change" "'$gongkai' rollup -q -w '$db'"
alone 'rules, one changed report' "$change" "'$gongkai' check -q -w '$db'"
rm -rf "$work/changed.csv" "$out"
