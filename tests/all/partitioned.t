#!/bin/sh
# The partitioned export, loaded into PostgreSQL with its years on two shards behind postgres_fdw,
# adds up to the same totals as the warehouse; the sums are worked out on the shards.
cd "$(dirname "$0")/../.." || exit
fixtures=$PWD/fixtures/province
work=$(mktemp -d)
PATH=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1):$PATH
n=0
ok() {
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}
# A server refuses to run as root.
as_user() {
    if [ "$(id -u)" -eq 0 ]; then su postgres -s /bin/sh -c "PATH='$PATH'; $1"; else sh -c "$1"; fi
}
stop() {
    as_user "pg_ctl -D '$work/data' -m immediate stop" >/dev/null 2>&1
    rm -rf "$work"
}
trap stop EXIT

"$GONGKAI" register agencies "$fixtures/agencies.csv" -q -w "$work/a.db"
"$GONGKAI" import "$fixtures/inbox" -q -w "$work/a.db" >/dev/null 2>&1 # some is bad on purpose
"$GONGKAI" rollup -q -w "$work/a.db"
"$GONGKAI" export "$work/set" --partitioned -q -w "$work/a.db"
ok $? "the set is written"
chmod -R a+rX "$work" && chmod a+rwx "$work"
as_user "initdb -D '$work/data' -A trust -E UTF8 --locale=C.UTF-8 &&
         pg_ctl -D '$work/data' -o \"-c listen_addresses='' -c fsync=off -k '$work'\" -w start" \
    >"$work/log" 2>&1
ok $? "a server is started"

export PGHOST="$work" PGUSER="$(if [ "$(id -u)" -eq 0 ]; then echo postgres; else id -un; fi)"
export PGDATABASE=postgres PGOPTIONS='-c client_min_messages=warning'
cd "$work/set" || exit
failed=0
psql -q -v ON_ERROR_STOP=1 -f postgresql.sql || failed=1
psql -q -c 'CREATE EXTENSION postgres_fdw' || failed=1
for shard in one two; do
    psql -q -c "CREATE DATABASE shard_$shard" -c "CREATE SERVER $shard FOREIGN DATA WRAPPER \
        postgres_fdw OPTIONS (host '$work', dbname 'shard_$shard')" \
        -c "CREATE USER MAPPING FOR CURRENT_USER SERVER $shard" || failed=1
done
for table in cell agency division tree report; do
    gzip -dc dimension/$table.csv.gz |
        psql -q -c "\\copy $table FROM STDIN WITH (FORMAT csv, HEADER)" || failed=1
done
for folder in fact/year=*; do
    year=${folder#fact/year=}
    if [ $((year % 2)) -eq 0 ]; then shard=one; else shard=two; fi
    psql -q -d shard_$shard -c "CREATE TABLE fact_$year (year smallint NOT NULL, report_id integer NOT
        NULL, agency_id integer NOT NULL, division_code text, scope text NOT NULL, below smallint NOT
        NULL, cell_id smallint NOT NULL, state text NOT NULL, value bigint)" || failed=1
    gzip -dc "$folder"/part-*.csv.gz | psql -q -d shard_$shard \
        -c "\\copy fact_$year FROM STDIN WITH (FORMAT csv, HEADER)" || failed=1
    psql -q -c "CREATE FOREIGN TABLE fact_$year PARTITION OF fact FOR VALUES IN ($year)
        SERVER $shard OPTIONS (table_name 'fact_$year')" || failed=1
done
ok $failed "it loads as its DDL says, one year on one shard, the next on the other"
psql -At -F, -c 'SELECT division_code, year, part, code, value, n_stated FROM v_total' |
    LC_ALL=C sort >"$work/there"
sqlite3 -separator , "$work/a.db" "SELECT division_code, year, part, code, value, n_stated
    FROM v_total WHERE value IS NOT NULL" | LC_ALL=C sort >"$work/here"
[ "$(wc -l <"$work/here")" -gt 5000 ] && cmp -s "$work/here" "$work/there"
ok $? "its totals are those of v_total, line for line"
psql -At -c 'SET enable_partitionwise_aggregate = on' \
    -c 'EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM own_total' >"$work/plan"
grep -q 'Relations: Aggregate on .*fact_2020' "$work/plan" && grep -q 'Remote SQL: .*sum(value)' "$work/plan"
ok $? "the shards add up what is theirs"
echo "1..$n"
