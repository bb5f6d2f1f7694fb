#!/usr/bin/env python3
"""Every example that a verb's --help prints works as it is printed.

    check_examples.py PURSER

Each runs in a fresh copy of the world of tests/cli/ssr2.sh, with what that example
takes for granted made first. A verb without an example is a failure, too.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PURSER = pathlib.Path(sys.argv[1]).resolve()
NAME = '"Second SSR Review" --start 2017-03-02 --expected 2018-03-01'

# What exists before an example runs, beyond or instead of the world of ssr2.sh.
EMPTY = "rm -f purser.db"
BEGUN = f"{EMPTY}; purser init; purser user add carl --role chair"
OPENED = f"{BEGUN}; purser review open SSR2 --name {NAME}"
EXPENSE = "purser expense submit SSR2 --category travel --amount 80 --why Taxi --as olga"
SPENT = f"{EXPENSE}; purser expense approve SSR2-E1 --as carl"
PROPOSAL = (
    "purser commitment open SSR2 --category services --amount 60,000 --for Analysis --kind contract "
    "--expected 2017-06-20 --proposed --as olga"
)
REQUEST = "purser request submit SSR2 --category travel --amount 40,000 --why More --as carl"
CLOSED = "PURSER_NOW=2017-04-03T12:00:00Z; purser period close SSR2 2017-03"
ISSUED = f"{CLOSED}; purser factsheet issue SSR2"
MEMBER = 'purser member add SSR2 "Olga Example"'
MEETING = "purser meeting add SSR2 MADRID Madrid --kind face-to-face --from 2017-05-13"
MILESTONE = 'purser milestone add SSR2 "Terms of reference"'
WORK_ITEM = 'purser work-item add SSR2 WS1 "Review of SSR1" --kind workstream'
BEFORE = {
    "init": EMPTY,
    "review open": BEGUN,
    "user add": OPENED,
    "user sign-out": "purser user invite carl",
    "category add": OPENED,
    "review resume": "purser review pause SSR2",
    "commitment open": "purser commitment close SSR2-C1",
    "commitment confirm": PROPOSAL,
    "commitment reject": PROPOSAL,
    "expense approve": EXPENSE,
    "expense reject": EXPENSE,
    "expense withdraw": EXPENSE,
    "expense show": EXPENSE,
    "expense receipt": f"echo %PDF-1.4 paid > bill.pdf; {EXPENSE} --receipt bill.pdf",
    "expense amend": EXPENSE,
    "expense refund": SPENT,
    "expense reverse": SPENT,
    "expense import": "printf 'posted_on,category,amount,why\\n2017-03-20,travel,80,Taxi\\n' > march.csv",
    "member set": MEMBER,
    "member leave": MEMBER,
    "member remove": MEMBER,
    "member erase": MEMBER,
    "member show": MEMBER,
    "member import": "printf 'member,body\\nOlga Example,GNSO\\n' > members.csv",
    "meeting set": MEETING,
    "meeting cancel": MEETING,
    "meeting remove": MEETING,
    "meeting attend": f"{MEMBER}; {MEETING}",
    "meeting show": MEETING,
    "meeting import": "printf 'code,title,kind,from\\nP1,Plenary,call,2017-03-02\\n' > meetings.csv",
    "milestone set": MILESTONE,
    "milestone show": MILESTONE,
    "milestone remove": MILESTONE,
    "milestone import": "printf 'title\\nDraft report\\n' > milestones.csv",
    "work-item set": WORK_ITEM,
    "work-item remove": WORK_ITEM,
    "work-item show": WORK_ITEM,
    "work-item import": "printf 'code,title,kind\\nR1,Remit,recommendation\\n' > work-items.csv",
    "payee erase": f"{EXPENSE} --payee Somebody",
    "request decide": REQUEST,
    "request refuse": REQUEST,
    "request withdraw": REQUEST,
    "request show": REQUEST,
    "factsheet issue": CLOSED,
    "factsheet approve": ISSUED,
    "factsheet withhold": ISSUED,
    "factsheet post": f"{ISSUED}; purser factsheet approve SSR2-S1 --as carl",
    "factsheet withdraw": ISSUED,
    "forecast withdraw": "purser forecast set SSR2 --category travel --amount 1 --why Guess --as carl",
    "forecast unplan": "purser forecast plan SSR2 WASHINGTON --category travel --amount 1 "
                       "--expected 2018-02-20 --why Guess --as carl",
    "factsheet changes": ISSUED,
    "delegate end": "purser delegate carl --to dana --from 2017-03-31 --until 2017-04-14",
    "period reopen": CLOSED,
    "period close": "PURSER_NOW=2017-04-03T12:00:00Z",
    "year close": "PURSER_NOW=2017-07-03T12:00:00Z",
    "restore": "purser backup ssr2-2017-03-31.db",
}


def help_of(*words):
    return subprocess.run(
        [PURSER, *words, "--help"], capture_output=True, text=True, check=True
    ).stdout


def listed(text, heading):
    """The first words of the rows under a heading."""
    rows = text.split(f"\n{heading}:\n", 1)[1].split("\n\n", 1)[0]
    return re.findall(r"^  (\S+)", rows, re.MULTILINE)


def verbs():
    """All but serve, which runs until it is ended: tests/web."""
    for noun in listed(help_of(), "Nouns"):
        if noun == "serve":
            continue
        text = help_of(noun)
        if "\nExample:\n" in text:  # a command by itself
            yield noun, text
        if "\nVerbs:\n" not in text:
            continue
        for verb in listed(text, "Verbs"):
            yield f"{noun} {verb}", help_of(noun, verb)


def example_of(text):
    found = re.search(r"^Example:\n((?:  .*\n)+)", text, re.MULTILINE)
    return found and found[1]


def make_world(folder):
    """A folder with the world's book and the program under its name."""
    (folder / "bin").mkdir(parents=True)
    (folder / "bin/purser").symlink_to(PURSER)
    run(folder, '. "$SOURCE/tests/cli/ssr2.sh"').check_returncode()


def run(folder, script):
    environment = dict(os.environ, SOURCE=str(HERE.parents[1]), HOME=str(folder),
                       PATH=f"{folder}/bin:/usr/bin:/bin", PURSER_NOW="2017-03-31T12:00:00Z")
    return subprocess.run(
        ["bash", "--norc", "-c", script], cwd=folder, env=environment, capture_output=True,
        input="a sentence is easy to remember\n", text=True, check=False, timeout=120,
    )


def failure(world, verb, example):
    """What went wrong, or nothing."""
    if not example:
        return "has no example"
    if f" {verb}" not in example:
        return f"has the example of another verb:\n{example}"
    with tempfile.TemporaryDirectory(prefix="purser-example-") as parent:
        folder = pathlib.Path(parent, "here")
        shutil.copytree(world, folder, symlinks=True)
        before = f"export PURSER_USER=ann; {{ {BEFORE.get(verb, 'true')}\n}} >/dev/null"
        done = run(folder, f"{before}\nunset PURSER_USER\nset -e\n{example}")
    if done.returncode == 0 and not done.stderr:
        return ""
    return f"exits {done.returncode}:\n{example}{done.stderr}"


def main():
    tried = failed = 0
    with tempfile.TemporaryDirectory(prefix="purser-examples-") as parent:
        world = pathlib.Path(parent, "world")
        make_world(world)
        known = dict(verbs())
        for verb, text in known.items():
            tried += 1
            if wrong := failure(world, verb, example_of(text)):
                failed += 1
                print(f"purser {verb} {wrong}")
    unused = set(BEFORE) - set(known)
    for verb in sorted(unused):
        print(f"no verb {verb}")
    print(f"{tried} examples, {failed} fail")
    return 1 if failed or unused or tried < 30 else 0


if __name__ == "__main__":
    sys.exit(main())
