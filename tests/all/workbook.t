#!/bin/bash
# A region's report as a workbook, opened by LibreOffice: the same figures as the CSV, charts on their
# own sheet, all of it fit to be printed.
. "$(dirname "$0")/lib.sh"
need soffice python3 pdftotext pdfinfo
provinces
cd "$work" || exit
run report -d 430700 -y 2022 -f xlsx -o book.xlsx
run report -d 430700 -y 2022 --no-bom -o book.csv
office() {
    soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to "$1" book.xlsx >said 2>&1
}
mkdir profile
office 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1'
is "$(ls book-*.csv | wc -l | tr -d ' ')" 5 "a spreadsheet program opens its five sheets"
# All figures of a file as printed, in order; of the first sheet, those of the tables.
cat >figures.py <<'END'
import csv, re, sys
rows = list(csv.reader(open(sys.argv[1], encoding='utf-8-sig')))
first = next(i for i, row in enumerate(rows) if row and row[0].startswith('二、'))
for row in rows[first:]:
    cells = [c for c in row if re.fullmatch(r'-?[0-9]+(\.[0-9]+)?', c)]
    if cells:
        print(*cells)
END
python3 figures.py book-*汇总*.csv >there
python3 figures.py book.csv >here
is "$(diff here there | head -n 5)" "" "the figures of tables 二, 三 and 四 are those of the CSV"
is "$(wc -w <here | tr -d ' ')" 200 "all cells of the form are there"
office pdf
pdftotext -layout book.pdf book.txt
ok "$([ "$(pdfinfo book.pdf | sed -n 's/^Pages: *//p')" -lt 12 ]; echo $?)" "it prints on a few pages"
ok "$(head -n 8 book.txt | grep -q '未报1份'; echo $?)" "the first page says what is missing"
is "$(python3 -m zipfile -l book.xlsx | grep -c 'charts/chart')" 2 "it has native charts"
done_testing
