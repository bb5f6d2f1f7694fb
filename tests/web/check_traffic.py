#!/usr/bin/env python3
"""Many at once: double forms, writes during a backup and at the end, and a crowd of silent clients.

    check_traffic.py PURSER
"""

import concurrent.futures
import json
import pathlib
import re
import socket
import subprocess
import sys
import threading
import time

from desk import Desk, Judge

SUBMIT = {"category": "travel", "amount": "1.00", "on": "2017-04-12", "why": "Tram"}
PATH = "/expense/submit/SSR2"


def ids_of(desk):
    said = desk.run("finance", "expense", "list", "SSR2", "--json").stdout
    return [one["id"] for one in json.loads(said)["expenses"]]


def recorded(page):
    return re.search(r"(SSR2-E\d+) is submitted", page.text)[1] if page.status == 200 else None


def double_forms(desk, judge):
    """One form, sent by twelve at the same moment; then its key by somebody else."""
    olga, anna = desk.sign_in("support"), desk.sign_in("finance")
    page = olga.get(PATH)
    sent = {**SUBMIT, **{n: page.hidden(n) for n in ("form-token", "request-key")}}
    before = ids_of(desk)
    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        pages = list(pool.map(lambda _: desk.visitor(olga.cookies).post(PATH, sent), range(12)))
    ids = {recorded(page) for page in pages}
    judge(len(ids) == 1 and None not in ids and ids_of(desk) == before + list(ids),
          "a form that is sent twelve times at once is recorded once", ids)
    token = anna.get("/account").hidden("form-token")
    page = anna.post(PATH, {**sent, "form-token": token})
    judge(recorded(page) not in ids | {None}, "its key says nothing to anybody else", page.text)


def write_on(desk, visitor, done, ended):
    """Submits one after another until told to end, or until nobody answers."""
    token = visitor.get("/account").hidden("form-token")
    while not ended.is_set():
        try:
            page = visitor.post(PATH, {**SUBMIT, "form-token": token})
        except OSError:
            return
        done.append(recorded(page))


def backup(desk, judge):
    """The book is copied while it is written to; the copy is whole, and ends where it was taken."""
    done, ended = [], threading.Event()
    writers = [threading.Thread(target=write_on, args=(desk, desk.sign_in("support"), done, ended))
               for _ in range(2)]
    for writer in writers:
        writer.start()
    copy = desk.book + "-copy"
    while len(done) < 3:
        time.sleep(0.01)
    at_least = list(done)
    desk.run("finance", "backup", copy)
    written = len(done) - len(at_least)
    ended.set()
    for writer in writers:
        writer.join()
    judge(None not in done and set(done) <= set(ids_of(desk)), "nobody's write was refused", done)
    whole = subprocess.run([desk.purser, "--book", copy, "verify"], capture_output=True, text=True,
                           env=desk.environment)
    judge(whole.returncode == 0, "the copy is whole", whole.stdout, whole.stderr)
    own, desk.book = desk.book, copy
    copied = ids_of(desk)
    desk.book = own
    judge(set(at_least) <= set(copied), f"and has what was there before ({written} came meanwhile)",
          at_least, copied)
    pathlib.Path(copy).unlink()


def odd_requests(desk, judge):
    """What no browser sends: refused or cut off, and the next one is served."""
    def post(head, body):
        return b"POST /sign-in HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n\r\n" + body

    form = b"Content-Type: application/x-www-form-urlencoded\r\n"
    parts = b"Content-Type: multipart/form-data; boundary=x\r\n"
    part = b'--x\r\nContent-Disposition: form-data; name="a"; filename="%s"\r\n\r\n\r\n'
    many = part % b"f" * 5000 + b"--x--\r\n"
    long = part % (b"f" * 8000) + b"--x--\r\n"
    size = b"Content-Length: %d"
    fields = b"a=&" * 300_000
    chunk = b"100000\r\n" + b"a" * 0x100000 + b"\r\n"
    for name, sent in (
        ("noise", bytes(range(256)) * 20), ("no version", b"GET /sign-in\r\n\r\n"),
        ("no host", b"GET /sign-in HTTP/1.1\r\n\r\n"),
        ("NUL", b"GET /\0 HTTP/1.1\r\nHost: \0\r\n\r\n"),
        ("many ranges", b"GET /sign-in HTTP/1.1\r\nHost: x\r\nRange: bytes=" + b"0-0," * 2000
         + b"0-0\r\n\r\n"),
        ("a wrong range", b"GET /sign-in HTTP/1.1\r\nHost: x\r\nRange: bytes=9-1\r\n\r\n"),
        ("a length below zero", post(form + b"Content-Length: -1", b"")),
        ("a length of words", post(form + b"Content-Length: many", b"")),
        ("a length beyond all", post(form + b"Content-Length: 99999999999999999999", b"")),
        ("two lengths", post(form + b"Content-Length: 1\r\nContent-Length: 5", b"user=")),
        ("endless chunks", post(form + b"Transfer-Encoding: chunked", chunk * 13)),
        ("a broken chunk", post(form + b"Transfer-Encoding: chunked", b"-5\r\nabc\r\n")),
        ("packed", post(form + b"Content-Encoding: gzip\r\nContent-Length: 5", b"\x1f\x8b???")),
        ("many fields", post(form + size % len(fields), fields)),
        ("many files", post(parts + size % len(many), many)),
        ("a long name", post(parts + size % len(long), long)),
        ("no boundary", post(b"Content-Type: multipart/form-data\r\nContent-Length: 3", b"--x")),
    ):
        begun = time.monotonic()
        with socket.create_connection(("127.0.0.1", desk.port)) as client:
            client.settimeout(30)
            try:
                client.sendall(sent)
                client.shutdown(socket.SHUT_WR)
                said = client.recv(12)
            except OSError:
                said = b""
        took = time.monotonic() - begun
        judge(not said.startswith(b"HTTP/1.1 5") and took < 10 and
              desk.visitor().get("/health").status == 200, f"{name} does no harm", said, took)


def crowd(desk, judge):
    """More silent clients than the server has seats, some in the middle of a request."""
    silent = []
    for number in range(140):
        client = socket.create_connection(("127.0.0.1", desk.port))
        if number % 2:
            client.sendall(b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nuser=")
        silent.append(client)
    begun = time.monotonic()
    page = desk.visitor().get("/health")
    took = time.monotonic() - begun
    judge(page.status == 200 and took < 20, "a crowd is sent off in time for others", took)
    for client in silent:
        client.close()
    page = desk.visitor().get("/health")
    judge(page.status == 200, "and leaves nothing behind", page.status)
    # One that goes away in the middle of its answer.
    for _ in range(20):
        gone = socket.create_connection(("127.0.0.1", desk.port))
        gone.sendall(b"GET /sign-in HTTP/1.1\r\nHost: x\r\n\r\n")
        gone.close()
    judge(desk.visitor().get("/health").status == 200, "nor do those who do not wait")


def end(desk, judge):
    """SIGTERM while people write: what was answered is in the book, and nothing else is."""
    before, done, ended = set(ids_of(desk)), [], threading.Event()
    writers = [threading.Thread(target=write_on, args=(desk, desk.sign_in(user), done, ended))
               for user in ("support", "support", "finance")]
    for writer in writers:
        writer.start()
    while len(done) < 5:
        time.sleep(0.01)
    begun = time.monotonic()
    code = desk.stop()
    took = time.monotonic() - begun
    for writer in writers:
        writer.join()
    kept = set(ids_of(desk)) - before
    judge(code == 0 and took < 20, "it ends with SIGTERM", code, took, desk.said)
    judge(set(done) == kept, "whoever was answered is in the book, and nobody else", done, kept)
    judge(desk.run("finance", "verify").returncode == 0, "which is whole")


def main():
    judge = Judge()
    with Desk(sys.argv[1]) as desk:
        for part in (double_forms, backup, odd_requests, crowd, end):
            part(desk, judge)
    return judge.end(at_least=28)


if __name__ == "__main__":
    sys.exit(main())
