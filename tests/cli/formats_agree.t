#!/bin/bash
# Whatever the format, the same figures give the same cells: one report written again as CSV of the
# form, workbook, document, PDF and pages of several makes.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
page=$(echo "$top"/fixtures/samples/in/04-*.html)
mkdir in pdf
python3 "$top/fixtures/formats/make.py" "$page" in || exit 2
mv in/*.pdf pdf/
cp "$page" in/plain.html
files=$(ls in | wc -l)

# wrong: how many of the known figures the one report does not hold.
wrong() {
    python3 - "$GONGKAI_WAREHOUSE" "$top"/fixtures/samples/facts/04-*.csv <<'EOF'
import csv, sqlite3, sys
db = sqlite3.connect('file:%s?mode=ro' % sys.argv[1], uri=True)
held = {code: (state, str(value) if state == 'value' else '')
        for code, state, value in db.execute('SELECT code, state, value FROM v_cell')}
print(sum(held.get(row['code']) != (row['state'], row['value'])
          for row in csv.DictReader(open(sys.argv[2], encoding='utf-8'))))
EOF
}
run import in
is "$code $(ask 'SELECT count(*) FROM v_report') $(ask 'SELECT count(*) FROM v_source')" "0 1 $files" \
    "the same figures in $files formats are one report" || said
is "$(wrong)" 0 "each cell of it is right"
is "$(ask 'SELECT count(*) FROM v_finding')" 0 "and nothing has to be said about it"

if command -v pdftotext >/dev/null; then
    for size in 6 11; do
        rm -f "$GONGKAI_WAREHOUSE"
        run import "pdf/size-$size.pdf"
        is "$code $(wrong)" "0 0" "a PDF in type of $size points is read cell for cell" || said
    done
    rm -f "$GONGKAI_WAREHOUSE"
    run import pdf/size-8.pdf
    missing=$(wrong)
    said=$(ask "SELECT count(*) FROM v_finding WHERE rule IN ('reading', 'section')")
    ok $((missing > 0 && said == 0)) "where labels and figures share lines, what is missing is said"
    is "$(ask "SELECT count(*) FROM v_cell")" $((200 - missing)) "and nothing is made up"
else
    echo "# pdftotext is not installed: no PDF is read"
fi
done_testing
