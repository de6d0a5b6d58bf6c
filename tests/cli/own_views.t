#!/bin/bash
# What analysts lay down in the warehouse beside the program's tables and views: it stays, and is not sealed.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
report 常德市教育局 2023 5 >a.txt
run import a.txt
run rollup
lay() { # WAREHOUSE: an analyst's view, table, index of the program's table
    sqlite3 "$1" "CREATE VIEW granted AS SELECT agency, value FROM v_cell WHERE code = 't3.granted.total';
                  CREATE VIEW \"a \"\"b\"\" \" AS SELECT 1;
                  CREATE TABLE notes (note TEXT); INSERT INTO notes VALUES ('ask again');
                  CREATE INDEX by_class ON agency (kind, name)"
}
mine() {
    sqlite3 -readonly "$1" "SELECT name FROM sqlite_schema
        WHERE name IN ('granted', 'a \"b\" ', 'notes', 'by_class') ORDER BY name" | tr '\n' ' '
}
all='a "b"  by_class granted notes '
lay gongkai.db
run verify
is "$code" 0 "a warehouse with an analyst's view, table and index is whole" || said
sqlite3 gongkai.db "INSERT INTO notes VALUES ('asked')"
run import a.txt
run verify
is "$code $(mine gongkai.db)" "0 $all" "so it is when the table has changed since" || said

sqlite3 gongkai.db "UPDATE builtin SET digest = ''"
report 常德市教育局 2024 6 >b.txt
run import b.txt
is "$code $(ask 'SELECT length(digest) FROM builtin') $(mine gongkai.db)" "0 16 $all" \
    "another build lays down its own views and leaves them" || said
is "$(ask 'SELECT * FROM granted ORDER BY value')" "常德市教育局|5
常德市教育局|6" "the view shows what came in since"
run verify
is "$code $(ask "SELECT count(*) FROM seal WHERE name GLOB '* granted' OR name GLOB '*notes' OR name GLOB '* by_class'")" "0 0" \
    "and none of it is sealed" || said

sqlite3 gongkai.db "DROP VIEW v_cell; CREATE VIEW v_cell AS SELECT 7 AS value"
run verify
is "$code" 7 "a view of the program's that says something else is found"
sqlite3 gongkai.db "UPDATE builtin SET digest = ''"
run import b.txt
run verify
is "$code $(ask 'SELECT count(*) > 1 FROM v_cell')" "0 1" "and gone when the views are laid down anew" || said

sqlite3 gongkai.db "CREATE VIEW retired AS SELECT 1; INSERT INTO seal VALUES ('view retired', 1, 0)"
sqlite3 gongkai.db "UPDATE builtin SET digest = ''"
run import b.txt
is "$code $(ask "SELECT count(*) FROM sqlite_schema WHERE name = 'retired'")" "0 0" \
    "a view that an earlier build had laid down and sealed is dropped" || said

for packed in "$top"/fixtures/warehouses/version-*.db.gz; do
    version=$(basename "$packed" .db.gz)
    gzip -dc "$packed" >kept.db
    lay kept.db
    run status --warehouse kept.db
    status=$code
    run verify --warehouse kept.db
    is "$status $code $(mine kept.db | sed 's/by_class //') $(sqlite3 kept.db 'SELECT count(*) FROM granted')" \
        "0 0 $(echo "$all" | sed 's/by_class //') $(sqlite3 kept.db "SELECT count(*) FROM v_cell WHERE code = 't3.granted.total'")" \
        "$version brought up to date keeps an analyst's views and table" || said
done
for i in $(seq 120); do echo "CREATE TABLE more_$i (a);"; done | sqlite3 gongkai.db
report 常德市教育局 2022 6 >c.txt
run import c.txt
is "$code" 0 "a hundred more tables of theirs do no harm" || said
run verify
is "$code" 0 "and the warehouse is whole" || said
done_testing
