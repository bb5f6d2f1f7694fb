#!/usr/bin/env python3
"""On a PostgreSQL server, too, reading never writes and waits for nobody who does.

    check_reading.py PURSER

The book of the web tests, on a server of our own; another session holds the lock that writers take
while the pages are asked for, and the readers' own sessions may not write.
"""

import pathlib
import subprocess
import sys

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "web")]
from check_reading import IN_TIME, LATER, addresses, restart, walk
from check_roles import NOW, prepare
from desk import Desk, Judge
from support.postgres import BIN, cluster
from verbs import index, make_token

ROLES = {"finance": "treasurer", "chair": "chair"}


class ServerDesk(Desk):
    def __init__(self, purser, url):
        super().__init__(purser, now=NOW)
        self.book = url

    def make(self):
        self.make_anew()


def asked(url, sql):
    return subprocess.run([BIN / "psql", "-X", "-A", "-t", "-d", url, "-c", sql],
                          capture_output=True, text=True, check=True).stdout.strip()


def lock(url):
    """A session that holds the writers' lock until its input ends."""
    session = subprocess.Popen([BIN / "psql", "-X", "-A", "-t", "-q", "-d", url],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    session.stdin.write("SELECT pg_advisory_lock(hashtext(current_schema()));\n\\echo locked\n")
    session.stdin.flush()
    while session.stdout.readline().strip() != "locked":
        pass
    return session


def main():
    judge = Judge()
    noted = "SELECT COUNT(*) FROM ticket WHERE used_at > '2017-05-20T12:10'"
    events = "SELECT COUNT(*) FROM event"
    with cluster() as server, ServerDesk(sys.argv[1], server.url) as desk:
        prepare(desk)
        people = {}
        for role, user in ROLES.items():
            visitor = desk.sign_in(user)
            people[role] = visitor, make_token(visitor, "read")
        paths = addresses(index(desk, people["finance"][1]))
        before = asked(server.url, events)
        usual = walk(people, paths)
        restart(desk, people, LATER)
        session = lock(server.url)
        locked = walk(people, paths)
        judge(asked(server.url, noted) == "0", "no session was noted meanwhile")
        session.communicate("")
        for (role, path), (page, took) in locked.items():
            same = usual[role, path][0].status
            judge(page.status == same and page.status < 500, f"{path} answers {role} as usual",
                  same, page.status, page.text)
            judge(took < IN_TIME, f"{path} answers {role} in time", f"{took:.1f} s")
        judge(asked(server.url, events) == before, "nothing was recorded")
        people["chair"][0].get("/SSR2")
        judge(asked(server.url, noted) == "1", "and a session is noted when nobody writes")
    return judge.end(at_least=700)


if __name__ == "__main__":
    sys.exit(main())
