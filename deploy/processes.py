"""Start other programs, and let none of them outlive the one that started them."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
PR_SET_PDEATHSIG = 1


class OperatorError(Exception):
    """Something the person at the terminal can mend; the text says how."""


def say(text: str = "") -> None:
    """Write one line for the person at the terminal, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(program: Callable[[Sequence[str]], int]) -> None:
    """Run `program` on the command line; an `OperatorError` ends it with status 1."""
    try:
        sys.exit(program(sys.argv[1:]))
    except OperatorError as problem:
        sys.stderr.write(f"{problem}\n")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def run(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    quiet: bool = False,
) -> int:
    """Run a command to its end and return its status; `quiet` drops what it prints."""
    sink = subprocess.DEVNULL if quiet else None
    return subprocess.run(  # noqa: S603  (fixed commands, never a shell)
        [str(part) for part in command],
        env=env,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=sink,
        stderr=sink,
        check=False,
    ).returncode


def output(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
) -> tuple[int, str]:
    """Run a command to its end and return its status and all it printed."""
    done = subprocess.run(  # noqa: S603  (fixed commands, never a shell)
        [str(part) for part in command],
        env=env,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return done.returncode, done.stdout


def start(
    command: Sequence[str | Path],
    *,
    log: IO[bytes] | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    user: str | None = None,
    how: signal.Signals = signal.SIGTERM,
    fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a command in a process group of its own; it gets `how` when we end.

    The group keeps Ctrl-C at the terminal for us alone, so that we stop the children
    in order. `user` runs the command as that user (only root may). `fds` are files of
    ours that the command finds open under the same numbers.
    """
    return subprocess.Popen(  # noqa: S603  (fixed commands, never a shell)
        [str(part) for part in command],
        env=env,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT if log else None,
        user=user,
        group=user,
        extra_groups=[] if user else None,
        pass_fds=fds,
        start_new_session=True,
        preexec_fn=partial(end_with_parent, how),
    )


def end_with_parent(how: signal.Signals) -> None:
    """Ask Linux for a signal when our parent dies; elsewhere there is no such wish."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, how)


def stop(
    process: subprocess.Popen[bytes],
    *,
    how: signal.Signals = signal.SIGTERM,
    seconds: float = 15,
) -> None:
    """End a process started here and all it started: asked first, then killed."""
    if process.poll() is None:
        process.send_signal(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def port_is_free(port: int) -> bool:
    """Whether a server of ours can listen there and alone answers to localhost."""
    if answers(port, host="localhost"):
        return False
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def answers(port: int, *, host: str = "127.0.0.1") -> bool:
    """Whether somebody accepts connections on this port of any address of a host."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_until(ready: Callable[[], bool], *, seconds: float) -> bool:
    """Ask `ready` again and again until it says yes (True) or time is up (False)."""
    until = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True
