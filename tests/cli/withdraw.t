#!/bin/bash
# A report is taken out, given away, and put back.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2

value() {
    ask "SELECT year, agency, value FROM v_cell WHERE code = 't3.new.total' ORDER BY year, agency"
}
mkdir in
report 常德市教育局 2023 5 >in/a.txt
report 常德市财政局 2023 7 >in/b.txt
run import in
report 常德市教育局 2023 6 >in/a.txt
run import in
run withdraw 3
is "$code" 2 "a withdrawal without a reason is refused"
run withdraw 3 --reason 'wrong file'
is "$code $(value)" "0 2023|常德市教育局|5
2023|常德市财政局|7" "a revision that is withdrawn gives way to the one before it"
run withdraw 3 --undo
is "$code $(value)" "0 2023|常德市教育局|6
2023|常德市财政局|7" "and comes back when that is undone"
run withdraw --agency 常德市教育局 --year 2023 --reason 'a clone of the site'
is "$(value)" "2023|常德市财政局|7" "by agency and year all revisions are taken out"
is "$(ask "SELECT count(*), min(reason) FROM v_withdrawal WHERE undone_at IS NULL")" \
    "2|a clone of the site" "they are kept and shown"
run import in
is "$code $(value)" "0 2023|常德市财政局|7" "an import of the same files does not bring them back"
cp in/a.txt in/copy.txt
run import in
is "$(grep -c 'withdrawn source=copy.txt' err) $(value)" "1 2023|常德市财政局|7" \
    "nor does a copy, which is said"
rm in/a.txt in/copy.txt
run withdraw --agency 常德市教育局 --year 2023 --undo
is "$(value)" "2023|常德市教育局|6
2023|常德市财政局|7" "undone, the current one is current again"
run withdraw 2 --to-year 2022 --reason 'the title is wrong'
is "$(value)" "2022|常德市财政局|7
2023|常德市教育局|6" "a report is given to another year"
run withdraw 2 --to-agency 常德市教育局 --reason 'not theirs'
is "$(value)" "2022|常德市教育局|7
2023|常德市教育局|6" "and to another agency"
run withdraw 2 --undo
run withdraw 2 --undo
is "$(value)" "2023|常德市教育局|6
2023|常德市财政局|7" "undone twice it is where it was"
run withdraw 2 --undo
is "$code" 2 "what is not withdrawn cannot be undone"
run withdraw 99 --reason x
is "$code" 2 "nor can a report be withdrawn that is not there"
run withdraw 2 --reason x --dry-run
is "$code $(ask "SELECT count(*) FROM v_report")" "0 2" "a dry run takes nothing out"
is "$(ask 'SELECT count(*) FROM report WHERE current = 1 AND report_id NOT IN
    (SELECT report_id FROM tenure WHERE to_at IS NULL)')" 0 "every current report has an open tenure"
run verify
is "$code" 0 "the warehouse is whole"
done_testing
