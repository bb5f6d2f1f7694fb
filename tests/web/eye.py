"""A real Chromium, and somebody who looks at pages with it.

    with browser() as driver:
        eye = Eye(driver, desk, judge, WIDE)
        eye.sign_in("chair")
        eye.looked_at("/SSR2", "chairs")         # leaves out/web/chairs-1280.png

Nothing wider than the view, nothing foreign, no complaint: that is held of every page looked at.
"""

import contextlib

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

from desk import PASSWORD, SOURCE

OUT = SOURCE / "out/web"
WIDE, PHONE = (1280, 900), (390, 844)


def start(options):
    """On a busy machine a browser may not come up: once more then. What it does is tried once."""
    try:
        return webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
    except WebDriverException as sorry:
        print(f"the browser did not start: {sorry}")
        return webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)


@contextlib.contextmanager
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
    driver = start(options)
    OUT.mkdir(parents=True, exist_ok=True)
    try:
        yield driver
    finally:
        driver.quit()


def is_gone(element):
    """Whether its page is; while one page makes room for another a browser says so in many ways."""
    try:
        element.is_enabled()
        return False
    except WebDriverException:
        return True


class Eye:
    def __init__(self, driver, desk, judge, size):
        self.driver, self.judge = driver, judge
        self.home = f"http://127.0.0.1:{desk.port}"
        self.size_to(size)

    def open(self, path):
        self.driver.get(self.home + path)
        return self

    def size_to(self, size):
        # A window is not narrower than 500 pixels; the page's own view can be.
        self.size = size
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False})

    def sign_in(self, user):
        self.driver.delete_all_cookies()
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
        wait = WebDriverWait(self.driver, 30, ignored_exceptions=[WebDriverException])
        wait.until(lambda driver: is_gone(before))
        wait.until(lambda driver: driver.execute_script("return document.readyState") == "complete")

    def follow(self, text):
        self.go(self.driver.find_element(By.LINK_TEXT, text))

    def find(self, css):
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def type(self, name, text):
        """Into a field, whatever its kind; the page need not show it yet."""
        field = self.driver.find_element(By.ID, name)
        if self.driver.execute_script("return arguments[0].closest('details:not([open])')", field):
            self.find("details:not([open]) summary").click()
        if field.tag_name == "select":
            Select(field).select_by_value(text)
        elif field.get_attribute("type") == "date":
            year, month, day = text.split("-")
            field.send_keys(month + day + year)
        elif field.get_attribute("type") == "checkbox":
            field.click()
        else:
            if field.get_attribute("type") != "file":
                field.clear()
            field.send_keys(text)

    def does(self, path, **fields):
        """Fills the form of a verb and sends it; gives what the page says then."""
        if path:
            self.open(path)
        for name, text in fields.items():
            self.type(name.replace("_", "-"), text)
        self.go(self.find("form.act button"))
        return self.text()

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
                   ".filter(f => !f.labels.length && !f.ariaLabel).map(f => f.name)")
        self.judge(not bare, f"{name} has a label for every field", bare)
        twice = run("const ids = [...document.querySelectorAll('[id]')].map(e => e.id);"
                    "return ids.filter((id, i) => ids.indexOf(id) != i)")
        self.judge(not twice, f"{name} has no id twice", twice)
        asked = run("return performance.getEntriesByType('resource').map(r => r.name)")
        foreign = [url for url in asked if not url.startswith(self.home + "/") and
                   not url.startswith("data:")]
        self.judge(not foreign, f"{name} asks no other machine", foreign)
        said = [line["message"] for line in self.driver.get_log("browser")
                if not any(status in line["message"] for status in ("400", "404", "422"))]
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
