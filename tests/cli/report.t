#!/bin/sh
# A region's composite, written as CSV, HTML and XLSX and imported again, has the same cells.
cd "$(dirname "$0")/../.." || exit
fixtures=$PWD/fixtures/province
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit
export GONGKAI_NOW=2024-04-01T00:00:00Z
n=0
ok() {
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}

"$GONGKAI" register agencies "$fixtures/agencies.csv" -q -w a.db
"$GONGKAI" import "$fixtures/inbox" -q -w a.db >/dev/null 2>&1 # some of it is bad on purpose
"$GONGKAI" rollup -q -w a.db
for year in 2020 2022; do
    for format in csv html xlsx; do
        file=常德市$year.$format
        "$GONGKAI" report -w a.db -d 430700 -y $year -f $format -o "$file"
        "$GONGKAI" report -w a.db -d 430700 -y $year -f $format -o - >again
        cmp -s "$file" again
        ok $? "the report of $year as $format is the same bytes twice"
        rm -f b.db
        "$GONGKAI" import "$file" -q -w b.db 2>errors
        [ ! -s errors ] && [ "$(sqlite3 b.db "
            ATTACH 'a.db' AS a;
            SELECT count(*), sum(t.value IS c.value), sum(c.code IS NOT NULL)
              FROM a.v_total t LEFT JOIN v_cell c ON c.code = t.code
             WHERE t.division_code = '430700' AND t.year = $year AND t.part = 'region'
               AND t.value IS NOT NULL")" = \
            "$(case $year in 2020) echo '198|198|198' ;; *) echo '200|200|200' ;; esac)" ]
        ok $? "imported again as $format every cell of $year is the total's"
        [ "$(sqlite3 b.db "SELECT agency, division_code, year, scope FROM v_report")" = \
            "常德市人民政府|430700|$year|composite" ] &&
            [ "$(sqlite3 b.db 'SELECT count(*) FROM v_finding')" = 0 ]
        ok $? "and it is the region's composite of $year, read without a doubt ($format)"
    done
done

for format in csv html xlsx; do
    LC_ALL=en_US.UTF-8 "$GONGKAI" report -w a.db -d 430700 -y 2022 -f $format | cmp -s - 常德市2022.$format &&
        LC_ALL=zh_CN.UTF-8 "$GONGKAI" report -w a.db -d 430700 -y 2022 -f $format --lang zh |
        cmp -s - 常德市2022.$format
    ok $? "a report as $format is Chinese whatever the locale"
    "$GONGKAI" report -w a.db -d 430700 -y 2022 -f $format --lang en -o en.$format
    rm -f b.db
    "$GONGKAI" import en.$format -q -w b.db 2>errors
    [ ! -s errors ] && [ "$(sqlite3 b.db "
        ATTACH 'a.db' AS a;
        SELECT count(*), sum(t.value IS c.value), sum(c.code IS NOT NULL)
          FROM a.v_total t LEFT JOIN v_cell c ON c.code = t.code
         WHERE t.division_code = '430700' AND t.year = 2022 AND t.part = 'region'
           AND t.value IS NOT NULL; SELECT agency, year, scope FROM v_report")" = \
        "200|200|200
常德市人民政府|2022|composite" ]
    ok $? "with English around the form it is read in all the same ($format)"
done
grep -q '^"Covers 本行政区域, the whole region. 16 reports expected, 1 missing; 15 received.*武陵区民政局' en.csv &&
    grep -q '<html lang="en">' en.html && grep -q '16 reports expected, 1 missing' en.html &&
    grep -q ' lang="zh-CN" data-en="Normative documents">行政规范性文件</th>' en.html
ok $? "there it says in English what is missing and what the labels mean"
grep -q '应报16份，未报1份.*武陵区民政局' 常德市2022.csv && grep -q '未报1份.*武陵区民政局' 常德市2022.html
ok $? "it says on its face what is missing"
grep -q '新收政府信息公开申请[0-9]*件，比上年' 常德市2022.csv
ok $? "its draft sentences set the year beside the last one"
grep -q '^新收政府信息公开申请[0-9]*件，上年结转[0-9]*件' 常德市2020.csv && ! grep -q '比上年' 常德市2020.csv
ok $? "and say no more than the year's figures where there is no last one"
"$GONGKAI" report -w a.db -d 430700 -y 2022 --part self --no-bom | head -n 2 | tail -n 1 |
    grep -q '^汇总范围：本级'
ok $? "本级 alone can be had"
TZ=Asia/Shanghai "$GONGKAI" report -w a.db -d 430700 -y 2022 -f xlsx | cmp -s - 常德市2022.xlsx
ok $? "a workbook is the same bytes in another time zone"
"$GONGKAI" report -w a.db -d 439999 -y 2022 >out 2>err
[ $? -eq 2 ] && [ ! -s out ] && grep -q 439999 err
ok $? "an unknown division is a mistake of usage"
"$GONGKAI" report -w a.db -d 430700 -y 2015 >out 2>err
[ $? -eq 2 ] && grep -q 2015 err
ok $? "so is a year without totals"
"$GONGKAI" report -w a.db -d 430700 -y 2022 -o nowhere/x.csv 2>err
[ $? -eq 7 ] && grep -q nowhere/x.csv err
ok $? "a folder that is not there is named"
"$GONGKAI" export files --page -w a.db >/dev/null && "$GONGKAI" export files --page -w a.db |
    grep -q ' 0 changed, 0 removed'
ok $? "an export over an export changes nothing"
LC_ALL=zh_CN.UTF-8 "$GONGKAI" export files --page -w a.db --json | grep -q '"changed": 0,'
ok $? "nor does another locale change a byte"
cp -r files english && "$GONGKAI" export english --page -w a.db --lang en -q &&
    [ "$(diff -rq files english | grep -v '/page/\|\.state')" = "" ] &&
    grep -q '<html lang="en">' english/page/index.html && grep -q '<html lang="zh-CN">' files/page/index.html
ok $? "--lang en makes the overview English, and no other file another one"
(cd files && sha256sum -c --quiet SHA256SUMS) && (cd files/page && sha256sum -c --quiet SHA256SUMS)
ok $? "its hashes are true"
[ "$(sed -n 's/^"430700",常德市,prefecture,2022,region,t3.new.total,[^,]*,件,\([0-9]*\),.*/\1/p' files/city-year.csv)" = \
    "$(sqlite3 a.db "SELECT value FROM v_total WHERE division_code = '430700' AND year = 2022
                      AND part = 'region' AND code = 't3.new.total'")" ]
ok $? "a city's total is in the file of cities"
! grep -q '^"430000"\|^"430702"' files/city-year.csv && grep -q '^"430702"' files/county-year.csv &&
    grep -q '^"430000"' files/province-year.csv && grep -q '^"000000"' files/nation-year.csv
ok $? "each division is in the file of its level"
head -n 1 files/county-year.csv | grep -q 'n_expected,n_reported,n_missing,.*n_blank,.*n_late,largest,largest_share' &&
    [ "$(grep '^"430702",.*,2021,region,t3.new.total,' files/county-year.csv | tr -d '\r' | sed 's/.*件,//' | cut -d, -f 1,8-10)" = \
        "$(sqlite3 -separator , a.db "SELECT value, n_late, largest, largest_share FROM v_total
            WHERE division_code = '430702' AND year = 2021 AND part = 'region' AND code = 't3.new.total'")" ]
ok $? "each line says how many are late, and what part the largest report makes up"
head -n 1 files/findings.csv | grep -q ',waived,waiver_reason,waived_at,first_seen,source,line'
ok $? "a finding has its waiver, the day it was first seen, its file and its line"
"$GONGKAI" check -q -w a.db >/dev/null 2>&1
printf 'agency,year,rule,code,reason\n赫山区教育局,2022,handled,,单位已说明\n' >waivers.csv
"$GONGKAI" register waivers waivers.csv -q -w a.db
"$GONGKAI" report -w a.db -d 430903 -y 2022 -f html >waived.html
grep -q '问题（错误1条，提示[0-9]*条，已豁免1条）' waived.html &&
    grep -q '<td class="s">豁免</td>.*handled.*（已豁免：单位已说明，2024-04-01）' waived.html
ok $? "a waived finding is shown with its reason and its day, and counts as no error"
"$GONGKAI" export waived --page -q -w a.db &&
    grep -q '<tr><th scope="row">办理结果合计（handled）</th><td class="t">错误</td><td>1</td><td>1</td></tr>' waived/page/430903.html
ok $? "the overview says how many of the findings are waived"
echo "1..$n"
