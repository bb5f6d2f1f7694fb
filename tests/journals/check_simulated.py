#!/usr/bin/env python3
"""Books of random histories, as hledger, ledger and beancount add them up.

    check_simulated.py PURSER [SIMULATION]      which lies in tests/ beside PURSER

The simulation records histories of all acts (it judges them by its own model); each review of their
books is exported, passes the strict checks of the three programs, and on days all over its life the
balances that they compute are `status --as-of` to the last minor unit: closes, carried money, shared
costs, refunds, what the Board released, and grants that have ended though no act says so yet.
"""

import datetime
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from journals.check_journals import judge
from support.purser import Purser, Verdict

SEEDS = (2, 7)
ACTS = 400
DAYS = 8  # of each review, from its first to its last


def life(book):
    """{review: [day of each event]}, sorted; and the last instant of all."""
    with sqlite3.connect(book) as rows:
        days = {}
        for review, day in rows.execute("SELECT review, posted_on FROM event WHERE review <> 'BOOK' "
                                        "ORDER BY review, posted_on"):
            days.setdefault(review, []).append(day)
        (last,) = rows.execute("SELECT MAX(recorded_at) FROM event").fetchone()
    return days, last


def some_of(days):
    """Days from the first to the last, those where most happens, and when all grants have ended."""
    chosen = {days[i * (len(days) - 1) // (DAYS - 1)] for i in range(DAYS)}
    last = datetime.date.fromisoformat(days[-1])
    return sorted(chosen | {str(last + datetime.timedelta(days=400))})


def main():
    verdict = Verdict()
    beside = pathlib.Path(sys.argv[1]).parent / "tests/simulation"
    simulation = sys.argv[2] if len(sys.argv) > 2 else beside
    kinds = set()
    with tempfile.TemporaryDirectory(prefix="purser-simulated-") as name:
        folder = pathlib.Path(name)
        for seed in SEEDS:
            book = folder / f"{seed}.db"
            done = subprocess.run([simulation, "--seed", str(seed), "--acts", str(ACTS), "--write",
                                   str(book)], capture_output=True, text=True, check=False)
            verdict.expect(done.returncode == 0, f"seed {seed}: {done.stdout}{done.stderr}")
            kinds |= {line.split("\t")[1] for line in done.stdout.splitlines() if "\t" in line}
            reviews, now = life(book)
            purser = Purser(sys.argv[1], book, now)
            for review, days in reviews.items():
                judge(verdict, folder, purser, f"{seed}-{review}", review, some_of(days), "olga",
                      forbidden=["Zoë", "Hotel"])
    for act in ("expense.reverse", "expense.refund", "expense.share", "expense.amend",
                "expense.release", "envelope.expire", "request.decide", "year.close",
                "period.reopen"):
        verdict.expect(act in kinds, f"no history did {act}")
    verdict.finish("the journals of simulated books")


if __name__ == "__main__":
    main()
