#!/usr/bin/env python3
"""Many at once: people who look at pages and programs that record, all on one server.

    check_crowd.py PURSER

Every answer is whole and right, each act that was accepted is in the log, once, and a look that
began after an act was accepted sees it.
"""

import json
import re
import socket
import sys
import threading

from desk import Desk, Judge
from verbs import make_token

LOOKS, ACTS = 12, 8
REMAINING = re.compile(r'<p class="big[^"]*"><a [^>]*><strong>([\d,.]+)</strong>')


def at_once(jobs):
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def crowd(desk, judge, tokens):
    """Two programs submit while eight people look; nothing is lost, mixed up or out of date."""
    problems, accepted = [], []
    # What is free falls by 1.00 with each expense: a look shows at most what was free before it.
    counted = threading.Lock()

    def look(user):
        visitor = desk.sign_in(user)
        for _ in range(LOOKS):
            with counted:
                before = len(accepted)
            page = visitor.get("/SSR2")
            found = REMAINING.findall(page.text)
            free = float(found[1].replace(",", "")) if len(found) > 1 else None
            if page.status != 200 or free is None or not page.text.rstrip().endswith("</html>"):
                problems.append(f"{user} sees {page.status} {page.text[:300]}")
            elif free > 450637.65 - before:
                problems.append(f"{user} sees {free} free after {before} expenses")
            if visitor.get("/health").status != 200:
                problems.append("/health is not well")

    def act(user):
        program = desk.visitor()
        for number in range(ACTS):
            answer = program.send(
                "POST", "/api/v1/expense/submit/SSR2",
                json.dumps({"category": "travel", "amount": "1.00", "why": f"Tram {number}",
                            "on": "2017-04-12"}),
                {"Authorization": f"Bearer {tokens[user]}", "Content-Type": "application/json",
                 "Idempotency-Key": f"{user}-{number}"})
            if answer.status in (200, 201):
                with counted:
                    accepted.append(json.loads(answer.text)["id"])
            else:
                problems.append(f"{user}: {answer.status} {answer.text}")

    lookers = ["finance", "support", "chair", "board"] * 2
    at_once([lambda user=user: look(user) for user in lookers] +
            [lambda user=user: act(user) for user in tokens])
    judge(not problems, "every look and every act is answered as it should", *problems[:5])
    judge(len(set(accepted)) == len(accepted) == ACTS * len(tokens), "each act has its own number",
          sorted(accepted))
    free = REMAINING.findall(desk.sign_in("chair").get("/SSR2").text)[1]
    judge(free == f"{450637.65 - len(accepted):,.2f}", "the page comes to what was recorded", free)


def burst(desk, judge):
    """Forty connections send ninety requests each, without waiting for an answer."""
    wrong = []

    def send():
        with socket.create_connection(("127.0.0.1", desk.port), timeout=60) as peer:
            peer.sendall(b"GET /health HTTP/1.1\r\nHost: purser\r\n\r\n" * 89 +
                         b"GET /health HTTP/1.1\r\nHost: purser\r\nConnection: close\r\n\r\n")
            told = b"".join(iter(lambda: peer.recv(65536), b""))
            if told.count(b'{"status":"ok"}') != 90:
                wrong.append(told[-500:])

    at_once([send] * 40)
    judge(not wrong, "a burst of requests is answered, each one", *wrong[:3])


def main():
    judge = Judge()
    with Desk(sys.argv[1]) as desk:
        crowd(desk, judge, {user: make_token(desk.sign_in(user), "write")
                            for user in ("finance", "support")})
        burst(desk, judge)
        judge(desk.stop() == 0, "the server ends well", getattr(desk, "said", ""))
        told = desk.run("finance", "verify").stdout
        judge("no difference" in told, "and the book is whole", told)
    return judge.end(at_least=6)


if __name__ == "__main__":
    sys.exit(main())
