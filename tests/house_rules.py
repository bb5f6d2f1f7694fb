#!/usr/bin/env python3
"""The habits of this source tree that a script can see.

    house_rules.py [TREE]         lists what breaks one; exit 1 if anything does
    house_rules.py --self-test    breaks each of them once and sees it found
"""

import itertools
import pathlib
import re
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[1]

# values <- ledger <- store <- (intake, report) <- format <- app
BELOW = {
    "values": [],
    "ledger": ["values"],
    "store": ["values", "ledger"],
    "intake": ["values", "ledger", "store"],
    "report": ["values", "ledger", "store"],
    "format": ["values", "ledger", "store", "report"],
    "app": ["values", "ledger", "store", "intake", "report", "format"],
}
EXACT_ROOMS = ["values", "ledger", "store"]
MAX_LINES = 450

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.MULTILINE)
# A comment or a literal; the quote in 1'000 is neither.
NOT_CODE = re.compile(
    r"""//[^\n]*|/\*.*?\*/|R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|(?<!\w)'(?:\\.|[^'\\\n])+'""",
    re.DOTALL,
)
FLOATING = re.compile(r"\b(float|double)\b|(?<![\w.])(\d[\d']*\.\d*|\.\d+|\d[\d']*[eE][-+]?\d)")
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")


def code_only(text):
    """The text with comments and literals emptied; lines keep their numbers."""
    return NOT_CODE.sub(lambda found: "\n" * found[0].count("\n"), text)


def sources(tree, *folders):
    for folder in folders:
        for path in sorted((tree / folder).rglob("*")):
            if path.suffix in (".cpp", ".hpp"):
                yield path


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def includes_point_down(tree):
    for path in sources(tree, "src"):
        room = path.relative_to(tree / "src").parts[0]
        if room not in BELOW:
            yield f"{path}: {room}/ is not a room"
            continue
        text = path.read_text()
        for found in INCLUDE.finditer(text):
            target = found[2].split("/")[0]
            place = f"{path}:{line_of(text, found.start())}"
            if found[1] == '"' and target not in BELOW and target != "embedded":
                yield f'{place}: "{found[2]}" does not begin with the name of a room'
            elif target in BELOW and target != room and target not in BELOW[room]:
                yield f"{place}: {room}/ may not include {target}/"


def no_floating_point(tree):
    for path in sources(tree, *(f"src/{room}" for room in EXACT_ROOMS)):
        for number, line in enumerate(code_only(path.read_text()).splitlines(), start=1):
            if "= delete" in line or "std::floating_point" in line:
                continue
            if found := FLOATING.search(line):
                yield f"{path}:{number}: floating point near money: {found[0]}"


def nothing_unfinished(tree):
    for folder in ("src", "tests", "tools", "cmake", "schemas", "reports", "fixtures"):
        for path in sorted((tree / folder).rglob("*")):
            if not path.is_file() or "__pycache__" in path.parts:
                continue
            text = path.read_bytes().decode("utf-8", errors="replace")
            for found in UNFINISHED.finditer(text):
                yield f"{path}:{line_of(text, found.start())}: {found[0]}"


def headers_open_with_prose(tree):
    for path in sources(tree, "src"):
        if path.suffix != ".hpp":
            continue
        opening = itertools.takewhile(lambda l: l.startswith("//"), path.read_text().splitlines())
        if sum(line != "//" for line in opening) < 2:
            yield f"{path}: opens without two lines that say what it is"


def files_stay_small(tree):
    for folder in ("src", "tests", "tools", "schemas"):
        for path in sorted((tree / folder).rglob("*")):
            if path.suffix in (".cpp", ".hpp", ".py", ".sql"):
                count = len(path.read_text().splitlines())
                if count > MAX_LINES:
                    yield f"{path}: {count} lines, more than {MAX_LINES}"


def the_model_is_its_own(tree):
    """The simulation's model is judged against src/, so it shares nothing with it."""
    folder = tree / "tests/simulation/model"
    for path in sources(tree, "tests/simulation/model"):
        text = path.read_text()
        for found in INCLUDE.finditer(text):
            place = f"{path}:{line_of(text, found.start())}"
            if found[1] == "<" and "/" not in found[2] and not found[2].endswith((".h", ".hpp")):
                continue
            if found[1] == "<" or "/" in found[2] or not (folder / found[2]).exists():
                yield f"{place}: the model includes {found[2]}"
        if found := re.search(r"\bpurser\b", code_only(text)):
            yield f"{path}:{line_of(text, found.start())}: the model names purser"


RULES = [
    includes_point_down,
    the_model_is_its_own,
    no_floating_point,
    nothing_unfinished,
    headers_open_with_prose,
    files_stay_small,
]

GOOD = "// What it is\n// and promises.\n#pragma once\n"
BREAKS = [  # the rule, a file, what is in it, whether that breaks the rule
    (includes_point_down, "src/values/a.cpp", '#include "ledger/b.hpp"\n', True),
    (includes_point_down, "src/values/a.cpp", "#  include <store/b.hpp>\n", True),
    (includes_point_down, "src/intake/a.cpp", '#include "report/b.hpp"\n', True),
    (includes_point_down, "src/report/a.cpp", '#include "intake/b.hpp"\n', True),
    (includes_point_down, "src/format/a.cpp", '#include "intake/b.hpp"\n', True),
    (includes_point_down, "src/store/a.cpp", '#include "book.hpp"\n', True),
    (includes_point_down, "src/store/a.cpp", '#include "../values/money.hpp"\n', True),
    (includes_point_down, "src/web/a.cpp", "\n", True),
    (includes_point_down, "src/store/a.cpp", '#include "embedded/schemas.hpp"\n', False),
    (includes_point_down, "src/app/cli/a.cpp", '#include "intake/b.hpp"\n', False),
    (includes_point_down, "src/format/a.cpp", '#include "report/b.hpp"\n', False),
    (the_model_is_its_own, "tests/simulation/model/a.cpp", '#include "ledger/b.hpp"\n', True),
    (the_model_is_its_own, "tests/simulation/model/a.cpp", '#include <values/b.hpp>\n', True),
    (the_model_is_its_own, "tests/simulation/model/a.cpp", '#include "../desk.hpp"\n', True),
    (the_model_is_its_own, "tests/simulation/model/a.cpp", '#include "desk.hpp"\n', True),
    (the_model_is_its_own, "tests/simulation/model/a.cpp", "#include <date.h>\n", True),
    (the_model_is_its_own, "tests/simulation/model/a.cpp", "purser::Money a;\n", True),
    (the_model_is_its_own, "tests/simulation/model/a.cpp", '#include "a.cpp"\n#include <map>\n', False),
    (the_model_is_its_own, "tests/simulation/a.cpp", '#include "store/book.hpp"\n', False),
    (no_floating_point, "src/values/a.cpp", "double a;\n", True),
    (no_floating_point, "src/ledger/a.cpp", "long double a;\n", True),
    (no_floating_point, "src/store/a.hpp", 'auto a = f("x"); float b; // c\n', True),
    (no_floating_point, "src/values/a.cpp", "auto a = b * 0.01;\n", True),
    (no_floating_point, "src/values/a.cpp", "auto a = b / 1e2;\n", True),
    (no_floating_point, "src/values/a.cpp", "auto a = 1'000'000; double b; auto c = 2'0;\n", True),
    (no_floating_point, "src/values/a.cpp", "// double\n/* float\n double */ int a;\n", False),
    (no_floating_point, "src/values/a.cpp", 'f("double", R"(0.5 "float)", \'"\', x->y.z1, 0x1e2);\n', False),
    (no_floating_point, "src/values/a.hpp", "Money(double) = delete;\n", False),
    (no_floating_point, "src/values/a.hpp", "static Money of(std::floating_point auto) = delete;\n", False),
    (no_floating_point, "src/format/a.cpp", "double a;\n", False),
    (nothing_unfinished, "src/app/a.cpp", "// TO" + "DO: more\n", True),
    (nothing_unfinished, "tools/a", "# FIX" + "ME\n", True),
    (nothing_unfinished, "tools/a", "# mastodon\n", False),
    (headers_open_with_prose, "src/values/a.hpp", "#pragma once\n", True),
    (headers_open_with_prose, "src/values/a.hpp", "// One line.\n#pragma once\n", True),
    (headers_open_with_prose, "src/values/a.hpp", "// One line.\n//\n#pragma once\n", True),
    (headers_open_with_prose, "src/values/a.hpp", GOOD, False),
    (headers_open_with_prose, "src/values/a.hpp", "// One.\n//\n// Two.\n#pragma once\n", False),
    (headers_open_with_prose, "src/values/a.cpp", "int a;\n", False),
    (files_stay_small, "src/values/a.cpp", "\n" * (MAX_LINES + 1), True),
    (files_stay_small, "src/values/a.cpp", "\n" * MAX_LINES, False),
]


def self_test():
    wrong = 0
    for rule, name, text, breaks in BREAKS:
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True)
            path.write_text(text)
            found = list(rule(pathlib.Path(folder)))
            if bool(found) != breaks:
                wrong += 1
                print(f"{rule.__name__} {'misses' if breaks else 'blames'} {text!r}: {found}")
    untried = {rule for rule in RULES} - {rule for rule, _, _, breaks in BREAKS if breaks}
    for rule in untried:
        print(f"{rule.__name__} is never broken here")
    return wrong + len(untried)


def main():
    if sys.argv[1:] == ["--self-test"]:
        return 1 if self_test() else 0
    tree = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE
    problems = [problem for rule in RULES for problem in rule(tree)]
    for problem in problems:
        print(problem.replace(f"{tree}/", ""))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
