#!/usr/bin/env python3
"""Folders that cannot be written, files that cannot be read, a disk that is really full: by an ordinary user."""
import os
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import kit  # noqa: E402

USER = 65534 if os.getuid() == 0 and shutil.which("setpriv") else None


class Place:
    """A folder that an ordinary user owns, where nightly has run and has more to do."""

    def __init__(self, world):
        os.chmod(world.path, 0o755)
        self.program = world.path + "/gongkai"  # the other may lie where an ordinary user cannot come
        shutil.copy(kit.PROGRAM, self.program)
        kit.PROGRAM = self.program
        self.world, self.job = world, next(world.jobs(["nightly"]))
        self.path, self.work = world.path, self.job.work

    def start(self):
        self.job.start()
        self.own(self.work)

    def own(self, folder):
        if USER:
            subprocess.run(["chown", "-R", "%d:%d" % (USER, USER), folder], check=True)

    def run(self, *arguments, **how):
        return kit.run(self.work, list(arguments), user=USER, **how)

    def nightly(self, **how):
        return self.run(*self.job.arguments, **how)


def refused(place, sentence, got, codes, named, standing=True):
    """The run was refused with one of these codes, names what it is about, and has changed nothing."""
    notes = ["exit %d: %s" % (got.code, got.last_line())]
    why = place.job.standing() if standing else None
    kit.ok(got.code in codes and named in got.said and not why, sentence, notes + ([why] if why else []))


def modes(place):
    def mode(name, bits):
        os.chmod(place.work + "/" + name, bits)

    place.start()
    mode(".", 0o555)
    got = place.nightly()
    mode(".", 0o755)
    refused(place, "in a folder that cannot be written a run is refused (7)", got, [7], "warehouse")

    place.start()
    mode("gongkai.db", 0o444)
    got = place.nightly()
    refused(place, "a warehouse that cannot be written is refused (7)", got, [7], "warehouse")
    mode("gongkai.db", 0o000)
    got = place.run("status")
    refused(place, "one that cannot be read, too (7)", got, [7], "gongkai.db", False)

    place.start()
    mode("gongkai.db.lock", 0o000)
    got = place.nightly()
    refused(place, "a lock that cannot be opened is named (7)", got, [7], "gongkai.db.lock")

    place.start()
    mode("out", 0o555)
    got = place.nightly()
    mode("out", 0o755)
    new = kit.tables(place.work + "/gongkai.db") == place.job.new
    kit.ok(got.code == 7 and "out" in got.last_line() and new,
           "where the files cannot be written the work is kept, and it is said (7)", [got.code, got.said])
    why = place.job.converges()
    kit.ok(not why, "and once they can be, they are written", [why])

    place.start()
    for folder in ("out", "out/page"):
        mode(folder, 0o555)
    mode(".", 0o555)
    codes = [place.run(*command).code for command in (["status"], ["verify"], ["report", "--division", "430700",
                                                                                "--year", "2021"])]
    mode(".", 0o755)
    kit.ok(codes == [0, 0, 0] and not place.job.standing(), "what only reads runs in a folder that cannot be written",
           codes)


def inputs(place):
    place.start()
    shutil.copytree(place.path + "/both", place.work + "/in")
    closed = place.work + "/in/closed.txt"
    with open(closed, "w") as f:
        f.write("x")
    os.chmod(closed, 0)
    os.mkdir(place.work + "/in/locked")
    os.chmod(place.work + "/in/locked", 0)
    place.own(place.work + "/in")
    got = place.run("import", "in")
    os.chmod(place.work + "/in/locked", 0o755)
    named = "closed.txt" in got.said and "locked" in got.said
    loaded = place.run("status")
    kit.ok(got.code in (3, 7) and named and loaded.code == 0, "a file and a folder of the inbox that cannot be read are "
           "named, the rest is taken", ["exit %d" % got.code, got.said])
    os.chmod(closed, 0o644)
    os.unlink(closed)
    got = place.run("import", "in")
    kit.ok(got.code in (0, 3), "and taken or gone they trouble no more", [got.said])
    got = place.run("nightly", "--inbox", "gone", "--out", "out")
    kit.ok(got.code == 2 and "gone" in got.last_line(), "an inbox that is not there is a wrong option (2)", [got.said])
    got = place.run("export", "gongkai.db.lock")
    kit.ok(got.code in (2, 7) and "gongkai.db.lock" in got.last_line(), "a file is no folder for files",
           [got.code, got.said])


def outputs(place):
    place.start()
    out = ["report", "--division", "430700", "--year", "2021"]
    with open("/dev/full", "w") as full:
        got = subprocess.run([place.program] + out, cwd=place.work, stdout=full, stderr=subprocess.PIPE,
                             env=dict(os.environ, GONGKAI_WAREHOUSE="gongkai.db"))
    kit.ok(got.returncode == 7 and got.stderr, "standard output that is full is said (7)", [got.returncode])
    got = place.run(*out, "--output", "/dev/full")
    kit.ok(got.code in (2, 7) and "/dev/full" in got.said, "a device is no output", [got.code, got.said])
    os.mkdir(place.work + "/closed")
    os.chmod(place.work + "/closed", 0o555)
    got = place.run("backup", "closed/copy.db")
    kit.ok(got.code == 7 and "closed/copy.db" in got.last_line(), "a backup into a closed folder is refused (7)",
           [got.code, got.said])


def really_full(place):
    """The smallest disks on which a run has room for its beginning, not for its end."""
    disk = place.work
    shutil.rmtree(disk)
    os.mkdir(disk)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "torture", disk], stderr=subprocess.DEVNULL).returncode:
        print("ok - a really full disk # SKIP file systems cannot be mounted here")
        return 0
    wrong, full = [], 0
    used = int(subprocess.run(["du", "-sk", place.job.before], stdout=subprocess.PIPE).stdout.split()[0])
    try:
        sizes = range(used + 16, used + 4096, 64 if kit.LONG else 700)
        for size in sizes:
            subprocess.run(["mount", "-o", "remount,size=%dk" % (used + 8192), disk], check=True)
            place.start()
            subprocess.run(["mount", "-o", "remount,size=%dk" % size, disk], check=True)
            got = place.nightly()
            subprocess.run(["mount", "-o", "remount,size=%dk" % (used + 8192), disk], check=True)
            if got.code == 7:
                full += 1
                if "No space" not in got.said and "full" not in got.said:
                    wrong.append("%d KiB: not said in plain words: %s" % (size, got.last_line()))
            elif not place.job.ended_well(got.code):
                wrong.append("%d KiB: it ends with %d: %s" % (size, got.code, got.last_line()))
            why = place.job.standing() or place.job.converges()
            if why:
                wrong.append("%d KiB: %s" % (size, why))
    finally:
        subprocess.run(["umount", disk])
    kit.ok(not wrong and full > 0, "on each of %d disks that are really full the last finished run stands whole, and "
           "with more room a run leaves what an undisturbed one does" % full, wrong)
    return full


with kit.scratch() as path:
    place = Place(kit.World(path))
    modes(place)
    inputs(place)
    outputs(place)
    full = really_full(place) if os.getuid() == 0 else 0
    kit.figure("disks really full: %d" % full)
kit.done()
