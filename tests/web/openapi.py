"""schemas/openapi.yaml, made from what the server says of itself at GET /api/v1.

    openapi.document(json.loads(answer))

A new verb is a new address there; UPDATE_GOLDEN=1 tests/web/check_api.py PURSER writes the file
again, and its diff shows what programs will see.
"""

RECEIPT = {
    "type": "object",
    "required": ["id", "event", "posted_on", "warnings"],
    "properties": {
        "id": {"type": "string", "description": "of the document, or of the event"},
        "event": {"type": "string", "pattern": "^[A-Z][A-Z0-9-]*#[0-9]+$"},
        "posted_on": {"type": "string", "format": "date"},
        "warnings": {"type": "array", "items": {
            "type": "object", "required": ["rule", "message"],
            "properties": {"rule": {"type": "string"}, "message": {"type": "string"}}}},
    },
}
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "rule", "hint"],
    "additionalProperties": False,
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "what is wrong, with the numbers"},
        "rule": {"type": "string", "description": "the rule's name, bad_input or broken"},
        "hint": {"type": "string", "description": "what to try, or nothing"},
        "problems": {"type": "array", "description": "of a file that was sent, the first 200",
                     "items": {"type": "object",
                               "required": ["line", "column", "rule", "message", "hint"],
                               "properties": {"line": {"type": "integer"},
                                              "column": {"type": "string"},
                                              "rule": {"type": "string"},
                                              "message": {"type": "string"},
                                              "hint": {"type": "string"}}}},
    },
}
FILE = {
    "type": "object", "required": ["name", "content"],
    "properties": {"name": {"type": "string"},
                   "content": {"type": "string", "format": "byte",
                               "description": "its bytes in base64, within a body of 1 MB; a form takes larger ones"}},
}
LARGE_FILE = "its bytes; 8 MB at most, a receipt 10 MB"
IMPORTED = {
    "type": "object",
    "description": "the receipt and how many rows were new, or after dry_run where it would lead",
}
REPORT = {"type": "object",
          "description": "a report as its --json: members, lists, amounts as texts"}


def reference(name):
    return {"$ref": f"#/components/schemas/{name}"}


def answer(description, kind, schema):
    return {"description": description, "content": {kind: {"schema": reference(schema)}}}


def parameter(name, place, purpose, needed, many=False):
    schema = {"type": "string"}
    if many:
        schema = {"type": "array", "items": schema}
    return {"name": name, "in": place, "description": purpose, "required": needed, "schema": schema}


def operation(verb):
    path = verb["path"]
    words = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    problems = {
        "400": answer("what was sent cannot be read", "application/problem+json", "Problem"),
        "401": answer("no token that is known and in time", "application/problem+json", "Problem"),
        "422": answer("a rule refuses it", "application/problem+json", "Problem"),
        "503": {**answer("too much is asked at once; nothing was done", "application/problem+json",
                         "Problem"),
                "headers": {"Retry-After": {"description": "seconds",
                                            "schema": {"type": "string"}}}},
    }
    result = {"summary": verb["purpose"],
              "operationId": "_".join(p for p in path.split("/")[3:] if not p.startswith("{"))}
    parameters = [parameter(word, "path", f"the {word.upper()} of the command", True)
                  for word in words]
    if verb["method"] == "GET":
        parameters += [parameter(one["name"], "query", one["purpose"], one["needed"], one["list"])
                       for one in verb["takes"]]
        parameters += [parameter("limit", "query", "rows of the list, at most 1000 (all)", False),
                       parameter("offset", "query", "rows of the list to leave out before", False)]
        done = answer("the report", "application/json", "Report")
        if verb["answers"] == "file":
            done = {"description": "the file, of the type that its Content-Type says",
                    "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
        result["responses"] = {"200": done,
                               "304": {"description": "as it was: If-None-Match has its ETag"},
                               **problems}
    else:
        members = {}
        for one in verb["takes"]:
            kind = {"type": "boolean"} if one["flag"] else {"type": "string"}
            if one["list"]:
                kind = {"type": "array", "items": kind}
            members[one["name"]] = {**kind, "description": one["purpose"]}
            if one["file"]:
                members[one["name"]] = reference("File")
        body = {"type": "object", "additionalProperties": False, "properties": members}
        needed = [one["name"] for one in verb["takes"] if one["needed"]]
        if needed:
            body["required"] = needed
        parameters.append(parameter("Idempotency-Key", "header",
                                    "the same request again is done once", False))
        content = {"application/json": {"schema": body}}
        if any(one["file"] for one in verb["takes"]):
            content["multipart/form-data"] = {"schema": {**body, "properties": {
                name: {"type": "string", "format": "binary", "description": LARGE_FILE}
                if one == reference("File") else one for name, one in members.items()}}}
        result["requestBody"] = {"required": bool(needed), "content": content}
        done = "Imported" if "dry_run" in members else "Receipt"
        result["responses"] = {"200": answer("it is recorded", "application/json", done),
                               **problems,
                               "403": answer("the token only reads", "application/problem+json",
                                             "Problem"),
                               "413": answer("more was sent than is taken",
                                             "application/problem+json", "Problem")}
    if parameters:
        result["parameters"] = parameters
    return result


def document(index):
    paths = {}
    names = set()
    for verb in index["verbs"]:
        one = operation(verb)
        if one["operationId"] in names:  # the same verb with one more word
            one["operationId"] += "_" + verb["path"].split("{")[-1][:-1]
        names.add(one["operationId"])
        paths.setdefault(verb["path"], {})[verb["method"].lower()] = one
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Purser",
            "version": "1",
            "description": "The verbs of the command line: purser expense approve SSR2-E17 is POST "
                           "/api/v1/expense/approve/SSR2-E17. Amounts are decimal texts, days "
                           "YYYY-MM-DD. A user makes bearer tokens on the page /account.",
        },
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Receipt": RECEIPT, "Imported": IMPORTED, "File": FILE, "Problem": PROBLEM,
                        "Report": REPORT},
        },
    }
