#!/bin/sh
# Includes point one way: layers.tsv says which.
cd "$(dirname "$0")/../.." || exit

wrong=$(grep -Hn '^ *# *include' core/*/*.[ch] importers/*.[ch] cmd/*.[ch] | awk '
    FILENAME != "-" {
        if (/^#/ || /^folder/) next
        split($0, row, "\t")
        known[row[1]] = 1
        n = split(row[2], a, " "); for (i = 1; i <= n; i++) may[row[1], a[i]] = 1
        n = split(row[3], a, " "); for (i = 1; i <= n; i++) { uses[row[1], a[i]] = 1; library[a[i]] = 1 }
        next
    }
    {
        split($0, part, ":"); file = part[1]
        folder = file; sub(/\/[^\/]*$/, "", folder)
        name = $0; sub(/^[^"<]*["<]/, "", name); sub(/[">].*/, "", name)
        if (!known[folder]) { print file ": " folder " is not in layers.tsv"; next }
        if ($0 ~ /"/) {
            from = name; sub(/\/[^\/]*$/, "", from)
            if (from != folder && !may[folder, from])
                print file ":" part[2] ": " folder " must not see " name
        } else {
            sub(/\.h$/, "", name)
            if (library[name] && !uses[folder, name])
                print file ":" part[2] ": " folder " must not use <" name ".h>"
        }
    }' tests/lint/layers.tsv -)
[ -z "$wrong" ] && echo "ok 1 - includes point one way" || echo "not ok 1 - includes point one way"
[ -z "$wrong" ] || printf '%s\n' "$wrong" | sed 's/^/# /'
echo 1..1
