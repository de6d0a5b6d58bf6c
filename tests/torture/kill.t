#!/usr/bin/env python3
"""A run is killed before each call that changes the disk, and in the midst of each write."""
import os
import signal
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import kit  # noqa: E402

# of each job's moments so many are taken, spread over all of them
EACH = kit.each(150 if kit.LONG else 2)


def moments(job, halves):
    """(call, whether half of it is done), spread evenly over the run."""
    all_of_them = [(n, half) for n in range(1, job.calls + 1) for half in (0, 1)[:1 + halves]]
    step = max(1, len(all_of_them) // EACH)
    return all_of_them[step // 2::step]


def torture(job):
    survived, wrong = 0, []
    for n, half in moments(job, True):
        job.start()
        got = job.run(kill=n, half=half)
        # a workbook is written by a process of its own: where that one dies, the other says so
        if got.code != -signal.SIGKILL and not (job.name.endswith("-xlsx") and got.code == 7):
            wrong.append("call %d: it was not killed but ended with %d" % (n, got.code))
            continue
        why = (job.standing() if n % 2 else None) or job.converges() or job.standing()
        if why:
            wrong.append("killed %s call %d: %s" % ("amid" if half else "before", n, why))
        else:
            survived += 1
    kit.ok(not wrong and survived > 0, "%s: after each of %d kills the last finished run stands whole, and a run "
           "again leaves the same bytes as an undisturbed one" % (job.name, survived + len(wrong)), wrong)
    return survived


with kit.scratch() as path:
    kills = sum(torture(job) for job in kit.World(path).jobs(sys.argv[1:]))
    kit.figure("kills survived: %d" % kills)
kit.done()
