# lib.sh - for the jobs beside it, which bench.sh reads in turn. Set by bench.sh: $scale, $gongkai, $tools,
# $data (the data of this scale), $work (thrown away), $results, $peers, $agencies, $rounds, $seconds,
# $python, $duckdb.

# have COMMAND... PEER: is the peer there? If not, that is said once, at the end.
have() {
    for peer in "$@"; do :; done
    while [ $# -gt 1 ]; do
        case $1 in
        duckdb) [ -n "$duckdb" ] ;;
        lxml) "$python" -c 'import lxml' 2>/dev/null ;;
        *) command -v "$1" >/dev/null ;;
        esac || {
            echo "$peer" >>"$results/absent"
            return 1
        }
        shift
    done
}

# ours ARGUMENT...: the program, outside of what is measured. Findings and rejects are no failure.
ours() {
    "$gongkai" "$@" >>"$LOG" 2>&1 || [ $? -le 4 ]
}

# say WORDS: what is being done, and for how long it has been.
say() {
    echo "$(($(date +%s) - started)) s  $*" >&2
}

# row JOB OURS PEER: the lines of measure for both -> results.tsv: job, peer, rounds, seconds,
# processor seconds and KiB of ours and the peer's. Either may be empty.
row() {
    printf '%s\n%s\n%s\n' "$1" "$2" "$3" | awk -F '\t' -v OFS='\t' '
        NR == 1 { job = $0 }
        NR == 2 { ours = $3 OFS $6 OFS $7; rounds = $2 }
        NR == 3 { print job, $1 == "" ? "-" : $1, rounds, ours, $3 == "" ? "-" OFS "-" OFS "-" : $3 OFS $6 OFS $7 }
    ' >>"$results/results.tsv"
}

# against [--cold] JOB PEER PREPARE COMMAND PEER-PREPARE PEER-COMMAND: both in turn.
against() {
    cold=
    [ "$1" != --cold ] || {
        cold=--cold
        shift
    }
    say "$1 | $2"
    OWN_TIME=$work/own-time "$tools/measure" $cold --rounds "$rounds" --seconds "$seconds" \
        ours "$3" "$4" "$2" "$5" "$6" >"$work/measured" || {
        printf '%s\t%s\tfailed\n' "$1" "$2" >>"$results/wrong"
        return 0
    }
    row "$1" "$(sed -n 1p "$work/measured")" "$(sed -n 2p "$work/measured")"
}

# alone [--cold] JOB PREPARE COMMAND: without a peer.
alone() {
    cold=
    [ "$1" != --cold ] || {
        cold=--cold
        shift
    }
    say "$1"
    "$tools/measure" $cold --rounds "$rounds" --seconds "$seconds" ours "$2" "$3" >"$work/measured" || {
        printf '%s\t-\tfailed\n' "$1" >>"$results/wrong"
        return 0
    }
    row "$1" "$(cat "$work/measured")" ''
}

# seldom against|alone ...: in a quarter of the time, for what is slow or has no goal.
seldom() {
    usual=$seconds seconds=$((seconds / 4))
    "$@"
    seconds=$usual
}

can_drop_caches() {
    [ "$scale" != tiny ] && [ -w /proc/sys/vm/drop_caches ]
}

# figure JOB VALUE: something counted, not timed.
figure() {
    printf '%s\t%s\n' "$1" "$2" >>"$results/figures.tsv"
}

# sums: division,year,code,value of any engine, on standard input, as all of them would write it.
sums() {
    awk -F, '{ gsub(/[\r"]/, ""); printf "%s,%s,%s,%.4f\n", $1, $2, $3, $4 }' | LC_ALL=C sort | cksum
}

# agree JOB ENGINE SUMS WANTED: an engine whose sums are others is an error.
agree() {
    if [ "$3" = "$4" ]; then
        printf '%s\t%s\tagree\n' "$1" "$2" >>"$results/sums.tsv"
    else
        printf '%s\t%s\tother sums\n' "$1" "$2" >>"$results/wrong"
    fi
}

# wanted DATA: the sums that the generator added up.
wanted() {
    sed 1d "$data/$1/sums.csv" | sums
}

# held WAREHOUSE: the sums of a warehouse.
held() {
    sqlite3 -readonly -csv "$1" "SELECT division_code, year, code, value FROM v_total
        WHERE level = 'county' AND part = 'region' AND value IS NOT NULL" | sums
}

# written FOLDER: the sums of an export, from the file of the counties.
written() {
    "$python" "$peers/counties.py" "$1/county-year.csv" | sums
}

# fresh WAREHOUSE DATA: the command that makes an empty warehouse with the register of the data.
fresh() {
    echo "rm -rf '$1' '$1'-* '$1'.lock; '$gongkai' register agencies -q -w '$1' '$data/$2/agencies.csv'"
}

# make_data NAME OPTION...: generates unless it is there.
make_data() {
    name=$1
    shift
    [ ! -e "$data/$name/whole" ] || return 0
    rm -rf "${data:?}/$name"
    mkdir -p "$data"
    "$tools/bench-data" --out "$data/$name" --agencies "$agencies" "$@" && touch "$data/$name/whole"
}
