"""What the checks in tests/*/check_*.py share: the program under test, a story, a verdict.

    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
    from support.purser import Purser, Verdict, tell_story
"""

import csv
import datetime
import json
import os
import pathlib
import subprocess
import sys

SOURCE = pathlib.Path(__file__).resolve().parents[2]
NOW = "2017-07-15T09:00:00.000Z"
AWKWARD_NAME = 'Žarko "=Kecić", o\'clock'
AWKWARD_REASON = '=SUM(A1) and a "quote",\nthen a second line: Žarko Kecić\n\\ + - @'


class Failed(Exception):
    """The program did not do what a check could not go on without."""


class Purser:
    """The program on one book, with a clock that stands still."""

    def __init__(self, program, book, now=NOW):
        self.program = str(pathlib.Path(program).resolve())
        self.book = str(book)
        self.now = now

    def environment(self):
        kept = {k: v for k, v in os.environ.items() if not k.startswith("PURSER_")}
        return kept | {"PURSER_NOW": self.now, "TZ": "UTC", "LC_ALL": "C.UTF-8"}

    def command(self, *words, user="ann"):
        return [self.program, "--book", self.book, "--as", user, *map(str, words)]

    def start(self, *words, user="ann", **how):
        """The running program, not waited for."""
        how = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE,
               "text": True, "env": self.environment()} | how
        return subprocess.Popen(self.command(*words, user=user), **how)

    def run(self, *words, user="ann", **how):
        process = self.start(*words, user=user, **how)
        out, err = process.communicate(timeout=500)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def do(self, *words, user="ann"):
        """What it answers; it must answer."""
        done = self.run(*words, user=user)
        if done.returncode != 0:
            raise Failed(f"exit {done.returncode} of purser {' '.join(map(str, words))}\n"
                         f"{(done.stdout + done.stderr)[:1500]}")
        return done.stdout

    def ask(self, *words, user="ann"):
        return json.loads(self.do("--json", *words, user=user))


class Verdict:
    """Counts what was compared and keeps what differs."""

    def __init__(self):
        self.compared = 0
        self.found = []

    def expect(self, right, message):
        self.compared += 1
        if not right:
            self.found.append(message)
            print(f"DIFFERS: {message}", flush=True)
        return right

    def failed(self, done, code, *says):
        """Whether a run ended with that code and its message holds all these words."""
        text = done.stdout + done.stderr
        missing = [word for word in says if word not in text]
        return self.expect(done.returncode == code and not missing,
                           f"{' '.join(map(str, done.args))}\n  exit {done.returncode}, wanted "
                           f"{code}, saying {says}; it said:\n{text[:1500]}")

    def finish(self, shown):
        print(f"{shown}: {self.compared} comparisons, {len(self.found)} differences")
        sys.exit(1 if self.found or self.compared == 0 else 0)


def set_up(purser, envelope="550000.00"):
    """A book with its people and one review, and an envelope in travel."""
    purser.do("init")
    purser.do("user", "add", "carl", "--role", "chair")
    purser.do("user", "add", "sam", "--role", "support")
    purser.do("review", "open", "SSR2", "--name", "Second review", "--start", "2017-03-02",
              "--expected", "2018-03-01", "--on", "2017-03-02")
    purser.do("category", "add", "SSR2", "travel", "Travel", "--on", "2017-03-02")
    purser.do("envelope", "grant", "SSR2", "--category", "travel", "--amount", envelope,
              "--on", "2017-03-15", "--why", "Board resolution")
    purser.do("budget", "allot", "SSR2", "--fiscal-year", "FY17", "--category", "travel",
              "--amount", envelope, "--on", "2017-03-15")


def tell_story(purser):
    """Some twenty acts on SSR2, with texts that break careless programs; all of March closed."""
    set_up(purser, "350000.00")
    purser.do("policy", "add", "SSR2", "--from", "2017-03-02", "--up-to", "10000", "--role",
              "chair")
    purser.do("policy", "add", "SSR2", "--from", "2017-03-02", "--role", "chair", "--count", "1")
    purser.do("category", "add", "SSR2", "services", "Professional \"Services\"", "--on",
              "2017-03-02")
    purser.do("envelope", "grant", "SSR2", "--category", "services", "--amount", "200000",
              "--on", "2017-03-15", "--why", AWKWARD_REASON)
    purser.do("commitment", "open", "SSR2", "--category", "travel", "--amount", "95000",
              "--for", "ICANN58 and Madrid", "--kind", "meeting", "--expected", "2017-05-15",
              "--on", "2017-03-15")
    purser.do("expense", "submit", "SSR2", "--category", "travel", "--amount", "1480.50",
              "--on", "2017-03-20", "--why", AWKWARD_REASON, "--payee", AWKWARD_NAME,
              "--invoice", "=1+1", user="sam")
    purser.do("expense", "approve", "SSR2-E1", user="carl")
    purser.do("expense", "submit", "SSR2", "--category", "travel", "--amount", "12000.05",
              "--on", "2017-03-21", "--why", "Venue", "--commitment", "SSR2-C1", "--payee",
              "Hotel Example", "--invoice", "V-7", "--key", "venue", user="sam")
    purser.do("expense", "approve", "SSR2-E2", user="carl")
    purser.do("expense", "submit", "SSR2", "--category", "travel", "--amount", "0.01",
              "--on", "2017-03-22", "--why", "a cent", "--payee", "Hotel Example", user="sam")
    purser.do("expense", "reject", "SSR2-E3", "--why", "too small", user="carl")
    purser.do("expense", "submit", "SSR2", "--category", "travel", "--amount", "77.77",
              "--on", "2017-04-03", "--why", "undecided", user="sam")
    purser.do("member", "add", "SSR2", AWKWARD_NAME, "--body", "=GNSO", "--from", "2017-03-02")
    purser.do("member", "add", "SSR2", "Otto Example", user="sam")
    purser.do("meeting", "add", "SSR2", "MADRID", "Madrid, \"May\"", "--kind", "face-to-face",
              "--from", "2017-05-13", "--heads", "10")
    purser.do("meeting", "attend", "SSR2", "MADRID", "--member", "SSR2-M1", "--absent", "SSR2-M2")
    purser.do("milestone", "add", "SSR2", "Draft report", "--planned", "2017-12-01")
    purser.do("work-item", "add", "SSR2", "WS1", "Review of SSR1", "--kind", "workstream")
    purser.do("member", "add", "SSR2", "Erased Example")
    purser.do("member", "erase", "SSR2-M3", "--why", "asked for")
    purser.do("period", "close", "SSR2", "2017-03")


def expense_file(path, rows, first_day="2017-03-16", days=100, payees=500):
    """A CSV of expenses in order of date, all different; of as many payees, or of nobody named."""
    first = datetime.date.fromisoformat(first_day)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["posted_on", "category", "amount", "why", "payee", "invoice"])
        for i in range(rows):
            cents = 100 + i * 37 % 900
            day = first + datetime.timedelta(days=i * days // rows)
            writer.writerow([day, "travel", f"{cents // 100}.{cents % 100:02}",
                             f"Night {i} in a hotel, one member, as agreed with the chair",
                             f"Payee {i * 7919 % payees}" if payees else "", f"INV-{i:07}"])
