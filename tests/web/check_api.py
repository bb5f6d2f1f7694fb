#!/usr/bin/env python3
"""The pages for programs: every address and every answer as schemas/openapi.yaml says.

    check_api.py PURSER
    UPDATE_GOLDEN=1 check_api.py PURSER      writes schemas/openapi.yaml again
"""

import base64
import json
import os
import subprocess
import sys
import urllib.parse

import jsonschema
import yaml

import openapi
from desk import SOURCE, Desk, Judge
from verbs import ASKED, NOTHING_THERE, bearer, filled, make_token

FILE = SOURCE / "schemas/openapi.yaml"


class Program:
    def __init__(self, desk, judge, document, token):
        self.visitor, self.judge, self.document, self.token = desk.visitor(), judge, document, token

    def send(self, method, address, path=None, body=None, headers=None):
        """Asks at an address of the document, and holds the answer against it."""
        path = path or address
        headers = {**bearer(self.token), **(headers or {})}
        if body is not None:
            headers["Content-Type"] = "application/json"
        page = self.visitor.send(method, path, None if body is None else json.dumps(body), headers)
        said = self.document["paths"][address][method.lower()]["responses"]
        self.judge(str(page.status) in said, f"{method} {address} answers as the document says",
                   page.status, page.text)
        if page.status != 304 and str(page.status) in said:
            (kind, content), = said[str(page.status)]["content"].items()
            self.judge(kind in ("*/*", page.headers["content-type"]), f"{address} is {kind}",
                       page.headers)
            if "json" not in kind:
                return page
            schema = {**content["schema"], "components": self.document["components"]}
            try:
                jsonschema.validate(json.loads(page.text), schema)
            except (jsonschema.ValidationError, ValueError) as wrong:
                self.judge(False, f"the answer of {method} {path} fits its schema", wrong)
        return page


def needed_parameters(operation):
    return {one["name"]: ASKED[one["name"]] for one in operation.get("parameters", [])
            if one["in"] == "query" and one["required"]}


def reads(desk, judge, document, tokens):
    finance = Program(desk, judge, document, tokens["finance"])
    for address, methods in document["paths"].items():
        if "get" not in methods:
            continue
        fields = needed_parameters(methods["get"])
        words = filled(address).split("/")[3:]
        path = filled(address) + ("?" + urllib.parse.urlencode(fields) if fields else "")
        for name, text in fields.items():
            words += ["--" + name.replace("_", "-"), text]
        page = finance.send("GET", address, path)
        if path.removeprefix("/api/v1") in NOTHING_THERE:
            judge(page.status == 422, f"finance finds nothing at {path}", page.status, page.text)
            continue
        judge(page.status == 200, f"finance reads {path}", page.status, page.text)
        again = finance.send("GET", address, path, headers={"If-None-Match": page.headers["etag"]})
        judge(again.status == 304 and not again.text, f"{path} is known by its ETag", again.status)
        typed = subprocess.run([desk.purser, "--book", desk.book, "--as", "finance", *words, "--json"],
                               capture_output=True, text=True, env=desk.environment)
        judge(typed.stdout == page.text, f"{path} is what the command line answers", typed.stdout,
              page.text)
        nobody = Program(desk, judge, document, "").send("GET", address, path)
        judge(nobody.status == 401, f"nobody reads {path}", nobody.status)
        if "{key}" in address or "{id}" in address:
            page = Program(desk, judge, document, tokens["stranger"]).send("GET", address, path)
            judge(page.status == 422, f"who has no role for it does not read {path}", page.text)


def acts(desk, judge, document, tokens):
    """Nobody without a role records anything, at any address."""
    before = desk.run("finance", "verify", "--json").stdout
    for address, methods in document["paths"].items():
        if "post" not in methods:
            continue
        path = filled(address)
        body = {name: sample(name, schema) for name, schema in
                methods["post"]["requestBody"]["content"]["application/json"]["schema"]
                .get("properties", {}).items()
                if name in methods["post"]["requestBody"]["content"]["application/json"]["schema"]
                .get("required", [])}
        for user in ("viewer", "stranger"):
            page = Program(desk, judge, document, tokens[user]).send("POST", address, path, body)
            judge(page.status in (400, 422), f"{user} does not POST {path}", page.status, page.text)
        page = Program(desk, judge, document, tokens["reading"]).send("POST", address, path, body)
        judge(page.status == 403, f"a token that reads does not POST {path}", page.status, page.text)
        page = Program(desk, judge, document, "").send("POST", address, path, body)
        judge(page.status == 401, f"nobody POSTs {path}", page.status, page.text)
    after = desk.run("finance", "verify", "--json").stdout
    judge(before == after, "and nothing was recorded", before, after)


def sample(name, schema):
    texts = {"amount": "10.00", "grant": "10.00", "category": "travel", "from": "travel",
             "to": "professional-services", "why": "A test", "kind": "meeting",
             "expected": "2017-06-01", "until": "2017-06-01", "start": "2017-04-01",
             "resolution": "2017.04.20.1", "financials": "2017-03-31", "target": "2017-05-10", "on": "2017-04-12", "fiscal_year": "FY17"}
    if "$ref" in schema:
        return {"name": "test.csv", "content": base64.b64encode(b"a,b\n1,2\n").decode()}
    text = texts.get(name, "test")
    return [text] if schema["type"] == "array" else text


def story(desk, judge, document, tokens):
    submit = "/api/v1/expense/submit/{key}"
    path = filled(submit)
    olga = Program(desk, judge, document, tokens["support"])
    carl = Program(desk, judge, document, tokens["chair"])
    asked = {"category": "travel", "amount": "2450.00", "on": "2017-04-12", "why": "Trains",
             "document_date": "2017-04-10"}
    key = {"Idempotency-Key": "one-and-the-same"}
    first = olga.send("POST", submit, path, asked, key)
    again = olga.send("POST", submit, path, asked, key)
    judge(first.text == again.text and json.loads(first.text)["id"] == "SSR2-E8",
          "the same request is done once", first.text, again.text)
    other = json.loads(olga.send("POST", submit, path, {**asked, "amount": "1.00"}, key).text)
    judge(other["rule"] == "key_reused", "and another one is refused", other)
    approve = "/api/v1/expense/approve/{id}"
    own = json.loads(olga.send("POST", approve, "/api/v1/expense/approve/SSR2-E8", {}).text)
    judge(own["rule"] in ("not_permitted", "own_document"), "nobody approves their own", own)
    done = json.loads(carl.send("POST", approve, "/api/v1/expense/approve/SSR2-E8", {}).text)
    judge(done["after_this"]["envelope"] == "448187.65", "a chair does, and sees what is left", done)
    for wrong, said in (({**asked, "amount": "1,42"}, "amount: "), ({"category": "travel"}, "needs"),
                        ({**asked, "colour": "red"}, "'colour' is not known here"),
                        ({**asked, "amount": 12.5}, "neither a text nor a whole number"),
                        ([1], "not a JSON object")):
        page = olga.send("POST", submit, path, wrong)
        judge(page.status == 400 and said in json.loads(page.text)["detail"],
              f"{wrong} is refused with its place", page.status, page.text)
    far = json.loads(olga.send("POST", submit, path, {**asked, "amount": "600000"}).text)
    judge(far["rule"] == "over_envelope" and far["status"] == 422, "a rule has its name", far)
    rows = "/api/v1/expense/list/{key}"
    page = carl.send("GET", rows, filled(rows) + "?limit=3&offset=2")
    ids = [one["id"] for one in json.loads(page.text)["expenses"]]
    judge(ids == ["SSR2-E3", "SSR2-E4", "SSR2-E5"] and page.headers["x-total-count"] == "8",
          "a list comes in pages", ids, page.headers)
    page = carl.send("GET", rows, filled(rows) + "?limit=0")
    judge(page.status == 400, "of one row at least", page.text)
    files(desk, judge, document, tokens)
    chair = desk.sign_in("chair")
    page = chair.send("POST", path, json.dumps(asked), {"Content-Type": "application/json"})
    judge(page.status == 401, "a browser's session is no token", page.status)
    page = desk.visitor().get("/SSR2", bearer(tokens["chair"]))
    judge(page.status == 303, "a token is no session", page.status)
    late = Desk(desk.purser, now="2017-06-03T12:00:00Z")
    late.folder, late.book = desk.folder, desk.book
    late.start()
    page = Program(late, judge, document, tokens["chair"]).send("GET", "/api/v1/status/{key}",
                                                                "/api/v1/status/SSR2")
    judge(page.status == 401, "a token ends", page.status)
    late.stop()


def as_file(name, content):
    return {"name": name, "content": base64.b64encode(content).decode()}


def files(desk, judge, document, tokens):
    """Rows to import, and a receipt."""
    anna = Program(desk, judge, document, tokens["finance"])
    address = "/api/v1/expense/import/{key}"
    path = filled(address)
    bad = b"posted_on,category,amount,why\n2017-04-03,travel,1;5,Taxi\n2017-04-04,boats,1,Ferry\n"
    page = anna.send("POST", address, path, {"file": as_file("april.csv", bad)})
    said = json.loads(page.text)
    judge(page.status == 400 and [(p["line"], p["column"]) for p in said["problems"]] ==
          [(2, "amount"), (3, "category")], "all problems of a file are listed", said)
    good = as_file("april.csv", b"posted_on,category,amount,why\n2017-04-03,travel,100.00,Taxi\n")
    before = desk.run("finance", "verify", "--json").stdout
    page = anna.send("POST", address, path, {"file": good, "dry_run": True})
    judge(json.loads(page.text)["recorded"] == 1 and
          desk.run("finance", "verify", "--json").stdout == before,
          "a file is looked at without recording it", page.text)
    key = {"Idempotency-Key": "april"}
    first = anna.send("POST", address, path, {"file": good}, key)
    again = anna.send("POST", address, path, {"file": good}, key)
    judge(json.loads(first.text)["recorded"] == 1 and
          json.loads(again.text)["event"] == json.loads(first.text)["event"],
          "it is recorded once", first.text, again.text)
    attend = "/api/v1/meeting/attend/{key}"
    rows = as_file("madrid.csv", b"meeting,member\nMADRID,SSR2-M1\n")
    page = anna.send("POST", attend, filled(attend), {"file": rows, "dry_run": True})
    judge(page.status == 200 and json.loads(page.text)["changed"] == 1, "so is who attended", page.text)
    for wrong in ("april", {"name": "april.csv"}, {"name": "april.csv", "content": "%"}):
        page = anna.send("POST", address, path, {"file": wrong})
        judge(page.status == 400, f"{wrong} is no file", page.text)
    submit = "/api/v1/expense/submit/{key}"
    asked = {"category": "travel", "amount": "11.00", "on": "2017-04-12", "why": "Tram"}
    page = anna.send("POST", submit, filled(submit),
                     {**asked, "receipt": as_file("tram.pdf", b"%PDF-1.4 tram")})
    judge(page.status == 200, "a receipt comes along", page.text)
    page = anna.send("POST", submit, filled(submit),
                     {**asked, "receipt": as_file("tram.pdf", b"#!/bin/sh")})
    judge(page.status == 400 and "neither a PDF nor a picture" in page.text, "if it is one", page.text)


def main():
    judge = Judge()
    with Desk(sys.argv[1]) as desk:
        desk.run("chair", "request", "submit", "SSR2", "--category", "travel", "--amount", "40000",
                 "--why", "A third meeting")
        tokens = {user: make_token(desk.sign_in(user), "write")
                  for user in ("finance", "support", "chair", "viewer", "stranger")}
        tokens["reading"] = make_token(desk.sign_in("finance"), "read")
        page = desk.visitor().get("/api/v1", bearer(tokens["finance"]))
        document = openapi.document(json.loads(page.text))
        text = "# What programs can ask. Made by tests/web/check_api.py from the verbs themselves.\n"
        text += yaml.safe_dump(document, sort_keys=False, width=100, allow_unicode=True)
        if os.environ.get("UPDATE_GOLDEN"):
            FILE.write_text(text)
        judge(FILE.exists() and FILE.read_text() == text,
              "schemas/openapi.yaml says what the server does: UPDATE_GOLDEN=1 writes it again")
        for part in (reads, acts, story):
            part(desk, judge, document, tokens)
    return judge.end(at_least=200)


if __name__ == "__main__":
    sys.exit(main())
