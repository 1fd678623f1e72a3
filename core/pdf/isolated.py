"""Rendering in a process of its own, which can be stopped.

Text shaping and font files are C code fed with what people typed. A renderer runs it
in a warm child process without the parent's environment and with limits on memory,
CPU time and wall time; a child that breaks down or does not answer is ended, and the
next page starts another. It works inside a Celery worker, whose processes may not
have children by `multiprocessing`: this one is a plain program.
"""

import atexit
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from core.pdf.faults import PdfError, PdfLimitError
from core.pdf.frames import DONE, HEADER, LARGEST, SPENT, pack

_ROOT = Path(__file__).resolve().parents[2]
# A long-lived WeasyPrint keeps what it has seen: after so many pages a new child.
_MOST_PAGES = 1_000
# What fonts and the interpreter need to be found; nothing that opens a door.
_PASSED_ON = ("PATH", "HOME", "TMPDIR", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
_PIECE = 64 * 1024


class Renderer:
    """Runs one function, named "package.module:function", in a limited child.

    The function takes bytes and gives bytes. One page at a time goes through; each
    process that uses the renderer, after a fork too, has a child of its own.
    """

    def __init__(self, target: str) -> None:
        self._target = target
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._pages = 0
        self._cpu_seconds = 0
        os.register_at_fork(after_in_child=self._forget)
        atexit.register(self.close)

    def run(self, frame: bytes, *, seconds: int) -> bytes:
        """Hand a frame to the function and give back what it made.

        `seconds` limits the wall time and, for a new child, the CPU time of a page.
        Raises `PdfLimitError` when the child had to be ended or broke down, and
        `PdfError` when the function itself raised.
        """
        with self._lock:
            deadline = time.monotonic() + seconds
            child = self._ready(seconds)
            try:
                answer = _converse(child, pack(frame), deadline)
            except BaseException:
                self._end()
                raise
            if answer is None:
                raise PdfLimitError(self._last_words(child))
            if answer == SPENT:
                self._end()
                message = "The page took too much memory"
                raise PdfLimitError(message)
            self._pages += 1
        if answer[:1] != DONE:
            raise PdfError(answer[1:].decode(errors="replace"))
        return answer[1:]

    def close(self) -> None:
        """End the child, if this process has one."""
        with self._lock:
            self._end()

    def _ready(self, seconds: int) -> "subprocess.Popen[bytes]":
        """The child of this process, started if there is none that will do."""
        worn = self._pages >= _MOST_PAGES or self._cpu_seconds != seconds
        if self._child and (worn or self._child.poll() is not None):
            self._end()
        if self._child is None:
            self._child = self._start(seconds)
        return self._child

    def _start(self, seconds: int) -> "subprocess.Popen[bytes]":
        environment = {
            name: os.environ[name] for name in _PASSED_ON if name in os.environ
        }
        self._pages, self._cpu_seconds = 0, seconds
        return subprocess.Popen(  # noqa: S603  (our own module, no shell)
            [sys.executable, "-m", "core.pdf.child", self._target, str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_ROOT,
            env=environment | {"LC_ALL": "C.UTF-8"},
        )

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        _close_pipes(child)

    def _forget(self) -> None:
        """After a fork: the child and its pipes belong to the process we come from."""
        child, self._child = self._child, None
        self._lock = threading.Lock()
        if child:
            _close_pipes(child)
            # Not ours to wait for, which is what a return code says to `subprocess`.
            child.returncode = 0

    def _last_words(self, child: "subprocess.Popen[bytes]") -> str:
        """Why a child that fell silent is gone."""
        try:
            status = child.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            self._end()
            return "The page took too long"
        self._end()
        if status == -signal.SIGXCPU:
            return "The page took too much CPU time"
        return f"The renderer ended with status {status}"


def _close_pipes(child: "subprocess.Popen[bytes]") -> None:
    for pipe in (child.stdin, child.stdout):
        if pipe:
            pipe.close()


def _converse(
    child: "subprocess.Popen[bytes]", request: bytes, deadline: float
) -> bytes | None:
    """Send a request and read the answer; `None` when it does not come in time."""
    assert child.stdin is not None
    assert child.stdout is not None
    to_child, from_child = child.stdin.fileno(), child.stdout.fileno()
    os.set_blocking(to_child, False)
    answer = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(to_child, selectors.EVENT_WRITE)
        selector.register(from_child, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            for key, _ in selector.select(left):
                if key.fd == to_child:
                    request = _send(to_child, request)
                    if not request:
                        selector.unregister(to_child)
                    continue
                piece = os.read(from_child, _PIECE)
                answer += piece
                if not piece or _is_whole(answer):
                    return bytes(answer[HEADER.size :]) if _is_whole(answer) else None
    return None


def _send(pipe: int, request: bytes) -> bytes:
    """Write what the pipe takes; what is left is sent later, or the child is gone."""
    try:
        return request[os.write(pipe, request) :]
    except BrokenPipeError:
        return b""


def _is_whole(answer: bytearray) -> bool:
    if len(answer) < HEADER.size:
        return False
    (length,) = HEADER.unpack_from(answer)
    if length > LARGEST:
        message = f"The renderer announced {length} bytes"
        raise PdfError(message)
    return len(answer) >= HEADER.size + int(length)
