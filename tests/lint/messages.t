#!/bin/sh
# Every message has its Chinese, with the same arguments; every reason, remark and rule its row.
cd "$(dirname "$0")/../.." || exit
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The literal arguments of the calls that name messages: KIND <tab> FILE <tab> TEXT
cat >"$work/calls.awk" <<'AWK'
function call(name, file, s,    depth, arg, c, i, n, quoted, text, other, k) {
    n = length(s); depth = 1; arg = 1; quoted = 0
    for (k = 1; k <= 8; k++) text[k] = other[k] = ""
    for (i = 1; i <= n && depth; i++) {
        c = substr(s, i, 1)
        if (quoted) {
            if (c == "\\") {
                c = substr(s, ++i, 1)
                text[arg] = text[arg] (c == "\"" ? c : "\\" c)
            } else if (c == "\"")
                quoted = 0
            else
                text[arg] = text[arg] c
        } else if (c == "\"") {
            quoted = 1
            has[arg] = 1
        } else if (c == "(") { depth++; other[arg] = other[arg] c }
        else if (c == ")") depth--
        else if (c == "," && depth == 1) { if (++arg > 8) break }
        else if (c !~ /[ \n\t]/) other[arg] = other[arg] c
    }
    if (name == "lang_chinese" && text[1] != "" && other[1] == "") print "message\t" file "\t" text[1]
    if (name == "lang_in" && text[2] != "" && other[2] == "") print "message\t" file "\t" text[2]
    if (name == "html_words" && text[3] != "" && other[3] == "") print "message\t" file "\t" text[3]
    if (name == "tr" && text[1] != "" && other[1] == "") print "message\t" file "\t" text[1]
    if (name == "err_set" && text[3] != "" && other[3] == "") print "message\t" file "\t" text[3]
    if (name == "err_reject") {
        if (text[2] != "" && other[2] == "") print "reason\t" file "\t" text[2]
        if (text[4] != "" && other[4] == "") print "message\t" file "\t" text[4]
    }
}
function whole(file, s,    at, name) {
    while (match(s, /[^a-z_](err_set|err_reject|tr|lang_in|lang_chinese|html_words)\(/)) {
        name = substr(s, RSTART + 1, RLENGTH - 2)
        s = substr(s, RSTART + RLENGTH)
        call(name, file, s)
    }
}
FNR == 1 && NR > 1 { whole(last, all); all = "" }
{ last = FILENAME; if ($0 !~ /^ *\/\//) all = all $0 "\n" }
END { whole(last, all) }
AWK
LC_ALL=C awk -f "$work/calls.awk" core/*/*.c importers/*.c cmd/*.c | sort -u >"$work/calls"

n=0
none() {
    n=$((n + 1))
    if [ -s "$work/found" ]; then
        echo "not ok $n - $1"
        head -n 30 "$work/found" | sed 's/^/# /'
    else
        echo "ok $n - $1"
    fi
}

sed -n 's/^message\t//p' "$work/calls" | LC_ALL=C awk -F '\t' '
    NR == FNR { if ($0 !~ /^#/ && NF) known[$1] = 1; next }
    !($2 in known) { print $1 ": " $2 }' sql/messages.tsv - >"$work/found"
none "every message has a row in sql/messages.tsv"

# The conversions of a format, in order.
LC_ALL=C awk -F '\t' '
    function conversions(s,    found) {
        gsub(/%%/, "", s)
        while (match(s, /%[-+ #0-9.*]*(hh|h|ll|l|z|j|t)?[a-zA-Z]/)) {
            found = found " " substr(s, RSTART, RLENGTH)
            s = substr(s, RSTART + RLENGTH)
        }
        return found
    }
    /^#/ || !NF { next }
    NF != 2 || $2 == "" { print FNR ": not two columns: " $0; next }
    $1 in seen { print FNR ": stands twice: " $1 }
    { seen[$1] = 1 }
    conversions($1) != conversions($2) { print FNR ": other arguments: " $1 " | " $2 }' sql/messages.tsv >"$work/found"
none "both languages take the same arguments, and no message stands twice"

if [ -e sql/reasons.tsv ]; then
    sed -n 's/^reason\t//p' "$work/calls" | LC_ALL=C awk -F '\t' '
        NR == FNR { known[$1] = 1; next }
        !($2 in known) { print $1 ": " $2 }' sql/reasons.tsv - >"$work/found"
    none "every reason a reject gives has a row in sql/reasons.tsv"
fi
# Documents: their words stand in tables, and what the forms print has its English.
LC_ALL=C.UTF-8 grep -nP '"[^"]*(?=\p{Han})[^\x{3000}-\x{303F}][^"]*"' core/export/*.c /dev/null | grep -v '/\* lint:' |
    grep -v 'lang_in(.*"Covers ' >"$work/found"
none "no Chinese word of a document stands in the code"
{
    for form in sql/forms/form-*.tsv; do
        awk -F '\t' '
            /^#/ || !NF { next }
            !columns { columns = NF; for (i = 1; i <= NF; i++) column[$i] = i; next }
            { for (k = split("row column label unit", name, " "); k; k--)
                  if (name[k] in column && $column[name[k]] != "") print $column[name[k]] }' "$form"
    done
    awk -F '\t' '!/^#/ && NF && $1 != "form" { for (i = 5; i <= NF; i++) if ($i != "") print $i }' \
        sql/forms/layout.tsv
} | sed 's/(/（/g; s/)/）/g; s/:/：/g; s/,/，/g' | LC_ALL=C awk -F '\t' '
    NR == FNR { if ($0 !~ /^#/ && $2 != "") known[$1] = 1; next }
    $0 in known { next }
    { n = split($0, piece, "/"); for (i = 1; i <= n; i++) if (!(piece[i] in known)) print piece[i] }' \
    sql/forms/english.tsv - | sort -u >"$work/found"
none "every label of every form has its English in sql/forms/english.tsv"
for table in sql/*.tsv sql/forms/*.tsv sql/exports/*.tsv; do
    case $table in */messages.tsv) continue ;; esac
    LC_ALL=C awk -F '\t' -v table="$table" '
        /^#/ || !NF { next }
        !columns { columns = NF; next }
        NF > columns { print table ":" FNR ": " NF " columns, the header has " columns }
        / +(\t|$)|\t +/ { print table ":" FNR ": white space around a field" }' "$table"
done >"$work/found"
none "no table has a row longer than its header, or stray white space"
echo "1..$n"
