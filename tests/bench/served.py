"""The chairs' page of a served book under load, while somebody records expenses.

    figures = measured(purser, book, environment)

wrk asks for the page on 16 connections; beside it a program submits expenses and withdraws them.
Each act that was accepted must be in the log afterwards.
"""

import contextlib
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import threading
import time
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "web"))
from desk import PASSWORD, Visitor  # noqa: E402

CONNECTIONS = 16
SECONDS = 15
LISTS = {"expenses": "/expense/list/SSR2", "register": "/register/SSR2"}
MILLISECONDS = {"us": 0.001, "ms": 1, "s": 1000}


class Writer(threading.Thread):
    """Submits and withdraws expenses in turns until it is told to stop; counts accepted acts."""

    def __init__(self, port, token):
        super().__init__()
        self.visitor, self.token = Visitor(port), token
        self.accepted, self.wrong = 0, ""
        self.done = threading.Event()

    def act(self, path, what):
        answer = self.visitor.send("POST", f"/api/v1/expense/{path}", json.dumps(what), {
            "Authorization": f"Bearer {self.token}", "Content-Type": "application/json",
            "Idempotency-Key": str(uuid.uuid4())})
        if answer.status not in (200, 201):
            self.wrong = f"{answer.status} {answer.text}"
            return ""
        self.accepted += 1
        return json.loads(answer.text)["id"]

    def run(self):
        what = {"category": "travel", "amount": "1.00", "why": "Tram fare", "on": "2018-07-14"}
        while not self.done.is_set() and not self.wrong:
            expense = self.act("submit/SSR2", what)
            if expense:
                self.act(f"withdraw/{expense}", {})


@contextlib.contextmanager
def server(purser, book, environment):
    """The port of the book's pages."""
    with subprocess.Popen([purser, "--book", book, "serve", "--listen", "127.0.0.1:0"],
                          stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            yield int(process.stdout.readline().rsplit(":", 1)[1])
        finally:
            process.terminate()


def signed_in(port):
    """A visitor who is signed in, and a token of the same user that may write."""
    visitor = Visitor(port)
    visitor.sign_in("ann", PASSWORD)
    page = visitor.fill("/account/token", {"label": "load", "scope": "write",
                                           "until": "2018-12-31"}, form="/account")
    return visitor, re.search(r"<code>([^<]+)</code>", page.text)[1]


def load(port, cookies):
    """Pages a second, the 99th percentile in ms, and how many answers were not good."""
    told = subprocess.run(
        ["wrk", "--threads", "1", "--connections", str(CONNECTIONS), "--duration", f"{SECONDS}s",
         "--latency", "--header", "Cookie: " + "; ".join(f"{n}={v}" for n, v in cookies.items()),
         f"http://127.0.0.1:{port}/SSR2"], capture_output=True, text=True, check=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", told).groups()
    bad = sum(map(int, re.findall(
        r"(?:Non-2xx or 3xx responses: |connect |read |write |timeout )(\d+)", told)))
    return rate, float(number) * MILLISECONDS[unit], bad


def first_page(visitor, path):
    """Milliseconds of the first page of a list, the best of five."""
    times = []
    for _ in range(5):
        begun = time.monotonic()
        page = visitor.get(path)
        times.append((time.monotonic() - begun) * 1000)
        if page.status != 200:
            sys.exit(f"bench: served: {path}: {page.status}")
    return min(times)


def events(book):
    with contextlib.closing(sqlite3.connect(book)) as database:
        return database.execute("SELECT COUNT(*) FROM event").fetchone()[0]


def measured(purser, book, environment):
    """Pages a second and their 99th percentile, quiet and beside a writer; its acts a second; and
    milliseconds of the first pages of long lists."""
    subprocess.run([purser, "--book", book, "--as", "ann", "user", "password", "--stdin"],
                   input=PASSWORD + "\n", capture_output=True, text=True, check=True,
                   env=environment)
    before = events(book)
    with server(purser, book, environment) as port:
        visitor, token = signed_in(port)
        lists = {name: first_page(visitor, path) for name, path in LISTS.items()}
        quiet_rate, quiet_ms, quiet_bad = load(port, visitor.cookies)
        writer = Writer(port, token)
        writer.start()
        rate, ms, bad = load(port, visitor.cookies)
        writer.done.set()
        writer.join()
    if writer.wrong or bad or quiet_bad:
        sys.exit(f"bench: served: {bad + quiet_bad} pages were not good; writer: {writer.wrong}")
    if events(book) != before + writer.accepted:
        sys.exit(f"bench: served: {writer.accepted} acts were accepted, "
                 f"{events(book) - before} are in the log")
    return {"quiet rate": quiet_rate, "quiet ms": quiet_ms, "rate": rate, "ms": ms,
            "writes": writer.accepted / SECONDS, "lists": lists}
