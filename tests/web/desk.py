"""A book that is served, and people who look at it: what the web tests stand on.

    with Desk(purser) as desk:
        carl = desk.sign_in("chair")
        page = carl.get("/SSR2")

The book is fixtures/ssr2 with a few more users; the server is the real program on a free port of
this machine, with its clock set to 20 April 2017.
"""

import fcntl
import html
import http.client
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import urllib.parse

SOURCE = pathlib.Path(__file__).resolve().parents[2]
NOW = "2017-04-20T12:00:00Z"
PASSWORD = "a sentence is easy to remember"
USERS = ["finance", "support", "chair", "board", "viewer", "stranger", "root"]


class Page:
    def __init__(self, answer, body):
        self.status = answer.status
        self.headers = {name.lower(): value for name, value in answer.getheaders()}
        self.cookies = [v for n, v in answer.getheaders() if n.lower() == "set-cookie"]
        self.bytes = body
        self.text = body.decode("utf-8", errors="replace")

    def hidden(self, name):
        """The value of a hidden field."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        return html.unescape(found[1]) if found else ""


class Visitor:
    """One browser: it keeps cookies and follows nothing. With `tls`, what it trusts, by https."""

    def __init__(self, port, cookies=None, tls=None):
        self.port, self.tls = port, tls
        self.cookies = dict(cookies or {})
        self.address = None  # of this machine, that it comes from

    def connect(self):
        if self.tls:
            return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=30, context=self.tls)
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30,
                                          source_address=self.address)

    def send(self, method, path, body=None, headers=None):
        connection = self.connect()
        headers = dict(headers or {})
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{n}={v}" for n, v in self.cookies.items())
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        page = Page(answer, answer.read())
        connection.close()
        for cookie in page.cookies:
            name, value = cookie.split(";")[0].split("=", 1)
            if value:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        return page

    def get(self, path, headers=None):
        return self.send("GET", path, None, headers)

    def post(self, path, fields, headers=None):
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.send("POST", path, urllib.parse.urlencode(fields, doseq=True),
                         {**kind, **(headers or {})})

    def fill(self, path, fields, form=None):
        """Sends the form of a page as a browser does, with what is hidden in it."""
        page = self.get(form or path)
        hidden = {name: page.hidden(name) for name in ("form-token", "request-key")}
        return self.post(path, {**hidden, **fields})

    def upload(self, path, fields, name, file_name, content):
        page = self.get(path)
        fields = {**{n: page.hidden(n) for n in ("form-token", "request-key")}, **fields}
        mark = b"----purser-test"
        parts = b""
        for key, value in fields.items():
            parts += b"--" + mark + f'\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n'.encode()
            parts += str(value).encode() + b"\r\n"
        parts += b"--" + mark + (f'\r\nContent-Disposition: form-data; name="{name}"; '
                                 f'filename="{file_name}"\r\n'
                                 "Content-Type: application/octet-stream\r\n\r\n").encode()
        parts += content + b"\r\n--" + mark + b"--\r\n"
        return self.send("POST", path, parts,
                         {"Content-Type": f"multipart/form-data; boundary={mark.decode()}"})

    def sign_in(self, user, password=PASSWORD):
        return self.fill("/sign-in", {"user": user, "password": password})


class Desk:
    def __init__(self, purser, *options, now=NOW, tls=None):
        self.purser = str(pathlib.Path(purser).resolve())
        self.options, self.tls = options, tls
        self.folder = tempfile.TemporaryDirectory(prefix="purser-web-")
        self.book = str(pathlib.Path(self.folder.name, "ssr2.db"))
        self.environment = {**os.environ, "PURSER_NOW": now}
        self.server = None
        self.listen, self.port = "127.0.0.1:0", 0

    def run(self, user, *words, stdin=None):
        return subprocess.run([self.purser, "--book", self.book, "--as", user, *words], check=True,
                              input=stdin, capture_output=True, text=True, env=self.environment)

    def make(self):
        """Copies the book that is made once for each program, and kept beside it."""
        made = pathlib.Path(self.purser).with_name("web-tests.db")
        sources = [pathlib.Path(self.purser), pathlib.Path(__file__),
                   *SOURCE.joinpath("fixtures/ssr2").iterdir()]
        with open(f"{made}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            newest = max(source.stat().st_mtime for source in sources)
            if not made.exists() or made.stat().st_mtime < newest:
                self.make_anew()
                shutil.copy(self.book, f"{made}.part")
                os.replace(f"{made}.part", made)
        shutil.copy(made, self.book)

    def make_anew(self):
        subprocess.run([SOURCE / "fixtures/ssr2/load", self.purser, self.book], check=True,
                       capture_output=True)
        self.run("finance", "user", "add", "viewer", "--role", "viewer", "--review", "SSR2")
        self.run("finance", "user", "add", "root", "--role", "admin")
        self.run("finance", "review", "open", "CCT", "--name", "Another review", "--start",
                 "2017-01-01", "--expected", "2018-01-01", "--on", "2017-01-01")
        self.run("finance", "user", "add", "stranger", "--role", "chair", "--review", "CCT")
        for user in USERS:
            self.run(user, "user", "password", "--stdin", stdin=PASSWORD + "\n")

    def start(self):
        self.server = subprocess.Popen(
            [self.purser, "--book", self.book, "serve", "--listen", self.listen, *self.options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.environment)
        first = self.server.stdout.readline()
        found = re.search(r":(\d+)$", first.strip())
        if not found:
            raise SystemExit(f"the server said {first!r} {self.server.stderr.read()}")
        self.port = int(found[1])

    def stop(self):
        """Ends the server as a machine that goes down does; gives its exit code."""
        if self.server is None:
            return None
        self.server.terminate()
        out, err = self.server.communicate(timeout=60)
        code, self.server = self.server.returncode, None
        self.said = out + err
        return code

    def __enter__(self):
        self.make()
        self.start()
        return self

    def __exit__(self, *problem):
        if self.stop() not in (0, None):
            print(f"the server ended badly: {self.said}")
            if not problem[0]:
                raise SystemExit(1)
        self.folder.cleanup()

    def visitor(self, cookies=None):
        return Visitor(self.port, cookies, self.tls)

    def sign_in(self, user):
        visitor = self.visitor()
        page = visitor.sign_in(user)
        if page.status != 303:
            raise SystemExit(f"{user} cannot sign in: {page.status} {page.text}")
        return visitor


class Judge:
    """Counts what holds and says what does not."""

    def __init__(self):
        self.good = self.bad = 0

    def __call__(self, holds, sentence, *shown):
        if holds:
            self.good += 1
        else:
            self.bad += 1
            print(f"does not hold: {sentence}", *[str(s)[:1500] for s in shown], sep="\n  ")

    def end(self, at_least):
        print(f"{self.good} held, {self.bad} did not")
        return 1 if self.bad or self.good < at_least else 0
