#!/usr/bin/env python3
"""tools/setup takes what Debian has mended, once a day, and never fails for want of a network.

    check_setup.py PURSER

The script itself runs in a tree of its own, with programs in front of apt's and dpkg's that write
down what they were asked: nothing is installed here.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.purser import SOURCE, Verdict

DAY_S = 24 * 60 * 60
LIST = "[build]\ng++ # compiler\nlibssl-dev\n[test]\ntidy\n"
PROGRAMS = {
    "id": "echo ${TEST_USER:-0}",
    "dpkg-query": 'for word in g++ libssl-dev tidy; do\n'
                  '    [ "$word" = "$TEST_MISSING" ] || echo "$word installed"\ndone',
    "apt-config": "echo \"lists='$TEST_LISTS/'\"",
    "apt-cache": "printf 'libssl-dev\\n  Depends: libssl3\\nlibssl3\\nlibc6-dev\\n'",
    "apt-get": 'echo "$*" >>"$TEST_ASKED"\n'
               'case "$*" in\n'
               '-s*) [ -z "$TEST_NEWER" ] || echo "Inst $TEST_NEWER [1] (2 Debian)" ;;\n'
               '*update) [ -z "$TEST_OFFLINE" ] || exit 100; touch "$TEST_LISTS" ;;\n'
               '*) [ -z "$TEST_OFFLINE" ] || exit 100 ;;\nesac',
    "sudo": 'echo "sudo $*" >>"$TEST_ASKED"; exit 1',
}


class Machine:
    """A tree with tools/setup in it, and a system whose lists of packages are that old."""

    def __init__(self, folder, days_old):
        self.folder = pathlib.Path(folder)
        self.lists, self.asked = self.folder / "lists", self.folder / "asked"
        tree = self.folder / "tree/tools"
        tree.mkdir(parents=True)
        shutil.copy(SOURCE / "tools/setup", tree)
        (tree / "packages.txt").write_text(LIST)
        self.lists.mkdir()
        (self.folder / "bin").mkdir()
        for name, text in PROGRAMS.items():
            program = self.folder / "bin" / name
            program.write_text(f"#!/bin/sh\n{text}\n")
            program.chmod(0o755)
        self.age(self.lists, days_old)
        self.age(tree / "packages.txt", 90)

    @staticmethod
    def age(path, days):
        then = path.stat().st_mtime - days * DAY_S
        os.utime(path, (then, then))

    def setup(self, **how):
        """What apt-get was asked, without what it is asked each time, and how setup ended."""
        self.asked.write_text("")
        how = {"MISSING": "", "NEWER": "", "OFFLINE": ""} | how
        environment = {"PATH": f"{self.folder}/bin:/usr/bin:/bin", "TEST_LISTS": str(self.lists),
                       "TEST_ASKED": str(self.asked)} | {"TEST_" + k: v for k, v in how.items()}
        done = subprocess.run([self.folder / "tree/tools/setup"], env=environment, text=True,
                              capture_output=True, check=False)
        words = ("sudo", "update", "--only-upgrade", "install")
        asked = [next(word for word in words if word in line.split())
                 for line in self.asked.read_text().splitlines() if not line.startswith("-s ")]
        return asked, done


def machine(days_old):
    folder = tempfile.TemporaryDirectory(prefix="purser-setup-")
    return folder, Machine(folder.name, days_old)


def main():
    verdict = Verdict()

    def holds(what, came, wanted, code=0):
        asked, done = came
        verdict.expect(asked == wanted and done.returncode == code,
                       f"{what}: asked {asked}, wanted {wanted}, exit {done.returncode}\n"
                       f"{done.stdout}{done.stderr}")
        return done.stderr

    for days in (0, 3):
        folder, one = machine(days)
        renewed = ["update"] if days else []
        holds(f"lists {days} days old, nothing newer", one.setup(), renewed)
        holds("the same again", one.setup(NEWER="libssl3"), [])
        one.age(one.folder / "tree/build/setup-looked/all", 2)
        one.age(one.lists, 2)
        holds("two days later", one.setup(NEWER="libssl3"), ["update", "--only-upgrade"])
        upgrade = one.asked.read_text().splitlines()[-1].split()
        verdict.expect({"g++", "tidy", "libssl-dev", "libc6-dev"} <= set(upgrade) and
                       "libssl3" not in upgrade, f"it asks for packages and headers: {upgrade}")
        folder.cleanup()

    folder, one = machine(3)
    said = holds("no network", one.setup(OFFLINE="1"), ["update"])
    verdict.expect("cannot be renewed" in said, f"it says so: {said}")
    holds("no network, asked again", one.setup(OFFLINE="1"), [])
    folder.cleanup()

    folder, one = machine(0)
    said = holds("an upgrade that fails", one.setup(OFFLINE="1", NEWER="libssl3"), ["--only-upgrade"])
    verdict.expect("apt-get install --only-upgrade libssl3" in said, f"it says what to do: {said}")
    folder.cleanup()

    folder, one = machine(3)
    holds("a user who may not", one.setup(USER="1000", NEWER="libssl3"), ["sudo", "sudo"])
    verdict.expect(one.asked.read_text().count("sudo -n ") == 2, "nobody is asked for a password")
    folder.cleanup()

    folder, one = machine(0)
    holds("something is missing", one.setup(MISSING="tidy"), ["update", "install"])
    holds("it is missing, and there is no network", one.setup(MISSING="tidy", OFFLINE="1"),
          ["update"], code=100)
    folder.cleanup()
    verdict.finish("tools/setup")


if __name__ == "__main__":
    main()
