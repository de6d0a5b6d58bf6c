#!/usr/bin/env python3
"""The power fails: what was not flushed is lost, or torn, or there in another order."""
import os
import random
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import disk  # noqa: E402
import kit  # noqa: E402

HOW = ["flushed", "named", "torn", "torn"]
EACH = kit.each(150 if kit.LONG else 1)


def left_at(job, calls, n, how, seed):
    """Makes the folder what is left when the power fails after n calls; what is wrong with it."""
    job.start()
    there = disk.Disk(job.work)
    there.things = {number: there.names[path] for number, path in job.numbers.items()}
    for call in calls[:n]:
        there.call(*call)
    there.leave(how, random.Random(seed))
    why = job.standing()
    if not why and n == len(calls):
        if kit.tables(job.work + "/gongkai.db") != job.new:
            why = "the run had ended, but its work is lost"
        elif kit.files(job.work) != job.new_files:
            why = "the run had ended, but files are lost: " + " ".join(
                n for n, d in job.new_files.items() if kit.files(job.work).get(n) != d)
    return why or job.converges()


def torture(job):
    journal = job.world.path + "/journal"
    if os.path.exists(journal):
        os.unlink(journal)
    job.start()
    job.numbers = {str(os.stat(path).st_ino): path for path in disk.Disk(job.work).names if os.path.isfile(path)}
    job.run(journal=journal)
    calls = list(disk.read_journal(journal))
    trials = [(n, i) for n in range(1, len(calls) + 1) for i in range(len(HOW))]
    step = max(1, len(trials) // EACH)
    step += step % len(HOW) == 0
    chosen = trials[step // 2::step]
    chosen += [t for t in (trials[-len(HOW)], trials[-1]) if t not in chosen]  # the end is always looked at
    survived, wrong = 0, []
    for n, i in chosen:
        why = left_at(job, calls, n, HOW[i], n * len(HOW) + i)
        if why:
            wrong.append("%s after call %d of %d (%s): %s" % (HOW[i], n, len(calls), calls[n - 1][0], why))
        else:
            survived += 1
    kit.ok(not wrong and survived > 0, "%s: after each of %d power cuts the last finished run stands whole, and a run "
           "again leaves the same bytes" % (job.name, survived + len(wrong)), wrong)
    return survived


with kit.scratch() as path:
    cuts = sum(torture(job) for job in kit.World(path).jobs(sys.argv[1:]))
    kit.figure("power cuts survived: %d" % cuts)
kit.done()
