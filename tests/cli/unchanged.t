#!/bin/bash
# Files that have not changed are known by size, time and inode; where these are in doubt, by their hash.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2

# value: the figure of 常德市教育局 as it stands.
value() {
    ask "SELECT value FROM v_cell WHERE agency = '常德市教育局' AND code = 't3.new.total'"
}

mkdir -p in/b
report 常德市教育局 2023 5 >in/a.txt
report 常德市财政局 2023 7 >in/b/2.txt
report 常德市民政局 2023 1 >in/b.txt
find in -type f -exec touch -d '2024-02-01 10:00:00.123456789' {} +
run import in
is "$(head -n 1 out)" "read 3 = loaded 3 + unchanged 0 + rejected 0" "three files are read"
ask .dump | grep -v "INTO run\\|INTO seal VALUES('run'" >before
run import in
is "$code $(head -n 1 out)" "0 read 3 = loaded 0 + unchanged 3 + rejected 0" "and known again"
is "$(ask .dump | grep -v "INTO run\\|INTO seal VALUES('run'" | cmp - before)" "" "the warehouse is the same"

# In place, so that the inode stays.
report 常德市教育局 2023 6 >again && cat again >in/a.txt
touch -d '2024-02-01 10:00:00.123456789' in/a.txt
run import in
is "$(head -n 1 out) $(value)" "read 3 = loaded 0 + unchanged 3 + rejected 0 5" \
    "a change that hides behind size, time and inode is not looked for"
run import --rehash in
is "$(head -n 1 out) $(value)" "read 3 = loaded 1 + unchanged 2 + rejected 0 6" "but found with --rehash"
run import --rehash in
is "$(head -n 1 out)" "read 3 = loaded 0 + unchanged 3 + rejected 0" "which reads all and changes nothing"

touch -d '2024-02-01 10:00:00.123456788' in/a.txt
report 常德市教育局 2023 7 >again && cat again >in/a.txt
touch -d '2024-02-01 10:00:00.123456788' in/a.txt
run import in
is "$(value)" 7 "a nanosecond is enough to look"

# Written again in the tick of the clock in which it was read.
report 常德市教育局 2023 8 >again && cat again >in/a.txt && cp -p in/a.txt young
run import in
is "$(value)" 8 "a young file is read"
report 常德市教育局 2023 9 >again && cat again >in/a.txt && touch -r young in/a.txt
run import in
is "$(value)" 9 "and read again, though size, time and inode are the same"

report 常德市教育局 2023 5 >in/new && touch -d '2024-02-01 10:00:00.123456789' in/new && mv in/new in/a.txt
run import in
is "$(value)" 5 "another file of the same size and time is another one"
run import in
is "$(head -n 1 out)" "read 3 = loaded 0 + unchanged 3 + rejected 0" "and known from then on"
rm in/b.txt && report 常德市司法局 2023 1 >in/b/1.txt
run import in
is "$(head -n 1 out)" "read 3 = loaded 1 + unchanged 2 + rejected 0" "a new file between known ones is read"
run import --year 2022 in
is "$(head -n 1 out)" "read 3 = loaded 3 + unchanged 0 + rejected 0" \
    "files that have not changed are read again when something else is said of them"
done_testing
