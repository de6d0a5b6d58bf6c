#!/usr/bin/env python3
"""A disk that is full, or broken, from any call on, or for one call alone."""
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import kit  # noqa: E402

# how the disk fails: for good or for one call; all of a write or the second half of it
MANNERS = [("full for good", dict(errno="ENOSPC", stay=1)),
           ("full amid a write", dict(errno="ENOSPC", stay=1, half=1)),
           ("full for one call", dict(errno="ENOSPC")),
           ("broken for good", dict(errno="EIO", stay=1)),
           ("broken for one call", dict(errno="EIO"))]
EACH = kit.each(1)
# in the long form each call in its turn is the one from which on the disk is full
EVERY = os.environ.get("EACH") is None and kit.LONG


def trial(job, n, manner, how):
    """One run on a disk that fails at call n; what is wrong with how it takes it."""
    job.start()
    got = job.run(fail=n, **how)
    if got.code == 7:
        if not got.last_line() or "Traceback" in got.said:
            return "exit 7 without a word"
    elif not job.ended_well(got.code):
        return "it ends with %d: %s" % (got.code, got.last_line())
    why = (job.standing() if n % 2 else None)
    if not why and got.code != 7 and kit.tables(job.work + "/gongkai.db") != job.new:
        why = "it ends with %d, but its work is not there" % got.code
    return why or job.converges() or job.standing()


def tried(job, moments):
    """How many of these moments a job survives, and what is wrong at the others; moments: (call, manner)."""
    survived, wrong = 0, []
    for n, manner in moments:
        why = trial(job, n, *MANNERS[manner])
        if why:
            wrong.append("%s at call %d: %s" % (MANNERS[manner][0], n, why))
        else:
            survived += 1
    return survived, wrong


def torture(job):
    if EVERY:
        survived, wrong = kit.in_shares(job, tried, [(n, 0) for n in range(1, job.calls + 1)])
    else:
        trials = [(n, manner) for n in range(1, job.calls + 1) for manner in range(len(MANNERS))]
        step = max(1, len(trials) // EACH)
        step += step % len(MANNERS) == 0  # every manner has its turn
        survived, wrong = tried(job, trials[step // 2::step])
    kit.ok(not wrong and survived > 0, "%s: on a disk that fails at each of %d moments it says so (exit 7), the last "
           "finished run stands whole, and a run again leaves the same bytes" % (job.name, survived + len(wrong)), wrong)
    return survived


with kit.scratch() as path:
    failures = sum(torture(job) for job in kit.World(path).jobs(sys.argv[1:]))
    kit.figure("full and broken disks survived: %d" % failures)
kit.done()
