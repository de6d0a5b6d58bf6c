#!/usr/bin/env python3
"""Memory does not grow with what is read: a CSV of 2 GB through a pipe, an archive of a million members."""
import io
import os
import subprocess
import sys
import tarfile
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import kit  # noqa: E402

CSV_BYTES = 2 << 30 if kit.LONG else 12 << 20
MEMBERS = 1000 * 1000 if kit.LONG else 2000
IMPORT_MIB, OTHER_MIB = 128, 48
HEAD = "agency,division,year,scope,code,value\n".encode()
PLACES = ["430702", "430703", "430721", "430722", "430723", "430724", "430725", "430726", "430781"]


def codes():
    with open(kit.TOP + "/sql/forms/form-2021.tsv", encoding="utf-8") as f:
        lines = [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")]
    return [line[lines[0].index("code")] for line in lines[1:]]


def report(n, some):
    """A report in the long CSV: all zero but for a few cells that stay in balance."""
    agency = "第%06d中心,%s,%d,own," % (n // 4, PLACES[n // 4 % len(PLACES)], 2021 + n % 4)
    value = {"t3.new.person": n % 97, "t3.new.total": n % 97, "t3.granted.person": n % 97,
             "t3.granted.total": n % 97, "t3.handled.person": n % 97, "t3.handled.total": n % 97}
    return "".join("%s%s,%d\n" % (agency, code, value.get(code, 0)) for code in some).encode()


def long_csv(to):
    all_codes, n, sent = codes(), 0, to.write(HEAD)
    while sent < CSV_BYTES:
        sent += to.write(report(n, all_codes))
        n += 1
    return n


def archive(to):
    """A tar of small CSVs, one a member."""
    with tarfile.open(fileobj=to, mode="w|") as tar:
        for n in range(MEMBERS):
            data = HEAD + report(n, ["t3.new.total", "t3.granted.total", "t3.handled.total"])
            info = tarfile.TarInfo("%03d/%06d.csv" % (n // 1000, n))
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return MEMBERS


def measured(folder, arguments, feed=None):
    """Runs the program, fed through a pipe; (exit code, MiB of memory at most, last line, what feed gave)."""
    env = dict(os.environ, LC_ALL="C.UTF-8", GONGKAI_NOW="2026-03-01T02:00:00Z", GONGKAI_WAREHOUSE="gongkai.db")
    with open(folder + "/said", "w+b") as said:
        child = subprocess.Popen([kit.PROGRAM] + arguments, cwd=folder, env=env, stdout=said, stderr=said,
                                 stdin=subprocess.PIPE if feed else subprocess.DEVNULL)
        given = None
        if feed:
            try:
                given = feed(child.stdin)
                child.stdin.close()
            except BrokenPipeError:
                pass
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        lines = said.read().decode("utf-8", "replace").splitlines()
    return child.returncode, usage.ru_maxrss / 1024, lines[-1] if lines else "", given


def within(folder, name, arguments, budget, feed=None):
    code, mib, last, given = measured(folder, arguments, feed)
    small = mib <= budget or "/asan/" in kit.PROGRAM  # whose own memory is most of it
    kit.ok(code in (0, 4) and small, "%s: %s takes %d MiB at most" % (name, arguments[0], budget),
           ["exit %d, %.1f MiB: %s" % (code, mib, last)])
    kit.figure("%s, %s: %.0f MiB" % (name, arguments[0], mib))
    return given


def torture(name, feed):
    # on a disk: it is gigabytes
    with tempfile.TemporaryDirectory(prefix="torture") as folder:
        given = within(folder, name, ["import", "--originals", "none", "-"], IMPORT_MIB, feed)
        status, _, _, _ = measured(folder, ["status"])
        loaded = kit.sqlite3.connect(folder + "/gongkai.db").execute("SELECT count(*) FROM report").fetchone()[0]
        kit.ok(loaded == given and status == 0, "%s: every one of its reports is there" % name, [loaded, given])
        for arguments in (["check"], ["rollup"], ["export", "out"], ["verify"], ["status"], ["backup", "copy.db"]):
            within(folder, name, arguments, OTHER_MIB)


torture("a CSV of %d MiB" % (CSV_BYTES >> 20), long_csv)
torture("an archive of %d members" % MEMBERS, archive)
kit.done()
