"""Asking a virus scanner: clamd, by its INSTREAM command over a socket.

The command is the same in every clamd there is, and short; the clients on the package
index have had no release for years. `settings.CLAMD` says where it listens, if it does.
"""

import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from hashlib import sha256

import structlog
from django.conf import settings

from core.files.refusals import FileRefused

# Seconds: for a connection, and for a whole answer. clamd takes a fraction of one for
# 10 MB, and while it reads new signatures it keeps people waiting.
CONNECT, ANSWER, PING = 3, 20, 2
PIECE = 64 * 1024
LONGEST_ANSWER = 4096
LENGTH = struct.Struct(">I")
logger = structlog.get_logger(__name__)


class Scanner(StrEnum):
    """How the virus scanner is."""

    NONE = "none"
    READY = "ready"
    AWAY = "away"


class ScannerAway(Exception):  # noqa: N818  (a state of things, not a fault of ours)
    """The scanner gave no answer that can be understood; the text says why."""


def scan(data: bytes) -> None:
    """Have a file looked over, where a scanner is set.

    Nothing is let through without an answer: whoever set a scanner counts on it.

    Raises:
        FileRefused: something was found, or the scanner is away.
    """
    if not settings.CLAMD:
        return
    try:
        said = _ask(b"zINSTREAM\0", _stream(data), seconds=ANSWER)
        if said == "stream: OK":
            return
        if not said.endswith(" FOUND"):
            raise ScannerAway(said)
    except ScannerAway as fault:
        logger.error("virus scanner away", why=str(fault))
        raise FileRefused.because("unscanned") from fault
    digest = sha256(data).hexdigest()
    logger.warning("virus found", what=said[:200], sha256=digest)
    raise FileRefused.because("infected")


def scanner() -> Scanner:
    """Ask how the scanner is, for the people who look after it."""
    if not settings.CLAMD:
        return Scanner.NONE
    try:
        ready = _ask(b"zPING\0", iter(()), seconds=PING) == "PONG"
    except ScannerAway:
        ready = False
    return Scanner.READY if ready else Scanner.AWAY


def _stream(data: bytes) -> Iterator[bytes]:
    """A content as clamd reads it: pieces with their lengths, then none."""
    for start in range(0, len(data), PIECE):
        piece = data[start : start + PIECE]
        yield LENGTH.pack(len(piece)) + piece
    yield LENGTH.pack(0)


def _ask(command: bytes, more: Iterator[bytes], *, seconds: float) -> str:
    """Send a command and read its answer up to the zero byte.

    Raises:
        ScannerAway: no answer came in time, or none that ends.
    """
    deadline = time.monotonic() + seconds
    try:
        with _connected() as line:
            _send(line, command, more, deadline)
            answer = _answer(line, deadline)
    except OSError as fault:
        raise ScannerAway(f"{type(fault).__name__}: {fault}") from fault
    if not answer.endswith(b"\0"):
        raise ScannerAway(f"It broke off after {answer[:100]!r}")
    return answer[:-1].decode(errors="replace").strip()


@contextmanager
def _connected() -> Iterator[socket.socket]:
    place: tuple[str, int] | str = settings.CLAMD
    if isinstance(place, tuple):
        with socket.create_connection(place, timeout=CONNECT) as line:
            yield line
        return
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(CONNECT)
        line.connect(place)
        yield line


def _send(
    line: socket.socket, command: bytes, more: Iterator[bytes], deadline: float
) -> None:
    """Send everything; whoever hangs up meanwhile has said why, or says nothing."""
    try:
        for piece in (command, *more):
            line.settimeout(_left(deadline))
            line.sendall(piece)
    except (BrokenPipeError, ConnectionResetError):
        return


def _answer(line: socket.socket, deadline: float) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        line.settimeout(_left(deadline))
        piece = line.recv(LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer


def _left(deadline: float) -> float:
    """Seconds that are left; raises `TimeoutError` when none are."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("It took too long")
    return left
