#!/bin/bash
# The partitioned export in DuckDB and in ClickHouse: read by the SQL that lies beside it, it adds up
# to the same totals as the warehouse.
. "$(dirname "$0")/lib.sh"
need node
provinces
run export "$work/set" --partitioned
totals >"$work/here"
ok "$([ "$(wc -l <"$work/here")" -gt 5000 ]; echo $?)" "there are totals"
cd "$work/set" || exit
for store in duckdb:@duckdb/node-api clickhouse:chdb; do
    name=${store%%:*}
    if [ ! -f "$NODE_PATH/${store#*:}/package.json" ]; then
        ok 0 "the totals of $name # SKIP npm:${store#*:} is not there"
        continue
    fi
    node "$top/tests/all/$name.cjs" 2>"$work/all" | sort >"$work/there"
    # where there are no cgroups ClickHouse says so, with a trace
    grep -vE "^(Cannot use cgroups reader.*|[0-9]+\. .* @ .*| *\(version .*|)\$" "$work/all" >"$work/said"
    is "$(head -n 3 "$work/said")" "" "$name takes the set without a word"
    is "$(diff "$work/here" "$work/there" | head -n 5)" "" \
        "its totals are those of v_total, line for line ($name)"
done
done_testing
