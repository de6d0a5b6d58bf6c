#!/bin/sh
# Rejects that are known already are not new when their bytes come by another path.
. "$(dirname "$0")/lib.sh"
mkdir "$work/in" "$work/again"

printf 'nothing that is a report\n' >"$work/in/note.txt"
cat >"$work/in/long.csv" <<END
agency,division,year,scope,code,value
常德市审计局,430700,2023,own,t3.new.total,5
常德市民政局,430700,2023,own,t3.nothing,5
END
printf 'agency,division,year,scope,code,value\n常德市水利局,430700,2023,own,t3.nothing,5\n' >"$work/in/bad.csv"
run import "$work/in"
is "$code $(head -n 1 "$work/out")" "3 read 3 = loaded 1 + unchanged 0 + rejected 2" "rejects are new once" || said
cp "$work/in/"* "$work/again/"
run import --max-rejects 0 "$work/again"
is "$code $(head -n 1 "$work/out")" "0 read 3 = loaded 1 + unchanged 2 + rejected 0" \
    "the same bytes under another path bring no new reject" || said
is "$(ask "SELECT count(*) FROM v_reject")" 6 "they stand for both paths"
printf 'nothing that is a report either\n' >"$work/again/note.txt"
run import "$work/again"
is "$code $(head -n 1 "$work/out")" "3 read 3 = loaded 0 + unchanged 2 + rejected 1" "other bytes are a new reject" || said
printf 'nothing at all\n' >"$work/a.txt" && cp "$work/a.txt" "$work/b.txt"
run import "$work/a.txt" "$work/b.txt"
is "$code $(head -n 1 "$work/out")" "3 read 2 = loaded 0 + unchanged 0 + rejected 2" "two copies met in one run are two rejects"
done_testing
