#!/bin/bash
# The overview and a report as a page, in a browser: clean under axe, at home on a phone, with a keyboard
# and on paper, and no request leaves the folder.
. "$(dirname "$0")/lib.sh"
need node chromium npm:axe-core npm:playwright-core
provinces
run export "$work/files" --page
run report -d 430700 -y 2022 -f html -o "$work/files/report.html"
CHROMIUM=$(command -v chromium) node "$top/tests/all/page.cjs" \
    "$work/files/page/index.html" "$work/files/page/430700.html" "$work/files/page/430722.html" \
    "$work/files/page/regions-1.html" "$work/files/report.html" >"$work/found" 2>&1
is "$? $(head -n 20 "$work/found")" "0 " \
    "axe finds nothing, nothing is asked for elsewhere, no one has to scroll sideways, all tables print"
done_testing
