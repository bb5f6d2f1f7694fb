#!/usr/bin/env python3
"""Real Chromium at the real pages: from signing in to an approved expense, wide and on a phone.

    check_browser.py PURSER

Screenshots are left in out/web/. Scripts are switched off in one of the runs; the pages have none.
"""

import pathlib
import sys

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support import expected_conditions as expected
from selenium.webdriver.support.ui import Select, WebDriverWait

from desk import PASSWORD, SOURCE, Desk, Judge

OUT = SOURCE / "out/web"
WIDE, PHONE = (1280, 900), (390, 844)


def browser(dark=False, scripts=True):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for word in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                 "--hide-scrollbars", "--disable-background-networking"):
        options.add_argument(word)
    if dark:
        options.add_argument("--force-dark-mode")
        options.add_argument("--blink-settings=preferredColorScheme=0")
    if not scripts:
        options.add_experimental_option(
            "prefs", {"profile.managed_default_content_settings.javascript": 2})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)


class Eye:
    def __init__(self, driver, desk, judge, size):
        self.driver, self.judge = driver, judge
        self.home = f"http://127.0.0.1:{desk.port}"
        self.size = size

    def open(self, path):
        self.driver.get(self.home + path)
        return self

    def size_to(self, size):
        # A window is not narrower than 500 pixels; the page's own view can be.
        self.size = size
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False})

    def sign_in(self, user):
        self.open("/sign-in")
        self.type("user", user)
        self.type("password", PASSWORD)
        self.go(self.find("button.btn-primary"))

    def go(self, element, keys=None):
        """Follows a link or sends a form, and waits for the page that comes."""
        before = self.driver.find_element(By.TAG_NAME, "html")
        if keys:
            element.send_keys(keys)
        else:
            element.click()
        WebDriverWait(self.driver, 30).until(expected.staleness_of(before))
        WebDriverWait(self.driver, 30).until(
            lambda driver: driver.execute_script("return document.readyState") == "complete")

    def follow(self, text):
        self.go(self.driver.find_element(By.LINK_TEXT, text))

    def find(self, css):
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def type(self, name, text):
        field = self.driver.find_element(By.ID, name)
        if field.get_attribute("type") == "date":
            year, month, day = text.split("-")
            field.send_keys(month + day + year)
        else:
            field.clear()
            field.send_keys(text)

    def text(self):
        return self.find("main").text

    def holds(self, name):
        """Nothing wider than the view, one main heading, a label for every field, no complaint."""
        run = self.driver.execute_script
        wide = run("return document.documentElement.scrollWidth - window.innerWidth")
        self.judge(wide <= 0, f"{name} is not wider than {self.size[0]} pixels", wide)
        heads = run("return document.querySelectorAll('h1').length")
        self.judge(heads == 1, f"{name} has one main heading", heads)
        bare = run("return [...document.querySelectorAll('input:not([type=hidden]):not([hidden]),select,textarea')]"
                   ".filter(f => !f.labels.length).map(f => f.name)")
        self.judge(not bare, f"{name} has a label for every field", bare)
        twice = run("const ids = [...document.querySelectorAll('[id]')].map(e => e.id);"
                    "return ids.filter((id, i) => ids.indexOf(id) != i)")
        self.judge(not twice, f"{name} has no id twice", twice)
        asked = run("return performance.getEntriesByType('resource').map(r => r.name)")
        foreign = [url for url in asked if not url.startswith(self.home + "/") and
                   not url.startswith("data:")]
        self.judge(not foreign, f"{name} asks no other machine", foreign)
        said = [line["message"] for line in self.driver.get_log("browser")
                if "422" not in line["message"] and "400" not in line["message"]]
        self.judge(not said, f"the browser does not complain about {name}", said)

    def keep(self, name):
        height = self.driver.execute_script("return document.documentElement.scrollHeight")
        size = self.size
        self.size_to((size[0], min(height, 6000)))
        self.driver.save_screenshot(str(OUT / f"{name}-{size[0]}.png"))
        self.size_to(size)

    def looked_at(self, path, name):
        self.open(path)
        self.holds(f"{name} ({path})")
        self.keep(name)


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
    OUT.mkdir(parents=True, exist_ok=True)
    judge = Judge()
    with Desk(sys.argv[1]) as desk:
        drivers = [browser(), browser(dark=True), browser(scripts=False)]
        try:
            olga, carl, plain = (Eye(driver, desk, judge, WIDE) for driver in drivers)
            for eye in (olga, carl, plain):
                eye.size_to(WIDE)
            olga.looked_at("/sign-in", "sign-in")
            story(desk, judge, plain, carl)
            olga.sign_in("finance")
            pages(olga)
            olga.size_to(PHONE)
            pages(olga)
            carl.looked_at("/SSR2", "dark-chairs")
            carl.looked_at("/expense/list/SSR2", "dark-expenses")
            carl.looked_at("/account", "dark-account")
        finally:
            for driver in drivers:
                driver.quit()
    return judge.end(at_least=100)


if __name__ == "__main__":
    sys.exit(main())
