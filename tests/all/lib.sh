# lib.sh - for the tests beside it: what those of tests/cli have, and two provinces. What a test
# needs and is not there (setup.sh has said why) makes it skipped, not failed.
. "$(dirname "$0")/../cli/lib.sh"
fixtures=$top/fixtures/province
export NODE_PATH="$top/build/npm/node_modules"

# need THING...: commands, and npm:PACKAGE for what build/npm holds.
need() {
    for thing in "$@"; do
        case $thing in
        npm:*) [ -f "$NODE_PATH/${thing#npm:}/package.json" ] && continue ;;
        *) command -v "$thing" >/dev/null && continue ;;
        esac
        echo "ok 1 - $(basename "$0" .t) # SKIP $thing is not there"
        echo "1..1"
        exit 0
    done
}

# provinces: the made-up province of the fixtures and a few reports of another, added up.
provinces() {
    mkdir "$work/second"
    for year in 2020 2021 2022; do
        for who in 江苏省财政厅 南京市教育局 南京市民政局 宿迁市教育局 沭阳县财政局; do
            case $year$who in 2020* | 2021沭阳*) continue ;; esac
            report $who $year $((year - 2000 + ${#who})) >"$work/second/$who$year.txt"
        done
    done
    "$gongkai" register agencies "$fixtures/agencies.csv" -q
    "$gongkai" import "$fixtures/inbox" "$work/second" -q >"$work/out" 2>&1 # some is bad on purpose
    "$gongkai" rollup -q
    "$gongkai" check -q >"$work/out" 2>&1
}

# totals: those of the warehouse, as division,year,part,code,value,n_stated in order of bytes.
totals() {
    sqlite3 -readonly -separator , "$GONGKAI_WAREHOUSE" "SELECT division_code, year, part, code,
        value, n_stated FROM v_total WHERE value IS NOT NULL" | sort
}
