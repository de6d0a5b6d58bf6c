# Long and wide CSV: into a warehouse, up to the totals, and out as CSV again.
make_data long --format long
make_data shuffled --format shuffled
make_data wide --format wide
make_data long-bad --format shuffled --encoding gb18030 --damaged 50
make_data long-gz --format long --encoding utf8_gz
make_data wide-gz --format wide --encoding utf8_gz
db=$work/csv.db out=$work/csv

# whole NAME: all the way from CSV to CSV.
whole() {
    echo "'$gongkai' import -q --originals none -w '$db' '$data/$1/in' || [ \$? = 3 ] || exit;
        '$gongkai' rollup -q -w '$db' && '$gongkai' export -q --no-bom -w '$db' '$out'"
}

# anew NAME: what goes before it.
anew() {
    echo "$(fresh "$db" "$1"); rm -rf '$out'"
}

for kind in long shuffled wide; do
    if have duckdb DuckDB; then
        at=$data/$kind/in sql=$kind
        [ $kind = wide ] || at=$at/long.csv sql=long
        against $kind DuckDB "$(anew $kind)" "$(whole $kind)" '' \
            "$duckdb :memory: '$peers/$sql.sql' in='$at' out='$work/duckdb.csv'"
        agree $kind DuckDB "$(sums <"$work/duckdb.csv")" "$(wanted $kind)"
    else
        alone $kind "$(anew $kind)" "$(whole $kind)"
    fi
    agree $kind gongkai "$(written "$out")" "$(wanted $kind)"
done
for n in 1 2; do
    alone "long, import alone, --threads $n" "$(fresh "$db" long)" \
        "'$gongkai' import -q --originals none --threads $n -w '$db' '$data/long/in'"
done
if have sqlite3 'sqlite3 .import'; then
    sed "s|{in}|$data/long/in/long.csv|; s|{out}|$work/sqlite.csv|" "$peers/long-sqlite.sql" >"$work/sqlite.sql"
    seldom against long 'sqlite3 .import' "$(anew long)" "$(whole long)" "rm -f '$work/peer.db'" \
        "sqlite3 '$work/peer.db' <'$work/sqlite.sql'"
    agree long 'sqlite3 .import' "$(sums <"$work/sqlite.csv")" "$(wanted long)"
fi
if have mawk mawk; then
    seldom against long mawk "$(anew long)" "$(whole long)" '' \
        "mawk -f '$peers/long.awk' '$data/long/in/long.csv' >'$work/mawk.csv'"
    agree long mawk "$(sums <"$work/mawk.csv")" "$(wanted long)"
fi
for kind in long-bad long-gz wide-gz; do
    seldom alone $kind "$(anew $kind)" "$(whole $kind)"
    agree $kind gongkai "$(written "$out")" "$(wanted $kind)"
done
rm -rf "$db" "$out" "$work"/*.csv "$work/peer.db"
