# Text files into a warehouse, against reading them, packing them, and a script.
make_data text --format text
make_data text-bad --format text --encoding gb18030 --damaged 50
make_data text-gz --format text --encoding utf8_gz
in=$data/text/in db=$work/text.db
import="'$gongkai' import -q --originals none -w '$db' '$in'"
cat="find '$in' -type f -print0 | xargs -0 cat >/dev/null"

sh -c "$cat"
against text 'find | xargs cat' "$(fresh "$db" text)" "$import" '' "$cat"
ours rollup -w "$db"
agree text gongkai "$(held "$db")" "$(wanted text)"
for n in 1 2; do
    alone "text, --threads $n" "$(fresh "$db" text)" "$import --threads $n"
done
if can_drop_caches; then
    against --cold 'text, cold' 'find | xargs cat' "$(fresh "$db" text)" "$import" '' "$cat"
fi
if have pigz pigz; then
    against 'text, originals packed' 'pigz -1 -p 2' "$(fresh "$db" text)" \
        "'$gongkai' import -q -w '$db' '$in'" '' \
        "find '$in' -type f -print0 | xargs -0 cat | pigz -1 -p 2 >'$work/packed.gz'"
fi
if have "$python" Python; then
    seldom against text Python "$(fresh "$db" text)" "$import" "rm -f '$work'/python.db*" \
        "'$python' '$peers/text.py' '$in' '$data/text/agencies.csv' '$work/python.db'"
    agree text Python "$(sqlite3 -csv "$work/python.db" \
        "SELECT division, year, code, printf('%.4f', sum(value)) FROM report JOIN cell ON report = id
          WHERE scope = 'own' AND value IS NOT NULL GROUP BY 1, 2, 3" | sums)" "$(wanted text)"
fi
for kind in bad gz; do
    seldom alone "text-$kind" "$(fresh "$db" text-$kind)" \
        "'$gongkai' import -q --originals none -w '$db' '$data/text-$kind/in'"
    ours rollup -w "$db"
    agree "text-$kind" gongkai "$(held "$db")" "$(wanted text-$kind)"
done
rm -rf "$db" "$work"/python.db* "$work/packed.gz"
