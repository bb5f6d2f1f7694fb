"""A PostgreSQL server of our own, in a temporary folder, gone afterwards.

    with cluster() as server:
        Purser(program, server.url)

It trusts everybody who reaches its Unix socket; with a password it asks all for it, and listens on
this machine's addresses, too.
"""

import contextlib
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import tempfile

BIN = pathlib.Path("/usr/lib/postgresql/15/bin")


def as_postgres():
    """How to start the server's programs, which refuse to run as root."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def call(*words, **how):
    done = subprocess.run([*map(str, words)], capture_output=True, text=True, cwd="/", check=False,
                          timeout=120, **as_postgres(), **how)
    if done.returncode != 0:
        raise SystemExit(f"{words[0]} failed: {done.stdout}{done.stderr}")
    return done.stdout


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
        return True
    except OSError:
        return False


class Server:
    def __init__(self, folder, port):
        self.folder, self.port = folder, port
        self.url = f"postgresql:///book?host={folder}&port={port}&user=postgres"

    def stop(self):
        data = self.folder / "data"
        if (data / "postmaster.pid").exists():
            call(BIN / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


@contextlib.contextmanager
def cluster(password=None):
    """A server with an empty database `book`; `password` is that of its user postgres."""
    if not (BIN / "initdb").exists():
        raise SystemExit(f"no {BIN}/initdb: install postgresql (tools/setup test)")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="purser-pg-"))
    how = as_postgres()
    port = free_port() if password else 5432
    known = {}
    entering = ["--auth=trust"]
    listening = "''"
    if password:
        (folder / "password").write_text(password + "\n")
        entering = ["--auth=scram-sha-256", f"--pwfile={folder}/password"]
        listening = "127.0.0.1,::1" if has_ipv6() else "127.0.0.1"
        known = {"env": os.environ | {"PGPASSWORD": password}}
    if how:
        for path in (folder, *folder.iterdir()):
            os.chown(path, how["user"], how["group"])
    data = folder / "data"
    try:
        call(BIN / "initdb", *entering, "--username=postgres", "--no-sync", "--encoding=UTF8",
             "--locale=C.UTF-8", "-D", data)
        options = (f"-c listen_addresses={listening} -c port={port} "
                   f"-c unix_socket_directories='{folder}' -c fsync=off")
        server = Server(folder, port)
        call(BIN / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start",
             **known)
        try:
            call(BIN / "createdb", "-h", folder, "-p", port, "-U", "postgres", "book", **known)
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
