#!/bin/bash
# Kept originals are recognised again.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2

mkdir in
report 常德市教育局 2023 5 >in/a.txt
report 常德市教育局 2023 5 >in/mirror.txt
report 常德市林业局 2022 3 | gzip -c >in/forestry.txt.gz
head -c 300 in/a.txt >in/broken.txt
report '' 2021 3 | sed '1d;s/本报告由.*止。/本报告/' >in/nameless.txt
run import --originals compressed in
ask 'SELECT * FROM report ORDER BY report_id' >before
run reread
is "$code $(head -n 1 out)" "0 read 5 = loaded 0 + unchanged 5 + rejected 0" \
    "nothing is read differently by the same program"
is "$(ask 'SELECT * FROM report ORDER BY report_id' | cmp - before)" "" "and nothing is written"
printf 'path,agency,division,year\nnameless.txt,常德市气象局,430700,2021\nforestry.txt.gz,湖南省林业局,430000,\n' >m.csv
run reread --manifest m.csv
is "$code $(head -n 1 out)" "0 read 5 = loaded 2 + unchanged 3 + rejected 0" "a manifest says more"
is "$(ask "SELECT report_id, agency, year FROM v_report WHERE source <> 'a.txt' ORDER BY year")" \
    "5|常德市气象局|2021
3|湖南省林业局|2022" "a report keeps its number when it turns out to be another agency's"
is "$(ask 'SELECT source FROM v_reject')" broken.txt "a reject that can be read now is settled"
run reread
is "$code $(head -n 1 out)" "0 read 5 = loaded 0 + unchanged 5 + rejected 0" \
    "what the manifest said holds without it"
run withdraw 1 --to-year 2020 --reason 'by hand'
run reread
is "$(ask "SELECT year FROM v_report WHERE agency = '常德市教育局'")" 2020 "what a person gave away stays there"
cp in/a.txt in/again.txt
run import in
is "$(ask "SELECT year FROM v_report WHERE agency = '常德市教育局'")" 2020 "also when one more copy comes"

# As if an earlier version of the program had read a figure wrongly.
sqlite3 gongkai.db "UPDATE fact SET v0 = 50 WHERE report_id = 3 AND line = 16;
    UPDATE report SET figures = 1, contents = 0 WHERE report_id = 3"
run reread
is "$(grep -c figures-changed err)" 1 "it says whose figures have changed"
is "$(ask 'SELECT count(*) FROM v_cell WHERE report_id = 3 AND value = 50')" 0 "they are mended"
is "$(ask 'SELECT revision FROM v_report WHERE report_id = 3')" "$(ask 'SELECT max(revision) FROM report WHERE report_id = 3')" \
    "without a new revision"

# As if an earlier version had taken what is no report: from one of two files, then from both.
bytes() { # NAME SHA256: says that these are the bytes of that file
    sqlite3 gongkai.db "UPDATE input SET sha256 = x'$2' WHERE name = '$1'"
}
bad=$(sqlite3 gongkai.db "SELECT hex(sha256) FROM input WHERE name = 'broken.txt'")
first=$(sqlite3 gongkai.db "SELECT hex(sha256) FROM input WHERE name = 'a.txt'")
bytes a.txt "$bad"
run reread
is "$code $(ask "SELECT source FROM v_report WHERE report_id = 1")" "3 mirror.txt" \
    "a report that one of its files no longer gives stands on the other"
run reread
is "$code" 0 "which is said once"
bytes mirror.txt "$bad"
bytes again.txt "$bad"
run reread
is "$code $(ask "SELECT count(*) FROM v_report WHERE report_id = 1") $(ask "SELECT count(*) FROM
    v_withdrawal WHERE report_id = 1 AND reason LIKE 'read again%'")" "3 0 1" \
    "one that no file gives any more is taken out, with the reason"
bytes a.txt "$first"
bytes mirror.txt "$first"
bytes again.txt "$first"
run verify
is "$code $(grep -c 'gongkai: error: wrong' err) $(grep -c "table report " err)" "7 1 1" \
    "and kept; that another program wrote is found"

rm gongkai.db*
run import --originals none in
run reread
is "$code $(grep -c '4 originals not kept' out)" "0 1" "hashes alone cannot be read again"
run verify
is "$code" 0 "the warehouse is whole"
done_testing
