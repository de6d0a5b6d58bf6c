#!/bin/sh
# setup.sh --install|--need GROUP... - sees to the Debian packages of packages.txt.
# --install installs those that are missing (as root, or through sudo); --need, or when neither is
# possible, names the command that would, and fails. With nothing missing it does nothing.
set -eu
here=$(dirname "$0")
how=$1
shift

wanted=$(for group in "$@"; do
    sed -n "s/^\([a-z0-9.+-]*\)  *$group\$/\1/p" "$here/packages.txt"
done | sort -u)

if ! command -v dpkg-query >/dev/null; then
    # Not Debian: the compiler and the headers have to be there already.
    if command -v "${CC:-cc}" >/dev/null &&
        printf '#include <%s>\n' sqlite3.h zlib.h libdeflate.h csv.h gumbo.h utf8proc.h archive.h expat.h \
            xlsxwriter.h xxhash.h openssl/evp.h minizip/unzip.h uthash.h |
        "${CC:-cc}" -E -x c - >/dev/null 2>&1; then
        exit 0
    fi
    echo "setup: this is no Debian. Install what these Debian packages hold, then try again:" >&2
    echo "$wanted" | tr '\n' ' ' >&2
    echo >&2
    exit 1
fi

installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null |
    sed -n 's/^installed //p' || true)
missing=
for package in $wanted; do
    case "
$installed
" in
    *"
$package
"*) ;;
    *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0

install="apt-get install -y --no-install-recommends$missing"
if [ "$how" = --install ] && [ "$(id -u)" -eq 0 ]; then
    as=
elif [ "$how" = --install ] && command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    as="sudo "
else
    echo "setup: packages are missing. Install them, then try again:" >&2
    echo "    sudo apt-get update && sudo $install" >&2
    exit 1
fi
echo "setup: installing$missing" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { ${as}env DEBIAN_FRONTEND=noninteractive $install ||
    { ${as}apt-get update && ${as}env DEBIAN_FRONTEND=noninteractive $install; }; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "setup: that failed. The command was: ${as}apt-get update && ${as}$install" >&2
    exit 1
fi
