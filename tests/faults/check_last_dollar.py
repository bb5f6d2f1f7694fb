#!/usr/bin/env python3
"""Several processes at once: the last dollar is given once, and each act is whole.

    check_last_dollar.py PURSER

Of 100.00 each asks for 60.00, two at a time and then eight, over and over; what was given goes
back each time. One is accepted, the others are refused by the envelope (over_envelope) and by
nothing else, no money is below zero, and the book verifies. With one request key all of them are
one request: each is answered with the same event. Money that the Board grants is for what waited,
never for who asks at that moment. Of two approvals of one expense at once one counts, where one is
needed, and both where two are; and it is spent once.
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


def at_once(*starts):
    """The (exit code, answer) of processes that run at the same time: (user, words) each."""
    running = [purser.start("--json", *words, user=user) for purser, user, words in starts]
    ended = []
    for process in running:
        out, err = process.communicate(timeout=300)
        ended.append((process.returncode, json.loads(out or err)))
    return ended


def check_decisions(purser, verdict):
    """The Board grants 60.00 for what waits, while another asks for 60.00; the decision twice."""
    submit, held = SUBMIT[1:], 0
    for turn in range(4):
        purser.do("request", "submit", "SSR2", "--category", "travel", "--amount", "60", "--why",
                  "one more", user="carl")
        request = f"SSR2-R{turn + 1}"
        waits = purser.ask(*submit, "--hold", request, user="sam1")["id"]
        decide = ("request", "decide", request, "--grant", "60", "--resolution", "17-1", "--on",
                  "2017-03-20", "--key", f"decide {turn}")
        ended = at_once((purser, "bo", decide), (purser, "sam0", submit), (purser, "bo", decide))
        verdict.expect([code for code, _ in ended] == [0, 1, 0], f"decided while asked: {ended}")
        verdict.expect(ended[0] == ended[2], f"one decision, two answers: {ended}")
        verdict.expect(ended[1][1]["error"]["rule"] == "over_envelope", f"{ended[1]}")
        held += 60
        state = purser.ask("expense", "show", waits)["state"]
        envelope = purser.ask("status", "SSR2")["envelope"]
        verdict.expect((state, envelope["requested"], envelope["free"]) ==
                       ("submitted", f"{60 + held}.00", "40.00"), f"{state}, {envelope}")


def check_approvals(purser, verdict):
    """Two chairs approve at the same moment, where one suffices and where both are needed."""
    expenses = [one["id"] for one in purser.ask("expense", "list", "SSR2")["expenses"]
                if one["state"] == "submitted"]
    spent = 0
    for count, outcome in ((1, [0, 1]), (2, [0, 0])):
        purser.do("policy", "add", "SSR2", "--from", f"2017-03-0{count + 2}", "--role", "chair",
                  "--count", count)
        for expense in expenses[2 * count - 2:2 * count]:
            approve = ("expense", "approve", expense)
            ended = at_once((purser, "carl", approve), (purser, "cora", approve))
            verdict.expect(sorted(code for code, _ in ended) == outcome, f"{count}: {ended}")
            refused = [answer["error"]["rule"] for code, answer in ended if code == 1]
            verdict.expect(refused == ["wrong_state"] * (2 - count), f"{count}: {ended}")
            spent += 60
            envelope = purser.ask("status", "SSR2")["envelope"]
            verdict.expect(envelope["spent"] == f"{spent}.00", f"{count}: {envelope}")


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
        purser.do("user", "add", "bo", "--role", "board")
        purser.do("user", "add", "cora", "--role", "chair")
        check_decisions(purser, verdict)
        check_approvals(purser, verdict)
        verdict.failed(purser.run("verify"), 0, "no difference")
    verdict.finish("the last dollar was given once each time")


if __name__ == "__main__":
    main()
