#!/bin/sh
# What must not stand in the sources. A line that has to holds a comment "lint: ..." that says why.
cd "$(dirname "$0")/../.." || exit
files() {
    git -c core.quotepath=off ls-files 2>/dev/null | grep . ||
        find . -name .git -prune -o -name build -prune -o -type f -print | sed 's|^\./||'
}
sources() {
    files | grep -E '\.[ch]$' | grep -E "$1"
}

# none SENTENCE: holds when nothing comes in. (It runs in a subshell: tests are counted at the end.)
none() {
    found=$(cat)
    if [ -z "$found" ]; then
        echo "ok - $1"
    else
        echo "not ok - $1"
        printf '%s\n' "$found" | head -n 20 | sed 's/^/# /'
    fi
}

# The code alone, without comments and the text of strings: FILE:LINE:code
code=$(mktemp)
trap 'rm -f "$code"' EXIT
sources '^(core|importers|cmd)/' | xargs awk '
    FNR == 1 { inside = 0 }
    /lint:/ { next }
    {
        line = $0
        gsub(/\\\\|\\"/, "", line); gsub(/"[^"]*"/, "\"\"", line); gsub(/\/\/.*/, "", line)
        if (inside) { if (!sub(/.*\*\//, "", line)) next; inside = 0 }
        gsub(/\/\*[^*]*\*\//, "", line)
        if (sub(/\/\*.*/, "", line)) inside = 1
        print FILENAME ":" FNR ":" line
    }' >"$code"

grep -E '[^a-z_](strcpy|strcat|sprintf|vsprintf|strtok|atoi|atol|atof|gets|alloca|system|popen|tmpnam)\(' "$code" |
    none "no function that overruns, guesses or starts a shell"
grep -E '^(core|importers)/.*[^a-z_](float|double|strtod)[^a-z_]' "$code" |
    none "no binary floating point below cmd"
grep -E '^(core|importers)/.*[^a-z_](exit|_exit|abort|printf|puts|putchar|perror)\(' "$code" |
    none "nothing below cmd prints or ends the program"
grep -E '^(core|importers)/.*fprintf\((stdout|stderr)' "$code" |
    none "nothing below cmd writes to the standard streams"
sources . | xargs grep -nwE 'TODO|FIXME|XXX|HACK' /dev/null | none "nothing is unfinished by its own word"
files | tr '\n' '\0' | xargs -0 grep -nIE '(^|[^A-Za-z0-9_.}])/(work|farm|root|tmp/wt)/' /dev/null |
    grep -v '^tests/lint/words.t:' | none "no path of one machine"
sources . | xargs grep -nP '\t| +$' /dev/null | none "no tabs and no spaces at line ends in C"
sources '^(core|importers|cmd)/' | xargs awk 'length($0) > 110 {
        plain = $0; gsub(/[\300-\377][\200-\277]*/, "x", plain)
        if (length(plain) > 110) print FILENAME ":" FNR ": " length(plain) " columns"
    }' | none "no line of C is longer than 110 characters"
sources . | xargs wc -l | awk '$2 != "total" && $1 > 600 {print $2 ": " $1 " lines"}' |
    none "no file is longer than 600 lines"
sources . | grep '\.h$' | while read -r f; do
    head -n 1 "$f" | grep -q "^/\* $(basename "$f") - " || echo "$f"
done | none "each header says in its first line what it is for"
files | grep -vE '^(cmd|core|importers|sql|tests|fixtures)/|^(Makefile|README\.md|LICENSE)$|^\.' |
    none "nothing new stands at the top"
echo "1..$(grep -c '| *none "\|^ *none "' tests/lint/words.t)"
