#!/usr/bin/env python3
"""Whatever is changed in a book outside Purser, `verify` finds it and names the first difference.

    check_tamper.py PURSER

Each case harms a copy of one good book by SQL. Harm to the log is found by its event, and no
`rebuild` hides it; harm to any table made from the log is found by its row, and `rebuild` mends
it to the last byte. The database itself refuses to change or delete an event.
"""

import pathlib
import shutil
import sqlite3
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.purser import Purser, Verdict, tell_story

# What is done, the SQL, and what verify must say.
LOG_HARMS = [
    ("an amount changed in a body",
     "UPDATE event SET body = replace(body, '1480.50', '1480.49') WHERE seq = {first_expense}",
     "SSR2#{first_expense}"),
    ("a reason changed",
     "UPDATE event SET reason = reason || '.' WHERE review = 'SSR2' AND seq = 4", "SSR2#4"),
    ("a day changed",
     "UPDATE event SET posted_on = '2017-03-16' WHERE review = 'SSR2' AND seq = 4", "SSR2#4"),
    ("another actor",
     "UPDATE event SET actor = 'carl' WHERE review = 'SSR2' AND seq = 6", "SSR2#6"),
    ("two events swapped",
     "UPDATE event SET seq = CASE seq WHEN 5 THEN 1006 ELSE 1005 END WHERE review = 'SSR2' AND "
     "seq IN (5, 6); UPDATE event SET seq = seq - 1000 WHERE seq > 1000", "SSR2#5"),
    ("a middle event removed", "DELETE FROM event WHERE review = 'SSR2' AND seq = 7", "SSR2#7"),
    ("the first event removed", "DELETE FROM event WHERE review = 'SSR2' AND seq = 1", "SSR2#1"),
    ("a hash changed",
     "UPDATE event SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE review = 'BOOK' AND "
     "seq = 2", "BOOK#2"),
    ("a log shared by users changed",
     "UPDATE event SET body = replace(body, 'chair', 'board') WHERE review = 'BOOK' AND seq = 2",
     "BOOK#2"),
]
ROW_HARMS = [
    ("a delegation too many",
     "INSERT INTO delegation VALUES (99, 'carl', 'sam', '2017-01-01', '2017-12-31', 0)",
     "the table delegation"),
    ("a payee's user", "INSERT INTO payee_user VALUES ('SSR2', 2, 8, 'carl')",
     "the table payee_user"),
    ("a balance altered",
     "UPDATE balance SET amount_minor = amount_minor + 1 WHERE review = 'SSR2' AND bucket = "
     "'spent' AND day = '2017-03-20'", "SSR2:travel:FY17:spent on 2017-03-20"),
    ("a balance missing",
     "DELETE FROM balance WHERE review = 'SSR2' AND category = 'services' AND bucket = "
     "'unallotted'", "SSR2:services:unallotted on 2017-03-15"),
    ("a balance too many",
     "INSERT INTO balance VALUES ('SSR2', 'travel', 2018, 'spent', '2017-08-01', 5)",
     "SSR2:travel:FY18:spent on 2017-08-01"),
    ("an expense's amount", "UPDATE expense SET amount_minor = 148051 WHERE number = 1",
     "SSR2-E1"),
    ("an expense's state", "UPDATE expense SET state = 'rejected' WHERE number = 2", "SSR2-E2"),
    ("an expense's reserve", "UPDATE expense SET reserved_minor = 0 WHERE number = 4", "SSR2-E4"),
    ("an expense's approvals", "UPDATE expense SET approvals = '' WHERE number = 1", "SSR2-E1"),
    ("an expense missing", "DELETE FROM expense WHERE number = 2", "SSR2-E2"),
    ("the last expense missing", "DELETE FROM expense WHERE number = 4", "SSR2-E4"),
    ("an expense too many",
     "CREATE TEMP TABLE t AS SELECT * FROM expense WHERE number = 4; UPDATE t SET number = 5; "
     "INSERT INTO expense SELECT * FROM t", "SSR2-E5"),
    ("a commitment's amount", "UPDATE commitment SET amount_minor = amount_minor + 1", "SSR2-C1"),
    ("a commitment's use", "UPDATE commitment SET used_minor = 0", "SSR2-C1"),
    ("a commitment missing", "DELETE FROM commitment", "SSR2-C1"),
    ("a commitment too many",
     "CREATE TEMP TABLE t AS SELECT * FROM commitment; UPDATE t SET number = 2; "
     "INSERT INTO commitment SELECT * FROM t", "SSR2-C2"),
    ("a setting changed",
     "UPDATE setting SET value = '2019-03-01' WHERE value = '2018-03-01'", "setting"),
    ("a setting too many",
     "INSERT INTO setting VALUES ('SSR2', 3, 'control.envelope', 'off', '2017-03-15')", "setting"),
    ("the closed day moved",
     "UPDATE setting SET value = '2017-04-30' WHERE value = '2017-03-31'", "setting"),
    ("a setting missing", "DELETE FROM setting WHERE value = '2017-03-31'", "setting"),
    ("a category's title", "UPDATE category SET title = 'Trips' WHERE code = 'travel'",
     "category"),
    ("a category missing", "DELETE FROM category WHERE code = 'services'", "category"),
    ("a decision's amount", "UPDATE decision SET amount_minor = amount_minor - 1 WHERE seq = 3",
     "decision"),
    ("a decision missing", "DELETE FROM decision WHERE seq = 3", "decision"),
    ("a policy changed", "UPDATE policy SET persons = 2", "policy"),
    ("a policy missing", "DELETE FROM policy WHERE seq = (SELECT MAX(seq) FROM policy)",
     "policy"),
    ("a user's role", "UPDATE account SET grants = replace(grants, 'support', 'chair')",
     "the user sam"),
    ("a user enabled by hand", "UPDATE account SET disabled = 1 WHERE name = 'carl'",
     "the user carl"),
    ("a user too many",
     "INSERT INTO account SELECT 'eve', seq, disabled, grants, secret_digest FROM account WHERE "
     "name = 'ann'", "the user eve"),
    ("a payee's digest", "UPDATE payee SET digest = replace(digest, substr(digest, 1, 1), 'x') "
     "WHERE number = 1", "SSR2-P1"),
    ("a payee missing", "DELETE FROM payee WHERE number = 2", "SSR2-P2"),
    ("a payee too many",
     "CREATE TEMP TABLE t AS SELECT * FROM payee WHERE number = 2; UPDATE t SET number = 3; "
     "INSERT INTO payee SELECT * FROM t", "SSR2-P3"),
    ("what is said of a milestone", "UPDATE record SET value = '2018-01-01' WHERE kind = "
     "'milestone' AND name = 'planned'", "the table record"),
    ("what is said of a member missing", "DELETE FROM record WHERE name = 'body'",
     "the table record"),
    ("a meeting too many",
     "INSERT INTO record VALUES ('SSR2', 4, 1, 'meeting', 'P1', 'title', 'P1')",
     "the table record"),
    ("a request key changed", "UPDATE request_key SET seq = seq + 1", "request key 'venue'"),
    ("a request key missing", "DELETE FROM request_key", "request key 'venue'"),
    ("a request key too many",
     "INSERT INTO request_key SELECT actor, 'more', review, seq, request FROM request_key",
     "request_key, with 2 keys of SSR2"),
    ("rows of a review that the log never opened",
     "INSERT INTO balance VALUES ('SSR3', 'travel', 2017, 'spent', '2017-08-01', 5)", "SSR3"),
]
# Not made from the log, so no rebuild brings it back.
NAME_HARMS = [
    ("a payee's name", "UPDATE person SET name = 'Somebody Else' WHERE number = 2 "
     "AND kind = 'payee'", "SSR2-P2"),
    ("a member's name", "UPDATE person SET name = 'Somebody Else' WHERE number = 2 AND kind = "
     "'member'", "SSR2-M2"),
    ("a name that was erased, put back",
     "INSERT INTO person VALUES ('SSR2', 'member', 3, 'Erased Example', 'salt')", "SSR2-M3"),
]
NOT_FROM_LOG = ("event", "person", "secret", "file", "migration")


TRIGGERS = "DROP TRIGGER event_keeps; DROP TRIGGER event_stays;"


def harm(path, sql):
    with sqlite3.connect(path) as book:
        book.executescript(TRIGGERS + sql)
    book.close()


def tables(path, leave_out=()):
    """Every row of every table, to compare."""
    book = sqlite3.connect(path)
    names = [name for (name,) in book.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    found = {name: sorted(book.execute(f"SELECT * FROM {name}"), key=repr)
             for name in names if name not in leave_out}
    book.close()
    return found


def message(done):
    return (done.stdout + done.stderr).strip().splitlines()[0]


class Desk:
    def __init__(self, program, folder, verdict):
        self.program, self.folder, self.verdict = program, folder, verdict
        self.good = folder / "good.db"
        story = Purser(program, self.good)
        tell_story(story)
        self.head = next(f'{head["events"]}:{head["head"]}' for head in story.ask("verify")["heads"]
                         if head["review"] == "SSR2")
        self.last = int(self.head.split(":")[0])
        self.before = tables(self.good)
        self.first_expense = next(
            row[1] for row in sorted(self.before["event"])
            if row[0] == "SSR2" and row[2] == "expense.submit")

    def copy(self):
        for suffix in ("", "-wal", "-shm"):
            (self.folder / f"copy.db{suffix}").unlink(missing_ok=True)
        shutil.copy(self.good, self.folder / "copy.db")
        return Purser(self.program, self.folder / "copy.db")

    def harmed(self, name, sql):
        purser = self.copy()
        try:
            harm(purser.book, sql.format(first_expense=self.first_expense))
        except sqlite3.Error as error:
            raise SystemExit(f"{name}: the SQL of this check is wrong: {error}") from error
        changed = tables(purser.book) != self.before
        self.verdict.expect(changed, f"{name}: the SQL of this check changed nothing")
        return purser


def check_log(desk):
    verdict = desk.verdict
    for name, sql, says in LOG_HARMS:
        purser = desk.harmed(name, sql)
        says = says.format(first_expense=desk.first_expense)
        done = purser.run("verify")
        verdict.failed(done, 3, says)
        print(f"{name}: {message(done)}")
        purser.run("rebuild")
        verdict.failed(purser.run("verify"), 3, says)


def check_end(desk):
    """Cut off at its end a chain is still a chain: only a head known from before shows it."""
    verdict = desk.verdict
    purser = desk.harmed("the last event removed",
                         f"DELETE FROM event WHERE review = 'SSR2' AND seq = {desk.last}")
    verdict.failed(purser.run("verify", "SSR2", "--head", desk.head), 3,
                   f"ends at event {desk.last - 1}", f"event {desk.last} ")
    purser.do("rebuild")
    done = purser.run("verify", "SSR2", "--head", desk.head)
    verdict.failed(done, 3, f"ends at event {desk.last - 1}", "removed")
    verdict.expect(purser.run("verify", "SSR2").returncode == 0,
                   "a shorter chain made again should verify where no head is known")
    print(f"the last event removed: {message(done)}")
    good = Purser(desk.program, desk.good)
    verdict.failed(good.run("verify", "SSR2", "--head", desk.head), 0)
    other = f"{desk.last}:{'0' * 64}"
    verdict.failed(good.run("verify", "SSR2", "--head", other), 3, f"SSR2#{desk.last}", "0" * 64)


def check_rows(desk):
    verdict = desk.verdict
    for name, sql, says in ROW_HARMS:
        purser = desk.harmed(name, sql)
        done = purser.run("verify")
        verdict.failed(done, 3, says)
        print(f"{name}: {message(done)}")
        mended = purser.run("rebuild")
        verdict.expect(mended.returncode == 0, f"{name}: rebuild failed: {mended.stderr}")
        verdict.failed(purser.run("verify"), 0)
        for table, rows in tables(purser.book).items():
            wanted = desk.before[table]
            verdict.expect(rows == wanted, f"{name}: rebuild made {table} different:\n"
                           f"  only now: {[r for r in rows if r not in wanted]}\n"
                           f"  before: {[r for r in wanted if r not in rows]}")
    for name, sql, says in NAME_HARMS:
        purser = desk.harmed(name, sql)
        done = purser.run("verify")
        verdict.failed(done, 3, says)
        print(f"{name}: {message(done)}")
        purser.do("rebuild")
        verdict.failed(purser.run("verify"), 3, says)


def check_rebuild(desk):
    """Made again from the log alone, every table is what it was."""
    purser = desk.copy()
    purser.do("rebuild")
    desk.verdict.expect(tables(purser.book) == desk.before, "rebuild of a good book changes it")
    emptied = [t for t in desk.before if t not in NOT_FROM_LOG]
    purser = desk.harmed("all tables emptied", ";".join(f"DELETE FROM {t}" for t in emptied))
    desk.verdict.failed(purser.run("rebuild", user="sam"), 1, "sam")
    done = purser.run("rebuild")  # the log knows that ann is an admin; the table has no users
    desk.verdict.failed(done, 0)
    desk.verdict.expect(tables(purser.book) == desk.before, "an emptied book comes back changed")
    print(f"all tables emptied, then rebuild: {message(done)}")


def check_refusals(desk):
    verdict = desk.verdict
    purser = desk.copy()
    for sql in ("UPDATE event SET reason = 'x'", "UPDATE event SET seq = 99 WHERE seq = 1",
                "DELETE FROM event WHERE seq = 1"):
        book = sqlite3.connect(purser.book)
        try:
            book.execute(sql)
            verdict.expect(False, f"the database let this through: {sql}")
        except sqlite3.Error as error:
            verdict.expect("append-only" in str(error), f"{sql}: {error}")
            print(f"{sql}: {error}")
        book.close()


def check_triggers(desk):
    """Who takes the triggers away to change the log later is found before anything is changed."""
    for sql in TRIGGERS.split("; "):
        purser = desk.copy()
        with sqlite3.connect(purser.book) as book:
            book.execute(sql)
        book.close()
        done = purser.run("verify")
        desk.verdict.failed(done, 3, "no longer refuses to change or delete an event")
        purser.do("rebuild")
        desk.verdict.failed(purser.run("verify"), 0)
    print(f"a trigger dropped: {message(done)}")


def main():
    verdict = Verdict()
    with tempfile.TemporaryDirectory(prefix="purser-tamper-") as name:
        desk = Desk(sys.argv[1], pathlib.Path(name), verdict)
        check_refusals(desk)
        check_triggers(desk)
        check_log(desk)
        check_end(desk)
        check_rows(desk)
        check_rebuild(desk)
    verdict.finish(f"{len(LOG_HARMS) + len(ROW_HARMS) + len(NAME_HARMS) + 1} kinds of harm")


if __name__ == "__main__":
    main()
