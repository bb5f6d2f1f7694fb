#!/usr/bin/env python3
"""Reading never writes, and waits for nobody who does.

    check_reading.py PURSER

Every address of the site is asked for by every role: once as usual, and once while another process
holds the book's write lock for the whole walk. The answers have the same status, come in time, show
no refusal of what nobody has sent, and leave the book as it was. The addresses come from the router
and from the verbs themselves, forms too.
"""

import concurrent.futures
import contextlib
import sqlite3
import sys
import time
import urllib.parse

from check_roles import NOW, PARTS, PEOPLE, prepare, routes
from desk import Desk, Judge
from verbs import ACTS, bearer, filled, index, make_token, name_of, needed_fields

LATER = "2017-05-20T12:20:00Z"  # sessions are due to be noted as used
IN_TIME = 2  # seconds, with sanitizers, and two others asking
AT_ONCE = 3
# Documents in each of their states, and what is not there.
DOCUMENTS = ["expense/show/SSR2-E1", "expense/show/SSR2-E8", "expense/show/SSR2-E13",
             "commitment/show/SSR2-C2", "commitment/show/SSR2-C3", "request/show/SSR2-R2",
             "factsheet/show/SSR2-S1", "milestone/show/SSR2-T5", "expense/show/SSR2-E99",
             "meeting/show/SSR2/P1", "work-item/show/SSR2/R3"]
# A form for each act in each of their states.
FORMS = ["expense/amend/SSR2-E1", "expense/approve/SSR2-E1", "expense/refund/SSR2-E1",
         "expense/reverse/SSR2-E8", "expense/approve/SSR2-E13", "commitment/amend/SSR2-C2",
         "commitment/confirm/SSR2-C1", "member/leave/SSR2-M1", "meeting/attend/SSR2/MADRID",
         "expense/approve/SSR2-E99"]
LISTS = ["expense/list/SSR2?state=submitted&sort=-amount&limit=2", "register/SSR2?format=csv",
         "status/SSR2?format=json", "forecast/SSR2?what-if=Washington&amount=60%2C000",
         "request/show/SSR2-R1?grant=25000", "amount/SSR2?amount=1,480.50", "SSR2-E7"]


def addresses(verbs):
    """Of pages: reports, forms of acts, and what the router has beside them."""
    all_of = ["/".join(PARTS.get(part, part) for part in path.split("/"))
              for method, path in routes() if method == "GET" and not path.startswith("/api/")]
    for verb in verbs:
        if verb["method"] == "GET":
            fields = needed_fields(verb)
            query = "?" + urllib.parse.urlencode(fields) if fields else ""
            all_of.append(filled(verb["path"]).removeprefix("/api/v1") + query)
        else:
            name = name_of(verb)
            all_of += [f"/{name}/{ACTS[name][0]}", f"/{name}/SSR2", f"/{name}"]
    all_of += ["/" + path for path in DOCUMENTS + FORMS + LISTS]
    return list(dict.fromkeys(all_of))


def walk(people, paths):
    """The answers by role and address, with how long each took."""
    def ask(job):
        role, path = job
        visitor, token = people[role]
        begun = time.monotonic()
        page = visitor.get(path, bearer(token) if path.startswith("/api/") else None)
        return page, time.monotonic() - begun

    jobs = [(role, path) for role in people for path in paths]
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip(jobs, pool.map(ask, jobs)))


def restart(desk, people, now):
    desk.stop()
    desk.environment["PURSER_NOW"] = now
    desk.start()
    for visitor, _ in people.values():
        visitor.port = desk.port


def version(book):
    return book.execute("PRAGMA data_version").fetchone()[0]


def red(page):
    """What is only said of something that was sent."""
    return any(mark in page.text for mark in ("alert-danger", "is-invalid", 'role="alert"'))


def main():
    judge = Judge()
    with Desk(sys.argv[1], now=NOW) as desk:
        prepare(desk)
        desk.run("finance", "expense", "submit", "SSR2", "--category", "travel", "--amount",
                 "900000", "--why", "It waits", "--hold", "SSR2-R1")
        people = {}
        for role, user in PEOPLE.items():
            visitor = desk.visitor() if user is None else desk.sign_in(user)
            people[role] = visitor, make_token(visitor, "read") if user else ""
        verbs = index(desk, people["finance"][1])
        paths = addresses(verbs)
        paths += ["/api/v1" + path for path in paths if path.split("/")[1] in ("expense", "status")]
        with contextlib.closing(sqlite3.connect(desk.book, isolation_level=None)) as book:
            before = version(book)
            usual = walk(people, paths)
            judge(version(book) == before, "nothing that was looked at has written to the book")
            restart(desk, people, LATER)
            book.execute("BEGIN IMMEDIATE")
            begun = time.monotonic()
            locked = walk(people, paths)
            held_for = time.monotonic() - begun
            for words in ("status", "forecast", "alerts"):
                desk.run("chair", words, "SSR2")  # or it does not answer
            desk.run("chair", "request", "show", "SSR2-R1")
            book.execute("ROLLBACK")
            judge(version(book) == before, "nor while it was locked")
            for job, (page, took) in locked.items():
                role, path = job
                same = usual[job][0].status
                judge(page.status == same and page.status < 500,
                      f"{path} answers {role} as usual", same, page.status, page.text)
                judge(took < IN_TIME, f"{path} answers {role} in time", f"{took:.1f} s")
                if page.status == 200 and not path.startswith("/api/") and path != "/sign-in":
                    judge(not red(page), f"nothing is red at {path} for {role}", page.text)
            used = "SELECT COUNT(*) FROM ticket WHERE used_at > '2017-05-20T12:10'"
            judge(book.execute(used).fetchone()[0] == 0, "no session was noted meanwhile")
            people["chair"][0].get("/SSR2")
            judge(book.execute(used).fetchone()[0] == 1, "and it is when nobody writes")
            slowest = max(locked.items(), key=lambda one: one[1][1])
            print(f"{len(paths)} addresses for {len(people)} roles in {held_for:.0f} s while the "
                  f"book was locked; the slowest, {slowest[0][1]}, took {slowest[1][1]:.2f} s")
    return judge.end(at_least=5000)


if __name__ == "__main__":
    sys.exit(main())
