#!/bin/bash
# Copies, and damage that is found.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
mkdir in
report 常德市教育局 2023 5 >in/a.txt
report 常德市财政局 2023 7 >in/b.txt
run import in
run rollup
run backup copy.db
is "$code $(sqlite3 copy.db 'SELECT count(*) FROM v_cell')" "0 400" "a backup is a warehouse itself"
is "$(ls copy.db*)" copy.db "in one file"
run verify --warehouse copy.db
is "$code" 0 "which is whole"
cp copy.db older.db
run backup copy.db
is "$code $(cmp copy.db older.db)" "0 " "made again it takes the place of the old one, the same to the byte"
run backup nowhere/copy.db
is "$code $(ls | grep -c 'copy.db\.')" "7 0" "where it cannot be written nothing is left behind"
run backup in
is "$code" 2 "a folder is no file"
run verify --json
is "$(python3 -c 'import json; d=json.load(open("out")); print(d["reports"], d["originals"], d["wrong"], d["totals_wrong"])')" \
    "2 2 0 0" "verify tells what it has looked at"

damage() { # SQL, what is hit
    cp copy.db hurt.db
    sqlite3 hurt.db "$1"
    run verify --warehouse hurt.db
    is "$code $(grep -q 'error: wrong' err && echo said)" "7 said" "verify finds $2"
}
damage "UPDATE fact SET v0 = v0 + 1 WHERE report_id = 1 AND line = (SELECT min(line) FROM fact WHERE report_id = 1)" \
    "a figure that was changed"
damage "DELETE FROM presence_cell WHERE cell_id = (SELECT max(cell_id) FROM presence_cell)" \
    "a cell that is missing"
damage "UPDATE sqlar SET data = substr(data, 1, 40) || x'00' || substr(data, 42) WHERE rowid = 1" \
    "an original that was changed"
damage "UPDATE original SET sha256 = zeroblob(32) WHERE original_id = 1" \
    "a hash that is another's"
damage "PRAGMA foreign_keys = OFF; UPDATE report SET presence_id = 77 WHERE report_id = 2" \
    "a reference that leads nowhere"
damage "UPDATE total SET v0 = v0 + 1 WHERE area_id = (SELECT min(area_id) FROM total)" \
    "a total that is not the sum of its parts"
done_testing
