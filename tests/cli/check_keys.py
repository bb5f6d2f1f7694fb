#!/usr/bin/env python3
"""Every verb that writes takes a request key, and does the same request once.

    check_keys.py PURSER

The example that a verb's --help prints is run twice with one --key, in the world of
check_examples.py. Where the first run records something, the second gives the same answer and
records nothing, and another request with that key is refused (key_reused). What is no act of the
log keeps no key: init, rebuild, backup and restore.
"""

import json
import pathlib
import re
import shutil
import sys
import tempfile

import check_examples as examples

NO_ACT = {"init", "rebuild", "backup", "restore"}
OTHER = "purser user add zoe --role viewer --as {user} --json --key again"


# The book does not keep it, so that it can be told no second time.
SHOWN_ONCE = r',"link":"[^"]*"'


def shell(folder, verb, script):
    before = f"export PURSER_USER=ann; {{ {examples.BEFORE.get(verb, 'true')}\n}} >/dev/null"
    return examples.run(folder, f"{before}\nunset PURSER_USER\n{script}")


def problem(world, verb, example):
    """What is wrong; nothing, or None for a verb that writes nothing."""
    command = example.strip().replace("\\\n", "") + " --json --key again"
    count = "sqlite3 purser.db 'SELECT COUNT(*) FROM event'"
    with tempfile.TemporaryDirectory(prefix="purser-keys-") as parent:
        folder = pathlib.Path(parent, "here")
        shutil.copytree(world, folder, symlinks=True)
        user = command.split("--as ")[1].split()[0] if "--as " in command else "ann"
        done = shell(folder, verb, f"start=$({count})\n{command}\nthen=$({count})\n"
                     "echo ---\necho $start\necho ---\necho $then\n"
                     "[ $start != $then ] || exit 0\n"
                     f"echo ---\necho a sentence is easy to remember | {command} 2>&1\n"
                     f"echo ---\n{count}\npurser verify >/dev/null || echo and verify fails\n"
                     f"echo ---\n{OTHER.format(user=user)} 2>&1")
    parts = [part.strip() for part in done.stdout.split("---\n")]
    if len(parts) == 3 and parts[1] == parts[2]:
        return f"fails: {parts[0]}" if '"error"' in parts[0] else None
    if len(parts) != 6:
        return f"said {done.stdout}{done.stderr}"
    first, _, then, second, after, other = parts
    first, second = (re.sub(SHOWN_ONCE, "", answer) for answer in (first, second))
    if first != second:
        return f"answered\n  {first}\nand then\n  {second}"
    if then != after:
        return f"recorded twice: {then}, then {after}"
    if user == "ann" and json.loads(other)["error"]["rule"] != "key_reused":
        return f"does not keep its key: {other}"
    return ""


def main():
    wrong = written = 0
    with tempfile.TemporaryDirectory(prefix="purser-keys-") as parent:
        world = pathlib.Path(parent, "world")
        examples.make_world(world)
        for verb, text in examples.verbs():
            if verb in NO_ACT:
                continue
            found = problem(world, verb, examples.example_of(text))
            written += found is not None
            if found:
                wrong += 1
                print(f"purser {verb} {found}")
    print(f"{written} verbs write, {wrong} do not keep to their key")
    return 1 if wrong or written < 25 else 0


if __name__ == "__main__":
    sys.exit(main())
