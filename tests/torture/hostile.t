#!/bin/bash
# Files that mean harm lie among good ones: each is refused or read for what it is, in bounded time and
# memory, the rest of the run goes on, and nothing of them reaches a terminal, a spreadsheet or a page raw.
. "$(dirname "$0")/../cli/lib.sh"
cd "$work" || exit 2
mkdir in
bounded() { # ARGUMENT...: the program with 120 s of processor time and 2 GiB of memory
    case $gongkai in */asan/*) memory=unlimited ;; *) memory=2097152 ;; esac # ASan maps terabytes
    (ulimit -t 120 -v $memory && exec "$gongkai" "$@") >out 2>err </dev/null
    code=$?
}

report 常德市教育局 2023 5 >in/good.txt
mkfifo in/fifo
ln -s /etc/passwd in/link.txt
ln -s . in/loop
[ "$(id -u)" -ne 0 ] || mknod in/null.txt c 1 3 2>/dev/null
report 常德市财政局 2023 7 >$'in/a\nb\e[31m\e]0;x\a.txt'
report 常德市民政局 2023 7 >$'in/\xff\xfe.txt'
report 常德市审计局 2023 7 >'in/=cmd|calc!A1.txt'
report 常德市水利局 2023 7 >"in/'); DROP TABLE fact; --.txt"
report 常德市林业局 2023 7 >'in/<img src=x onerror=alert(1)>.txt'
cat >in/names.csv <<'END'
agency,division,year,scope,code,value
"=HYPERLINK(""http://x"",""y"")局",430700,2023,own,t3.new.total,1
"+1局",430700,2023,own,t3.new.total,1
"-1局",430700,2023,own,t3.new.total,1
"@SUM(1)局",430700,2023,own,t3.new.total,1
"<script>alert(1)</script>局",430700,2023,own,t3.new.total,1
"'); DROP TABLE report; --局",430700,2023,own,t3.new.total,1
常德市大数局,430700,2023,own,t3.new.total,9223372036854775808
常德市大数局,430700,2023,own,t3.new.person,-99999999999999999999999999
常德市大数局,430700,2023,own,t2.fees.amount,99999999999999999999.99999999999999999
常德市大数局,430700,2023,own,t3.granted.total,"=1+1"
END
python3 - <<'END'
import gzip, io, os, socket, tarfile, zipfile
deep = 60000 if os.environ.get("TORTURE") == "long" else 12000
s = socket.socket(socket.AF_UNIX)
s.bind("in/socket")
head = "常德市某局2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n"
def put(name, data):
    open("in/" + name, "wb").write(data if isinstance(data, bytes) else data.encode())
def page(body):
    return "<html><title>常德市某局2023年政府信息公开工作年度报告</title><body>" + body
put("cells.txt", head + "0 | " * 260000)
put("digits.txt", head + "一、本年新收政府信息公开申请数量 | " + "9" * 1000000)
put("line.txt", head + "x" * 5000000)
put("blank.txt", "\n" * 3000000)
put("brackets.txt", head + "（" * 300000)
put("titles.txt", (head.split("\n")[0] + "\n") * 60000)
put("nul.txt", head.encode() + b"\0" * 100000)
put("invalid.txt", head.encode() + b"\xff\xfe\x80" * 30000)
put("mixed.txt", b"".join((head * 3).encode("gb18030" if i % 2 else "utf8") for i in range(300)))
put("spans.html", page("<table>" + "<tr><td colspan=999999999 rowspan=999999999>x<td>1" * 3000))
put("overlap.html", page("<table>" + "<tr><td>y<td colspan=999 rowspan=65534>x<tr><td colspan=1000>z" * 8000))
put("deep.html", page("<div>" * 200000))
put("hidden-depth.html", page("<div></x>" * deep))
put("attributes.html", page("<p " + " ".join("a%d=1" % i for i in range(deep)) + ">"))
put("tables.html", page("<table><tr><td>" * 100000))
put("bomb.txt.gz", gzip.compress(b"0" * 300000000, 9))
put("twice.gz", gzip.compress(gzip.compress(b"0" * 50000000, 9)))
def zipped(parts):
    b = io.BytesIO()
    with zipfile.ZipFile(b, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in parts:
            z.writestr(name, data)
    return b.getvalue()
put("bomb.zip", zipped([("a.txt", b"0" * 300000000)]))
inner = zipped([("x.txt", "x")])
for i in range(6):
    inner = zipped([("%d.zip" % i, inner)])
put("nested.zip", inner)
put("paths.zip", zipped([("../../escaped.txt", head), ("/tmp/gongkai-escaped.txt", head), ("a\nb\x1b[31m.txt", head)]))
put("same.zip", zipped([("%d.txt" % i, "x") for i in range(3000)]))
t = io.BytesIO()
with tarfile.open(fileobj=t, mode="w") as tar:
    for name, kind in (("dev", tarfile.CHRTYPE), ("fifo", tarfile.FIFOTYPE), ("sym", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE)):
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, "/etc/passwd"
        tar.addfile(member)
put("special.tar", t.getvalue())
types = '<?xml version="1.0"?><Types/>'
book = ('<workbook xmlns:r="r"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>')
links = '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
def xlsx(sheet, strings="<sst/>", dtd=""):
    return zipped([("[Content_Types].xml", types), ("xl/workbook.xml", book), ("xl/_rels/workbook.xml.rels", links),
                   ("xl/sharedStrings.xml", strings), ("xl/worksheets/sheet1.xml", dtd + "<worksheet><sheetData>" + sheet + "</sheetData></worksheet>")])
cell = '<row><c t="inlineStr"><is><t>%s</t></is></c></row>'
put("far.xlsx", xlsx(cell % "常德市某局2023年报" + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
put("strings.xlsx", xlsx(cell % "x", "<sst>" + "<si><t>x</t></si>" * 1000000 + "</sst>"))
laugh = '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">' + "".join('<!ENTITY %s "%s">' % (chr(98 + i), ("&%s;" % chr(97 + i)) * 10) for i in range(9)) + "]>"
put("laugh.xlsx", xlsx(cell % "&j;", dtd=laugh))
put("entity.xlsx", xlsx(cell % "&x;", dtd='<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'))
lie = bytearray(xlsx(cell % "x"))
at = lie.rfind(b"PK\x01\x02")
lie[at + 24:at + 28] = b"\xff\xff\xff\xff"
put("lie.xlsx", bytes(lie))
put("entity.docx", zipped([("[Content_Types].xml", types), ("word/document.xml", '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>')]))
put("manifest.csv", "path,agency,division,year,scope\n" + "".join("f%d.txt,常德市第%d局,430700,2023,own\n" % (i, i) for i in range(100000)))
END

mv in/manifest.csv .
bounded import --manifest manifest.csv in
is "$code" 3 "an inbox of hostile files is taken to its end: they are rejected, the run is well" || said
is "$(ask "SELECT read = loaded + unchanged + rejected FROM v_run WHERE command = 'import'")" 1 "and every input is counted"
is "$(ask "SELECT count(*) FROM v_cell WHERE agency IN ('常德市教育局', '常德市财政局', '常德市民政局', '常德市审计局', '常德市水利局', '常德市林业局')")" 1200 \
    "the good ones among them are read, whatever their names"
is "$(ask "SELECT count(*) FROM v_report WHERE agency LIKE '%DROPTABLE%'") $(ask 'SELECT count(*) > 0 FROM fact')" "1 1" \
    "SQL in a name is a name"
is "$(ask "SELECT code, state, value FROM v_cell WHERE agency = '常德市大数局' ORDER BY code")" \
    "t2.fees.amount|text|99999999999999999999.99999999999999999
t3.granted.total|text|=1+1
t3.new.person|text|-99999999999999999999999999
t3.new.total|text|9223372036854775808" "numbers that do not fit are kept as words"
is "$(LC_ALL=C grep -c "$(printf '[\001-\010\013-\037\177]')" out err | tr '\n' ' ')" "out:0 err:0 " "no control character reaches the terminal or the log"
is "$(ls / "$work" "$work/.." 2>/dev/null | grep -c escaped)" 0 "no member of an archive is written anywhere"
is "$(ask "SELECT count(*) FROM v_source WHERE source LIKE '%link%' OR source LIKE '%loop%' OR source LIKE '%fifo%' OR source LIKE '%socket%' OR source LIKE '%null%'")" 0 \
    "links, devices, FIFOs and sockets are left alone"
is "$(LC_ALL=C grep -c 'root:x:0' gongkai.db)" 0 "no entity brings in a file of the machine"
for name in bomb.txt.gz bomb.zip/a.txt laugh.xlsx entity.xlsx entity.docx overlap.html; do
    ask "SELECT 1 FROM v_reject WHERE source LIKE '$name%'" | grep -q 1 || echo "$name"
done >left
is "$(cat left)" "" "bombs and pages with traps are rejected by name"
bounded import --manifest manifest.csv in
is "$code $(ask "SELECT rejected FROM v_run WHERE command = 'import' ORDER BY run_id DESC LIMIT 1")" "0 0" "met again they are known, and the night is silent"

bounded rollup
bounded check
ask_write() { sqlite3 "$GONGKAI_WAREHOUSE" "$1"; }
ask_write "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
    INSERT INTO finding (rule, severity, report_id, year, line, message, message_zh, first_seen)
    SELECT 'balance', 'error', (SELECT report_id FROM v_report WHERE agency = '常德市教育局'), 2023, i,
           '<script>alert(' || i || ')</script>', '=1+' || i, '2025-01-01' FROM n"
bounded export --page files
is "$code" 0 "100,000 findings on one report are exported" || said
bounded report --division 430700 --year 2023 --format html --output r.html
html=$code
bounded report --division 430700 --year 2023 --format xlsx --output r.xlsx
is "$html $code" "0 0" "and reported" || said
is "$(cat r.html files/page/*.html files/page/*/*.html 2>/dev/null | grep -c '<script>alert\|<img src=x')" 0 "HTML in names and messages is shown, not obeyed"
is "$(python3 - <<'END'
import csv, glob
bad = 0
for path in glob.glob("files/*.csv"):
    for row in csv.reader(open(path, encoding="utf-8-sig", newline="")):
        for cell in row:
            if cell[:1] in "=+-@\t\r" and cell[:1]:
                try:
                    float(cell)
                except ValueError:
                    bad += 1
print(bad)
END
)" 0 "no cell of a CSV runs as a formula"
run verify
is "$code $(grep -c 'gongkai: error: wrong' err) $(grep -c 'table finding ' err)" "7 1 1" \
    "and the warehouse is whole but for the rows that another program brought" || said
done_testing
