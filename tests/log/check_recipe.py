#!/usr/bin/env python3
"""The log can be checked without Purser, by the shell lines that the README prints.

    check_recipe.py PURSER

The block under "Check the log without Purser" is taken from README.md as it stands there and run
by bash on exported logs: it passes an honest one of a review and of BOOK, prints the head that
`verify` knows, and names the line when an amount was changed, two lines were swapped or one is
missing.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.purser import SOURCE, Purser, Verdict, tell_story

HEADING = "## Check the log without Purser"


def documented():
    """The code blocks of the section: the first exports, the second checks."""
    text = (SOURCE / "README.md").read_text(encoding="utf-8")
    if HEADING not in text:
        raise SystemExit(f'README.md has no section "{HEADING}"')
    section = re.split(r"\n## ", text.split(HEADING, 1)[1])[0]
    blocks = re.findall(r"```sh\n(.*?)```", section, re.S)
    if len(blocks) != 2:
        raise SystemExit(f"{HEADING}: wanted an exporting and a checking block, has {len(blocks)}")
    return blocks


def bash(script, folder, purser):
    bin_folder = folder / "bin"
    bin_folder.mkdir(exist_ok=True)
    (bin_folder / "purser").unlink(missing_ok=True)
    (bin_folder / "purser").symlink_to(purser.program)
    environment = purser.environment() | {"PURSER_BOOK": purser.book, "PURSER_USER": "ann",
                                          "PATH": f"{bin_folder}:/usr/bin:/bin"}
    return subprocess.run(["bash", "--norc", "-c", script], cwd=folder, env=environment,
                          capture_output=True, text=True, timeout=120, check=False)


def harms(lines):
    """What is done to the log, the lines after it, and the line that the recipe must name."""
    at = next(i for i, line in enumerate(lines) if "1480.50" in line)
    changed = [line.replace("1480.50", "1480.51") for line in lines]
    yield "an amount is changed", changed, at + 1
    yield "two lines are swapped", lines[:3] + [lines[4], lines[3]] + lines[5:], 4
    yield "a middle line is gone", lines[:5] + lines[6:], 6
    yield "the first line is gone", lines[1:], 1
    yield "a hash is changed", lines[:6] + ["0" * 64 + lines[6][64:]] + lines[7:], 7
    yield "a line is cut", lines[:-1] + [lines[-1][:-9]], len(lines)


def main():
    export, recipe = documented()
    verdict = Verdict()
    with tempfile.TemporaryDirectory(prefix="purser-recipe-") as name:
        folder = pathlib.Path(name)
        purser = Purser(sys.argv[1], folder / "book.db")
        tell_story(purser)
        done = bash(export, folder, purser)
        verdict.expect(done.returncode == 0, f"the README's export failed: {done}")
        log = folder / "ssr2.log"
        honest = log.read_text(encoding="utf-8")
        lines = honest.splitlines()
        verdict.expect(len(lines) >= 12, f"the log has {len(lines)} lines only")
        verdict.expect("Žarko Kecić" in honest and "\\nthen" in honest,
                       "the awkward texts are not in the log as they were typed")
        heads = {head["review"]: f'{head["events"]}:{head["head"]}'
                 for head in purser.ask("verify")["heads"]}

        for chain in ("SSR2", "BOOK"):
            log.write_text(purser.do("export", chain, "--format", "log"), encoding="utf-8")
            done = bash(recipe, folder, purser)
            verdict.expect(done.returncode == 0 and heads[chain] in done.stdout,
                           f"{chain}: exit {done.returncode}, wanted head {heads[chain]}, said "
                           f"{done.stdout}{done.stderr}")
            print(f"{chain}: {done.stdout.strip()}")
        for harm, harmed, number in harms(lines):
            log.write_text("\n".join(harmed) + "\n", encoding="utf-8")
            done = bash(recipe, folder, purser)
            print(f"{harm}: {done.stdout.strip()}")
            verdict.expect(done.returncode == 1 and f"line {number} " in done.stdout,
                           f"{harm}: exit {done.returncode}, wanted 1 and line {number}, said "
                           f"{done.stdout}{done.stderr}")
    verdict.finish("the README's recipe")


if __name__ == "__main__":
    main()
