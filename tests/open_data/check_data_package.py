#!/usr/bin/env python3
"""The data package is valid, says what status says, and gives nothing away.

    check_data_package.py PURSER

Reviews of several kinds are exported: over two fiscal years, without fiscal budgets, in yen, and
empty. Each package is judged by a JSON Schema of the specification's rules, its tables by their
own descriptor, their sums by status --json. Then: nothing of documents, payees and contracts is in
it, the same book gives the same bytes, and a folder is replaced whole or not at all.
"""

import csv
import datetime
import decimal
import hashlib
import io
import json
import pathlib
import re
import sys
import tempfile

import jsonschema

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.purser import Purser, Verdict

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = json.loads((HERE / "fiscal_data_package.schema.json").read_text())
CHECKER = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
PARSE = {  # a cell as its field's type reads it; what is no such value raises
    "string": str,
    "integer": int,
    "number": decimal.Decimal,
    "date": datetime.date.fromisoformat,
}
SECRETS = ["Hotel Example", "V-77", "Jane Traveller", "Gap analysis", "12345.67", "sam"]


def build(purser):
    """SSR2 over two fiscal years, PLAIN without fiscal budgets, JP in yen, NEW with nothing."""
    purser.do("init")
    purser.do("user", "add", "carl", "--role", "chair")
    purser.do("user", "add", "sam", "--role", "support")

    def opened(key, *more):
        purser.do("review", "open", key, "--name", f'{key}: "a review", of Žarko', "--start",
                  "2017-03-02", "--expected", "2018-03-01", "--on", "2017-03-02", *more)
        purser.do("category", "add", key, "services", "=Services, \"experts\"", "--on", "2017-03-02")
        purser.do("category", "add", key, "travel", "Travel", "--on", "2017-03-02")

    def act(key, noun, verb, amount, on, *more, category="travel", user="ann"):
        return purser.ask(noun, verb, key, "--category", category, "--amount", amount, "--on", on,
                          *more, user=user)["id"]

    def spend(key, amount, on, *more, category="travel"):
        expense = act(key, "expense", "submit", amount, on, "--why", "Jane Traveller", "--payee",
                      "Hotel Example", *more, category=category, user="sam")
        purser.do("expense", "approve", expense, user="carl")

    opened("SSR2")
    act("SSR2", "envelope", "grant", "200000", "2017-03-15", "--why", "Board", category="services")
    act("SSR2", "envelope", "grant", "350000", "2017-03-15", "--why", "Board")
    act("SSR2", "envelope", "grant", "5000.50", "2017-08-01", "--why", "more")
    act("SSR2", "budget", "allot", "50000", "2017-03-15", "--fiscal-year", "FY17",
        category="services")
    act("SSR2", "budget", "allot", "120000", "2017-03-15", "--fiscal-year", "FY17")
    act("SSR2", "budget", "allot", "10000", "2017-05-02", "--fiscal-year", "FY17")
    act("SSR2", "commitment", "open", "12345.67", "2017-04-01", "--for", "Gap analysis", "--kind",
        "contract", "--expected", "2017-09-01", category="services")
    spend("SSR2", "8200.75", "2017-03-20", "--invoice", "V-77")
    spend("SSR2", "99.99", "2017-06-30")
    purser.do("period", "close", "SSR2", "2017-06")
    act("SSR2", "budget", "allot", "60000", "2017-07-03", "--fiscal-year", "FY18")
    spend("SSR2", "1000", "2017-08-02")
    purser.do("expense", "refund", "SSR2-E1", "--amount", "200.05", "--why", "early leave", "--on",
              "2017-08-03")
    purser.do("period", "close", "SSR2", "2017-08")

    opened("PLAIN", "--fiscal-budget", "off")
    act("PLAIN", "envelope", "grant", "1000", "2017-03-15", "--why", "Board")
    spend("PLAIN", "1.01", "2017-03-20")
    purser.do("period", "close", "PLAIN", "2017-03")

    opened("JP", "--currency", "JPY")
    act("JP", "envelope", "grant", "7000000", "2017-03-15", "--why", "Board")
    act("JP", "budget", "allot", "7000000", "2017-03-15", "--fiscal-year", "FY17")
    spend("JP", "1234", "2017-03-20")
    purser.do("period", "close", "JP", "2017-03")

    opened("NEW")
    purser.do("period", "close", "NEW", "2017-03")


def tables_of(verdict, folder, descriptor):
    """The rows of each resource, typed by its descriptor."""
    tables = {}
    listed = {resource["path"] for resource in descriptor["resources"]} | {"datapackage.json"}
    verdict.expect({file.name for file in folder.iterdir()} == listed,
                   f"{folder} holds other files than its descriptor names")
    for resource in descriptor["resources"]:
        place = f"{folder.name}/{resource['path']}"
        content = (folder / resource["path"]).read_bytes()
        verdict.expect(len(content) == resource["bytes"], f"{place} has other bytes")
        digest = "sha256:" + hashlib.sha256(content).hexdigest()
        verdict.expect(digest == resource["hash"], f"{place} has another hash")
        schema = resource["schema"]
        fields = schema["fields"]
        lines = list(csv.reader(io.StringIO(content.decode(resource["encoding"]), newline=""),
                                strict=True))
        verdict.expect(lines[0] == [field["name"] for field in fields], f"{place}: the header")
        rows = []
        for line in lines[1:]:
            verdict.expect(len(line) == len(fields), f"{place}: {line} has other columns")
            row = {}
            for field, cell in zip(fields, line):
                missing = cell in schema["missingValues"]
                row[field["name"]] = None if missing else PARSE[field["type"]](cell)
            rows.append(row)
        key = schema.get("primaryKey", [])
        names = [tuple(row[column] for column in key) for row in rows]
        verdict.expect(not key or len(set(names)) == len(names), f"{place}: a key twice")
        verdict.expect(all(None not in name for name in names), f"{place}: a key is missing")
        tables[resource["name"]] = rows
    return tables


def check_model(verdict, descriptor):
    """What the model and the normal form name are columns that are there."""
    fields = {resource["name"]: {field["name"]: field for field in resource["schema"]["fields"]}
              for resource in descriptor["resources"]}
    model = descriptor["model"]
    named = list(model["measures"].values())
    for dimension in model["dimensions"].values():
        named += dimension["attributes"].values()
        verdict.expect(set(dimension["primaryKey"]) <= set(dimension["attributes"]),
                       "a dimension's key is none of its attributes")
        for attribute in dimension["attributes"].values():
            verdict.expect(attribute.get("labelfor", dimension["primaryKey"][0]) in
                           dimension["attributes"], "a label is for nothing")
    for one in named:
        verdict.expect(one["source"] in fields[one["resource"]], f"the model names {one}")
    phases = {one["phase"] for one in model["measures"].values()}
    verdict.expect(phases == {"approved", "adjusted", "executed"}, f"the phases are {phases}")
    for resource in descriptor["resources"]:
        extra = {field["name"] for field in resource["schema"].get("extraFields", [])}
        for field in resource["schema"]["fields"]:
            verdict.expect(set(field.get("normalize", {})) <= extra,
                           f"{field['name']} names a field that is not declared")


def amount(text):
    return None if text is None else decimal.Decimal(text)


def check_sums(verdict, purser, key, day, tables):
    """Every figure is the one that status tells of that day."""
    status = purser.ask("status", key, "--as-of", day)
    for row in status["categories"]:
        [line] = [one for one in tables["envelope"] if one["category"] == row["code"]]
        place = f"{key}, {row['code']}"
        verdict.expect(line["adjusted"] == amount(row["approved"]), f"{place}: adjusted")
        verdict.expect(line["executed"] == amount(row["spent"]), f"{place}: executed")
        decided = sum(one["amount"] for one in tables["decisions"]
                      if one["category"] == row["code"] and one["fiscal_year"] is None)
        verdict.expect(decided == line["adjusted"], f"{place}: decisions make {decided}")
        spent = sum(one["executed"] for one in tables["budget"] if one["category"] == row["code"])
        verdict.expect(spent == line["executed"], f"{place}: the years' spending makes {spent}")
    for one in tables["budget"]:
        of_year = purser.ask("status", key, "--as-of", one["date"])["fiscal_year"]
        verdict.expect(of_year["name"] == f"FY{one['fiscal_year'] % 100:02}", f"{key}: {one}")
        [row] = [row for row in of_year["categories"] if row["code"] == one["category"]]
        place = f"{key}, {one['category']}, {of_year['name']}"
        verdict.expect(one["adjusted"] == amount(row["approved"]), f"{place}: adjusted")
        verdict.expect(one["executed"] == amount(row["spent"]), f"{place}: executed")


def check_package(verdict, purser, folder, key, day):
    place = folder / key
    purser.do("export", key, "--format", "data-package", "--output", place)
    text = (place / "datapackage.json").read_text(encoding="utf-8")
    descriptor = json.loads(text)
    for error in CHECKER.iter_errors(descriptor):
        verdict.expect(False, f"{key}: {list(error.absolute_path)}: {error.message}")
    tables = tables_of(verdict, place, descriptor)
    check_model(verdict, descriptor)
    check_sums(verdict, purser, key, day, tables)
    for file in place.iterdir():
        held = [word for word in SECRETS
                if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", file.read_text("utf-8"))]
        verdict.expect(not held, f"{file} holds {held}")
    head = purser.ask("verify", key)
    said = descriptor["ledger"]
    verdict.expect(f"{said['events']}:{said['head']}" in json.dumps(head).replace('", "', ":")
                   or said["head"] in json.dumps(head), f"{key}: the head is not {said}")
    verdict.expect(said["as_of"] == day == descriptor["fiscalPeriod"]["end"], f"{key}: {said}")
    return tables


def check_folders(verdict, purser, folder):
    def export(place, *more):
        return purser.run("export", "SSR2", "--format", "data-package", "--output", place, *more)

    def content(place):
        return {file.name: file.read_bytes() for file in sorted(place.iterdir())}

    place = folder / "SSR2"
    before = content(place)
    verdict.expect(export(f"{place}/").returncode == 0, "an earlier package is not replaced")
    verdict.expect(content(place) == before, "the same book gave other bytes")
    verdict.expect(export(place, "--as-of", "2017-03-31").returncode == 0, "an earlier day")
    verdict.expect(content(place) != before, "an earlier day gave the same figures")
    verdict.failed(export(place, "--as-of", "2017-09-01"), 1, "closed through 2017-08-31")
    verdict.failed(export(folder / "PLAIN"), 2, "holds something else")
    other = folder / "other"
    other.mkdir()
    verdict.expect(export(other).returncode == 0, "an empty folder is refused")
    (place / "notes.txt").write_text("mine")
    verdict.failed(export(place), 2, "holds something else: notes.txt")
    verdict.failed(export(folder / "none/here"), 2, "cannot be written")
    (folder / "file").write_text("mine")
    verdict.failed(export(folder / "file"), 2, "is a file")
    verdict.failed(purser.run("export", "SSR2", "--format", "data-package"), 2, "--output")
    left = [one.name for one in folder.iterdir() if re.search(r"\.\w{6}$|\.old$", one.name)]
    verdict.expect(not left, f"temporary folders are left: {left}")
    verdict.expect((place / "notes.txt").read_text() == "mine", "a file of others is gone")


def main():
    verdict = Verdict()
    with tempfile.TemporaryDirectory(prefix="purser-open-data-") as name:
        folder = pathlib.Path(name)
        purser = Purser(sys.argv[1], folder / "book.db", now="2017-09-15T09:00:00.000Z")
        build(purser)
        ssr2 = check_package(verdict, purser, folder, "SSR2", "2017-08-31")
        verdict.expect([(str(one["date"]), one["fiscal_year"], one["category"], one["approved"],
                         one["adjusted"], one["executed"]) for one in ssr2["budget"]][1] ==
                       ("2017-06-30", 2017, "travel", 120000, 130000, amount("8300.74")),
                       f"FY17 of Travel is {ssr2['budget']}")
        plain = check_package(verdict, purser, folder, "PLAIN", "2017-03-31")
        verdict.expect(all(one["adjusted"] is None for one in plain["budget"]),
                       "a year has a budget where there are none")
        check_package(verdict, purser, folder, "JP", "2017-03-31")
        verdict.expect(check_package(verdict, purser, folder, "NEW", "2017-03-31")["budget"] == [],
                       "a review without money has a budget")
        check_folders(verdict, purser, folder)
    verdict.finish("four data packages")


if __name__ == "__main__":
    main()
