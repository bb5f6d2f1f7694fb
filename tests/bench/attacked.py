"""What others notice while one client attacks: their pages, and what they record.

    figures = measured(purser)      # {"passwords": {"page": 0.1, "write": 0.2}, …}, in seconds

Each attack is what one outsider, one viewer or one chair can do alone; meanwhile somebody looks at
the chairs' page and somebody else records expenses, as fast as they are answered.
"""

import contextlib
import json
import pathlib
import socket
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "web"))
from desk import Desk  # noqa: E402
from verbs import make_token  # noqa: E402

ROWS = 20_000
SECONDS = 8


def again(ended, count, ask):
    """`count` threads that ask until the end, whatever they are told."""
    def go_on():
        while not ended.is_set():
            with contextlib.suppress(OSError):
                ask()
    threads = [threading.Thread(target=go_on) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads


def silent(desk, ended):
    peers = [socket.create_connection(("127.0.0.1", desk.port)) for _ in range(400)]

    def wait():
        ended.wait()
        for peer in peers:
            peer.close()
    return [started(wait)]


def started(work):
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def slow(*kind):
    def attack(desk, _):
        return [started(lambda: subprocess.run(
            ["slowhttptest", "-c", "1000", "-r", "1000", "-i", "1", "-l", str(SECONDS), *kind, "-u",
             f"http://127.0.0.1:{desk.port}/sign-in"], capture_output=True, check=False))]
    return attack


def passwords(desk, ended):
    """Wrong ones, as fast as they are taken."""
    page = desk.visitor()
    token = page.get("/sign-in").hidden("form-token")
    return again(ended, 8, lambda: desk.visitor(page.cookies).post(
        "/sign-in", {"user": "chair", "password": "x" * 900, "form-token": token}))


def large_json(desk, ended):
    """A viewer's, and that of one who may record."""
    body = json.dumps({f"member{i}": "x" for i in range(40_000)})
    nested = "[" * 400_000
    tokens = [make_token(desk.sign_in(user), "write") for user in ("viewer", "support")]
    return [thread for token in tokens for text in (body, nested) for thread in again(
        ended, 2, lambda token=token, text=text: desk.visitor().send(
            "POST", "/api/v1/expense/submit/SSR2", text,
            {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}))]


def asks(user, path, count):
    def attack(desk, ended):
        visitor = desk.sign_in(user)
        return again(ended, count, lambda: desk.visitor(visitor.cookies).get(path))
    return attack


ATTACKS = {
    "nothing": lambda desk, ended: [],
    "400 silent connections": silent,
    "1,000 slow heads": slow("-H"),
    "1,000 slow bodies": slow("-B", "-t", "POST"),
    "1,000 slow readers": slow("-X", "-w", "1", "-y", "2", "-k", "3"),
    "wrong passwords": passwords,
    "large JSON": large_json,
    "long workbooks": asks("chair", "/register/SSR2?format=xlsx", 8),
    "pdfs": asks("chair", "/commitments/SSR2?format=pdf", 8),
}


def one_attack(desk, attack):
    finance, token = desk.sign_in("finance"), make_token(desk.sign_in("finance"), "write")
    ended, pages, writes = threading.Event(), [], []

    def look():
        while not ended.is_set():
            begun = time.monotonic()
            page = finance.get("/SSR2")
            pages.append(time.monotonic() - begun if page.status == 200 else SECONDS)
            time.sleep(0.02)

    def write():
        while not ended.is_set():
            begun = time.monotonic()
            answer = desk.visitor().send(
                "POST", "/api/v1/expense/submit/SSR2",
                json.dumps({"category": "travel", "amount": "0.01", "why": "Tram fare"}),
                {"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
            writes.append(time.monotonic() - begun if answer.status == 200 else SECONDS)
            time.sleep(0.1)
    attackers = attack(desk, ended)
    time.sleep(0.5)
    others = [started(look), started(write)]
    time.sleep(SECONDS)
    ended.set()
    for thread in others + attackers:
        thread.join()
    pages.sort()
    return {"page": pages[min(len(pages) - 1, int(len(pages) * 0.99))], "write": max(writes)}


def measured(purser, attacks=None):
    with Desk(purser) as desk:
        rows = "posted_on,category,amount,why\n" + "2017-04-12,travel,0.01,Tram fare\n" * ROWS
        desk.run("finance", "expense", "import", "SSR2", "-", stdin=rows)
        return {name: one_attack(desk, ATTACKS[name]) for name in attacks or ATTACKS}


if __name__ == "__main__":
    for attack_name, figures in measured(sys.argv[1], sys.argv[2:]).items():
        print(f"{attack_name}: page {figures['page']:.3f} s, write {figures['write']:.3f} s",
              flush=True)
