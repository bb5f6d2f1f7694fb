#!/usr/bin/env python3
"""The pages for programs: every address and every answer as schemas/openapi.yaml says.

    check_api.py PURSER
    UPDATE_GOLDEN=1 check_api.py PURSER      writes schemas/openapi.yaml again
"""

import json
import os
import subprocess
import sys
import urllib.parse

import jsonschema
import yaml

import openapi
from desk import SOURCE, Desk, Judge
from verbs import ASKED, bearer, filled, make_token

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
            self.judge(page.headers["content-type"] == kind, f"{address} is {kind}", page.headers)
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
