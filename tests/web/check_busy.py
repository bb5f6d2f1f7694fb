#!/usr/bin/env python3
"""No request holds what others need: much that is sent, slow work, passwords and silent clients.

    check_busy.py PURSER
"""

import concurrent.futures
import json
import socket
import subprocess
import sys
import time

from desk import Desk, Judge
from verbs import bearer, make_token

SUBMIT = "/api/v1/expense/submit/SSR2"
FIELDS = {"category": "travel", "amount": "1.00", "why": "Tram", "on": "2017-04-12"}
SOON_S = 3  # with sanitizers, on a machine that does other things


def timed(ask):
    begun = time.monotonic()
    answer = ask()
    return answer, time.monotonic() - begun


def one_port(desk, judge):
    """Two servers cannot share a port, and take each other's requests."""
    second = subprocess.run([desk.purser, "--book", desk.book, "serve", "--listen",
                             f"127.0.0.1:{desk.port}"], capture_output=True, text=True, timeout=60)
    judge(second.returncode == 2 and "in use" in second.stderr, "a second server on a port is refused",
          second.returncode, second.stderr)


def json_bodies(desk, judge):
    """Bounded, and read in a time that grows with their length alone."""
    token = make_token(desk.sign_in("support"), "write")

    def send(body):
        return timed(lambda: desk.visitor().send(
            "POST", SUBMIT, body, {**bearer(token), "Content-Type": "application/json"}))
    many = json.dumps({f"member{i}": "x" for i in range(40_000)})
    for name, body, status in (
        ("its fields", json.dumps(FIELDS), 200),
        ("201 members", json.dumps({f"m{i}": "" for i in range(201)}), 400),
        ("40,000 members", many, 400),
        ("21 lists", '{"why": ' + "[" * 21 + "]" * 21 + "}", 400),
        ("400,000 lists", "[" * 400_000, 400),
        ("a member twice", json.dumps(FIELDS).replace("{", '{"amount": "2.00", '), 400),
        ("more than 1 MB", json.dumps({**FIELDS, "why": "x" * 1_100_000}), 413),
        ("half of it", json.dumps(FIELDS)[:-1], 400),
        ("a list", "[]", 400), ("a text", '"x"', 400), ("no UTF-8", b'{"why": "\xff"}', 400),
    ):
        page, took = send(body)
        judge(page.status == status and took < SOON_S, f"{name} is answered {status} soon",
              page.status, took, page.text[:200])
    page = desk.visitor().send("POST", "/api/v1/expense/import/SSR2", "\r\n".join((
        "--x", 'Content-Disposition: form-data; name="file"; filename="april.csv"', "",
        "posted_on,category,amount,why\n2017-04-12,travel,1.00,Tram\n", "--x--", "")),
        {**bearer(token), "Content-Type": "multipart/form-data; boundary=x"})
    judge(page.status in (200, 403, 422), "programs may send files in a form", page.status, page.text)


def gate(desk, judge):
    """Who may not is told so before anything is read, and nothing is waited for."""
    viewer, support = desk.sign_in("viewer"), desk.sign_in("support")
    reads = make_token(desk.sign_in("finance"), "read")
    tokens = {user: make_token(desk.sign_in(user), "write") for user in ("viewer", "stranger")}
    cookie = "Cookie: purser-session={}\r\n"
    for name, path, head, statuses in (
        ("a viewer's form", "/expense/submit/SSR2", cookie.format(viewer.cookies["purser-session"]),
         (403, 422)),
        ("a viewer's program", SUBMIT, f"Authorization: Bearer {tokens['viewer']}\r\n", (403, 422)),
        ("a stranger's program", SUBMIT, f"Authorization: Bearer {tokens['stranger']}\r\n",
         (403, 422)),
        ("a token that only reads", SUBMIT, f"Authorization: Bearer {reads}\r\n", (403,)),
        ("nobody's program", SUBMIT, "", (401,)), ("nobody's form", "/expense/submit/SSR2", "", (303,)),
        ("what is no act", "/expense/list/SSR2",
         cookie.format(support.cookies["purser-session"]), (405,)),
        ("what is nowhere", "/expense/eat/SSR2",
         cookie.format(support.cookies["purser-session"]), (404,)),
        ("much for the way in", "/sign-in", "", (413,)),
    ):
        with socket.create_connection(("127.0.0.1", desk.port)) as client:
            client.settimeout(5)
            client.sendall(f"POST {path} HTTP/1.1\r\nHost: x\r\n{head}Content-Type: multipart/form-data"
                           "; boundary=x\r\nContent-Length: 9000000\r\n\r\n".encode())
            said, took = timed(lambda client=client: client.recv(12))
        judge(said[9:12] in [str(status).encode() for status in statuses] and took < SOON_S,
              f"{name} is answered before its 9 MB", said, took)


def papers(desk, judge):
    """PDFs are made by few, and once; pages do not wait for them."""
    chair, finance = desk.sign_in("chair"), desk.sign_in("finance")
    path = "/commitments/SSR2?format=pdf"
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(timed, lambda: desk.visitor(chair.cookies).get(path)) for _ in range(4)]
        time.sleep(0.3)
        page, took = timed(lambda: finance.get("/SSR2"))
        judge(page.status == 200 and took < SOON_S, "a page does not wait for a pdf", took)
        made = [one.result() for one in asked]
    judge(all(page.status == 200 and page.bytes.startswith(b"%PDF-") for page, _ in made),
          "each gets its pdf", [page.status for page, _ in made])
    judge(len({page.bytes for page, _ in made}) == 1, "which is the same")
    _, took = timed(lambda: chair.get(path))
    judge(took < max(0.5, min(took for _, took in made) / 2), "and is made once", took, made[0][1])


def passwords(desk, judge):
    """While many wrong passwords are tried, others read, write, and come in."""
    page = desk.visitor()
    form = page.get("/sign-in").hidden("form-token")
    finance = desk.sign_in("finance")
    token = make_token(finance, "write")

    def guess(number):
        visitor = desk.visitor(page.cookies)
        visitor.address = ("127.0.0.9", 0)
        return visitor.post("/sign-in", {"user": f"nobody{number}", "password": "x" * 90,
                                         "form-token": form}).status
    with concurrent.futures.ThreadPoolExecutor(24) as pool:
        guesses = [pool.submit(guess, number) for number in range(48)]
        time.sleep(0.2)
        for name, ask in (
            ("a page", lambda: finance.get("/SSR2")),
            ("an act", lambda: desk.visitor().send("POST", SUBMIT, json.dumps(FIELDS), {
                **bearer(token), "Content-Type": "application/json"})),
            ("a sign-in", lambda: desk.visitor().sign_in("chair")),
        ):
            answer, took = timed(ask)
            judge(answer.status in (200, 303) and took < SOON_S, f"{name} does not wait for guesses",
                  answer.status, took)
        statuses = {one.result() for one in guesses}
    judge(statuses <= {403, 429, 503}, "and none of these comes in", statuses)


def silent(desk, judge):
    """Four hundred who say nothing, from one address, stop neither others nor that address."""
    peers = []
    for _ in range(400):
        peers.append(socket.create_connection(("127.0.0.1", desk.port),
                                              source_address=("127.0.0.7", 0)))
    for address in ("127.0.0.1", "127.0.0.7"):
        visitor = desk.visitor()
        visitor.address = (address, 0)
        page, took = timed(lambda visitor=visitor: visitor.get("/health"))
        judge(page.status == 200 and took < 0.5, f"who comes from {address} is answered", took)
    ended = 0
    for peer in peers:
        peer.settimeout(0.01)
        try:
            ended += peer.recv(1) == b""
        except TimeoutError:
            pass
        except OSError:
            ended += 1
        peer.close()
    judge(120 <= ended <= 160, "the longest silent of them were sent off", ended)


def main():
    judge = Judge()
    with Desk(sys.argv[1]) as desk:
        for part in (one_port, json_bodies, gate, papers, passwords, silent):
            part(desk, judge)
        judge(desk.stop() == 0, "the server ends well", getattr(desk, "said", ""))
    return judge.end(at_least=34)


if __name__ == "__main__":
    sys.exit(main())
