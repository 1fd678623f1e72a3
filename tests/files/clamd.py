"""A server that speaks as much of clamd's language as we do, and lies when asked to."""

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.files.samples import EICAR, MIB


@dataclass
class Clamd:
    """What it does, and what it was sent.

    `manner` is "well" for a scanner that works; "silent" reads and never answers,
    "cut" hangs up halfway through its answer, "full" takes nothing of any size,
    "garbled" answers what nobody knows, "slow" answers a byte at a time for ever,
    "endless" never ends its answer.
    """

    manner: str = "well"
    seen: list[bytes] = field(default_factory=list)
    place: tuple[str, int] | str = ""
    over: threading.Event = field(default_factory=threading.Event)

    def answer(self, line: socket.socket) -> None:
        """Serve one connection."""
        command = _until_zero(line)
        if command == b"zPING":
            line.sendall(b"NOPE\0" if self.manner == "garbled" else b"PONG\0")
            return
        assert command == b"zINSTREAM"
        if self.manner == "full":
            # As clamd does: it says so and hangs up, with most of it unread.
            line.recv(10)
            line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
            return
        content = _stream(line)
        self.seen.append(content)
        found = b"Win.Test.EICAR_HDB-1 FOUND" if EICAR in content else b"OK"
        self._say(line, b"stream: " + found + b"\0")

    def _say(self, line: socket.socket, said: bytes) -> None:
        match self.manner:
            case "silent":
                self.over.wait(20)
            case "cut":
                line.sendall(said[:-1])
            case "garbled":
                line.sendall(b"stream: OKAY\0")
            case "slow":
                while not self.over.wait(0.1):
                    line.sendall(b"s")
            case "endless":
                line.sendall(b"s" * MIB)
            case _:
                # An answer may come in pieces.
                line.sendall(said[:3])
                line.sendall(said[3:])


def _until_zero(line: socket.socket) -> bytes:
    said = b""
    while not said.endswith(b"\0"):
        said += line.recv(1)
    return said[:-1]


def _exactly(line: socket.socket, length: int) -> bytes:
    said = b""
    while len(said) < length:
        piece = line.recv(length - len(said))
        assert piece
        said += piece
    return said


def _stream(line: socket.socket) -> bytes:
    content = b""
    while True:
        (length,) = struct.unpack(">I", _exactly(line, 4))
        assert length <= MIB
        if not length:
            return content
        content += _exactly(line, length)


@contextlib.contextmanager
def listening(clamd: Clamd, path: Path | None = None) -> Iterator[Clamd]:
    """Run it on a free port, or on a socket at a path, for the block."""
    server = socket.socket(socket.AF_UNIX if path else socket.AF_INET)
    server.bind(str(path) if path else ("127.0.0.1", 0))
    server.listen()
    clamd.place = str(path) if path else server.getsockname()

    def serve() -> None:
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            with line, contextlib.suppress(BrokenPipeError, ConnectionResetError):
                clamd.answer(line)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield clamd
    finally:
        clamd.over.set()
        # Closing alone would not wake who waits for a caller.
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(5)
