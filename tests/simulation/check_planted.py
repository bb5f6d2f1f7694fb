#!/usr/bin/env python3
"""Faults of the money planted in a log whose hashes are right again: `verify` names each.

    check_planted.py PURSER

Whoever can write to a book can also make its hashes anew. So each case changes one good book as a
wrong program would have written it (a release into another category, a part-invoice spent twice, a
claim left out, a year's carry a day early, …) and repeats the chain of hashes to its end. `verify`
must still end with 3 and name the event that breaks a rule, and no `rebuild` may hide it.
"""

import hashlib
import json
import pathlib
import shutil
import sqlite3
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.purser import Purser, Verdict

NOW = "2018-09-15T09:00:00.000Z"
COLUMNS = ["actor", "body", "document_on", "kind", "posted_on", "reason", "recorded_at", "review",
           "seq", "subject"]


def text(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def line(event):
    """The line of the log that is hashed, as MODEL.md 5 describes it."""
    whole = dict(event, body=json.loads(event["body"]))
    whole["document_on"] = whole["document_on"] or None
    return text(whole)


def chain(events):
    """Each event with its hash."""
    previous = "0" * 64
    for event in events:
        previous = hashlib.sha256(f"{previous}\n{line(event)}".encode()).hexdigest()
        yield event, previous


def read(path):
    with sqlite3.connect(path) as book:
        rows = book.execute(f"SELECT {', '.join(COLUMNS)}, hash FROM event WHERE review = 'SSR2' "
                            "ORDER BY seq").fetchall()
    return [dict(zip(COLUMNS, row)) for row in rows], [row[-1] for row in rows]


def write(path, events):
    """Puts another log of SSR2 in the book, its hashes right."""
    book = sqlite3.connect(path)
    triggers = [sql for (sql,) in book.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")]
    book.executescript("DROP TRIGGER event_keeps; DROP TRIGGER event_stays; "
                       "DELETE FROM event WHERE review = 'SSR2'")
    for event, digest in chain(events):
        book.execute(f"INSERT INTO event ({', '.join(COLUMNS)}, hash) VALUES "
                     f"({', '.join('?' * (len(COLUMNS) + 1))})",
                     [event[column] for column in COLUMNS] + [digest])
    for trigger in triggers:
        book.execute(trigger)
    book.commit()
    book.close()


def story(purser):
    """Commitments with part-invoices, claims, a release, and the close of a year."""
    def on(day, *words, user="ann"):
        purser.do(*words, "--on", day, user=user)
    purser.do("init")
    purser.do("user", "add", "carl", "--role", "chair")
    purser.do("user", "add", "sam", "--role", "support")
    on("2017-03-02", "review", "open", "SSR2", "--name", "Second review", "--start", "2017-03-02",
       "--expected", "2018-12-31")
    for code in ("travel", "services"):
        on("2017-03-02", "category", "add", "SSR2", code, code.title())
        on("2017-03-15", "envelope", "grant", "SSR2", "--category", code, "--amount", "9000",
           "--fiscal-year", "FY17", "--why", "Board resolution")
    for amount in ("1000", "500"):
        on("2017-03-16", "commitment", "open", "SSR2", "--category", "travel", "--amount", amount,
           "--for", "a meeting", "--kind", "meeting", "--expected", "2017-06-20")
    submit = ("expense", "submit", "SSR2", "--category", "travel", "--commitment", "SSR2-C1")
    on("2017-04-03", *submit, "--amount", "300", "--why", "first part", user="sam")
    purser.do("expense", "approve", "SSR2-E1", user="carl")
    on("2017-04-04", *submit, "--amount", "200", "--why", "second part", user="sam")
    on("2017-04-05", "commitment", "close", "SSR2-C2")
    on("2017-04-06", "expense", "submit", "SSR2", "--category", "services", "--amount", "50",
       "--why", "a study", user="sam")
    purser.do("expense", "approve", "SSR2-E3", user="carl")
    purser.do("period", "close", "SSR2", "2017-03")
    purser.do("period", "close", "SSR2", "2017-06")
    on("2017-07-05", "expense", "submit", "SSR2", "--category", "travel", "--amount", "70",
       "--why", "late", user="sam")


def find(events, kind, subject=None):
    return next(event for event in events
                if event["kind"] == kind and subject in (None, event["subject"]))


class change:
    """The body of an event, to be changed in place."""

    def __init__(self, event):
        self.event = event

    def __enter__(self):
        self.body = json.loads(self.event["body"])
        return self.body

    def __exit__(self, *_):
        self.event["body"] = text(self.body)


def other_category(events):
    event = find(events, "commitment.close")
    with change(event) as body:
        body["transfers"][0]["to"] = body["transfers"][0]["to"].replace("travel", "services")
    return event


def spent_twice(events):
    twin = dict(find(events, "expense.approve", "SSR2-E1"), seq=events[-1]["seq"] + 1,
                recorded_at=events[-1]["recorded_at"], posted_on="2017-07-06")
    events.append(twin)
    return twin


def approved_twice_as_much(events):
    event = find(events, "expense.approve", "SSR2-E1")
    with change(event) as body:
        body["transfers"][0]["amount"] = "600.00"
    return event


def claim_left_out(events):
    event = find(events, "expense.submit", "SSR2-E2")
    with change(event) as body:
        del body["claimed"]
    return event


def carry_a_day_early(events):
    event = find(events, "year.close")
    event["posted_on"] = "2017-06-30"
    return event


def carry_into_another_year(events):
    event = find(events, "year.close")
    event["body"] = event["body"].replace("FY18", "FY19")
    return event


def in_a_closed_month(events):
    event = events[-1]
    event["posted_on"] = "2017-06-30"
    return event


def of_another_year(events):
    event = find(events, "expense.submit", "SSR2-E3")
    event["body"] = event["body"].replace("FY17:free", "FY18:free")
    return event


def not_allotted(events):
    """A grant that gives its year more than it grants."""
    event = find(events, "envelope.grant")
    with change(event) as body:
        body["transfers"][-1]["amount"] = "9000.01"
    return event


def past_the_envelope(events):
    """Grants of so little that the first promise takes more than there is, under `stop`."""
    for event in events:
        if event["kind"] == "envelope.grant":
            event["body"] = event["body"].replace("9000.00", "100.00")
    return find(events, "commitment.open")


FAULTS = [other_category, spent_twice, approved_twice_as_much, claim_left_out, carry_a_day_early,
          carry_into_another_year, in_a_closed_month, of_another_year, not_allotted,
          past_the_envelope]


def main():
    verdict = Verdict()
    with tempfile.TemporaryDirectory(prefix="purser-planted-") as name:
        folder = pathlib.Path(name)
        good = Purser(sys.argv[1], folder / "good.db", NOW)
        story(good)
        good.do("verify")
        with sqlite3.connect(good.book) as book:  # all of it into the one file that is copied
            book.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        events, hashes = read(good.book)
        verdict.expect([digest for _, digest in chain(events)] == hashes,
                       "the hashes of this check are not the program's")
        for fault in [None, *FAULTS]:
            path = folder / f"{fault.__name__ if fault else 'unchanged'}.db"
            shutil.copy(good.book, path)
            planted, _ = read(path)
            event = fault(planted) if fault else None
            write(path, planted)
            purser = Purser(sys.argv[1], path, NOW)
            if event is None:
                verdict.failed(purser.run("verify"), 0)
                continue
            verdict.expect(planted != events, f"{fault.__name__} changed nothing")
            named = f"SSR2#{event['seq']} "
            done = purser.run("verify")
            verdict.failed(done, 3, named)
            print(f"{fault.__name__}: {done.stderr.splitlines()[0] if done.stderr else 'passed'}")
            purser.run("rebuild")
            verdict.failed(purser.run("verify"), 3, named)
    verdict.finish(f"{len(FAULTS)} planted faults")


if __name__ == "__main__":
    main()
