#!/usr/bin/env python3
"""Lists in a browser: sorted by their heads, a page at a time, downloaded as they stand; files that
are imported and exported; amounts while they are typed; what every number leads to.

    check_lists.py PURSER
"""

import csv
import html.parser
import io
import re
import sys
import urllib.parse

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from eye import OUT, PHONE, WIDE, Eye, browser
from desk import Desk, Judge

# Every list, by a column that it has.
LISTS = {
    "/expense/list/SSR2": "amount", "/commitment/list/SSR2": "amount", "/commitments/SSR2": "for",
    "/register/SSR2": "spent", "/member/list/SSR2": "body", "/meeting/list/SSR2": "from",
    "/meetings/SSR2": "spent", "/milestone/list/SSR2": "title", "/work-item/list/SSR2": "title",
    "/work-items/SSR2": "title", "/request/list/SSR2": "amount", "/payee/list/SSR2?all=true": "payee",
    "/user/list": "name", "/review/list": "name", "/category/list/SSR2": "title",
    "/policy/list/SSR2": "role", "/delegate/list": "from", "/factsheet/list/SSR2": "as_of",
    "/envelope/show/SSR2": "amount", "/portfolio": "approved", "/alerts": "what",
}
EXPORTS = {"log": "ssr2.log", "hledger": "ssr2.hledger", "ledger": "ssr2.ledger",
           "beancount": "ssr2.beancount", "data-package": "envelope.csv", "site": "SSR2-S1.pdf"}


def address(path, **fields):
    return path + ("&" if "?" in path else "?") + urllib.parse.urlencode(fields)


def rows_of(page):
    return list(csv.reader(io.StringIO(page.text)))


def sorting(desk, judge):
    anna = desk.sign_in("finance")
    for path, column in LISTS.items():
        page = anna.get(address(path, sort=column))
        judge(page.status == 200 and 'aria-sort="ascending"' in page.text,
              f"{path} stands by {column}", page.status, page.text)
        page = anna.get(address(path, sort="-" + column))
        judge(page.status == 200 and 'aria-sort="descending"' in page.text,
              f"{path} falls by {column}", page.status)
        page = anna.get(address(path, sort="colour"))
        judge(page.status == 400 and "is no column of this list" in page.text,
              f"{path} has no column of that name", page.status)
        judge("<script" not in page.text, f"{path} needs no script")
    page = anna.get("/expense/list/SSR2?category=travel&sort=-amount")
    links = re.findall(r'href="([^"]*format=[^"]*)" download', page.text)
    judge(len(links) == 7 and all("category=travel" in one and "sort=-amount" in one for one in links),
          "each download has the page's filters and order", links)
    for link in links:
        file = anna.get(link.replace("&amp;", "&"))
        judge(file.status == 200, f"{link} is there", file.status)
    shown = re.findall(r'role="rowheader"[^>]*><a href="/expense/show/(SSR2-E\d+)"', page.text)
    down = [row[0] for row in rows_of(anna.get("/expense/list/SSR2?category=travel&sort=-amount"
                                               "&format=csv"))[1:]]
    judge(shown == down and len(shown) > 2, "the download equals the page", shown, down)
    page = anna.get("/expense/list/SSR2?sort=-amount&limit=2&offset=2")
    one = re.findall(r'role="rowheader"[^>]*><a href="/expense/show/(SSR2-E\d+)"', page.text)
    every = [row[0] for row in rows_of(anna.get("/expense/list/SSR2?sort=-amount&format=csv"))[1:]]
    judge(one == every[2:4], "a page is a part of the sorted whole", one, every)
    judge('rel="next"' in page.text and "sort=-amount" in re.search(r'href="([^"]*)" rel="next"',
                                                                    page.text)[1],
          "and leads to the next of it", page.text)


def exports(desk, judge):
    anna, carl, viewer = (desk.sign_in(user) for user in ("finance", "chair", "viewer"))
    judge("/export/SSR2" in anna.get("/desk/SSR2").text, "the desk leads to what can be taken along")
    for form, name in EXPORTS.items():
        page = anna.get(f"/export/SSR2?format={form}")
        target = f"/export/SSR2/{name}?format={form}"
        judge(page.status == 200 and target in page.text, f"a page leads to {name}", page.text)
        file = anna.get(target)
        judge(file.status == 200 and file.bytes and
              f'filename="{name}"' in file.headers["content-disposition"], f"{name} is there",
              file.status, file.headers)
        typed = desk.run("finance", "export", "SSR2", name, "--format", form).stdout if (
            not name.endswith("pdf")) else None
        judge(typed is None or typed == file.text.replace("\r\n", "\n"), f"{name} is what the command line writes",
              typed, file.text)
        for user, visitor in (("chair", carl), ("viewer", viewer)):
            public = form in ("data-package", "site") and user == "chair"
            page = visitor.get(target)
            judge(page.status == (200 if public else 422),
                  f"{user} {'has' if public else 'has no'} {name}", page.status, page.text)
    for path in ("/export/SSR2/ssr2.db", "/export/SSR2/..%2fbook.db", "/export/BOOK",
                 "/export/SSR2?format=zip", "/export/SSR2/x?format=data-package&output=/tmp/x"):
        page = anna.get(path)
        judge(page.status in (400, 404, 422), f"{path} is not there", page.status, page.text)


class Amounts(html.parser.HTMLParser):
    """The amounts of a page's main part that lead nowhere, and how many lead somewhere; not those
    drawn in a picture, whose table stands beside it."""

    def __init__(self, page):
        super().__init__()
        self.inside, self.bare, self.linked = [], [], 0
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag in ("main", "a", "svg"):
            self.inside.append(tag)

    def handle_endtag(self, tag):
        if tag in ("main", "a", "svg"):
            self.inside.remove(tag)

    def handle_data(self, text):
        if "main" not in self.inside or "svg" in self.inside:
            return
        found = re.findall(r"\d[\d,]*\.\d\d\b|\$ *\(?[\d-]", text)
        if "a" in self.inside:
            self.linked += len(found)
        elif found:
            self.bare.append(text)


def numbers(desk, judge):
    """Every amount on the chairs' page is a link, and every link ends somewhere."""
    for user in ("finance", "chair"):
        visitor = desk.sign_in(user)
        for path in ("/", "/SSR2"):
            page = visitor.get(path)
            amounts = Amounts(page.text)
            judge(amounts.linked > (1 if path == "/" else 60) and not amounts.bare,
                  f"every amount that {user} sees on {path} leads somewhere", amounts.linked,
                  amounts.bare)
        targets = set(re.findall(r'<a href="(/[^"]*)"', page.text.split("<main")[1]))
        for target in sorted(targets):
            there = visitor.get(target.replace("&amp;", "&"))
            judge(there.status == 200, f"{user} gets to {target}", there.status, there.text[-900:])


def long_lists(desk, judge):
    """Of a list that is very long a page has no more than it shows, and says that there is more."""
    rows = "".join(f"2017-04-12,travel,0.01,Tram {i}\n" for i in range(1_200))
    desk.run("finance", "expense", "import", "SSR2", "-",
             stdin="posted_on,category,amount,why\n" + rows)
    anna, olga = desk.sign_in("finance"), desk.sign_in("support")
    judge("Copy the last one" in anna.get("/expense/submit/SSR2").text and
          "Copy the last one" not in olga.get("/expense/submit/SSR2").text,
          "a copy is offered of the newest thousand alone")
    page = anna.get("/expense/list/SSR2")
    judge("1 to 100 of more than 1,100" in page.text, "a long list is not counted to its end",
          page.text[-900:])
    page = anna.get("/expense/list/SSR2?offset=1200&sort=why")
    judge(re.search(r"1,201 to (1,2\d\d) of \1<", page.text), "its last page knows its end",
          page.text[-900:])
    page = anna.get("/register/SSR2?offset=100&limit=50")
    judge("101 to 150 of more than 1,150" in page.text and 'rel="next"' in page.text,
          "nor is the register", page.text[-900:])
    page = anna.get("/SSR2")
    judge(page.text.count(">Tram ") <= 50 and
          "/expense/list/SSR2?state=submitted\">All that wait</a>" in page.text,
          "the chairs' page has the first that wait, and leads to all", page.text)


def typing(desk, judge, eye):
    """An amount is read while it is typed, by the server."""
    eye.open("/expense/submit/SSR2")
    read = eye.find("#amount-read")
    wait = WebDriverWait(eye.driver, 20)
    eye.type("amount", "1,42")
    wait.until(lambda _: "not one clear number" in read.text)
    judge("write 1.42, or 142" in read.text, "a slip is told while it is typed", read.text)
    eye.type("amount", "1,420.5")
    wait.until(lambda _: read.text == "= 1,420.50 USD")
    judge("is-invalid" not in eye.find("#amount").get_attribute("class"), "and so is what it means")
    eye.find("#amount").clear()
    eye.driver.execute_script("document.querySelector('details.more').open = true")
    eye.type("currency", "JPY")
    eye.type("amount", "1.5")
    wait.until(lambda _: "JPY has" in read.text)
    judge("1.5" in read.text, "in the currency that is chosen", read.text)
    eye.holds("a form with a script")
    anna = desk.sign_in("stranger")
    page = anna.get("/amount/SSR2?amount=1")
    judge(page.status == 422, "who has no role for a review asks nothing of it", page.text)


def importing(desk, judge, eye):
    """Without scripts: a file with slips, one without, what it would lead to, and recorded."""
    folder = OUT / "files"
    folder.mkdir(parents=True, exist_ok=True)
    bad, good = folder / "april bad.csv", folder / "april.csv"
    bad.write_text("posted_on,category,amount,why\n2017-04-03,travel,1;5,Taxi\n2017-04-04,boats,1,Ferry\n")
    good.write_text("posted_on,category,amount,why\n2017-04-03,travel,100.00,Taxi\n")
    eye.open("/desk/SSR2")
    eye.follow("Import expense")
    eye.holds("a page to import with")
    eye.keep("import")
    eye.find("#file").send_keys(str(bad))
    eye.go(eye.find("form.act button"))
    judge("2 problems in april_bad.csv" in eye.text() and "has no category 'boats'" in eye.text(),
          "all that is wrong with a file is shown", eye.text())
    eye.holds("a list of problems")
    eye.keep("import-problems")
    eye.find("#file").send_keys(str(good))
    eye.go(eye.find("form.act button"))
    judge("1 expense would be recorded" in eye.text() and "Remaining" in eye.text(),
          "then what it would lead to", eye.text())
    eye.holds("what an import would lead to")
    eye.keep("import-look")
    eye.go(eye.find("main form button"))
    judge("1 expense recorded from april.csv" in eye.text(), "then it is recorded", eye.text())
    eye.keep("import-done")
    eye.follow("Expense list")
    judge("Taxi" in eye.text(), "and stands in the list", eye.text())


def heads(judge, eye):
    """A head sorts by keyboard, keeps the filters, and says how the list stands."""
    eye.open("/expense/list/SSR2?category=travel")
    link = eye.driver.find_element(By.CSS_SELECTOR, "thead").find_element(By.LINK_TEXT, "Amount")
    eye.go(link, Keys.ENTER)
    judge("category=travel" in eye.driver.current_url and "sort=amount" in eye.driver.current_url,
          "a head keeps the filters", eye.driver.current_url)
    head = eye.find("th[aria-sort]")
    judge(head.text.startswith("Amount") and head.get_attribute("aria-sort") == "ascending",
          "and says how the list stands", head.text)
    eye.go(head.find_element(By.TAG_NAME, "a"))
    judge(eye.find("th[aria-sort]").get_attribute("aria-sort") == "descending", "it turns round")
    eye.holds("a sorted list")
    eye.keep("sorted")
    eye.size_to(PHONE)
    eye.find("details.filters summary").click()
    Select(eye.find("#sort")).select_by_visible_text("Amount")
    eye.go(eye.find(".filters form button"))
    judge("sort=amount" in eye.driver.current_url, "on a phone the filters sort", eye.driver.current_url)
    eye.holds("a sorted list on a phone")
    eye.keep("sorted")
    eye.size_to(WIDE)


def copying(judge, eye):
    eye.open("/expense/submit/SSR2")
    Select(eye.find("#category")).select_by_value("travel")
    eye.type("amount", "12.00")
    eye.type("why", "Tram tickets")
    eye.type("on", "2017-04-12")
    eye.go(eye.find("form.act button"))
    number = re.search(r"SSR2-E\d+", eye.text())[0]
    eye.open("/expense/submit/SSR2")
    eye.follow(f"Copy the last one, {number}")
    judge(eye.find("#why").get_attribute("value") == "Tram tickets" and
          eye.find("#amount").get_attribute("value") == "12.00" and
          not eye.find("#on").get_attribute("value"), "a new form begins with the last expense",
          eye.text())
    eye.keep("copy")


def settling(desk, judge):
    """What is to be settled leads to the form that settles it, filled in; to who may, at a look."""
    desk.run("finance", "review", "set", "SSR2", "--alert", "free=80%")
    finance = desk.sign_in("finance")
    for path in ("/alerts", "/SSR2"):
        found = re.search(r'href="(/request/submit/SSR2\?[^"]*)"', finance.get(path).text)
        judge(found is not None, f"{path} leads to the request that would settle it")
        form = finance.get(found[1].replace("&amp;", "&"))
        judge(form.status == 200 and 'value="travel" selected' in form.text and
              ">Little of travel is free</textarea>" in form.text and
              "--as" not in form.text, "whose form is filled in", form.status, form.text)
    shown = {who: desk.sign_in(who).get("/SSR2").text for who in ("chair", "board")}
    judge("the threshold is 80 %" in shown["chair"] and 'href="/request/submit' in shown["chair"],
          "a chair, who may ask the Board, is led there, too")
    judge("the threshold is 80 %" in shown["board"] and 'href="/request/submit' not in shown["board"],
          "the Board is told, and led to nothing that it may not do")
    desk.run("finance", "review", "set", "SSR2", "--alert", "free=10%")


def deciding(desk, judge):
    """A decision is offered to who decides, and to the delegate of one: here the Board's user."""
    said = desk.run("support", "commitment", "open", "SSR2", "--proposed", "--category", "travel",
                    "--amount", "10", "--for", "A test", "--kind", "meeting", "--expected",
                    "2017-06-01").stdout
    proposal = re.search(r"SSR2-C\d+", said)[0]
    confirm = f"/commitment/confirm/{proposal}"
    for who, may in (("chair", True), ("board", True), ("finance", False)):
        visitor = desk.sign_in(who)
        offered = f'href="{confirm}"' in visitor.get(f"/commitment/show/{proposal}").text
        judge(offered == may, f"{who} is offered {confirm}: {may}")
        form = visitor.get(confirm)
        has_form = '<form class="act"' in form.text
        judge(has_form == may and ("may not confirm" in form.text) != may,
              f"and has its form: {may}", form.status, form.text)


def receipts(desk, judge):
    """What was handed in with an expense comes back as it was, to who may see whom was paid."""
    olga, chair = desk.sign_in("support"), desk.sign_in("chair")
    page = olga.upload("/expense/submit/SSR2", {"category": "travel", "amount": "10.00", "on":
                                                "2017-04-12", "why": "Taxi"},
                       "receipt", "the bill.pdf", b"%PDF-1.4 hello")
    expense = re.search(r"SSR2-E\d+", page.text)[0]
    link = f"/expense/receipt/{expense}"
    judge(link in olga.get(f"/expense/show/{expense}").text, "an expense leads to its receipt")
    back = olga.get(link)
    judge(back.bytes == b"%PDF-1.4 hello" and back.headers["content-disposition"] ==
          f'attachment; filename="{expense}-receipt.pdf"', "and it comes back as it was",
          back.status, back.headers, back.text)
    judge(chair.get(link).status == 422 and link not in chair.get(f"/expense/show/{expense}").text,
          "to finance and support alone")
    judge("/expense/receipt/" not in olga.get("/expense/show/SSR2-E7").text,
          "where there is none, none is offered")


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    judge = Judge()
    with Desk(sys.argv[1]) as desk:
        desk.run("chair", "request", "submit", "SSR2", "--category", "travel", "--amount", "40000",
                 "--why", "A third meeting")
        desk.run("finance", "delegate", "chair", "--to", "board", "--from", "2017-04-20", "--until",
                 "2017-04-30")
        desk.run("finance", "policy", "add", "SSR2", "--from", "2017-04-20", "--role", "chair",
                 "--count", "1")
        for part in (sorting, exports, numbers, settling, deciding, receipts):
            part(desk, judge)
        with browser() as first, browser(scripts=False) as second:
            olga, plain = (Eye(driver, desk, judge, WIDE) for driver in (first, second))
            for eye in (olga, plain):
                eye.size_to(WIDE)
                eye.sign_in("finance")
            typing(desk, judge, olga)
            importing(desk, judge, plain)
            heads(judge, plain)
            copying(judge, plain)
        long_lists(desk, judge)
    return judge.end(at_least=150)


if __name__ == "__main__":
    sys.exit(main())
