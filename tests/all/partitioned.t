#!/bin/bash
# The partitioned export, loaded into PostgreSQL with its provinces on two shards behind
# postgres_fdw, adds up to the same totals as the warehouse; the sums are worked out on the shards.
. "$(dirname "$0")/lib.sh"
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)
PATH=${bin:-/nowhere}:$PATH
need initdb pg_ctl psql

# A server refuses to run as root.
as_user() {
    if [ "$(id -u)" -eq 0 ]; then su postgres -s /bin/sh -c "PATH='$PATH'; $1"; else sh -c "$1"; fi
}
stop() {
    as_user "pg_ctl -D '$work/data' -m immediate stop" >/dev/null 2>&1
    rm -rf "$work"
}
trap stop EXIT

provinces
run export "$work/set" --partitioned
is "$code" 0 "the set is written"
is "$(ls -d "$work"/set/fact/year=2022/part-*.csv.gz | xargs -n 1 basename | tr '\n' ' ')" \
    "part-320000.csv.gz part-430000.csv.gz " "each year has a file a province"
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
for province in $(ls fact/year=*/ | sed -n 's/^part-\(.*\)\.csv\.gz$/\1/p' | sort -u); do
    if [ "$province" = 430000 ]; then shard=one; else shard=two; fi
    psql -q -d shard_$shard -c "CREATE TABLE fact_$province (year smallint NOT NULL, province text
        NOT NULL, report_id integer NOT NULL, agency_id integer NOT NULL, division_code text, scope
        text NOT NULL, below smallint NOT NULL, cell_id smallint NOT NULL, state text NOT NULL,
        value bigint)" || failed=1
    for part in fact/year=*/part-$province.csv.gz; do
        gzip -dc "$part" | psql -q -d shard_$shard \
            -c "\\copy fact_$province FROM STDIN WITH (FORMAT csv, HEADER)" || failed=1
    done
    psql -q -c "CREATE FOREIGN TABLE fact_$province PARTITION OF fact FOR VALUES IN ('$province')
        SERVER $shard OPTIONS (table_name 'fact_$province')" || failed=1
done
is "$failed" 0 "it loads as its DDL says, one province on one shard, the others on the other"
psql -At -F, -c 'SELECT division_code, year, part, code, value, n_stated FROM v_total' |
    sort >"$work/there"
totals >"$work/here"
ok "$([ "$(wc -l <"$work/here")" -gt 5000 ]; echo $?)" "there are totals"
is "$(diff "$work/here" "$work/there" | head -n 5)" "" "its totals are those of v_total, line for line"
psql -At -c 'SET enable_partitionwise_aggregate = on' \
    -c 'EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM own_total' >"$work/plan"
for province in 320000 430000; do
    is "$(grep -c "Relations: Aggregate on .*fact_$province" "$work/plan")" 1 \
        "the shard of $province adds up what is its own"
done
is "$(grep -c 'Remote SQL: .*sum(value).*GROUP BY' "$work/plan")" 2 "the sums are asked of the shards"
done_testing
