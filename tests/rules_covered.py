#!/usr/bin/env python3
"""Each refusal has a transcript: the rules of src/values/error.hpp and tests/errors/.

A rule needs tests/errors/<rule>.test in whose output its name stands, as in
`"rule":"over_envelope"`; and no transcript there may be of a rule that is none.

    rules_covered.py [TREE]         lists what is missing; exit 1 if anything is
    rules_covered.py --self-test    takes something away and sees it missed
"""

import pathlib
import re
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[1]


def rules(header):
    """The enumerators of `enum class Rule`."""
    found = re.search(r"enum class Rule\b[^{]*\{(.*?)\}", header, re.DOTALL)
    if not found:
        return []
    body = re.sub(r"//[^\n]*|/\*.*?\*/", "", found[1], flags=re.DOTALL)
    return re.findall(r"^\s*([a-z][a-z0-9_]*)\s*(?:=[^,]*)?,?\s*$", body, re.MULTILINE)


def output_of(transcript):
    """What the program printed: neither comments nor commands."""
    return "\n".join(l for l in transcript.splitlines() if not re.match(r"#|[$>] ", l))


def problems(tree):
    known = rules((tree / "src/values/error.hpp").read_text())
    if not known:
        yield "src/values/error.hpp: no enum class Rule with an enumerator a line"
    for rule in known:
        path = tree / f"tests/errors/{rule}.test"
        if not path.exists():
            yield f"{rule}: no tests/errors/{rule}.test"
        elif not re.search(rf"\b{rule}\b", output_of(path.read_text())):
            yield f"{rule}: its name is not in the output in tests/errors/{rule}.test"
    for path in sorted((tree / "tests/errors").glob("*.test")):
        if path.stem not in known:
            yield f"tests/errors/{path.name}: no such rule"


ENUM = "enum class Rule {\n    over_envelope,\n    // not: over_moon,\n    own_document = 7,  // why\n};\n"
SHOWN = '# why\n$ purser x\n{{"error":{{"rule":"{}"}}}}\n[exit 1]\n'
SELF_TEST = [  # transcripts by rule, how many problems
    ({"over_envelope": SHOWN, "own_document": SHOWN}, 0),
    ({"over_envelope": SHOWN}, 1),
    ({"over_envelope": SHOWN, "own_document": "# {}\n$ purser {}\nerror: else\n[exit 1]\n"}, 1),
    ({"over_envelope": SHOWN, "own_document": SHOWN, "over_moon": SHOWN}, 1),
    ({}, 2),
]


def self_test():
    wrong = 0
    for transcripts, expected in SELF_TEST:
        with tempfile.TemporaryDirectory() as folder:
            tree = pathlib.Path(folder)
            (tree / "src/values").mkdir(parents=True)
            (tree / "src/values/error.hpp").write_text(ENUM)
            (tree / "tests/errors").mkdir(parents=True)
            for rule, text in transcripts.items():
                (tree / f"tests/errors/{rule}.test").write_text(text.format(rule, rule))
            found = list(problems(tree))
            if len(found) != expected:
                wrong += 1
                print(f"{sorted(transcripts)}: {expected} expected, found {found}")
    return wrong


def main():
    if sys.argv[1:] == ["--self-test"]:
        return 1 if self_test() else 0
    found = list(problems(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE))
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
