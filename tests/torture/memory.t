#!/usr/bin/env python3
"""A piece of memory is refused, the n-th for one n after the other; or all from the n-th on."""
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import kit  # noqa: E402

# of each job's pieces so many are refused, spread over all; of `nightly-few` every one in the long form
EACH = kit.each(1000 if kit.LONG else 2)
# The C library keeps some pieces for the rest of a run: converters, locales, threads' stacks. Not all runs
# ask for the same. Under MODE=asan its own search for leaks counts instead.
CACHES = 8
EVERY = os.environ.get("EACH") is None and kit.LONG


def trial(job, n, stay, closely):
    """One run without the n-th piece of memory; what is wrong with how it takes it."""
    if closely:
        job.start()  # the runs before it have left their numbers
    got = job.run(alloc=n, stay=stay or None, count=job.world.path + "/count")
    if got.code == 7:
        if "memory" not in got.last_line():
            return "it ends with 7 but does not say that memory ran out: " + got.last_line()
    elif not job.ended_well(got.code):
        return "it ends with %d: %s" % (got.code, got.last_line())
    if got.kept > job.kept + CACHES and "/asan/" not in kit.PROGRAM:
        return "%d pieces of memory are never given back" % (got.kept - job.kept)
    if got.code != 7:
        why = None
        if kit.tables(job.work + "/gongkai.db") != job.new:
            why = "it ends with %d, but its work is not there" % got.code
        job.start()
        return why
    if closely:
        why = job.standing() or job.converges()
        job.start()
        return why
    return None


def tried(job, moments):
    """How many of these moments a job survives, and what is wrong at the others; moments: (n, stay, closely)."""
    survived, wrong = 0, []
    job.start()
    for n, stay, closely in moments:
        why = trial(job, n, stay, closely)
        if why:
            wrong.append("%s %d of %d: %s" % ("all from" if stay else "piece", n, job.asked, why))
            job.start()
        else:
            survived += 1
    return survived, wrong


def torture(job, every):
    if every:
        survived, wrong = kit.in_shares(job, tried, [(n, False, n % 19 == 0) for n in range(1, job.asked + 1)])
    else:
        step = max(1, job.asked // EACH)
        # the writer of spreadsheets is a library that does not look at every piece it is refused
        survived, wrong = tried(job, [(n, i % 2 == 1 and job.name != "report-xlsx", i % 20 == 0)
                                      for i, n in enumerate(range(1 + step // 2, job.asked + 1, step))])
    kit.ok(not wrong and survived > 0, "%s: without memory it says so (exit 7) or does without, at each of %d moments; "
           "nothing is lost, half done or kept from the system" % (job.name, survived + len(wrong)), wrong)
    return survived


with kit.scratch() as path:
    world = kit.World(path)
    refused = sum(torture(job, EVERY and job.name == "nightly-few") for job in world.jobs(sys.argv[1:]))
    kit.figure("pieces of memory refused: %d" % refused)
kit.done()
