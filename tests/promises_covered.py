#!/usr/bin/env python3
"""Each promise about the money has a test that names it.

    promises_covered.py [TREE]         lists what no test names, and names that promise nothing
    promises_covered.py --self-test    takes names away and sees them missed

A Catch2 case names promises by tags, "[DOMAIN 4.5]", so that `test_ledger '[DOMAIN 4.5]'` runs what
keeps one. Cases that begin with "Case 3:" name DOMAIN 6.3. A transcript names them in a comment over
its commands, a Python check in its text: DOMAIN 4.5.
"""

import pathlib
import re
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[1]
PROMISES = {
    "DOMAIN": {  # the rules of the money, and the corner cases that must hold
        "3": "each note of the sheet only when it applies",
        "4.1": "explained and approved by others, as the policy of the day asks",
        "4.2": "the envelope is the hard limit; a control that cannot be evaluated refuses",
        "4.3": "more needs a request to the Board; what is held loses nothing",
        "4.4": "a move between categories leaves the total",
        "4.5": "commitments live; over-run from free, closing releases the rest",
        "4.6": "corrections never edit",
        "4.7": "nothing posts in a closed month; reopening is on the record",
        "4.8": "the year's end: carry, lapse, return",
        "4.9": "sheets: issued, approved or withheld, posted, never changed",
        "4.10": "two time axes",
        "4.11": "foreign money is converted once, refunds have their own rate",
        "4.12": "numbers are refused rather than guessed; printed totals are exact totals rounded",
        "4.13": "who sees what",
        "4.14": "the same thing twice",
        "6.1": "an envelope restated later leaves earlier days",
        "6.2": "a grant inside approved is a note",
        "6.3": "a category with nothing does not vanish",
        "6.4": "the border of fiscal years",
        "6.5": "durations in completed months",
        "6.6": "as of before the start, before the first entry, in the future",
        "6.7": "paused; targets days apart",
        "6.8": "part-invoices, over-run, under-run, late bills",
        "6.9": "support rescinded; a no-show's cost stays",
        "6.10": "cents kept, whole units printed, never -$0",
        "6.11": "beyond 32 bits, and no overflow",
        "6.12": "one trip shared by two reviews, to the cent",
        "6.13": "any name is text everywhere",
        "6.14": "an empty review is a valid sheet",
        "6.15": "any order of arrival gives the same",
        "6.16": "a sheet is frozen at issue",
        "6.17": "totals of a file are checked by row and column",
    },
    "MODEL": {  # what each act moves, and what holds on every day
        "2 grant": "authority to unallotted",
        "2 lower": "and back, below use with a warning",
        "2 allot": "unallotted to a year, never more than is there",
        "2 move": "from one category's to the other's",
        "2 expire": "a grant's end takes its rest",
        "2 close documents": "what is requested goes on into the new year",
        "2 close commitments": "they carry, or lapse but for what is claimed or kept",
        "2 close deficits": "unallotted money covers them",
        "2 close free": "free money carries, lapses, returns",
        "2 propose": "free to requested, and back when rejected",
        "2 open": "free to committed",
        "2 confirm": "requested to committed, another price from or to free",
        "2 amend commitment": "up to the new rest, not below used and claimed",
        "2 expected": "a date in another year moves the rest there",
        "2 close commitment": "the rest is free again, not with an undecided expense",
        "2 submit": "free to requested",
        "2 submit against": "claims what nobody else does, the excess from free",
        "2 edit": "the difference; approvals given fall",
        "2 several approvals": "one of several moves nothing",
        "2 undo": "rejected or withdrawn, it is free again",
        "2 approve": "requested to spent",
        "2 approve against": "committed to spent, the excess is over-run, the left over free",
        "2 approve later year": "the commitment's year gives back, the expense's year pays",
        "2 approve earlier year": "refused until that year is closed",
        "2 settled": "submit and approve in one event",
        "2 refund": "spent to free in the year of its own day",
        "2 reverse open": "spent to the commitment as far as its rest grows",
        "2 reverse": "spent to free",
        "2 held": "nothing moves, until released as its own act",
        "2 shared": "each part in its own review, all or none",
        "2 nothing moves": "months, texts, requests and decisions without money",
        "6 zero": "all accounts add up to zero",
        "6 approved": "by buckets and by authority, the same",
        "6 requested": "is what documents hold",
        "6 committed": "is the sum of rests",
        "6 not below zero": "requested and committed, on every day",
        "6 closed year": "holds only spent",
        "6 stop": "free is not below zero by a use",
        "6 identity": "approved = spent + committed + requested + free",
    },
}
NAME = re.compile(r"\b(DOMAIN|MODEL) (\d(?:[\w. ]*\w)?)")
CASE = re.compile(r'"Case (\d+):')


def named(path):
    """The promises that a test names, where a test can: "DOMAIN 4.5"."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".cpp":
        heads = re.findall(r"TEST_CASE\((.*?)\)\s*\{", text, re.DOTALL)
        for head in heads:
            for tag in re.findall(r"\[([^\]]+)\]", "".join(re.findall(r'"([^"]*)"', head))):
                if NAME.fullmatch(tag):
                    yield tag
            yield from (f"DOMAIN 6.{number}" for number in CASE.findall(head))
    elif path.suffix == ".test":
        for line, after in zip(text.splitlines(), text.splitlines()[1:]):
            if line.startswith("#") and after.startswith(("#", "$")):
                for source, names in re.findall(r"\((DOMAIN|MODEL) ([^)]*)\)", line):
                    yield from (f"{source} {name.strip()}" for name in names.split(","))
    else:
        for source, names in re.findall(r"\((DOMAIN|MODEL) ([^)]*)\)", text):
            yield from (f"{source} {name.strip()}" for name in names.split(","))


def problems(tree, promises):
    wanted = {f"{source} {name}" for source, names in promises.items() for name in names}
    found = {}
    for suffix in ("cpp", "test", "py"):
        for path in sorted((tree / "tests").rglob(f"*.{suffix}")):
            if path.name == pathlib.Path(__file__).name:
                continue
            for name in named(path):
                found.setdefault(name, path)
    for name in sorted(found.keys() - wanted):
        yield f"{found[name].relative_to(tree)}: there is no promise {name}"
    for name in sorted(wanted - found.keys()):
        source, which = name.split(" ", 1)
        yield f"no test names {name}: {promises[source][which]}"


SELF_TEST = [  # a file, its text, how many problems with the promises DOMAIN 4.1, 6.3 and MODEL 2 move
    ("a_test.cpp", 'TEST_CASE("Case 3: x", "[DOMAIN 4.1][MODEL 2 move]") {', 0),
    ("a_test.cpp", 'TEST_CASE("x", "[DOMAIN 6.3][DOMAIN 4.1]"\n    "[MODEL 2 move]") {', 0),
    ("a_test.cpp", '// [DOMAIN 4.1]\nTEST_CASE("Case 3: x", "[MODEL 2 move]") {', 1),
    ("a.test", "# why (DOMAIN 4.1, 6.3) (MODEL 2 move)\n$ purser x\n", 0),
    ("a.test", "# why (DOMAIN 4.1, 6.3)\n\n# (MODEL 2 move)\n$ purser x\n", 2),
    ("check_a.py", '"""Does it (DOMAIN 4.1, 6.3, 9.9) (MODEL 2 move)."""', 1),
    ("check_a.py", "", 3),
]


def self_test():
    wrong = 0
    promises = {"DOMAIN": {"4.1": "", "6.3": ""}, "MODEL": {"2 move": ""}}
    for name, text, expected in SELF_TEST:
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "tests").mkdir()
            (pathlib.Path(folder) / "tests" / name).write_text(text)
            found = list(problems(pathlib.Path(folder), promises))
            if len(found) != expected:
                wrong += 1
                print(f"{text!r}: {expected} expected, found {found}")
    return wrong


def main():
    if sys.argv[1:] == ["--self-test"]:
        return 1 if self_test() else 0
    found = list(problems(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE, PROMISES))
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
