#!/bin/sh
# The pages in fixtures/samples, each in a layout of its own: every cell as its facts file has it,
# and nothing taken that is no report.
. "$(dirname "$0")/lib.sh"
samples=$top/fixtures/samples

run import "$samples/in"
is "$code" 3 "importing the samples ends with 3, because some are refused" || said
sqlite3 "$work/known.db" ".mode csv" ".import '$samples/index.csv' known"
for facts in "$samples"/facts/*.csv; do
    sqlite3 "$work/known.db" "CREATE TABLE IF NOT EXISTS fact (stem, code, state, value)" \
        ".mode csv" ".import '$facts' one" \
        "INSERT INTO fact SELECT '$(basename "$facts" .csv)', code, state, value FROM one" \
        "DROP TABLE one"
done
sqlite3 "$work/known.db" "ATTACH '$GONGKAI_WAREHOUSE' AS w" \
    "CREATE TABLE report AS SELECT * FROM w.v_report" \
    "CREATE TABLE got AS SELECT * FROM w.v_cell" \
    "CREATE TABLE flagged AS SELECT DISTINCT report_id FROM w.v_finding
      WHERE severity = 'error' OR rule IN ('reading', 'section')"
known() {
    sqlite3 "$work/known.db" "$1"
}

known "SELECT file FROM known WHERE known.kind = 'report'" >"$work/files"
while read -r file; do
    wrong=$(known "SELECT f.code, f.state, f.value, 'found', g.state, g.value
        FROM fact f LEFT JOIN report r ON r.source = '$file'
        LEFT JOIN got g ON g.report_id = r.report_id AND g.code = f.code
        WHERE f.stem || '.' = substr('$file', 1, length(f.stem) + 1)
          AND (g.state IS NULL OR g.state <> f.state
               OR (f.state = 'value' AND CAST(f.value AS NUMERIC) <> CAST(g.value AS NUMERIC)))")
    is "$wrong" "" "every known cell of $file is as printed"
    facts=$(known "SELECT count(*) > 0 FROM fact WHERE stem || '.' = substr('$file', 1, length(stem) + 1)")
    [ "$facts" = 1 ] || is "$(known "SELECT count(*) FROM report JOIN flagged USING (report_id)
        WHERE source = '$file'")" 1 "$file is flagged"
    is "$(known "SELECT r.year, r.form, r.scope,
               CASE WHEN k.agency <> '' THEN r.agency ELSE '' END,
               CASE WHEN k.division <> '' THEN r.division_code ELSE '' END
          FROM known k JOIN report r ON r.source = k.file WHERE k.file = '$file'")" \
        "$(known "SELECT year, form, scope, agency, division FROM known WHERE file = '$file'")" \
        "$file is known by agency, division, year, form and scope"
done <"$work/files"

is "$(known "SELECT source FROM report JOIN known ON file = source WHERE known.kind <> 'report'
             AND report_id NOT IN (SELECT report_id FROM flagged)")" "" \
    "nothing is taken in silence that holds no figures"
is "$(known "SELECT count(*) FROM report JOIN known ON file = source WHERE known.kind = 'none'")" 0 \
    "the quarterly template is refused"
is "$(known "SELECT count(*) FROM report r JOIN got g USING (report_id) WHERE source LIKE '15-%'
             AND g.state = 'value'")" 0 "values that a crawler has lost are never filled in"
is "$(known "SELECT count(*) FROM fact WHERE stem IN (SELECT replace(replace(source, '.txt', ''), '.html', '') FROM report)")" \
    "$(known "SELECT count(*) FROM fact")" "all known cells have been compared"
done_testing
