#!/bin/bash
# Inputs of every shape: many reports in a file, archives, long files, what cannot be opened.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2

long_csv() { # AGENCIES YEAR
    echo '单位,区划,年份,范围,指标,数值'
    for a in "$@"; do
        for code in new granted handled; do
            for column in person total; do
                echo "$a,430700,2023,own,t3.$code.$column,5"
            done
        done
    done
}
mkdir in
long_csv 常德市教育局 常德市财政局 常德市审计局 >in/all.csv
sed -i 's/常德市财政局,430700,2023,own,t3.granted.total,5/常德市财政局,430700,2023,own,t3.grantedtotal,5/' in/all.csv
run import in
is "$code $(head -n 1 out)" "3 read 1 = loaded 1 + unchanged 0 + rejected 0" \
    "a bad line rejects its report, the file's others load"
is "$(ask 'SELECT agency FROM v_report ORDER BY report_id')" "常德市教育局
常德市审计局" "the others are there"
is "$(ask 'SELECT source, line, whose FROM v_reject')" "all.csv|11|常德市财政局/2023/own" \
    "the reject says file, line and whose report it is"
run import in
is "$code $(head -n 1 out)" "0 read 1 = loaded 0 + unchanged 1 + rejected 0" "met again it is known"
long_csv 常德市教育局 常德市财政局 常德市审计局 >in/all.csv
run import in
is "$code $(head -n 2 out | tail -n 1) $(ask 'SELECT count(*) FROM v_reject')" \
    "0 reports: 1 new, 0 revised, 2 known already 0" "the mended file settles it"
{ long_csv 常德市教育局; echo '"常德市民政局,430700,2023,own,t3.new.total,5'; } >in/all.csv
run import in
is "$code $(ask 'SELECT count(*) FROM v_report')" "3 3" "a quote that never ends is a reject, and loses nothing"
rm in/all.csv

mkdir -p pack/deep
report 常德市水利局 2023 5 >pack/a.txt
report 常德市林业局 2023 6 | gzip -c >pack/deep/b.txt.gz
echo broken >pack/c.txt
(cd pack && tar czf ../in/all.tgz .)
run import in
is "$code $(head -n 1 out)" "3 read 3 = loaded 2 + unchanged 0 + rejected 1" "an archive's members are inputs"
is "$(ask "SELECT source FROM v_report WHERE source LIKE 'all.tgz%' ORDER BY 1")" "all.tgz/a.txt
all.tgz/deep/b.txt.gz" "named archive/member"
run import in
is "$code $(head -n 1 out)" "0 read 3 = loaded 0 + unchanged 3 + rejected 0" "met again each of them is known"
touch in/all.tgz
run import in
is "$code $(head -n 1 out)" "0 read 3 = loaded 0 + unchanged 3 + rejected 0" "also when the archive has a new time"
report 常德市水利局 2023 9 >pack/a.txt
(cd pack && tar czf ../in/all.tgz .)
run import in
is "$code $(head -n 1 out)" "0 read 3 = loaded 1 + unchanged 2 + rejected 0" "of a new archive the changed member is loaded"
head -c 150 in/all.tgz >in/cut.tgz
run import in
is "$code $(ask "SELECT source FROM v_reject WHERE source LIKE 'cut%'")" "3 cut.tgz" "an archive that is cut off is rejected"
is "$(sqlite3 gongkai.db "SELECT sz FROM sqlar WHERE name LIKE '%/cut.tgz'")" 150 "and kept"
rm in/*.tgz

# Longer than what is held in memory: in parts of 4 MiB.
{ report 常德市档案局 2023 5; yes '我们认真落实了各项要求。' | head -c 40000000; } >big.txt
size=$(stat -c %s big.txt)
long_csv 常德市体育局 >big.csv
yes '单位乙,430700,2022,own,t3.new.total,0' | head -n 500000 >>big.csv
for how in file stdin zip; do
    rm -f gongkai.db*
    case $how in
    file) run import big.csv ;;
    stdin) run import - <big.csv ;;
    zip) (cd "$work" && python3 -m zipfile -c big.zip big.csv) && run import big.zip ;;
    esac
    is "$(head -n 1 out | cut -d' ' -f1-2) $(ask 'SELECT parts FROM original')" "read 1 5" \
        "a long input is kept in parts ($how)"
    rm -rf got && mkdir got && (cd got && sqlite3 -A -x -f "$GONGKAI_WAREHOUSE" >/dev/null 2>&1)
    is "$(cat got/*/* | cmp - big.csv)" "" "which make up the original again"
    run verify
    is "$code" 0 "and have its hash"
    ask "SELECT agency, year, code, value FROM v_cell ORDER BY 1, 2, 3" >"cells.$how"
done
is "$(cmp cells.file cells.stdin; cmp cells.file cells.zip)" "" "whichever way it came, the cells are the same"
run import big.zip
is "$code $(head -n 1 out)" "0 read 1 = loaded 0 + unchanged 1 + rejected 0" "met again it is known"
touch big.zip
run import big.zip
is "$code $(head -n 1 out)" "0 read 1 = loaded 0 + unchanged 1 + rejected 0" "also with a new time"
run reread
is "$code $(head -n 1 out)" "0 read 1 = loaded 0 + unchanged 1 + rejected 0" "and read again from its parts"
rm -f gongkai.db*
run import --originals none big.csv
is "$(ask 'SELECT count(*) FROM sqlar')$(ask 'SELECT size FROM input')" "0$(stat -c %s big.csv)" \
    "with --originals none its hash and size are kept alone"
done_testing
