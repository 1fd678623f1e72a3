"""PostgreSQL and Redis of our own for as long as one command runs.

    python3 -m deploy.services -- pytest -m race

What DATABASE_URL and REDIS_URL name is used as it is; for a missing one a private
server is started on a free port of 127.0.0.1, with its data in a temporary folder,
and stopped and removed afterwards.
"""

import contextlib
import os
import secrets
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from deploy.processes import (
    OperatorError,
    answers,
    free_port,
    main,
    output,
    run,
    start,
    stop,
    wait_until,
)
from deploy.system import postgresql_folder

START_SECONDS = 30
# The data lives for one command: speed is worth more here than surviving a crash.
UNSAFE_AND_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
OWNER = "goodstanding"


@contextlib.contextmanager
def postgresql(*, durable: bool = False) -> Iterator[str]:
    """Run a private PostgreSQL server and give its DATABASE_URL.

    The URL's user may create databases and roles and is no superuser, as the owner
    in production is none. `durable` keeps the server's own care for the disk, for
    timing; without it writes are faster than they are in production.

    Raises:
        OperatorError: when the server's programs are missing or it does not start.
    """
    programs = postgresql_folder()
    if programs is None:
        raise OperatorError("PostgreSQL is missing. Run: sudo make system-services")
    # The server refuses to run as root; Debian's package brings this user.
    user = "postgres" if os.geteuid() == 0 else None
    password = secrets.token_urlsafe(24)
    port = free_port()
    command = [f"{programs}/postgres", "-D", "data", "-p", str(port)]
    command += ["-clisten_addresses=127.0.0.1", "-cunix_socket_directories="]
    command += ["-cmax_connections=200"]
    command += [] if durable else [f"-c{setting}" for setting in UNSAFE_AND_FAST]
    with scratch_folder(user) as folder:
        create_cluster(programs, folder, user=user, password=password)
        # SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for clients.
        with serving(command, folder, user=user, port=port, how=signal.SIGINT):
            create_owner(programs, port=port, password=password)
            yield f"postgres://{OWNER}:{password}@127.0.0.1:{port}/{OWNER}"


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """Run a private Redis server that keeps nothing on disk and give its REDIS_URL.

    Raises:
        OperatorError: when the server's program is missing or it does not start.
    """
    found = shutil.which("redis-server")
    if found is None:
        raise OperatorError("Redis is missing. Run: sudo make system-services")
    port = free_port()
    command = [found, "--port", str(port), "--bind", "127.0.0.1"]
    command += ["--save", "", "--appendonly", "no"]
    command += ["--maxmemory-policy", "noeviction"]
    with scratch_folder(None) as folder, serving(command, folder, port=port):
        yield f"redis://127.0.0.1:{port}/0"


@contextlib.contextmanager
def scratch_folder(owner: str | None) -> Iterator[Path]:
    """Give an empty folder that `owner` alone may enter, and remove it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="goodstanding-"))
    if owner:
        shutil.chown(folder, owner, owner)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def serving(
    command: Sequence[str],
    folder: Path,
    *,
    port: int,
    user: str | None = None,
    how: signal.Signals = signal.SIGTERM,
) -> Iterator[None]:
    """Run a server in `folder` from its first answer on `port` to the block's end.

    `how` is the signal that ends it.

    Raises:
        OperatorError: with the server's own words when it does not answer in time.
    """
    with (folder / "log").open("ab") as log:
        server = start(command, log=log, user=user, cwd=folder, how=how)
    try:
        wait_until(
            lambda: answers(port) or server.poll() is not None, seconds=START_SECONDS
        )
        if not answers(port):
            raise OperatorError((folder / "log").read_text(errors="replace"))
        yield
    finally:
        stop(server, how=how)


def create_cluster(
    programs: Path, folder: Path, *, user: str | None, password: str
) -> None:
    """Make the data folder of a server whose superuser has this password."""
    secret = folder / "password"
    secret.touch(mode=0o600)
    secret.write_text(password)
    if user:
        shutil.chown(secret, user, user)
    command = [f"{programs}/initdb", "-D", "data", "-U", "postgres"]
    command += ["-A", "scram-sha-256", "--pwfile=password", "-E", "UTF8"]
    command += ["--locale=C.UTF-8", "--no-sync", "--no-instructions"]
    with (folder / "log").open("ab") as log:
        made = start(command, log=log, user=user, cwd=folder).wait()
    if made != 0:
        raise OperatorError((folder / "log").read_text(errors="replace"))


def create_owner(programs: Path, *, port: int, password: str) -> None:
    """Make the user and the database that the URL names.

    Raises:
        OperatorError: with the server's own words when it refuses.
    """
    env = os.environ | {"PGPASSWORD": password, "PGCONNECT_TIMEOUT": "10"}
    ask = [f"{programs}/psql", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres"]
    # It accepts connections a moment before it answers questions.
    wait_until(
        lambda: output([*ask, "-c", "SELECT 1"], env=env)[0] == 0,
        seconds=START_SECONDS,
    )
    role = f"CREATE ROLE {OWNER} LOGIN CREATEDB CREATEROLE PASSWORD '{password}'"
    for statement in (role, f"CREATE DATABASE {OWNER} OWNER {OWNER}"):
        status, text = output([*ask, "-qX", "-c", statement], env=env)
        if status != 0:
            raise OperatorError(text)


@contextlib.contextmanager
def missing_services(*, durable: bool = False) -> Iterator[dict[str, str]]:
    """Give DATABASE_URL and REDIS_URL: the environment's, else of private servers."""
    with contextlib.ExitStack() as servers:
        urls = {
            "DATABASE_URL": os.environ.get("DATABASE_URL", ""),
            "REDIS_URL": os.environ.get("REDIS_URL", ""),
        }
        if not urls["DATABASE_URL"]:
            urls["DATABASE_URL"] = servers.enter_context(postgresql(durable=durable))
        if not urls["REDIS_URL"]:
            urls["REDIS_URL"] = servers.enter_context(redis())
        yield urls


def program(arguments: Sequence[str]) -> int:
    """Run the command after `--` with both servers at hand; return its status."""
    # A plain SIGTERM would end us without stopping the servers. Ctrl-C reaches the
    # command too: it ends first, then we do.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGINT, lambda *_: None)
    with missing_services() as urls:
        return run(arguments[1:], env=os.environ | urls)


if __name__ == "__main__":
    main(program)
