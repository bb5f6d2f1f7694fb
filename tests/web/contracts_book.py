"""A book in which contracts of odd prices stand among meetings, for check_prices.py.

    with ContractsBook(purser, now=NOW) as desk:

Payments were made on them, one waited for the Board, one still waits for a chair; months and a
fiscal year are closed, four sheets are posted. Whatever moves, moves on the same day as something
else of its row, so that only what is told too much tells one price.
"""

import pathlib
import subprocess
import tempfile

from desk import PASSWORD, Desk

NOW = "2017-08-10T12:00:00Z"
PAYEE = "Zoe Roe"
# What was paid of each, in cents: the price, then what was paid of it by the end of April and of
# May. Rests and prices may not be worked out; single payments are in no answer.
CONTRACTS = {"SSR2-C1": (3133741, 111117, 141421), "SSR2-C2": (2718283, 222229, 173205),
             "SSR2-C5": (57721566, 0, 0), "SSR2-C7": (1618034, 0, 0)}
PROPOSED = 1123581  # SSR2-C10, which waits: the chairs decide on it, and the public is not told
CATEGORIES = ["services", "travel", "support"]


def money(cents):
    return f"{cents // 100}.{cents % 100:02}"


def known_of():
    """Amounts by which a contract could be known: its price, its rests; and single payments."""
    secrets, payments = {}, {}
    for name, (price, *paid) in CONTRACTS.items():
        rest = price
        secrets[rest] = f"the price of {name}"
        for part in filter(None, paid):
            rest -= part
            secrets[rest] = f"a rest of {name}"
            payments[part] = f"a payment on {name}"
    return secrets, payments


SECRETS, PAYMENTS = known_of()


class ContractsBook(Desk):
    """The book, made by the program one step after the other."""

    def make(self):
        self.folder_of_programs = tempfile.TemporaryDirectory(prefix="purser-programs-")
        self.without_weasyprint()
        for at, user, words in self.steps():
            self.environment["PURSER_NOW"] = f"2017-{at}T12:00:00Z"
            self.run(user, *words)
        self.environment["PURSER_NOW"] = NOW
        for user in ("chair", "board", "viewer"):
            self.run(user, "user", "password", "--stdin", stdin=PASSWORD + "\n")

    def said_to(self, *words):
        """What the program answers to who holds the book, refusals too."""
        done = subprocess.run([self.purser, "--book", self.book, *words], capture_output=True,
                              check=False, text=True, env=self.environment)
        return done.stdout + done.stderr

    def without_weasyprint(self):
        """A PDF is the HTML that it is made from: the same words, and no time."""
        program = pathlib.Path(self.folder_of_programs.name, "weasyprint")
        program.write_text('#!/bin/sh\nfor one; do from=$to; to=$one; done\ncp "$from" "$to"\n')
        program.chmod(0o755)
        path = f"{program.parent}:{self.environment['PATH']}"
        self.environment["PATH"] = path

    def steps(self):
        def step(at, user, text, *more):
            return at, user, text.split() + list(more)

        key = "SSR2"
        yield step("03-02", "finance", "init")
        for user in ("support", "chair", "board"):
            yield step("03-02", "finance", f"user add {user} --role {user}")
        yield step("03-02", "finance", f"review open {key} --start 2017-03-02 --expected "
                   "2018-03-01 --name", "Second Review")
        yield step("03-02", "finance", f"user add viewer --role viewer --review {key}")
        yield step("03-02", "finance",
                   f"review set {key} --single-contract merge --public-page on")
        for code in CATEGORIES:
            yield step("03-02", "finance", f"category add {key} {code} {code.title()}")
        for code, grant, year in zip(CATEGORIES, (200000, 350000, 90000), (60000, 120000, 40000)):
            yield step("03-15", "finance", f"envelope grant {key} --category {code} --amount "
                       f"{grant} --on 2017-03-15 --why Board")
            yield step("03-15", "finance", f"budget allot {key} --category {code} --amount {year} "
                       "--fiscal-year FY17 --on 2017-03-15")
        yield step("03-16", "support", f"meeting add {key} MADRID Madrid --kind face-to-face "
                   "--from 2017-05-13 --to 2017-05-15 --heads 9")
        yield step("03-16", "support", f"work-item add {key} WS1 Workstream --kind workstream")
        yield step("03-16", "support", f"member add {key} Somebody")
        yield step("03-16", "support", f"milestone add {key} Report --planned 2017-12-01")
        for number, category, amount, kind, expected, more in (
                (1, "services", money(3133741), "contract", "2017-06-01", ""),
                (2, "travel", money(2718283), "contract", "2017-09-01", "--meeting MADRID"),
                (3, "travel", "9876.54", "meeting", "2017-05-15", "--meeting MADRID"),
                (4, "support", "4321.09", "meeting", "2017-06-10", "")):
            yield step("03-20", "finance", f"commitment open {key} --category {category} --amount "
                       f"{amount} --kind {kind} --expected {expected} --for promise-{number} {more}")
        for at, part in (("04-05", 0), ("05-04", 1)):
            yield from self.payments(at, part)
        yield step("05-08", "finance", f"period close {key} 2017-03")
        yield from self.sheet("05-08", 1, "2017-03-31")
        yield step("05-19", "chair", f"request submit {key} --category services --amount 600000 "
                   "--why More")
        yield step("05-20", "finance", f"commitment open {key} --category services --amount "
                   f"{money(57721566)} --kind contract --expected 2017-12-01 --for promise-5 --hold "
                   f"{key}-R1")
        yield step("05-22", "board", f"request decide {key}-R1 --grant 600000 --resolution 1 --on "
                   "2017-05-22")
        for number, category, amount, kind, expected in (
                (6, "services", "5555.55", "meeting", "2017-12-05"),
                (7, "travel", money(1618034), "contract", "2017-12-05"),
                (8, "travel", "2357.11", "meeting", "2017-06-20"),
                (9, "support", "1313.17", "meeting", "2017-12-05")):
            yield step("05-22", "finance", f"commitment open {key} --category {category} --amount "
                       f"{amount} --kind {kind} --expected {expected} --for promise-{number}")
        yield step("06-10", "finance", f"period close {key} 2017-05")
        yield from self.sheet("06-10", 2, "2017-05-31")
        yield step("06-15", "support", f"commitment open {key} --proposed --category services "
                   f"--amount {money(PROPOSED)} --kind contract --expected 2017-12-10 --for award")
        yield step("07-10", "finance", f"period close {key} 2017-06")
        yield from self.sheet("07-10", 3, "2017-06-30")
        yield step("08-08", "finance", f"period close {key} 2017-07")
        yield from self.sheet("08-08", 4, "2017-07-31")
        yield step("08-09", "support", f"expense submit {key} --category services --amount 66.06 "
                   "--why Copies --on 2017-08-09")

    def payments(self, at, part):
        amounts = [money(CONTRACTS["SSR2-C1"][part + 1]), money(CONTRACTS["SSR2-C2"][part + 1]),
                   ("3333.31", "1212.12")[part], ("700.70", "808.08")[part]]
        lines = [f"2017-{at},{category},{amount},Part {part},{PAYEE},SSR2-C{number},{work}"
                 for number, category, amount, work in zip(
                     (1, 2, 3, 4), ("services", "travel", "travel", "support"), amounts,
                     ("WS1", "", "", ""))]
        lines += [f"2017-{at},services,{('777.77', '99.19')[part]},Copies,{PAYEE},,WS1",
                  f"2017-{at},travel,{('41.43', '47.53')[part]},Taxi,{PAYEE},,"]
        file = pathlib.Path(self.folder.name, f"paid-{part}.csv")
        file.write_text("posted_on,category,amount,why,payee,commitment,work_item\n"
                        + "\n".join(lines) + "\n")
        yield at, "finance", ["expense", "import", "SSR2", str(file), "--approved-by", "chair"]

    def sheet(self, at, number, day):
        sheet = f"SSR2-S{number}"
        yield at, "finance", ["factsheet", "issue", "SSR2", "--as-of", day]
        yield at, "chair", ["factsheet", "approve", sheet]
        yield at, "finance", ["factsheet", "post", sheet, "--on", f"2017-{at}"]
