#!/usr/bin/env python3
"""Real Chromium at the real pages: from signing in to an approved expense, wide and on a phone.

    check_browser.py PURSER

Screenshots are left in out/web/. Scripts are switched off in one of the runs; the pages have none.
"""

import contextlib
import sys

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from desk import Desk, Judge
from eye import PHONE, WIDE, Eye, browser


def pages(eye, prefix=""):
    for path, name in (("/", "reviews"), ("/SSR2", "chairs"), ("/expense/list/SSR2", "expenses"),
                       ("/expense/show/SSR2-E7", "expense"), ("/commitments/SSR2", "commitments"),
                       ("/register/SSR2?from=2017-03-01", "register"),
                       ("/factsheet/show/SSR2", "sheet"), ("/desk/SSR2", "desk"),
                       ("/expense/submit/SSR2", "submit"), ("/account", "account")):
        eye.looked_at(path, prefix + name)


def story(desk, judge, olga, carl):
    """Support submits in a browser, slips once; the chair sees what it would do, and approves."""
    olga.sign_in("support")
    olga.open("/SSR2")
    judge("450,637.65" in olga.text() and "free" in olga.text(), "what is left stands on the page",
          olga.text())
    olga.open("/expense/submit/SSR2")
    Select(olga.find("#category")).select_by_value("travel")
    judge("free" in olga.find("#category").text, "categories tell what is free of them")
    olga.type("amount", "2,45")
    olga.type("why", "Train fares to Madrid")
    olga.type("on", "2017-04-12")
    olga.go(olga.find("form.act button"))
    judge("not one clear number" in olga.find(".field .wrong").text, "a slip is told at its field",
          olga.text())
    judge(olga.find("#why").get_attribute("value") == "Train fares to Madrid" and
          olga.find("#amount").get_attribute("value") == "2,45", "what was typed stays")
    olga.holds("a form with a slip")
    olga.keep("slip")
    olga.type("amount", "2,450.00")
    olga.go(olga.find("form.act button"))
    judge("SSR2-E8 is submitted: 2,450.00 USD of travel" in olga.text(), "it is recorded", olga.text())
    olga.keep("done")

    carl.sign_in("chair")
    carl.open("/SSR2")
    judge("SSR2-E8" in carl.text(), "the chair sees what waits", carl.text())
    carl.follow("SSR2-E8")
    acts = [a.text for a in carl.driver.find_elements(By.CSS_SELECTOR, ".acts a")]
    judge("Approve expense" in acts and "Withdraw expense" not in acts,
          "only what the chair may do is offered", acts)
    carl.follow("Approve expense")
    judge("after this: free = 448,187.65" in carl.text(), "and what it would leave", carl.text())
    carl.keep("approve")
    # By keyboard alone.
    carl.find("#why").send_keys(Keys.TAB)
    carl.go(carl.find("form.act button"), Keys.ENTER)
    judge("SSR2-E8 is approved" in carl.text(), "it is approved", carl.text())
    carl.open("/SSR2-E8")
    judge("approved" in carl.text(), "a document's address is its id", carl.text())
    acts = [a.text for a in carl.driver.find_elements(By.CSS_SELECTOR, ".acts a")]
    judge("Approve expense" not in acts, "and it cannot be approved again", acts)
    # Every number leads to its entries.
    carl.open("/status/SSR2")
    target = carl.find("td a").get_attribute("href")
    carl.driver.get(target)
    judge("Register" in carl.text() and "SSR2#" in carl.text(), "a figure leads to its entries",
          target, carl.text())


def main():
    judge = Judge()
    with contextlib.ExitStack() as open_now:
        desk = open_now.enter_context(Desk(sys.argv[1]))
        olga, carl, plain = (Eye(open_now.enter_context(one), desk, judge, WIDE)
                             for one in (browser(), browser(dark=True), browser(scripts=False)))
        olga.looked_at("/sign-in", "sign-in")
        story(desk, judge, plain, carl)
        olga.sign_in("finance")
        pages(olga)
        olga.size_to(PHONE)
        pages(olga)
        carl.looked_at("/SSR2", "dark-chairs")
        carl.looked_at("/expense/list/SSR2", "dark-expenses")
        carl.looked_at("/account", "dark-account")
    return judge.end(at_least=100)


if __name__ == "__main__":
    sys.exit(main())
