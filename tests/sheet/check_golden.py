#!/usr/bin/env python3
"""A posted fact sheet in every format, as it was: check_golden.py PURSER

The story names no payee, whose salts are random, and its clock stands still, so every byte is
known. golden/ holds what people read of each format (pdf and workbook as text), and the SHA-256 of
the bytes themselves. UPDATE_GOLDEN=1 takes what came; review it with git diff.
"""

import difflib
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile

import openpyxl

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.purser import Purser, Verdict

GOLDEN = pathlib.Path(__file__).resolve().parent / "golden"
FORMATS = {"text": "txt", "markdown": "md", "html": "html", "csv": "csv", "json": "json",
           "xlsx": "xlsx", "pdf": "pdf"}
OVERVIEW = ("The second review of the security, stability and resiliency of the domain name system "
            "looks at how well the recommendations of the first review were carried out.")


def tell(purser):
    """A review of 1.25 million, with a refund that leaves a category below zero in its year."""
    for handle, role in (("carl", "chair"), ("sam", "support")):
        purser.do("user", "add", handle, "--role", role)
    purser.do("review", "open", "SSR2", "--name",
              "Second Security, Stability, and Resiliency Review", "--start", "2017-03-02",
              "--expected", "2018-03-01", "--on", "2017-03-02")
    purser.do("review", "set", "SSR2", "--chair", "Žarko Kecić", "--overview", OVERVIEW, "--wiki",
              "https://example.org/display/SSR2", "--input-address", "input-ssr2@example.org")
    for code, title in (("services", "Professional Services"), ("travel", "Travel"),
                        ("support", "ICANN Org Support")):
        purser.do("category", "add", "SSR2", code, title, "--on", "2017-03-02")
    for code, amount in (("services", "200000"), ("travel", "1050000")):
        purser.do("envelope", "grant", "SSR2", "--category", code, "--amount", amount, "--on",
                  "2017-03-15", "--why", "The Board sets it aside")
        purser.do("budget", "allot", "SSR2", "--fiscal-year", "FY17", "--category", code,
                  "--amount", str(int(amount) // 2), "--on", "2017-03-15")
    purser.do("commitment", "open", "SSR2", "--category", "travel", "--amount", "95000.50",
              "--for", "ICANN58 and Madrid", "--kind", "meeting", "--expected", "2017-07-15",
              "--on", "2017-03-15")
    for code, amount, day in (("travel", "36725.25", "2017-04-11"),
                              ("services", "3750.49", "2017-05-02"),
                              ("support", "812.00", "2017-06-20")):
        done = purser.ask("expense", "submit", "SSR2", "--category", code, "--amount", amount,
                          "--on", day, "--why", "As agreed", user="sam")
        purser.do("expense", "approve", done["id"], user="carl")
    purser.do("period", "close", "SSR2", "2017-06")
    purser.do("expense", "refund", "SSR2-E2", "--amount", "250.99", "--why", "Paid twice", "--on",
              "2017-07-10")
    purser.do("period", "close", "SSR2", "2017-07")


def publish(purser, number):
    sheet = f"SSR2-S{number}"
    purser.do("factsheet", "approve", sheet, "--on", "2017-09-05", user="carl")
    purser.do("factsheet", "post", sheet, "--on", "2017-09-10")


def cells(path):
    """A workbook as text: each cell with what it shows, and its formula."""
    lines = []
    values, formulas = (openpyxl.load_workbook(path, data_only=flag) for flag in (True, False))
    for sheet in formulas:
        lines.append(f"== {sheet.title}")
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None:
                    continue
                shown = values[sheet.title][cell.coordinate].value
                formula = f"  {cell.value}" if str(cell.value).startswith("=") else ""
                lines.append(f"{cell.coordinate}: {shown}{formula}")
    return "\n".join(lines) + "\n"


def readable(path):
    if path.suffix == ".pdf":
        return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True,
                              check=True).stdout
    return cells(path) if path.suffix == ".xlsx" else path.read_text()


def compare(verdict, name, came):
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN") == "1":
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(came)
    wanted = path.read_text() if path.exists() else ""
    difference = "".join(list(difflib.unified_diff(wanted.splitlines(True), came.splitlines(True),
                                                   f"golden/{name}", "came"))[:40])
    verdict.expect(wanted == came, f"{name} (UPDATE_GOLDEN=1 takes it):\n{difference}")


def main():
    verdict = Verdict()
    sums = []
    with tempfile.TemporaryDirectory(prefix="purser-golden-") as name:
        folder = pathlib.Path(name)
        purser = Purser(sys.argv[1], folder / "book.db", "2017-09-10T09:00:00.000Z")
        purser.do("init")
        tell(purser)
        purser.do("factsheet", "issue", "SSR2", "--as-of", "2017-06-30", "--on", "2017-08-01")
        publish(purser, 1)
        purser.do("review", "set", "SSR2", "--layout", "envelope")
        purser.do("factsheet", "issue", "SSR2", "--on", "2017-09-01")
        publish(purser, 2)
        for sheet in ("SSR2-S1", "SSR2-S2"):
            for format_name, ending in FORMATS.items():
                path = folder / f"{sheet}.{ending}"
                purser.do("factsheet", "show", sheet, "--format", format_name, "--output", path)
                sums.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n")
                text = ".txt" if ending in ("pdf", "xlsx") else ""
                compare(verdict, path.name + text, readable(path))
    compare(verdict, "SHA256SUMS", "".join(sums))
    verdict.finish("posted sheets in every format")


if __name__ == "__main__":
    main()
