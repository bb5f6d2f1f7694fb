#!/usr/bin/env python3
"""What happens while a fact sheet is rendered: others write, the program is killed, a page fails.

    check_issue.py PURSER

In the place of WeasyPrint stands a script that does it in the middle of an issue. Afterwards
there is a whole sheet or none, and the book verifies.
"""

import os
import pathlib
import signal
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.purser import Purser, Verdict, set_up

# Does its deed once, then makes a page of its own: the last word is the file.
FAKE = """#!/bin/bash
cd {folder}
if mkdir done 2>/dev/null; then
{deed}
fi
printf '%%PDF-1.7 a page' > "${{@: -1}}"
"""


class Desk:
    def __init__(self, folder, program):
        self.folder = folder
        (folder / "bin").mkdir(parents=True)
        self.purser = Purser(program, folder / "book.db")
        set_up(self.purser)
        self.purser.do("period", "close", "SSR2", "2017-03")

    def path(self):
        return {"PATH": f"{self.folder}/bin:{os.environ['PATH']}"}

    def weasyprint(self, deed):
        """What runs instead of it; its deed happens the first time."""
        fake = self.folder / "bin/weasyprint"
        fake.write_text(FAKE.format(folder=self.folder, deed=deed))
        fake.chmod(0o755)

    def start(self, *words, user="ann"):
        return self.purser.start("--json", *words, user=user,
                                 env=self.purser.environment() | self.path())

    def sheets(self):
        self.purser.do("verify")
        return self.purser.ask("factsheet", "list", "SSR2")["sheets"]


def others_write(desk, verdict):
    """The sheet that is issued is of the log as it is then."""
    words = " ".join(f"'{word}'" for word in desk.purser.command(
        "review", "set", "SSR2", "--chair", "Carla"))
    desk.weasyprint(f"{words} > said 2>&1")
    before = desk.purser.ask("factsheet", "show", "SSR2")["ledger"]["events"]
    done = desk.start("factsheet", "issue", "SSR2")
    out, err = done.communicate(timeout=120)
    verdict.expect(done.returncode == 0, f"issue while others write: {out}{err}")
    sheets = desk.sheets()
    verdict.expect(len(sheets) == 1 and sheets[0]["events"] == before + 1,
                   f"one sheet of {before + 1} events: {sheets}")
    text = desk.purser.do("factsheet", "show", "SSR2-S1")
    verdict.expect("Carla" in text, f"the sheet knows what was written: {text[:600]}")


def killed(desk, verdict):
    """Nothing half is left."""
    desk.weasyprint("touch here; sleep 20")
    running = desk.start("factsheet", "issue", "SSR2")
    for _ in range(600):
        if (desk.folder / "here").exists():
            break
        time.sleep(0.1)
    # While it is rendered nobody waits: the book is written as ever.
    desk.purser.do("review", "set", "SSR2", "--chair", "Dana")
    running.send_signal(signal.SIGKILL)
    running.communicate(timeout=60)
    verdict.expect(desk.sheets() == [], "no sheet after a kill")
    done = desk.start("factsheet", "issue", "SSR2")
    done.communicate(timeout=120)
    verdict.expect([s["id"] for s in desk.sheets()] == ["SSR2-S1"], "the first number is free")


def page_fails(desk, verdict):
    """What the program says is in the message, and nothing is recorded."""
    desk.weasyprint("echo 'no such font: <here>' >&2; exit 7")
    done = desk.start("factsheet", "issue", "SSR2")
    out, err = done.communicate(timeout=120)
    verdict.expect(done.returncode == 3 and "exit 7" in err and "no such font" in err,
                   f"a page that fails: exit {done.returncode}, {out}{err}")
    verdict.expect(desk.sheets() == [], "no sheet without its pdf")


def main():
    verdict = Verdict()
    for story in (others_write, killed, page_fails):
        with tempfile.TemporaryDirectory(prefix="purser-issue-") as folder:
            story(Desk(pathlib.Path(folder), sys.argv[1]), verdict)
    verdict.finish("issues that were disturbed")


if __name__ == "__main__":
    main()
