#!/bin/bash
# The overview of ten thousand divisions: all have their page, within the memory of any other run, no page
# is too large for a phone, and a night that changes nothing, or one report, writes no more than that.
. "$(dirname "$0")/lib.sh"
measure=${TOOLS:-$top/build/release/tests}/measure
need "$measure"
cd "$work" || exit
mkdir inbox

# A register of zones below every county of today, an office and its reports of two years in each.
awk -F, -v MANY=7300 '
    NR == 1 { next }
    $3 == "county" && $6 == 2024 && $1 !~ /^(71|81|82)/ { county[++n] = $1 }
    END {
        print "code,name,level,parent_code,first_year,last_year" >"divisions.csv"
        print "agency,division,kind,first_year,last_year" >"agencies.csv"
        print "agency,division,year,scope,t3.new.total,t3.handled.total,t3.granted.total" >"inbox/all.csv"
        for (i = 1; i <= n + MANY; i++) {
            code = county[i]
            if (i > n) {
                code = "9" sprintf("%08d", i)
                print code ",试验" i "区,zone," county[i % n + 1] ",2019,2024" >"divisions.csv"
            }
            print "试验" i "局," code ",department,2019," >"agencies.csv"
            for (year = 2022; year <= 2023; year++)
                print "试验" i "局," code "," year ",own," i % 97 + year - 2021 "," i % 89 "," i % 13 >"inbox/all.csv"
        }
    }' "$top/sql/divisions.csv"
run register -q divisions divisions.csv
is "$code$(cat err)" 0 "a register of seven thousand zones is taken"
run register -q agencies agencies.csv
is "$code$(cat err)" 0 "and one of ten thousand agencies"
sed -n 1,2p inbox/all.csv >one.csv
run import -q inbox
run rollup -q
is "$code$(cat err)" 0 "twenty thousand reports are loaded and added up"

# pages: writes the overview, and hardly more beside it; KiB are those of the greatest process.
pages() {
    "$measure" --rounds 1 pages '' "'$gongkai' export --page --only coverage -q '$work/files'" >measured
}
pages
wanted=$(ask "SELECT count(*) FROM (SELECT division_code FROM v_coverage WHERE expected + received > 0
    GROUP BY division_code)")
is "$(find files/page -name '[0-9]*.html' | wc -l | tr -d ' ')" "$wanted" "every division with reports has its page"
ok "$([ "$wanted" -gt 10000 ]; echo $?)" "there are more than ten thousand"
echo "# $(awk -F '\t' '{ print $6 " s of processor, " $7 " KiB" }' measured)"
ok "$([ "$(cut -f 7 measured)" -lt $((48 * 1024)) ]; echo $?)" "it takes less than 48 MiB"
ok "$([ "$(find files/page -name 'index.html' -size -100k | wc -l)" = 1 ]; echo $?)" "the first page is of less than 100 KiB"
is "$(find files/page -name '*.html' -size +200k)" "" "and none is of more than 200 KiB"
is "$(grep -o 'href="[^"]*"' files/page/regions-*.html | sed 's/.*href="//; s/"//' | grep '^[0-9].*html' | sort -u |
    wc -l | tr -d ' ')" "$wanted" "each is reached from the list of divisions"
touch mark
pages
is "$(find files -type f ! -name .state -newer mark)" "" "a second run writes none of them"
sed -i '2s/[^,]*,[^,]*,[^,]*$/9999,&/; 2s/,[^,]*$//' one.csv
sed -i "2s/.*/$(sed -n 2p one.csv)/" inbox/all.csv
run import -q inbox
run rollup -q
pages
is "$code $(find files/page -name '[0-9]*.html' -newer mark | wc -l | awk '{ print ($1 > 1 && $1 < 400) }')" "0 1" \
    "when one report has changed only its region's pages, and those of the regions above and beside, are written" || said
find files/page -name '[0-9]*.html' -newer mark | sed 's/^/# /' | head -n 10
done_testing
