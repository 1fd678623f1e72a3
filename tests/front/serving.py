"""Debian's nginx with the project's own configuration, and gunicorn behind it."""

import contextlib
import os
import ssl
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from deploy import static
from deploy.processes import answers, free_port, start, stop, wait_until
from deploy.setup import PYTHON
from deploy.system import server
from tests.gate.front import rendered

SECONDS = 30
INHERITED = ("HOME", "LANG", "PATH", "TMPDIR", "XDG_CACHE_HOME", "SECRET_KEY")


@dataclass(frozen=True)
class Front:
    """Where nginx and the program behind it answer, and where the files lie."""

    port: int
    behind: int
    folder: Path

    @property
    def base(self) -> str:
        """The address people type."""
        return f"https://localhost:{self.port}"

    @property
    def files(self) -> Path:
        """The folder of stored files."""
        return self.folder / "files"

    def log(self, name: str) -> str:
        """What nginx or gunicorn has said."""
        return (self.folder / f"{name}.log").read_text(errors="replace")


def trusting() -> ssl.SSLContext:
    """A client's TLS that asks for no certificate of anybody known."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def told(front: Front) -> dict[str, str]:
    """What the web processes are told, as production would be."""
    known = connection.settings_dict
    rows = f"sqlite:///{known['NAME']}"
    if connection.vendor == "postgresql":
        login = f"{known['USER']}:{known['PASSWORD']}"
        rows = f"postgres://{login}@{known['HOST']}:{known['PORT']}/{known['NAME']}"
    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "AUDIT_KEY": settings.AUDIT_KEY,
        "BASE_URL": front.base,
        "BEHIND_PROXY": "1",
        "DATABASE_URL": rows,
        "DATABASE_ROLE": "goodstanding_web" if connection.vendor != "sqlite" else "",
        "DATA_DIR": str(front.folder),
        "FILES_DIR": str(front.files),
        "FILES_ACCEL": "/stored-files/",
        "STATIC_ROOT": str(static.COLLECTED),
        "EMAIL_URL": f"folder://{front.folder}/mail",
        "LOG_LEVEL": "WARNING",
        "WEB_CONCURRENCY": "2",
        "DEBUG": "0",
    }


def make_certificate(folder: Path) -> None:
    """Make a key and a certificate for localhost, good for a day."""
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-nodes", "-days", "1"]
    command += ["-pkeyopt", "ec_paramgen_curve:prime256v1", "-subj", "/CN=localhost"]
    command += ["-keyout", "privkey.pem", "-out", "fullchain.pem"]
    subprocess.run(  # noqa: S603
        command, cwd=folder, check=True, capture_output=True
    )


@contextlib.contextmanager
def running(
    front: Front, name: str, command: list[str], env: Mapping[str, str], port: int
) -> Iterator[None]:
    """Run a server from its first answer to the block's end."""
    with (front.folder / f"{name}.log").open("ab") as log:
        process = start(command, log=log, env=env)
    try:
        wait_until(lambda: answers(port) or process.poll() is not None, seconds=SECONDS)
        assert answers(port), front.log(name)
        yield
    finally:
        stop(process)


@contextlib.contextmanager
def in_front(folder: Path) -> Iterator[Front]:
    """Run gunicorn on the tests' rows, and nginx in front of it."""
    front = Front(free_port(), free_port(), folder)
    front.files.mkdir(exist_ok=True)
    static.collect(told(front) | {"DEMO": "1"})
    make_certificate(folder)
    conf = folder / "nginx.conf"
    ports = {"http": free_port(), "https": front.port, "upstream": front.behind}
    conf.write_text(rendered(folder, **ports))
    program = server("nginx")
    assert program is not None
    nginx = [program, "-c", str(conf), "-e", f"{folder}/errors"]
    # Root's nginx would work as nobody, who may read none of the tests' folders.
    rights = "user root; " if os.geteuid() == 0 else ""
    nginx += ["-g", f"{rights}daemon off;"]
    web = [PYTHON, "-m", "gunicorn", "-c", "deploy/gunicorn_conf.py"]
    web += ["--bind", f"127.0.0.1:{front.behind}", "config.wsgi:application"]
    with (
        running(front, "web", [str(part) for part in web], told(front), front.behind),
        running(front, "nginx-start", nginx, os.environ, front.port),
    ):
        yield front
