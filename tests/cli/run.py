#!/usr/bin/env python3
"""Runs transcripts of the real program: tests/cli/*.test, tests/errors/*.test.

    # why this is worth showing
    $ export PURSER_USER=ann
    $ cat > march.csv <<'END'
    > posted_on,category,amount,why
    > END
    $ purser expense import SSR2 march.csv
    error: ...
    [exit 2]

A line is a comment (#), a command ($, continued by >), its exit code when that is
not 0, or output: stdout and stderr as they came. An output line that begins with
one of `#`, `$ `, `> `, `[exit ` or `\\` has a `\\` put before it; blank lines at the
end of an output are layout and not compared.

All commands of one file run in one bash, in a folder of its own that starts empty
and is HOME; $SOURCE is the source tree, `purser` is the program under test.
What differs from run to run is written by its name: <hash> for 64 hex digits,
<instant> for a date with a time, <today> for today's date (UTC), <here> for the
folder.

    run.py [--purser FILE] TRANSCRIPT...     a difference is printed as a diff
    UPDATE_GOLDEN=1 run.py ...               takes what came as what is expected
    run.py --self-test                       shows that a difference is found
"""

import argparse
import dataclasses
import datetime
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
TIMEOUT_S = 300
EXIT = re.compile(r"\[exit (\d+)\]")
NEEDS_ESCAPE = re.compile(r"[#\\]|[$>] |[$>]$|\[exit ")
MASKS = [
    (re.compile(r"\b[0-9a-f]{64}\b"), "<hash>"),
    (re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)"), "<instant>"),
]


@dataclasses.dataclass
class Step:
    before: list  # comments and blank lines above the command
    command: list  # its lines without "$ " and "> "
    output: list
    exit_code: int = 0

    def lines(self):
        shown = list(self.before)
        shown += [("$ " if i == 0 else "> ") + line for i, line in enumerate(self.command)]
        shown += self.output
        if self.exit_code != 0:
            shown.append(f"[exit {self.exit_code}]")
        return [line.rstrip() if line in ("> ", "$ ") else line for line in shown]


class Malformed(Exception):
    pass


def parse(text):
    """The steps of a transcript, and what stands after the last of them."""
    steps, before = [], []
    ended = True  # no output may follow: nothing ran yet, or [exit N] or a comment came
    in_command = False
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("$ "):
            steps.append(Step(before, [line[2:]], []))
            before, ended, in_command = [], False, True
        elif in_command and (line == ">" or line.startswith("> ")):
            steps[-1].command.append(line[2:])
        elif line.startswith("#"):
            before.append(line)
            ended, in_command = True, False
        elif found := EXIT.fullmatch(line):
            if ended:
                raise Malformed(f"line {number}: {line} without a command")
            steps[-1].exit_code = int(found[1])
            ended, in_command = True, False
        elif ended and line == "":
            before.append(line)
        elif ended:
            raise Malformed(f"line {number}: output without a command: {line}")
        else:
            steps[-1].output.append(line)
            in_command = False
    for step, following in zip(steps, [s.before for s in steps[1:]] + [before]):
        blanks = 0
        while step.output and step.output[-1] == "":
            step.output.pop()
            blanks += 1
        following[:0] = [""] * blanks
    return steps, before


def mask(text, folder, days):
    text = text.replace(str(folder), "<here>")
    for pattern, name in MASKS:
        text = pattern.sub(name, text)
    for day in days:
        text = text.replace(day, "<today>")
    return text


def as_expected_lines(output):
    """Output as a transcript writes it."""
    lines = output.split("\n")
    while lines and lines[-1] == "":
        lines.pop()
    return ["\\" + line if NEEDS_ESCAPE.match(line) else line for line in lines]


def today():
    return datetime.datetime.now(datetime.timezone.utc).date().isoformat()


def run(steps, purser):
    """What each step printed and its exit code; None where bash had left before."""
    with tempfile.TemporaryDirectory(prefix="purser-test-") as folder:
        here, notes = pathlib.Path(folder, "here"), pathlib.Path(folder, "notes")
        here.mkdir()
        notes.mkdir()
        bin_folder = pathlib.Path(folder, "bin")
        bin_folder.mkdir()
        (bin_folder / "purser").symlink_to(purser)
        script = []
        for i, step in enumerate(steps):
            (notes / f"{i}.sh").write_text("\n".join(step.command) + "\n")
            script.append(f". {notes}/{i}.sh >{notes}/{i}.out 2>&1; echo $? >{notes}/{i}.exit")
        passed_on = ("ASAN_OPTIONS", "TMPDIR")
        environment = {name: os.environ[name] for name in passed_on if name in os.environ}
        environment.update(
            HOME=str(here),
            LC_ALL="C.UTF-8",
            PATH=f"{bin_folder}:/usr/bin:/bin",
            SOURCE=str(SOURCE),
            TZ="UTC",
        )
        first_day = today()
        try:
            subprocess.run(
                ["bash", "--norc", "-c", "\n".join(script)],
                cwd=here, env=environment, stdin=subprocess.DEVNULL, timeout=TIMEOUT_S, check=False,
            )
        except subprocess.TimeoutExpired:
            print(f"a command took longer than {TIMEOUT_S} s")
        days = {first_day, today()}

        results = []
        for i in range(len(steps)):
            code = notes / f"{i}.exit"
            if not code.exists():
                results.append(None)
                continue
            output = (notes / f"{i}.out").read_bytes().decode("utf-8", errors="backslashreplace")
            output = output.replace("\r\n", "\n")  # CSV ends its lines so; a transcript does not
            results.append((as_expected_lines(mask(output, here, days)), int(code.read_text())))
        return results


def check(path, purser, update):
    """The differences between a transcript and what happens; nothing when there are none."""
    text = path.read_text(encoding="utf-8")
    try:
        steps, after = parse(text)
    except Malformed as problem:
        return f"{path}: {problem}\n"
    if not steps:
        return f"{path}: no command in it\n"

    came = []
    for step, result in zip(steps, run(steps, purser)):
        if result is None:
            return f"{path}: this command ended the shell: $ {step.command[0]}\n"
        came.append(Step(step.before, step.command, *result))
    expected = [line for step in steps for line in step.lines()] + after
    actual = [line for step in came for line in step.lines()] + after
    if actual == expected:
        return ""
    if update:
        path.write_text("\n".join(actual) + "\n", encoding="utf-8")
        return ""
    diff = difflib.unified_diff(expected, actual, f"{path}", f"{path} (came)", lineterm="")
    return "\n".join(diff) + "\n"


SELF_TEST = [  # what is shown, the transcript, a piece of the difference ("" when there is none)
    ("plain", "# why\n$ echo one\none\n\n$ echo two\ntwo\n", ""),
    ("other output", "$ echo one\ntwo\n", "-two\n+one"),
    ("output too much", "$ echo one\n", "+one"),
    ("output missing", "$ true\none\n", "-one"),
    ("a trailing blank matters", "$ echo 'one '\none\n", "-one\n+one "),
    ("a blank line inside matters", "$ printf 'a\\n\\nb\\n'\na\nb\n", "+\n"),
    ("exit code", "$ (exit 3)\n[exit 3]\n", ""),
    ("exit code not expected", "$ (exit 3)\n", "+[exit 3]"),
    ("exit code not given", "$ true\n[exit 1]\n", "-[exit 1]"),
    ("heredoc", "$ cat <<'END'\n> a\n>\n> $x\n> END\na\n\n\\$x\n", "-\\$x\n+$x"),
    ("escapes", "$ printf '# a\\n$ -\\n[exit 1]\\n'\n\\# a\n\\$ -\n\\[exit 1]\n", ""),
    ("one shell", "$ export A=1; cd /\n$ echo $A $PWD\n1 /\n", ""),
    ("own empty home", "$ ls -A; [ \"$HOME\" = \"$PWD\" ] && pwd\n<here>\n", ""),
    ("clean environment", "$ env | grep -c ^PURSER_\n0\n[exit 1]\n", ""),
    ("hash", "$ echo x | sha256sum\n<hash>  -\n", ""),
    ("instant", "$ date +%FT%T.%3NZ\n<instant>\n$ date +%F\n<today>\n", ""),
    ("stderr in order", "$ echo a; echo b >&2; echo c\na\nb\nc\n", ""),
    ("stray output", "# why\nstray\n", "output without a command"),
    ("nothing in it", "# why\n", "no command"),
    ("shell ended", "$ exit 0\n$ echo\n", "ended the shell"),
]


def self_test():
    os.environ["PURSER_BOOK"] = "not to be seen"
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, text, piece in SELF_TEST:
            path = pathlib.Path(folder, "a.test")
            path.write_text(text)
            came = check(path, "/bin/true", update=False)
            if (piece not in came) or (piece == "") != (came == ""):
                wrong += 1
                print(f"{name}: expected {piece!r}, came\n{came}")
            if came.startswith("---"):
                check(path, "/bin/true", update=True)
                if again := check(path, "/bin/true", update=False):
                    wrong += 1
                    print(f"{name}: still different after an update:\n{again}")
    return wrong


def main():
    parser = argparse.ArgumentParser(description="Runs transcripts of the real program.")
    parser.add_argument("--purser", default=SOURCE / "build/dev/purser", type=pathlib.Path)
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("transcripts", nargs="*", type=pathlib.Path)
    arguments = parser.parse_args()
    if arguments.self_test:
        return 1 if self_test() else 0
    if not arguments.purser.exists() or shutil.which("bash") is None:
        parser.error(f"{arguments.purser} is not there; build it first")

    failed = 0
    for path in arguments.transcripts:
        difference = check(path, arguments.purser.resolve(), os.environ.get("UPDATE_GOLDEN") == "1")
        sys.stdout.write(difference)
        failed += difference != ""
    print(f"{len(arguments.transcripts) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
