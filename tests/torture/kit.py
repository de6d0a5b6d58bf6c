"""What the tests of this folder share: a small world to damage, and what has to hold afterwards.

A job is a command run in a folder that stands as earlier runs left it. An undisturbed run of it gives
the state that every disturbed one has to reach in the end, to the byte.
"""
import concurrent.futures
import functools
import glob
import gzip
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.environ.get("GONGKAI", TOP + "/build/release/gongkai")
SHIM = os.environ.get("TOOLS", TOP + "/build/release/tests") + "/shim.so"
LONG = os.environ.get("TORTURE") == "long"
SECONDS = 60  # no run here takes one; a longer one hangs

_count = 0
_failed = 0


def ok(holds, sentence, notes=()):
    """One test, named as a sentence; notes are shown when it does not hold."""
    global _count, _failed
    _count += 1
    print("%s %d - %s" % ("ok" if holds else "not ok", _count, sentence))
    if not holds:
        _failed += 1
        for note in list(notes)[:20]:
            print("#   " + str(note).replace("\n", "\n#   "))
    sys.stdout.flush()
    return holds


def each(usual):
    """How many moments of each command are tried; EACH= in the environment says otherwise."""
    return int(os.environ.get("EACH", usual))


def figure(text):
    print("# figure: " + text)


def done():
    print("1..%d" % _count)
    sys.exit(_failed != 0)


def scratch():
    """A folder that goes away with the test; in memory where there is room, since files are copied a lot."""
    where = None
    try:
        room = os.statvfs("/dev/shm")
        if os.access("/dev/shm", os.W_OK) and room.f_bavail * room.f_frsize > 1 << 30:
            where = "/dev/shm"
    except OSError:
        pass
    return tempfile.TemporaryDirectory(prefix="torture", dir=where)


class Ran:
    """How a run ended: exit code (negative: the signal), what it said, what the shim counted."""

    def __init__(self, code, said, counts):
        self.code, self.said = code, said
        self.calls, self.asked, self.kept = counts or (0, 0, 0)

    def last_line(self):
        lines = self.said.strip().splitlines()
        return lines[-1] if lines else ""


def run(folder, arguments, user=None, seconds=SECONDS, before=(), **shim):
    """Runs the program in `folder`; shim: kill=, half=, fail=, errno=, stay=, alloc=, journal=, count=."""
    env = dict(os.environ, LC_ALL="C.UTF-8", GONGKAI_NOW="2025-03-01T02:00:00Z",
               GONGKAI_WAREHOUSE="gongkai.db")
    count = None
    if shim:
        env["LD_PRELOAD"] = SHIM
        # the sanitizers' library wants to be first; behind the shim it does as well
        env["ASAN_OPTIONS"] = "verify_asan_link_order=0:" + env.get("ASAN_OPTIONS", "")
        for name, value in shim.items():
            if value is not None:
                env["SHIM_" + name.upper()] = str(value)
        count = shim.get("count")
    command = list(before) + [PROGRAM] + arguments
    if user:
        command = ["setpriv", "--reuid", str(user), "--regid", str(user), "--clear-groups"] + command
    try:
        got = subprocess.run(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, timeout=seconds)
        code, said = got.returncode, got.stdout
    except subprocess.TimeoutExpired as late:
        code, said = 124, late.stdout or b""
    counts = None
    if count and os.path.exists(count):
        with open(count) as f:
            counts = [int(n) for n in f.read().split()] or None
        os.unlink(count)
    return Ran(code, said.decode("utf-8", "replace"), counts)


def _rows(db, table):
    """A table without what tells one run from another: the runs' numbers, the files' inodes."""
    columns = [row[1] for row in db.execute("PRAGMA table_info(%s)" % table)]
    columns = [c for c in columns if not re.search("(^|_)run(_|$)|inode", c)]
    names = ", ".join('"%s"' % c for c in columns)
    order = ", ".join(str(i + 1) for i in range(len(columns)))
    return db.execute("SELECT %s FROM %s ORDER BY %s" % (names, table, order))


def tables(path):
    """Each table of a warehouse and the hash of what it holds; {} where there is nothing."""
    if not os.path.exists(path) or os.path.getsize(path) == 0:
        return {}
    db = sqlite3.connect(path)
    try:
        names = [row[0] for row in db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND name NOT IN ('run', 'seal')")]  # whose sums have the runs' numbers in them
        out = {"version": str(db.execute("PRAGMA user_version").fetchone()[0])}
        for name in names:
            digest = hashlib.sha256()
            for row in _rows(db, name):
                digest.update(repr(row).encode())
            out[name] = digest.hexdigest()
        return out
    finally:
        db.close()


def runs(path):
    """The runs that a warehouse says have ended well, oldest first."""
    if not tables(path):
        return []
    db = sqlite3.connect(path)
    try:
        return list(db.execute("SELECT * FROM run WHERE exit_code < 6 ORDER BY run_id"))
    finally:
        db.close()


def files(folder):
    """Every file below a folder but the warehouse, and the hash of its bytes."""
    out = {}
    for at, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(at, name)
            shown = os.path.relpath(path, folder)
            if not re.match(r"gongkai\.db(-journal|-wal|-shm|\.lock)?$", shown):
                with open(path, "rb") as f:
                    out[shown] = hashlib.sha256(f.read()).hexdigest()
    return out


def put_back(source, folder):
    """Makes `folder`, which may be a disk of its own, what `source` is."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder, symlinks=True, dirs_exist_ok=True)


class Job:
    """A command, where it starts, and where it ends when nobody disturbs it."""

    def __init__(self, world, name, arguments, before):
        self.world, self.name, self.arguments = world, name, arguments
        self.before, self.work = before, world.path + "/work"
        self.old, self.old_files = tables(self.before + "/gongkai.db"), files(self.before)
        self.old_runs = runs(self.before + "/gongkai.db")
        self.start()
        self.whole = self.run(count=world.path + "/count")
        self.new, self.new_files = tables(self.work + "/gongkai.db"), files(self.work)
        self.calls, self.asked, self.kept = self.whole.calls, self.whole.asked, self.whole.kept

    @functools.cached_property
    def again(self):
        """The exit code of a run that finds all done."""
        put_back(self.before, self.work + "-again")
        run(self.work + "-again", self.arguments)
        return run(self.work + "-again", self.arguments).code

    @functools.cached_property
    def later_files(self):
        """The files when a run before it died: its number is one more, and stands in what is exported."""
        folder = self.work + "-later"
        put_back(self.before, folder)
        if self.old:
            db = sqlite3.connect(folder + "/gongkai.db")
            db.execute("INSERT INTO run (command, started_at) VALUES ('dead', '2025-03-01T02:00:00Z')")
            db.commit()
            db.close()
        run(folder, self.arguments)
        return files(folder)

    def ended_well(self, code):
        return code == self.whole.code or code == self.again

    def start(self):
        """Lays the state before it."""
        put_back(self.before, self.work)

    def run(self, **how):
        return run(self.work, self.arguments, **how)

    def standing(self):
        """What is wrong with what a disturbed run left, before it is run again: nothing, or a sentence."""
        warehouse = self.work + "/gongkai.db"
        if os.path.exists(warehouse):
            verified = run(self.work, ["verify"])
            if verified.code != 0:
                return "verify ends with %d: %s" % (verified.code, verified.last_line())
        now = tables(warehouse)
        empty = self.world.empty if not self.old else None
        if now not in (self.old, self.new) and now != empty:
            return "the warehouse is neither the old nor the new one: " + " ".join(
                t for t in now if now[t] not in (self.old.get(t), self.new.get(t)))
        if runs(warehouse)[:len(self.old_runs)] != self.old_runs:
            return "runs that had ended are gone or changed"
        return self._files_whole(now)

    def _files_whole(self, now):
        for name, digest in files(self.work).items():
            if digest in (self.old_files.get(name), self.new_files.get(name)) or \
                    digest == self.later_files.get(name):
                if now == self.new or self.old == self.new or digest == self.old_files.get(name):
                    continue
                return "%s is new while the warehouse is old" % name
            if not re.search(r"(^|/)\.[^/]*\.new(-journal|-wal|-shm)?$", name):
                return "%s is neither the old nor the new one" % name
        for name in self.old_files:
            # the note that all of a folder is as written is taken away before it is written anew
            if name in self.new_files and not os.path.exists(self.work + "/" + name) and \
                    os.path.basename(name) != ".state":
                return "%s is gone" % name
        return None

    def converges(self):
        """Runs it again; what is wrong then: nothing, or a sentence."""
        got = self.run()
        if not self.ended_well(got.code):
            return "run again it ends with %d: %s" % (got.code, got.last_line())
        now = tables(self.work + "/gongkai.db")
        if now != self.new:
            return "run again it leaves other figures: " + " ".join(
                t for t in self.new if now.get(t) != self.new[t])
        left = files(self.work)
        if left != self.new_files and left != self.later_files:
            return "run again it leaves other files: " + " ".join(
                sorted(n for n in set(left) | set(self.new_files) if left.get(n) != self.new_files.get(n)))
        beside = [n for n in os.listdir(self.work) if n.startswith("gongkai.db-")]
        return "run again it leaves %s" % " ".join(beside) if beside else None


class World:
    """Folders of reports, and warehouses in the states that the jobs start from."""

    def __init__(self, path):
        self.path = path
        reports = TOP + "/fixtures/province/inbox/"
        self._take("first", reports, ["2021/常德市", "2021/武陵区"])
        self._take("second", reports, ["2022/武陵区", "2022/常德市", "2022/安化县2022年报.zip"])
        shutil.copytree(path + "/first", path + "/both")
        self._take("few", reports, ["2022/武陵区"])
        shutil.copytree(path + "/second", path + "/both", dirs_exist_ok=True)
        with open(path + "/both/季报.txt", "w") as f:
            f.write("常德市2022年第三季度政府信息公开情况统计表\n")
        for folder, _, names in os.walk(path):  # young files are known by their hash alone
            for name in names:
                os.utime(os.path.join(folder, name), (1700000000, 1700000000))
        shutil.copy(TOP + "/fixtures/province/agencies.csv", path + "/agencies.csv")
        with open(path + "/waivers.csv", "w") as f:
            f.write("agency,year,rule,code,reason\n常德市教育局,2021,balance,,test\n")
        with open(path + "/manifest.csv", "w") as f:
            f.write("path,agency,division,year,scope\n*教育局*,常德市教育局,430700,,\n")
        self._stand("none", None, [])
        self.empty = tables(self._stand("empty", None, [["status"]]) + "/gongkai.db")
        self._stand("registered", None, [["register", "agencies", "../agencies.csv"]])
        self._stand("imported", "registered", [["import", "../first"]])
        self._stand("finished", "registered", [["nightly", "--inbox", "../first", "--out", "out", "--page"],
                                               ["backup", "copy.db"]])
        self._stand("behind", "finished", [["import", "../both"]])
        self._stand("checked", "behind", [["check"]])
        self._stand("rolled", "checked", [["rollup"]])
        self._stand("older", "rolled", [])
        db = sqlite3.connect(path + "/state-older/gongkai.db")
        db.execute("UPDATE builtin SET digest = ''")  # as an earlier build has left it
        db.commit()
        db.close()
        self.jobs_known = dict(self.JOBS, **self._migrations())

    def _take(self, name, reports, parts):
        for part in parts:
            to = "%s/%s/%s" % (self.path, name, part)
            if os.path.isdir(reports + part):
                shutil.copytree(reports + part, to)
            elif os.path.exists(reports + part):
                os.makedirs(os.path.dirname(to), exist_ok=True)
                shutil.copy(reports + part, to)

    def _stand(self, name, after, commands):
        folder = "%s/state-%s" % (self.path, name)
        shutil.copytree("%s/state-%s" % (self.path, after), folder) if after else os.mkdir(folder)
        for command in commands:
            got = run(folder, command)
            if got.code not in (0, 3, 4):
                print("# the world cannot be made: %s ends with %d: %s" % (command, got.code, got.said))
        return folder

    def _migrations(self):
        """A job for each kept warehouse: of an older version it is brought up to date."""
        jobs = {}
        for packed in sorted(glob.glob(TOP + "/fixtures/warehouses/version-*.db.gz")):
            name = os.path.basename(packed).split(".")[0]
            folder = self._stand(name, None, [])
            with gzip.open(packed) as old, open(folder + "/gongkai.db", "wb") as new:
                shutil.copyfileobj(old, new)
            jobs[name] = (name, ["status"])
        return jobs

    JOBS = {
        "upgrade": ("older", ["status"]),
        "import-first": ("none", ["import", "../first"]),
        "import-more": ("finished", ["import", "../both"]),
        "register": ("imported", ["register", "agencies", "../agencies.csv"]),
        "waivers": ("imported", ["register", "waivers", "../waivers.csv"]),
        "check": ("behind", ["check", "--all"]),
        "rollup": ("checked", ["rollup"]),
        "export": ("rolled", ["export", "out", "--page"]),
        "export-new": ("rolled", ["export", "new/out"]),
        "nightly-few": ("registered", ["nightly", "--inbox", "../few", "--out", "out"]),
        "nightly": ("finished", ["nightly", "--inbox", "../both", "--out", "out", "--page"]),
        "withdraw": ("rolled", ["withdraw", "--agency", "常德市教育局", "--year", "2021", "--reason", "x"]),
        "reread": ("rolled", ["reread", "--manifest", "../manifest.csv"]),
        "backup": ("rolled", ["backup", "copy.db"]),
        "report": ("rolled", ["report", "--division", "430700", "--year", "2021", "--format", "html",
                              "--output", "常德.html"]),
        "report-xlsx": ("rolled", ["report", "--division", "430700", "--year", "2021", "--format", "xlsx",
                                   "--output", "常德.xlsx"]),
    }

    def jobs(self, names=None):
        for name, (state, arguments) in self.jobs_known.items():
            if names and name not in names:
                continue
            yield Job(self, name, arguments, "%s/state-%s" % (self.path, state))


def _share(path, name, tried, moments):
    os.mkdir(path)
    job, = World(path).jobs([name])
    return tried(job, moments)


def in_shares(job, tried, moments):
    """tried(job, moments) -> (how many survived, what is wrong), by as many processes as there are processors, each
    with some of the moments and in a world of its own."""
    shares = os.cpu_count() or 1
    with concurrent.futures.ProcessPoolExecutor(shares) as pool:
        parts = [pool.submit(_share, "%s/share-%d-%s" % (job.world.path, k, job.name), job.name, tried,
                             moments[k::shares]) for k in range(shares)]
        done = [part.result() for part in parts]
    return sum(d[0] for d in done), [why for d in done for why in d[1]]
