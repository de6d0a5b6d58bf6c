#!/bin/bash
# Inputs that bear one name: in an archive, or because a name is written in two encodings. Each is an input of its own.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2
report 常德市教育局 2023 5 >good.txt
report 常德市民政局 2023 3 >other.txt
python3 - <<'END'
import zipfile, warnings, io, tarfile
warnings.simplefilter("ignore")
good, other = open("good.txt", "rb").read(), open("other.txt", "rb").read()
def zipped(name, *members):
    with zipfile.ZipFile(name, "w") as z:
        for member, data in members:
            z.writestr(member, data)
zipped("bad-good.zip", ("a.txt", "内容不全\n"), ("a.txt", good))
zipped("two-good.zip", ("b/a.txt", good), ("b/a.txt", other))
zipped("two-bad.zip", ("a.txt", "内容不全\n"), ("a.txt", "别的内容\n"), ("a#2.txt", "又一内容\n"))
with tarfile.open("two.tar", "w") as tar:
    for data in (good, other):
        info = tarfile.TarInfo("a.txt"); info.size = len(data); tar.addfile(info, io.BytesIO(data))
zipped("many.zip", *[("a.txt", "%d\n" % n) for n in range(3000)])
END
nights() { # INPUT: exit codes and what was read of three runs over it
    rm -f gongkai.db*
    for _ in 1 2 3; do
        "$gongkai" import -q "$1" >out 2>err
        printf '%s ' "$? $(ask 'SELECT read, loaded, unchanged, rejected FROM v_run ORDER BY run_id DESC LIMIT 1')"
    done
}
is "$(nights bad-good.zip)$(ask 'SELECT source, reason FROM v_reject')" \
    "3 2|1|0|1 0 2|0|2|0 0 2|0|2|0 bad-good.zip/a.txt|no-tables" "a refused member stands beside a good one of its name, and is known the next night"
is "$(nights two-good.zip)$(ask 'SELECT agency FROM v_report ORDER BY agency' | tr '\n' ' ')$(grep -c left-behind err)" \
    "0 2|2|0|0 0 2|0|2|0 0 2|0|2|0 常德市教育局 常德市民政局 0" "two good members of one name are both read once"
is "$(ask "SELECT path FROM source ORDER BY path")" "two-good.zip/b/a#2.txt
two-good.zip/b/a.txt" "the second is told by a number"
is "$(nights two-bad.zip)$(ask 'SELECT source FROM v_reject ORDER BY source' | tr '\n' ' ')" \
    "3 3|0|0|3 0 3|0|3|0 0 3|0|3|0 two-bad.zip/a#2#2.txt two-bad.zip/a#2.txt two-bad.zip/a.txt " "refused members of one name all stand"
is "$(nights two.tar)" "0 2|2|0|0 0 2|0|2|0 0 2|0|2|0 " "so are members of a tar that was added to"
is "$(nights many.zip | cut -d' ' -f1-2)" "3 3000|0|0|3000" "thousands of one name take no longer for it"
mkdir in
cp good.txt in/常德.txt
cp other.txt "in/$(printf 常德.txt | iconv -t GB18030)"
printf 'x' >"in/$(printf '\377.txt')" && printf 'y' >'in/\xff.txt'
is "$(nights in)$(ask 'SELECT count(*) FROM v_report') $(ask 'SELECT source FROM v_reject ORDER BY source' | tr '\n' ' ')" \
    "3 4|2|0|2 0 4|0|4|0 0 4|0|4|0 2 \\xff.txt \\xff.txt#2 " \
    "a name in UTF-8 and in GB18030, and one written as another is escaped, are two files" || said
done_testing
