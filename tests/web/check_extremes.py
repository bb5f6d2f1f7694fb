#!/usr/bin/env python3
"""Pages of a review with long names, words without a break, markup in names and money below zero.

    check_extremes.py PURSER

Looked at wide and on a phone; screenshots are left in out/web/.
"""

import sys

from desk import PASSWORD, Desk, Judge
from eye import OUT, PHONE, WIDE, Eye, browser

LONG = ("Independent experts for the analysis of gaps, for the second review of security, stability "
        "and resiliency, and for what follows from it")
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
MARKUP = "=HYPERLINK(\"http://x\") <b>&'\"O'Neil"
PAGES = {
    "reviews": "/", "chairs": "/LONG9", "expenses": "/expense/list/LONG9",
    "expense": "/expense/show/LONG9-E1", "approve": "/expense/approve/LONG9-E2",
    "submit": "/expense/submit/LONG9", "commitments": "/commitments/LONG9",
    "register": "/register/LONG9", "request": "/request/show/LONG9-R1", "desk": "/desk/LONG9",
    "envelope": "/envelope/show/LONG9", "forecast": "/forecast/LONG9", "alerts": "/alerts",
    "sheet": "/factsheet/show/LONG9", "portfolio": "/portfolio", "meeting": "/meetings/LONG9",
    "milestones": "/milestone/list/LONG9", "members": "/member/list/LONG9",
}


class LongDesk(Desk):
    """A desk whose only review is hard to lay out."""

    def make(self):
        self.run("ada", "init")
        for user, role in (("olga", "finance"), ("carl", "chair"), ("bea", "board")):
            self.run("ada", "user", "add", user, "--role", role)
            self.run(user, "user", "password", "--stdin", stdin=PASSWORD + "\n")
        self.run("ada", "review", "open", "LONG9", "--name", LONG, "--start", "2017-03-02",
                 "--expected", "2018-03-01", "--on", "2017-03-02")
        for code, title in (("experts", LONG), ("werk", WORD), ("none", "Nothing at all")):
            self.run("ada", "category", "add", "LONG9", code, title, "--on", "2017-03-02")
        for code, amount in (("experts", "987654321.09"), ("werk", "400")):
            self.run("bea", "envelope", "grant", "LONG9", "--category", code, "--amount", amount,
                     "--on", "2017-03-15", "--why", LONG)
        self.run("ada", "review", "set", "LONG9", "--control", "envelope=off", "--control",
                 "category=off", "--control", "fiscal-year=off")
        self.run("olga", "budget", "allot", "LONG9", "--fiscal-year", "FY17", "--category",
                 "experts", "--amount", "123456789.01", "--on", "2017-03-15")
        for code, amount, what in (("experts", "45678901.23", LONG), ("werk", "1000", WORD),
                                   ("werk", "1", MARKUP)):
            self.run("olga", "commitment", "open", "LONG9", "--category", code, "--amount", amount,
                     "--for", what, "--kind", "meeting", "--expected", "2017-05-15", "--on",
                     "2017-03-16")
        self.run("olga", "expense", "submit", "LONG9", "--category", "werk", "--amount", "1500.50",
                 "--why", f"{LONG} {WORD}", "--payee", WORD + " Ltd", "--commitment", "LONG9-C2",
                 "--on", "2017-04-02", "--invoice", "INV-" + "0" * 40)
        self.run("carl", "expense", "approve", "LONG9-E1")
        for amount, text in (("12345678.90", MARKUP), ("98765432.10", LONG)):
            self.run("olga", "expense", "submit", "LONG9", "--category", "experts", "--amount",
                     amount, "--why", text, "--payee", text, "--on", "2017-04-02")
        self.run("olga", "request", "submit", "LONG9", "--category", "werk", "--amount",
                 "99999999.99", "--why", f"{LONG} {WORD}")
        self.run("olga", "meeting", "add", "LONG9", "BIG", LONG, "--kind",
                 "face-to-face", "--from", "2017-05-12", "--to", "2017-05-17")
        self.run("olga", "milestone", "add", "LONG9", f"{LONG} {WORD}", "--planned", "2017-06-01")
        self.run("olga", "member", "add", "LONG9", WORD, "--body", LONG, "--from", "2017-03-02")


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    judge = Judge()
    with LongDesk(sys.argv[1], now="2017-06-20T09:00:00Z") as desk, browser() as driver:
        for size in (WIDE, PHONE):
            eye = Eye(driver, desk, judge, size)
            eye.sign_in("olga")
            for name, path in PAGES.items():
                eye.looked_at(path, f"extremes-{name}")
                judge(not eye.driver.find_elements("tag name", "b"), f"{path} has no foreign markup")
    return judge.end(at_least=250)


if __name__ == "__main__":
    sys.exit(main())
