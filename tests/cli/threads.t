#!/bin/bash
# However many threads read, the same is stored and the same is said, in the same order.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
export GONGKAI_NOW=2026-01-01T00:00:00Z

# The made-up province, a file of many reports, archives with broken members, a file that is none.
mkdir -p in/a in/z
cp -r "$top/fixtures/province/inbox/." in/a
for a in 教育局 财政局 审计局; do
    for code in new granted handled; do
        for column in person total; do
            echo "常德市$a,430700,2023,own,t3.$code.$column,5"
        done
    done
done | sed '1i 单位,区划,年份,范围,指标,数值
9s/t3/t9/' >in/z/all.csv
echo nothing >in/z/broken.txt
report 常德市水利局 2023 5 >in/z/same.txt
tar czf in/pack.tgz -C in z
head -c 200 in/pack.tgz >in/cut.tgz
# a file so long that it is hashed beside its reading: one report in ten says something twice
awk 'BEGIN {
    print "agency,division,year,scope,code,value"
    for (i = 0; i < 1200; i++)
        for (k = 0; k < 230; k++)
            printf "湖南省常德市武陵区第%d街道办事处,430702,2023,own,t3.%s.person,%d\n", i,
                   k % 2 ? "new" : "carried_in", k % 2 + (i % 10 == 0 && k == 229)
}' >in/z/long.csv
find in -type f -exec touch -d 2025-12-01 {} +

for threads in 1 2 3 8; do
    run import --threads "$threads" --warehouse "$threads.db" in
    sqlite3 "$threads.db" .dump >"$threads.sql"
    { cat out err; echo "$code"; } >"$threads.said"
done
ok "$([ "$(sqlite3 1.db 'SELECT count(*) FROM v_report')" -gt 80 ]; echo $?)" "one thread stores the reports"
is "$(tail -n 1 1.said) $(sqlite3 1.db 'SELECT count(*) > 2 FROM v_reject')" "3 1" "and rejects what is broken"
for threads in 2 3 8; do
    is "$(cmp 1.sql "$threads.sql" 2>&1)" "" "$threads threads store what one does"
    is "$(cmp 1.said "$threads.said" 2>&1)" "" "$threads threads say what one does"
done
done_testing
