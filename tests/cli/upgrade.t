#!/bin/bash
# A warehouse of every version that ever landed is opened, brought up to date in one transaction, and
# shows what it showed; a newer one is left alone.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
kept=$top/fixtures/warehouses
now=$(sed -n 's/.*WAREHOUSE_VERSION = \([0-9]*\).*/\1/p' "$top/core/store/warehouse.h")

views() { # WAREHOUSE: as in the dump `wanted`
    sh "$kept/views.sh" "$1" wanted >found
    diff wanted found | head -n 10
}
schema() { # WAREHOUSE: tables, columns, indexes and views, however they came to be
    sqlite3 -readonly "$1" "SELECT m.type, m.name, p.name, p.type, p.\"notnull\", p.dflt_value, p.pk
          FROM sqlite_schema m, pragma_table_xinfo(m.name) p
         UNION ALL
        SELECT 'index', m.name, i.name, i.\"unique\", i.origin, i.partial, group_concat(x.name)
          FROM sqlite_schema m, pragma_index_list(m.name) i, pragma_index_info(i.name) x
         WHERE m.type = 'table' GROUP BY m.name, i.name ORDER BY 1, 2, 3, 4"
}
version() {
    sqlite3 -readonly "$1" 'PRAGMA user_version'
}

ok "$([ -f "$kept/version-$now.db.gz" ]; echo $?)" "the present version, $now, is among those that are kept"
"$gongkai" status --warehouse fresh.db >/dev/null 2>&1
schema fresh.db >schema.wanted
for packed in "$kept"/version-*.db.gz; do
    n=${packed##*version-} n=${n%.db.gz}
    gzip -dc "$packed" >old.db
    gzip -dc "$kept/version-$n.views.gz" >wanted
    is "$(version old.db) $(views old.db)" "$n " "version $n is what was kept"

    # Without room for the whole of it nothing is done: a writer that hits the limit is refused.
    whole=0 tried=0
    pages=$(($(stat -c %s old.db) / 1024))
    for more in 8 40 200 400; do
        rm -f hurt.db-wal hurt.db-shm
        cp old.db hurt.db
        sqlite3 hurt.db "UPDATE builtin SET digest = ''" # so that there is something to write
        (ulimit -f $((pages * more / 200)) && trap '' XFSZ && "$gongkai" status --warehouse hurt.db) >out 2>err
        [ $? -eq 7 ] && tried=$((tried + 1))
        case $(version hurt.db)\ $(views hurt.db) in "$n " | "$now ") whole=$((whole + 1)) ;; esac
    done
    is "$((tried > 0)) $whole" "1 4" "version $n stays as it is when there is no room for another ($tried refused)"

    cp old.db new.db
    run status --warehouse new.db
    is "$code $(version new.db)" "0 $now" "version $n is opened and brought to $now" || said
    is "$(views new.db)" "" "its views show what they showed, $(grep -vc '^#' wanted) rows"
    is "$(schema new.db | diff schema.wanted - 2>&1 | head -n 10)" "" "its tables are those of a new warehouse"
    run verify --warehouse new.db
    is "$code" 0 "it is whole" || said
    run rollup --all --warehouse new.db
    is "$code $(views new.db | grep -v "v_run\|^[0-9,acd-]*$")" "0 " "totals made again are those it came with"
    report 益阳市水利局 2022 12 >more.txt
    run import more.txt --warehouse new.db
    before=$(grep "'v_total','430900'.*2022,'self','t3.new.total'" wanted | cut -d, -f8)
    run rollup --warehouse new.db
    is "$code $(sqlite3 new.db "SELECT value FROM v_total WHERE division_code = '430900' AND year = 2022
        AND part = 'self' AND code = 't3.new.total'")" "0 $((before + 12))" "it takes new reports, and its totals follow"
    run reread --warehouse new.db
    is "$code" 0 "its originals can be read again" || said
    run verify --warehouse new.db
    is "$code" 0 "and it is whole after that" || said

    # An analyst's program reads on while it happens, and afterwards, with statements of before.
    cp old.db new.db
    is "$(python3 - new.db "$gongkai" <<'END'
import sqlite3, subprocess, sys
path, gongkai = sys.argv[1:]
db = sqlite3.connect(path, isolation_level=None)
ask = "SELECT report_id, code, state, value, note FROM v_cell ORDER BY report_id, code"
before = db.execute(ask).fetchall()
db.execute("BEGIN")
rows = db.execute(ask)
seen = rows.fetchmany(50)
done = subprocess.run([gongkai, "rollup", "--warehouse", path], capture_output=True)
seen += rows.fetchall()
again = db.execute(ask).fetchall()
db.execute("COMMIT")
print(done.returncode, seen == before, again == before, db.execute(ask).fetchall() == before)
END
)" "0 True True True" "who reads it meanwhile sees version $n to the end, and the same figures afterwards"
done

cp fresh.db newer.db
sqlite3 newer.db "PRAGMA user_version = $((now + 1))"
cp newer.db before.db
refused=0
report 常德市教育局 2023 5 >a.txt
for command in status "import a.txt" rollup "check" "export files" verify "backup copy.db" "nightly --inbox . --out files"; do
    run $command --warehouse newer.db
    [ "$code" -eq 7 ] && grep -q "version $((now + 1))" err && refused=$((refused + 1))
done
is "$refused $(cmp before.db newer.db) $(ls files copy.db 2>/dev/null)" "8  " \
    "a warehouse of a newer version is refused, by every command and in words, and left as it is"
sqlite3 other.db "CREATE TABLE mine (x); INSERT INTO mine VALUES (1)"
cp other.db before.db
run import a.txt --warehouse other.db
is "$code $(cmp before.db other.db)" "7 " "so is a database of another program"
if [ "$(id -u)" -eq 0 ]; then
    mkdir locked && cp old.db locked/old.db && chmod -R a+rX,a-w . && chmod a+w out err 2>/dev/null
    setpriv --reuid 65534 --regid 65534 --clear-groups "$gongkai" status --warehouse locked/old.db >out2 2>err2
    code=$?
    ok "$([ $code -eq 0 ] || grep -q 'older version' err2; echo $?)" \
        "who may not write reads it as it is, or is told to ask its owner (exit $code)"
fi
done_testing
