#!/bin/bash
# What a command may write to, and what it may not: never the warehouse, never a foreign file, never its own inbox.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
report 常德市教育局 2023 5 >a.txt
run import a.txt
run rollup
cp gongkai.db before.db
refused=0
for name in gongkai.db ./gongkai.db "$work/gongkai.db" gongkai.db-wal gongkai.db-shm gongkai.db-journal gongkai.db.lock; do
    for format in csv html xlsx; do
        run report --division 430700 --year 2023 --format $format --output "$name"
        [ "$code" -eq 2 ] && grep -q "belongs to the warehouse" err && refused=$((refused + 1))
    done
    run backup "$name"
    [ "$code" -eq 2 ] && refused=$((refused + 1))
done
ln -s . here && ln gongkai.db other.db
for name in here/gongkai.db other.db; do
    run backup "$name"
    [ "$code" -eq 2 ] && refused=$((refused + 1))
done
is "$refused $(cmp before.db gongkai.db) $(ls gongkai.db*| wc -l)" "30  2" \
    "no report and no backup is written over the warehouse or what belongs to it, by whatever name" || said
rm other.db here

refused=0
for command in "export" "nightly --inbox . --out" "report --division 430700 --year 2023 --output" "backup"; do
    run $command ""
    [ "$code" -eq 2 ] && refused=$((refused + 1))
done
run status --warehouse ""
[ "$code" -eq 2 ] && refused=$((refused + 1))
is "$refused $(ls | wc -l)" "5 6" "an empty name is no place to write to, nor a warehouse" || { said; ls; }
refused=0
for name in :memory: file:x.db?mode=memory file:y.db; do
    run import a.txt --warehouse "$name"
    [ "$code" -eq 2 ] && refused=$((refused + 1))
done
is "$refused $(ls | wc -l)" "3 6" "a warehouse in memory, which would be gone at the end, is none" || { said; ls; }

mkdir els files && echo precious >els/index.html && ln -s ../els files/page
run export files --page
is "$code $(cat els/index.html)" "7 precious" "the overview is not written through a link" || said
run nightly --inbox . --out files --page
is "$code $(cat els/index.html)" "7 precious" "nor by the nightly run" || said
rm -r files els

# The inbox.
mkdir in && cp a.txt in/
run nightly --inbox in --out in
is "$code $(ls in)" "2 a.txt" "the inbox is no place for the files" || said
codes=
for night in 1 2 3; do
    run nightly --inbox in --out in/files --warehouse nights.db
    codes="$codes$code $(sqlite3 nights.db "SELECT read FROM run WHERE command = 'nightly' ORDER BY run_id DESC LIMIT 1") "
done
is "$codes" "0 1 0 1 0 1 " "files written inside the inbox are not read as reports" || said
mkdir in/files2 && report 常德市财政局 2023 5 >in/files2/b.txt && report 常德市水利局 2023 5 >in/files.txt
run nightly --inbox in --out in/files --warehouse nights.db
is "$code $(sqlite3 nights.db 'SELECT count(*) FROM v_report')" "0 3" "but what only begins with that name is" || said
rm -r in/files2 in/files.txt
if [ "$(id -u)" -eq 0 ]; then
    rm -r in/files
    chmod 755 . && mkdir -m 777 free && mkdir in/shut && report 常德市财政局 2023 5 >in/shut/b.txt && chmod 000 in/shut
    plain() { setpriv --reuid 65534 --regid 65534 --clear-groups "$gongkai" "$@" --warehouse free/g.db >out 2>err; code=$?; }
    plain nightly -q --inbox in --out free/files
    is "$code $(sqlite3 free/g.db 'SELECT source, reason FROM v_reject') $(sqlite3 free/g.db 'SELECT count(*) FROM v_report')" \
        "3 shut/|unreadable 1" "a folder inside the inbox that cannot be opened is rejected, the rest goes on" || said
    plain nightly -q --inbox in --out free/files
    is "$code $(sqlite3 free/g.db 'SELECT source, reason FROM v_reject')" "0 shut/|unreadable" \
        "and stands rejected, known now" || said
    chmod 755 in/shut
    plain nightly -q --inbox in --out free/files
    is "$code $(sqlite3 free/g.db 'SELECT count(*) FROM v_reject') $(sqlite3 free/g.db 'SELECT count(*) FROM v_report')" "0 0 2" \
        "once it can be opened the reject is settled and its files are read" || said
    chmod 000 in
    plain nightly -q --inbox in --out free/files
    is "$code $(grep -c 'cannot be opened' err)" "7 1" "an inbox that cannot be opened is not all well" || said
    chmod 755 in
fi

# A terminal. What an input says must not move its cursor.
rm -f gongkai.db*
printf 'agency,division,year,scope,code,value\n常德市\033[31m红局,430700,2023,own,t3.new.total,7（\033]0;x\007注\302\233）\n' >l.csv
"$gongkai" import -q l.csv >out 2>&1
"$gongkai" rollup -q
for command in "explain --division 430700 --year 2023 --code t3.new.total" "report --division 430700 --year 2023" status; do
    script -qec "$gongkai $command" /dev/null </dev/null >shown
    is "$(tr -d '\r' <shown | grep -c "$(printf '[\001-\010\013-\037]\\|\302[\200-\237]')") $(wc -l <shown | awk '{ print ($1 > 3) }')" "0 1" \
        "${command%% *} sends no control character of an input to a terminal" || cat -v shown | head -20
done
is "$("$gongkai" explain --division 430700 --year 2023 --code t3.new.total --json | tr -d '\n' | grep -c "$(printf '\033')")" 0 \
    "nor does JSON hold one"

# A code that is no division.
run check --division 430799
is "$code $(grep -c 'no division that is known' err)" "2 1" "check of a division that is none does not say that all is well" || said

run import a.txt --division 4307OO
is "$code $(grep -c 'no division that is known' err) $(ask "SELECT count(*) FROM v_report WHERE agency = '常德市教育局'")" "2 1 0" \
    "nor is a report stored under one" || said

# Streams and limits.
"$gongkai" import --rehash a.txt >&- 2>err
is "$? $(wc -c <gongkai.db.lock)" "7 0" "what cannot be said because the stream is closed goes into no file"
"$gongkai" import --rehash a.txt 2>&- >out
is "$(wc -c <gongkai.db.lock)" 0 "nor what is logged"
"$gongkai" status <&- >out 2>err
is "$?" 0 "a closed input does no harm"
for i in $(seq 300); do report "常德市第${i}局" 2023 "$i" >"in/$i.txt"; done
(ulimit -f 64; "$gongkai" import in --warehouse small.db >out 2>err)
is "$? $(grep -c 'exit=7' err)" "7 1" "a file that may grow no more ends the run with words" || said
"$gongkai" import in --warehouse small.db >out 2>err
"$gongkai" verify --warehouse small.db >out 2>err
is "$? $(sqlite3 small.db 'SELECT count(*) FROM v_report')" "0 302" "and the next one does its work" || said
done_testing
