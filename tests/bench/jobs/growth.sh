# The same work on W and on ten times W: what a report costs must not grow.
for scale in 8000 80000; do
    agencies=$scale
    for kind in text long; do
        make_data $kind-$scale --format $kind
        db=$work/growth.db
        alone "$kind, $scale agencies" "$(fresh "$db" $kind-$scale)" \
            "'$gongkai' import -q --originals none -w '$db' '$data/$kind-$scale/in'"
        figure "$kind, $scale agencies, KiB" $(($(stat -c %s "$db") / 1024))
    done
    alone "roll-up, $scale agencies" '' "'$gongkai' rollup -q --all -w '$db'"
    alone "rules, $scale agencies" '' "'$gongkai' check -q --all -w '$db'"
    alone "export, $scale agencies" "rm -rf '$work/out'" "'$gongkai' export -q -w '$db' '$work/out'"
    rm -rf "$db" "$work/out"
done
