#!/usr/bin/env python3
"""Whether a fact sheet's workbook is what its JSON says, judged by other people's programs.

    check.py WORKBOOK.xlsx SHEET.json

LibreOffice recalculates every formula from nothing (a copy without cached values), openpyxl reads
both, and: each formula gives its cached value; the cell named `check` agrees, and stops agreeing
when one figure is changed; every amount of the JSON stands, typed, in the cell of its name; no
text became a formula. Prints what was compared; exit 1 with the differences otherwise.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal

import openpyxl

AGREES = "agrees with the ledger"
DIFFERS = "DIFFERS FROM THE LEDGER"
AMOUNT = re.compile(r"-?\d+(\.\d+)?")
FORMULA_LIKE = ("=", "+", "-", "@")
# What the writers put into formulas; anything else in one came from a text.
KNOWN_FORMULA = re.compile(
    r"""=(?:ROUND|SUM|SUMIFS|COUNTIF|ROWS|IF|AND|check_lines|'(?:[^']|'')+'!|"(?:[^"]|"")*"|"""
    r"""\$?[A-Z]{1,3}\$?\d+|\d+|[-+,:()=])+"""
)

# A profile of its own, told to recalculate whatever it opens.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


class Differences:
    def __init__(self):
        self.found = []
        self.compared = 0

    def expect(self, right, message):
        self.compared += 1
        if not right:
            self.found.append(message)


def recalculated(workbook, folder):
    """The workbook as LibreOffice has it after calculating everything anew."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS)
    answers = folder / f"answers-{workbook.stem}"
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise SystemExit("no soffice: install libreoffice-calc-nogui")
    environment = {k: v for k, v in os.environ.items() if not k.endswith("SAN_OPTIONS")}
    environment["HOME"] = str(folder)
    run = subprocess.run(
        [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx",
         "--outdir", str(answers), str(workbook)],
        capture_output=True, text=True, timeout=240, env=environment, check=False)
    result = answers / workbook.name
    if not result.exists():
        raise SystemExit(f"LibreOffice made no workbook: {run.stdout}{run.stderr}")
    return openpyxl.load_workbook(result, data_only=True)


def cells(book):
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield sheet.title, cell


def named_cells(book):
    """Each defined name that is one cell: name -> (sheet, address)."""
    found = {}
    for name in book.defined_names.definedName:
        places = list(name.destinations)
        if len(places) == 1 and ":" not in places[0][1]:
            found[name.name] = (places[0][0], places[0][1].replace("$", ""))
    return found


def name_part(text):
    part = re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_")
    return ("_" + part if part[:1].isdigit() else part) or "x"


def amounts(node):
    """(defined name, amount) for each amount of each array of objects in the JSON."""
    if isinstance(node, list):
        for element in node:
            if not isinstance(element, dict) or not element:
                continue
            row = next(iter(element.values()))
            for key, value in element.items():
                if isinstance(row, str) and isinstance(value, str) and AMOUNT.fullmatch(value):
                    yield f"{name_part(row)}_{name_part(key)}", Decimal(value)
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        if isinstance(value, (dict, list)):
            yield from amounts(value)


def check_formulas(formulas, cached, fresh, found):
    """Cached and recalculated value of each formula; how many there were."""
    count = 0
    for sheet, cell in cells(formulas):
        if cell.data_type != "f":
            continue
        count += 1
        place = f"{sheet}!{cell.coordinate}"
        found.expect(KNOWN_FORMULA.fullmatch(cell.value), f"{place}: not our formula: {cell.value}")
        before = cached[sheet][cell.coordinate].value
        after = fresh[sheet][cell.coordinate].value
        found.expect(before is not None and before == after and type(before) is not bool,
                     f"{place}: {cell.value} has {before!r} cached and gives {after!r}")
    return count


def check_figures(formulas, cached, fresh, wanted, found):
    names = named_cells(formulas)
    for name, amount in wanted.items():
        if name not in names:
            found.expect(False, f"no cell is named {name}, which the JSON gives as {amount}")
            continue
        sheet, address = names[name]
        for book, kind in ((cached, "holds"), (fresh, "recalculates to")):
            value = book[sheet][address].value
            is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
            right = is_number and Decimal(repr(value)) == amount
            found.expect(right, f"{name} ({sheet}!{address}) {kind} {value!r}, the JSON says {amount}")


def check_texts(formulas, found):
    """Texts that begin like a formula are texts; how many there were."""
    count = 0
    for sheet, cell in cells(formulas):
        if cell.data_type == "s" and cell.value.startswith(FORMULA_LIKE):
            count += 1
        hostile = cell.data_type == "f" and re.search(r"HYPERLINK|WEBSERVICE|cmd\|", cell.value)
        found.expect(not hostile, f"{sheet}!{cell.coordinate}: a text became {cell.value}")
    return count


def verdict(book):
    place = named_cells(book).get("check")
    return book[place[0]][place[1]].value if place else None


def tampered(source, wanted, folder, found):
    """One figure changed by hand: the check must say so."""
    book = openpyxl.load_workbook(source)
    names = named_cells(book)
    candidates = [names[n] for n in wanted if n in names
                  and book[names[n][0]][names[n][1]].data_type == "n"]
    block = [cell.value for _, cell in cells(book) if cell.data_type == "f"]
    checked = [place for place in candidates
               if any(f"${place[1][0]}${place[1][1:]}" in formula for formula in block)]
    if not checked:
        return
    sheet, address = checked[0]
    book[sheet][address].value += 1
    path = folder / "tampered.xlsx"
    book.save(path)
    answer = verdict(recalculated(path, folder))
    found.expect(answer == DIFFERS, f"with {sheet}!{address} one too high the check says {answer!r}")


def check(workbook, sheet_json):
    found = Differences()
    wanted = dict(amounts(json.loads(sheet_json.read_text())))
    formulas = openpyxl.load_workbook(workbook)
    cached = openpyxl.load_workbook(workbook, data_only=True)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        bare = folder / "bare.xlsx"
        formulas.save(bare)  # openpyxl writes no cached values
        fresh = recalculated(bare, folder)
        count = check_formulas(formulas, cached, fresh, found)
        check_figures(formulas, cached, fresh, wanted, found)
        texts = check_texts(formulas, found)
        for book, kind in ((cached, "says"), (fresh, "recalculated says")):
            found.expect(verdict(book) == AGREES, f"the check {kind} {verdict(book)!r}")
        tampered(workbook, wanted, folder, found)
    found.expect(wanted, "the JSON has no amounts")
    found.expect(count > 0, "the workbook has no formulas")
    print(f"{workbook.name}: {count} formulas, {len(wanted)} figures, {texts} texts that look like "
          f"formulas, {found.compared} comparisons, {len(found.found)} differences")
    return found.found


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    differences = check(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]))
    for difference in differences:
        print(difference, file=sys.stderr)
    raise SystemExit(1 if differences else 0)


if __name__ == "__main__":
    main()
