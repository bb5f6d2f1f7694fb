#!/usr/bin/env python3
"""The workbook of SSR2's fact sheet holds the ledger's figures, judged by other people's programs.

    check_workbook.py PURSER

Loads the fixture, writes the sheet of 31 March 2017 as JSON and, twice, as a workbook: the same
bytes. Charts show the cells of the figures. Then check.py has LibreOffice recalculate it and openpyxl compare it with the JSON.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import openpyxl

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import charts
import check
from support.purser import SOURCE, Purser, Verdict

DAY = "2017-03-31"
SHEETS = ["Fact sheet", "People", "Milestones", "Register", "Commitments", "Requests", "Definitions"]


def main():
    verdict = Verdict()
    with tempfile.TemporaryDirectory(prefix="purser-workbook-") as name:
        folder = pathlib.Path(name)
        purser = Purser(sys.argv[1], folder / "ssr2.db")
        load = subprocess.run([SOURCE / "fixtures/ssr2/load", purser.program, purser.book],
                              capture_output=True, text=True, cwd=folder, check=False)
        if load.returncode != 0:
            raise SystemExit(f"fixtures/ssr2/load failed: {load.stdout}{load.stderr}")
        sheet = folder / f"SSR2-{DAY}.json"
        show = ("factsheet", "show", "SSR2", "--as-of", DAY)
        sheet.write_text(purser.do(*show, "--format", "json", user="finance"), encoding="utf-8")
        workbooks = [folder / "SSR2.xlsx", folder / "again.xlsx"]
        for workbook in workbooks:
            purser.do(*show, "--format", "xlsx", "--output", workbook, user="finance")
        bytes_of = [workbook.read_bytes() for workbook in workbooks]
        verdict.expect(bytes_of[0] == bytes_of[1], "the same sheet gave different bytes")
        rows = json.loads(sheet.read_text())["financial"]["rows"]
        verdict.expect(any(row["category"] == "total" for row in rows), "the JSON has no total")
        names = openpyxl.load_workbook(workbooks[0]).sheetnames
        verdict.expect(names == SHEETS, f"the worksheets are {names}")
        charts.check(workbooks[0], json.loads(sheet.read_text()), verdict)
        for difference in check.check(workbooks[0], sheet):
            verdict.expect(False, difference)
    verdict.finish(f"the workbook of {DAY}, {len(bytes_of[0])} bytes, twice the same")


if __name__ == "__main__":
    main()
