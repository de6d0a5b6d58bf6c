#!/bin/sh
# The data that the benchmarks are made of: every kind of it gives the sums that its generator has
# added up, refuses what is damaged, and shows the slips that were planted and no others.
. "$(dirname "$0")/lib.sh"
data=${TOOLS:-$top/build/release/tests}/bench-data
GONGKAI_NOW=2026-04-01T02:00:00Z

# made NAME OPTION...: writes the data to $work/NAME.
made() {
    name=$1
    shift
    "$data" --out "$work/$name" --agencies 100 --years 4 "$@"
}

# checked NAME: takes it into a warehouse of its own, up to the findings.
checked() {
    rm -f "$GONGKAI_WAREHOUSE"*
    run register agencies "$work/$1/agencies.csv"
    run import --originals none "$work/$1/in"
    imported=$code
    run rollup
    run check
}

# sums: a county, year, code and value a line, as the warehouse has them.
sums() {
    ask "SELECT division_code || ',' || year || ',' || code || ',' || value FROM v_total
          WHERE level = 'county' AND part = 'region' AND value IS NOT NULL" | sort
}

# wanted NAME: the same as the generator has them; money has no zeros at its end in a warehouse.
wanted() {
    sed -E '1d; s/(\.[0-9]*[1-9])0+$/\1/; s/\.0+$//' "$work/$1/sums.csv" | sort
}

while read -r name options; do
    # shellcheck disable=SC2086
    made "$name" $options
    checked "$name"
    is "$imported $(sums | cksum)" "0 $(wanted "$name" | cksum)" "$name: all sums are right" || said
    is "$(ask "SELECT DISTINCT r.agency, r.year FROM v_finding f JOIN v_report r USING (report_id)
                WHERE f.severity = 'error' ORDER BY 1, 2")" \
        "$(sed 1d "$work/$name/planted.csv" | cut -d, -f1,2 | tr , '|' | LC_ALL=C sort -u)" \
        "$name: the reports with errors are those that were given one"
    is "$(ask "SELECT count(*) FROM v_finding WHERE rule IN ('reading', 'year', 'prose')")" 0 \
        "$name: nothing else is the matter with how it reads"
done <<'END'
text --format text
html --format html --years 2
long --format long
shuffled --format shuffled
wide --format wide
END

while read -r name options; do
    # shellcheck disable=SC2086
    made "$name" --damaged 50 $options
    checked "$name"
    refused=$(ask "SELECT count(*) FROM v_reject")
    is "$imported $(sums | cksum)" "3 $(wanted "$name" | cksum)" \
        "$name, $refused of its reports damaged: the sums of the others are right" || said
done <<'END'
text-bad --format text --encoding gb18030
text-gz --format text --encoding utf8_gz
long-bad --format long --encoding gb18030
long-gz --format shuffled --encoding utf8_gz
wide-bad --format wide --encoding gb18030
END

made again --format text
is "$(cd "$work/again" && find . -type f -exec cksum {} + | sort)" \
    "$(cd "$work/text" && find . -type f -exec cksum {} + | sort)" "the same options give the same bytes"
done_testing
