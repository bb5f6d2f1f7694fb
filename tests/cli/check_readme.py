#!/usr/bin/env python3
"""Types the tour of README.md as printed and compares what comes: check_readme.py PURSER.

The tour is the README's ```console block, a transcript like those beside this file, played on
the book that tools/demo leaves. UPDATE_GOLDEN=1 puts what came into the README.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
README = SOURCE / "README.md"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
BEFORE = "# what tools/demo leaves\n$ mkdir out && $SOURCE/fixtures/ssr2/load purser out/ssr2.db\n"


def main():
    text = README.read_text(encoding="utf-8")
    tour = BLOCK.search(text)
    if tour is None:
        sys.exit("README.md has no ```console block: there is no tour to check")
    with tempfile.TemporaryDirectory() as folder:
        transcript = pathlib.Path(folder) / "tour.test"
        transcript.write_text(BEFORE + tour.group(1), encoding="utf-8")
        runner = [sys.executable, SOURCE / "tests/cli/run.py", "--purser", sys.argv[1], transcript]
        code = subprocess.run(runner, check=False).returncode
        played = transcript.read_text(encoding="utf-8").removeprefix(BEFORE)
    if os.environ.get("UPDATE_GOLDEN") == "1":
        README.write_text(text[: tour.start(1)] + played + text[tour.end(1) :], encoding="utf-8")
    sys.exit(code)


if __name__ == "__main__":
    main()
