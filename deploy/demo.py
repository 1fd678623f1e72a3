"""The demo: set-up, tables, story, then web, worker and beat until Ctrl-C.

    make demo                http://localhost:8000, data in .demo/
    make demo PORT=8001      another port
    make demo RESET=1        throw the data away and tell the story anew

"Reset" on its pages does the same while it runs (decision 0047).
Without DATABASE_URL and REDIS_URL it needs no server.
"""

import contextlib
import fcntl
import http.client
import os
import secrets
import shutil
import signal
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from deploy import setup, static
from deploy.processes import (
    ROOT,
    OperatorError,
    end_with_parent,
    main,
    output,
    port_is_free,
    say,
)
from deploy.standin import standing_in
from deploy.supervisor import Family

DATA = ROOT / ".demo"
LOGS = DATA / "logs"
PAGE = ROOT / "templates/portal/starting_over.html"
# Lies in DATA from when somebody asked to start over until that is done.
MARK = "start-over"
START_SECONDS = 90
LOOK_SECONDS = 0.5
BACKLOG = 128


def wanted_port(environment: Mapping[str, str]) -> int:
    """Read PORT, which must be a port that anybody may listen on.

    Raises:
        OperatorError: with what to write instead.
    """
    value = environment.get("PORT") or "8000"
    if not (value.isascii() and value.isdigit() and 1024 <= int(value) <= 65535):
        raise OperatorError(f"PORT={value}: write a number from 1024 to 65535.")
    return int(value)


def check_port(port: int) -> None:
    """Make sure that nobody listens on the port yet.

    Raises:
        OperatorError: with a command that takes another port.
    """
    if not port_is_free(port):
        raise taken(port)


def taken(port: int) -> OperatorError:
    """Return what to say of a port that somebody else listens on."""
    others = (other for other in range(port + 1, 65536) if port_is_free(other))
    other = next(others, 8000)
    return OperatorError(
        f"Port {port} is taken. Choose another: make demo PORT={other}"
    )


def listen(port: int) -> socket.socket:
    """Take the port; whoever comes waits until somebody answers.

    Raises:
        OperatorError: when somebody else took it meanwhile.
    """
    try:
        return socket.create_server(("127.0.0.1", port), backlog=BACKLOG)
    except OSError as error:
        raise taken(port) from error


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Hold the data folder, as two demos on one folder would share their queue.

    Raises:
        OperatorError: when another demo holds it.
    """
    DATA.mkdir(exist_ok=True)
    with (DATA / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OperatorError(
                "The demo of this folder runs already. End it with Ctrl-C first."
            ) from error
        yield


def wants_reset(environment: Mapping[str, str]) -> bool:
    """Whether RESET says to begin anew, or somebody asked and it was broken off.

    Half a story is none.
    """
    said = environment.get("RESET", "0") not in {"", "0"}
    return said or (DATA / MARK).exists()


def start_over() -> None:
    """Throw away everything the demo ever wrote.

    The mark stays until the story is told: what was broken off is done the next time.
    """
    (DATA / MARK).touch()
    for path in DATA.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name not in {"lock", MARK}:
            path.unlink()


def settings(port: int, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the demo's processes.

    DATABASE_URL and REDIS_URL pass through; mail never leaves the machine.
    """
    return dict(environment) | {
        "DEMO": "1",
        "DEBUG": "0",
        "SECRET_KEY": own_key("secret-key"),
        "AUDIT_KEY": own_key("audit-key"),
        "BASE_URL": environment.get("BASE_URL") or f"http://localhost:{port}",
        "DATA_DIR": str(DATA),
        "FILES_DIR": str(DATA / "files"),
        "STATIC_ROOT": str(static.COLLECTED),
        "EMAIL_URL": f"folder://{DATA / 'mail'}",
        "DEMO_START_OVER": str(DATA / MARK),
        "PYTHONUNBUFFERED": "1",
    }


def own_key(name: str) -> str:
    """Return one of the demo's own keys, made once a data folder."""
    path = DATA / name
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()


def manage(env: Mapping[str, str], *arguments: str) -> str:
    """Run a management command and return what it printed.

    Raises:
        OperatorError: with what it printed, when it fails.
    """
    status, text = output([setup.PYTHON, "manage.py", *arguments], env=env)
    if status != 0:
        raise OperatorError(f"{text}\nmanage.py {' '.join(arguments)} failed.")
    return text


def commands(bind: str) -> dict[str, list[str]]:
    """Return the command of each process, by the name of its log.

    `bind` says where the web listens: host:port, or fd://n for an open socket.
    """
    celery = [setup.PYTHON, "-m", "celery", "-A", "config"]
    web = [setup.PYTHON, "-m", "gunicorn", "-c", "deploy/gunicorn_conf.py"]
    worker = [*celery, "worker", "--loglevel=INFO", "--concurrency=2"]
    beat = [*celery, "beat", "--loglevel=INFO", "--pidfile="]
    return {
        "web": [*web, "--bind", bind, "config.wsgi:application"],
        "worker": [*worker, "--without-gossip", "--without-mingle"],
        "beat": [*beat, "--schedule", str(DATA / "beat-schedule")],
    }


def page_comes(port: int, address: str) -> bool:
    """Whether the first page comes from `port`, asked for as people type `address`.

    It is asked directly, whatever proxy the environment names.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/", headers={"Host": urlsplit(address).netloc})
        return connection.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def wait_for_page(port: int, address: str, family: Family) -> None:
    """Wait until the first page answers.

    Raises:
        OperatorError: when a process ends before, or the page does not come in time.
    """
    until = time.monotonic() + START_SECONDS
    while not page_comes(port, address):
        family.check()
        if time.monotonic() > until:
            raise OperatorError(f"No page in {START_SECONDS} s; see {LOGS}/web.log.")
        time.sleep(0.1)


def prepare(port: int, *, reset: bool) -> dict[str, str]:
    """Lay tables and story ready, and return the environment of the processes.

    Raises:
        OperatorError: with what a command printed that failed.
    """
    if reset:
        start_over()
    env = settings(port, os.environ)
    say("Preparing tables and the demo's story")
    static.collect(env)
    if reset:
        # Rows on a server outlive the folder; it makes the tables anew itself.
        manage(env, "demo", "--reset")
    else:
        manage(env, "migrate", "--no-input")
        manage(env, "demo")
    (DATA / MARK).unlink(missing_ok=True)
    return env


def serve(port: int, env: Mapping[str, str]) -> None:
    """Run the processes until Ctrl-C, or until one of them keeps ending.

    Asked to start over they stop, and everybody is answered that it starts over, until
    the story is told anew. The port is ours all the while.

    Raises:
        OperatorError: when a process keeps ending, or the story can't be told.
    """
    with listen(port) as listener:
        try:
            while True:
                run_until_asked(port, env, listener)
                say("\nStarting over, as a page asked")
                with standing_in(listener, PAGE.read_bytes()):
                    env = prepare(port, reset=True)
        except KeyboardInterrupt:
            say("\nStopping")


def run_until_asked(port: int, env: Mapping[str, str], listener: socket.socket) -> None:
    """Run the processes until somebody asks to start over, and stop them.

    Raises:
        OperatorError: when one keeps ending, or the first page does not come.
    """
    number = listener.fileno()
    family = Family(
        commands(f"fd://{number}"), env=env, logs=LOGS, fds={"web": [number]}
    )
    try:
        family.start()
        logins = manage(env, "demo", "--logins")
        wait_for_page(port, env["BASE_URL"], family)
        say(f"\nGoodstanding runs at {env['BASE_URL']}\n\n{logins}")
        say("Ctrl-C stops it. Data and logs lie in .demo/; RESET=1 starts over.")
        while not (DATA / MARK).exists():
            time.sleep(LOOK_SECONDS)
            family.look_after()
    finally:
        family.stop()


def program(_: Sequence[str]) -> int:
    """Run the demo to its end: 0 after Ctrl-C, 1 with a sentence otherwise."""
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    if "MAKELEVEL" in os.environ:
        # Killed, make would leave us behind with its port.
        end_with_parent(signal.SIGTERM)
    port = wanted_port(os.environ)
    with only_one():
        check_port(port)
        setup.set_up("run")
        env = prepare(port, reset=wants_reset(os.environ))
        serve(port, env)
    return 0


if __name__ == "__main__":
    main(program)
