#!/usr/bin/env python3
"""Each command, and the unit tests, under valgrind: no memory read before it is written, none lost. Long form only."""
import glob
import os
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import kit  # noqa: E402

FOUND = 99
VALGRIND = ["valgrind", "-q", "--error-exitcode=%d" % FOUND, "--leak-check=full", "--show-leak-kinds=definite",
            "--errors-for-leak-kinds=definite", "--trace-children=no"]
# These look at whole tables of labels or agencies, for an hour under valgrind.
SLOW = ["test_identity", "test_gazetteer", "test_province", "test_rollup", "test_check"]


def commands(path):
    watched = 0
    for job in kit.World(path).jobs(sys.argv[1:]):
        job.start()
        got = job.run(before=VALGRIND, seconds=1200)
        watched += 1
        kit.ok(job.ended_well(got.code), "%s: valgrind finds nothing" % job.name, [got.code, got.said[-3000:]])
    return watched


def programs():
    watched = 0
    for test in sorted(glob.glob(os.path.dirname(kit.SHIM) + "/test_*")):
        name = os.path.basename(test)
        if any(name.startswith(slow) for slow in SLOW):
            continue
        got = subprocess.run(VALGRIND + [test], cwd=kit.TOP, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             timeout=1200)
        watched += 1
        kit.ok(got.returncode == 0, "%s: valgrind finds nothing" % name,
               [got.returncode, got.stdout[-3000:].decode("utf-8", "replace")])
    return watched


if kit.LONG and shutil.which("valgrind") and "/asan/" not in kit.PROGRAM:
    with kit.scratch() as path:
        kit.figure("commands under valgrind: %d" % commands(path))
    if len(sys.argv) == 1:
        kit.figure("test programs under valgrind: %d" % programs())
kit.done()
