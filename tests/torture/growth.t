#!/usr/bin/env python3
# Inputs of each family of families.py grow: each ends well or is rejected, within the processor time that a
# linear reading takes many times over. The long form doubles each and says by how much the time grew.
import os
import resource
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from families import fam  # noqa: E402

top = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
gongkai = os.environ.get("GONGKAI", top + "/build/release/gongkai")
long = os.environ.get("TORTURE") == "long"
SHORT = 4096  # how many of whatever it is
SECONDS = 60
DEEP = {"html_evade", "html_evade_b", "html_evade_comment", "html_evade_attr", "html_attrs", "html_bodies", "html_htmls"}


def take(work, name, n):
    """Bytes, seconds of processor time and exit code of an import of n of that family."""
    data = fam[name](n)
    path = "%s/x.%s" % (work, name.split("_")[0])
    with open(path, "wb") as f:
        f.write(data)
    shutil.copy(work + "/empty.db", work + "/gongkai.db")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(["bash", "-c", "ulimit -t %d; exec \"$@\"" % SECONDS, "-", gongkai, "import", "-w",
                           work + "/gongkai.db", "--originals", "none", path], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    for tail in ("", "-wal", "-shm", ".lock"):
        if os.path.exists(work + "/gongkai.db" + tail):
            os.remove(work + "/gongkai.db" + tail)
    return len(data), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.returncode


def sizes(name):
    if not long:
        return [SHORT // 2 if name in DEEP else SHORT]
    return [1 << k for k in range(10, 15 if name in DEEP else 18)]


with tempfile.TemporaryDirectory() as work:
    subprocess.run([gongkai, "status", "-w", work + "/empty.db"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    bad, slow, tried = [], [], 0
    for name in sorted(fam):
        last = None
        for n in sizes(name):
            size, seconds, code = take(work, name, n)
            tried += 1
            if code not in (0, 3):
                bad.append("%s of %d ended with %d" % (name, n, code))
            if last and last[1] > 0.25 and seconds / last[1] > 3 and name not in DEEP:
                slow.append("%s: %d bytes %.2f s, %d bytes %.2f s" % (name, last[0], last[1], size, seconds))
            last = (size, seconds)
            if seconds > 10 or size > 40_000_000:
                break
    print("%sok 1 - %d inputs of %d families are taken or rejected, in bounded time" % ("not " if bad else "", tried, len(fam)))
    for line in bad:
        print("# " + line)
    for line in slow:
        print("# grows faster than its size: " + line)
    print("# figure: %d inputs of %d families, %s%d at a time: all taken or rejected; time more than tripled when the "
          "size doubled in %d" % (tried, len(fam), "up to " if long else "", max(sizes("txt_rows")), len(slow)))
    print("1..1")
