#!/usr/bin/env python3
"""Killed at any moment, an import has recorded all of its rows or none, and the book verifies.

    check_kill.py PURSER

A file of expenses is imported and the process killed (SIGKILL) at twenty moments: fourteen spread
over the time that the whole takes, six while the transaction is written to the disk, told by the
size of the book's files. After each: `verify` passes, all rows are there or none; importing the
same file then completes, and a third time changes nothing.
"""

import os
import pathlib
import shutil
import sqlite3
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.purser import Purser, Verdict, expense_file, set_up

LEAST_S = 0.5  # an import takes this long at least, or has 27,000 rows
MOST_ROWS = 27000
FRACTIONS = [0.02, 0.08, 0.15, 0.22, 0.3, 0.38, 0.46, 0.54, 0.62, 0.7, 0.78, 0.86, 0.93, 0.98]
IMPORT = ("expense", "import", "SSR2")
SETTLED = ("--approved-by", "carl")


def size(path):
    try:
        return os.stat(path).st_size
    except FileNotFoundError:
        return 0


class Trial:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.empty = folder / "empty.db"
        self.csv = folder / "expenses.csv"
        set_up(Purser(program, self.empty))
        self.purser = Purser(program, folder / "book.db")

    def fresh(self):
        for suffix in ("", "-wal", "-shm"):
            pathlib.Path(self.purser.book + suffix).unlink(missing_ok=True)
        shutil.copy(self.empty, self.purser.book)

    def start(self):
        return self.purser.start(*IMPORT, self.csv, *SETTLED)

    def measure(self, rows):
        """Seconds of a whole import, and how large the log of the transaction and the book get."""
        expense_file(self.csv, rows)
        self.fresh()
        wal, begun = 0, time.monotonic()
        process = self.start()
        while process.poll() is None:
            wal = max(wal, size(self.purser.book + "-wal"))
            time.sleep(0.0002)
        seconds = time.monotonic() - begun
        out, err = process.communicate()
        if process.returncode != 0:
            raise SystemExit(f"the import failed by itself: {out}{err}")
        return seconds, wal, size(self.purser.book)

    def kill_when(self, reached):
        """Starts an import and kills it when `reached()`; whether it was still running."""
        self.fresh()
        process = self.start()
        while process.poll() is None and not reached():
            pass
        process.kill()
        process.communicate()
        return process.returncode != 0

    def recorded(self):
        book = sqlite3.connect(self.purser.book)
        (count,) = book.execute("SELECT COUNT(*) FROM expense").fetchone()
        book.close()
        return count


def moments(trial, seconds, wal, grown):
    """What each of the twenty is called, and the test for its having come."""
    for fraction in FRACTIONS:
        def after(limit=fraction * seconds):
            if after.begun is None:
                after.begun = time.monotonic()
            return time.monotonic() - after.begun >= limit
        after.begun = None
        yield f"after {fraction * seconds:.2f} s of {seconds:.2f} s", after
    before, log = size(trial.empty), trial.purser.book + "-wal"
    for share in (0.25, 0.6, 0.9, 1.0):
        yield (f"{share:.0%} of the transaction written",
               lambda share=share: size(log) >= share * wal)
    for share in (0.1, 0.9):
        yield (f"{share:.0%} of it moved into the book",
               lambda share=share: size(trial.purser.book) >= before + share * (grown - before))


def check(trial, rows, name, reached, verdict):
    was_running = trial.kill_when(reached)
    verified = trial.purser.run("verify")
    verdict.expect(verified.returncode == 0, f"killed {name}: {verified.stderr}")
    found = trial.recorded()
    verdict.expect(found in (0, rows), f"killed {name}: {found} of {rows} rows are there")
    again = trial.purser.ask(*IMPORT, trial.csv, *SETTLED)
    verdict.expect((again["recorded"], again["known"]) == (rows - found, found),
                   f"killed {name}, then imported again: {again}")
    found_then = trial.recorded()
    verdict.expect(found_then == rows, f"imported again after {name}: {found_then} of {rows} rows")
    ending = "killed" if was_running else "over before"
    print(f"{ending} {name}: {'all' if found else 'none'} of {rows} rows", flush=True)
    return found


def main():
    verdict = Verdict()
    with tempfile.TemporaryDirectory(prefix="purser-kill-") as name:
        trial = Trial(sys.argv[1], pathlib.Path(name))
        rows = 1000
        seconds, wal, grown = trial.measure(rows)
        while seconds < LEAST_S and rows < MOST_ROWS:
            rows *= 3
            seconds, wal, grown = trial.measure(rows)
        print(f"{rows} rows take {seconds:.2f} s, {wal} bytes of transaction")
        outcomes = [check(trial, rows, name, reached, verdict)
                    for name, reached in moments(trial, seconds, wal, grown)]
        verdict.expect(len(outcomes) == 20, f"{len(outcomes)} moments instead of twenty")
        verdict.expect(0 in outcomes, "no kill came before the commit: nothing was shown")
        verdict.expect(rows in outcomes, "no kill came after the commit: nothing was shown")
        once_more = trial.purser.ask(*IMPORT, trial.csv, *SETTLED)
        verdict.expect(once_more["recorded"] == 0 and trial.recorded() == rows,
                       f"a third import changed something: {once_more}")
        verdict.failed(trial.purser.run("verify"), 0)
    verdict.finish(f"twenty kills, {outcomes.count(0)} left none and {outcomes.count(rows)} all")


if __name__ == "__main__":
    main()
