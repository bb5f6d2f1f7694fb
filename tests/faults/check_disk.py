#!/usr/bin/env python3
"""Faults of disk, file and neighbour end with exit 3 and clear words; the book stays whole.

    check_disk.py PURSER

A full disk (a tiny one where mounting is allowed, else a limit on file size) during import, backup
and the writing of a sheet: nothing half-done is left and `verify` passes. A book that another
program holds, one that may only be read, a folder, a file that is no database, a database that is
no book: each is told apart. Two programs after the last dollar: one gets it. One request key used
twice at the same time: one event.
"""

import contextlib
import os
import pathlib
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.purser import Purser, Verdict, expense_file, set_up, tell_story

NOBODY = 65534
DISK_BYTES = 2 << 20
SHEETS = ("txt", "html", "json", "xlsx")


@contextlib.contextmanager
def small_disk(folder):
    """A folder on a disk of 2 MB, or nothing where mounting is not allowed."""
    place = folder / "disk"
    place.mkdir()
    mounted = os.geteuid() == 0 and shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "purser-test", str(place)],
        capture_output=True, check=False).returncode == 0
    try:
        yield place if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(place)], check=False)


def limited(limit_bytes):
    """For Popen: no file may grow beyond the limit; writing more fails, as on a full disk."""
    def set_limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))
    return {"preexec_fn": set_limit, "restore_signals": False}


def events(purser):
    book = sqlite3.connect(purser.book)
    found = book.execute("SELECT review, seq, hash FROM event ORDER BY review, seq").fetchall()
    book.close()
    return found


def says(done):
    lines = (done.stderr or done.stdout).strip().splitlines()
    return f"exit {done.returncode}, {lines[0] if lines else 'not a word'}"


def whole(purser, before, what, verdict):
    verdict.failed(purser.run("verify"), 0)
    verdict.expect(events(purser) == before, f"{what}: the log changed")


def check_full_disk(program, folder, verdict):
    good = folder / "good.db"
    tell_story(Purser(program, good))
    big = folder / "big.csv"
    expense_file(big, 8000, "2017-04-03", 60)
    with small_disk(folder) as disk:
        if disk is None:
            print("no small disk may be mounted here: the limit on file size alone is tried")
        else:
            on_small_disk(program, good, big, disk, verdict)
    with_limit(program, good, big, folder, verdict)


def on_small_disk(program, good, big, disk, verdict):
    purser = Purser(program, shutil.copy(good, disk / "book.db"))
    before = events(purser)
    done = purser.run("expense", "import", "SSR2", big)
    verdict.failed(done, 3, "full", "book.db")
    print(f"import on a full disk: {says(done)}")
    whole(purser, before, "import on a full disk", verdict)
    verdict.expect(os.listdir(disk) == ["book.db"], f"import left {os.listdir(disk)}")

    elsewhere = Purser(program, good)
    ballast = disk / "ballast"
    purser_size = os.stat(purser.book).st_size
    ballast.write_bytes(b"x" * (DISK_BYTES - purser_size - 8192))
    done = elsewhere.run("backup", disk / "copy.db")
    verdict.failed(done, 3, "full", "copy.db")
    print(f"backup to a full disk: {says(done)}")
    whole(elsewhere, before, "backup to a full disk", verdict)
    verdict.expect(sorted(os.listdir(disk)) == ["ballast", "book.db"],
                   f"backup left {os.listdir(disk)}")

    with contextlib.suppress(OSError), open(ballast, "ab", buffering=0) as file:
        while file.write(b"x" * 4096):
            pass
    for ending in SHEETS:
        sheet = disk / f"sheet.{ending}"
        done = elsewhere.run("factsheet", "show", "SSR2", "--output", sheet)
        verdict.failed(done, 3, "sheet." + ending, "No space left")
        print(f"factsheet show --output sheet.{ending} on a full disk: {says(done)}")
        verdict.expect(sorted(os.listdir(disk)) == ["ballast", "book.db"],
                       f"factsheet show --output left {os.listdir(disk)}")
    ballast.unlink()
    whole(purser, before, "all this", verdict)


def with_limit(program, good, big, folder, verdict):
    place = folder / "limited"
    place.mkdir()
    purser = Purser(program, shutil.copy(good, place / "book.db"))
    before = events(purser)
    limit = limited(os.stat(good).st_size + (1 << 20))
    done = purser.run("expense", "import", "SSR2", big, **limit)
    verdict.failed(done, 3, "book.db")
    print(f"import beyond a limit on file size: {says(done)}")
    whole(purser, before, "import beyond a limit", verdict)
    done = purser.run("backup", place / "copy.db", **limited(4096 * 8))
    verdict.failed(done, 3, "the disk of ", "copy.db failed, or a limit on the size of files",
                   "ulimit -f")
    print(f"backup beyond a limit on file size: {says(done)}")
    done = purser.run("factsheet", "show", "SSR2", "--output", "/dev/full")
    verdict.failed(done, 3, "/dev/full", "No space left")
    print(f"factsheet show --output /dev/full: {says(done)}")
    left = [name for name in os.listdir(place) if not name.startswith("book.db")]
    verdict.expect(not left, f"the limit left {left}")
    whole(purser, before, "writing beyond a limit", verdict)
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = purser.run("register", "SSR2", stdout=full)
    done.stdout = ""
    verdict.failed(done, 3, "standard output", "No space left")
    print(f"register > /dev/full: {says(done)}")


@contextlib.contextmanager
def held(path):
    """Another program writes and does not finish."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def check_locked(program, folder, verdict):
    purser = Purser(program, folder / "locked.db")
    set_up(purser)
    before = events(purser)
    act = ("category", "add", "SSR2", "services", "Services")
    with held(purser.book):
        begun = time.monotonic()
        writer = purser.start(*act)
        reader = purser.run("status", "SSR2")
        verdict.failed(reader, 0)
        out, err = writer.communicate(timeout=60)
        waited = time.monotonic() - begun
    done = subprocess.CompletedProcess(act, writer.returncode, out, err)
    verdict.failed(done, 3, "in use", "locked.db")
    print(f"another program writes: {says(done)}, after {waited:.0f} s; status answers meanwhile")
    whole(purser, before, "a held book", verdict)
    with held(purser.book):
        writer = purser.start(*act)
        time.sleep(1)
    out, err = writer.communicate(timeout=60)
    verdict.expect(writer.returncode == 0, f"it should have waited for a second: {out}{err}")


def become_nobody():
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def check_read_only(program, folder, verdict):
    """As a user who may read the book but not write it; for root, as nobody."""
    place = folder / "shelf"
    place.mkdir()
    copy = shutil.copy(program, place / "purser")
    purser = Purser(copy, shutil.copy(folder / "good.db", place / "book.db"))
    before = events(purser)
    os.chmod(folder, 0o755)
    how = {"preexec_fn": become_nobody} if os.geteuid() == 0 else {}
    os.chmod(place / "book.db", 0o444)
    os.chmod(place, 0o555)
    try:
        done = purser.run("category", "add", "SSR2", "more", "More", **how)
        verdict.failed(done, 3, "cannot write", "book.db")
        print(f"a book that may only be read, written to: {says(done)}")
        for words in (("status", "SSR2"), ("verify",), ("factsheet", "show", "SSR2")):
            done = purser.run(*words, **how)
            verdict.failed(done, 0)
        print(f"the same, read: {says(done)}")
        whole(purser, before, "a read-only book", verdict)
    finally:
        os.chmod(place, 0o755)


def check_not_a_book(program, folder, verdict):
    (folder / "a-folder").mkdir()
    (folder / "text.db").write_text("not a database, but long enough to look at\n" * 50)
    (folder / "empty.db").write_bytes(b"")
    other = sqlite3.connect(folder / "other.db")
    other.execute("CREATE TABLE migration_of_birds (name TEXT)")
    other.close()
    torn = shutil.copy(folder / "good.db", folder / "torn.db")
    with open(torn, "r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096 * 8)
    cases = [("a-folder", "folder"), ("text.db", "not a book"), ("empty.db", "not a book"),
             ("other.db", "not a book"), ("nowhere.db", "no book"), ("torn.db", "malformed\n"),
             ("no/such/place.db", "no book")]
    for name, word in cases:
        before = (folder / name).read_bytes() if (folder / name).is_file() else None
        for words in (("status", "SSR2"), ("expense", "approve", "SSR2-E4")):
            done = Purser(program, folder / name).run(*words)
            verdict.failed(done, 3, name, word)
        print(f"{name}: {says(done)}")
        after = (folder / name).read_bytes() if (folder / name).is_file() else None
        verdict.expect(before == after, f"{name}: it was changed")


def together(*starts):
    processes = [start() for start in starts]
    return [subprocess.CompletedProcess(p.args, p.wait(60), *p.communicate()) for p in processes]


def check_neighbours(program, folder, verdict):
    purser = Purser(program, folder / "last.db")
    set_up(purser, "100.00")
    submit = ("expense", "submit", "SSR2", "--category", "travel", "--amount", "100.00", "--on",
              "2017-04-03", "--why")
    for turn in range(1, 4):
        runs = together(lambda: purser.start(*submit, "one", user="ann"),
                        lambda: purser.start(*submit, "other", user="sam"))
        codes = sorted(done.returncode for done in runs)
        verdict.expect(codes == [0, 1], f"two after the last 100.00 ended with {codes}: {runs}")
        refused = [done for done in runs if done.returncode == 1]
        for done in refused:
            verdict.failed(done, 1, "100.00", "0.00 is free")
        winner = purser.ask("expense", "list", "SSR2")["expenses"]
        verdict.expect(len(winner) == turn, f"{len(winner)} expenses after {turn} turns")
        purser.do("expense", "reject", f"SSR2-E{turn}", "--why", "again", user="carl")
    print(f"two after the last 100.00, three times: one each; the other: {says(refused[-1])}")

    keyed = (*submit, "once", "--key", "k1", "--json")
    before = len(events(purser))
    runs = together(*[lambda: purser.start(*keyed, user="sam")] * 4)
    answers = {done.stdout for done in runs}
    verdict.expect([done.returncode for done in runs] == [0] * 4 and len(answers) == 1,
                   f"one key, four times at once: {runs}")
    verdict.expect(len(events(purser)) == before + 1,
                   f"one key made {len(events(purser)) - before} events")
    print("one key, four times at once: one event, four equal answers")
    verdict.failed(purser.run("verify"), 0)


def main():
    verdict = Verdict()
    program = sys.argv[1]
    with tempfile.TemporaryDirectory(prefix="purser-disk-") as name:
        folder = pathlib.Path(name)
        check_full_disk(program, folder, verdict)
        check_not_a_book(program, folder, verdict)
        check_read_only(program, folder, verdict)
        check_neighbours(program, folder, verdict)
        check_locked(program, folder, verdict)
    verdict.finish("faults of disk, file and neighbours")


if __name__ == "__main__":
    main()
