#!/bin/bash
# The overview and a report as a page, in a browser: clean under axe, at home on a phone, with a keyboard
# and on paper, in both languages, and no request leaves the folder.
. "$(dirname "$0")/lib.sh"
need node chromium npm:axe-core npm:playwright-core
provinces
for lang in zh en; do
    run export "$work/$lang" --page --lang $lang
    run report -d 430700 -y 2022 -f html -o "$work/$lang/report.html" --lang $lang
    CHROMIUM=$(command -v chromium) node "$top/tests/all/page.cjs" $lang \
        "$work/$lang/page/index.html" "$work/$lang/page/430700.html" "$work/$lang/page/430722.html" \
        "$work/$lang/page/regions-1.html" "$work/$lang/report.html" >"$work/found" 2>&1
    is "$? $(head -n 20 "$work/found")" "0 " \
        "axe finds nothing, nothing is asked for elsewhere, no one has to scroll sideways, all tables print, all words are of the language ($lang)"
done
done_testing
