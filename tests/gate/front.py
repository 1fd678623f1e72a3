"""Debian's nginx with the project's own file, before whatever listens on a port."""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

from deploy import services, setup, static
from deploy.processes import OperatorError, free_port, wait_until
from tests.gate.production import environment
from tests.ops.project import ROOT, run

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin")
OPENSSL = shutil.which("openssl")


@dataclass
class Front:
    """A running nginx: where it listens, and what it answers."""

    http: int
    https: int
    folder: Path

    @property
    def host(self) -> str:
        """What a browser calls it."""
        return f"localhost:{self.https}"

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes | None = None,
        *,
        plain: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> "Said":
        """Send one request and read the answer."""
        if plain:
            connection = HTTPConnection("127.0.0.1", self.http, timeout=20)
        else:
            trusted = ssl.create_default_context(cafile=self.folder / "fullchain.pem")
            connection = HTTPSConnection("localhost", self.https, context=trusted)
        try:
            connection.request(
                method, path, body, {"Host": self.host, **(headers or {})}
            )
            return Said.of(connection.getresponse())
        finally:
            connection.close()


@dataclass(frozen=True)
class Said:
    """An answer, read whole."""

    status: int
    headers: Mapping[str, list[str]]
    text: str

    @classmethod
    def of(cls, response: HTTPResponse) -> "Said":
        """Read it."""
        found: dict[str, list[str]] = {}
        for name, value in response.getheaders():
            found.setdefault(name.lower(), []).append(value)
        return cls(response.status, found, response.read().decode("utf-8", "replace"))


def rendered(
    folder: Path, *, http: int, https: int, upstream: int, patience: int = 15
) -> str:
    """Give the project's own file for this machine: other ports, other folders.

    For so many seconds it waits for a request's head. Stored files lie in "files".
    """
    text = (ROOT / "deploy/nginx/nginx.conf").read_text()
    for old, new in (
        (" /tmp/", f" {folder}/"),
        ("/data/files", f"{folder}/files"),
        ("_header_timeout 15s;", f"_header_timeout {patience}s;"),
        ("listen 8080;", f"listen 127.0.0.1:{http};"),
        ("listen 8443 ", f"listen 127.0.0.1:{https} "),
        ("http://web:8000", f"http://127.0.0.1:{upstream}"),
        ("/etc/nginx/tls/", f"{folder}/"),
        ("/dev/stdout", f"{folder}/access"),
        ("/dev/stderr", f"{folder}/errors"),
    ):
        if old not in text:
            raise LookupError(f"nginx.conf has no {old!r} any more.")
        text = text.replace(old, new)
    return text


@contextmanager
def in_front_of(upstream: int, folder: Path) -> Iterator[Front]:
    """Run nginx before a port, with a certificate of its own."""
    folder.mkdir(mode=0o755)
    command = [str(OPENSSL), "req", "-x509", "-newkey", "rsa:2048", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost"]
    command += ["-keyout", f"{folder}/privkey.pem", "-out", f"{folder}/fullchain.pem"]
    made = run(*command)
    if made.returncode != 0:
        raise OperatorError(made.stderr)
    front = Front(free_port(), free_port(), folder)
    conf = folder / "nginx.conf"
    ports = {"http": front.http, "https": front.https, "upstream": upstream}
    conf.write_text(rendered(folder, **ports, patience=1))
    command = [str(NGINX), "-e", f"{folder}/errors", "-c", str(conf)]
    tried = run(*command, "-t")
    if tried.returncode != 0 or "[emerg]" in tried.stderr:
        raise OperatorError(tried.stderr)
    with services.serving([*command, "-g", "daemon off;"], folder, port=front.https):
        yield front


@contextmanager
def gunicorn(folder: Path, front_port: int, port: int) -> Iterator[None]:
    """Run the web's own process on a port, as production runs it."""
    folder.mkdir()
    env = environment(
        folder,
        BIND=f"127.0.0.1:{port}",
        BASE_URL=f"https://localhost:{front_port}",
        DATABASE_URL="",
        STATIC_ROOT=str(static.COLLECTED),
        WEB_CONCURRENCY="1",
    )
    static.collect(env | {"DEMO": "1"})
    command = [setup.PYTHON, "-m", "gunicorn", "-c", "deploy/gunicorn_conf.py"]
    with (folder / "web.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603  (our own command)
            [*command, "config.wsgi:application"],
            cwd=ROOT,
            env=env,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        if not wait_until(lambda: listens(port), seconds=60):
            raise OperatorError((folder / "web.log").read_text())
        yield
    finally:
        process.terminate()
        process.wait(20)


def listens(port: int) -> bool:
    """Whether somebody answers HTTP there."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        connection.getresponse().read()
    except OSError:
        return False
    finally:
        connection.close()
    return True


@dataclass
class Echo:
    """Stands for the web's process and notes what it is asked."""

    port: int = 0
    asked: list[Mapping[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


@contextmanager
def echo() -> Iterator[Echo]:
    """Run a server that answers everything with nothing but 200."""
    noted = Echo()

    class Noting(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            noted.asked.append(dict(self.headers.items()))
            noted.lines.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Noting)
    noted.port = server.server_port
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield noted
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def raw(front: Front, sent: bytes, *, seconds: float) -> bytes:
    """Send bytes over TLS and read whatever comes until the other side ends."""
    trusted = ssl.create_default_context(cafile=front.folder / "fullchain.pem")
    with (
        socket.create_connection(("127.0.0.1", front.https), seconds) as plain,
        trusted.wrap_socket(plain, server_hostname="localhost") as line,
    ):
        line.sendall(sent)
        found = b""
        while part := line.recv(65_536):
            found += part
    return found
