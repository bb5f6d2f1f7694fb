#!/usr/bin/env python3
"""A book on a PostgreSQL server answers as one in an SQLite file does, byte for byte.

    check_postgres.py PURSER

A private cluster is made in a temporary folder, reached by a Unix socket alone. One story is told
twice with the same clock, to an SQLite file and to the server; every answer, refusals too, every
report and the exported logs must be equal. Where payees are named their salts are random, so the
hashes of that review differ and are masked; a second review without payees is compared as it is.
There too the log cannot be changed, and a balance that was is found and mended.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.postgres import BIN, cluster
from support.purser import AWKWARD_REASON, Purser, Verdict, expense_file, tell_story

ROWS = 600
HASH = re.compile(r"\b[0-9a-f]{64}\b")


class Both:
    """The program on two books that must not differ."""

    def __init__(self, one, other, verdict):
        self.books = (one, other)
        self.verdict = verdict

    def run(self, *words, user="ann", code=0, exact=False):
        answers = [book.run(*words, user=user) for book in self.books]
        shown = []
        for book, done in zip(self.books, answers):
            texts = [text.replace(book.book, "<book>") for text in (done.stdout, done.stderr)]
            texts = texts if exact else [HASH.sub("<hash>", text) for text in texts]
            shown.append((done.returncode, *texts))
        self.verdict.expect(shown[0] == shown[1],
                            f"{' '.join(map(str, words))}\n  SQLite: {str(shown[0])[:1500]}\n"
                            f"  PostgreSQL: {str(shown[1])[:1500]}")
        self.verdict.expect(shown[0][0] == code,
                            f"{' '.join(map(str, words))}: exit {shown[0][0]}, wanted {code}: "
                            f"{shown[0][2][:1500]}")
        return shown[0][1]

    def do(self, *words, user="ann"):
        return self.run("--json", *words, user=user)


def compare(both, folder):
    tell_story(both)
    csv = folder / "expenses.csv"
    expense_file(csv, ROWS, "2017-04-03", 80)
    both.run("--json", "expense", "import", "SSR2", csv, "--dry-run")
    both.do("expense", "import", "SSR2", csv, "--approved-by", "carl")
    both.do("expense", "import", "SSR2", csv, "--approved-by", "carl")  # all known
    refusals(both, folder)
    both.do("expense", "withdraw", "SSR2-E4", "--why", "mine", user="sam")
    june = ("--on", "2017-06-20")
    both.do("commitment", "amend", "SSR2-C1", "--amount", "80000", "--why", "fewer", *june)
    both.do("commitment", "open", "SSR2", "--category", "services", "--amount", "60000", "--for",
            "gap analysis", "--kind", "contract", "--expected", "2017-10-01", "--proposed",
            user="sam")
    both.do("commitment", "confirm", "SSR2-C2", "--amount", "55000", user="carl")
    both.do("budget", "move", "SSR2", "--from", "travel", "--to", "services", "--amount", "1000",
            "--why", "more analysis", "--fiscal-year", "FY17", *june)
    both.do("budget", "unallot", "SSR2", "--category", "travel", "--amount", "500",
            "--fiscal-year", "FY17", *june)
    both.do("envelope", "lower", "SSR2", "--category", "travel", "--amount", "250.25", "--why",
            "not needed", *june)
    both.do("review", "set", "SSR2", "--control", "category=stop", "--chair", "Carla")
    both.do("commitment", "close", "SSR2-C1", *june)
    both.do("period", "reopen", "SSR2", "2017-03", "--why", "late invoice")
    both.do("payee", "user", "SSR2", "--payee", "Hotel Example", "--user", "carl")
    both.do("payee", "user", "SSR2", "--payee", "Hotel Example", "--user", "sam")
    days = ("--from", "2017-07-01", "--until", "2017-07-31")
    both.do("delegate", "carl", "--to", "sam", *days)
    both.do("delegate", "end", "carl", "--to", "sam")
    both.do("delegate", "carl", "--to", "ann", *days)
    both.do("expense", "submit", "SSR2", "--category", "travel", "--amount", "5", "--why", "Taxi",
            "--on", "2017-06-20", user="sam")
    both.do("expense", "approve", f"SSR2-E{ROWS + 5}", user="ann")
    both.do("user", "disable", "sam")
    both.do("year", "close", "SSR2", "FY17")
    reports(both)
    both.run("export", "SSR2", "--format", "log")
    return [without_payees(both, folder), both.run("export", "BOOK", "--format", "log", exact=True)]


def without_payees(both, folder):
    """A review whose log has no random salts: equal to the last byte, hashes and all."""
    both.do("review", "open", "SSR3", "--name", "Third", "--start", "2017-03-02", "--expected",
            "2018-03-01", "--currency", "EUR", "--on", "2017-03-02", "--fiscal-budget", "off")
    both.do("category", "add", "SSR3", "travel", "Travel", "--on", "2017-03-02")
    both.do("envelope", "grant", "SSR3", "--category", "travel", "--amount", "90000", "--on",
            "2017-03-15", "--why", AWKWARD_REASON)
    csv = folder / "nobody.csv"
    expense_file(csv, 100, "2017-04-03", 80, payees=0)
    both.do("expense", "import", "SSR3", csv)
    both.do("expense", "approve", "SSR3-E7", user="carl")
    both.do("expense", "submit", "SSR3", "--category", "travel", "--amount", "100", "--currency",
            "DKK", "--rate", "0.1344", "--rate-date", "2017-04-03", "--rate-source", "ECB",
            "--why", AWKWARD_REASON, "--on", "2017-04-03")
    both.do("period", "close", "SSR3", "2017-04")
    sheets(both)
    both.run("--json", "verify", "SSR3", exact=True)
    return both.run("export", "SSR3", "--format", "log", exact=True)


def sheets(both):
    """The life of two fact sheets; the log's digests say that all their bytes are equal."""
    both.do("factsheet", "due", "SSR3", "--financials", "2017-03-31", "--target", "2017-05-10",
            "--revised", "2017-05-21")
    both.do("factsheet", "issue", "SSR3", "--as-of", "2017-03-31", "--key", "sheet")
    both.do("factsheet", "issue", "SSR3", "--as-of", "2017-03-31", "--key", "sheet")
    both.do("factsheet", "approve", "SSR3-S1", user="carl")
    both.do("factsheet", "post", "SSR3-S1", "--on", "2017-07-15")
    both.do("factsheet", "issue", "SSR3")
    both.do("factsheet", "withhold", "SSR3-S2", "--why", AWKWARD_REASON, user="carl")
    for state in ("issued", "approved", "posted"):
        for name in ("text", "html", "json", "csv"):
            both.run("factsheet", "show", "SSR3-S1", "--state", state, "--format", name, exact=True)
    both.do("factsheet", "withdraw", "SSR3-S2", "--why", "It must go")
    both.run("factsheet", "show", "SSR3-S2", code=1)
    both.do("factsheet", "list", "SSR3")


def refusals(both, folder):
    both.run("--json", "status", "SSR3", code=1)
    both.run("--json", "expense", "submit", "SSR2", "--category", "travle", "--amount", "1",
             "--why", "x", code=1)
    both.run("--json", "expense", "submit", "SSR2", "--category", "travel", "--amount",
             "99999999", "--why", "x", code=1)
    both.run("--json", "expense", "submit", "SSR2", "--category", "travel", "--amount", "2",
             "--why", "x", "--payee", "Hotel Example", "--invoice", "V-7", code=1)
    both.run("--json", "expense", "submit", "SSR2", "--category", "travel", "--amount", "1",
             "--why", "x", "--key", "venue", user="sam", code=1)
    wrong = folder / "wrong.csv"
    wrong.write_text("posted_on,category,amount,why\n2017-04-31,travel,1.00,x\n"
                     "2017-04-30,travel,1.005,y\n2017-03-20,travel,1.00,closed\n")
    both.run("--json", "expense", "import", "SSR2", wrong, code=2)


def reports(both):
    for noun in ("user list", "policy list SSR2", "review list", "review show SSR2",
                 "category list SSR2", "envelope show SSR2", "commitment list SSR2",
                 "commitment show SSR2-C1", "expense show SSR2-E1", "expense list SSR2",
                 "expense list SSR2 --state rejected", "expense list SSR2 --commitment SSR2-C1",
                 "expense list SSR2 --from 2017-04-03 --to 2017-04-04",
                 "period check SSR2 2017-07", "status SSR2", "status SSR2 --as-of 2017-03-31",
                 "status SSR2 --as-of 2017-03-31 --known-at 2017-07-15T08:00:00Z",
                 "delegate list", "payee list SSR2", "commitments SSR2",
                 "commitments SSR2 --as-of 2017-06-19", "export SSR2 --format hledger",
                 "export SSR2 --format beancount --reasons",
                 "factsheet show SSR2", "factsheet show SSR2 --as-of 2017-03-31",
                 "register SSR2", "register SSR2 --category travel --to 2017-04-10", "verify",
                 "verify SSR2"):
        both.do(*noun.split())
        both.run(*noun.split())


def harm(url, sql):
    return subprocess.run([BIN / "psql", "-X", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql],
                          capture_output=True, text=True, check=False)


def check_harm(both, url, verdict):
    """The server refuses to change the log; what it does not guard, verify finds."""
    server = both.books[1]
    for sql in ("UPDATE event SET reason = 'x'", "DELETE FROM event", "TRUNCATE event"):
        done = harm(url, sql)
        verdict.expect(done.returncode != 0 and "append-only" in done.stderr,
                       f"{sql} on the server: {done.stdout}{done.stderr}")
    done = harm(url, "UPDATE balance SET amount_minor = amount_minor + 1 WHERE bucket = 'spent' "
                     "AND day = '2017-03-20'")
    verdict.expect(done.returncode == 0, done.stderr)
    verdict.failed(server.run("verify"), 3, "SSR2:travel:FY17:spent on 2017-03-20")
    both.do("rebuild")
    both.do("verify")
    verdict.failed(server.run("init"), 1, "already")
    gone = Purser(server.program, re.sub("/book", "/nobook", url))
    done = gone.run("status", "SSR2")
    verdict.failed(done, 3, "nobook")
    print(f"a database that is not there: {done.stderr.strip().splitlines()[0]}")


def main():
    verdict = Verdict()
    with tempfile.TemporaryDirectory(prefix="purser-two-") as name, cluster() as server:
        folder = pathlib.Path(name)
        one = Purser(sys.argv[1], folder / "book.db")
        other = Purser(sys.argv[1], server.url)
        both = Both(one, other, verdict)
        logs = compare(both, folder)
        check_harm(both, server.url, verdict)
    lines = sum(log.count("\n") for log in logs)
    verdict.expect(lines > 100, f"the logs hold {lines} lines only")
    verdict.finish(f"one story on both, {lines} lines of log equal to the last byte")


if __name__ == "__main__":
    main()
