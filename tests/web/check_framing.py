#!/usr/bin/env python3
"""Where a request ends: what two programs could read in two ways is refused, and nothing that
stands in a body is ever answered.

    check_framing.py PURSER

Each line of the table is sent on a connection of its own; the answers are counted, and whether the
connection is closed after them. In a body always stands a request of its own, which must not be
answered.
"""

import concurrent.futures
import re
import socket
import sys

from desk import Desk, Judge

HIDDEN = b"GET /assets/smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
N = b"%d" % len(HIDDEN)
CHUNK = b"%x\r\n%s\r\n0\r\n\r\n" % (len(HIDDEN), HIDDEN)
HOST = b"Host: x\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
NEXT = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"


def get(*headers, path=b"/health", method=b"GET", version=b"HTTP/1.1", host=HOST, body=b""):
    return b"%s %s %s\r\n%s%s\r\n%s" % (method, path, version, host, b"".join(headers), body)


def post(*headers, body=HIDDEN):
    return get(FORM, *headers, path=b"/sign-in", method=b"POST", body=body)


LENGTH = b"Content-Length: " + N + b"\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
BAD, TWO = [400], [200, 200]
# What it is, what is sent, and the answers; 0 stands for the end of the connection.
TABLE = [
    ("two, one after the other", NEXT + NEXT, [200, 200]),
    ("ninety at once", NEXT * 90, [200] * 90),
    ("a body that belongs to it", post(LENGTH) + NEXT, [400, 200]),
    ("a body in chunks", post(CHUNKED, body=CHUNK) + NEXT, [400, 200]),
    ("an empty body", get(b"Content-Length: 0\r\n") + NEXT, TWO),
    ("a body behind GET", get(LENGTH, body=HIDDEN), [200, 0]),
    ("a body behind HEAD", get(LENGTH, method=b"HEAD", body=HIDDEN), [200, 0]),
    ("chunks behind GET", get(CHUNKED, body=CHUNK), [200, 0]),
    ("a body behind a page", get(LENGTH, path=b"/sign-in", body=HIDDEN), [200, 0]),
    ("a body behind a closed door", get(LENGTH, path=b"/SSR2", body=HIDDEN), [303, 0]),
    ("a body behind no page", get(LENGTH, path=b"/assets/a/b", body=HIDDEN), [404, 0]),
    ("a body behind an act of nobody", get(LENGTH, method=b"POST", path=b"/review/set/SSR2",
                                            body=HIDDEN), [303, 0]),
    ("a body behind a program of nobody", get(LENGTH, method=b"POST", body=HIDDEN,
                                               path=b"/api/v1/review/set/SSR2"), [401, 0]),
    *[(f"a body behind {method.decode()}", get(LENGTH, method=method, body=HIDDEN), [405, 0])
      for method in (b"PUT", b"DELETE", b"PATCH", b"OPTIONS", b"TRACE", b"PROPFIND", b"QUERY")],
    ("CONNECT", get(method=b"CONNECT", path=b"x:80", body=HIDDEN), BAD),
    ("a method in small letters", get(method=b"get"), [405, 0]),
    ("two lengths", post(LENGTH, b"Content-Length: 0\r\n"), BAD),
    ("the same length twice", post(LENGTH, LENGTH), BAD),
    ("a list of lengths", post(b"Content-Length: " + N + b", " + N + b"\r\n"), BAD),
    ("a length with a sign", post(b"Content-Length: +" + N + b"\r\n"), BAD),
    ("a length below zero", post(b"Content-Length: -1\r\n"), BAD),
    ("a length of letters", post(b"Content-Length: 0x10\r\n"), BAD),
    ("no length at all", post(b"Content-Length:\r\n"), BAD),
    ("a length with a blank in it", post(b"Content-Length: 4 2\r\n"), BAD),
    ("a length beyond all", post(b"Content-Length: 99999999999999999999\r\n"), BAD),
    ("a length beyond what is taken", post(b"Content-Length: 99999999\r\n"), [413, 0]),
    ("a length beside chunks", post(LENGTH, CHUNKED, body=CHUNK), BAD),
    ("chunks beside a length", post(CHUNKED, b"Content-Length: 3\r\n", body=CHUNK), BAD),
    ("a length of zero beside chunks", post(b"Content-Length: 0\r\n", CHUNKED, body=CHUNK), BAD),
    ("chunks twice", post(CHUNKED, CHUNKED, body=CHUNK), BAD),
    *[(f"the coding {coding.decode()!r}", post(b"Transfer-Encoding: " + coding + b"\r\n", body=CHUNK),
       BAD) for coding in (b"gzip", b"gzip, chunked", b"chunked, identity", b"identity", b"xchunked",
                           b"chunked;q=1", b"\x0bchunked", b"chunked\x00", b"")],
    ("chunks for HTTP/1.0", get(FORM, CHUNKED, path=b"/sign-in", method=b"POST",
                                 version=b"HTTP/1.0", body=CHUNK), BAD),
    ("a name with a blank behind it", post(b"Content-Length : " + N + b"\r\n"), BAD),
    ("a name with a tab behind it", post(b"Transfer-Encoding\t: chunked\r\n", body=CHUNK), BAD),
    ("a folded line", post(b"Transfer-Encoding:\r\n chunked\r\n", body=CHUNK), BAD),
    ("a folded line of another", get(b"X-A: b\r\n\tc\r\n"), BAD),
    ("a line that begins with a blank", get(b" X-A: b\r\n"), BAD),
    ("a line without a colon", get(b"nonsense\r\n"), BAD),
    ("a name of nothing", get(b": b\r\n"), BAD),
    ("a name with odd letters", get(b"X\xc3\xa4: b\r\n"), BAD),
    ("CR alone", get(b"X-A: b\rContent-Length: 9\r\n"), BAD),
    ("LF alone", get(b"X-A: b\nContent-Length: 9\r\n"), BAD),
    ("line ends of LF", NEXT.replace(b"\r\n", b"\n"), BAD),
    ("CR CR LF", get(b"X-A: b\r\r\n"), BAD),
    ("NUL", get(b"X-A: b\x00c\r\n"), BAD),
    ("a control character", get(b"X-A: b\x07c\r\n"), BAD),
    ("an empty line before", b"\r\n" + NEXT, BAD),
    ("no host", get(host=b""), BAD),
    ("no host for HTTP/1.0", get(host=b"", version=b"HTTP/1.0"), BAD),
    ("two hosts", get(b"Host: y\r\n"), BAD),
    ("the same host twice", get(HOST), BAD),
    ("an empty host", get(host=b"Host:\r\n"), BAD),
    ("a host with a path", get(host=b"Host: x/y\r\n"), BAD),
    ("a host with a name", get(host=b"Host: me@x\r\n"), BAD),
    ("a whole address", get(path=b"http://x/health"), BAD),
    ("a star", get(path=b"*", method=b"OPTIONS"), BAD),
    ("a path with a blank", get(path=b"/health /x"), BAD),
    ("a path with a mark", get(path=b"/health#a"), BAD),
    ("a path with odd letters", get(path=b"/he\xc3\xa4lth"), BAD),
    ("two blanks", get(path=b" /health"), BAD),
    ("a tab", NEXT.replace(b"GET ", b"GET\t"), BAD),
    ("no version", b"GET /health\r\n\r\n", BAD),
    ("HTTP/2.0", get(version=b"HTTP/2.0"), [505, 0]),
    ("HTTP/1.2", get(version=b"HTTP/1.2"), [505, 0]),
    ("http/1.1", get(version=b"http/1.1"), BAD),
    ("HTTP/01.1", get(version=b"HTTP/01.1"), BAD),
    ("the preface of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", BAD),
    ("a chunk of no length", post(CHUNKED, body=b"\r\n" + HIDDEN), BAD),
    ("a chunk with a sign", post(CHUNKED, body=b"+5\r\nabcde\r\n0\r\n\r\n" + HIDDEN), BAD),
    ("a chunk as 0x", post(CHUNKED, body=b"0x5\r\nabcde\r\n0\r\n\r\n" + HIDDEN), BAD),
    ("a chunk below zero", post(CHUNKED, body=b"-1\r\n" + HIDDEN), BAD),
    ("a chunk beyond all", post(CHUNKED, body=b"fffffffffffffffff\r\n" + HIDDEN), BAD),
    ("a chunk without its end", post(CHUNKED, body=b"3\r\nabcX\r\n0\r\n\r\n" + HIDDEN), BAD),
    ("a chunk that ends in LF", post(CHUNKED, body=b"3\nabc\n0\n\n" + HIDDEN), BAD),
    ("a length among the trailers", post(CHUNKED, body=b"0\r\nContent-Length: 9\r\n\r\n"), None),
    ("a coding among the trailers", post(CHUNKED, body=b"0\r\nTransfer-Encoding: chunked\r\n\r\n"),
     None),
    ("a long target", get(path=b"/" + b"a" * 8000), [414, 0]),
    ("a long head", get(b"X-A: " + b"a" * 40000 + b"\r\n"), [431, 0]),
    ("many headers", get(b"X-A: b\r\n" * 200), [431, 0]),
    ("an end of the connection", get(b"Connection: close\r\n") + NEXT, [200, 0]),
    ("HTTP/1.0", get(version=b"HTTP/1.0") + NEXT, [200, 0]),
    ("HTTP/1.0, kept", get(b"Connection: keep-alive\r\n", version=b"HTTP/1.0") + NEXT, TWO),
    ("what cannot be expected", post(b"Expect: 200-ok\r\n", LENGTH), [417, 0]),
    ("a switch to HTTP/2", get(b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n") + NEXT,
     TWO),
]
ANSWER = re.compile(rb"HTTP/1\.1 (\d{3}) [^\r]*\r\n(.*?)\r\n\r\n", re.S)


def answers(port, sent, seconds=1.5):
    """The status of each answer, then 0 if the connection was ended; and all that was said."""
    said = b""
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.settimeout(seconds)
        ended = False
        try:
            client.sendall(sent)
            while part := client.recv(65536):
                said += part
            ended = True
        except TimeoutError:
            pass
        except OSError:
            ended = True
    found, rest = [], said
    is_head = sent.startswith(b"HEAD")
    while rest:
        head = ANSWER.match(rest)
        if not head:
            return found + ["noise"], said
        found.append(int(head[1]))
        length = re.search(rb"content-length: (\d+)", head[2], re.I)
        rest = rest[head.end() + (int(length[1]) if length and not is_head else 0):]
    return found + [0] * ended, said


def judge_table(desk, judge):
    assert len(TABLE) >= 60
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        all_answers = list(pool.map(lambda line: answers(desk.port, line[1]), TABLE))
    for (name, _, wanted), (found, said) in zip(TABLE, all_answers):
        if wanted == BAD:
            judge(found == [400, 0], f"{name} is refused, and that was all", found, said[:200])
        elif wanted is None:  # taken or refused, once
            judge(len([one for one in found if one]) == 1, f"{name} is one request", found)
        else:
            judge(found == wanted, f"{name} is answered {wanted}", found, said[:200])
        judge(b"smuggled" not in said, f"{name}: nothing within it is answered", said[:300])
    print(f"{len(TABLE)} framings tried")


def trailers(desk, judge):
    """What comes behind a body says nothing of who sends it."""
    desk.stop()
    desk.options = ["--behind-proxy", "--user-header", "X-User"]
    desk.start()
    sent = get(CHUNKED, FORM, method=b"POST", path=b"/review/set/SSR2",
               body=b"3\r\na=b\r\n0\r\nX-User: root\r\n\r\n")
    found, said = answers(desk.port, sent)
    judge(found[:1] == [303] and b"/sign-in" in said, "a name behind the body is nobody's", said)


def pieces(desk, judge):
    """A request that comes a byte at a time is the same request; half of one is none."""
    with socket.create_connection(("127.0.0.1", desk.port)) as client:
        client.settimeout(5)
        for byte in get(b"X-A: b\r\n"):
            client.sendall(bytes([byte]))
        judge(client.recv(4096).startswith(b"HTTP/1.1 200"), "byte by byte it is a request")
    with socket.create_connection(("127.0.0.1", desk.port)) as client:
        client.settimeout(5)
        client.sendall(post(b"Expect: 100-continue\r\n", LENGTH, body=b""))
        told = client.recv(4096)
        client.sendall(HIDDEN)
        judge(told.startswith(b"HTTP/1.1 100") and client.recv(4096).startswith(b"HTTP/1.1 400"),
              "who asks whether to go on is told to", told)
    for cut in (NEXT[:-2], post(LENGTH, body=HIDDEN[:-1])):
        with socket.create_connection(("127.0.0.1", desk.port)) as client:
            client.settimeout(5)
            client.sendall(cut)
            client.shutdown(socket.SHUT_WR)
            judge(client.recv(4096) == b"", "half a request is not answered")


def main():
    judge = Judge()
    with Desk(sys.argv[1]) as desk:
        for part in (judge_table, pieces, trailers):
            part(desk, judge)
    return judge.end(at_least=150)


if __name__ == "__main__":
    sys.exit(main())
