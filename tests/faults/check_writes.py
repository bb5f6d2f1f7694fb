#!/usr/bin/env python3
"""Killed, or out of disk, at any of its writes, an act is there whole or not at all.

    check_writes.py PURSER

The acts that are more than one step: a decision that releases what was held, a cost shared over
two reviews, the close of a year, an import with a refund; and a refund, a reversal, an amendment, a
month reopened. The writes of each to the book's files are counted; then it runs on a fresh copy and
is killed (SIGKILL) before one of them, or finds the disk full from there on: at the first, the
last, and some between. After each the book verifies and holds what it held, or all of the act; what
was answered is there; the same request key then leads to the same end. An act that is refused
writes nothing at all.
"""

import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.purser import SOURCE, Purser, Verdict

NOW = "2017-07-15T09:00:00.000Z"
BETWEEN = 4  # so many writes between the first and the last, for each act and fault
KEY = ("--key", "once")


def submit(amount, *more, why="a cost", review="SSR2"):
    return ("expense", "submit", review, "--category", "travel", "--amount", amount, "--why", why,
            "--on", "2017-06-20", *more)


# Who does it, and what.
ACTS = {
    "a decision that releases three": ("bo", ("request", "decide", "SSR2-R1", "--grant", "900",
                                              "--resolution", "17-7", "--on", "2017-06-20")),
    "a cost shared over two reviews": ("sam", submit("99.99", "--split",
                                                     "SSR2/travel=2,SSR3/travel=1")),
    "a year's close": ("ann", ("year", "close", "SSR2", "FY17")),
    "an import with a refund": ("ann", ("expense", "import", "SSR2", "rows.csv", "--approved-by",
                                        "carl")),
    "a refund": ("ann", ("expense", "refund", "SSR2-E1", "--amount", "85", "--why", "less 15 %")),
    "a reversal": ("ann", ("expense", "reverse", "SSR2-E2", "--why", "paid twice")),
    "an amendment": ("sam", ("expense", "amend", "SSR2-E3", "--amount", "31", "--why", "as billed",
                             "--on", "2017-06-30")),
    "a month reopened": ("ann", ("period", "reopen", "SSR2", "2017-04", "--why", "late bills")),
}
REFUSED = {
    "over the envelope": ("sam", submit("5000")),
    "one's own": ("sam", ("expense", "approve", "SSR2-E3")),
    "a row of several": ("ann", ("expense", "import", "SSR2", "bad.csv")),
    "one part of two": ("sam", submit("3000", "--split", "SSR2/travel=1,SSR3/travel=9")),
}


def story(purser, folder):
    """Two reviews of 1,000.00; of the one little is free, so three documents wait for a request."""
    purser.do("init")
    for user, role in (("carl", "chair"), ("sam", "support"), ("bo", "board")):
        purser.do("user", "add", user, "--role", role)
    for review in ("SSR2", "SSR3"):
        purser.do("review", "open", review, "--name", review, "--start", "2017-03-02",
                  "--expected", "2018-12-31", "--on", "2017-03-02")
        purser.do("category", "add", review, "travel", "Travel", "--on", "2017-03-02")
        purser.do("envelope", "grant", review, "--category", "travel", "--amount", "1000",
                  "--fiscal-year", "FY17", "--on", "2017-03-15", "--why", "Board resolution")
    commitment = ("commitment", "open", "SSR2", "--category", "travel", "--kind", "meeting",
                  "--expected", "2017-06-30", "--on", "2017-05-02", "--for", "a meeting")
    purser.do(*commitment, "--amount", "500")
    for number, words in ((1, ("100", "--invoice", "7")), (2, ("200", "--commitment", "SSR2-C1"))):
        purser.do(*submit(*words, why=f"cost {number}"), user="sam")
        purser.do("expense", "approve", f"SSR2-E{number}", user="carl")
    purser.do(*submit("30", why="undecided"), user="sam")
    purser.do("request", "submit", "SSR2", "--category", "travel", "--amount", "900", "--why",
              "two more meetings", user="carl")
    hold = ("--hold", "SSR2-R1")
    purser.do(*submit("400", *hold), user="sam")
    purser.do(*commitment, "--amount", "450", *hold)
    purser.do(*submit("410", *hold), user="sam")
    purser.do("period", "close", "SSR2", "2017-05")
    (folder / "rows.csv").write_text(
        "posted_on,category,amount,why,refund_of\n2017-06-21,travel,5,a bus,\n"
        "2017-06-22,travel,6,a tram,\n2017-06-23,travel,40,part of it came back,SSR2-E1\n")
    (folder / "bad.csv").write_text(
        "posted_on,category,amount,why\n2017-06-21,travel,5,a bus\n2017-06-22,travel,6000,a ship\n")
    with sqlite3.connect(purser.book) as book:  # all of it into the one file that is copied
        book.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def events(path):
    book = sqlite3.connect(path)
    found = book.execute("SELECT review, seq, kind, body FROM event ORDER BY review, seq").fetchall()
    book.close()
    return found


class Trial:
    def __init__(self, program, folder, verdict):
        self.folder, self.verdict = folder, verdict
        self.good = folder / "good.db"
        story(Purser(program, self.good, NOW), folder)
        self.before = events(self.good)
        self.purser = Purser(program, folder / "copy.db", NOW)
        self.library = folder / "stop_at_write.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", self.library,
                        SOURCE / "tests/faults/stop_at_write.c", "-ldl"], check=True)

    def fresh(self):
        for suffix in ("", "-wal", "-shm"):
            pathlib.Path(self.purser.book + suffix).unlink(missing_ok=True)
        shutil.copy(self.good, self.purser.book)

    def run(self, act, writes, *more):
        """Runs the act on the book as it is; `writes` as stop_at_write.c takes it."""
        user, words = act
        asan = os.environ.get("ASAN_OPTIONS", "")
        environment = self.purser.environment() | {
            "LD_PRELOAD": str(self.library), "BOOK_WRITES": writes,
            "ASAN_OPTIONS": f"{asan}:verify_asan_link_order=0"}
        return self.purser.run(*words, *more, user=user, env=environment, cwd=self.folder)

    def count(self, act, *more):
        """How many writes to its files the act needs on a fresh copy, and how it ended."""
        self.fresh()
        counted = self.folder / "count"
        done = self.run(act, f"count:{counted}", *more)
        return int(counted.read_text()), done

    def stop(self, name, act, fault, at, after):
        """Stops the act there; whether all of it was recorded."""
        self.fresh()
        done = self.run(act, f"{fault}:{at}", *KEY)
        what = f"{name}, {fault} at write {at}"
        expect = self.verdict.expect
        verified = self.purser.run("verify")
        expect(verified.returncode == 0, f"{what}: {verified.stderr}")
        found = events(self.purser.book)
        expect(found in (self.before, after), f"{what}: {len(found) - len(self.before)} of "
               f"{len(after) - len(self.before)} events are there")
        if fault == "kill":
            expect(done.returncode == -9, f"{what}: it ended with {done.returncode}")
        else:
            expect(done.returncode in (0, 3), f"{what}: exit {done.returncode} {done.stderr}")
            expect((done.returncode == 0) <= (found == after), f"{what}: it lost what it answered")
            if done.returncode == 3:
                expect("the disk of " in done.stderr, f"{what}: {done.stderr}")
        expect(not done.stdout or found == after, f"{what}: answered and lost: {done.stdout}")
        again = self.run(act, "", *KEY)
        expect(again.returncode == 0, f"{what}, then again: {again.stdout}{again.stderr}")
        expect(events(self.purser.book) == after, f"{what}, then again: not the same end")
        return found == after


def main():
    verdict = Verdict()
    chosen = random.Random(17)
    with tempfile.TemporaryDirectory(prefix="purser-writes-") as name:
        trial = Trial(sys.argv[1], pathlib.Path(name), verdict)
        for name, act in ACTS.items():
            writes, done = trial.count(act, *KEY)
            verdict.failed(done, 0)
            after = events(trial.purser.book)
            between = chosen.sample(range(2, writes), min(BETWEEN, max(writes - 2, 0)))
            ends = []
            for fault in ("kill", "full"):
                ends += [trial.stop(name, act, fault, at, after)
                         for at in sorted({1, *between, writes})]
            verdict.expect(False in ends, f"{name}: no stop came before its commit")
            verdict.expect(True in ends, f"{name}: no stop came after its commit")
            print(f"{name}: {len(after) - len(trial.before)} events in {writes} writes; stopped "
                  f"{len(ends)} times, {ends.count(True)} whole, {ends.count(False)} nothing",
                  flush=True)
        for name, act in REFUSED.items():
            writes, done = trial.count(act)
            verdict.failed(done, 1)
            verdict.expect(events(trial.purser.book) == trial.before, f"{name}: it left an event")
            verdict.expect(writes == 0, f"{name}: refused, and wrote {writes} times")
    verdict.finish(f"{len(ACTS)} acts stopped at their writes, {len(REFUSED)} refused")


if __name__ == "__main__":
    main()
