"""The verbs as programs find them at GET /api/v1, with words and fields that fit the fixture.

    for verb in index(desk, token):
        name_of(verb), filled(verb["path"]), needed_fields(verb)
"""

import base64
import json

# What the words of an address are here.
WORDS = {"key": "SSR2", "month": "2017-03", "fy": "FY17", "code": "travel", "title": "Travel",
         "name": "chair", "user": "chair", "sheet": "SSR2-S1", "sheet2": "SSR2-S1",
         "meeting": "WASHINGTON"}
CODE = {"meeting": "MADRID", "work-item": "WS1"}
NAME = {"export": "ssr2.log"}
DOCUMENT = {"expense": "SSR2-E7", "commitment": "SSR2-C1", "request": "SSR2-R1",
            "member": "SSR2-M1", "milestone": "SSR2-T1", "payee": "SSR2-P1"}
# Reads that find nothing in this book, and say so to who may have it.
NOTHING_THERE = {"/expense/receipt/SSR2-E7"}
# What a report must be told.
ASKED = {"from": "2017-03-15", "row": "travel", "column": "fy_spent"}



def rows(text):
    """A file to import, as programs send it."""
    return {"file": {"name": "a.csv", "content": base64.b64encode(text.encode()).decode()}}


def as_form(fields):
    """The same from a page: a file that was looked at is carried along."""
    form = {}
    for name, value in fields.items():
        if isinstance(value, dict):
            form |= {"carried": value["content"], "carried-name": value["name"]}
        else:
            form[name.replace("_", "-")] = value
    return form


WHY = {"why": "A test"}
MONEY = {"category": "travel", "amount": "10.00", **WHY}
ALLOTTED = {"fiscal_year": "FY17", "category": "travel", "amount": "10.00"}
# The words and fields of each act, such that who may do it can.
ACTS = {
    "user/add": ("eve", {"role": ["viewer"]}),
    "user/sign-out": ("guest", {}),
    "user/disable": ("spare", {}),
    "policy/add": ("SSR2", {"from": "2018-01-01", "role": "chair"}),
    "delegate": ("chair", {"to": "eve", "from": "2018-01-01", "until": "2018-01-02"}),
    "delegate/end": ("chair", {"to": "eve"}),
    "review/open": ("NEW", {"name": "New", "start": "2017-05-01", "expected": "2018-05-01"}),
    "review/set": ("SSR2", {"questions_address": "questions@example.org"}),
    "review/pause": ("SSR2", {}),
    "review/resume": ("SSR2", {}),
    "review/finish": ("CCT", {}),
    "category/add": ("SSR2/org-support/Support", {}),
    "envelope/grant": ("SSR2", MONEY),
    "envelope/lower": ("SSR2", MONEY),
    "budget/allot": ("SSR2", ALLOTTED),
    "budget/unallot": ("SSR2", ALLOTTED),
    "budget/move": ("SSR2", {"from": "travel", "to": "professional-services", "amount": "10.00",
                             **WHY}),
    "commitment/open": ("SSR2", {"category": "travel", "amount": "10.00", "for": "A test",
                                 "kind": "meeting", "expected": "2017-06-01"}),
    "commitment/confirm": ("SSR2-C2", {}),
    "commitment/reject": ("SSR2-C3", WHY),
    "commitment/amend": ("SSR2-C1", {"expected": "2017-06-10", **WHY}),
    "commitment/close": ("SSR2-C1", {}),
    "expense/submit": ("SSR2", MONEY),
    "expense/approve": ("SSR2-E8", {}),
    "expense/reject": ("SSR2-E9", WHY),
    "expense/withdraw": ("SSR2-E10", {}),
    "expense/amend": ("SSR2-E11", {"type": "air", **WHY}),
    "expense/refund": ("SSR2-E1", {"amount": "10.00", **WHY}),
    "expense/reverse": ("SSR2-E2", WHY),
    "expense/import": ("SSR2", rows("posted_on,category,amount,why\n2017-05-10,travel,1.00,Tea\n")),
    "payee/user": ("SSR2", {"payee": "Illustrative hotel", "user": "board"}),
    "payee/erase": ("SSR2-P1", WHY),
    "request/submit": ("SSR2", MONEY),
    "request/decide": ("SSR2-R1", {"grant": "10.00", "resolution": "2017.05.20.1",
                                   "on": "2017-05-20"}),
    "request/refuse": ("SSR2-R2", WHY),
    "request/withdraw": ("SSR2-R3", {}),
    "member/add": ("SSR2/Somebody", {}),
    "member/set": ("SSR2-M1", {"region": "EUR"}),
    "member/leave": ("SSR2-M2", {"until": "2017-05-01"}),
    "member/remove": ("SSR2-M3", WHY),
    "member/erase": ("SSR2-M4", WHY),
    "member/import": ("SSR2", rows("member\nA new member\n")),
    "meeting/import": ("SSR2", rows("code,title,kind,from\nNEW2,New,call,2017-06-01\n")),
    "meeting/add": ("SSR2/NEW/New", {"kind": "call", "from": "2017-06-01"}),
    "meeting/set": ("SSR2/MADRID", {"place": "Madrid, Spain"}),
    "meeting/cancel": ("SSR2/P43", WHY),
    "meeting/remove": ("SSR2/ICANN64", WHY),
    "meeting/attend": ("SSR2/P1", {"member": ["SSR2-M1"]}),
    "milestone/import": ("SSR2", rows("title\nAnother one\n")),
    "milestone/add": ("SSR2/New", {}),
    "milestone/set": ("SSR2-T3", {"revised": "2017-06-01"}),
    "milestone/remove": ("SSR2-T5", WHY),
    "work-item/import": ("SSR2", rows("code,title,kind\nNEW2,New,workstream\n")),
    "work-item/add": ("SSR2/NEW/New", {"kind": "recommendation"}),
    "work-item/set": ("SSR2/R3", {"topic": "Words"}),
    "work-item/remove": ("SSR2/R4", WHY),
    "period/close": ("SSR2/2017-04", {}),
    "period/reopen": ("SSR2/2017-04", WHY),
    "year/close": ("SSR2/FY17", {}),
    "factsheet/issue": ("SSR2", {"as_of": "2017-05-19"}),
    "factsheet/approve": ("SSR2-S1", {}),
    "factsheet/withhold": ("SSR2-S1", WHY),
    "factsheet/post": ("SSR2-S1", {"on": "2017-05-19"}),
    "factsheet/withdraw": ("SSR2-S1", {**WHY, "on": "2017-05-09"}),  # before it was posted
    "factsheet/due": ("SSR2", {"financials": "2017-06-30", "target": "2017-08-10"}),
    "forecast/set": ("SSR2", {"amount": "500000", **WHY}),
    "forecast/withdraw": ("SSR2", {}),
    "forecast/plan": ("SSR2/ICANN60", {"category": "travel", "amount": "30000",
                                       "expected": "2017-10-27", **WHY}),
    "forecast/unplan": ("SSR2/ICANN60", {}),
}


def bearer(token):
    return {"Authorization": f"Bearer {token}"} if token else {}


def make_token(visitor, scope, until="2017-06-01"):
    """A program's token, for who is signed in there."""
    page = visitor.fill("/account/token", {"label": "a test", "scope": scope, "until": until},
                        form="/account")
    return page.text.split("<code>")[1].split("</code>")[0]


def index(desk, token):
    return json.loads(desk.visitor().get("/api/v1", bearer(token)).text)["verbs"]


def name_of(verb):
    """expense/submit, whatever words follow."""
    return "/".join(p for p in verb["path"].split("/")[3:] if not p.startswith("{"))


def filled(address):
    noun = address.split("/")[3]
    return address.format(**{**WORDS, "id": DOCUMENT.get(noun, "SSR2-E7"),
                             "code": CODE.get(noun, WORDS["code"]),
                             "name": NAME.get(noun, WORDS["name"])})


def needed_fields(verb):
    """What a report does not come without."""
    return {one["name"]: ASKED[one["name"]] for one in verb["takes"] if one["needed"]}
