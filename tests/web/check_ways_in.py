#!/usr/bin/env python3
"""Nobody gets in: who tries every way in, in every manner there is, and is counted.

    check_ways_in.py PURSER

Forged and expired sessions, tokens and links; control characters in every field of every page and
address; lock-outs by others; eight who use one link; links that lead to another site.
"""

import itertools
import json
import re
import sqlite3
import sys
import threading
import urllib.parse

from desk import PASSWORD, Desk, Judge, Visitor
from verbs import ACTS, as_form, bearer, filled, index, make_token, name_of, needed_fields

OTHER = "another sentence, as good"
# What ends a text for one and not for another, commands a terminal, or is no text at all.
UNCLEAN = [b"\0", b"x\0", b"\0x", b"\x1b[2J", b"\x7f", b"\xc2\x9b2J", b"\xff", b"\xed\xa0\x80", b"\x08"]
LONG = {"why", "overview", "conditions", "text"}


class Tries:
    """Counts what was tried, by what it was."""

    def __init__(self):
        self.counts = {}

    def add(self, what):
        self.counts[what] = self.counts.get(what, 0) + 1
        return self.counts[what]

    def said(self):
        return ", ".join(f"{count} {what}" for what, count in self.counts.items())


def quoted(raw):
    return urllib.parse.quote_from_bytes(raw, safe="")


def events(desk):
    return desk.run("finance", "verify", "--json").stdout


def member(name, raw):
    """A JSON body with such a text in it, escaped as far as JSON lets it be."""
    text = raw.decode("utf-8", "surrogateescape")
    if any(0xDC80 <= ord(c) for c in text):
        return b'{"' + name.encode() + b'": "' + raw.replace(b"\0", b"\\u0000") + b'"}'
    return json.dumps({name: text}).encode()


def unclean(desk, judge, tries, anna, token, verbs):
    """Each field of each page and of each address for programs, each word of each address."""
    form = anna.get("/account").hidden("form-token")
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    before = events(desk)

    def refused(what, page, path):
        tries.add(what)
        judge(page.status == 400 and "\0" not in page.text and "\x1b" not in page.text,
              f"{what}: {path} is bad input", page.status, page.text)

    sequence = itertools.cycle(UNCLEAN)
    next_one = lambda: next(sequence)

    for verb in verbs:
        name, reads = name_of(verb), verb["method"] == "GET"
        page_path = filled(verb["path"]).removeprefix("/api/v1")
        if not reads:
            page_path = f"/{name}/{ACTS[name][0]}"
        for one in verb["takes"]:
            field = one["name"].replace("_", "-")
            raw = next_one()
            path = f"{page_path}?{field}={quoted(raw)}"
            refused("fields of pages", anna.get(path), path)
            if reads:
                path = f"{filled(verb['path'])}?{one['name']}={quoted(raw)}"
                refused("fields for programs", desk.visitor().get(path, bearer(token)), path)
                continue
            body = f"form-token={form}&{field}={quoted(raw)}"
            refused("fields of forms", anna.send("POST", page_path, body, kind), page_path)
            page = desk.visitor().send("POST", f"/api/v1{page_path}", member(one["name"], raw),
                                       {**bearer(token), "Content-Type": "application/json"})
            refused("fields for programs", page, f"{page_path} {one['name']} {raw}")
        words = page_path.strip("/").split("/")
        for place in range(len(words)):
            raw = next_one()
            path = "/" + "/".join(words[:place] + [words[place] + quoted(raw)] + words[place + 1:])
            refused("words of addresses", anna.get(path), path)
            refused("words of addresses",
                    desk.visitor().get("/api/v1" + path, bearer(token)), path)
    others(desk, refused, anna, form, kind, token)
    judge(events(desk) == before, "and nothing of it was recorded")
    lines(desk, judge, tries, anna, token, verbs)


def others(desk, refused, anna, form, kind, token):
    """The pages that are no verb, and what else a request carries."""
    for path, fields in (("/sign-in", ("user", "password", "next")),
                         ("/welcome/x", ("password", "again")),
                         ("/account/password", ("current", "password", "again")),
                         ("/account/token", ("label", "scope", "until")),
                         ("/account/end", ("digest",)), ("/account/invite", ("name",)),
                         ("/account/links", ("seq", "next")), ("/sign-out", ("x",)),
                         ("/account/sign-out-everywhere", ("x",)),
                         ("/expense/import/SSR2", ("carried", "carried-name", "request-key"))):
        for field in (*fields, "form-token"):
            for raw in (b"finance\0x", b"a\x1bb", b"\xff"):
                body = f"{field}={quoted(raw)}&form-token={form}"
                refused("fields of forms", anna.send("POST", path, body, kind), f"{path} {field}")
    for raw in UNCLEAN:
        body = f"a{quoted(raw)}=b&form-token={form}"
        refused("names of fields", anna.send("POST", "/expense/submit/SSR2", body, kind), raw)
        refused("names of fields", anna.get(f"/expense/list/SSR2?a{quoted(raw)}=b"), raw)
        for path in ("/public/SSR2", "/assets/0/purser.css", "/welcome/x", "/health", "/metrics",
                     "/SSR2", "/desk/SSR2", "/amount/SSR2"):
            refused("words of addresses", desk.visitor().get(path + quoted(raw)), path)
    submit = json.dumps({"category": "travel", "amount": "1.00", "why": "x"})
    for char in ("\x01", "\x1b", "\x7f", "\xff"):
        for headers in ({"Idempotency-Key": f"a{char}b"}, {"Authorization": f"Bearer a{char}b"},
                        {"If-None-Match": f"a{char}b"}):
            page = desk.visitor().send("POST", "/api/v1/expense/submit/SSR2", submit,
                                       {**bearer(token), **headers})
            refused("headers", page, headers)
        page = desk.visitor({"purser-session": f"a{char}b"}).get("/SSR2")
        refused("cookies", page, char)


def lines(desk, judge, tries, anna, token, verbs):
    """Line ends and tabs belong into explanations, and nowhere else."""
    form = anna.get("/account").hidden("form-token")
    for verb in [verb for verb in verbs if verb["method"] == "POST"]:
        name = name_of(verb)
        words, fields = ACTS[name]
        for one in verb["takes"]:
            is_said = one["name"] == "code"  # by the address
            if one["name"] in LONG or one["file"] or one["flag"] or is_said:
                continue
            tries.add("line ends")
            page = anna.post(f"/{name}/{words}", {**as_form(fields), "form-token": form,
                                                  one["name"].replace("_", "-"): "a\nb"})
            judge(page.status in (400, 422), f"{name} takes no lines in {one['name']}", page.status,
                  page.text)
    page = anna.fill("/expense/submit/SSR2", {"category": "travel", "amount": "10.00",
                                              "why": "Two\r\n\tlines", "payee": "A tram"})
    judge(page.status == 200, "an explanation has lines", page.status, page.text)


def lock_outs(desk, judge, tries):
    """Others try passwords for a name; its user gets in all the same."""
    chair = desk.sign_in("chair")
    chair.fill("/sign-out", {}, form="/account")
    judge(any(name.startswith("purser-browser-") for name in chair.cookies),
          "a browser is known after signing in", chair.cookies)
    for name in ("chair", "nobody-of-that-name"):
        said = set()
        for number in range(2, 30):
            other = desk.visitor()
            other.address = (f"127.0.0.{number}", 0)
            tries.add("passwords for others")
            page = other.fill("/sign-in", {"user": name, "password": f"wrong one, number {number}"})
            judge(page.status == 403, "a wrong password lets nobody in", page.status)
            said.add(re.sub(r'value="[^"]*"', "", page.text))
        judge(len(said) == 1, "and waiting tells nothing", said)
    board = desk.visitor()
    board.address = ("127.0.0.99", 0)
    judge(board.sign_in("board").status == 303, "another name is not concerned")
    known = {name: value for name, value in board.cookies.items() if "browser" in name}
    for number in range(30, 60):  # the wait is short at first, and may be over
        other = desk.visitor()
        other.address = (f"127.0.0.{number}", 0)
        tries.add("passwords for others")
        other.fill("/sign-in", {"user": "chair", "password": "wrong one"})
        fresh, borrowed = desk.visitor(), desk.visitor(known)
        fresh.address = borrowed.address = ("127.0.0.98", 0)
        slowed = [browser.sign_in("chair").status for browser in (fresh, borrowed)]
        if slowed == [403, 403]:
            break
    judge(slowed == [403, 403], "a name that many try is slowed where it is new, also in a "
          "browser that is known for another", slowed)
    judge(chair.sign_in("chair").status == 303, "and a known browser gets in at once")

    # Who is signed in and mistypes the present password is held up in that session alone.
    wrong = {"current": "not the present one", "password": OTHER, "again": OTHER}
    for _ in range(8):
        tries.add("present passwords")
        page = chair.fill("/account/password", wrong, form="/account")
        judge(page.status == 403, "a new password takes the present one", page.status)
    page = chair.fill("/account/password", {**wrong, "current": PASSWORD}, form="/account")
    judge(page.status == 403 and chair.get("/SSR2").status == 200,
          "after many tries that waits, and the session goes on", page.status)
    second = desk.visitor(chair.cookies)
    second.cookies.pop("purser-session")
    judge(second.sign_in("chair").status == 303, "and the user can sign in beside it")
    for _ in range(6):
        tries.add("passwords of oneself")
        second.fill("/sign-in", {"user": "chair", "password": "wrong one"})
    judge(second.sign_in("chair").status == 403, "a known browser guesses no faster than others")


def links(desk, judge, tries, anna):
    """A link: of eight who use it at once one does, its user is told, and others are shown it."""
    desk.run("finance", "user", "add", "olga", "--role", "viewer", "--review", "SSR2")
    page = anna.post("/account/invite", {"name": "olga", "form-token":
                                         anna.get("/account").hidden("form-token")},
                     {"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    link = re.search(r"<code>(.*?)/welcome/([\w-]+)</code>", page.text)
    judge(link and link[1] == f"http://127.0.0.1:{desk.port}", "a link leads to where we listen",
          page.text)
    path = "/welcome/" + link[2]
    guests = [desk.visitor() for _ in range(8)]
    tokens = [guest.get(path).hidden("form-token") for guest in guests]
    answers = [None] * 8
    start = threading.Barrier(8)

    def use(number):
        start.wait()
        mine = f"a sentence of guest number {number}"
        answers[number] = guests[number].post(path, {"password": mine, "again": mine,
                                                     "form-token": tokens[number]})

    threads = [threading.Thread(target=use, args=(number,)) for number in range(8)]
    for thread in threads:
        tries.add("uses of one link")
        thread.start()
    for thread in threads:
        thread.join()
    won = [number for number in range(8) if answers[number].status == 303]
    judge(len(won) == 1 and all(page.status in (303, 404) for page in answers),
          "of eight at once one chooses the password", [page.status for page in answers])
    signed_in = [number for number in range(8) if guests[number].get("/account").status == 200]
    judge(signed_in == won, "and only that one is signed in", signed_in, won)
    with sqlite3.connect(f"file:{desk.book}?mode=ro", uri=True) as book:
        log = [row[0] for row in book.execute("SELECT body FROM event")]
    judge(not any(link[2] in body for body in log), "no log has the link")

    # A user who has a password is told, too, and once it is acknowledged no more.
    desk.run("root", "user", "invite", "viewer")
    vera = desk.visitor()
    page = vera.sign_in("viewer")
    judge(page.headers["location"].startswith("/account/links?next="), "the invited are told",
          page.headers)
    page = vera.get(page.headers["location"])
    judge("root made you a link on 2017-04-20 to choose a password" in page.text, "by whom, when",
          page.text)
    hidden = {name: page.hidden(name) for name in ("form-token", "next", "seq")}
    judge(vera.post("/account/links", hidden).headers["location"] == "/", "and go on")
    page = desk.visitor().sign_in("viewer")
    judge(page.headers["location"] == "/", "then no more", page.headers)
    judge("2017-04-20, by root" in vera.get("/account").text, "the account's page keeps it")


def ends(desk, judge, tries):
    """A new password, signing out everywhere and an admin end sessions and tokens."""
    def ways(user):
        browser, beside = desk.sign_in(user), desk.sign_in(user)
        token = make_token(browser, "write")
        lives = lambda: (beside.get("/account").status == 200,
                         desk.visitor().get("/api/v1", bearer(token)).status == 200)
        judge(lives() == (True, True), f"{user} is in")
        tries.add("sessions and tokens that were ended")
        return browser, token, lives

    browser, _, lives = ways("support")
    page = browser.fill("/account/password", {"current": PASSWORD, "password": OTHER,
                                              "again": OTHER}, form="/account")
    judge(page.status == 303 and lives() == (False, False), "a new password ends both", lives())
    judge(browser.get("/account").status == 200, "but not where it was chosen")
    desk.run("support", "user", "password", "--stdin", stdin=PASSWORD + "\n")
    judge(browser.get("/account").status == 303, "one that the terminal sets ends that, too")
    browser, _, lives = ways("support")
    browser.fill("/account/sign-out-everywhere", {}, form="/account")
    judge(lives() == (False, False), "so does signing out everywhere", lives())

    browser, token, lives = ways("support")
    root = desk.sign_in("root")
    listed = root.get("/user/sessions/support").text
    judge("a test" in listed and "read and write" in listed and token not in listed and
          browser.cookies["purser-session"] not in listed, "an admin sees them, no secret", listed)
    page = desk.sign_in("chair").get("/user/sessions/support")
    judge(page.status == 422, "others do not", page.status)
    by_program = bearer(make_token(root, "write"))
    page = desk.visitor().get("/api/v1/user/sessions/support", by_program)
    held = [one for one in json.loads(page.text)["sessions"] if one["kind"] == "token"]
    judge(len(held) == 1 and held[0]["by"] == "support" and len(held[0]["id"]) == 12,
          "nor does a program", page.text)
    page = desk.visitor().send("POST", "/api/v1/user/sign-out/support",
                               json.dumps({"id": held[0]["id"]}), by_program)
    judge(page.status == 200 and lives() == (True, False), "an admin ends one", page.text, lives())
    page = root.fill("/user/sign-out/support", {})
    judge(page.status == 200 and lives() == (False, False), "or all", page.status, page.text)


def tokens(desk, judge, tries, anna):
    for until, wanted in (("2018-04-21", 400), ("2030-01-01", 400), ("2017-04-19", 400),
                          ("2018-04-20", 200)):
        tries.add("lives of tokens")
        page = anna.fill("/account/token", {"label": "x", "scope": "read", "until": until},
                         form="/account")
        judge(page.status == wanted and ("2018-04-20 at the latest" in page.text) ==
              (until > "2018-04-20"), f"a token until {until}", page.status, page.text)


def weak(desk, judge, tries, anna):
    for password in ("short", "password123", "aaaaaaaaaaaa", "abcabcabcabc", "financefinance",
                     "qwertyuiop", "1234567890", "k" * 1001):
        tries.add("weak passwords")
        page = anna.fill("/account/password", {"current": PASSWORD, "password": password,
                                               "again": password}, form="/account")
        judge(page.status == 400 and (len(password) < 10 or password not in page.text),
              f"{password[:20]} is refused", page.status, page.text)


def seen(desk, judge):
    """A list of users is of those whom one works with."""
    def names(user):
        reader = bearer(make_token(desk.sign_in(user), "read"))
        listed = json.loads(desk.visitor().get("/api/v1/user/list", reader).text)["users"]
        page = desk.sign_in(user).get("/user/list").text
        judge(all(f">{one['name']}<" in page for one in listed) and
              page.count("<tr") == len(listed) + 1, "page and program show the same", page)
        return {one["name"] for one in listed}
    judge({"viewer", "stranger", "olga"} <= names("root"), "an admin sees all", names("root"))
    judge("viewer" not in names("stranger") and "olga" not in names("stranger"),
          "who works for another review does not see who is of this one alone", names("stranger"))


def expired(desk, judge, tries, anna, token):
    """The same cookies, tokens and links, later."""
    page = anna.fill("/account/invite", {"name": "olga"}, form="/account")
    link = "/welcome/" + re.search(r"/welcome/([\w-]+)", page.text)[1]
    session = anna.cookies["purser-session"]
    for later, hours in (("2017-04-20T14:30:00Z", 2.5), ("2017-04-22T12:00:01Z", 48),
                         ("2018-04-21T00:00:00Z", 8800)):
        desk.stop()
        desk.environment["PURSER_NOW"] = later
        desk.start()
        tries.add("things that were over")
        guest = desk.visitor({"purser-session": session})
        judge(guest.get("/SSR2").status == 303, f"a session is over after {hours} hours")
        judge((desk.visitor().get(link).status == 404) == (hours >= 48), f"a link, {hours} hours")
        page = desk.visitor().get("/api/v1", bearer(token))
        judge((page.status == 401) == (hours > 8000), f"a token, {hours} hours", page.status)


def forged(desk, judge, tries, session, token):
    """What is nearly right is wrong."""
    for real, kind in ((session, "sessions"), (token, "tokens")):
        made = [real[:at] + ("A" if real[at] != "A" else "B") + real[at + 1:]
                for at in range(0, len(real), 3)]
        made += [real + "A", real[:-1], real.lower(), real[::-1], "%", "'", "*", "A" * 43, "A" * 5000]
        for one in made:
            tries.add("forged " + kind)
            if kind == "sessions":
                page = desk.visitor({"purser-session": one}).get("/SSR2")
                judge(page.status in (303, 431), f"{one[:50]} is no session", page.status)
            else:
                page = desk.visitor().get("/api/v1", bearer(one))
                judge(page.status in (401, 431), f"{one[:50]} is no token", page.status)
            page = desk.visitor().get("/welcome/" + urllib.parse.quote(one[:900]))
            judge(page.status == 404, f"{one[:50]} is no link", page.status)
            tries.add("forged links")


def serve_with(desk, *options):
    desk.stop()
    desk.options = options
    desk.start()


def addresses(desk, judge):
    """With an address of its own it makes links to it, and takes forms of it alone."""
    serve_with(desk, "--address", "https://books.example.org/")
    root = desk.sign_in("root")
    page = root.fill("/account/invite", {"name": "olga"}, form="/account")
    judge("<code>https://books.example.org/welcome/" in page.text, "links have it", page.text)
    form = root.get("/account").hidden("form-token")
    for origin, wanted in (("https://books.example.org", 422), ("https://evil.example", 403),
                           (f"http://127.0.0.1:{desk.port}", 403), ("null", 403)):
        page = root.post("/account/invite", {"name": "nobody", "form-token": form},
                         {"Origin": origin, "Host": origin.split("/")[-1]})
        judge(page.status == wanted, f"a form from {origin}", page.status)


def behind_proxy(desk, judge, tries):
    """A proxy's header names a user exactly, or nobody; its visitors are told apart."""
    serve_with(desk, "--behind-proxy", "--user-header", "X-User")
    judge(desk.visitor().get("/user/list", {"X-User": "root"}).status == 200, "it names one")
    for name in ("root\x01", "root\x7f", "root\xff", " \x1b[0mroot"):
        tries.add("headers")
        page = desk.visitor().get("/user/list", {"X-User": name})
        judge(page.status == 400, f"{name!r} is bad input", page.status)
    serve_with(desk, "--behind-proxy")
    for number in range(60):
        tries.add("passwords for others")
        visitor = Visitor(desk.port)
        page = visitor.get("/sign-in")
        page = visitor.post("/sign-in", {"user": f"name{number}", "password": "wrong one",
                                         "form-token": page.hidden("form-token")},
                            {"X-Forwarded-For": f"198.51.100.{number}, 192.0.2.1"})
        judge(page.status == 403, "a wrong password lets nobody in", page.status)

    def from_(address):
        visitor = Visitor(desk.port)
        page = visitor.get("/sign-in")
        return visitor.post("/sign-in", {"user": "board", "password": PASSWORD,
                                         "form-token": page.hidden("form-token")},
                            {"X-Forwarded-For": address}).status
    judge(from_("203.0.113.9, 192.0.2.1") == 403, "one network that tries many names is slowed")
    judge(from_("192.0.2.1, 203.0.113.9") == 303, "another is not, whatever it claims")


def main():
    judge, tries = Judge(), Tries()
    with Desk(sys.argv[1]) as desk:
        for role in ("support", "chair", "board"):
            desk.run("finance", "user", "add", "finance", "--role", role)
        anna = desk.sign_in("finance")
        token = make_token(anna, "write")
        verbs = index(desk, token)
        unclean(desk, judge, tries, anna, token, verbs)
        forged(desk, judge, tries, anna.cookies["purser-session"], token)
        tokens(desk, judge, tries, anna)
        weak(desk, judge, tries, desk.sign_in("finance"))
        links(desk, judge, tries, anna)
        ends(desk, judge, tries)
        seen(desk, judge)
        lock_outs(desk, judge, tries)
        addresses(desk, judge)
        behind_proxy(desk, judge, tries)
        serve_with(desk)
        anna = desk.sign_in("finance")
        page = anna.fill("/account/token", {"label": "long", "scope": "read",
                                            "until": "2018-04-20"}, form="/account")
        token = page.text.split("<code>")[1].split("</code>")[0]
        expired(desk, judge, tries, anna, token)
        said = desk.run("finance", "verify").stdout
        judge("SSR2" in said, "and the book is whole", said)
    print("tried: " + tries.said())
    return judge.end(at_least=2000)


if __name__ == "__main__":
    sys.exit(main())
