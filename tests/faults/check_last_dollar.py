#!/usr/bin/env python3
"""Several processes that ask for the last dollar at once: exactly one gets it.

    check_last_dollar.py PURSER

Of 100.00 each asks for 60.00, two at a time and then eight, over and over; what was given goes
back each time. One is accepted, the others are refused by the envelope (over_envelope) and by
nothing else, no money is below zero, and the book verifies. With one request key all of them are
one request: each is answered with the same event.
"""

import json
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.purser import Purser, Verdict, set_up

SUBMIT = ("--json", "expense", "submit", "SSR2", "--category", "travel", "--amount", "60.00",
          "--on", "2017-03-20", "--why", "Taxi")


def together(purser, count, *more, user=None):
    """The (exit code, answer) of so many processes that run at the same time."""
    running = [purser.start(*SUBMIT, *more, user=user or f"sam{i}") for i in range(count)]
    ended = []
    for process in running:
        out, err = process.communicate(timeout=300)
        ended.append((process.returncode, json.loads(out or err)))
    return ended


def main():
    verdict = Verdict()
    with tempfile.TemporaryDirectory(prefix="purser-last-dollar-") as name:
        purser = Purser(sys.argv[1], pathlib.Path(name, "book.db"))
        set_up(purser, envelope="100.00")
        for i in range(8):
            purser.do("user", "add", f"sam{i}", "--role", "support")
        for count in [2] * 6 + [8] * 2:
            ended = together(purser, count)
            accepted = [i for i, (code, _) in enumerate(ended) if code == 0]
            refused = [answer["error"]["rule"] for code, answer in ended if code == 1]
            verdict.expect(len(accepted) == 1 and refused == ["over_envelope"] * (count - 1),
                           f"{count} at once: {ended}")
            envelope = purser.ask("status", "SSR2")["envelope"]
            verdict.expect((envelope["requested"], envelope["free"]) == ("60.00", "40.00"),
                           f"{count} at once left {envelope}")
            for i in accepted:
                purser.do("expense", "withdraw", ended[i][1]["id"], user=f"sam{i}")
        ended = together(purser, 4, "--key", "taxi", user="sam0")
        verdict.expect(all(code == 0 for code, _ in ended) and
                       len({answer["event"] for _, answer in ended}) == 1,
                       f"4 with one key: {ended}")
        verdict.failed(purser.run("verify"), 0, "no difference")
    verdict.finish("the last dollar was given once each time")


if __name__ == "__main__":
    main()
