#!/usr/bin/env python3
"""Who gets what, at every address: roles.table, asked of the running server.

    check_roles.py PURSER
    UPDATE_GOLDEN=1 check_roles.py PURSER      writes tests/web/roles.table again

Pages, reports and acts come from the router and from the verbs themselves: a new one is not in the
table until somebody has read what each role gets there.
"""

import json
import os
import re
import sqlite3
import sys
import urllib.parse

from desk import PASSWORD, SOURCE, Desk, Judge
from verbs import ACTS, NOTHING_THERE, as_form, bearer, filled, index, make_token, name_of, needed_fields

TABLE = SOURCE / "tests/web/roles.table"
NOW = "2017-05-20T12:00:00Z"
# The role that a column stands for, and the user who has it and nothing else.
PEOPLE = {"finance": "treasurer", "support": "support", "chair": "chair", "board": "board",
          "viewer": "viewer", "stranger": "stranger", "admin": "root", "nobody": None}
HEAD = """\
# What each role gets at each address. Made by tests/web/check_roles.py, UPDATE_GOLDEN=1 writes it
# again; read its diff: a verdict that is wrong is a way in.
#
# seen      shown
# may       recorded, or refused by a rule that is not about who asks
# -         refused: not_permitted, or own_document
# hidden    in the words of a review that is not there
# sign-in   asked to sign in (a program: 401)
# sent on   to another page
# asks      told what the form lacks
# no page   told that there is none
#
# stranger is a chair of another review. Of reports and acts, pages and programs get the same.
"""
# The addresses of the router that are no verb, by what stands for their parts.
PARTS = {"KEY": "SSR2", "LINK": "no-link-of-anybody", "DIGEST": "0", "NAME": "purser.css",
         "FILE": "SSR2-S1.pdf"}
# What a form of the router needs for somebody to be done.
FORMS = {"/account/invite": {"name": "eve"}}
# What ends a session comes last.
LAST = ["/account/sign-out-everywhere", "/sign-out"]

# No role could do these here: the year is not over; rendering a sheet takes long, and the stories
# issue, approve and post one.
NOT_DONE = {"year/close", "factsheet/issue", "factsheet/approve", "factsheet/withhold",
            "factsheet/post", "factsheet/withdraw"}


def prepare(desk):
    """What the acts are done to: documents of support and of the chair."""
    desk.run("finance", "user", "add", "treasurer", "--role", "finance")
    desk.run("finance", "user", "add", "spare", "--role", "viewer")
    desk.run("finance", "user", "add", "guest", "--role", "viewer")
    desk.run("finance", "user", "invite", "guest")
    desk.run("treasurer", "user", "password", "--stdin", stdin=PASSWORD + "\n")
    money = ["--category", "travel", "--amount", "10", "--why", "A test"]
    for _ in range(4):
        desk.run("support", "expense", "submit", "SSR2", *money)
    for _ in range(2):
        desk.run("support", "commitment", "open", "SSR2", "--proposed", "--category", "travel",
                 "--amount", "10", "--for", "A test", "--kind", "meeting", "--expected",
                 "2017-06-01")
    for _ in range(3):
        desk.run("chair", "request", "submit", "SSR2", *money)


class Table:
    """A line for each address, a column for each role."""

    def __init__(self, judge):
        self.judge, self.lines = judge, []

    def section(self, title):
        names = "".join(f"{name:<12}" for name in PEOPLE)
        self.lines += ["", f"{title:<50}{names.rstrip()}"]

    def add(self, address, verdicts):
        self.lines.append(f"{address:<50}" + "".join(f"{v:<12}" for v in verdicts).rstrip())

    def end(self):
        text = HEAD + "\n".join(self.lines) + "\n"
        if os.environ.get("UPDATE_GOLDEN"):
            TABLE.write_text(text)
        kept = TABLE.read_text() if TABLE.exists() else ""
        now, before = set(text.splitlines()), set(kept.splitlines())
        self.judge(text == kept, "roles.table says who gets what: UPDATE_GOLDEN=1 writes it again",
                   *[f"now:    {line}" for line in sorted(now - before)],
                   *[f"before: {line}" for line in sorted(before - now)])


def verdict_of_page(page):
    if page.status == 303:
        target = page.headers["location"]
        return "sign-in" if target.startswith("/sign-in") else "sent on"
    said = {200: "seen", 400: "asks", 403: "-", 404: "no page", 422: "-"}
    return said.get(page.status, str(page.status))


def verdict_of_program(page, judge, what):
    """Of an act or a report: whether it is about who asks."""
    if page.status == 200:
        return "seen"
    if page.status == 401:
        return "sign-in"
    rule = json.loads(page.text)["rule"]
    judge(page.status == 422, f"{what} is asked for in full", page.status, page.text)
    return {"not_permitted": "-", "own_document": "-", "unknown_review": "hidden"}.get(rule, "may")


class Asker:
    """One of each role: a browser's session, and a program's token."""

    def __init__(self, desk, user):
        self.visitor = desk.visitor() if user is None else desk.sign_in(user)
        self.program, self.token, self.form = desk.visitor(), "", ""
        if user is not None:
            self.token = make_token(self.visitor, "write")
            self.form = self.visitor.get("/account").hidden("form-token")

    def post(self, path, fields):
        form = self.form or self.visitor.get("/sign-in").hidden("form-token")
        return self.visitor.post(path, {**as_form(fields), "form-token": form})

    def ask(self, method, path, body=None):
        headers = {**bearer(self.token), "Content-Type": "application/json"}
        body = None if body is None else json.dumps(body)
        return self.program.send(method, "/api/v1" + path, body, headers)


def routes():
    """Of the router's own table: method, path; without those that stand for verbs."""
    source = (SOURCE / "src/app/web/router.cpp").read_text()
    found = re.findall(r'\{"(GET|POST)", "([^"]*)", Door::', source)
    return [(method, path) for method, path in found if not path.endswith("*")]


def pages(table, people):
    table.section("pages")
    posts = sorted((path for method, path in routes() if method == "POST"), key=LAST.count)
    for path in [path for method, path in routes() if method == "GET"]:
        parts = [PARTS.get(part, part) for part in path.split("/")]
        if path.startswith("/api/"):
            got = [who.program.get(path, bearer(who.token)) for who in people.values()]
            verdicts = ["sign-in" if page.status == 401 else verdict_of_page(page) for page in got]
        else:
            verdicts = [verdict_of_page(who.visitor.get("/".join(parts)))
                        for who in people.values()]
        table.add(f"GET {path}", verdicts)
    for path in posts:
        target = "/".join(PARTS.get(part, part) for part in path.split("/"))
        fields = FORMS.get(path, {})
        table.add(f"POST {path}", [verdict_of_page(who.post(target, fields))
                                   for who in people.values()])


def reports(table, people, judge, verbs):
    table.section("reports")
    for verb in [verb for verb in verbs if verb["method"] == "GET"]:
        path = filled(verb["path"]).removeprefix("/api/v1")
        fields = needed_fields(verb)
        query = "?" + urllib.parse.urlencode(fields) if fields else ""
        verdicts = []
        for role, who in people.items():
            program = who.ask("GET", path + query)
            verdict = verdict_of_program(program, judge, path)
            page = who.visitor.get(path + query)
            if path in NOTHING_THERE and verdict == "may":
                judge(page.status == 422, f"the page {path} finds nothing either", page.status)
                verdicts.append(verdict)
                continue
            judge(verdict != "may", f"{role} is shown {path} or told why not", program.text)
            same = {"hidden": "-"}.get(verdict, verdict)
            judge(verdict_of_page(page) == same, f"the page {path} is as strict to {role}",
                  page.status, page.text, program.text)
            verdicts.append(verdict)
        table.add(path, verdicts)


# Refused as it is asked for here, done with --proposed.
DONE_OTHERWISE = {("support", "commitment/open")}


def offers(desks, role, name, verdict, judge):
    """A desk leads to what its reader may do, and to nothing else; a form says so at once."""
    target = "/" + name + "/SSR2"
    if all(f'href="{target}"' not in desk.text for desk, _ in desks.values()):
        return  # documents lead there, or no page does
    desk, who = desks[role]
    may = verdict == "may" or (role, name) in DONE_OTHERWISE
    judge((f'href="{target}"' in desk.text) == may, f"the desk of {role} offers {target}: {may}")
    if verdict == "-":
        form = who.visitor.get(target)
        has_form = '<form class="act"' in form.text
        judge(has_form == may, f"the form {target} is shown to {role}: {may}", form.status)
        judge(("may not" in form.text) != may, "and said in the rule's words", form.text)


def acts(table, people, judge, verbs, desk):
    """Each act by each role; who is refused by name is refused by the page, too."""
    table.section("acts")
    done = {role: 0 for role in people}
    before = count_events(desk)
    desks = {role: (who.visitor.get("/desk/SSR2"), who) for role, who in people.items()}
    for name in dict.fromkeys(name_of(verb) for verb in verbs if verb["method"] == "POST"):
        judge(name in ACTS, f"{name} has words and fields here")
        if name not in ACTS:
            continue
        words, fields = ACTS[name]
        path, verdicts, count = f"/{name}/{words}", [], 0
        for role, who in people.items():
            program = who.ask("POST", path, fields)
            verdict = verdict_of_program(program, judge, path)
            count += verdict == "seen"
            done[role] += written(program, name)
            verdict = "may" if verdict == "seen" else verdict
            verdicts.append(verdict)
            if words.split("/")[0] == "SSR2":
                offers(desks, role, name, verdict, judge)
            if verdict == "may":
                continue
            page = who.post(path, fields)
            judge(verdict_of_page(page) == {"hidden": "-"}.get(verdict, verdict),
                  f"the page {path} is as strict to {role}", page.status, page.text)
        judge(count > 0 or name in NOT_DONE, f"somebody does {name}", verdicts)
        table.add(path, verdicts)
    after = count_events(desk)
    for role, user in PEOPLE.items():
        count = after.get(user, 0) - before.get(user, 0)
        judge(count == done[role], f"what {role} did stands in the log, and nothing else", count,
              done[role])


def written(page, name):
    """Events that an act answers: rows that are known already make none, an expense its own."""
    if page.status != 200 or json.loads(page.text)["event"] is None:
        return 0
    return 2 if name == "expense/import" else 1


def count_events(desk):
    with sqlite3.connect(f"file:{desk.book}?mode=ro", uri=True) as book:
        return dict(book.execute("SELECT actor, COUNT(*) FROM event GROUP BY actor"))


def main():
    judge = Judge()
    with Desk(sys.argv[1], now=NOW) as desk:
        prepare(desk)
        people = {role: Asker(desk, user) for role, user in PEOPLE.items()}
        verbs = index(desk, people["finance"].token)
        table = Table(judge)
        reports(table, people, judge, verbs)
        acts(table, people, judge, verbs, desk)
        pages(table, people)
        table.end()
    return judge.end(at_least=1000)


if __name__ == "__main__":
    sys.exit(main())
