#!/usr/bin/env python3
"""Foreign judges of the fact sheet, for drafts and for each state of numbered ones.

    check_judges.py PURSER

The json is valid against schemas/fact_sheet.schema.json (and what is wrong is not), qpdf finds no
fault in the pdf, its fonts are embedded and poppler reads the same figures from it as stand in the
json, tidy finds no fault in the html, a page that is made twice has the same bytes, and a list of
several pages repeats its head.
"""

import copy
import decimal
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.purser import AWKWARD_NAME, SOURCE, Purser, Verdict, expense_file, tell_story

# HTML has groups in its lists of terms (<dl><div><dt>) since tidy 5.6 was made; an empty cell is no
# fault.
GROUPED = re.compile(r"(missing|inserting implicit) </?(dd|dl|div)>|trimming empty <span>")
LONG = "Competition, Consumer Trust and Consumer Choice in a Category Whose Title Is Very Long"


def call(*words):
    return subprocess.run([*map(str, words)], capture_output=True, text=True, check=False,
                          timeout=120)


def whole(amount):
    """1234.50 as the sheet prints it: whole units, a half away from zero, "$ -" for none."""
    units = int(decimal.Decimal(amount).quantize(0, decimal.ROUND_HALF_UP))
    if units == 0:
        return "$ -"
    return f"$ {units:,}" if units > 0 else f"$ ({-units:,})"


class Sheets:
    def __init__(self, purser, folder, verdict):
        self.purser = purser
        self.folder = folder
        self.verdict = verdict
        schema = json.loads((SOURCE / "schemas/fact_sheet.schema.json").read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        self.schema = jsonschema.Draft202012Validator(schema)

    def file(self, what, ending, *words):
        path = self.folder / f"sheet.{ending}"
        path.unlink(missing_ok=True)
        self.purser.do("factsheet", "show", what, "--output", path, *words)
        return path

    def faults(self, sheet):
        return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}"
                for e in self.schema.iter_errors(sheet)]

    def judge(self, what, *words):
        name = " ".join(map(str, (what, *words)))
        sheet = json.loads(self.file(what, "json", *words).read_text())
        faults = self.faults(sheet)
        self.verdict.expect(not faults, f"{name}: the json is not valid: {faults[:3]}")
        self.judge_pdf(name, sheet, self.file(what, "pdf", *words))
        html = self.file(what, "html", *words)
        tidy = call("tidy", "-errors", "-quiet", "-utf8", html)
        says = [line for line in tidy.stderr.splitlines() if not GROUPED.search(line)]
        self.verdict.expect(not says, f"{name}: tidy says {says[:5]}")
        return sheet

    def judge_pdf(self, name, sheet, pdf):
        checked = call("qpdf", "--check", pdf)
        self.verdict.expect(checked.returncode == 0, f"{name}: qpdf says {checked.stderr[:600]}")
        fonts = call("pdffonts", pdf).stdout.splitlines()[2:]
        embedded = [re.search(r" (yes|no) +(yes|no) +(yes|no) +\d+ +\d+$", line) for line in fonts]
        self.verdict.expect(fonts and all(e and e[1] == "yes" for e in embedded),
                            f"{name}: not every font is embedded: {fonts}")
        self.verdict.expect(all("Noto" in line for line in fonts),
                            f"{name}: a font that nobody chose: {fonts}")
        text = "".join(call("pdftotext", "-layout", pdf, "-").stdout.split())
        mark = sheet.get("mark", "")
        self.verdict.expect("".join(mark.split()) in text, f"{name}: no '{mark}' in the pdf")
        self.verdict.expect(sheet["ledger"]["head"] in text, f"{name}: no head in the pdf")
        for row in sheet["financial"]["rows"]:
            figures = [whole(value) for key, value in row.items()
                       if key not in ("category", "title") and value is not None]
            self.verdict.expect("".join(figures).replace(" ", "") in text,
                                f"{name}: the pdf lacks {row['title']} {figures}")

    def mend(self, sheet):
        """What is wrong is not valid: the schema can fail."""
        def broken(change):
            wrong = copy.deepcopy(sheet)
            change(wrong)
            self.verdict.expect(self.faults(wrong), f"the schema lets pass: {change.__doc__}")

        def extra(wrong):
            """a member more"""
            wrong["more"] = 1

        def number(wrong):
            """an amount that is a number"""
            wrong["financial"]["rows"][0]["fy_spent"] = 1.5

        def missing(wrong):
            """no head"""
            del wrong["ledger"]["head"]

        def other(wrong):
            """rows of the other layout"""
            wrong["layout"] = "envelope"

        def draft(wrong):
            """a draft with a number"""
            wrong["state"] = "draft"

        def undecided(wrong):
            """posted and never decided"""
            wrong["decided_on"] = None

        for change in (extra, number, missing, other, draft, undecided):
            broken(change)


def states(sheets, purser):
    purser.do("factsheet", "due", "SSR2", "--financials", "2017-03-31", "--target", "2017-05-10",
              "--revised", "2017-05-21")
    purser.do("factsheet", "issue", "SSR2")
    purser.do("factsheet", "issue", "SSR2", "--as-of", "2017-03-15")
    purser.do("factsheet", "approve", "SSR2-S1", user="carl")
    purser.do("factsheet", "post", "SSR2-S1", "--on", "2017-07-15")
    purser.do("factsheet", "issue", "SSR2")
    purser.do("factsheet", "withhold", "SSR2-S3", "--why", f"{AWKWARD_NAME} <b>&", user="carl")
    for state in ("issued", "approved", "posted"):
        sheet = sheets.judge("SSR2-S1", "--state", state)
        sheets.verdict.expect((sheet["number"], sheet["state"]) == ("SSR2-S1", state), "its state")
    sheets.mend(sheet)
    sheets.judge("SSR2-S2")
    sheets.judge("SSR2-S3")


def shapes(sheets, purser):
    """Other reviews: nothing in it, no fiscal budgets, the other layout, long titles, millions."""
    purser.do("review", "open", "CCT", "--name", LONG, "--start", "2017-03-02", "--expected",
              "2017-03-02", "--fiscal-budget", "off")
    sheets.judge("CCT")
    purser.do("category", "add", "CCT", "long", LONG)
    purser.do("category", "add", "CCT", "none", "Nothing at all")
    purser.do("review", "set", "CCT", "--overview", f"{LONG}. " * 12, "--wiki",
              "https://example.org/" + "a/long/way/" * 12)
    purser.do("envelope", "grant", "CCT", "--category", "long", "--amount", "37000000.51",
              "--on", "2017-03-15", "--why", "much")
    sheets.judge("CCT")
    sheets.judge("CCT", "--as-of", "2016-01-01")
    purser.do("review", "set", "CCT", "--layout", "envelope")
    purser.do("period", "close", "CCT", "2017-03")
    purser.do("factsheet", "issue", "CCT")
    sheets.judge("CCT-S1")
    sheets.judge("CCT", "--known-at", purser.now)


def long_list(purser, folder, verdict):
    """A list of several pages repeats its head and counts its pages."""
    rows = folder / "rows.csv"
    expense_file(rows, 120, "2017-04-03", 80)
    purser.do("expense", "import", "SSR2", rows, "--approved-by", "carl")
    pdf = folder / "register.pdf"
    purser.do("register", "SSR2", "--output", pdf)
    pages = call("pdftotext", "-layout", pdf, "-").stdout.split("\f")[:-1]
    verdict.expect(len(pages) > 2, f"a register of {len(pages)} pages")
    for number, page in enumerate(pages, start=1):
        words = page.split()
        verdict.expect("Payee" in words and "Requested" in words, f"page {number} has no head")
        verdict.expect(page.rstrip().endswith(f"{number} / {len(pages)}")
                       or page.rstrip().endswith(f"{number}/{len(pages)}"),
                       f"page {number} is not numbered: {page.rstrip()[-40:]}")


def main():
    verdict = Verdict()
    with tempfile.TemporaryDirectory(prefix="purser-sheet-") as name:
        folder = pathlib.Path(name)
        purser = Purser(sys.argv[1], folder / "book.db")
        tell_story(purser)
        sheets = Sheets(purser, folder, verdict)
        sheets.judge("SSR2")
        first = sheets.file("SSR2", "pdf").read_bytes()
        verdict.expect(first == sheets.file("SSR2", "pdf").read_bytes(), "the pdf made twice")
        states(sheets, purser)
        shapes(sheets, purser)
        long_list(purser, folder, verdict)
    verdict.finish("judges of the sheet")


if __name__ == "__main__":
    main()
