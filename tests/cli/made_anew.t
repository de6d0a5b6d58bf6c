#!/bin/bash
# What is worked out can be worked out again: totals, findings and what twins are told by, after the disk or another
# program has changed them. What reports state cannot: that is for a backup.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
mkdir in
for year in 2022 2023; do
    report 常德市教育局 $year 5 >in/a$year.txt
    report 常德市民政局 $year 123457 >in/b$year.txt
    report 常德市水利局 $year 123457 >in/c$year.txt
done
"$gongkai" nightly -q --inbox in --out files >log 2>&1
run verify
is "$code $(ask 'SELECT count(*) > 0 FROM finding') $(ask 'SELECT count(*) > 0 FROM table_digest')" "0 1 1" \
    "a warehouse with findings and twins is whole" || { said; cat log; }
shown() { ask "SELECT * FROM v_finding ORDER BY 1, 2, 4, 8"; ask "SELECT * FROM v_total ORDER BY 1, 2, 3, 4, 5"; }
shown >before
changed() { # SQL WHAT
    cp gongkai.db whole.db
    sqlite3 gongkai.db "$1"
    run verify
    is "$code $(grep -c "table $2" err)" "7 1" "$3: verify names the table" || said
    grep -q "check --all" err || echo "# no remedy named"
    "$gongkai" rollup -q --all >log 2>&1
    "$gongkai" check -q --all >>log 2>&1
    run verify
    shown >after
    is "$code $(cmp before after)" "0 " "and rollup --all and check --all make all of it anew" || { said; cat log; }
    cp whole.db gongkai.db
}
first="(SELECT min(finding_id) FROM finding)"
changed "UPDATE finding SET message = 'all is well' WHERE finding_id = $first" finding "a finding that says something else"
changed "UPDATE finding SET year = 1999, difference = 3, rule = 'x' WHERE finding_id = $first" finding "one of another year and rule"
changed "DELETE FROM finding WHERE finding_id = $first" finding "one that is gone"
changed "INSERT INTO finding SELECT 17, rule, severity, report_id, division_code, year, cell_id, reported, computed, difference,
         line, message, message_zh, hint, hint_zh, first_seen FROM finding LIMIT 1" finding "one that nobody found"
changed "UPDATE table_digest SET digest = digest + 64" table_digest "what twins are told by"
changed "UPDATE total SET v0 = v0 + 1 WHERE v0 > 0" total "totals"
changed "DELETE FROM area WHERE rowid = (SELECT max(rowid) FROM area)" area "a region without totals"
sqlite3 gongkai.db "UPDATE fact SET v0 = v0 + 1 WHERE v0 > 5"
"$gongkai" rollup -q --all >log 2>&1
"$gongkai" check -q --all >>log 2>&1
run verify
is "$code $(grep -c 'table fact' err)" "7 1" "a figure that a report never stated stays found, whatever is made anew" || said

# A page that holds nothing any more: what stands elsewhere is looked at all the same.
cp whole.db gongkai.db
size=$(ask "PRAGMA page_size")
root=$(ask "SELECT rootpage FROM sqlite_schema WHERE name = 'finding'")
sqlite3 gongkai.db "UPDATE origin SET digest = digest + 1"
tr '\\0' '\\377' </dev/zero | head -c "$size" | dd of=gongkai.db bs="$size" seek=$((root - 1)) conv=notrunc 2>log
run verify
is "$code $(grep -c 'the rows of table finding cannot be read' err) $(grep -c 'of table origin are not' err)" "7 1 1" \
    "of a table without its first page and another one changed verify names both" || said
done_testing
