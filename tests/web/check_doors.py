#!/usr/bin/env python3
"""Who comes in, and who does not: accounts, sessions, and attacks on them.

    check_doors.py PURSER
"""

import hashlib
import html
import pathlib
import re
import socket
import subprocess
import sys
import time

from desk import PASSWORD, Desk, Judge, Visitor

SUBMIT = {"category": "travel", "amount": "10.00", "on": "2017-04-12", "why": "Taxi"}
# What nobody may reach without being known, each by a visitor who is not.
SHUT = ["/", "/SSR2", "/account", "/desk/SSR2", "/expense/list/SSR2", "/expense/submit/SSR2",
        "/register/SSR2?format=csv", "/factsheet/show/SSR2", "/user/list", "/review/open"]
# role: address: what a page answers (200 shown, 422 refused by a rule)
ROLES = {
    "finance": {"/SSR2": 200, "/expense/list/SSR2": 200, "/user/list": 200, "/review/list": 200},
    "support": {"/SSR2": 200, "/expense/list/SSR2": 200, "/register/SSR2": 200},
    "chair": {"/SSR2": 200, "/expense/list/SSR2": 200, "/status/SSR2": 200,
              "/expense/list/SSR2?audience=finance": 422},
    "board": {"/SSR2": 200, "/request/list/SSR2": 200},
    "viewer": {"/factsheet/list/SSR2": 200, "/factsheet/show/SSR2": 422, "/expense/list/SSR2": 422, "/status/SSR2": 422,
               "/register/SSR2?format=csv": 422, "/commitment/list/SSR2": 422, "/user/list": 422},
    "stranger": {"/SSR2": 422, "/status/SSR2": 422, "/factsheet/show/SSR2": 422,
                 "/expense/list/SSR2": 422, "/review/show/SSR2": 422, "/category/list/SSR2": 422,
                 "/expense/submit/SSR2": 422, "/desk/SSR2": 422, "/CCT": 200},
}
# role: act, its fields: whether it is done
ACTS = [
    ("support", "/expense/submit/SSR2", SUBMIT, True),
    ("chair", "/expense/submit/SSR2", SUBMIT, False),
    ("board", "/expense/submit/SSR2", SUBMIT, False),
    ("viewer", "/expense/submit/SSR2", SUBMIT, False),
    ("stranger", "/expense/submit/SSR2", SUBMIT, False),
    ("support", "/expense/approve/SSR2-E8", {}, False),
    ("finance", "/expense/approve/SSR2-E8", {}, False),
    ("root", "/expense/approve/SSR2-E8", {}, False),
    ("viewer", "/expense/approve/SSR2-E8", {}, False),
    ("chair", "/expense/approve/SSR2-E8", {}, True),
    ("chair", "/period/close/SSR2/2017-03", {}, False),
    ("support", "/envelope/grant/SSR2", {"category": "travel", "amount": "5", "why": "More"}, False),
    ("chair", "/user/add", {"name": "eve", "role": "admin"}, False),
    ("finance", "/user/disable/chair", {}, True),  # the first user is an admin, too
]


def doors(desk, judge):
    nobody = desk.visitor()
    for path in SHUT:
        page = nobody.get(path)
        judge(page.status == 303 and page.headers["location"].startswith("/sign-in"),
              f"{path} sends who is not known to sign in", page.status, page.text)
    page = nobody.post("/expense/submit/SSR2", SUBMIT)
    judge(page.status == 303, "a form of nobody records nothing", page.status)
    judge(nobody.get("/health").text.strip() == '{"status":"ok"}', "health is open")
    judge(nobody.get("/nothing/here").status in (303, 404), "what is not there tells nothing")

    for name in ("chair", "nobody-of-that-name", "eve; Set-Cookie: a=b", "' OR 1=1 --"):
        page = desk.visitor().fill("/sign-in", {"user": name, "password": "wrong one, all of it"})
        text = re.sub(r'value="[^"]*"', "", page.text)
        judge(page.status == 403 and "wrong" in text, f"{name!r} is not let in", page.status, text)
        doors.answers = getattr(doors, "answers", set()) | {text}
    judge(len(doors.answers) == 1, "the answer does not tell which names there are", doors.answers)

    forged = desk.visitor({"purser-session": "A" * 43})
    judge(forged.get("/SSR2").status == 303, "a forged session is none")

    carl = desk.sign_in("chair")
    cookie = carl.cookies["purser-session"]
    judge(len(cookie) >= 43, "a session has 256 random bits", cookie)
    other = desk.visitor()
    page = other.sign_in("chair")
    flags = next(c for c in page.cookies if c.startswith("purser-session="))
    judge("HttpOnly" in flags and "SameSite=Lax" in flags, "no script reads the session", flags)
    judge(page.headers["location"] == "/", "signing in leads home", page.headers)
    page = desk.visitor().fill("/sign-in", {"user": "chair", "password": PASSWORD,
                                            "next": "//evil.example/"})
    judge(page.headers["location"] == "/", "signing in leads to no other site", page.headers)

    guest, wanted = desk.visitor(), "/register/SSR2?category=travel&text=%3Ca%3E"
    door = guest.get(wanted).headers["location"]
    kept = html.unescape(guest.get(door).hidden("next"))
    page = guest.fill("/sign-in", {"user": "chair", "password": PASSWORD, "next": kept})
    judge(page.headers["location"] == wanted, "signing in leads to all of what was asked for", door)

    page = carl.fill("/sign-out", {}, form="/account")
    judge(page.status == 303, "one can sign out", page.status)
    judge(desk.visitor({"purser-session": cookie}).get("/SSR2").status == 303,
          "a session that was ended is over")
    third = desk.sign_in("chair")
    third.fill("/account/sign-out-everywhere", {}, form="/account")
    judge(other.get("/SSR2").status == 303, "signing out everywhere reaches all")

    anna = desk.sign_in("support")
    beside = desk.sign_in("support")
    new = "another sentence, as good"
    page = anna.fill("/account/password", {"current": "wrong", "password": new, "again": new},
                     form="/account")
    judge(page.status == 403, "a new password takes the present one", page.status)
    page = anna.fill("/account/password", {"current": PASSWORD, "password": "short", "again": "short"},
                     form="/account")
    judge(page.status == 400 and "at least 10" in page.text, "a short password is refused")
    page = anna.fill("/account/password", {"current": PASSWORD, "password": PASSWORD,
                                           "again": PASSWORD}, form="/account")
    judge(page.status == 303 and anna.get("/SSR2").status == 200, "it can be changed", page.text)
    judge(beside.get("/SSR2").status == 303, "and ends all other sessions")


def public(desk, judge):
    """The posted sheets, and only where somebody switched them on."""
    nobody = desk.visitor()
    for path in ("/public/SSR2", "/public/SSR2/SSR2-S1.pdf", "/public/CCT", "/public/NONE"):
        page = nobody.get(path)
        judge(page.status == 404, f"nobody is shown {path}", page.status, page.text)
    texts = {nobody.get(path).text.replace(path, "") for path in ("/public/SSR2", "/public/NONE")}
    judge(len(texts) == 1, "which does not tell whether there is such a review", texts)
    desk.run("finance", "review", "set", "SSR2", "--public-page", "on")
    page = nobody.get("/public/SSR2")
    judge(page.status == 200 and "SSR2-S1.pdf" in page.text,
          "then anybody sees the posted sheet", page.status, page.text)
    posted = desk.run("finance", "factsheet", "show", "SSR2-S1", "--format", "json").stdout
    judge("max-age" in page.headers["cache-control"] and "Sign out" not in page.text and
          page.text == desk.sign_in("finance").get("/public/SSR2").text,
          "which is the same for everybody, and may be kept", page.headers)
    again = nobody.get("/public/SSR2", {"If-None-Match": page.headers["etag"]})
    judge(again.status == 304, "and is known by its ETag", again.status)
    judge("Definitions" in page.text and "Hash of the last" in page.text and "<svg" in page.text,
          "with charts, definitions and the head of the ledger", page.text)
    kept = desk.run("finance", "factsheet", "show", "SSR2-S1", "--format", "html").stdout
    page = nobody.get("/public/SSR2/SSR2-S1.html")
    policy = page.headers["content-security-policy"]
    judge(page.text == kept and "style-src 'sha256-" in policy and "unsafe" not in policy,
          "the page of a sheet is the one that was posted", policy)
    for name in ("datapackage.json", "envelope.csv", "budget.csv", "decisions.csv"):
        page = nobody.get(f"/public/SSR2/data/{name}")
        typed = desk.run("finance", "export", "SSR2", name, "--format", "data-package").stdout
        judge(page.status == 200 and page.text.replace("\r\n", "\n") == typed, f"{name} of the data is there", page.status,
              page.text)
    page = nobody.get("/public/SSR2/SSR2-S1.json")
    judge(page.text == posted and page.headers["content-type"] == "application/json",
          "in the bytes that are kept", page.headers, page.text)
    page = nobody.get("/public/SSR2/SSR2-S1.pdf")
    judge(page.bytes.startswith(b"%PDF-"), "also as pdf", page.status)
    for path in ("/public/SSR2/SSR2-S2.pdf", "/public/SSR2/ssr2.db", "/public/SSR2/data/x.csv", "/public/CCT", "/public/ssr2"):
        page = nobody.get(path)
        judge(page.status in (303, 404), f"and nothing else: {path}", page.status, page.text)
    folder = desk.book + "-site"
    desk.run("finance", "export", "SSR2", "--format", "site", "--output", folder)
    kept = (pathlib.Path(folder) / "SSR2-S1.json").read_text()
    index = (pathlib.Path(folder) / "index.html").read_text()
    judge(kept == posted and 'href="SSR2-S1.pdf"' in index and 'href="data/envelope.csv"' in index and
          (pathlib.Path(folder) / "data/envelope.csv").exists(), "a folder for any server has the same",
          index)
    desk.run("finance", "export", "SSR2", "--format", "site", "--output", folder)
    desk.run("finance", "review", "set", "SSR2", "--public-page", "off")
    judge(nobody.get("/public/SSR2").status == 404, "and it can be switched off")


def roles(desk, judge):
    for user, pages in ROLES.items():
        visitor = desk.sign_in(user)
        for path, wanted in pages.items():
            page = visitor.get(path)
            judge(page.status == wanted, f"{user} gets {wanted} at {path}", page.status, page.text)
    people = {}
    for user, path, fields, done in ACTS:
        people.setdefault(user, None)
        people[user] = people[user] or desk.sign_in(user)
        before = events(desk)
        page = people[user].fill(path, fields)
        moved = events(desk) != before
        judge(moved == done and (page.status == 200) == done,
              f"{user} {'may' if done else 'may not'} {path}", page.status, page.text)
    judge(people["chair"].get("/SSR2").status == 303, "who is disabled is out at once")


def events(desk):
    return desk.run("finance", "verify", "--json").stdout


def forms(desk, judge):
    olga = desk.sign_in("support")
    path = "/expense/submit/SSR2"
    before = events(desk)
    page = olga.post(path, SUBMIT)
    judge(page.status == 403, "a form without its token is refused", page.status)
    page = olga.post(path, {**SUBMIT, "form-token": "0" * 96})
    judge(page.status == 403, "a made-up token is refused", page.status)
    other = desk.sign_in("finance").get("/account").hidden("form-token")
    page = olga.post(path, {**SUBMIT, "form-token": other})
    judge(page.status == 403, "another session's token is refused", page.status)
    token = olga.get(path).hidden("form-token")
    page = olga.post(path, {**SUBMIT, "form-token": token}, {"Origin": "https://evil.example"})
    judge(page.status == 403, "another site's form is refused", page.status)
    judge(events(desk) == before, "and none of them recorded anything")

    form = olga.get(path)
    sent = {**SUBMIT, "why": "Twice", "form-token": form.hidden("form-token"),
            "request-key": form.hidden("request-key")}
    first, again = olga.post(path, sent), olga.post(path, sent)
    ids = [re.search(r"SSR2-E\d+", page.text)[0] for page in (first, again)]
    judge(first.status == again.status == 200 and ids[0] == ids[1],
          "a form that is sent twice is recorded once", ids, again.text)
    page = olga.post(path, {**sent, "amount": "11.00"})
    judge(page.status == 422 and "request key" in page.text, "its key stands for that one request",
          page.status, page.text)

    page = olga.fill(path, {**SUBMIT, "amount": "1,42"})
    judge(page.status == 400 and "not one clear number" in page.text and 'value="1,42"' in page.text,
          "a wrong amount stays where it was typed, with the engine's words", page.text)
    page = olga.fill(path, {**SUBMIT, "amount": "600,000"})
    judge(page.status == 422 and "needs 600,000.00 USD of the envelope" in page.text,
          "a refusal is said in the engine's words", page.status, page.text)
    for field in ("why", "payee", "invoice", "type"):
        script = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
        page = olga.fill(path, {**SUBMIT, field: script, "invoice": f"N-{field}"} | (
            {"invoice": script} if field == "invoice" else {}))
        judge("<script>" not in page.text and "<img" not in page.text,
              f"a script in {field} is text", page.text)
        page = olga.get("/expense/list/SSR2")
        judge("<script>" not in page.text and "&lt;script&gt;" in page.text, "and stays text in lists")
    page = olga.get("/expense/list/SSR2?state=%3Cscript%3Ealert(1)%3C/script%3E")
    judge(page.status == 400 and "<script>" not in page.text, "what comes back is escaped", page.text)
    page = olga.get("/expense/list/SSR2?category=travel%27%20OR%201=1--")
    judge(page.status in (400, 422), "SQL in a filter is no category", page.status)
    page = olga.get("/status/SSR2'%20OR%201=1")
    judge(page.status == 400, "nor a review", page.status, page.text)


def files(desk, judge):
    olga = desk.sign_in("support")
    path = "/expense/submit/SSR2"
    page = olga.upload(path, SUBMIT, "receipt", "../../etc/passwd", b"%PDF-1.4 hello")
    judge(page.status == 200, "a PDF is taken, whatever its name", page.status, page.text)
    page = olga.upload(path, SUBMIT, "receipt", "bill.pdf", b"#!/bin/sh\necho")
    judge(page.status == 400 and "neither a PDF nor a picture" in page.text, "other files are not",
          page.status, page.text)
    page = olga.upload(path, SUBMIT, "receipt", "big.pdf", b"%PDF-" + b"0" * 10_485_800)
    judge(page.status == 400 and "10 MB" in page.text, "nor one of more than 10 MB", page.status)
    page = olga.upload(path, SUBMIT, "receipt", "huge.pdf", b"%PDF-" + b"0" * 13_000_000)
    judge(page.status == 413, "a far larger body is cut off", page.status)
    # A path where a file was meant opens nothing of this machine.
    page = olga.fill(path, {**SUBMIT, "receipt": "/etc/passwd", "why": "No file"})
    judge(page.status == 200 and "passwd" not in page.text, "a path is no upload", page.text)
    page = olga.get("/register/SSR2?output=/tmp/purser-stolen.csv&format=csv")
    judge("spent" in page.text.splitlines()[0], "nothing is written to this machine", page.text)
    for bad in ("/assets/../../etc/passwd", "/assets/x/..%2f..%2fetc%2fpasswd", "/..%2f..%2fetc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd", "/assets/0/purser.css", "/restore/x", "/init",
                "/backup/%2ftmp%2fx", "/expense/import/SSR2/%2fetc%2fpasswd", "/serve"):
        page = olga.get(bad)
        judge(page.status in (400, 404) and "root:" not in page.text, f"{bad} is not there",
              page.status, page.text)
    page = olga.get("/x%0d%0aSet-Cookie:%20a=b")
    judge("set-cookie" not in page.headers, "no header is injected", page.headers)
    page = desk.visitor().get("/SSR2%0d%0aX-Evil:%201")
    judge("x-evil" not in page.headers, "nor where to go after signing in", page.headers)


def imports(desk, judge):
    """A file is looked at with all its problems, then recorded as it was looked at."""
    anna = desk.sign_in("finance")
    path = "/expense/import/SSR2"
    bad = b"posted_on,category,amount,why\n2017-04-03,travel,1;5,Taxi\n2017-04-04,boats,x,Ferry\n"
    before = events(desk)
    page = anna.upload(path, {}, "file", "april.csv", bad)
    judge(page.status == 400 and "2 problems in april.csv" in page.text and "1;5" in page.text,
          "all problems of a file are listed", page.status, page.text)
    good = b"posted_on,category,amount,why\n2017-04-03,travel,100.00,=cmd|<b>Taxi</b>\n"
    page = anna.upload(path, {}, "file", "april.csv", good)
    judge(page.status == 200 and "1 expense would be recorded from april.csv" in page.text and
          "Remaining" in page.text, "what it would lead to is shown", page.status, page.text)
    judge(events(desk) == before, "and nothing is written yet")
    sent = {name: page.hidden(name)
            for name in ("form-token", "request-key", "carried-name", "carried")}
    page = anna.post(path, sent)
    judge(page.status == 200 and "1 expense recorded from april.csv" in page.text,
          "then it is recorded", page.status, page.text)
    log = desk.run("finance", "export", "SSR2").stdout
    judge(hashlib.sha256(good).hexdigest() in log, "to the byte as it was sent", log[-900:])
    after = events(desk)
    anna.post(path, sent)
    judge(events(desk) == after != before, "once")
    page = anna.upload(path, {}, "file", "april.csv", good)
    judge("1 row was imported before" in page.text, "what is known comes in once", page.text)
    others(desk, judge, anna)
    after = events(desk)
    page = desk.sign_in("viewer").upload(path, {}, "file", "april.csv", good)
    judge(page.status == 422 and events(desk) == after, "not by a viewer", page.status, page.text)
    page = anna.get("/period/close/SSR2")
    judge('value="2017-04"' in page.text and "Open in this month" in page.text,
          "closing a month begins with the next one and its check-list", page.text)


def others(desk, judge, anna):
    """Members, meetings, milestones, work items and attendance come the same way."""
    for path, row, said in (
        ("/member/import/SSR2", "member,body\nMira Example,GNSO\n", "members of people.csv: 1 added"),
        ("/meeting/import/SSR2", "code,title,kind,from\nCALL9,Ninth call,call,2017-04-10\n",
         "meetings of people.csv: 1 added"),
        ("/milestone/import/SSR2", "title,planned\nA last look,2017-12-01\n",
         "milestones of people.csv: 1 added"),
        ("/work-item/import/SSR2", "code,title,kind\nWS9,More,workstream\n",
         "work items of people.csv: 1 added"),
        ("/meeting/attend/SSR2", "meeting,member\nCALL9,Mira Example\n",
         "attendance of people.csv: 0 added, 1 changed"),
    ):
        page = anna.upload(path, {}, "file", "people.csv", b"colour\nred\n")
        judge(page.status == 400 and "nothing was recorded" in page.text,
              f"{path} lists what is wrong", page.status, page.text)
        before = events(desk)
        page = anna.upload(path, {"why": "From the wiki"}, "file", "people.csv", row.encode())
        judge(page.status == 200 and "people.csv would give: " in page.text and
              events(desk) == before, f"{path} is looked at first", page.status, page.text)
        sent = {name: page.hidden(name)
                for name in ("form-token", "request-key", "carried-name", "carried", "why")}
        page = anna.post(path, sent)
        judge(page.status == 200 and said in page.text and sent["why"] == "From the wiki",
              f"{path} then records it", page.status, page.text)
        after = events(desk)
        anna.post(path, sent)
        judge(events(desk) == after != before, "once", page.text)


def headers(desk, judge):
    carl = desk.sign_in("finance")
    for path in ("/", "/SSR2", "/sign-in", "/nothing/here", "/expense/submit/SSR2", "/health"):
        page = carl.get(path)
        policy = page.headers.get("content-security-policy", "")
        judge("default-src 'none'" in policy and "unsafe" not in policy and
              "frame-ancestors 'none'" in policy, f"{path} lets nothing foreign in", policy)
        judge(page.headers.get("x-content-type-options") == "nosniff", f"{path} is what it says")
        judge(page.headers.get("referrer-policy") == "same-origin", f"{path} tells no other site")
        bare = re.sub('<script src="/assets/[0-9a-f]+/purser.js" defer></script>', "", page.text)
        judge("<script" not in bare and " style=" not in bare and "<style" not in bare,
              f"{path} has no script and no style of its own", page.text)
        foreign = re.findall(r'(?:src|href|action)="(?!/|#)[^"]*"', page.text)
        judge(not foreign, f"{path} asks nothing of other machines", foreign)
    page = carl.get("/SSR2")
    judge(page.headers.get("cache-control") == "no-store", "no page is kept by anything on the way")


def lockout(desk, judge):
    wrong = {"user": "board", "password": "wrong one, all of it"}
    visitor = desk.visitor()
    for _ in range(5):
        visitor.fill("/sign-in", wrong)
    page = visitor.sign_in("board")
    judge(page.status == 403, "after many tries the right password must wait, too", page.status)
    time.sleep(1.2)
    page = visitor.sign_in("board")
    judge(page.status == 303, "but not for long", page.status, page.text)


def load(desk, judge):
    """Slow and silent clients, endless heads: others are served meanwhile."""
    slow = []
    for number in range(40):
        client = socket.create_connection(("127.0.0.1", desk.port))
        client.sendall(b"" if number % 2 else b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        slow.append(client)
    begun = time.monotonic()
    page = desk.visitor().get("/health")
    judge(page.status == 200 and time.monotonic() - begun < 5, "silent clients stop nobody")
    head = socket.create_connection(("127.0.0.1", desk.port))
    head.settimeout(20)
    answer = b""
    try:
        head.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        for _ in range(20):
            head.sendall(b"X-Long: " + b"a" * 4000 + b"\r\n")
        answer = head.recv(1000)
    except OSError:
        pass
    judge(answer == b"" or b"431" in answer or b"400" in answer, "an endless head ends", answer)
    for client in slow:
        client.close()
    page = desk.visitor().get("/" + "a" * 3000)
    judge(page.status == 414, "so does an endless address", page.status)
    page = desk.visitor().send("DELETE", "/SSR2")
    judge(page.status == 405, "only GET and POST are taken", page.status)
    metrics = desk.visitor().get("/metrics").text
    judge("purser_failed_sign_ins_total" in metrics and 'status="4xx"' in metrics, "counts", metrics)


def listening(desk, judge):
    for options, wanted in (
        (["--listen", "0.0.0.0:0"], "can be reached from other machines"),
        (["--listen", "127.0.0.1:0", "--user-header", "X-User"], "believes whoever sends it"),
        (["--listen", "nonsense"], "is not an address and a port"),
        (["--listen", "127.0.0.1:0", "--tls-cert", "nothing.pem"], "needs both"),
    ):
        done = subprocess.run([desk.purser, "--book", desk.book, "serve", *options], timeout=60,
                              capture_output=True, text=True)
        judge(done.returncode == 2 and wanted in done.stderr, f"serve {options} is refused",
              done.returncode, done.stderr)


def first_user(purser, judge):
    """A book in which nobody has a password yet."""
    desk = Desk(purser)
    desk.run("ann", "init")
    desk.start()
    desk.server.stdout.readline()
    link = re.search(r"(/welcome/\S+)", desk.server.stdout.readline())[1]
    ann = desk.visitor()
    page = ann.fill(link, {"password": PASSWORD, "again": "something else, though"})
    judge(page.status == 400 and "differ" in page.text, "a slip is found", page.status, page.text)
    page = ann.fill(link, {"password": PASSWORD, "again": PASSWORD})
    judge(page.status == 303 and ann.get("/").status == 200, "the first admin gets in by the link",
          page.status, page.text)
    judge(desk.visitor().get(link).status == 404, "which is good once")
    page = ann.fill("/user/add", {"name": "olga", "role": "finance"})
    judge(page.status == 200 and "olga has the role finance" in page.text, "and adds a user",
          page.status, page.text)
    page = ann.fill("/account/invite", {"name": "olga"}, form="/account")
    link = re.search(r"(/welcome/[\w-]+)", page.text)[1]
    olga = desk.visitor()
    page = olga.fill(link, {"password": PASSWORD, "again": PASSWORD})
    judge(olga.get("/account").status == 200, "who gets in by a link as well", page.text)
    page = olga.fill("/account/invite", {"name": "ann"}, form="/account")
    judge(page.status == 422, "but makes no link for others", page.status)
    judge(desk.stop() == 0, "it ends well", desk.said)
    desk.start()
    judge("welcome" not in (desk.stop(), desk.said)[1], "and prints no link any more", desk.said)
    desk.folder.cleanup()


def main():
    judge = Judge()
    with Desk(sys.argv[1]) as desk:
        for part in (doors, public, forms, files, imports, headers, lockout, load, listening,
                     roles):
            part(desk, judge)
        visitor = Visitor(desk.port)
        code = desk.stop()
        judge(code == 0, "it ends with SIGTERM", code, desk.said)
        del visitor
    first_user(sys.argv[1], judge)
    return judge.end(at_least=120)


if __name__ == "__main__":
    sys.exit(main())
