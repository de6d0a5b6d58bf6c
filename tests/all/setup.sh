#!/bin/sh
# setup.sh - sees to what the tests of this folder need: the Debian packages of the group all, and
# what package.json names, in build/npm. Where a registry cannot be reached it says so and goes on;
# the tests that need what is missing are then skipped.
cd "$(dirname "$0")/../.." || exit
npm=$PWD/build/npm
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# try WHAT COMMAND...: within ten minutes, or it is said to have failed.
try() {
    what=$1
    shift
    timeout 600 "$@" >"$log" 2>&1 </dev/null && return 0
    echo "check-all: $what cannot be had; tests that need it are skipped. The last words were:"
    tail -n 3 "$log" | sed 's/^/    /'
    return 1
}

try "a Debian package (a server, a browser, LibreOffice)" sh tests/setup/setup.sh --install all
command -v node >/dev/null || exit 0
command -v npm >/dev/null ||
    try "npm" sh -c "$([ "$(id -u)" -eq 0 ] || echo sudo -n) apt-get install -y \
        --no-install-recommends npm" || exit 0
mkdir -p "$npm"
cmp -s tests/all/package.json "$npm/package.json" && [ -f "$npm/complete" ] && exit 0
rm -f "$npm/complete" "$npm/package-lock.json"
cp tests/all/package.json "$npm/package.json"
try "a package of npm" npm install --no-audit --no-fund --ignore-scripts --prefix "$npm" &&
    touch "$npm/complete"
exit 0
