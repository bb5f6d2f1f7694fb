#!/usr/bin/env python3
"""axe-core looks at every page: of the router, of each verb, filled and empty, wide and on a phone,
light and dark. It finds nothing serious.

    check_accessible.py PURSER

Every page is held against all rules, wide and light; then, dark and as wide as a phone, against
those that width and colour have a part in. Of the forms, which have one template, some are enough.
"""

import pathlib
import subprocess
import sys
import urllib.parse

from check_roles import PARTS, routes
from desk import Desk, Judge
from eye import PHONE, WIDE, Eye, browser
from verbs import filled, index, make_token, name_of, needed_fields

AXE = pathlib.Path(subprocess.run(["npm", "root", "--global"], check=True, capture_output=True,
                                  text=True).stdout.strip(), "axe-core/axe.min.js")
RUN = """
const [only, done] = arguments;
document.querySelectorAll("details").forEach(one => one.open = true);
const options = {resultTypes: ["violations"]};
if (only.length) options.runOnly = {type: "rule", values: only};
axe.run(document, options).then(found => done(found.violations
    .filter(one => one.impact == "serious" || one.impact == "critical")
    .map(one => one.id + ": " + one.nodes.slice(0, 3).map(node => node.html.slice(0, 300) + " "
        + node.any.map(why => why.message).join(" ")).join(" | "))), wrong => done(["" + wrong]));
"""
BY_WIDTH = ["scrollable-region-focusable", "target-size", "color-contrast"]
NO_PAGE = ("/health", "/metrics", "/assets/DIGEST/NAME", "/public/KEY/FILE", "/public/KEY/data/FILE",
           "/amount/KEY", "/api/v1")


class Inspector:
    def __init__(self, eye, judge):
        self.eye, self.judge, self.pages = eye, judge, 0
        eye.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument",
                                   {"source": AXE.read_text()})
        self.scheme("light")

    def scheme(self, name):
        # Without motion a colour is what it is, not on its way there.
        self.eye.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": name},
                         {"name": "prefers-reduced-motion", "value": "reduce"}]})

    def looks(self, what, *rules):
        found = self.eye.driver.execute_async_script(RUN, rules)
        self.judge(not found, f"axe has nothing to say about {what}", *found)

    def here(self, what, once=False):
        """The page that is open."""
        self.pages += 1
        self.looks(what)
        if once:
            return
        self.eye.size_to(PHONE)
        self.scheme("dark")
        self.looks(what + " on a phone", *BY_WIDTH)
        self.scheme("light")
        self.eye.size_to(WIDE)

    def at(self, path, once=False):
        self.eye.open(path)
        self.here(path, once)


def pages(verbs):
    """Of the fixture, then of a review in which nothing has happened."""
    for method, path in routes():
        if method == "GET" and path not in NO_PAGE:
            yield "/".join(PARTS.get(part, part) for part in path.split("/"))
    yield from ("/CCT", "/desk/CCT", "/nothing/here")
    for verb in verbs:
        if verb["method"] == "POST" or verb["path"].endswith("{name}"):  # a file, no page
            continue
        path, fields = filled(verb["path"]).removeprefix("/api/v1"), needed_fields(verb)
        yield path + ("?" + urllib.parse.urlencode(fields) if fields else "")
        if path.endswith("/SSR2") and not fields:
            yield path.replace("SSR2", "CCT")


def forms(verbs):
    """Of each act, about the review where it is about one; documents lead to theirs."""
    for verb in verbs:
        if verb["method"] == "POST":
            of_review = "{key}" in verb["path"] and name_of(verb) != "review/open"
            yield "/" + name_of(verb) + ("/SSR2" if of_review else "")


def states(inspector, eye):
    """What pages become when something was sent."""
    eye.does("/expense/submit/SSR2", category="travel", amount="1,42", why="Tea")
    inspector.here("a form with a slip")
    eye.does("", amount="600,000")
    inspector.here("a form that is refused")
    eye.does("", amount="142")
    inspector.here("what is done")
    for path in ("/expense/show/SSR2-E8", "/expense/reject/SSR2-E8", "/expense/withdraw/SSR2-E8"):
        inspector.at(path)
    eye.open("/account")
    eye.type("label", "A program")
    eye.type("until", "2017-06-01")
    eye.go(eye.find("section[aria-labelledby=programs] .btn-primary"))
    inspector.here("a token that is shown once")


def doors(inspector, eye, link):
    eye.driver.delete_all_cookies()
    inspector.at("/sign-in")
    eye.type("user", "chair")
    eye.type("password", "wrong")
    eye.go(eye.find("button.btn-primary"))
    inspector.here("a wrong password")
    inspector.at("/welcome/" + link)
    inspector.at("/public/SSR2")


def main():
    judge = Judge()
    if not AXE.exists():
        print(f"error: no {AXE}\n  try: tools/setup test")
        return 1
    with Desk(sys.argv[1]) as desk, browser() as driver:
        eye = Eye(driver, desk, judge, WIDE)
        driver.set_script_timeout(60)
        desk.run("finance", "review", "set", "SSR2", "--public-page", "on")
        anna = desk.sign_in("finance")
        verbs = index(desk, make_token(anna, "read"))
        inspector = Inspector(eye, judge)
        eye.sign_in("finance")
        for path in dict.fromkeys(pages(verbs)):
            inspector.at(path)
        for path in dict.fromkeys(forms(verbs)):
            inspector.at(path, once=True)
        states(inspector, eye)
        page = anna.fill("/account/invite", {"name": "viewer"}, form="/account")
        doors(inspector, eye, page.text.split("/welcome/")[1].split("<")[0])
        print(f"{inspector.pages} pages")
    return judge.end(at_least=200)


if __name__ == "__main__":
    sys.exit(main())
