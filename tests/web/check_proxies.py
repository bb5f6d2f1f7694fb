#!/usr/bin/env python3
"""Behind a proxy that keeps its connections, nobody's body becomes somebody's request.

    check_proxies.py PURSER

nginx and haproxy stand in front, once where people sign in here and once where the proxy says who
they are. An outsider sends requests whose bodies are requests of an admin, in every framing that a
proxy might let through; a chair uses the same kept connections and must be answered what was asked.
"""

import itertools
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

from desk import PASSWORD, Desk, Judge

METHODS = (b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"OPTIONS")
PATHS = (b"/health", b"/sign-in", b"/account", b"/nothing", b"/desk/SSR2", b"/review/set/SSR2")
FRAMINGS = (
    b"Content-Length: %d\r\n", b"Transfer-Encoding: chunked\r\n",
    b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n",
    b"Content-Length: 0\r\nContent-Length: %d\r\n", b"Transfer-Encoding: xchunked\r\n",
    b"Transfer-Encoding:\tchunked\r\nContent-Length: %d\r\n",
)
HIDDEN = (b"POST /user/add/mallory HTTP/1.1\r\nHost: x\r\nX-User: root\r\n"
          b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\nrole=admin"
          b"GET /user/list HTTP/1.1\r\nHost: x\r\nX-User: root\r\n\r\n"
          b"POST /expense/submit/SSR2 HTTP/1.1\r\nHost: x\r\nX-User: stranger\r\n"
          b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\nwhy=")

NGINX = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 256; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/temp;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  upstream purser {{ server 127.0.0.1:{behind}; keepalive 4; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://purser; proxy_http_version 1.1;
      proxy_set_header Connection ""; proxy_set_header Host $http_host;
      proxy_set_header X-User $http_x_login; proxy_request_buffering off;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    }}
  }}
}}
"""
HAPROXY = """
defaults
  mode http
  timeout connect 5s
  timeout client 10s
  timeout server 10s
  option http-keep-alive
  http-reuse always
frontend all
  bind 127.0.0.1:{port}
  http-request set-header X-User %[req.hdr(X-Login)]
  http-request set-header X-Forwarded-For %[src]
  default_backend purser
backend purser
  server one 127.0.0.1:{behind} pool-max-conn 4
"""
PROXIES = {
    "nginx": (NGINX, ["nginx", "-c"]),
    "haproxy": (HAPROXY, ["haproxy", "-db", "-q", "-f"]),
}


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as one:
        return one.getsockname()[1]


class Proxy:
    def __init__(self, name, behind):
        self.folder = tempfile.TemporaryDirectory(prefix="purser-proxy-")
        self.port = free_port()
        text, command = PROXIES[name]
        settings = pathlib.Path(self.folder.name, "settings")
        settings.write_text(text.format(folder=self.folder.name, port=self.port, behind=behind))
        self.process = subprocess.Popen([*command, str(settings)], stderr=subprocess.PIPE, text=True)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit(f"{name} does not start: {self.process.stderr.read()}")

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self.process.terminate()
        self.process.wait(timeout=10)
        self.folder.cleanup()


def attack(port, sent):
    """What an outsider is told, until nothing more comes."""
    said = b""
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.settimeout(2)
        try:
            client.sendall(sent)
            client.shutdown(socket.SHUT_WR)
            while part := client.recv(65536):
                said += part
                client.settimeout(0.05)
        except OSError:
            pass
    return said


def tries():
    for number, (framing, path, method) in enumerate(itertools.product(FRAMINGS, PATHS, METHODS)):
        chunked = b"chunked" in framing
        body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(HIDDEN), HIDDEN) if chunked else HIDDEN
        head = b"%s %s HTTP/1.1\r\nHost: x\r\nX-Login: stranger\r\n" % (method, path)
        length = framing % len(HIDDEN) if b"%d" in framing else framing
        yield number, head + length + b"\r\n" + body


def events(desk):
    return desk.run("finance", "verify").stdout


def play(desk, judge, name, by_header):
    """Outsider and chair in turns, over the proxy's few connections."""
    with Proxy(name, desk.port) as proxy:
        chair = desk.visitor()
        chair.port = proxy.port
        headers = {"X-Login": "chair"} if by_header else {}
        if not by_header:
            chair.sign_in("chair", PASSWORD)
        before, count, smuggled, wrong = events(desk), 0, [], []
        for number, sent in tries():
            said = attack(proxy.port, sent)
            count += 1
            if said.count(b"HTTP/1.1 ") > 1 or b"mallory" in said or b">root<" in said:
                smuggled.append((number, sent[:120], said[:400]))
            page = chair.get("/account", headers)
            if page.status != 200 or ">chair<" not in page.text:
                wrong.append((number, sent[:120], page.status, page.text[:300]))
        where = f"{name}, {'names by header' if by_header else 'sessions'}"
        judge(count >= 200 and not smuggled, f"{where}: one answer for a request, {count} tries",
              *smuggled[:3])
        judge(not wrong, f"{where}: the next person is answered what was asked", *wrong[:3])
        judge(events(desk) == before, f"{where}: nothing was recorded", before, events(desk))


def main():
    judge = Judge()
    with Desk(sys.argv[1]) as desk:
        for options in ([], ["--behind-proxy", "--user-header", "X-User"]):
            desk.stop()
            desk.options = options
            desk.start()
            for name in PROXIES:
                play(desk, judge, name, bool(options))
    return judge.end(at_least=12)


if __name__ == "__main__":
    sys.exit(main())
