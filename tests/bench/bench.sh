#!/bin/sh
# bench.sh [quick|full|growth|tiny] - makes the data, runs every job of jobs/ against its peers and prints
# what came of it as tables. The data is made once.
#   JOBS="text csv"  only these                               (text html csv warehouse queries unchanged)
#   ROUNDS=N         pairs at most                            (5)
#   SECONDS_EACH=N   no new pair after N seconds of a job     (quick 3, full 60)
#   BENCH_DIR=DIR    everything lies below it                 (build/bench)
# Exits 1 when an engine has other sums than the generator, or a job failed. Times decide nothing here.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
scale=${1:-quick}
jobs=${JOBS:-"text html csv warehouse queries unchanged"}
case $scale in
quick) agencies=800 seconds=${SECONDS_EACH:-3} patience=2 ;;
full) agencies=8000 seconds=${SECONDS_EACH:-60} patience=60 ;;
tiny) agencies=60 seconds=${SECONDS_EACH:-0} patience=2 ;;
growth) agencies=8000 seconds=${SECONDS_EACH:-20} patience=60 jobs=growth ;;
*)
    echo "bench: no scale $scale (quick, full, growth, tiny)" >&2
    exit 2
    ;;
esac
gongkai=${GONGKAI:-$top/build/release/gongkai} tools=${TOOLS:-$top/build/release/tests}
python=${PYTHON:-/usr/bin/python3} rounds=${ROUNDS:-5}
peers=$here/peers examples=$top/sql/examples
bench=${BENCH_DIR:-$top/build/bench}
data=$bench/$scale work=$bench/work results=$bench/results-$scale
rm -rf "$work" "$results"
mkdir -p "$data" "$work" "$results"
for file in results.tsv figures.tsv sums.tsv wrong absent; do : >"$results/$file"; done
export LC_ALL=C.UTF-8 GONGKAI_NOW=2026-04-01T02:00:00Z DUCKDB="$top/build/bench/node_modules/@duckdb/node-api"
export LOG="$results/log"
duckdb=
if command -v node >/dev/null && [ -d "$DUCKDB" ]; then duckdb="node $peers/duckdb.js"; fi
. "$here/lib.sh"

started=$(date +%s)
for job in $jobs; do
    say "$job"
    . "$here/jobs/$job.sh"
done
rm -rf "$work"

echo "$scale: $agencies agencies, 7 years, $(nproc) processors, $(($(date +%s) - started)) s in all"
echo
awk -f "$here/table.awk" "$here/goals.tsv" "$results/results.tsv"
echo
awk -F '\t' 'NR == 1 { print "| counted | |"; print "|---|---|" } { print "| " $1 " | " $2 " |" }' "$results/figures.tsv"
echo
echo "Sums compared: $(grep -c . "$results/sums.tsv" || true) agree, $(grep -c . "$results/wrong" || true) do not or failed."
sed 's/^/WRONG  /' "$results/wrong"
sort -u "$results/absent" | sed 's/^/not installed, so not compared with (make bench-deps): /'
[ ! -s "$results/wrong" ]
