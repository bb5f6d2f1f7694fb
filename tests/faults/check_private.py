#!/usr/bin/env python3
"""What the program makes is for its user alone, even where the umask lets all others read.

    check_private.py PURSER

Under the umask 000 a book is made, served, backed up and restored from a backup that all may read;
what --output names is written in every form, and WeasyPrint, here a script, notes who may read
what it is given and makes. All of it is 0600, folders 0700. A site is for a web server to show: it
is as the umask says, 0644 and 0755 under 022. A file that is replaced keeps who may read it.
"""

import os
import pathlib
import stat
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.purser import Purser, Verdict, set_up

FAKE = """#!/bin/sh
for last; do :; done
printf '%%PDF-1.7 made by a test' > "$last"
folder=$(dirname "$last")
stat -c '%a %n' "$folder" "$folder"/* >> {noted}
"""


def modes(folder):
    """Who may do what with all that is in a folder, by its name."""
    return {str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode)
            for path in sorted(folder.rglob("*"))}


def under(mask, purser, *words, user="ann", **how):
    done = purser.run(*words, user=user, umask=mask, **how)
    if done.returncode != 0:
        raise SystemExit(f"exit {done.returncode} of {' '.join(map(str, words))}: {done.stderr}")


def private(verdict, what, found):
    """Whether all of these are for their owner alone."""
    wrong = {name: oct(mode) for name, mode in found.items() if mode not in (0o600, 0o700)}
    verdict.expect(found and not wrong, f"{what}: others may read {wrong or 'nothing: none made'}")


class Desk:
    def __init__(self, program, folder):
        self.folder = folder
        self.made = folder / "made"
        self.made.mkdir(mode=0o700)
        self.noted = folder / "noted"
        fake = folder / "bin/weasyprint"
        fake.parent.mkdir()
        fake.write_text(FAKE.format(noted=self.noted))
        fake.chmod(0o755)
        self.purser = Purser(program, self.made / "book.db")
        path = f"{folder}/bin:{os.environ['PATH']}"
        self.with_fake = {"env": self.purser.environment() | {"PATH": path}}

    def begin(self):
        os.umask(0)
        set_up(self.purser)
        self.purser.do("period", "close", "SSR2", "2017-03")
        for words, user in ((("issue", "SSR2"), "ann"), (("approve", "SSR2-S1"), "carl"),
                            (("post", "SSR2-S1", "--on", "2017-07-15"), "ann")):
            under(0, self.purser, "factsheet", *words, user=user, **self.with_fake)


def check_served(desk, verdict):
    """While it is served, what SQLite keeps beside the book."""
    with desk.purser.start("serve", "--listen", "127.0.0.1:0") as server:
        server.stdout.readline()
        desk.purser.do("review", "set", "SSR2", "--chair", "Carla")
        found = modes(desk.made)
        server.terminate()
        server.communicate(timeout=60)
    verdict.expect({"book.db", "book.db-wal", "book.db-shm"} <= set(found), f"served: {found}")
    private(verdict, "a book that is served", found)


def check_outputs(desk, verdict):
    for ending in ("txt", "md", "html", "csv", "json", "xlsx", "pdf"):
        under(0, desk.purser, "factsheet", "show", "SSR2", "--output", desk.made / f"s.{ending}",
              **desk.with_fake)
    for form in ("log", "hledger", "data-package"):
        under(0, desk.purser, "export", "SSR2", "--format", form, "--output", desk.made / form)
    private(verdict, "what --output names", modes(desk.made))
    noted = dict(reversed(line.split(" ", 1)) for line in desk.noted.read_text().splitlines())
    private(verdict, "what WeasyPrint is given and makes",
            {name: int(mode, 8) for name, mode in noted.items()})
    shared = desk.made / "s.txt"
    shared.chmod(0o640)
    under(0, desk.purser, "factsheet", "show", "SSR2", "--output", shared)
    verdict.expect(stat.S_IMODE(shared.stat().st_mode) == 0o640, "a file replaced keeps its mode")
    shared.unlink()


def check_backup(desk, verdict):
    backup = desk.made / "backup.db"
    under(0, desk.purser, "backup", backup)
    private(verdict, "a backup", modes(desk.made))
    backup.chmod(0o644)
    under(0, desk.purser, "restore", backup)
    under(0, Purser(desk.purser.program, desk.made / "new.db"), "restore", backup)
    backup.chmod(0o600)
    private(verdict, "what was restored from a backup that all may read", modes(desk.made))


def check_site(desk, verdict):
    for mask, file, folder in ((0o022, 0o644, 0o755), (0o077, 0o600, 0o700), (0o027, 0o640, 0o750)):
        site = desk.folder / f"site-{mask:03o}"
        under(mask, desk.purser, "export", "SSR2", "--format", "site", "--output", site)
        found = modes(site) | {".": stat.S_IMODE(site.stat().st_mode)}
        wanted = {name: folder if (site / name).is_dir() else file for name in found}
        verdict.expect(len(found) > 8 and found == wanted, f"a site under {mask:03o}: "
                       f"{ {name: oct(mode) for name, mode in found.items()} }")


def main():
    verdict = Verdict()
    with tempfile.TemporaryDirectory(prefix="purser-private-") as name:
        desk = Desk(sys.argv[1], pathlib.Path(name))
        desk.begin()
        private(verdict, "a book", modes(desk.made))
        check_served(desk, verdict)
        check_outputs(desk, verdict)
        check_backup(desk, verdict)
        check_site(desk, verdict)
    verdict.finish("files of a book, outputs, backups, a site")


if __name__ == "__main__":
    main()
