#!/usr/bin/env python3
"""No price of a single contract leaks (DOMAIN 4.13), asked of the running server.

    check_prices.py PURSER

A book in which contracts of odd prices stand among meetings, with payments on them, over two fiscal
years. Then every report that the program names is asked for as chair, board, viewer and public, of
several days and instants, in every format: no answer may hold a price, and neither may the
difference or the sum of any two figures of all that one reader is given. Reports come from GET
/api/v1, pages from the router: a new one is in it by itself.

Between any two days that are asked of, several contracts of a row move together: that a total moved,
and by how much, everybody may see, for the sheets of two days print it.
"""

import html
import io
import itertools
import json
import re
import sys
import urllib.parse
import zipfile

from contracts_book import CATEGORIES, CONTRACTS, NOW, PAYEE, PAYMENTS, PROPOSED, SECRETS, \
    ContractsBook, money
from desk import SOURCE, Judge
from verbs import bearer, make_token

DAYS = ["2017-03-15", "2017-03-31", "2017-04-30", "2017-05-31", "2017-06-30", "2017-08-10"]
INSTANTS = ["2017-03-20T23:00:00Z", "2017-05-01T00:00:00Z", "2017-06-02T00:00:00Z"]


class Reader:
    """One who reads: all that they were given, and the figures in it."""

    def __init__(self, name, judge, may_see=()):
        self.name, self.judge = name, judge
        self.secrets = {**SECRETS, PROPOSED: "the price of SSR2-C10"}
        self.never = {**self.secrets, **PAYMENTS}
        for amount in may_see:
            self.secrets.pop(amount)
            self.never.pop(amount)
        self.figures = {}  # in cents: by which answer
        self.answers = 0
        self.words = re.compile("|".join(rf"(?P<a{amount}>(?<![\d,.]){forms(amount)}(?![\d,]|\.\d))"
                                         for amount in self.never))

    def takes(self, where, text):
        """An answer: what is in it by itself, and its figures for later."""
        self.answers += 1
        text = html.unescape(text)
        found = self.words.search(text)
        if found:
            what = self.never[int(found.lastgroup[1:])]
            around = text[max(0, found.start() - 80):found.end() + 20]
            self.judge(False, f"{self.name} is not shown {what}", where, around)
        self.judge(PAYEE not in text, f"{self.name} is told no payee", where)
        for figure in re.findall(r"(?<![\d.,])-?\d[\d,]*\.\d\d(?![\d])", text):
            self.adds(where, int(figure.replace(",", "").replace(".", "")))

    def takes_json(self, where, text):
        self.takes(where, text)
        for place, sums in sums_of(json.loads(text)):
            self.adds(f"{where} sum of {place}", sums)

    def adds(self, where, cents):
        self.figures.setdefault(abs(cents), where)

    def works_out(self):
        """Whether two figures tell a price."""
        for secret, what in self.secrets.items():
            for figure, where in self.figures.items():
                other = abs(figure - secret)
                if other in self.figures and other and figure:
                    told = f"{money(figure)} from {where}"
                    and_told = f"{money(other)} from {self.figures[other]}"
                    self.judge(False, f"{self.name} cannot work out {what}", told, and_told)
                    break
        self.judge(self.answers > 0, f"{self.name} reads")


def forms(cents):
    """Plain, grouped, in cents, and rounded to whole dollars."""
    whole = [cents // 100, (cents + 50) // 100]
    exact = [f"{cents // 100:,}", str(cents // 100)]
    rounded = {text for one in whole for text in (f"{one:,}", str(one))}
    return ("(?:" + "|".join(rf"{re.escape(one)}\.{cents % 100:02}" for one in exact) + f"|{cents}|"
            + "|".join(map(re.escape, sorted(rounded))) + ")")


def sums_of(value, place=""):
    """Each column of each table, added up without its total."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from sums_of(inner, f"{place}.{name}")
    elif isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        rows = [one for one in value if not {"total", "Total"} & set(map(str, one.values()))]
        for column in {name for one in rows for name in one}:
            amounts = [one.get(column) for one in rows]
            cents = [int(a.replace(".", "")) for a in amounts
                     if isinstance(a, str) and re.fullmatch(r"-?\d+\.\d\d", a)]
            if len(cents) > 1:
                yield f"{place}.{column}", sum(cents)
        for one in value:
            yield from sums_of(one, place)


# What the words and options of a verb can be here. A verb that takes another is refused below,
# until somebody says what it is.
WORDS = {"key": ["SSR2"], "month": ["2017-08"], "sheet": ["SSR2-S1", "SSR2-S2"],
         "sheet2": ["SSR2-S3", "SSR2-S4"], "meeting": ["MADRID"], "name": ["ssr2.log"]}
CODES = {"meeting": ["MADRID"], "work-item": ["WS1"]}
DOCUMENTS = {"expense": [f"SSR2-E{n}" for n in range(1, 14)],
             "commitment": [f"SSR2-C{n}" for n in range(1, 11)], "request": ["SSR2-R1"],
             "member": ["SSR2-M1"], "milestone": ["SSR2-T1"], "payee": ["SSR2-P1"]}
COLUMNS = ["fy_approved", "fy_spent", "fy_committed", "fy_remaining", "spent_to_date",
           "spent_and_committed_to_date"]
WHAT_IF = [{"meeting": "X", "amount": amount, "expected": "2017-09-05", "category": code}
           for code in CATEGORIES for amount in ("1", "9999999")]


def addresses_of(verb):
    """Its address with every word that it can have here; and the sheets a show of one takes."""
    noun = verb["path"].split("/")[3]
    names = re.findall(r"\{([^}]*)\}", verb["path"])
    choices = []
    for name in names:
        if name == "id":
            choices.append(DOCUMENTS[noun])
        elif name == "code":
            choices.append(CODES[noun])
        elif (noun, name) == ("factsheet", "key") and verb["path"].endswith("show/{key}"):
            choices.append(["SSR2", *(f"SSR2-S{n}" for n in range(1, 5))])
        else:
            choices.append(WORDS[name])
    for words in itertools.product(*choices):
        address = verb["path"].removeprefix("/api/v1")
        for name, word in zip(names, words):
            address = address.replace("{" + name + "}", word)
        yield address


def moments_of(takes):
    if "as_of" in takes:
        for day in DAYS:
            yield {"as_of": day}
    if "known_at" in takes:
        for instant in INSTANTS:
            yield {"known_at": instant}
            if "as_of" in takes:
                yield {"known_at": instant, "as_of": "2017-04-30"}


def asked_of(verb, address):
    """The queries of a report: of every moment, and by every condition."""
    takes = {one["name"]: one for one in verb["takes"]}
    noun = address.split("/")[1]
    if re.search(r"-S\d$", address):
        yield {}
        return
    if "row" in takes:
        for row, column in itertools.product([*CATEGORIES, "total"], COLUMNS):
            for day in DAYS[1:4] if "as_of" in takes else [None]:
                yield {"row": row, "column": column, **({"as_of": day} if day else {})}
        return
    needed = {"from": "2017-03-15"} if takes.get("from", {}).get("needed") else {}
    yield needed
    for moment in moments_of(takes):
        yield {**needed, **moment}
    if "from" in takes:
        for day, end in zip(DAYS, DAYS[1:]):
            yield {"from": day, **({"to": end} if "to" in takes else {})}
    if "category" in takes and noun != "forecast":
        for code in CATEGORIES:
            yield {**needed, "category": code}
    if noun == "forecast":
        yield from WHAT_IF
    for name, texts in (("meeting", ["MADRID"]), ("work_item", ["WS1"]), ("fiscal_year", ["FY17", "FY18"]),
                        ("text", ["promise"]),
                        ("act", ["expense", "commitment"]), ("id", CONTRACTS), ("commitment", CONTRACTS),
                        ("after", CONTRACTS), ("grant", ["1"])):
        if name in takes and noun in ("register", "expense", "request"):
            for text in texts:
                yield {**needed, name: text}


def query_of(fields):
    return "?" + urllib.parse.urlencode(fields) if fields else ""


def text_of(page):
    """What stands in a file, a workbook unpacked."""
    if not page.bytes.startswith(b"PK"):
        return page.text
    with zipfile.ZipFile(io.BytesIO(page.bytes)) as book:
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


FORMATS = ["text", "markdown", "html", "csv", "json", "xlsx", "pdf"]


def formats_of(desk):
    """As the program says them itself, in the help of any report."""
    said = desk.run("finance", "status", "--help").stdout
    line = re.search(r"--format.*", said)[0]
    return [name for name in FORMATS if name in line]


def pages_of(address, fields):
    """The same for a browser."""
    return address + query_of({name.replace("_", "-"): text for name, text in fields.items()})


class Asker:
    def __init__(self, desk, user):
        self.desk, self.visitor = desk, desk.sign_in(user)
        self.token = make_token(self.visitor, "write", until="2017-09-01")
        self.program = desk.visitor()

    def json(self, address, fields):
        return self.program.get("/api/v1" + address + query_of(fields), bearer(self.token))

    def act(self, address, fields):
        headers = {**bearer(self.token), "Content-Type": "application/json"}
        return self.program.send("POST", "/api/v1" + address, json.dumps(fields), headers)


def reads_reports(who, reader, verbs, formats, everything):
    """Every report as a program gets it; the first answer of each in every format, and as a page.
    One whose role has the same audience as another's is asked for the first answers only."""
    for verb in verbs:
        for address in addresses_of(verb):
            queries = list(asked_of(verb, address))
            for number, fields in enumerate(queries if everything else queries[:1]):
                where = address + query_of(fields)
                page = who.json(address, fields)
                reader.judge(page.status in (200, 400, 422), f"{where} is answered", page.text)
                if page.status == 200 and verb["answers"] == "json":
                    reader.takes_json(where, page.text)
                else:
                    reader.takes(where, page.text)
                if number in (0, 2) and page.status == 200:
                    reads_files(who, reader, verb, address, fields, formats if everything else [])


def reads_files(who, reader, verb, address, fields, formats):
    where = address + query_of(fields)
    reader.takes("page " + where, who.visitor.get(pages_of(address, fields)).text)
    for one in formats if verb["answers"] == "json" else []:
        file = who.visitor.get(pages_of(address, {**fields, "format": one}))
        reader.takes(f"{one} {where}", text_of(file))


def reads_pages(who, reader):
    """The pages of the router that are no verb, and the forms."""
    source = (SOURCE / "src/app/web/router.cpp").read_text()
    for path in re.findall(r'\{"GET", "([^"]*)", Door::', source):
        if not path.endswith("*") and "FILE" not in path and "/api/" not in path:
            target = path.replace("KEY", "SSR2")
            reader.takes(target, who.visitor.get(target).text)


def reads_forms(who, reader, verbs):
    for verb in verbs:
        noun = verb["path"].split("/")[3]
        target = re.sub(r"/\{(?!key|id|sheet).*", "", verb["path"].removeprefix("/api/v1"))
        target = target.replace("{key}", "SSR2").replace("{sheet}", "SSR2-S4")
        target = target.replace("{id}", DOCUMENTS.get(noun, ["SSR2-E1"])[-1])
        reader.takes("form " + target, who.visitor.get(target).text)


def is_refused(who, reader):
    """What a chair does in vain, told with the compared totals."""
    page = who.act("/commitment/confirm/SSR2-C10", {"amount": "9999999.00"})
    reader.judge(page.status == 422, "a price over the envelope is refused", page.text)
    reader.takes("confirm", page.text)


def reads_published(desk, reader):
    """What the public looks at, and all that leads on from there."""
    visitor = desk.visitor()
    seen, left = set(), ["/public/SSR2"]
    while left:
        address = left.pop()
        if address in seen:
            continue
        seen.add(address)
        page = visitor.get(address)
        reader.takes(address, text_of(page))
        for link in re.findall(r'href="(/public/[^"#?]*)"', page.text):
            left.append(html.unescape(link))
    reader.judge(len(seen) > 10, "the public finds sheets and data", *seen)


def asked_for_others(desk, readers, verbs):
    """--audience of who holds the book: no report forgets it."""
    for verb in verbs:
        if verb["answers"] != "json":
            continue
        for address in addresses_of(verb):
            words = address.strip("/").split("/")
            fields = next(iter(asked_of(verb, address)))
            options = [text for name, one in fields.items()
                       for text in ("--" + name.replace("_", "-"), one)]
            for audience, reader in readers.items():
                done = desk.said_to("--audience", audience, *words, *options, "--json")
                reader.takes(f"--audience {audience} " + " ".join(words), done)
            if verb["path"].endswith(("{id}", "{sheet}")):
                break  # one document of each kind


def cannot_ask_by_size(who, verbs, judge):
    """Neither filters, order nor controls answer by what is not shown."""
    for cents in SECRETS:
        page = who.json("/register/SSR2", {"min": money(cents), "max": money(cents)})
        judge(json.loads(page.text)["register"] == [], "no entry is found by a price", page.text)
    page = who.json("/register/SSR2", {"text": PAYEE})
    judge(json.loads(page.text)["register"] == [], "no entry is found by a payee", page.text)
    judge(who.json("/register/SSR2", {"payee": PAYEE}).status == 422, "nor asked for by one")
    for verb in verbs:
        names = {one["name"] for one in verb["takes"]}
        if "sort" not in names or not verb["path"].split("/")[3] in ("commitments", "register", "expense"):
            continue
        address = verb["path"].removeprefix("/api/v1").replace("{key}", "SSR2")
        for column in ("amount", "rest", "used", "spent", "committed"):
            up, down = (who.json(address, {"sort": sign + column}) for sign in ("", "-"))
            if up.status != 200:
                continue
            lists = [[row for row in table if row.get(column, 0) is None]
                     for page in (up, down) for table in [first_table(json.loads(page.text))]]
            judge(lists[0] == lists[1], f"{address} sorts by no {column} that it does not show")
    told = set()
    for amount in ("100", "150000", "163000", "165000", "169000", "185000", "195000"):
        page = who.json("/forecast/SSR2", {**WHAT_IF[0], "amount": amount})
        section = json.loads(page.text)["what_if"]
        told.add((section["stopped_by"], tuple(section["warnings"])))
    judge(len(told) == 1, "a what-if does not feel its way to what is free of a merged row", told)


def first_table(answer):
    return next(value for value in answer.values()
                if isinstance(value, list) and value and isinstance(value[0], dict))


def main():
    judge = Judge()
    with ContractsBook(sys.argv[1], now=NOW) as desk:
        people = {role: Asker(desk, role) for role in ("chair", "board", "viewer")}
        verbs = json.loads(people["chair"].program.get(
            "/api/v1", bearer(people["chair"].token)).text)["verbs"]
        reads = [verb for verb in verbs if verb["method"] == "GET"]
        acts = [verb for verb in verbs if verb["method"] == "POST"]
        formats = formats_of(desk)
        readers = {"chair": Reader("chair", judge, [PROPOSED]),
                   "board": Reader("board", judge, [PROPOSED]), "viewer": Reader("viewer", judge),
                   "public": Reader("public", judge)}
        for role, who in people.items():
            reader = readers[role]
            reads_pages(who, reader)
            reads_reports(who, reader, reads, formats, everything=role == "chair")
        reads_forms(people["chair"], readers["chair"], acts)
        is_refused(people["chair"], readers["chair"])
        reads_published(desk, readers["public"])
        asked_for_others(desk, {name: readers[name] for name in ("chair", "public")}, reads)
        cannot_ask_by_size(people["chair"], reads, judge)
        for reader in readers.values():
            reader.works_out()
    for reader in readers.values():
        print(f"{reader.name}: {reader.answers} answers, {len(reader.figures)} figures")
    return judge.end(at_least=1000)


if __name__ == "__main__":
    sys.exit(main())
