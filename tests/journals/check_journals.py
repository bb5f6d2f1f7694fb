#!/usr/bin/env python3
"""The exported journals pass the strict checks of hledger, ledger and beancount, and their balances
are Purser's to the last minor unit.

    check_journals.py PURSER

Three books: the fixture SSR2; one with texts that break careless programs, a lapsing year and
categories whose names collide in beancount; and small ones in JPY and KWD. On several days each
category's figures, of the whole review and of the day's fiscal year, are made up from the accounts
of each program and compared with `status --json --as-of`. No payee may stand in a journal, and no
reason unless it was asked for.
"""

import csv
import datetime
import decimal
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from beancount import loader
from beancount.core.data import Transaction
from support.purser import AWKWARD_NAME, SOURCE, Purser, Verdict, tell_story

PROGRAMS = ("hledger", "ledger", "beancount")
BUCKETS = ("unallotted", "free", "requested", "committed", "spent")
NASTY = ['; not a comment', '= 5 USD', '* cleared! (code)', '"quoted" \\ back\\', "| payee | note",
         'two  blanks  ; then [2016-01-01] and date: 2016-01-01, a:b:', "@ 3 EUR {4 USD}",
         'first\nsecond\n  Assets:Thief  1.00 USD\n', "(x) <y> !z ~w #tag ^link", ":a:b:c:",
         "Ünïcode — 審査 ; \u200bx", "include /etc/passwd", "ends with \\"]


def call(*words):
    done = subprocess.run([*map(str, words)], capture_output=True, text=True, check=False,
                          timeout=120)
    return done.returncode, done.stdout, done.stderr


def strict(verdict, program, file):
    checks = {"hledger": [["hledger", "-f", file, "check", "-s", "ordereddates"]],
              "ledger": [["ledger", "--args-only", "--strict", "--pedantic", "-f", file, "balance"]],
              "beancount": [["bean-check", file]]}[program]
    for words in checks:
        code, out, err = call(*words)
        verdict.expect(code == 0 and not err, f"{program}: exit {code}: {(out + err)[-1500:]}")


def balances(program, file, days):
    """{day: {account: amount}}, each as that program adds them up."""
    result = {}
    if program == "beancount":
        entries, errors, _ = loader.load_file(str(file))
        if errors:
            return {day: {} for day in days}
        for day in days:
            sums = result[day] = {}
            for entry in entries:
                if isinstance(entry, Transaction) and str(entry.date) <= day:
                    for posting in entry.postings:
                        name = posting.account
                        sums[name] = sums.get(name, 0) + posting.units.number
        return result
    for day in days:
        end = str(datetime.date.fromisoformat(day) + datetime.timedelta(days=1))
        if program == "hledger":
            _, out, _ = call("hledger", "-f", file, "balance", "--flat", "-N", "-e", end, "-O",
                             "csv", "--layout=bare")
            rows = [(row[0], row[-1]) for row in list(csv.reader(out.splitlines()))[1:]]
        else:
            _, out, _ = call("ledger", "--args-only", "-f", file, "balance", "--flat",
                             "--no-total", "-e", end, "--balance-format",
                             "%(account)\t%(quantity(scrub(display_total)))\n")
            rows = [line.split("\t") for line in out.splitlines()]
        result[day] = {name: decimal.Decimal(amount) for name, amount in rows}
    return result


def figures(sums, category, year=None):
    """The buckets of a category, of all years or one, from names like …:travel:FY17:committed."""
    totals = dict.fromkeys(BUCKETS, decimal.Decimal(0))
    for name, amount in sums.items():
        parts = [part.lower() for part in name.split(":")]
        if category.lower() not in parts or parts[-1] not in totals:
            continue
        if year is None or parts[-2] == year.lower():
            totals[parts[-1]] += amount
    return totals


def compare(verdict, where, came, row, of_year):
    free = came["free"] + (0 if of_year else came["unallotted"])
    mine = {"spent": came["spent"], "committed": came["committed"],
            "requested": came["requested"], "free": free,
            "approved": came["spent"] + came["committed"] + came["requested"] + free}
    if not of_year:
        mine["unallotted"] = came["unallotted"]
    for key, amount in mine.items():
        if of_year and row[key] is None:  # of a year without a budget of its own
            continue
        verdict.expect(amount == decimal.Decimal(row[key]), f"{where}: {key} is {amount}, "
                       f"Purser says {row[key]}")


def judge(verdict, folder, purser, label, review, days, user, names=None, forbidden=(), wanted=()):
    names = names or {}
    for program in PROGRAMS:
        plain = purser.do("export", review, "--format", program, user=user)
        for text in forbidden:
            verdict.expect(text not in plain, f"{label}, {program}: {text!r} is in the journal")
        for more in ([], ["--reasons"]):
            file = folder / f"{label}{len(more)}.{program}"
            purser.do("export", review, "--format", program, *more, "--output", file, user=user)
            strict(verdict, program, file)
        text = file.read_text(encoding="utf-8")
        for piece in wanted:
            verdict.expect(piece in text, f"{label}, {program}: {piece!r} is not in the journal")
        for day, sums in balances(program, file, days).items():
            verdict.expect(sum(sums.values()) == 0, f"{label}, {program}, {day}: not balanced")
            status = purser.ask("status", review, "--as-of", day, user=user)
            for part, of_year in ((status, None), (status["fiscal_year"], True)):
                for row in part["categories"]:
                    code = row["code"]
                    name = names.get(code, code) if program == "beancount" else code
                    year = status["fiscal_year"]["name"] if of_year else None
                    compare(verdict, f"{label}, {program}, {day}, {code}, {year}",
                            figures(sums, name, year), row, of_year)


def nasty_book(purser):
    """tell_story, a year that lapses, and every text that a journal's syntax might read."""
    tell_story(purser)
    for title, code in (("; Lab = title", "lab"), ("= of = ", "a.b"), ("\"collides\"", "a_b"),
                        ("* again", "A-b")):
        purser.do("category", "add", "SSR2", code, title, "--on", "2017-04-01")
        purser.do("envelope", "grant", "SSR2", "--category", code, "--amount", "1000.10",
                  "--fiscal-year", "FY17", "--on", "2017-04-01", "--why", NASTY[0])
    purser.do("review", "set", "SSR2", "--name", "Second; \"review\" = (SSR2)", "--year-end",
              "free=lapse", "--year-end", "commitments=lapse", "--on", "2017-04-01")
    for i, text in enumerate(NASTY):
        purser.do("expense", "submit", "SSR2", "--category", ("lab", "a.b", "a_b", "A-b")[i % 4],
                  "--amount", f"{i}.07", "--on", f"2017-04-{i + 4:02}", "--why", text, "--payee",
                  f"Traveller {text.splitlines()[0]}", "--invoice", f"N;{i}", user="sam")
        if i % 3 == 0:
            purser.do("expense", "approve", f"SSR2-E{i + 5}", "--why", text, user="carl")
    purser.do("expense", "submit", "SSR2", "--category", "travel", "--amount", "1,200",
              "--currency", "DKK", "--rate", "0.1506", "--rate-date", "2017-04-03",
              "--rate-source", "ECB; of the day", "--commitment", "SSR2-C1", "--on", "2017-04-20",
              "--document-date", "2017-04-11", "--why", "Taxi", user="sam")
    purser.do("expense", "approve", f"SSR2-E{len(NASTY) + 5}", user="carl")
    purser.do("year", "close", "SSR2", "FY17", "--keep", "SSR2-C1")


def foreign_book(purser, currency, amounts):
    purser.do("init")
    purser.do("user", "add", "carl", "--role", "chair")
    purser.do("review", "open", "SSR2", "--name", currency, "--start", "2017-03-02", "--expected",
              "2018-03-01", "--currency", currency, "--on", "2017-03-02")
    purser.do("category", "add", "SSR2", "travel", "Travel", "--on", "2017-03-02")
    purser.do("envelope", "grant", "SSR2", "--category", "travel", "--amount", amounts[0],
              "--fiscal-year", "FY17", "--on", "2017-03-02", "--why", "all")
    purser.do("expense", "submit", "SSR2", "--category", "travel", "--amount", amounts[1], "--on",
              "2017-03-09", "--why", "one")
    purser.do("expense", "approve", "SSR2-E1", user="carl")


def main():
    verdict = Verdict()
    with tempfile.TemporaryDirectory(prefix="purser-journals-") as name:
        folder = pathlib.Path(name)
        fixture = Purser(sys.argv[1], folder / "ssr2.db")
        done = subprocess.run([SOURCE / "fixtures/ssr2/load", fixture.program, fixture.book],
                              capture_output=True, text=True, cwd=folder, check=False)
        verdict.expect(done.returncode == 0, f"fixtures/ssr2/load: {done.stdout}{done.stderr}")
        judge(verdict, folder, fixture, "ssr2", "SSR2",
              ["2017-03-01", "2017-03-15", "2017-03-31", "2018-07-01"], "finance",
              forbidden=["Illustrative"], wanted=["SSR2-E7", "SSR2-C1", "Illustrative"])

        nasty = Purser(sys.argv[1], folder / "nasty.db")
        nasty_book(nasty)
        judge(verdict, folder, nasty, "nasty", "SSR2",
              ["2017-03-21", "2017-04-09", "2017-06-30", "2017-07-01", "2017-07-15"], "ann",
              names={"a.b": "a-b", "a_b": "a-b-2", "A-b": "a-b-3"},
              forbidden=[AWKWARD_NAME, "Kecić", "Traveller", "Hotel", "ICANN58", "Taxi", "Thief"],
              wanted=["審査", "1200.00 DKK", "0.1506", "SSR2-C1", "2017-04-11", "carl"])
        # A chair is not shown the prices of single contracts, with or without the reasons.
        for role, more, code in (("sam", ["--reasons"], 0), ("carl", [], 1)):
            verdict.failed(nasty.run("export", "SSR2", "--format", "ledger", *more, user=role),
                           code)

        for currency, amounts in (("JPY", ("5,000,000", "1500")), ("KWD", ("90,000.125", "1500.005"))):
            other = Purser(sys.argv[1], folder / f"{currency}.db")
            foreign_book(other, currency, amounts)
            judge(verdict, folder, other, currency, "SSR2", ["2017-03-05", "2017-03-31"], "ann",
                  wanted=[f"{amounts[1].replace(',', '')} {currency}"])
    verdict.finish("three programs read the journals")


if __name__ == "__main__":
    main()
