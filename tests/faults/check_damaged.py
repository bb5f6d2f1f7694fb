#!/usr/bin/env python3
"""A damaged book or file is said to be damaged: nothing crashes, hangs or takes all memory.

    check_damaged.py PURSER [--count N] [--commands N] [--seed N]

A small book that holds something of everything is damaged, each copy once: bytes changed, a part
zeroed, the file cut off; a value of a row made what no rule lets it be (a number too large, a text
that is none, nothing, an unknown name, a value of another row), also where the schema itself no
longer objects; a body in the log that is no JSON, or one of another meaning whose hashes were made
again. So are files that are read: tables to import, backups, receipts. On each copy some commands
run, or with --commands 0 all: they end with 0 or 3, of a damaged file also with 1 or 2, in words
for people, soon, and in less than 1 GB. Under a book that is served a row is damaged, too: that
page is 500 in words, and the server goes on.

By hand, with any program: check_damaged.py PURSER --count 1000 --commands 0
"""

import argparse
import collections
import concurrent.futures
import hashlib
import json
import os
import pathlib
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.purser import Purser, Verdict, expense_file, tell_story
from web.desk import Desk

GIGABYTE = 1 << 30
TIME_LIMIT = 60  # seconds, for one command
# What a program says that no person was meant to read.
JARGON = ("std::", "basic_string", "vector", "map::at", "bad_", "terminate", "runtime error",
          "Sanitizer", "Assertion", "Null value", "stoi", "stoll")
NASTY = [None, "", "x", "unknown", "2017-02-30", "2017-13-01", "0000-00-00", "9999-12-31",
         "0100-01-01", "2017-03-20", -1, 0, 1, 17, 10000, 2**31, 2**63 - 1, -2**63, 1.5, 1e300,
         b"\x00\xff\xfe", "a\x00b", "SSR2-E0", "SSR2-E1", "SSR2-C1", "SSR2-E9223372036854775807",
         "SSR2-M", "SSR9", "BOOK", "ssr2", "[]", "{", "null", '"', "''; --", "travel", "approved",
         "held", "posted", "withdrawn", "M9223372036854775807", "M", "=", "/", ",", "a,b=chair",
         "chair@", "@", "100000000000000000000", "-0.00", "1e5", "NaN", "ABC", "JPY", "KWD",
         "%", "x" * 100000, "\u202e", "9" * 400, "2017-03-20T00:00:00.000Z", "T"]
NASTY_JSON = [None, True, 1.5, -1, 0, 2**63 - 1, 2**64, 1e300, "", "x", [], ["x"], ["x", "y=z"],
              [1], [[]], {}, {"a": 1}, "2017-02-30", "9999-12-31", "92233720368547758.07",
              "-92233720368547758.07", "-1.00", "SSR2-E9", "SSR2-E9223372036854775807", "a\u0000b",
              "FY9999", "FY17", "approved", "closed", "chair", "travel:spent", "a:b:c:d", "JPY",
              ["currency=JPY"], ["start="], ["fiscal-year-start=99"], ["=", "/="]]


def extend_story(purser, folder):
    """Of what tell_story leaves out: requests, sheets, corrections, forecasts, imports."""
    fake = folder / "bin/weasyprint"
    fake.parent.mkdir()
    fake.write_text('#!/bin/sh\nfor last; do :; done\nprintf "%%PDF-1.7 made by a test" > "$last"\n')
    fake.chmod(0o755)
    purser.do("user", "add", "bo", "--role", "board")
    june = ("--on", "2017-06-20")
    travel = ("SSR2", "--category", "travel", "--amount")
    bill = folder / "bill.pdf"
    bill.write_bytes(b"%PDF-1.4 a bill")
    purser.do("expense", "submit", *travel, "500", "--currency", "DKK", "--rate", "0.1344",
              "--rate-date", "2017-04-03", "--rate-source", "ECB", "--why", "Taxis", "--on",
              "2017-04-03", "--receipt", bill, user="sam")
    purser.do("expense", "amend", "SSR2-E5", "--why", "both ways", "--text",
              "Taxis, both ways", user="sam")
    purser.do("request", "submit", *travel, "4000", "--why", "A third meeting", *june)
    purser.do("expense", "submit", *travel, "900000", "--why", "too dear", *june, "--hold",
              "SSR2-R1", user="sam")
    purser.do("request", "submit", *travel, "5000", "--why", "More", *june)
    purser.do("request", "decide", "SSR2-R2", "--grant", "3000", "--resolution", "17-7", *june,
              "--expires", "2018-06-30", user="bo")
    purser.do("commitment", "open", "SSR2", "--category", "services", "--amount", "60000", "--for",
              "gap analysis", "--kind", "contract", "--expected", "2017-10-01", "--proposed",
              user="sam")
    purser.do("expense", "refund", "SSR2-E2", "--amount", "85", "--why", "less", "--on",
              "2017-06-21")
    purser.do("expense", "reverse", "SSR2-E1", "--why", "paid twice", "--on", "2017-06-21")
    purser.do("forecast", "set", "SSR2", "--amount", "290000", "--why", "two more", user="carl")
    purser.do("forecast", "plan", "SSR2", "WASHINGTON", "--category", "travel", "--amount",
              "60000", "--expected", "2017-08-24", "--why", "as in Madrid")
    purser.do("review", "set", "SSR2", "--alert", "free=20%", "--forecast", "cushion=5%")
    purser.do("delegate", "carl", "--to", "bo", "--from", "2017-07-01", "--until", "2017-07-31")
    csv = folder / "rows.csv"
    expense_file(csv, 12, "2017-04-05", 10, 3)
    purser.do("expense", "import", "SSR2", csv, "--approved-by", "carl")
    with_fake = {"env": purser.environment() | {"PATH": f"{folder}/bin:{os.environ['PATH']}"}}
    for words, user in ((("issue", "SSR2", "--as-of", "2017-03-31"), "ann"),
                        (("approve", "SSR2-S1"), "carl"),
                        (("post", "SSR2-S1", "--on", "2017-07-15"), "ann"),
                        (("issue", "SSR2", "--as-of", "2017-03-31"), "ann")):
        done = purser.run("factsheet", *words, user=user, **with_fake)
        if done.returncode != 0:
            raise SystemExit(f"factsheet {' '.join(words)}: {done.stderr}")


def sealed(path):
    """All of a book in the one file, so that a copy of it is the book."""
    with sqlite3.connect(path) as book:
        book.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        book.execute("PRAGMA journal_mode = DELETE")
    book.close()


def loosened(path):
    """The schema itself lets anything in: no types, no NOT NULL, no triggers."""
    book = sqlite3.connect(path)
    book.execute("PRAGMA writable_schema = ON")
    for old, new in ((" STRICT, WITHOUT", " WITHOUT"), (" STRICT", ""), (" NOT NULL", "")):
        book.execute("UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE type = 'table'",
                     (old, new))
    book.execute("DELETE FROM sqlite_schema WHERE type = 'trigger'")
    book.commit()
    book.close()


def without_triggers(path):
    with sqlite3.connect(path) as book:
        book.executescript("DROP TRIGGER event_keeps; DROP TRIGGER event_stays;")
    book.close()


def change_bytes(dice, path):
    data = bytearray(path.read_bytes())
    for _ in range(dice.choice((1, 1, 3, 20))):
        data[dice.randrange(len(data))] = dice.randrange(256)
    path.write_bytes(data)
    return "bytes changed"


def zero_a_part(dice, path):
    data = bytearray(path.read_bytes())
    begin = dice.randrange(len(data))
    end = min(begin + dice.choice((16, 512, 4096, 20000)), len(data))
    data[begin:end] = bytes(end - begin)
    path.write_bytes(data)
    return f"zeroed from {begin} to {end}"


def cut_off(dice, path):
    size = dice.randrange(path.stat().st_size)
    os.truncate(path, size)
    return f"cut off at {size}"


def change_row(dice, path):
    book = sqlite3.connect(path)
    book.execute("PRAGMA ignore_check_constraints = ON")
    tables = [name for (name,) in book.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    for _ in range(50):
        table = dice.choice(tables)
        columns = [(row[1], row[5]) for row in book.execute(f"PRAGMA table_info({table})")]
        rows = book.execute(f"SELECT * FROM {table}").fetchall()
        if not rows:
            continue
        at = dice.randrange(len(columns))
        column, chosen = columns[at][0], dice.choice(rows)
        value = dice.choice((dice.choice(rows)[at], *dice.choices(NASTY, k=4)))
        if value == "invalid UTF-8":
            value = b"\xc3\x28"
        keys = [(name, chosen[i]) for i, (name, part) in enumerate(columns) if part]
        where = " AND ".join(f"{name} IS ?" for name, _ in keys)
        sql = f"UPDATE {table} SET {column} = ? WHERE {where}"
        if isinstance(value, bytes) and dice.random() < 0.7:
            sql = sql.replace("= ?", "= CAST(? AS TEXT)", 1)
        try:
            changed = book.execute(sql, (value, *(key for _, key in keys))).rowcount
            book.commit()
        except sqlite3.Error:
            continue
        if changed and value != chosen[at]:
            book.close()
            return f"{table}.{column} = {str(value)[:60]!r} where {keys}"
    book.close()
    return "nothing changed"


def drop_row(dice, path):
    book = sqlite3.connect(path)
    tables = [name for (name,) in book.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    table = dice.choice(tables)
    column = book.execute(f"PRAGMA table_info({table})").fetchone()[1]
    values = [row[0] for row in book.execute(f"SELECT {column} FROM {table}")]
    limit = dice.choice((1, len(values)))
    keys = ", ".join(row[1] for row in book.execute(f"PRAGMA table_info({table})") if row[5])
    book.execute(f"DELETE FROM {table} WHERE ({keys}) IN (SELECT {keys} FROM {table} "
                 f"ORDER BY random() LIMIT {limit})")
    book.commit()
    book.close()
    return f"{limit} rows of {table} gone"


def changed_json(dice, body):
    """A body that means something else, or nothing."""
    kind = dice.randrange(5)
    if kind == 0:
        at = dice.randrange(len(body))
        return body[:at] + dice.choice(('"', "{", "\\", "\x00", "}", "[" * 5000, "\\u0000", "1e9"))\
            + body[at + 1:]
    members = json.loads(body)
    if not members:
        return '{"x":1}'
    key = dice.choice(sorted(members))
    if kind == 1:
        del members[key]
    elif kind == 2 and isinstance(members[key], list) and members[key]:
        members[key][dice.randrange(len(members[key]))] = dice.choice(NASTY_JSON)
    elif kind == 3 and key == "transfers":
        dice.choice(members[key])[dice.choice(("from", "to", "amount"))] = dice.choice(NASTY_JSON)
    else:
        members[key] = dice.choice(NASTY_JSON)
    return json.dumps(members, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def sealed_again(book, chain):
    """The hashes of a chain, made anew: a log that was forged well."""
    columns = ("actor", "body", "document_on", "kind", "posted_on", "reason", "recorded_at",
               "review", "seq", "subject")
    before = "0" * 64
    rows = book.execute(f"SELECT {', '.join(columns)} FROM event WHERE review = ? ORDER BY seq",
                        (chain,)).fetchall()
    for row in rows:
        parts = []
        for name, value in zip(columns, row):
            text = value if name == "body" else "null" if name == "document_on" and not value \
                else json.dumps(value, ensure_ascii=False)
            parts.append(f'"{name}":{text}')
        line = "{" + ",".join(parts) + "}"
        before = hashlib.sha256(f"{before}\n{line}".encode("utf-8", "surrogatepass")).hexdigest()
        book.execute("UPDATE event SET hash = ? WHERE review = ? AND seq = ?",
                     (before, chain, row[8]))


def change_event(dice, path):
    book = sqlite3.connect(path)
    book.execute("PRAGMA ignore_check_constraints = ON")
    review, seq, body, kind = dice.choice(
        book.execute("SELECT review, seq, body, kind FROM event").fetchall())
    what = dice.choice(("body", "body", "body", "subject", "posted_on", "document_on", "kind"))
    value = changed_json(dice, body) if what == "body" else dice.choice(
        [one for one in NASTY if isinstance(one, str) and len(one) < 100])
    try:
        book.execute(f"UPDATE event SET {what} = ? WHERE review = ? AND seq = ?",
                     (value, review, seq))
        if dice.random() < 0.8:
            sealed_again(book, review)
        book.commit()
    except sqlite3.Error:
        pass
    book.close()
    return f"{review}#{seq} {kind}: {what} = {str(value)[:200]!r}"


DAMAGES = [(change_bytes, 3), (zero_a_part, 1), (cut_off, 1), (change_row, 8), (drop_row, 2),
           (change_event, 5)]
COMMANDS = [
    ("status", "SSR2"), ("status", "SSR2", "--as-of", "2017-03-31", "--known-at",
                         "2017-07-15T08:00:00Z"),
    ("factsheet", "show", "SSR2", "--format", "html"),
    ("--json", "factsheet", "show", "SSR2"), ("factsheet", "show", "SSR2-S1"),
    ("factsheet", "list", "SSR2"), ("--json", "factsheet", "changes", "SSR2", "S1", "S2"),
    ("register", "SSR2"), ("register", "SSR2", "--category", "travel", "--json"), ("verify",),
    ("expense", "list", "SSR2"), ("--json", "expense", "show", "SSR2-E5"),
    ("changes", "SSR2", "--from", "2017-03-31", "--to", "2017-07-15"), ("alerts", "SSR2"),
    ("forecast", "SSR2", "--json"), ("export", "SSR2", "--format", "log"),
    ("export", "SSR2", "--format", "hledger"), ("export", "SSR2", "--format", "data-package",
                                                "envelope.csv"),
    ("commitments", "SSR2"), ("commitments", "SSR2", "--as-of", "2017-06-19"),
    ("envelope", "show", "SSR2"), ("request", "list", "SSR2"), ("member", "list", "SSR2"),
    ("meeting", "list", "SSR2"), ("milestone", "list", "SSR2"), ("work-item", "list", "SSR2"),
    ("user", "list"), ("policy", "list", "SSR2"), ("delegate", "list"), ("payee", "list", "SSR2"),
    ("portfolio",), ("review", "show", "SSR2"), ("period", "check", "SSR2", "2017-04"),
    ("rebuild",), ("backup", "copy.db"),
    ("expense", "submit", "SSR2", "--category", "travel", "--amount", "5", "--why", "Taxi", "--on",
     "2017-07-14"),
    ("expense", "approve", "SSR2-E4"), ("year", "close", "SSR2", "FY17"),
]


class Bench:
    """Runs commands and judges how they end."""

    def __init__(self, program, folder, verdict):
        self.program, self.folder, self.verdict = program, folder, verdict
        built = pathlib.Path(program).read_bytes()
        self.sanitized = b"__asan_init" in built
        self.ends = collections.Counter()
        self.most = 0

    def limit(self):
        if not self.sanitized:  # which reserve memory by the terabyte
            resource.setrlimit(resource.RLIMIT_AS, (GIGABYTE, GIGABYTE))

    def run(self, what, purser, words, allowed):
        place = pathlib.Path(purser.book).parent
        with tempfile.TemporaryFile(dir=place) as said:
            user = "carl" if "approve" in words else "ann"
            child = purser.start(*words, user=user, stdout=subprocess.DEVNULL, stderr=said,
                                 cwd=place, preexec_fn=self.limit)
            until = time.monotonic() + TIME_LIMIT
            ended, status, usage = 0, 0, None
            while ended == 0 and time.monotonic() < until:
                ended, status, usage = os.wait4(child.pid, os.WNOHANG)
                if ended == 0:
                    time.sleep(0.005)
            if ended == 0:
                child.kill()
                child.wait()
                self.verdict.expect(False, f"{what}: {' '.join(words)} hangs")
                return
            child.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            text = said.read().decode("utf-8", "replace")
        self.ends[child.returncode] += 1
        self.most = max(self.most, usage.ru_maxrss << 10)
        good = child.returncode in allowed and usage.ru_maxrss << 10 < GIGABYTE
        if child.returncode != 0:
            good = good and "error" in text and not any(word in text for word in JARGON)
        self.verdict.expect(good, f"{what}\n  {' '.join(map(str, words))}: exit {child.returncode}, "
                            f"{usage.ru_maxrss >> 10} MB: {text[:1500]}")


def damage_books(dice, bench, books, count, commands):
    """So many damaged copies of the book, each asked for something."""
    def one(number, seed):
        own = random.Random(seed)
        place = bench.folder / f"copy-{number}"
        place.mkdir()
        shutil.copy(own.choice(books), place / "book.db")
        [deed] = own.choices([d for d, _ in DAMAGES], [w for _, w in DAMAGES])
        what = f"copy {number}, {deed(own, place / 'book.db')}"
        chosen = COMMANDS if commands == 0 else own.sample(COMMANDS, commands)
        shutil.copy(place / "book.db", place / "damaged.db")
        for words in chosen:
            if words[0] in ("rebuild", "backup", "expense", "year"):
                shutil.copy(place / "damaged.db", place / "book.db")
            bench.run(what, Purser(bench.program, place / "book.db"), words, (0, 1, 3))
        if number % 4 == 0:  # as a backup
            purser = Purser(bench.program, place / "restored.db")
            bench.run(what, purser, ("restore", str(place / "damaged.db")), (0, 1, 2, 3))
        shutil.rmtree(place)
    each(one, dice, count)


def damage_files(dice, bench, good, count):
    """Tables and receipts that are not what they should be, for a book that is."""
    table = bench.folder / "rows.csv"
    members = b"member,body,from\nNia Example,GNSO,2017-03-02\nOtto,SSAC,\n"

    def one(number, seed):
        own = random.Random(seed)
        place = bench.folder / f"file-{number}"
        place.mkdir()
        shutil.copy(good, place / "book.db")
        expense = own.random() < 0.7
        data = bytearray(table.read_bytes() if expense else members)
        for _ in range(own.choice((1, 3, 10))):
            at = own.randrange(len(data))
            data[at:at + own.choice((0, 1, 5))] = own.choice(
                (b"\x00", b"\xff\xfe", b'"', b",", b"\n", b"\r", b"9" * 30, b"-", b"2017-02-30",
                 b"1e9", b"=", b"x" * 100000, b"\xef\xbb\xbf", b"\x1f"))
        if own.random() < 0.2:
            del data[own.randrange(len(data)):]
        (place / "file").write_bytes(data)
        purser = Purser(bench.program, place / "book.db")
        what = f"file {number}, {bytes(data[:200])!r}"
        words = ("expense", "import", "SSR2") if expense else ("member", "import", "SSR2")
        bench.run(what, purser, (*words, "file"), (0, 1, 2, 3))
        bench.run(what, purser, ("expense", "submit", "SSR2", "--category", "travel", "--amount",
                                 "1", "--why", "x", "--on", "2017-07-14", "--receipt", "file"),
                  (0, 2))
        bench.run(what, purser, ("restore", "file"), (1, 2, 3))
        shutil.rmtree(place)
    each(one, dice, count)


def each(one, dice, count):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as workers:
        seeds = [dice.getrandbits(64) for _ in range(count)]
        for done in [workers.submit(one, *pair) for pair in enumerate(seeds)]:
            done.result()


def damage_served(program, verdict):
    """A page whose row cannot be read is 500, in words; the others and the server go on."""
    with Desk(program) as desk:
        finance = desk.sign_in("finance")
        whole = finance.get("/expense/list/SSR2").status, finance.get("/expense/show/SSR2-E1").status
        verdict.expect(whole == (200, 200), f"the pages of a good book: {whole}")
        with sqlite3.connect(desk.book) as book:
            book.execute("PRAGMA ignore_check_constraints = ON")
            book.execute("UPDATE expense SET posted_on = '2017-02-30' WHERE number = 1")
        book.close()
        page = finance.get("/expense/show/SSR2-E1")
        verdict.expect(page.status == 500 and "SSR2-E1" in page.text and "2017-02-30" in page.text,
                       f"the page of a damaged row: {page.status} {page.text[:3000]}")
        health = desk.visitor().get("/health")
        others = finance.get("/account").status
        verdict.expect((health.status, others) == (200, 200),
                       f"after that: /health {health.status}, /account {others}")


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("program")
    asked.add_argument("--count", type=int, default=150)
    asked.add_argument("--commands", type=int, default=2)
    asked.add_argument("--seed", type=int, default=20170314)
    asked = asked.parse_args()
    verdict = Verdict()
    dice = random.Random(asked.seed)
    with tempfile.TemporaryDirectory(prefix="purser-damaged-") as name:
        folder = pathlib.Path(name)
        good = folder / "good.db"
        purser = Purser(asked.program, good)
        tell_story(purser)
        extend_story(purser, folder)
        purser.do("verify")
        sealed(good)
        books = [folder / "open.db", folder / "loose.db"]
        for path, loosen in zip(books, (without_triggers, loosened)):
            shutil.copy(good, path)
            loosen(path)
        bench = Bench(asked.program, folder, verdict)
        damage_books(dice, bench, books, asked.count, asked.commands)
        files = max(asked.count // 8, 10)
        damage_files(dice, bench, good, files)
    damage_served(asked.program, verdict)
    ends = ", ".join(f"{count} with exit {code}" for code, count in sorted(bench.ends.items()))
    verdict.finish(f"{asked.count} damaged books and {files} damaged files; of the commands {ends}; "
                   f"at most {bench.most >> 20} MB")


if __name__ == "__main__":
    main()
