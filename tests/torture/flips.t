#!/usr/bin/env python3
"""A bit of the warehouse flips: `verify` finds it, or it is without any effect."""
import glob
import gzip
import os
import random
import sqlite3
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import kit  # noqa: E402


def newest():
    """The fixture of today's schema: a warehouse in which every kind of table has rows."""
    kept = glob.glob(kit.TOP + "/fixtures/warehouses/version-*.db.gz")
    with gzip.open(max(kept, key=lambda p: int(p.split("version-")[1].split(".")[0]))) as file:
        return file.read()


def contents(path):
    """All that an analyst could read: every row of every table and view, and what the schema says."""
    db = sqlite3.connect("file:%s?immutable=1" % path, uri=True)
    db.text_factory = bytes
    try:
        schema = sorted(db.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema"), key=repr)
        names = [name.decode() for kind, name, _, _ in schema if kind in (b"table", b"view")]
        return schema, {name: sorted(db.execute('SELECT * FROM "%s"' % name), key=repr) for name in names}
    finally:
        db.close()


def same(path, whole):
    try:
        return contents(path) == whole
    except sqlite3.Error:
        return False


def verify(path):
    got = subprocess.run([kit.PROGRAM, "verify", "--warehouse", path], capture_output=True, timeout=kit.SECONDS)
    return got.returncode, got.stderr.decode(errors="replace").strip().splitlines()[-1:]


def main():
    bytes_, found, idle, overlooked, odd, words = newest(), 0, 0, [], [], {}
    with kit.scratch() as folder:
        path = folder + "/flipped.db"
        with open(path, "wb") as file:
            file.write(bytes_)
        code, said = verify(path)
        # what it writes of its own - views of the program as it is - belongs to the whole
        with open(path, "rb") as file:
            bytes_ = bytearray(file.read())
        whole = contents(path)
        kit.ok(code == 0, "the warehouse is whole before", said)
        chance = random.Random(int(os.environ.get("SEED", "1")))
        flips = kit.each(6000 if kit.LONG else 100)
        for _ in range(flips):
            bit = chance.randrange(len(bytes_) * 8)
            bytes_[bit // 8] ^= 1 << bit % 8
            for name in glob.glob(path + "*"):
                os.unlink(name)
            with open(path, "wb") as file:
                file.write(bytes_)
            code, said = verify(path)
            if code == 7:
                found += 1
            elif code != 0:
                odd.append("bit %d: exit %d, %s" % (bit, code, said))
            elif same(path, whole):
                idle += 1
            else:
                overlooked.append("bit %d, page %d of 4096 bytes" % (bit, bit // 8 // 4096 + 1))
            bytes_[bit // 8] ^= 1 << bit % 8
        kit.ok(not overlooked, "every flipped bit that changes anything is found", overlooked)
        kit.ok(not odd, "verify ends with 7 when something is wrong, whatever it is", odd)
        kit.ok(found > flips // 3, "most bits of the file matter", ["%d of %d" % (found, flips)])
        foreign(folder, path, bytes_)
    kit.figure("%d bits flipped: %d found, %d without effect, %d overlooked" %
               (flips, found, idle, len(overlooked)))
    kit.done()


def foreign(folder, path, bytes_):
    """Another program writes: the table is named."""
    missed = []
    changes = [
        ("fact", "UPDATE fact SET v0 = v0 + 1 WHERE fact_id = (SELECT max(fact_id) FROM fact)"),
        ("report", "UPDATE report SET superseded = revision WHERE report_id = (SELECT max(report_id) FROM report)"),
        ("agency", "UPDATE agency SET name = name || '局' WHERE agency_id = (SELECT max(agency_id) FROM agency)"),
        ("finding", "UPDATE finding SET severity = 'warning'"),
        ("total", "DELETE FROM total WHERE area_id = (SELECT max(area_id) FROM total)"),
        ("waiver", "INSERT INTO waiver SELECT agency, year + 1, rule, code, reason, made_at FROM waiver LIMIT 1"),
        ("v_total", "DROP VIEW v_total; CREATE VIEW v_total AS SELECT 1 AS value"),
        ("later", "CREATE TRIGGER later AFTER INSERT ON fact BEGIN DELETE FROM waiver; END"),
    ]
    for table, sql in changes:
        for name in glob.glob(path + "*"):
            os.unlink(name)
        with open(path, "wb") as file:
            file.write(bytes_)
        db = sqlite3.connect(path)
        db.executescript(sql)
        db.close()
        got = subprocess.run([kit.PROGRAM, "verify", "--warehouse", path], capture_output=True, text=True)
        if got.returncode != 7 or table not in got.stderr:
            missed.append("%s: exit %d: %s" % (table, got.returncode, got.stderr[-300:]))
    kit.ok(not missed, "what another program changes is found, and its table named", missed)


main()
