#!/usr/bin/env python3
"""How the server is reached from elsewhere: by TLS, or through a proxy that says who somebody is.

    check_tls.py PURSER
"""

import pathlib
import re
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import warnings

from desk import Desk, Judge


def make_pair(folder, name):
    """A certificate of this machine that signs itself, and its key."""
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
                   check=True, capture_output=True)
    return str(certificate), str(key)


def by_tls(desk, judge, certificate):
    carl = desk.sign_in("chair")
    page = carl.get("/SSR2")
    judge(page.status == 200 and "450,637.65" in page.text, "pages come by https", page.status)
    judge("max-age=" in page.headers.get("strict-transport-security", ""),
          "and ask to be asked by https alone", page.headers)
    cookie = desk.visitor().sign_in("chair").cookies[0]
    judge(cookie.startswith("__Host-purser-session=") and "; Secure" in cookie,
          "a session goes by https alone", cookie)
    olga = desk.sign_in("support")
    page = olga.fill("/expense/submit/SSR2", {"category": "travel", "amount": "1", "why": "Tea"})
    judge(page.status == 200, "forms are taken", page.status, page.text)
    page = olga.post("/expense/submit/SSR2", {}, {"Origin": f"http://127.0.0.1:{desk.port}"})
    judge(page.status == 403, "without their token they are not", page.status)

    plain = socket.create_connection(("127.0.0.1", desk.port))
    plain.settimeout(20)
    plain.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
    try:
        said = plain.recv(1000)
    except OSError:
        said = b""
    judge(b"HTTP/" not in said and b"ok" not in said, "plain http is not answered", said)
    for newest, works in ((ssl.TLSVersion.TLSv1_1, False), (ssl.TLSVersion.TLSv1_2, True),
                          (ssl.TLSVersion.TLSv1_3, True)):
        judge(answers(desk.port, certificate, newest) == works,
              f"{newest.name} is {'taken' if works else 'refused'}")

    # Who never ends the handshake, or sends half of it, keeps nobody waiting.
    silent = [socket.create_connection(("127.0.0.1", desk.port)) for _ in range(60)]
    for one in silent[::2]:
        one.sendall(b"\x16\x03\x01\x02\x00\x01\x00")
    begun = time.monotonic()
    page = desk.visitor().get("/health")
    judge(page.status == 200 and time.monotonic() - begun < 5, "slow handshakes stop nobody",
          time.monotonic() - begun)
    for one in silent:
        one.close()


def renewed(desk, judge, pairs):
    """A certificate that is there anew is read at SIGHUP; one that is broken leaves the old."""
    def shown():
        return ssl.get_server_certificate(("127.0.0.1", desk.port))

    def heard(wanted):
        desk.server.send_signal(signal.SIGHUP)
        for _ in range(100):
            if shown() == wanted.read_text():
                return True
            time.sleep(0.05)
        return False
    own, other = [pathlib.Path(pair[0]) for pair in pairs]
    served = [pathlib.Path(desk.options[1]), pathlib.Path(desk.options[3])]
    kept = [one.read_bytes() for one in served]
    for to, source in zip(served, pairs[1]):
        to.write_bytes(pathlib.Path(source).read_bytes())
    judge(heard(other), "a new certificate is shown after SIGHUP")
    served[0].write_text("rubbish")
    desk.server.send_signal(signal.SIGHUP)
    time.sleep(0.3)
    judge(shown() == other.read_text(), "a broken one is not")
    for to, text in zip(served, kept):
        to.write_bytes(text)
    judge(heard(own), "and the old one is there again when it is mended")


def only_aead(desk, judge, certificate):
    """Ciphers that are known to be weak are not spoken."""
    context = ssl.create_default_context(cafile=certificate)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    for ciphers, works in (("ECDHE-ECDSA-AES128-SHA", False), ("ECDHE-ECDSA-AES256-SHA384", False),
                           ("ECDHE-ECDSA-AES128-GCM-SHA256", True),
                           ("ECDHE-ECDSA-CHACHA20-POLY1305", True)):
        context.set_ciphers(ciphers)
        try:
            with socket.create_connection(("127.0.0.1", desk.port)) as plain:
                context.wrap_socket(plain, server_hostname="127.0.0.1").close()
            spoken = True
        except ssl.SSLError:
            spoken = False
        judge(spoken == works, f"{ciphers} is {'spoken' if works else 'not spoken'}")


def answers(port, certificate, newest):
    """Whether the server speaks with somebody who knows no version after that one."""
    context = ssl.create_default_context(cafile=certificate)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")  # so that this side would speak it
    with warnings.catch_warnings():  # of old versions, which are asked for here
        warnings.simplefilter("ignore")
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, newest
    try:
        with socket.create_connection(("127.0.0.1", port)) as plain:
            with context.wrap_socket(plain, server_hostname="127.0.0.1") as spoken:
                spoken.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                return b"200 OK" in spoken.recv(1000)
    except ssl.SSLError as sorry:
        # Said by the server, not decided here.
        if "PROTOCOL_VERSION" not in str(sorry):
            raise
        return False


def behind_proxy(desk, judge):
    """The proxy's header counts with the option alone, and from the proxy alone."""
    def named(desk, name, address=None, **more):
        visitor = desk.visitor()
        visitor.address = (address, 0) if address else None
        return visitor, {"X-User": name, **more}

    visitor, headers = named(desk, "chair")
    judge(visitor.get("/SSR2", {**headers, "X-Remote-User": "chair", "Remote-User": "chair"})
          .status == 303, "a header is no sign-in where nobody asked for it")
    judge(desk.stop() == 0, "it ends well", desk.said)

    desk.options = ["--behind-proxy", "--user-header", "X-User"]
    desk.start()
    visitor, headers = named(desk, "chair")
    page = visitor.get("/SSR2", headers)
    judge(page.status == 200 and ">chair<" in page.text, "the proxy says who it is", page.status)
    fields = {"category": "travel", "amount": "1", "why": "Tea"}
    token = page.hidden("form-token") or visitor.get("/account", headers).hidden("form-token")
    _, other = named(desk, "support")
    judge(visitor.post("/expense/submit/SSR2", {**fields, "form-token": token}, other).status
          == 403, "one user's form is not another's")
    token = visitor.get("/account", other).hidden("form-token")
    judge(visitor.post("/expense/submit/SSR2", {**fields, "form-token": token}, other).status
          == 200, "one's own is taken")
    judge(visitor.post("/expense/submit/SSR2", fields, other).status == 403,
          "but not without its token")
    for name in ("", "nobody-of-that-name", "chair, root", "CHAIR", "chair' OR '1'='1"):
        page = visitor.get("/SSR2", {"X-User": name})
        judge(page.status == 303, f"{name!r} is nobody", page.status)
    connection = visitor.connect()
    connection.putrequest("GET", "/SSR2")
    connection.putheader("X-User", "root")
    connection.putheader("x-user", "chair")
    connection.endheaders()
    judge(connection.getresponse().status == 303, "two names are nobody's")
    connection.close()
    page = visitor.get("/sign-in")
    judge(page.status == 403 and "the proxy" in page.text and "password" not in page.text,
          "there is no other way to sign in", page.status, page.text)
    page = visitor.get("/SSR2", {**headers, "X-Forwarded-Host": "evil.example",
                                 "X-Forwarded-Proto": "gopher", "X-Forwarded-For": "127.0.0.1",
                                 "Forwarded": "for=127.0.0.1;host=evil.example"})
    judge(page.status == 200 and "evil" not in page.text + str(page.headers),
          "what is said of the way here changes nothing", page.headers)
    judge(visitor.get("/metrics").status == 401, "counts take a token then")
    judge(desk.stop() == 0, "it ends well", desk.said)

    desk.options += ["--proxy", "127.0.0.9"]
    desk.start()
    for address, status in (("127.0.0.9", 200), ("127.0.0.8", 303), (None, 303)):
        visitor, headers = named(desk, "chair", address)
        page = visitor.get("/SSR2", headers)
        judge(page.status == status, f"who comes from {address} gets {status}", page.status)


def listening(purser, judge, folder, pairs):
    """What it does not listen with, each with what it says instead."""
    (certificate, key), (_, other) = pairs
    rubbish = folder / "rubbish.pem"
    rubbish.write_text("rubbish")
    desk = Desk(purser)
    desk.run("ann", "init")
    for options, wanted in (
        (["--listen", "[::]:0"], "can be reached from other machines"),
        (["--listen", "127.example.org:0"], "can be reached from other machines"),
        (["--tls-cert", certificate, "--tls-key", other], "do not belong together"),
        (["--tls-cert", str(rubbish), "--tls-key", key], "cannot be read"),
        (["--tls-cert", str(folder / "none.pem"), "--tls-key", key], "cannot be read"),
        (["--tls-key", key], "needs both"),
        (["--behind-proxy", "--proxy", "127.0.0.9"], "whose --user-header is believed"),
    ):
        listen = [] if "--listen" in options else ["--listen", "127.0.0.1:0"]
        done = subprocess.run([desk.purser, "--book", desk.book, "serve", *listen, *options],
                              timeout=60, capture_output=True, text=True)
        judge(done.returncode == 2 and wanted in done.stderr, f"serve {options} is refused",
              done.returncode, done.stderr)
    if socket.has_ipv6 and pathlib.Path("/proc/net/if_inet6").exists():
        desk.listen = "[::1]:0"
        desk.start()
        desk.server.stdout.readline()
        link = desk.server.stdout.readline()
        judge(desk.stop() == 0 and re.search(r"http://\[::1\]:\d+/welcome/", link),
              "its links can be followed where the address is one of IPv6", link)
    desk.folder.cleanup()


def main():
    judge = Judge()
    with tempfile.TemporaryDirectory(prefix="purser-tls-") as name:
        folder = pathlib.Path(name)
        pairs = make_pair(folder, "own"), make_pair(folder, "other")
        certificate, key = pairs[0]
        trusted = ssl.create_default_context(cafile=certificate)
        with Desk(sys.argv[1], "--tls-cert", certificate, "--tls-key", key, tls=trusted) as desk:
            by_tls(desk, judge, certificate)
            only_aead(desk, judge, certificate)
            renewed(desk, judge, pairs)
            desk.stop()
            desk.options, desk.tls = [], None
            desk.start()
            behind_proxy(desk, judge)
        listening(sys.argv[1], judge, folder, pairs)
    return judge.end(at_least=42)


if __name__ == "__main__":
    sys.exit(main())
