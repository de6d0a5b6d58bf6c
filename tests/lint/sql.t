#!/bin/sh
# Every statement, view, example and export prepares on a fresh warehouse, in plain SQLite.
cd "$(dirname "$0")/../.." || exit
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0
# prepares NAME FILE
prepares() {
    n=$((n + 1))
    if said=$(sqlite3 -bail "$work/w.db" <"$2" 2>&1 >/dev/null); then
        echo "ok $n - $1 prepares"
    else
        echo "not ok $n - $1 prepares"
        printf '%s\n' "$said" | head -n 3 | sed 's/^/# /'
    fi
}

cat sql/schema.sql sql/views.sql >"$work/schema.sql"
prepares "the schema with its views" "$work/schema.sql"
for view in $(sqlite3 "$work/w.db" "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY 1"); do
    echo "EXPLAIN SELECT * FROM $view;" >"$work/one.sql"
    prepares "$view" "$work/one.sql"
done
for file in sql/queries/*.sql; do
    awk -v out="$work/statement" '
        /^-- @/ { close(name); name = out "-" substr($2, 2); printf "" >name; next }
        name { print >name }' "$file"
    # temporary tables that other statements of the file use
    cat "$work"/statement-* | awk 'toupper($0) ~ /^ *CREATE TEMP/ {in_it = 1} in_it {print} /;/ {in_it = 0}' >"$work/temp.sql"
    for statement in "$work"/statement-*; do
        { cat "$work/temp.sql"; echo "EXPLAIN"; cat "$statement"; } >"$work/one.sql"
        grep -qiE '^ *CREATE TEMP' "$statement" && cp "$statement" "$work/one.sql"
        prepares "$(basename "$file" .sql).${statement#"$work"/statement-}" "$work/one.sql"
        rm -f "$statement"
    done
done
for file in sql/exports/*.sql sql/examples/*.sql; do
    [ -e "$file" ] || continue
    { echo "EXPLAIN"; cat "$file"; } >"$work/one.sql"
    prepares "$file" "$work/one.sql"
done
echo "1..$n"
