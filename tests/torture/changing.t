#!/usr/bin/env python3
"""Files that change or go while they are read: what was stored is what one version of them says, and the next
run has what they say in the end."""
import os
import shutil
import sqlite3
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import kit  # noqa: E402

REPORTS = 4000 if kit.LONG else 600
MOMENTS = kit.each(24 if kit.LONG else 4)
HEAD = "agency,division,year,scope,code,value\n"


def codes():
    with open(kit.TOP + "/sql/forms/form-2021.tsv", encoding="utf-8") as f:
        lines = [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")]
    return [line[lines[0].index("code")] for line in lines[1:]]


CODES = codes()


def text(value, reports=REPORTS):
    """A long CSV in which every report says the same figure, three digits wide."""
    return (HEAD + "".join("第%05d中心,430702,2023,own,%s,%d\n" % (n, code, value) for n in range(reports)
                           for code in CODES if code.startswith("t3.new."))).encode()


FIRST, SECOND = text(111), text(222)


def truncate(path):
    os.truncate(path, len(FIRST) // 3)


def rewrite(path):
    with open(path, "r+b") as f:
        f.write(SECOND)


def replace(path):
    with open(path + ".new", "wb") as f:
        f.write(SECOND)
    os.rename(path + ".new", path)


def append(path):
    with open(path, "ab") as f:
        f.write(SECOND[len(HEAD):])


def remove(path):
    os.unlink(path)


def figures(folder):
    """Of each report that stands, the figures it says: all 111 or all 222."""
    db = sqlite3.connect(folder + "/gongkai.db")
    try:
        return dict(db.execute("SELECT agency, group_concat(DISTINCT value) FROM v_cell GROUP BY agency"))
    finally:
        db.close()


def disturbed(folder, change, moment, whole):
    """What is wrong after a change at that part of the time that a run takes: nothing, or a sentence."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder + "/in")
    path = folder + "/in/long.csv"
    with open(path, "wb") as f:
        f.write(FIRST)
    os.utime(path, (1700000000, 1700000000))
    env = dict(os.environ, LC_ALL="C.UTF-8", GONGKAI_WAREHOUSE="gongkai.db")
    child = subprocess.Popen([kit.PROGRAM, "import", "in"], cwd=folder, env=env, stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE)
    time.sleep(whole * moment)
    change(path)
    said = child.communicate(timeout=kit.SECONDS)[1].decode(errors="replace")
    if child.returncode not in (0, 3):
        return "exit %d: %s" % (child.returncode, said[-300:])
    verified = kit.run(folder, ["verify"])
    if verified.code:
        return "verify ends with %d: %s" % (verified.code, verified.last_line())
    mixed = [a for a, values in figures(folder).items() if values not in ("111", "222")]
    if mixed:
        return "%d reports say what no version of the file says" % len(mixed)
    if change is remove:
        return None
    again = kit.run(folder, ["import", "in"])
    if again.code not in (0, 3):
        return "run again it ends with %d: %s" % (again.code, again.last_line())
    now = figures(folder)
    if change is truncate:
        with open(path, "rb") as f:
            kept = {line.split(b",")[0].decode() for line in f.read().splitlines()[1:-8]}
        return None if all(now.get(a) == "111" for a in kept) else "what is left of the file is not all there"
    wanted = dict.fromkeys(("第%05d中心" % n for n in range(REPORTS)), "222")
    if change is append:  # each cell is there twice, and differs: it is no report any more
        return None if set(now.values()) <= {"111"} else "a report that contradicts itself was taken"
    if now != wanted:
        return "%d of %d reports say what the file says in the end" % (
            sum(now.get(a) == v for a, v in wanted.items()), REPORTS)
    return None


def main():
    with kit.scratch() as folder:
        work, tried = folder + "/work", 0
        os.mkdir(work)
        with open(work + "/long.csv", "wb") as f:
            f.write(FIRST)
        began = time.monotonic()
        kit.run(work, ["import", "long.csv"])
        whole = time.monotonic() - began
        names = {truncate: "is cut", rewrite: "is written over", replace: "is replaced", append: "grows",
                 remove: "goes"}
        for change, name in names.items():
            wrong = []
            for n in range(MOMENTS):
                why = disturbed(work, change, (n + 0.5) / MOMENTS, whole)
                tried += 1
                if why:
                    wrong.append("after %d of %d parts of the time: %s" % (n + 1, MOMENTS, why))
            kit.ok(not wrong, "a file that %s while it is read: no report mixes two versions, and the next run has "
                   "what it says in the end" % name, wrong)
    kit.figure("%d files changed under the reader" % tried)
    kit.done()


main()
