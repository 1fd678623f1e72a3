"""Work in a process of its own, which can be stopped.

C code that is fed with what people typed or sent runs in a child process without the
parent's environment and with limits on memory, CPU time and wall time; a child that
breaks down or does not answer is ended, and the next frame starts another. It works
inside a Celery worker, whose processes may not have children by `multiprocessing`:
this one is a plain program.
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

from core.limited.faults import Busy, Failed, Stopped
from core.limited.frames import DONE, HEADER, LARGEST, SPENT, pack

_ROOT = Path(__file__).resolve().parents[2]
# What fonts and the interpreter need to be found; nothing that opens a door.
_PASSED_ON = ("PATH", "HOME", "TMPDIR", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
_PIECE = 64 * 1024
_FOR_EVER = -1


class Runner:
    """Runs one function, named "package.module:function", in a limited child.

    The function takes bytes and gives bytes, at most `LARGEST` of them. One frame at a
    time goes through; each process that uses the runner, after a fork too, has a child
    of its own.

    Args:
        target: the function.
        memory: what the child may have, in bytes of address space.
        frames: after so many of them the child is ended: one that keeps what it has
            seen grows, and what a hostile file did to it must not meet the next one.
        cpu_seconds: CPU time for a frame; unset, as much as its wall time.
        alone: the child may start neither threads nor processes.
    """

    def __init__(
        self,
        target: str,
        *,
        memory: int,
        frames: int,
        cpu_seconds: int | None = None,
        alone: bool = False,
    ) -> None:
        self._target = target
        self._memory, self._most, self._alone = memory, frames, alone
        self._cpu_seconds = cpu_seconds
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0
        self._allowed = 0
        os.register_at_fork(after_in_child=self._forget)
        atexit.register(self.close)

    def run(self, frame: bytes, *, seconds: int, patience: float = _FOR_EVER) -> bytes:
        """Hand a frame to the function and give back what it made.

        `seconds` limits the wall time of the work, `patience` how long to wait for
        other threads' frames before. Raises `Busy` when the turn did not come,
        `Stopped` when the child had to be ended or broke down, and `Failed` when the
        function itself raised.
        """
        if not self._lock.acquire(timeout=patience):
            message = "Other threads' frames are being worked on"
            raise Busy(message)
        try:
            answer = self._work(frame, seconds)
        finally:
            self._lock.release()
        if answer[:1] != DONE:
            raise Failed(answer[1:].decode(errors="replace"))
        return answer[1:]

    def close(self) -> None:
        """End the child, if this process has one."""
        with self._lock:
            self._end()

    def _work(self, frame: bytes, seconds: int) -> bytes:
        """Let the child answer one frame; it is ended if it can't or has done enough.

        The time runs from before a new child is started: a start that hangs counts.
        """
        deadline = time.monotonic() + seconds
        child = self._ready(self._cpu_seconds or seconds)
        try:
            answer = _converse(child, memoryview(pack(frame)), deadline)
        except BaseException:
            self._end()
            raise
        if answer is None:
            raise Stopped(self._last_words(child))
        self._served += 1
        if answer == SPENT:
            self._end()
            message = "It took too much memory"
            raise Stopped(message)
        if self._served >= self._most:
            self._end()
        return answer

    def _ready(self, cpu_seconds: int) -> "subprocess.Popen[bytes]":
        """The child of this process, started if there is none that will do."""
        other = self._allowed != cpu_seconds
        if self._child and (other or self._child.poll() is not None):
            self._end()
        if self._child is None:
            self._child = self._start(cpu_seconds)
        return self._child

    def _start(self, cpu_seconds: int) -> "subprocess.Popen[bytes]":
        environment = {
            name: os.environ[name] for name in _PASSED_ON if name in os.environ
        }
        self._served, self._allowed = 0, cpu_seconds
        limits = [str(cpu_seconds), str(self._memory), "alone" if self._alone else ""]
        return subprocess.Popen(  # noqa: S603  (our own module, no shell)
            [sys.executable, "-m", "core.limited.child", self._target, *limits],
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
            return "It took too long"
        self._end()
        if status == -signal.SIGXCPU:
            return "It took too much CPU time"
        return f"The child ended with status {status}"


def _close_pipes(child: "subprocess.Popen[bytes]") -> None:
    for pipe in (child.stdin, child.stdout):
        if pipe:
            pipe.close()


def _converse(
    child: "subprocess.Popen[bytes]", request: memoryview, deadline: float
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
                    return _content(answer) if _is_whole(answer) else None
    return None


def _send(pipe: int, request: memoryview) -> memoryview:
    """Write what the pipe takes; what is left is sent later, or the child is gone."""
    try:
        return request[os.write(pipe, request) :]
    except BrokenPipeError:
        return request[:0]


def _is_whole(answer: bytearray) -> bool:
    if len(answer) < HEADER.size:
        return False
    (length,) = HEADER.unpack_from(answer)
    if length > LARGEST:
        message = f"The child announced {length} bytes"
        raise Failed(message)
    return len(answer) >= HEADER.size + int(length)


def _content(answer: bytearray) -> bytes:
    with memoryview(answer) as whole:
        return bytes(whole[HEADER.size :])
