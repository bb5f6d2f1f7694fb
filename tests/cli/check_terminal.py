#!/usr/bin/env python3
"""What happens on a terminal only, seen through one: questions, progress, refusals.

    check_terminal.py PURSER
"""

import os
import pathlib
import pty
import select
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
PURSER = pathlib.Path(sys.argv[1]).resolve()
ROWS = 30_000


def on_terminal(command, answers=(), environment=None):
    """What a person at a terminal sees, and the exit code; answers are typed when asked."""
    process_id, terminal = pty.fork()
    if process_id == 0:
        os.execve(PURSER, [PURSER, *command], dict(os.environ, **(environment or {})))
    seen, answers = b"", list(answers)
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        if answers and seen.endswith(b": ") and select.select([terminal], [], [], 0.3)[0] == []:
            os.write(terminal, answers.pop(0).encode() + b"\n")
        try:
            seen += os.read(terminal, 65536)
        except OSError:  # how a terminal says that nobody is left
            break
    _, status = os.waitpid(process_id, 0)
    os.close(terminal)
    return seen.decode(errors="replace"), os.waitstatus_to_exitcode(status)


def check(name, seen, code, expected_code, *wanted, unwanted=()):
    wrong = [f"exits {code}, not {expected_code}"] if code != expected_code else []
    wrong += [f"does not show {text!r}" for text in wanted if text not in seen]
    wrong += [f"shows {text!r}" for text in unwanted if text in seen]
    for what in wrong:
        print(f"{name}: {what}\n{seen[-2000:]}")
    return len(wrong)


def main():
    failed = 0
    with tempfile.TemporaryDirectory(prefix="purser-terminal-") as folder:
        os.chdir(folder)
        pathlib.Path("bin").mkdir()
        pathlib.Path("bin/purser").symlink_to(PURSER)
        os.environ.update(PATH=f"{folder}/bin:/usr/bin:/bin", PURSER_NOW="2017-03-31T12:00:00Z",
                          PURSER_USER="ann", LC_ALL="C.UTF-8")
        subprocess.run(["bash", "-c", f". {HERE}/ssr2.sh"], check=True)

        secret = "a sentence is easy to remember"
        seen, code = on_terminal(["user", "password"], [secret, secret])
        failed += check("a password", seen, code, 0, "password of ann: ", "once more: ", "is set",
                        unwanted=[secret])
        seen, code = on_terminal(["user", "password"], [secret, secret + "!"])
        failed += check("two passwords", seen, code, 2, "differ", unwanted=[secret])

        seen, code = on_terminal(["factsheet", "show", "SSR2", "--format", "xlsx"])
        failed += check("a workbook", seen, code, 2, "a xlsx file is not for a terminal", "--output",
                        unwanted=["PK"])

        with open("rows.csv", "w", encoding="ascii") as rows:
            rows.write("posted_on,category,amount,why\n")
            rows.writelines(f"2017-03-20,travel,1.00,Bus {i}\n" for i in range(ROWS))
        command = ["expense", "import", "SSR2", "rows.csv", "--dry-run"]
        seen, code = on_terminal(command)
        failed += check("progress", seen, code, 0, "\rimporting: ", " rows, ", " a second", " left",
                        f"{ROWS:,} expenses would be recorded")
        piped = subprocess.run([PURSER, *command], capture_output=True, text=True, check=False)
        failed += check("a pipe", piped.stdout, piped.returncode, 0, "would be recorded")
        failed += check("silence beside it", piped.stderr, len(piped.stderr), 0)
    print("all as expected" if failed == 0 else f"{failed} differences")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
