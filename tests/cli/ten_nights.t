#!/bin/bash
# Ten nights with new, changed, broken, mended and removed files: they converge, and a second world to
# which the same happens comes out the same, byte for byte; so does one that is stopped midway.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2

# happens NIGHT: what becomes of the inbox before that night.
happens() {
    case $1 in
    1) for who in 教育局 财政局 审计局 民政局; do report 常德市$who 2022 7 >$who.txt; done ;;
    2) for who in 教育局 财政局 审计局; do report 常德市$who 2023 9 >$who.2023.txt; done ;;
    3) gzip -nc 审计局.2023.txt | head -c 700 >cut.gz && echo broken >broken.txt ;;
    4) report 常德市教育局 2023 11 2024年3月1日 >教育局.corrected.txt ;;
    5) rm 财政局.txt && report 常德市水利局 2023 2 | gzip -n >水利局.gz ;;
    6) sed 's/| 9 | 0 | 0 | 0 | 0 | 0 | 9 | ||$/| 9 | 0 | 0 | 0 | 0 | 0 | 8 | ||/' 财政局.2023.txt >f && mv f 财政局.2023.txt ;;
    7) report 常德市司法局 2023 4 >broken.txt && mkdir sub && report 武陵区民政局 2023 1 >sub/民政局.txt ;;
    8) rm cut.gz && report 常德市财政局 2023 9 >财政局.2023.txt ;;
    9) (mkdir pack && report 汉寿县教育局 2023 6 >pack/a.txt && report 汉寿县财政局 2023 8 >pack/b.txt &&
        touch -d 2024-02-01 pack pack/* && tar cf 县.tar --sort=name --owner=0 --group=0 pack && rm -r pack) ;;
    10) rm -r sub && : >empty.txt ;;
    esac
}

# night WORLD NIGHT: the run of that night; what it says goes to WORLD.said.
night() {
    GONGKAI_NOW=2025-03-$((10 + $2))T02:00:00Z "$gongkai" nightly -q --page --warehouse "$1.db" \
        --inbox "$1" --out "$1.files" >>"$1.said" 2>&1 &
    job=$!
    [ -z "${3:-}" ] || "$3"
    wait $job
    echo "night $2: exit $?" >>"$1.said"
}
# stop: SIGTERM once the run writes files, should it not be through with them.
stop() {
    for _ in $(seq 200); do
        [ stopped.files/.state -nt stopped.files/coverage.csv ] || break
        kill -0 $job 2>/dev/null || break
        sleep 0.01
    done
    kill -TERM $job 2>/dev/null
}
# files FOLDER [NAME...]: what lies there but for these, each with its hash.
files() {
    (cd "$1" && shift && find . -type f $(printf ' ! -name %s' .state "$@") -exec sha256sum {} + |
        sort -k 2)
}
printf 'agency,division,kind,first_year,last_year,successor,aliases\n' >agencies.csv
for who in 教育局 财政局 审计局 民政局 司法局 水利局; do
    echo "常德市$who,430700,department,2008,,,"
done >>agencies.csv
for world in one two stopped; do
    mkdir $world
    GONGKAI_NOW=2025-03-10T02:00:00Z run register agencies agencies.csv --warehouse $world.db
    for n in 1 2 3 4 5 6 7 8 9 10; do
        (cd $world && happens $n && find . -exec touch -d 2025-02-$((10 + n)) {} +)
        if [ $world$n = stopped5 ] || [ $world$n = stopped9 ]; then
            files stopped.files >old
            night $world $n stop
            files stopped.files >midway
            night $world $n
            files stopped.files | sort - old | comm -13 - <(sort midway) >>half # neither old nor new
            continue
        fi
        night $world $n
    done
done
is "$(grep -c . one.said) $(grep -c 'exit 0' one.said) $(grep 'exit 3' one.said | tr '\n' ' ')" \
    "15 8 night 3: exit 3 night 10: exit 3 " "eight nights are silent; two say what is broken, once"
is "$(diff one.said two.said)" "" "the same happens twice"
is "$(diff <(files one.files) <(files two.files))" "" "and ends with the same files, byte for byte"
ok "$([ "$(files one.files | grep -c 'page/\|\.csv$')" -gt 25 ]; echo $?)" "of which there are many"
for world in one two; do # but for where the inbox lies, and the numbers that the disk gave its files
    cp $world.db copy.$world
    sqlite3 copy.$world "UPDATE folder SET path = ''; UPDATE input SET stamp = 0;
        DELETE FROM seal WHERE name IN ('folder', 'input'); VACUUM"
done
ok "$(cmp -s copy.one copy.two; echo $?)" "and with the same warehouse, byte for byte"
export GONGKAI_WAREHOUSE=$work/one.db
is "$(ask "SELECT value FROM v_total WHERE division_code = '430700' AND year = 2023 AND part = 'region'
    AND code = 't3.new.total'")" "$((11 + 9 + 9 + 2 + 4 + 1 + 6 + 8))" "the totals are those of what came last"
is "$(ask "SELECT count(*), sum(current) FROM report" | head -n 1)" "$(ask "SELECT (SELECT count(*) FROM v_report) +
    (SELECT count(*) FROM v_revision WHERE NOT current), (SELECT count(*) FROM v_report)")" "no revision is lost"
for n in 11 12; do
    night one $n
done
is "$(tail -n 2 one.said | tr '\n' ' ')" "night 11: exit 0 night 12: exit 0 " "nights without news are silent"
is "$(diff <(files one.files) <(files two.files))" "" "and change no byte of any file"
"$gongkai" status >status
is "$(grep -c '^rejects: 2 stand' status)" 1 "status goes on naming what is broken"

# rejects name the run that met them, and a run that was stopped is one more run
but="rejects.csv datapackage.json SHA256SUMS"
is "$(diff <(files stopped.files $but) <(files two.files $but))" "" \
    "stopped midway and run again, it ends with the same files"
is "$(cat half)" "" "meanwhile each of them is the old one or the new one"
is "$(sqlite3 stopped.db 'SELECT * FROM v_total' | sort | cmp - <(sqlite3 two.db 'SELECT * FROM v_total' | sort))" "" \
    "and with the same totals"
for world in one two stopped; do
    run verify --warehouse $world.db
    is "$code" 0 "the warehouse is whole ($world)"
done
done_testing
