#!/usr/bin/env python3
"""One month of a review in real browsers, by each role: from the first sign-in to the posted sheet.

    check_stories.py PURSER

What each of them looked at is left in out/web/story-*.png. The liaison works on a phone, the chair
in a browser that runs no scripts.
"""

import base64
import contextlib
import pathlib
import sqlite3
import sys

from selenium.webdriver.common.by import By

from desk import PASSWORD, Desk, Judge
from eye import PHONE, WIDE, Eye, browser

NOW = "2017-05-20T12:00:00Z"
RECEIPT = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
ROWS = """posted_on,category,amount,why,payee,invoice
2017-04-18,travel,1240.00,"Air fares, two members",Air line,A-77
2017-04-19,professional-services,3000.00,"Gap analysis, second part",An expert,2017-04
"""


def looks(eye, name):
    eye.holds(name)
    eye.keep("story-" + name)


def acts_of(eye):
    return [a.text for a in eye.driver.find_elements(By.CSS_SELECTOR, ".acts a")]


def liaison(desk, judge, anna):
    """On a phone: a commitment, an expense with its receipt, a file that finance sent."""
    anna.size_to(PHONE)
    anna.sign_in("finance")
    looks(anna, "liaison-home")
    said = anna.does("/commitment/open/SSR2", category="travel", amount="12,000", kind="meeting",
                     expected="2017-06-20", on="2017-04-20", **{"for": "Working meeting in June"})
    judge("SSR2-C2 is open: 12,000.00 USD of travel" in said, "a commitment is recorded", said)
    looks(anna, "commitment-done")
    bill = pathlib.Path(desk.folder.name, "bill.pdf")
    bill.write_bytes(RECEIPT)
    anna.open("/expense/submit/SSR2")
    looks(anna, "expense-form")
    said = anna.does("", category="travel", amount="2,450.00", why="Train fares to Madrid",
                     on="2017-04-12", payee="A railway", receipt=str(bill))
    judge("SSR2-E8 is submitted: 2,450.00 USD of travel" in said, "an expense with its receipt", said)
    with sqlite3.connect(f"file:{desk.book}?mode=ro", uri=True) as book:
        kept = book.execute("SELECT content FROM file WHERE name = 'bill.pdf'").fetchall()
    judge(kept == [(base64.b64encode(RECEIPT).decode(),)], "which is kept", kept)
    anna.open("/expense/show/SSR2-E8")
    looks(anna, "expense")
    said = anna.does("/expense/submit/SSR2", category="travel", amount="95.10", on="2017-04-13",
                     why="Dinner, nobody knows with whom")
    judge("SSR2-E9 is submitted" in said, "and another one", said)
    anna.size_to(WIDE)
    file = pathlib.Path(desk.folder.name, "april.csv")
    file.write_text(ROWS.replace("3000.00", "3;000"))
    said = anna.does("/expense/import/SSR2", file=str(file))
    judge("1 problem in april.csv" in said and "3;000" in said, "a slip in a file is found with its line", said)
    looks(anna, "import-problem")
    file.write_text(ROWS)
    said = anna.does("/expense/import/SSR2", file=str(file), approved_by="chair")
    judge("2 expenses would be recorded" in said and "nothing was written" in said,
          "the file is looked at first", said)
    looks(anna, "import-preview")
    anna.go(anna.find("main form button"))
    judge("2 expenses recorded from april.csv" in anna.text(), "then recorded", anna.text())
    looks(anna, "import-done")


def chair(judge, carl):
    """Approves one, refuses one, agrees with what finance says, asks the Board for more."""
    carl.sign_in("chair")
    carl.open("/SSR2")
    for number in ("SSR2-E8", "SSR2-E9", "SSR2-C2"):
        judge(number in carl.text(), f"{number} stands on the chairs' page", carl.text())
    looks(carl, "chair-home")
    carl.follow("SSR2-E8")
    judge("A railway" not in carl.text(), "who is paid is not for chairs", carl.text())
    carl.follow("Approve expense")
    judge("after this: free =" in carl.text(), "what it would leave is said before", carl.text())
    looks(carl, "chair-approve")
    said = carl.does("", why="As planned")
    judge("SSR2-E8 is approved" in said, "approved", said)
    carl.open("/expense/show/SSR2-E9")
    judge("Reject expense" in acts_of(carl), "the other can be rejected", acts_of(carl))
    carl.follow("Reject expense")
    looks(carl, "chair-reject")
    said = carl.does("", why="With whom?")
    judge("SSR2-E9 is rejected" in said, "rejected, with a reason", said)
    said = carl.does("/request/submit/SSR2", category="travel", amount="40,000",
                     why="A third meeting in the autumn")
    judge("SSR2-R1" in said, "the Board is asked for more", said)
    carl.size_to(PHONE)
    carl.open("/SSR2")
    looks(carl, "chair-home")
    carl.size_to(WIDE)


def board(judge, bea):
    bea.sign_in("board")
    bea.open("/SSR2")
    bea.follow("SSR2-R1")
    judge("40,000.00" in bea.text() and "Decide request" in acts_of(bea), "the Board's liaison sees it",
          bea.text(), acts_of(bea))
    bea.follow("Decide request")
    looks(bea, "board-decide")
    said = bea.does("", grant="25,000", resolution="2017.05.18.01", on="2017-05-18",
                    conditions="Economy fares")
    judge("2017.05.18.01" in said and "25,000.00" in said, "and records what the Board decided", said)
    looks(bea, "board-decided")


def support(judge, olga):
    """Explains a figure to who asks, and proposes what is not signed."""
    olga.sign_in("support")
    olga.open("/factsheet/explain/SSR2?row=travel&column=fy_spent")
    judge("SSR2-E1" in olga.text() or "SSR2#" in olga.text(), "a figure has its entries", olga.text())
    looks(olga, "support-explain")
    said = olga.does("/commitment/open/SSR2", category="professional-services", amount="9,000",
                     kind="contract", expected="2017-06-25", proposed="yes", on="2017-05-19",
                     **{"for": "Editor of the draft report"})
    judge("SSR2-C3 is proposed" in said, "a proposal reserves its money", said)
    olga.open("/commitment/confirm/SSR2-C3")
    looks(olga, "support-cannot-confirm")
    judge("support" in olga.find(".note").text, "which who proposed it cannot confirm", olga.text())


def close_and_issue(judge, anna):
    anna.sign_in("finance")
    anna.open("/period/close/SSR2/2017-04")
    judge("stated" in anna.text() or "2017-04" in anna.text(), "a month closes over its check-list",
          anna.text())
    looks(anna, "close-month")
    said = anna.does("")
    judge("2017-04" in said and "closed" in said, "it is closed", said)
    said = anna.does("/factsheet/issue/SSR2")
    judge("SSR2-S2 is issued: the figures of 2017-04-30" in said, "a sheet of it is issued", said)
    looks(anna, "issued")


def approve_and_post(judge, carl, anna):
    carl.sign_in("chair")
    carl.open("/factsheet/show/SSR2-S2")
    judge("Approve factsheet" in acts_of(carl) and "Post factsheet" not in acts_of(carl),
          "a chair approves sheets, and posts none", acts_of(carl))
    carl.follow("Approve factsheet")
    said = carl.does("", on="2017-05-20")
    judge("SSR2-S2 is approved" in said, "the sheet is approved", said)
    anna.open("/factsheet/show/SSR2-S2")
    anna.follow("Post factsheet")
    looks(anna, "post")
    said = anna.does("", on="2017-05-20")
    judge("SSR2-S2 is posted" in said, "and posted", said)
    looks(anna, "posted")


def admin_and_viewer(desk, judge, root, vera):
    """A user gets in by a link that is good once, chooses a password, and sees what is posted."""
    root.sign_in("root")
    said = root.does("/user/add", name="vera", role="viewer", review="SSR2")
    judge("vera has the role viewer for SSR2" in said, "a user is added", said)
    root.open("/account")
    root.type("name", "vera")
    root.go(root.find("section[aria-labelledby=invite] button"))
    link = root.find("code").text.removeprefix(root.home)
    judge(link.startswith("/welcome/"), "with an address to send", link)
    looks(root, "invited")
    vera.driver.delete_all_cookies()
    vera.size_to(PHONE)
    vera.open(link)
    looks(vera, "welcome")
    vera.type("password", PASSWORD)
    vera.type("again", PASSWORD)
    vera.go(vera.find("button.btn-primary"))
    judge("SSR2" in vera.text() and "remaining" not in vera.text(), "home has no figures for a viewer",
          vera.text())
    looks(vera, "viewer-home")
    vera.open("/SSR2")
    judge("SSR2-S2" in vera.text(), "the review is its sheets", vera.text())
    offered = [a.text for a in vera.driver.find_elements(By.CSS_SELECTOR, ".top nav a")]
    judge(offered == ["Fact sheets"], "and nothing else is offered", offered)
    looks(vera, "viewer-sheets")
    vera.follow("SSR2-S2")
    judge("2,450" in vera.text() or "Travel" in vera.text(), "the posted sheet is read", vera.text())
    looks(vera, "viewer-sheet")
    for path in ("/expense/list/SSR2", "/status/SSR2", "/desk/SSR2", "/expense/submit/SSR2",
                 "/commitment/show/SSR2-C1", "/factsheet/show/SSR2"):
        vera.open(path)
        judge(vera.find("h1").text in ("Refused", "Not allowed"), f"{path} is not", vera.text())
    looks(vera, "viewer-refused")
    vera.open(link)
    judge(vera.find("h1").text == "Not here", "the link is good once", vera.text())

    said = root.does("/review/set/SSR2", public_page="on")
    judge("public" in said, "the public page is switched on", said)
    nobody = vera
    nobody.driver.delete_all_cookies()
    nobody.open("/public/SSR2")
    judge("SSR2-S2" in nobody.text() and "A railway" not in nobody.text(), "and read by anybody",
          nobody.text())
    looks(nobody, "public")
    nobody.size_to(WIDE)
    nobody.open("/public/SSR2")
    looks(nobody, "public")


def main():
    judge = Judge()
    with contextlib.ExitStack() as open_now:
        desk = open_now.enter_context(Desk(sys.argv[1], now=NOW))
        anna, carl = (Eye(open_now.enter_context(one), desk, judge, WIDE)
                      for one in (browser(), browser(scripts=False)))
        liaison(desk, judge, anna)
        chair(judge, carl)
        board(judge, carl)
        support(judge, carl)
        close_and_issue(judge, anna)
        approve_and_post(judge, carl, anna)
        admin_and_viewer(desk, judge, anna, carl)
    return judge.end(at_least=150)


if __name__ == "__main__":
    sys.exit(main())
