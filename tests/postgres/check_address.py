#!/usr/bin/env python3
"""A book's address may be written in every form that libpq reads, and its password is never shown.

    check_address.py PURSER

A private server asks for a password that has characters an address gives a meaning. It is given in
the address, in a parameter of it, by PGPASSWORD, by the file of PGPASSFILE, by ~/.pgpass and by the
parameter passfile; the host by name, by number, in brackets, one of several, as the folder of a
Unix socket, by PGHOST, or not at all. Wrong addresses, a server that refuses, one that is not there
and one that goes away under a book that is served: no answer, page or log has the password.
"""

import os
import pathlib
import re
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.postgres import BIN, call, cluster, has_ipv6
from support.purser import Purser, Verdict

PASSWORD = "s:e@c/r?e&t %41=ü"
ENCODED = urllib.parse.quote(PASSWORD, safe="")
# What no one may read: the password and what is left of it where it is taken apart.
SECRETS = (PASSWORD, ENCODED, "s:e@", "e@c", "c/r", "s%3Ae", "hunter2", "h%75nter2", "zebra")


def quoted(folder):
    return urllib.parse.quote(str(folder), safe="")


class Check:
    def __init__(self, program, verdict, server, home):
        self.program, self.verdict, self.server, self.home = program, verdict, server, home

    def run(self, address, *words, **variables):
        purser = Purser(self.program, address)
        kept = {k: v for k, v in purser.environment().items() if not k.startswith("PG")}
        done = purser.run(*words, env=kept | {"HOME": str(self.home)} | variables)
        self.is_silent(f"{address} {' '.join(words)}", done.stdout + done.stderr)
        return done

    def is_silent(self, what, text):
        shown = [secret for secret in SECRETS if secret in text]
        self.verdict.expect(not shown, f"{what} shows {shown} of the password: {text[:1500]}")

    def opens(self, address, **variables):
        done = self.run(address, "user", "list", **variables)
        self.verdict.expect(done.returncode == 0 and "ann" in done.stdout,
                            f"{address} with {variables}: {done.stdout}{done.stderr}")

    def fails(self, address, *says, code=3, words=("status", "SSR2"), **variables):
        done = self.run(address, *words, **variables)
        self.verdict.failed(done, code, *says)


def check_passwords(check):
    """Each place a password can come from."""
    port = check.server.port
    without = f"postgresql://postgres@127.0.0.1:{port}/book"
    escaped = PASSWORD.replace("\\", "\\\\").replace(":", "\\:")
    entry = f"127.0.0.1:{port}:book:postgres:{escaped}\n"
    named = check.home / "named.pgpass"
    for path in (named, check.home / ".pgpass"):
        path.write_text(entry)
        path.chmod(0o600)
    check.opens(f"postgresql://postgres:{ENCODED}@127.0.0.1:{port}/book")
    check.opens(f"{without}?password={ENCODED}")
    check.opens(without, PGPASSWORD=PASSWORD, HOME="/nonexistent")
    check.opens(without, PGPASSFILE=str(named), HOME="/nonexistent")
    check.opens(without)  # ~/.pgpass
    check.opens(f"{without}?passfile={quoted(named)}", HOME="/nonexistent")
    check.fails(without, "no password supplied", "postgres@127.0.0.1", HOME="/nonexistent")
    (check.home / ".pgpass").unlink()


def check_forms(check):
    """Each form of an address; the password comes by the environment."""
    port, folder = check.server.port, check.server.folder
    known = {"PGPASSWORD": PASSWORD}
    for address in (f"postgres://postgres@localhost:{port}/book",
                    f"postgresql://postgres@127.0.0.1:1,127.0.0.1:{port}/book",
                    f"postgresql://postgres@{quoted(folder)}:{port}/book",
                    f"postgresql:///book?host={folder}&port={port}&user=postgres",
                    f"postgresql://post%67res@127.0.0.1:{port}/b%6Fok?sslmode=disable",
                    f"postgresql://127.0.0.1:{port}/book?user=postgres&connect_timeout=10"
                    "&application_name=a%20name"):
        check.opens(address, **known)
    if has_ipv6():
        check.opens(f"postgresql://postgres@[::1]:{port}/book", **known)
    else:
        print("this machine has no IPv6: its brackets are not tried")
    place = {"PGHOST": str(folder), "PGPORT": str(port), "PGUSER": "postgres", **known}
    check.opens("postgresql:///book", **place)
    check.opens("postgres://", PGDATABASE="book", **place)
    check.opens("postgresql://?dbname=book", **place)
    # Settings of the session are an option of the address: a book in another schema.
    address = f"postgresql://postgres@127.0.0.1:{port}/book?options=-csearch_path%3Dother"
    call(BIN / "psql", "-X", "-h", folder, "-p", port, "-U", "postgres", "-d",
         "book", "-c", "CREATE SCHEMA other", env=os.environ | known)
    check.fails(address, "not a book of Purser", **known)
    done = check.run(address, "init", **known)
    check.verdict.failed(done, 0)
    check.opens(address, **known)


def check_failures(check):
    """What goes wrong is said with the address, without the password."""
    port = check.server.port
    check.fails(f"postgresql://postgres:hunter2@127.0.0.1:{port}/book",
                "postgresql://postgres:***@127.0.0.1", "password authentication failed")
    check.fails(f"postgresql://postgres@127.0.0.1:{port}/book?%70assword=h%75nter2&sslmode=disable",
                "%70assword=***&sslmode=disable")
    check.fails("postgresql://ann:hunter2@127.0.0.1:1/book", "postgresql://ann:***@127.0.0.1:1/book")
    check.fails("postgresql://ann:hunter2@no.such.host.invalid/book", "ann:***@no.such.host.invalid")
    for address in (f"postgresql://postgres:{PASSWORD}@127.0.0.1:{port}/book",
                    "postgresql://ann:hunter2@zebra@127.0.0.1/book",
                    "postgresql://ann:hunter2/zebra@127.0.0.1/book",
                    "postgresql://ann:hunter2?zebra@127.0.0.1:x/book",
                    "postgresql://ann:hunter2@[::1/book", "postgresql://ann:hunter2@127.0.0.1:x/book",
                    "postgresql://ann:hunter2@127.0.0.1/book?nothing=1",
                    "postgresql://ann:hunter2%@127.0.0.1/book",
                    "postgresql://ann:hunter2%00@127.0.0.1/book",
                    "postgresql://ann:hunter2@127.0.0.1/book?sslmode=zealous",
                    "postgresql://ann@127.0.0.1/book?sslmode=disable&sslpassword=hunter2&a"):
        check.fails(address, "***")
    for words in ("host=127.0.0.1 password=hunter2 dbname=book", "password = 'hunter2 zebra'",
                  "user=ann password=hunt\\ unter2 host=h"):
        check.fails(words, "there is no book at", "***")
    full = f"postgresql://postgres:{ENCODED}@127.0.0.1:{port}/book"
    check.fails(full, "there is a book at", "postgres:***@", code=1, words=("init",))
    check.fails(full, "pg_dump", code=2, words=("backup", "x.db"))
    check.fails(full, "pg_restore", code=2, words=("restore", "x.db"))


def check_served(check):
    """The server of the database goes away under a book that is served."""
    port = check.server.port
    purser = Purser(check.program, f"postgresql://postgres:{ENCODED}@127.0.0.1:{port}/book")
    server = purser.start("serve", "--listen", "127.0.0.1:0")
    first = server.stdout.readline()
    at = re.search(r"http://\S+", first)[0]
    check.server.stop()
    pages = []
    for path in ("/health", "/metrics", "/sign-in", "/public/SSR2", "/api/v1/status/SSR2"):
        request = urllib.request.Request(at + path, headers={"Authorization": "Bearer x",
                                                             "Cookie": "session=x"})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                pages.append((answer.status, answer.read().decode()))
        except urllib.error.HTTPError as refused:
            pages.append((refused.code, refused.read().decode()))
    server.terminate()
    said = first + "".join(server.communicate(timeout=60))
    check.verdict.expect(server.returncode == 0, f"the server ended with {server.returncode}")
    check.verdict.expect(pages[1][0] == 200 and any(status >= 500 for status, _ in pages),
                         f"without a database: {pages}")
    check.is_silent("a server", said)
    for status, text in pages:
        check.is_silent(f"a page, {status},", text)


def main():
    verdict = Verdict()
    with tempfile.TemporaryDirectory(prefix="purser-address-") as home, \
            cluster(password=PASSWORD) as server:
        check = Check(sys.argv[1], verdict, server, pathlib.Path(home))
        full = f"postgresql://postgres:{ENCODED}@127.0.0.1:{server.port}/book"
        done = check.run(full, "init")
        verdict.failed(done, 0, "postgres:***@127.0.0.1", "is a new book")
        check_passwords(check)
        check_forms(check)
        check_failures(check)
        check_served(check)
    verdict.finish("addresses of a PostgreSQL server")


if __name__ == "__main__":
    main()
