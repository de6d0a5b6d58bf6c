# The pages of a tenth of the agencies.
make_data html --format html --every 10
in=$data/html/in db=$work/html.db
import="'$gongkai' import -q --originals none -w '$db' '$in'"
if have lxml lxml; then
    against html 'lxml, two threads' "$(fresh "$db" html)" "$import" '' "'$python' '$peers/html.py' '$in'"
    "$python" "$peers/html.py" "$in" "$data/html/agencies.csv" "$work/html.csv"
    agree html lxml "$(sums <"$work/html.csv")" "$(wanted html)"
else
    alone html "$(fresh "$db" html)" "$import"
fi
for n in 1 2; do
    alone "html, --threads $n" "$(fresh "$db" html)" "$import --threads $n"
done
ours rollup -w "$db"
agree html gongkai "$(held "$db")" "$(wanted html)"
rm -rf "$db" "$work/html.csv"
