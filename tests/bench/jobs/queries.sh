# The analysts' example queries, against the same on a table of one row a cell: ten times in one process,
# or once where that takes long, and no longer than $patience. Those that ask about no cell (coverage,
# what is missing) have no other way to be asked.
db=$work/whole.db dense=$work/dense.db
if [ ! -e "$db" ]; then
    make_data text --format text
    sh -c "$(fresh "$db" text)"
    ours import --originals none -w "$db" "$data/text/in"
    ours rollup -w "$db"
    ours check -w "$db"
fi
rm -f "$dense"
sed "s|{in}|$db|" "$peers/dense.sql" | sqlite3 "$dense" >/dev/null
figure 'one row a cell, KiB' $(($(stat -c %s "$dense") / 1024))

# answers FILE QUERY: its rows; of a list cut at some length, where equal ones may change places, the last
# column.
answers() {
    timeout "$patience" sqlite3 -readonly "$1" <"$2" >"$work/answers" || return
    if grep -q LIMIT "$2"; then
        sed 's/.*|//' "$work/answers"
    else
        LC_ALL=C sort "$work/answers"
    fi | cksum
}

for query in "$examples"/*.sql; do
    name="query $(basename "$query" .sql)"
    grep -Eq 'v_(cell|total|series|rate|composite)\b' "$query" || continue
    # The made-up city has no agencies of its own: who asks about those asks about one of its counties.
    case $name in
    *agencies_ranked) sed 's/321300/321302/' "$query" >"$work/asked.sql" && query=$work/asked.sql ;;
    esac
    begun=$(date +%s%N)
    theirs=$(answers "$dense" "$query" || true)
    if [ $((($(date +%s%N) - begun) / 1000000)) -lt 300 ]; then
        for _ in 1 2 3 4 5 6 7 8 9 10; do cat "$query"; done
    else
        cat "$query"
    fi >"$work/query.sql"
    [ -z "$theirs" ] || agree "$name" 'one row a cell' "$theirs" "$(answers "$db" "$query")"
    seldom against "$name" 'one row a cell' '' "sqlite3 -readonly '$db' <'$work/query.sql'" \
        '' "timeout $patience sqlite3 -readonly '$dense' <'$work/query.sql' || [ \$? = 124 ]"
done
rm -f "$dense" "$work/answers" "$work/asked.sql" "$work/query.sql"
