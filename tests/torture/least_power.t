#!/bin/bash
# What the README says the nightly job needs: an unprivileged user who reads the inbox and writes one folder.
. "$(dirname "$0")/../cli/lib.sh"
cd "$work" || exit 2
if [ "$(id -u)" -ne 0 ]; then
    echo "ok 1 - # skip only root can become somebody else"
    echo "1..1"
    exit 0
fi
chmod 755 "$work"
mkdir inbox own
cp "$top"/fixtures/pdf/table.pdf inbox/
for i in 10 11 12; do report "常德市第${i}局" 2023 "$i" >"inbox/$i.txt"; done
chmod -R a+rX,a-w inbox
chown 65534:65534 own
chmod 700 own
cp "$gongkai" program && chmod 755 program
export GONGKAI_WAREHOUSE=$work/own/gongkai.db
nobody() { # no rights but a user's own, no way to get more, nowhere to write but own/
    (cd / && env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 GONGKAI_NOW="$GONGKAI_NOW" \
        setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all \
        ${jail:-} "$work/program" "$@") >out 2>err
    code=$?
}
nobody nightly --warehouse "$GONGKAI_WAREHOUSE" --inbox "$work/inbox" --out "$work/own/files" --page
ok "$([ $code -eq 0 ] || [ $code -eq 3 ]; echo $?)" "a whole night is done by nobody, who writes one folder (exit $code)" || said
is "$(ask "SELECT count(*) FROM v_report WHERE agency LIKE '常德市第%'") $([ -s own/files/city-year.csv ] && echo files) $([ -s own/files/page/index.html ] && echo page)" \
    "3 files page" "its reports, files and pages are there" || said
is "$(find own ! -user 65534 | wc -l) $(find inbox -newer program -user 65534 | wc -l)" "0 0" "all is the user's own, and the inbox is as it was"
nobody backup "$work/own/backup.db" --warehouse "$GONGKAI_WAREHOUSE"
is "$code" 0 "so is a backup" || said
nobody verify --warehouse "$work/own/backup.db"
is "$code" 0 "and its check" || said
nobody import --warehouse "$work/elsewhere.db" "$work/inbox"
is "$code $(ls "$work" | grep -c elsewhere)" "7 0" "where the user may not write it says so, and leaves nothing" || said
if unshare --net true 2>/dev/null; then
    rm -f own/gongkai.db*
    jail="" # no network, not even the machine's own
    (cd / && unshare --net setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs \
        "$work/program" nightly -q --warehouse "$GONGKAI_WAREHOUSE" --inbox "$work/inbox" --out "$work/own/files") >out 2>err
    code=$?
    ok "$([ $code -eq 0 ] || [ $code -eq 3 ]; echo $?)" "without any network it is the same (exit $code)" || said
fi

# Restored as the README says: stop the job, prove the backup, put it in the warehouse's place, import again.
export GONGKAI_WAREHOUSE=$work/restored.db
cp own/backup.db safe.db
run verify --warehouse safe.db
is "$code" 0 "a backup is proved before it is put in place"
echo rubbish >restored.db
rm -f restored.db restored.db-wal restored.db-shm
cp safe.db restored.db
report 常德市第13局 2023 13 >later.txt
run import inbox later.txt
run rollup
run verify
is "$code $(ask "SELECT count(*) FROM v_report WHERE agency LIKE '常德市第%'")" "0 4" "restored it takes what came since, and is whole" || said
done_testing
