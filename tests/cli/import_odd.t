#!/bin/bash
# Names that are not UTF-8, files that cannot be opened, readers and writers side by side.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2

mkdir in
report 常德市教育局 2023 5 >"in/$(printf '%s' 常德市教育局2023.txt | iconv -t GB18030)"
report 常德市财政局 2023 7 >"in/$(printf 'odd\377\376.txt')"
run import in
is "$code $(ask 'SELECT source FROM v_report ORDER BY source')" "0 odd\\xff\\xfe.txt
常德市教育局2023.txt" "names in GB18030 are read, odd bytes are shown escaped"
run import in
is "$code $(head -n 1 out)" "0 read 2 = loaded 0 + unchanged 2 + rejected 0" "and are known again"

if [ "$(id -u)" -ne 0 ] || command -v setpriv >/dev/null; then
    as=""
    [ "$(id -u)" -eq 0 ] && as="setpriv --reuid 65534 --regid 65534 --clear-groups"
    mkdir -m 755 closed && report 常德市民政局 2023 3 >closed/a.txt && chmod 000 closed/a.txt
    chmod 755 . && mkdir -m 777 theirs
    (
        export GONGKAI_WAREHOUSE=$work/theirs/w.db
        $as "$gongkai" import closed >theirs/out 2>theirs/err; echo $? >theirs/1
        $as "$gongkai" import closed >theirs/out 2>theirs/err; echo $? >theirs/2
        chmod 644 closed/a.txt
        $as "$gongkai" import closed >theirs/out 2>theirs/err; echo $? >theirs/3
        sqlite3 theirs/w.db 'SELECT count(*) FROM v_reject; SELECT count(*) FROM v_report' >theirs/4
        chmod 555 theirs && chmod 444 theirs/w.db
        $as "$gongkai" status >out 2>err; echo $? >5
        $as "$gongkai" import closed >out 2>err; echo $? >6
        chmod 777 theirs
    )
    is "$(cat theirs/[1-4] | tr '\n' ' ')" "3 0 0 0 1 " \
        "a file that may not be read is a reject once, and is read when it may be"
    is "$(cat 5)" 0 "a warehouse in a folder that cannot be written can be read"
    is "$(cat 6)" 7 "and not written: exit 7"
fi

# A reader that began before a run goes on seeing what was there, and neither waits.
mkfifo go
sqlite3 gongkai.db >seen 2>&1 <<'SQL' &
BEGIN;
SELECT count(*) FROM v_report;
.shell cat go
SELECT count(*) FROM v_report;
COMMIT;
SELECT count(*) FROM v_report;
SQL
reader=$!
for i in $(seq 50); do [ -s seen ] && break; sleep 0.1; done
report 常德市审计局 2023 1 >in/new.txt
run import in
is "$code" 0 "a run does not wait for a reader"
echo >go
wait $reader
is "$(sed '/^$/d' seen | tr '\n' ' ')" "2 2 3 " "who sees one state from beginning to end, then the new one"
run verify
is "$code" 0 "the warehouse is whole"
is "$(ls gongkai.db*)" "gongkai.db
gongkai.db.lock" "and one file again"
done_testing
