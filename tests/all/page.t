#!/bin/sh
# The overview and a report as a page, in a browser: clean under axe, at home on a phone, and no
# request leaves the folder.
cd "$(dirname "$0")/../.." || exit
fixtures=$PWD/fixtures/province
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0
ok() {
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}

npm=$PWD/build/npm
[ -d "$npm/node_modules/axe-core" ] && [ -d "$npm/node_modules/playwright-core" ] || {
    mkdir -p "$npm"
    # Debian packs npm apart from nodejs, others do not: asked for only where it is not there
    command -v npm >/dev/null || sh -c "$([ "$(id -u)" -eq 0 ] || echo sudo) apt-get install -y \
        --no-install-recommends npm" >"$work/log" 2>&1
    npm install --silent --no-audit --no-fund --prefix "$npm" axe-core@4 playwright-core@1 >"$work/log" 2>&1
}
[ -d "$npm/node_modules/axe-core" ]
ok $? "axe and a driver for the browser are there"
"$GONGKAI" register agencies "$fixtures/agencies.csv" -q -w "$work/a.db"
"$GONGKAI" import "$fixtures/inbox" -q -w "$work/a.db" >/dev/null 2>&1 # some is bad on purpose
"$GONGKAI" rollup -q -w "$work/a.db"
"$GONGKAI" check -q -w "$work/a.db" >/dev/null 2>&1
"$GONGKAI" export "$work/out" --page -q -w "$work/a.db"
"$GONGKAI" report -d 430700 -y 2022 -f html -o "$work/out/report.html" -w "$work/a.db"
NODE_PATH=$npm/node_modules CHROMIUM=$(command -v chromium) node tests/all/page.cjs \
    "$work/out/page/index.html" "$work/out/page/430700.html" "$work/out/page/430722.html" \
    "$work/out/page/regions-1.html" "$work/out/report.html" >"$work/found" 2>&1
[ $? -eq 0 ] && [ ! -s "$work/found" ]
ok $? "axe finds nothing, nothing is asked for elsewhere, a phone need not scroll sideways"
[ -s "$work/found" ] && sed 's/^/# /' "$work/found" | head -n 20
echo "1..$n"
