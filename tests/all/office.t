#!/bin/bash
# Old Word, Excel and WPS files, RTF and OpenDocument are read by way of LibreOffice: cell for cell as the
# page they were made of, away from the network, and without leaving anything behind.
. "$(dirname "$0")/lib.sh"
need soffice python3
cd "$work" || exit
mkdir made profile temporary
export TMPDIR="$work/temporary"
cp "$top"/fixtures/samples/in/04-*.html page.html
office() { # FORMAT FILE [FILTER]
    soffice "-env:UserInstallation=file://$work/profile" --headless ${3:+"--infilter=$3"} --convert-to "$1" \
        --outdir made "$2" >said 2>&1
}
office odt page.html 'HTML (StarWriter)'
office ods page.html 'HTML (StarCalc)'
for format in doc rtf; do office $format made/page.odt; done
office xls made/page.ods

cells() {
    ask "SELECT code, state, value FROM v_cell ORDER BY code"
}
run import page.html
cells >wanted
is "$(wc -l <wanted | tr -d ' ')" 200 "the page has all cells of the form"
for format in doc rtf odt xls ods; do
    rm -f "$GONGKAI_WAREHOUSE"
    run import "made/page.$format"
    cells >got
    is "$code $(diff wanted got | head -n 5)" "0 " "a .$format file is read cell for cell" || said
done
is "$(ask "SELECT format FROM v_source")" office "and its source says how it was read"

# A document that wants a picture fetched: what LibreOffice would do by itself, and does not here.
cat >fetch.py <<'END'
import http.server, subprocess, sys, threading, zipfile
gongkai, work = sys.argv[1:]
asked = []
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        asked.append(self.path)
        self.send_error(404)
    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET
    def log_message(self, *_):
        pass
server = http.server.HTTPServer(('127.0.0.1', 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
link = '<text:p><draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:type="simple" xlink:show="embed"' \
       ' xlink:actuate="onLoad" xlink:href="http://127.0.0.1:%d/x.png"/></draw:frame></text:p></office:text>'
with zipfile.ZipFile('made/page.odt') as old, zipfile.ZipFile('link.odt', 'w') as new:
    for member in old.infolist():
        data = old.read(member)
        if member.filename == 'content.xml':
            data = data.replace(b'</office:text>', (link % server.server_port).encode())
        new.writestr(member, data, zipfile.ZIP_STORED if member.filename == 'mimetype' else zipfile.ZIP_DEFLATED)
subprocess.run(['soffice', '-env:UserInstallation=file://%s/profile' % work, '--headless', '--convert-to', 'docx',
                '--outdir', 'made', 'link.odt'], capture_output=True)
bare = len(asked) > 0
asked.clear()
code = subprocess.run([gongkai, 'import', '-q', 'link.odt']).returncode
print(bare, code, len(asked))
END
rm -f "$GONGKAI_WAREHOUSE"
is "$(python3 fetch.py "$gongkai" "$work" 2>&1)" "True 0 0" "what a document wants fetched is not fetched"

# What it cannot read is refused in words, and the next file goes on.
mkdir bad
head -c 2000 made/page.doc >bad/cut.doc
printf '{\\rtf1 no report' >bad/cut.rtf
cp made/page.xls bad/good.xls
rm -f "$GONGKAI_WAREHOUSE"
run import bad
is "$code $(ask "SELECT reason, count(*) FROM v_reject GROUP BY 1") $(ask "SELECT count(*) FROM v_report")" \
    "3 converter|1
format|1 1" "damaged ones are refused, the next is read" || said
is "$(ls temporary)" "" "nothing is left behind"
done_testing
