#!/usr/bin/env python3
"""The forms of acts that change what is there.

    check_forms.py PURSER

They are offered to who may amend, begin with what stands, ask for nothing but what was changed, and
say so calmly when there is nothing to be done.
"""

import html
import json
import re
import sqlite3
import sys

from desk import Desk, Judge

NOW = "2017-05-20T12:00:00Z"


def fields_of(page):
    """What a browser would send of the page's form as it stands: (name, value), in order."""
    form = re.search(r'<form class="act".*?</form>', page.text, re.DOTALL)
    if not form:
        return []
    sent = []
    for tag in re.finditer(r"<input ([^>]*)>|<textarea ([^>]*)>(.*?)</textarea>|"
                           r"<select ([^>]*)>(.*?)</select>", form[0], re.DOTALL):
        attributes = tag[1] or tag[2] or tag[4]
        name = re.search(r'name="([^"]*)"', attributes)[1]
        if tag[4]:
            chosen = re.findall(r'<option value="([^"]*)" selected', tag[5])
            single = [] if "multiple" in attributes else [""]
            sent += [(name, html.unescape(value)) for value in chosen or single]
        elif tag[2]:
            sent.append((name, html.unescape(tag[3]).replace("\n", "\r\n")))
        elif 'type="checkbox"' in attributes:
            if " checked" in attributes:
                sent.append((name, "true"))
        elif 'type="file"' not in attributes:
            value = re.search(r'value="([^"]*)"', attributes)
            sent.append((name, html.unescape(value[1]) if value else ""))
    return sent


def begins_with(page):
    """What its fields show, without what is hidden in it."""
    hidden = ("form-token", "request-key")
    return {name: value for name, value in fields_of(page)
            if name not in hidden and not name.startswith("stood-") and value}


def send(visitor, path, page, changes):
    """Sends the page's form with some of its fields otherwise."""
    sent = [(name, changes.get(name, value)) for name, value in fields_of(page)]
    sent += [(name, value) for name, value in changes.items() if name not in dict(sent)]
    body = {}
    for name, value in sent:
        body.setdefault(name, []).append(value)
    return visitor.post(path, body)


def text_of(page):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.text)))


class Forms:
    def __init__(self, judge, desk):
        self.judge, self.desk = judge, desk
        self.users = {user: desk.sign_in(user)
                      for user in ("finance", "support", "chair", "board", "root")}

    def asked(self):
        """What the last event says: its act and body."""
        with sqlite3.connect(f"file:{self.desk.book}?mode=ro", uri=True) as book:
            row = book.execute("SELECT review, seq, kind, body FROM event ORDER BY recorded_at "
                               "DESC, review = 'BOOK', seq DESC LIMIT 1").fetchone()
        return row[2], json.loads(row[3])

    def count(self):
        with sqlite3.connect(f"file:{self.desk.book}?mode=ro", uri=True) as book:
            return book.execute("SELECT COUNT(*) FROM event").fetchone()[0]

    def stands(self, user, path, wanted):
        """The form begins with that; sent as it is, it records nothing and says so."""
        visitor, before = self.users[user], self.count()
        page = visitor.get(path)
        shown = begins_with(page)
        self.judge({name: shown.get(name) for name in wanted} == wanted,
                   f"{path} begins with what stands", shown, wanted)
        self.judge("alert-danger" not in page.text and "is-invalid" not in page.text,
                   f"nothing is red at {path}", page.text)
        sent = send(visitor, path, page, {"why": "Nothing"})
        self.judge(sent.status == 422 and "there is nothing to record" in sent.text,
                   f"{path} sent as it is changes nothing", sent.status, text_of(sent))
        self.judge(self.count() == before, f"and records nothing: {path}")
        return page

    def done(self, user, path, page, changes, told):
        sent = send(self.users[user], path, page, changes)
        self.judge(sent.status == 200 and told in text_of(sent), f"{path}: {changes} is recorded",
                   sent.status, text_of(sent))
        return self.asked()


def buttons(page):
    return re.findall(r'<a class="btn[^"]*" href="/(\w[\w-]*/\w+)/', page.text)


def offers(forms, judge):
    """Buttons of a document, by who looks at it and how it stands."""
    wanted = [
        ("finance", "expense/show/SSR2-E8", ["expense/amend"]),
        ("support", "expense/show/SSR2-E8", ["expense/withdraw", "expense/amend"]),
        ("chair", "expense/show/SSR2-E8", ["expense/approve", "expense/reject"]),
        ("board", "expense/show/SSR2-E8", []),
        ("finance", "expense/show/SSR2-E1", ["expense/amend", "expense/refund", "expense/reverse"]),
        ("chair", "expense/show/SSR2-E1", ["expense/approve"]),  # agrees with what finance says
        ("board", "expense/show/SSR2-E1", []),
        ("finance", "commitment/show/SSR2-C2", ["commitment/amend", "commitment/close"]),
        ("support", "commitment/show/SSR2-C2", ["commitment/amend"]),
        ("chair", "commitment/show/SSR2-C2", ["commitment/confirm", "commitment/reject"]),
        ("board", "request/show/SSR2-R1", ["request/decide", "request/refuse"]),
        ("chair", "request/show/SSR2-R1", ["request/withdraw"]),
        ("finance", "member/show/SSR2-M1", ["member/set", "member/leave", "member/remove",
                                               "member/erase"]),  # who is admin as well
        ("root", "member/show/SSR2-M1", ["member/erase"]),
        ("finance", "milestone/show/SSR2-T1", ["milestone/set", "milestone/remove"]),
        ("finance", "factsheet/show/SSR2-S1", ["factsheet/withdraw"]),
        ("chair", "factsheet/show/SSR2-S1", []),
    ]
    for user, path, acts in wanted:
        shown = [one for one in buttons(forms.users[user].get("/" + path))
                 if one.split("/")[1] not in ("receipt", "list", "show")]
        judge(sorted(shown) == sorted(acts), f"/{path} offers {user} {acts}", shown)


def calm(forms, judge):
    """What cannot be done now is said without a refusal, and without a form."""
    for user, path, said in [
            ("support", "/expense/approve/SSR2-E8", "support"),
            ("finance", "/expense/refund/SSR2-E8", "SSR2-E8 is submitted, it cannot be refunded"),
            ("board", "/expense/amend/SSR2-E8", "may not amend expenses"),
            ("finance", "/commitment/confirm/SSR2-C2", "may not confirm commitments"),
            ("chair", "/period/close/SSR2", "may not close months"),
            ("finance", "/factsheet/post/SSR2-S1", "is posted already")]:
        page = forms.users[user].get(path)
        judge(page.status == 200, f"{path} answers {user}", page.status)
        judge(said in text_of(page), f"{path} says so to {user}", text_of(page))
        judge('class="note"' in page.text and "alert-danger" not in page.text
              and 'role="alert"' not in page.text, f"{path} says it calmly", page.text)
        judge(not fields_of(page), f"{path} asks {user} for nothing")
    page = forms.users["chair"].get("/expense/approve/SSR2-E8")
    judge("after this: free = " in text_of(page), "what would be free is said before")
    judge(fields_of(page) and 'class="note"' not in page.text, "of what can be done, plainly")


def amendments(forms, judge, desk):
    path = "/expense/amend/SSR2-E8"
    page = forms.stands("support", path, {
        "amount": "100.00", "currency": "EUR", "rate": "1.10", "rate-date": "2017-05-02",
        "rate-source": "ECB", "category": "travel", "text": "Hotel, two lines\r\nof it",
        "document-date": "2017-05-01", "payee": "Žarko & <Sons>", "invoice": "N-7",
        "type": "hotel", "meeting": "MADRID", "work-item": "WS1"})
    # Another changes the invoice meanwhile; it stays changed.
    desk.run("finance", "expense", "amend", "SSR2-E8", "--invoice", "N-8", "--why", "As printed")
    act, body = forms.done("support", path, page, {"payee": "Sons", "why": "Their name"},
                           "SSR2-E8 is submitted")
    judge(act == "expense.amend" and body.get("invoice") == "N-8" and body["amount"] == "110.00",
          "only the payee is otherwise", body)
    page = forms.users["support"].get(path)
    _, body = forms.done("support", path, page, {"amount": "200.00", "why": "Two nights"},
                         "200.00 EUR")
    judge((body["amount"], body["rate"]) == ("220.00", "1.10"), "its rate stays", body)
    page = forms.users["support"].get(path)
    _, body = forms.done("support", path, page, {"invoice": "", "type": "", "why": "None"},
                         "SSR2-E8 is submitted")
    judge("invoice" not in body and "type" not in body and body["meeting"] == "MADRID",
          "a field that was emptied takes its text away", body)
    page = forms.users["support"].get(path)
    _, body = forms.done("support", path, page,
                         {"currency": "USD", "rate": "", "rate-date": "", "rate-source": "",
                          "why": "In dollars"}, "200.00 USD")
    judge(body["amount"] == "200.00" and "rate" not in body, "another currency, and no rate", body)
    against = "/expense/amend/SSR2-E9"
    page = forms.stands("finance", against, {"amount": "10.00", "commitment": "SSR2-C1"})
    _, body = forms.done("finance", against, page, {"commitment": "", "why": "By itself"},
                         "SSR2-E9 is submitted")
    judge("commitment" not in body, "a commitment that was taken off is off", body)
    page = forms.users["support"].get(path)
    refused = send(forms.users["support"], path, page, {"amount": "abc", "why": "A slip"})
    judge(refused.status == 400 and begins_with(refused).get("amount") == "abc"
          and 'name="stood-amount" value="200.00"' in refused.text,
          "what was typed stays, and what stood too", refused.status, text_of(refused))


def others(forms, judge):
    page = forms.stands("finance", "/commitment/amend/SSR2-C1",
                        {"amount": "95000.00", "expected": "2017-05-15"})
    act, body = forms.done("finance", "/commitment/amend/SSR2-C1", page,
                           {"expected": "2017-06-10", "why": "Later"}, "expected 2017-06-10")
    judge(act == "commitment.amend" and body["amount"] == "95000.00", "of the same total", body)
    page = forms.stands("root", "/review/set/SSR2", {
        "name": "Second Security, Stability, and Resiliency Review",
        "start": "2017-03-02",
        "control": "envelope=stop\r\ncategory=warn\r\nfiscal-year=warn",
        "year-end": "free=carry\r\ncommitments=carry", "layout": "2017"})
    act, body = forms.done("root", "/review/set/SSR2", page,
                           {"control": "envelope=stop\r\ncategory=off\r\nfiscal-year=warn"},
                           "control.category = off")
    judge(act == "review.set" and body["settings"] == ["control.category=off"],
          "one setting is set", body)
    page = forms.stands("finance", "/member/set/SSR2-M1", {"role": "member", "region": "AF", "name": "ccNSO member 1"})
    act, body = forms.done("finance", "/member/set/SSR2-M1", page, {"region": "EUR"}, "EUR")
    judge(body["values"] == ["M1/region=EUR"], "one value is said of a member", body)
    page = forms.users["finance"].get("/member/set/SSR2-M1")
    act, body = forms.done("finance", "/member/set/SSR2-M1", page, {"region": ""}, "SSR2-M1")
    judge(body["values"] == ["M1/region="], "and taken back", body)
    page = forms.stands("finance", "/meeting/set/SSR2/MADRID",
                        {"kind": "face-to-face", "from": "2017-05-13", "to": "2017-05-15"})
    act, body = forms.done("finance", "/meeting/set/SSR2/MADRID", page, {"heads": "9"}, "9 heads")
    judge(body["values"] == ["MADRID/heads=9"], "one value is said of a meeting", body)
    forms.stands("finance", "/milestone/set/SSR2-T1", {"status": "complete"})
    forms.stands("finance", "/work-item/set/SSR2/WS1", {"kind": "workstream"})
    forms.stands("root", "/policy/add/SSR2", {"role": "chair", "count": "1"})
    forms.desk.run("chair", "forecast", "set", "SSR2", "--amount", "500000", "--why", "So much")
    forms.stands("chair", "/forecast/set/SSR2", {"amount": "500000.00"})
    forms.desk.run("chair", "forecast", "plan", "SSR2", "ICANN60", "--category", "travel",
                   "--amount", "30000", "--expected", "2017-10-27", "--why", "As planned")
    page = forms.stands("chair", "/forecast/plan/SSR2/ICANN60",
                        {"category": "travel", "amount": "30000.00", "expected": "2017-10-27"})
    act, body = forms.done("chair", "/forecast/plan/SSR2/ICANN60", page,
                           {"amount": "31000", "why": "Dearer"}, "31,000.00 USD")
    forms.stands("finance", "/factsheet/due/SSR2", {"financials": "2017-06-30",
                                                    "target": "2017-08-10"})


def main():
    judge = Judge()
    with Desk(sys.argv[1], now=NOW) as desk:
        desk.run("support", "expense", "submit", "SSR2", "--category", "travel", "--amount", "100",
                 "--currency", "EUR", "--rate", "1.10", "--rate-date", "2017-05-02",
                 "--rate-source", "ECB", "--why", "Hotel, two lines\nof it", "--payee",
                 "Žarko & <Sons>", "--invoice", "N-7", "--type", "hotel", "--meeting", "MADRID",
                 "--work-item", "WS1", "--document-date", "2017-05-01")
        desk.run("support", "expense", "submit", "SSR2", "--category", "travel", "--amount", "10",
                 "--why", "Of the meeting", "--commitment", "SSR2-C1")
        desk.run("support", "commitment", "open", "SSR2", "--proposed", "--category", "travel",
                 "--amount", "10", "--for", "A test", "--kind", "meeting", "--expected",
                 "2017-06-01")
        desk.run("chair", "request", "submit", "SSR2", "--category", "travel", "--amount", "10",
                 "--why", "A test")
        forms = Forms(judge, desk)
        offers(forms, judge)
        calm(forms, judge)
        amendments(forms, judge, desk)
        others(forms, judge)
    return judge.end(at_least=100)


if __name__ == "__main__":
    sys.exit(main())
