#!/bin/sh
# Made-up reports in every layout, with every quirk of real pages alone and several at once: the
# warehouse holds each cell as it was printed, whatever the layout.
. "$(dirname "$0")/lib.sh"
generator=${TOOLS:-$top/build/release/tests}/generator

# compare FOLDER: imports what was generated there, and lays it beside the truth in $work/beside.db
compare() {
    rm -f "$GONGKAI_WAREHOUSE"* "$work/beside.db"
    run import --originals none "$1/in"
    sqlite3 "$work/beside.db" ".mode csv" ".import '$1/index.csv' made" ".import '$1/truth.csv' truth" \
        "CREATE INDEX truth_at ON truth (file, code)" "CREATE INDEX made_at ON made (file)" \
        "ATTACH '$GONGKAI_WAREHOUSE' AS w" \
        "CREATE TABLE report AS SELECT * FROM w.v_report" \
        "CREATE TABLE flagged AS SELECT DISTINCT report_id FROM w.v_finding
          WHERE severity = 'error' OR rule IN ('reading', 'section')" \
        "CREATE TABLE got AS SELECT r.source AS file, c.report_id, c.code, c.state, c.value
           FROM w.v_cell c JOIN w.v_report r USING (report_id)" \
        "CREATE INDEX got_at ON got (file, code)" \
        "CREATE TABLE wrong AS
         SELECT m.layout, m.file, m.form, m.quirks, m.encoding, t.code, t.state, t.value,
                g.state AS got_state, g.value AS got_value,
                m.file IN (SELECT source FROM report JOIN flagged USING (report_id)) AS flagged
           FROM made m JOIN truth t ON t.file = m.file
           LEFT JOIN got g ON g.file = t.file AND g.code = t.code
          WHERE g.state IS NULL OR g.state <> t.state OR (t.state = 'value' AND
                CAST(g.value AS NUMERIC) <> CAST(t.value AS NUMERIC))" \
        "CREATE TABLE surplus AS
         SELECT g.* FROM got g WHERE file IN (SELECT file FROM made) AND NOT EXISTS
                (SELECT 1 FROM truth t WHERE t.file = g.file AND t.code = g.code)"
}
beside() {
    sqlite3 -separator ' ' "$work/beside.db" "$1"
}

"$generator" --out "$work/single" --single --seed 1
ok $? "the generator writes every layout"
compare "$work/single"
is "$code" 0 "every made-up report is taken" || said
for layout in $(beside "SELECT DISTINCT layout FROM made"); do
    counts=$(beside "SELECT count(DISTINCT file), count(*) FROM made JOIN truth USING (file)
                     WHERE layout = '$layout'")
    is "$(beside "SELECT quirks, form, encoding, file, count(*) || ' wrong,',
                         count(got_state) || ' of them found, flagged', max(flagged), min(code)
                    FROM wrong WHERE layout = '$layout' AND (got_state IS NOT NULL OR NOT flagged)
                   GROUP BY file")" "" \
        "$layout reads back: ${counts% *} reports, ${counts#* } cells"
done
is "$(beside "SELECT layout, r.form, file, r.report_id FROM made m JOIN report r ON r.source = m.file
              JOIN flagged USING (report_id) WHERE quirks = ''")" "" \
    "a report without quirks gives nothing to remark on"
is "$(beside "SELECT count(*) > 10 FROM wrong")" 0 \
    "of $(beside "SELECT count(*) FROM truth") cells no more than ten are left out, with a finding that says so"
is "$(beside "SELECT file, quirks, count(*), min(code) FROM surplus JOIN made USING (file)
              GROUP BY file")" "" "no cell is found that was not printed"
is "$(beside "SELECT m.file, m.quirks, m.agency, m.year, 'found', r.agency, r.year, r.scope, r.form
              FROM made m JOIN report r ON r.source = m.file
              WHERE r.agency <> m.agency OR r.year <> m.year OR r.scope <> 'own'
                 OR r.form <> m.form")" "" "agency, year, scope and form are told from every layout"

"$generator" --out "$work/mixed" --count 400 --seed 7
compare "$work/mixed"
is "$(beside "SELECT layout, quirks, form, encoding, file, count(*) || ' wrong', min(code)
              FROM wrong WHERE got_state IS NOT NULL OR NOT flagged GROUP BY file")" "" \
    "with several quirks at once no cell is wrong, and none is left out in silence"
is "$(beside "SELECT count(*) > 10 FROM wrong")" 0 \
    "with several quirks at once $(beside "SELECT count(*) FROM truth") cells read back"
done_testing
