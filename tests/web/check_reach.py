#!/usr/bin/env python3
"""Nobody reaches what is not theirs: by no method, by no id of another review, in no field.

    check_reach.py PURSER

Every address for programs is asked by every role, by every method. Then somebody who has all roles
in one review, and none in the other, asks for each document of the other: in addresses and in the
fields of their own acts, by page and by program. Whether a document is there makes no difference to
what they are told. After each request the log is what it was.
"""

import json
import pathlib
import re
import sqlite3
import sys
import urllib.parse

from check_roles import NOW, PARTS, PEOPLE, Asker, prepare, routes
from desk import PASSWORD, Desk, Judge
from verbs import ACTS, as_form, bearer, filled, index, make_token, name_of, needed_fields, rows

REFUSED = ("PUT", "DELETE", "PATCH", "OPTIONS")
# Of the review that is none of theirs: what is there, and the same that is not.
THERE = {"expense": "SSR2-E7", "commitment": "SSR2-C1", "request": "SSR2-R1", "member": "SSR2-M1",
         "milestone": "SSR2-T1", "payee": "SSR2-P1", "sheet": "SSR2-S1", "review": "SSR2",
         "meeting": "MADRID", "work item": "WS1"}
GONE = {kind: name + "777" for kind, name in THERE.items()} | {
    "review": "ZZZ9", "meeting": "NOWHERE", "work item": "WS777"}
# Names and figures of its fixture, which no answer to an outsider may hold.
SECRET = re.compile(r"Second Security|Madrid, |Illustrative|GNSO|Professional Services|"
                    r"\b(200,?000|350,?000|448,?[0-9]{3})\.[0-9]{2}\b")
# The fields that name a document, and the act of one's own that each is tried in.
NAMING = {"after", "commitment", "hold", "keep", "meeting", "member", "absent", "payee",
          "work_item", "split", "code"}
OWN = {"expense/submit": ("CCT", {"category": "travel", "amount": "1.00", "why": "Tea"}),
       "expense/amend": ("CCT-E1", {"why": "Tea"}),
       "commitment/open": ("CCT", ACTS["commitment/open"][1]),
       "commitment/amend": ("CCT-C1", {"why": "Tea"}),
       "meeting/attend": ("CCT/HERE", {}),
       "payee/user": ("CCT", {"user": "spare"}),
       "user/sign-out": ("spare", {}),
       "period/close": ("CCT/2017-06", {}),
       "year/close": ("CCT/FY17", {})}
# What a field is given instead of the document alone.
AS = {"split": "{review}/travel=60,CCT/travel=40"}


class Log:
    """How many events each review has; nothing may change but what is one's own."""

    def __init__(self, desk):
        self.book = sqlite3.connect(f"file:{desk.book}?mode=ro", uri=True)

    def now(self, own=()):
        return [row for row in self.book.execute(
            "SELECT review, COUNT(*), MAX(seq) FROM event GROUP BY review") if row[0] not in own]


def methods(desk, judge, verbs, people, log):
    """Each address, each role, each method that it does not take, and HEAD where it takes GET."""
    tries, before = 0, log.now()
    reading = make_token(desk.sign_in("finance"), "read")
    for verb in verbs:
        name = name_of(verb)
        reads = verb["method"] == "GET"
        path = filled(verb["path"]) if reads else f"/api/v1/{name}/{ACTS[name][0]}"
        query = "?" + urllib.parse.urlencode(needed_fields(verb)) if reads else ""
        body = None if reads else json.dumps(ACTS[name][1])
        for role, who in people.items():
            head = {**bearer(who.token), "Content-Type": "application/json"}
            for method in (*REFUSED, "POST" if reads else "GET"):
                tries += 1
                page = who.program.send(method, path, body or "{}", head)
                judge(page.status in (401, 403, 404, 405), f"{method} {path} is refused to {role}",
                      page.status, page.text)
            tries += 1
            page = who.program.send("HEAD", path + query, None, head)
            asked = who.program.send("GET", path + query, None, head)
            judge(page.status == asked.status and not page.bytes,
                  f"HEAD {path} is what GET is to {role}, without its body", page.status,
                  asked.status)
        if not reads:
            tries += 1
            page = desk.visitor().send("POST", path, body, {
                **bearer(reading), "Content-Type": "application/json"})
            judge(page.status == 403, f"a token that reads does not POST {path}", page.status)
        judge(log.now() == before, f"nothing came of all that at {path}")
    for method, path in routes():
        target = "/".join(PARTS.get(part, part) for part in path.split("/"))
        for role, who in people.items():
            for other in REFUSED:
                tries += 1
                page = who.visitor.send(other, target)
                judge(page.status in (303, 403, 404, 405), f"{other} {target} is refused to {role}",
                      page.status, page.text)
    judge(log.now() == before, "nothing came of methods that no page takes")
    return tries


def refusals(judge, verbs, people, log):
    """An act that a role may not do is refused by 403, 404 or 422, and records nothing."""
    tries = 0
    for verb in [verb for verb in verbs if verb["method"] == "POST"]:
        name = name_of(verb)
        words, fields = ACTS[name]
        for role, who in people.items():
            before = log.now()
            page = who.ask("POST", f"/{name}/{words}", fields)
            tries += 1
            done = page.status == 200
            judge(done or page.status in (400, 401, 403, 404, 422), f"{role} is answered at {name}",
                  page.status, page.text)
            if not done:
                judge(log.now() == before, f"{name} is refused to {role}, and nothing recorded",
                      page.text)
    return tries


def prepare_own(desk):
    """A review with a document of each kind, and somebody with every role in it alone."""
    for role in ("finance", "support", "chair", "board", "viewer"):
        desk.run("finance", "user", "add", "insider", "--role", role, "--review", "CCT")
    desk.run("insider", "user", "password", "--stdin", stdin=PASSWORD + "\n")
    on = ["--on", "2017-04-03"]
    money = ["--category", "travel", "--amount", "50000", "--why", "Resolution"]
    desk.run("finance", "category", "add", "CCT", "travel", "Travel", *on)
    desk.run("finance", "envelope", "grant", "CCT", *money, *on)
    desk.run("finance", "budget", "allot", "CCT", "--fiscal-year", "FY17", *money[:4], *on)
    desk.run("support", "expense", "submit", "CCT", *money[:2], "--amount", "10", "--why", "Tea")
    desk.run("finance", "commitment", "open", "CCT", *money[:2], "--amount", "10", "--for", "Tea",
             "--kind", "meeting", "--expected", "2017-06-01")
    desk.run("support", "meeting", "add", "CCT", "HERE", "Here", "--kind", "call", "--from",
             "2017-06-01")
    receipt = pathlib.Path(desk.folder.name, "receipt.pdf")
    receipt.write_bytes(b"%PDF-1.4 a receipt\n")
    desk.run("support", "expense", "amend", "SSR2-E8", "--why", "Its receipt", "--receipt",
             str(receipt))


def outside(text, names):
    """An answer in which it cannot be seen what was asked for, nor when."""
    for name in sorted({*names, "SSR2", "ZZZ9"}, key=len, reverse=True):
        text = text.replace(name, "<name>").replace(urllib.parse.quote(name), "<name>")
    return re.sub(r"\b[0-9a-f]{16,}\b|CCT-[A-Z][0-9]+", "<of one's own>", text)


def other_address(path, verb):
    """The same address with a document that is not there, and of a review that is not there."""
    words = [word for word in verb["path"].split("/") if word.startswith("{")]
    parts = path.strip("/").split("/")
    start = len(parts) - len(words)
    missing, gone = list(parts), list(parts)
    for at, word in enumerate(words, start):
        if re.fullmatch(r"SSR2-[A-Z]\d+", parts[at]):
            missing[at] += "777"
        elif word in ("{code}", "{meeting}", "{name}"):
            missing[at] = "NOWHERE"
        gone[at] = parts[at].replace("SSR2", "ZZZ9")
    names = {*parts[start:], *missing[start:], *gone[start:]}
    return ["/" + "/".join(one) for one in (parts, missing, gone)], names


def alike(judge, what, answers, names):
    """Three answers to an outsider: none shows anything, and all are the same."""
    for page in answers:
        judge(page.status != 200 and not SECRET.search(page.text), f"{what} is not reached",
              page.status, page.text)
    told = {(page.status, outside(page.text, names)) for page in answers}
    judge(len(told) == 1, f"{what} is no different when it is not there", *sorted(map(str, told)))


def addresses(judge, verbs, who, log):
    """By the addresses of the other review: reports, forms and acts, pages and programs."""
    tries = 0
    for verb in verbs:
        name, reads = name_of(verb), verb["method"] == "GET"
        path = filled(verb["path"]).removeprefix("/api/v1") if reads else f"/{name}/{ACTS[name][0]}"
        if "SSR2" not in path or name == "review/open":
            continue
        fields = needed_fields(verb) if reads else ACTS[name][1]
        query = "?" + urllib.parse.urlencode(fields) if reads and fields else ""
        paths, names = other_address(path, verb)
        before = log.now()
        if reads:
            ways = {"GET {} by a program": lambda at: who.ask("GET", at + query),
                    "GET {}": lambda at: who.visitor.get(at + query)}
        else:
            ways = {"POST {} by a program": lambda at: who.ask("POST", at, fields),
                    "POST {}": lambda at: who.post(at, fields),
                    "the form {}": who.visitor.get}
        for what, ask in ways.items():
            alike(judge, what.format(path), [ask(at) for at in paths], names)
        tries += len(ways) * len(paths)
        judge(log.now() == before, f"nothing came of {path}")
    receipts = [f"/expense/receipt/SSR2-E{number}" for number in (8, 7, 888)]
    names = {"SSR2-E8", "SSR2-E7", "SSR2-E888"}
    alike(judge, "a receipt by a program", [who.ask("GET", path) for path in receipts], names)
    alike(judge, "a receipt", [who.visitor.get(path) for path in receipts], names)
    tries += 6
    for start in ("", "/desk", "/amount", "/public"):
        alike(judge, f"{start}/SSR2",
              [who.visitor.get(f"{start}/{key}") for key in ("SSR2", "ZZZ9")], set())
        tries += 2
    return tries


def fields_of_own(judge, verbs, who, log):
    """In the fields of acts and reports on a review of one's own."""
    tries = 0

    def tried(what, ask, field):
        nonlocal tries
        for kind, there in THERE.items():
            value = AS.get(field, "{it}")
            if field == "split" and kind != "review":
                continue
            before = log.now({"CCT"})
            texts = [value.format(it=it, review=it) for it in (there, GONE[kind])]
            pages = [ask(text) for text in texts]
            tries += len(pages)
            for page in pages:
                judge(not SECRET.search(page.text), f"{what} shows nothing of {there} in {field}",
                      page.text)
            told = {(page.status, "" if page.status == 200 else
                     outside(page.text, {there, GONE[kind]})) for page in pages}
            judge(len(told) == 1, f"{what} says the same of a {kind} that is not there, in {field}",
                  *sorted(map(str, told)))
            judge(log.now({"CCT"}) == before, f"{what} leaves the other review alone: {field}")

    for verb in verbs:
        name = name_of(verb)
        named = [one["name"] for one in verb["takes"]]
        for field in [field for field in named if field in NAMING | {"id", "key"}]:
            if verb["method"] == "GET":
                words = filled(verb["path"]).removeprefix("/api/v1").replace("SSR2", "CCT")
                tried(f"GET {words}", lambda text, w=words, f=field: who.ask(
                    "GET", w + "?" + urllib.parse.urlencode({f: text})), field)
                continue
            judge(name in OWN, f"{name} has words here, to be tried with its {field}")
            if name not in OWN:
                continue
            words, fields = OWN[name]
            tried(f"POST {name}", lambda text, n=name, w=words, g=fields, f=field: who.ask(
                "POST", f"/{n}/{w}", {**g, f: text}), field)
            tried(f"the form of {name}", lambda text, n=name, w=words, g=fields, f=field: who.post(
                f"/{n}/{w}", {**g, f: text}), field)
    for column in ("commitment", "payee", "work_item"):
        tried("an import", lambda text, c=column: who.ask("POST", "/expense/import/CCT", {
            **rows(f"posted_on,category,amount,why,{c}\n2017-05-10,travel,1.00,Tea,{text}\n"),
            "dry_run": True}), column)
    return tries


def main():
    judge = Judge()
    with Desk(sys.argv[1], now=NOW) as desk:
        prepare(desk)
        prepare_own(desk)
        log = Log(desk)
        people = {role: Asker(desk, user) for role, user in PEOPLE.items()}
        verbs = index(desk, people["finance"].token)
        insider = Asker(desk, "insider")
        tries = {"addresses of another review": addresses(judge, verbs, insider, log),
                 "its documents in one's own": fields_of_own(judge, verbs, insider, log),
                 "methods": methods(desk, judge, verbs, people, log),
                 "acts": refusals(judge, verbs, people, log)}
        print(", ".join(f"{what}: {count} tries" for what, count in tries.items()))
        log.book.close()
    return judge.end(at_least=5000)


if __name__ == "__main__":
    sys.exit(main())
